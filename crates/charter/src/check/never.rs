//! Owns: prohibitions that another rule of the same charter breaks. Doesn't own: proving them (`guard::prove`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    ClauseId,
    model::{Keep, What},
    render::in_eea,
    vocabulary::{
        FieldKind, Prohibition, PurposeKind, Receives, Sensitivity, Service, TrackerClass, TrackerKind,
        Transfer,
    },
};

impl Checker<'_> {
    pub(super) fn never(&mut self) {
        let Some(never) = self.charter.never() else { return };
        for item in &never.rules {
            for clause in self.breaks(item.word) {
                let word = item.word.word();
                let fr =
                    format!("[never] dit « {word} », et [{clause}] le contredit : retirez l’un des deux.");
                let en =
                    format!("[never] says “{word}” and [{clause}] contradicts it: take one of them out.");
                self.add(Level::Error, "never.contradiction", &item.rule, None, fr, en);
            }
        }
    }

    /// The clauses that do what is forbidden.
    fn breaks(&self, prohibition: Prohibition) -> Vec<ClauseId> {
        let charter = self.charter;
        let trackers = |class: &[TrackerClass]| {
            let found = charter
                .trackers()
                .iter()
                .filter(|tracker| class.contains(&tracker.class));
            found
                .map(|tracker| tracker.rule.clause.clone())
                .collect::<Vec<_>>()
        };
        match prohibition {
            Prohibition::AdTracker => trackers(&[TrackerClass::Advertising]),
            Prohibition::EmailTracking => trackers(&[TrackerClass::EmailOpen, TrackerClass::EmailClick]),
            Prohibition::IndividualTracking => {
                let mut found = trackers(&[TrackerClass::Advertising, TrackerClass::Analytics]);
                let prints = charter
                    .trackers()
                    .iter()
                    .filter(|tracker| tracker.kind == TrackerKind::Fingerprint);
                found.extend(prints.map(|tracker| tracker.rule.clause.clone()));
                found.dedup();
                found
            }
            Prohibition::TrainAi => {
                let purposes = charter
                    .purposes_of(PurposeKind::TrainAi)
                    .map(|purpose| purpose.rule.clause.clone());
                let ai = charter
                    .ai()
                    .iter()
                    .filter(|ai| ai.train_on)
                    .map(|ai| ai.rule.clause.clone());
                purposes.chain(ai).collect()
            }
            Prohibition::LeaveEea => {
                let leaves = charter.processors().iter().filter(|processor| {
                    processor.receives != What::Shape(Receives::NothingPersonal)
                        && (processor.transfer != Transfer::None
                            || processor
                                .storage
                                .iter()
                                .chain(&processor.transit)
                                .any(|code| !in_eea(code)))
                });
                leaves.map(|processor| processor.rule.clause.clone()).collect()
            }
            Prohibition::StoreCard => {
                let cards = charter.fields().filter(|field| {
                    field.sensitivity == Sensitivity::Payment && field.kind != FieldKind::Data
                });
                cards.map(|field| field.rule.clause.clone()).collect()
            }
            Prohibition::KeepInMailboxes => {
                let keeps = charter.processors().iter().filter(|processor| {
                    processor.service == Service::Mail && processor.keeps != Keep::Nothing
                });
                keeps.map(|processor| processor.rule.clause.clone()).collect()
            }
            // No word of the language can break these: there is none for selling, for deciding alone, for inferring
            // emotions, for matching on a protected ground without `field.protected` saying so.
            Prohibition::Sell
            | Prohibition::ShareForProspecting
            | Prohibition::SoleAutomatedDecision
            | Prohibition::EmotionAi
            | Prohibition::VendorAccess
            | Prohibition::ProtectedGrounds => Vec::new(),
        }
    }
}
