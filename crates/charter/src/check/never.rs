//! Owns: prohibitions that another rule of the same charter breaks. Doesn't own: proving them (`guard::prove`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    ClauseId, Rule,
    model::{Copy, Item, Keep, Share, What},
    render::in_eea,
    vocabulary::{
        BasisKind, CopyMode, FieldKind, Prohibition, PurposeKind, Receives, Recipient, Sensitivity, Service,
        ShareMode, TrackerClass, TrackerKind, Training, Transfer, Trigger,
    },
};

impl Checker<'_> {
    pub(super) fn never(&mut self) {
        let Some(never) = self.charter.never() else { return };
        for item in &never.rules {
            for clause in self.breaks(item) {
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
    fn breaks(&self, item: &Item<Prohibition>) -> Vec<ClauseId> {
        let charter = self.charter;
        let within = |purposes: &[String]| {
            item.purposes.is_empty() || purposes.iter().any(|name| item.purposes.contains(name))
        };
        let shares = |breaks: &dyn Fn(&Share) -> bool| {
            let shares = charter.shares().iter();
            ids(shares
                .filter(|share| within(&share.purposes) && breaks(share))
                .map(|share| &share.rule))
        };
        match item.word {
            Prohibition::AdTracker => self.trackers_of(&[TrackerClass::Advertising]),
            Prohibition::EmailTracking => {
                self.trackers_of(&[TrackerClass::EmailOpen, TrackerClass::EmailClick])
            }
            Prohibition::IndividualTracking | Prohibition::CrossSite => {
                let mut found = self.trackers_of(&[TrackerClass::Advertising, TrackerClass::Analytics]);
                let prints = charter.trackers().iter().filter(|tracker| {
                    matches!(tracker.kind, TrackerKind::Fingerprint | TrackerKind::DeviceId)
                });
                found.extend(ids(prints.map(|tracker| &tracker.rule)));
                found.sort();
                found.dedup();
                found
            }
            Prohibition::TrainAi => {
                let purposes = charter.purposes_of(PurposeKind::TrainAi);
                let ai = charter.ai().iter().filter(|ai| ai.train_on != Training::Never);
                ids(purposes.map(|purpose| &purpose.rule).chain(ai.map(|ai| &ai.rule)))
            }
            Prohibition::LeaveEea => self.leaving(),
            Prohibition::StoreCard => {
                let cards = charter.fields().filter(|field| {
                    field.sensitivity == Sensitivity::Payment && field.kind != FieldKind::Data
                });
                ids(cards.map(|field| &field.rule))
            }
            Prohibition::KeepInMailboxes => self.kept_in_mailboxes(&within),
            Prohibition::ShareForProspecting => shares(&|share| {
                let prospects = share
                    .purposes
                    .iter()
                    .filter_map(|name| charter.purpose(name))
                    .any(|purpose| matches!(purpose.kind, PurposeKind::ProspectB2b | PurposeKind::Promote));
                let names_people = !is_aggregate(share);
                names_people && (share.with == Recipient::Advertiser || prospects)
            }),
            Prohibition::Sell => shares(&|share| share.with == Recipient::Advertiser && !is_aggregate(share)),
            Prohibition::Exchange => shares(&|share| !is_forced(share)),
            Prohibition::ShareWithoutAgreement => shares(&|share| {
                let agreed = matches!(
                    share.mode,
                    ShareMode::PerPartnerOptIn
                        | ShareMode::PerApplication
                        | ShareMode::Publication
                        | ShareMode::Exchange
                ) || share.basis.as_ref().is_some_and(|basis| {
                    matches!(basis.kind, BasisKind::Consent | BasisKind::ExplicitConsent)
                });
                share.with == Recipient::Partner && !agreed && !is_aggregate(share)
            }),
            Prohibition::AskSalaryHistory => {
                let asked = charter
                    .fields()
                    .filter(|field| field.name.contains("salary") || field.name.contains("salaire"));
                ids(asked.map(|field| &field.rule))
            }
            // No word of the language can break these: there is none for deciding alone, for inferring emotions, for a
            // vendor's reading, for matching on a protected ground without `field.protected` saying so.
            Prohibition::SoleAutomatedDecision
            | Prohibition::EmotionAi
            | Prohibition::VendorAccess
            | Prohibition::ProtectedGrounds => Vec::new(),
        }
    }

    fn trackers_of(&self, class: &[TrackerClass]) -> Vec<ClauseId> {
        let trackers = self.charter.trackers().iter();
        let found = trackers.filter(|tracker| class.contains(&tracker.class));
        ids(found.map(|tracker| &tracker.rule))
    }

    /// Processors and sharings through which something personal leaves the European Economic Area.
    fn leaving(&self) -> Vec<ClauseId> {
        let abroad = |transfer: Transfer, codes: &[&[String]]| {
            transfer != Transfer::None || codes.iter().copied().flatten().any(|code| !in_eea(code))
        };
        let processors = self.charter.processors().iter().filter(|one| {
            one.receives != What::Shape(Receives::NothingPersonal)
                && abroad(one.transfer, &[&one.storage, &one.transit])
        });
        let shares = self
            .charter
            .shares()
            .iter()
            .filter(|one| !is_aggregate(one) && abroad(one.transfer, &[&one.storage]));
        ids(processors.map(|one| &one.rule).chain(shares.map(|one| &one.rule)))
    }

    /// Mail servers that keep, and mailboxes that aren't emptied once somebody has looked.
    fn kept_in_mailboxes(&self, within: &dyn Fn(&[String]) -> bool) -> Vec<ClauseId> {
        let servers = self.charter.processors().iter().filter(|one| {
            one.service == Service::Mail && one.keeps != Keep::Nothing && within(&one.purposes)
        });
        let emptied = |copy: &Copy| {
            copy.retention
                .iter()
                .filter_map(|name| self.charter.retention(name))
                .any(|retention| retention.from.contains(&Trigger::Judged))
        };
        let boxes = self.charter.copies().iter();
        let boxes = boxes.filter(|copy| copy.mode == CopyMode::Mailbox && within(&copy.of) && !emptied(copy));
        ids(servers.map(|one| &one.rule).chain(boxes.map(|copy| &copy.rule)))
    }
}

fn ids<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<ClauseId> {
    rules.map(|rule| rule.clause.clone()).collect()
}

/// Figures about groups, or nothing that identifies.
fn is_aggregate(share: &Share) -> bool {
    matches!(
        share.receives,
        What::Shape(Receives::Aggregate | Receives::Anonymous | Receives::NothingPersonal)
    )
}

/// What the law obliges to hand over is no exchange.
fn is_forced(share: &Share) -> bool {
    share.mode == ShareMode::LegalRequest
}
