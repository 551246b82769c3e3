//! Owns: which purpose keeps whom to leave alone, and which purposes that stops. Doesn't own: the addresses (`guard`).

use super::{Refusal, RefusalReason};
use crate::{Charter, ClauseId, Purpose, PurposeKind};

/// The field of the purpose that keeps, of an address, only what recognises it.
const KEPT: &str = "suppressed_contact";

impl Charter {
    /// The purpose under which an address is remembered in order to leave its owner alone, where the charter has one.
    #[must_use]
    pub fn suppression(&self) -> Option<&Purpose> {
        let mut purposes = self.purposes().iter();
        purposes.find(|purpose| purpose.field_names().any(|name| name == KEPT))
    }

    /// Whether leaving somebody alone stops that purpose: it takes people in from elsewhere than their own hand, or writes
    /// to them unasked.
    #[must_use]
    pub fn is_suppressible(&self, purpose: &str) -> bool {
        let imports = self
            .sources()
            .iter()
            .any(|source| !source.kind.is_direct() && source.purposes.iter().any(|name| name == purpose));
        let writes = self.purpose(purpose).is_some_and(|purpose| {
            !purpose.communication.by.is_empty()
                || matches!(purpose.kind, PurposeKind::ProspectB2b | PurposeKind::Promote)
        });
        imports || writes
    }

    /// The refusal to take in or write to whoever is left alone under `rule`, a purpose that the charter has or had.
    #[must_use]
    pub fn suppressed(&self, rule: &str, purpose: &str) -> Refusal {
        let clause = self.purpose(rule).map_or_else(
            || ClauseId::section("purpose"),
            |purpose| purpose.rule.clause.clone(),
        );
        Refusal::new(clause, RefusalReason::LeftAlone, purpose)
    }
}
