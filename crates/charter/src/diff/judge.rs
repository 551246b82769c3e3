//! Owns: what a difference takes: nothing, a notice, a consent. Doesn't own: finding it (`facts`), which of two values
//! says less (`sense`), telling it (`guard::change`).
//!
//! What narrows takes nothing; what widens takes a notice; what widens the use of data that somebody consented to, or
//! lifts a prohibition, takes their consent. Whatever isn't known to narrow is told.

use serde_json::Value;

use super::{Needs, sense};
use crate::{
    Basis, Charter, Purpose, Share, Tracker,
    vocabulary::{BasisKind, Consent, NewPurpose, Training},
};

/// A clause that both versions have, with the purposes that it is about in either.
pub(super) struct Clause<'c> {
    pub(super) older: &'c Charter,
    pub(super) newer: &'c Charter,
    pub(super) section: &'c str,
    pub(super) name: &'c str,
    pub(super) purposes: Vec<&'c Purpose>,
}

impl Clause<'_> {
    /// What a change of one of its keys takes.
    pub(super) fn key(&self, key: &str, before: &Value, after: &Value) -> Needs {
        if sense::of(self.section, key).narrows(before, after) {
            Needs::Nothing
        } else if self.widens_consent(key) {
            Needs::Consent
        } else {
            Needs::Notice
        }
    }

    /// Whether a widening under a key widens what somebody agreed to, or takes back half of a prohibition.
    fn widens_consent(&self, key: &str) -> bool {
        let on_consent = || self.purposes.iter().any(|purpose| rests_on_consent(purpose));
        match self.section {
            "never" => key == "purposes",
            "purpose" => {
                let uses = [
                    "uses",
                    "readers",
                    "retention",
                    "basis",
                    "optional_basis",
                    "groups_by",
                    "only_when",
                    "kind",
                    "by",
                ];
                uses.contains(&key) && on_consent()
            }
            "retention" => {
                matches!(key, "max" | "from" | "combine" | "then" | "ask" | "hold") && on_consent()
            }
            "share" => {
                let goes = [
                    "with",
                    "entity",
                    "receives",
                    "must_not_receive",
                    "mode",
                    "purposes",
                    "basis",
                    "storage",
                    "transfer",
                    "retention",
                ];
                goes.contains(&key) && (self.share_on_consent() || on_consent())
            }
            "tracker" => {
                let does = [
                    "kind",
                    "class",
                    "consent",
                    "max_age",
                    "data_max_age",
                    "renews",
                    "entity",
                ];
                does.contains(&key) && self.older.tracker(self.name).is_some_and(waits_for_a_yes)
            }
            "ai" => key == "train_on" && on_consent(),
            _ => false,
        }
    }

    fn share_on_consent(&self) -> bool {
        let shares = self.older.shares().iter().chain(self.newer.shares());
        shares
            .filter(|share| share.rule.clause.as_str() == format!("share.{}", self.name))
            .any(Share::is_on_consent)
    }
}

/// What a clause that is new takes.
pub(super) fn added(older: &Charter, newer: &Charter, section: &str, name: &str) -> Needs {
    match section {
        "purpose" => newer
            .purpose(name)
            .map_or(Needs::Notice, |purpose| new_purpose(older, purpose)),
        "tracker" => newer.tracker(name).map_or(Needs::Notice, |tracker| {
            if tracker.class.is_exempt() {
                Needs::Notice
            } else {
                Needs::Consent
            }
        }),
        "share" => {
            let of_name = |share: &&Share| share.rule.clause.as_str() == format!("share.{name}");
            let mut agreed = newer.shares().iter().filter(of_name).filter(|share| {
                let mut purposes = share.purposes.iter().filter_map(|name| newer.purpose(name));
                Share::is_on_consent(share) || purposes.any(rests_on_consent)
            });
            agreed.next().map_or(Needs::Notice, |_| Needs::Consent)
        }
        "ai" => {
            let mut trains = newer.ai().iter().filter(|ai| {
                ai.rule.clause.as_str() == format!("ai.{name}") && ai.train_on == Training::OptIn
            });
            trains.next().map_or(Needs::Notice, |_| Needs::Consent)
        }
        "processor" | "copy" | "source" | "form" | "field" | "role" | "change" | "clause" => Needs::Notice,
        // A retention binds only where a purpose names it; rights, measures, prohibitions and notices only help.
        _ => Needs::Nothing,
    }
}

/// A new use of data already held waits for consent where the old charter promised so; one that rests on consent
/// always does.
fn new_purpose(older: &Charter, purpose: &Purpose) -> Needs {
    let promised = older
        .change()
        .is_none_or(|change| change.new_purpose == NewPurpose::Consent);
    let held = older.purposes().iter().any(|other| {
        other.people.iter().any(|people| purpose.people.contains(people))
            && other
                .field_names()
                .any(|field| purpose.field_names().any(|name| name == field))
    });
    let own_ground = matches!(
        purpose.basis.kind,
        BasisKind::LegalObligation | BasisKind::Contract | BasisKind::Precontract
    );
    if is_consent(&purpose.basis) || (promised && held && !own_ground) {
        Needs::Consent
    } else {
        Needs::Notice
    }
}

/// What a clause that is gone takes.
pub(super) fn removed(section: &str) -> Needs {
    match section {
        // A prohibition lifted weakens what data were given under.
        "never" => Needs::Consent,
        "purpose" | "form" | "field" | "processor" | "copy" | "share" | "source" | "tracker" | "ai"
        | "retention" => Needs::Nothing,
        _ => Needs::Notice,
    }
}

/// Whether some of what it holds was given by a yes: all of it, or what could be left out.
fn rests_on_consent(purpose: &Purpose) -> bool {
    is_consent(&purpose.basis) || purpose.optional_basis.as_ref().is_some_and(is_consent)
}

fn waits_for_a_yes(tracker: &Tracker) -> bool {
    tracker.consent == Consent::OptIn
}

fn is_consent(basis: &Basis) -> bool {
    matches!(basis.kind, BasisKind::Consent | BasisKind::ExplicitConsent)
}
