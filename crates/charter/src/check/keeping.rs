//! Owns: checks of retentions. Doesn't own: what processors keep (`sending`).

use super::{Checker, Level};
use crate::{
    model::{Purpose, Retention},
    vocabulary::{Category, PurposeKind},
};

impl Checker<'_> {
    pub(super) fn keeping(&mut self) {
        let charter = self.charter;
        for retention in charter.retentions() {
            let users: Vec<&Purpose> = charter
                .purposes()
                .iter()
                .filter(|purpose| purpose.retention.contains(&retention.name))
                .collect();
            self.used(retention, &users);
            self.starts(retention);
            self.ceiling(retention, &users);
        }
    }

    fn used(&mut self, retention: &Retention, users: &[&Purpose]) {
        let charter = self.charter;
        let elsewhere = (charter.copies().iter().map(|copy| &copy.retention))
            .chain(charter.shares().iter().map(|share| &share.retention))
            .any(|names| names.contains(&retention.name));
        if users.is_empty() && !elsewhere {
            let (fr, en) = (
                "Aucune finalité, copie ni transmission n’utilise cette durée : nommez-la dans l’une d’elles, ou retirez-la.",
                "No purpose, copy or sharing uses this retention: name it in one, or take it out.",
            );
            self.add(
                Level::Warning,
                "retention.unused",
                &retention.rule,
                None,
                fr.to_owned(),
                en.to_owned(),
            );
        }
    }

    fn starts(&mut self, retention: &Retention) {
        if retention.from.is_empty() {
            let cite = Some(("RGPD, art. 5(1)(e)", "GDPR, art. 5(1)(e)"));
            let (fr, en) = (
                "Rien ne dit à partir de quoi cette durée se compte : nommez un événement dans « from ».",
                "Nothing says from what this period counts: name an event in “from”.",
            );
            self.add(
                Level::Error,
                "retention.no-start",
                &retention.rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
    }

    /// Which figure of the law applies follows from what the purpose is.
    fn ceiling(&mut self, retention: &Retention, users: &[&Purpose]) {
        let any = |kinds: &[PurposeKind]| users.iter().any(|purpose| kinds.contains(&purpose.kind));
        let candidates = [
            PurposeKind::Apply,
            PurposeKind::ApplyUnsolicited,
            PurposeKind::TrackApplication,
            PurposeKind::Interview,
            PurposeKind::Screen,
            PurposeKind::Assess,
            PurposeKind::TalentPool,
        ];
        if any(&candidates) {
            self.within("candidate", "retention.too-long", &retention.rule, retention.max);
        }
        if any(&[PurposeKind::ProspectB2b, PurposeKind::Promote]) {
            self.within("prospect", "retention.too-long", &retention.rule, retention.max);
        }
        if any(&[PurposeKind::AccountBooks, PurposeKind::Bill]) {
            self.within("books", "retention.too-long", &retention.rule, retention.max);
        }
        let logs = users
            .iter()
            .filter(|purpose| purpose.kind == PurposeKind::Secure)
            .any(|purpose| {
                let fields = purpose.field_names().filter_map(|name| self.charter.field(name));
                fields
                    .into_iter()
                    .any(|field| field.category == Category::Connection)
            });
        if logs {
            self.within("logs", "retention.logs", &retention.rule, retention.max);
        }
    }
}
