//! Owns: checks of copies, sharings and sources. Doesn't own: processors (`sending`).

use super::{Checker, Level};
use crate::{
    model::{Copy, Purpose, Share, What},
    render::in_eea,
    vocabulary::{
        BasisKind, CopyMode, Receives, Recipient, Right, ShareMode, ShareNotice, Transfer, Trigger,
    },
};

/// Figures about smaller groups let one guess who is in them: the least that the rule of ten allows
/// (WP216, opinion 05/2014, singling out).
const LEAST: u32 = 10;

impl Checker<'_> {
    pub(super) fn sharing(&mut self) {
        let charter = self.charter;
        for copy in charter.copies() {
            self.copy(copy);
            self.backup(copy);
        }
        for share in charter.shares() {
            self.shared(share);
            self.agreed(share);
            self.passed_on(share);
        }
        for source in charter.sources() {
            for field in &source.fields {
                if !self.used_by(&source.purposes, field) {
                    self.beyond("source.beyond-purpose", &source.rule, field);
                }
            }
        }
    }

    /// Whether one of the purposes uses the field.
    pub(super) fn used_by(&self, purposes: &[String], field: &str) -> bool {
        let mut purposes = purposes.iter().filter_map(|name| self.charter.purpose(name));
        purposes.any(|purpose| purpose.field_names().any(|name| name == field))
    }

    fn beyond(&mut self, name: &'static str, rule: &crate::Rule, field: &str) {
        let cite = Some(("RGPD, art. 5(1)(b) et (c)", "GDPR, art. 5(1)(b) and (c)"));
        let fr = format!("« {field} » n’est utilisé par aucune de ces finalités : retirez-le.");
        let en = format!("None of these purposes uses “{field}”: take it out.");
        self.add(Level::Error, name, rule, cite, fr, en);
    }

    fn copy(&mut self, copy: &Copy) {
        let charter = self.charter;
        for field in copy.fields.iter().flatten() {
            if !self.used_by(&copy.of, field) {
                self.beyond("copy.beyond-purpose", &copy.rule, field);
            }
        }
        if self.goes_round(copy) {
            let fr = "Cette copie finit par être faite d’elle-même : faites-en partir une de l’original (retirez son « from »).";
            let en = "This copy is in the end made from itself: make one of them from the original (take its “from” out).";
            self.add(Level::Error, "copy.cycle", &copy.rule, None, fr, en);
        }
        self.read_as_the_original(copy);
        let ends = |name: &String| {
            charter
                .retention(name)
                .is_some_and(|retention| retention.from.contains(&Trigger::ParentDeleted))
        };
        if !copy.retention.iter().any(ends) {
            let cite = Some(("RGPD, art. 17(1) et 5(1)(e)", "GDPR, art. 17(1) and 5(1)(e)"));
            let fr = "Cette copie survit à l’effacement de l’original : ajoutez une durée dont « from » contient \"parent_deleted\".";
            let en = "This copy outlives the erasure of the original: add a retention whose “from” has \"parent_deleted\".";
            self.add(Level::Error, "copy.outlives", &copy.rule, cite, fr, en);
        }
    }

    /// A copy is read by those who read what it is made of.
    fn read_as_the_original(&mut self, copy: &Copy) {
        let charter = self.charter;
        let originals: Vec<&Purpose> = copy.of.iter().filter_map(|name| charter.purpose(name)).collect();
        let reads = |purpose: &Purpose, role: &str| purpose.readers.iter().any(|reader| reader.role == role);
        let more = copy.readers.iter().find_map(|reader| {
            let other = originals.iter().find(|purpose| !reads(purpose, &reader.role))?;
            Some((reader.role.as_str(), other.name.as_str()))
        });
        if let Some((role, purpose)) = more {
            let cite = Some(("RGPD, art. 5(1)(f) et 32(4)", "GDPR, art. 5(1)(f) and 32(4)"));
            let fr = format!(
                "« {role} » lit dans cette copie ce qu’il ne lit pas pour [purpose.{purpose}] : retirez-le de « readers », ou dites pourquoi (reason)."
            );
            let en = format!(
                "“{role}” reads in this copy what it doesn’t read for [purpose.{purpose}]: take it out of “readers”, or say why (reason)."
            );
            self.add(Level::Warning, "copy.reads-more", &copy.rule, cite, fr, en);
        }
    }

    fn goes_round(&self, copy: &Copy) -> bool {
        let mut at = copy;
        for _ in 0..self.charter.copies().len() {
            let from = at.from.as_ref().and_then(|name| {
                let copies = self.charter.copies();
                copies.iter().find(|other| other.name == *name)
            });
            match from {
                None => return false,
                Some(other) if other.name == copy.name => return true,
                Some(other) => at = other,
            }
        }
        false
    }

    /// What is erased is gone from backups within the window that the charter states.
    fn backup(&mut self, copy: &Copy) {
        if copy.mode != CopyMode::Backup {
            return;
        }
        let cite = Some(("RGPD, art. 17(1) et 32", "GDPR, art. 17(1) and 32"));
        let charter = self.charter;
        let window = charter.security().and_then(|security| security.backup_window);
        let Some(window) = window else {
            let fr =
                "Une sauvegarde sans délai d’effacement annoncé : dites-le dans [security] backup_window.";
            let en = "A backup without a stated erasure window: say it in [security] backup_window.";
            return self.absent(Level::Gap, "security.no-backup-window", "security", cite, fr, en);
        };
        let mut ends = copy
            .retention
            .iter()
            .filter_map(|name| charter.retention(name))
            .filter(|retention| retention.from.contains(&Trigger::ParentDeleted));
        if ends.any(|retention| retention.max.approximate_days() > window.approximate_days()) {
            let fr = "Cette sauvegarde garde ce qui est effacé plus longtemps que [security] backup_window ne le dit : raccourcissez l’une ou allongez l’autre.";
            let en = "This backup keeps what is erased longer than [security] backup_window says: shorten the one or lengthen the other.";
            self.add(Level::Error, "copy.backup-too-long", &copy.rule, cite, fr, en);
        }
    }

    fn shared(&mut self, share: &Share) {
        let rule = &share.rule;
        if let What::Fields(fields) = &share.receives {
            for field in fields {
                if !self.used_by(&share.purposes, field) {
                    self.beyond("share.receives-uncollected", rule, field);
                }
                if share.must_not_receive.contains(field) {
                    let fr =
                        format!("« {field} » figure dans receives et dans must_not_receive : choisissez.");
                    let en = format!("“{field}” stands in receives and in must_not_receive: choose.");
                    self.add(Level::Error, "share.contradiction", rule, None, fr, en);
                }
            }
        }
        let groups = share.mode == ShareMode::Aggregate || share.receives == What::Shape(Receives::Aggregate);
        if groups && share.at_least.is_none_or(|least| least < LEAST) {
            let cite = Some(("Avis 05/2014 du G29 (WP216)", "WP29 opinion 05/2014 (WP216)"));
            let fr = format!(
                "Des chiffres sur de trop petits groupes désignent des personnes : at_least = {LEAST} ou plus."
            );
            let en = format!("Figures about groups too small point to people: at_least = {LEAST} or more.");
            self.add(Level::Error, "share.too-few", rule, cite, fr, en);
        }
        let abroad = share.storage.iter().find(|code| !in_eea(code));
        if let Some(code) = abroad
            && is_personal(share)
            && share.transfer == Transfer::None
        {
            let cite = Some(("RGPD, art. 44 à 46", "GDPR, art. 44 to 46"));
            let fr = format!(
                "Les données sortent de l’Espace économique européen ({code}) : dites sur quelle base dans « transfer »."
            );
            let en =
                format!("Data leave the European Economic Area ({code}): say on which basis in “transfer”.");
            self.add(Level::Error, "share.no-transfer-basis", rule, cite, fr, en);
        }
        self.transfer_holds(rule, share.transfer, share.storage.iter());
    }

    /// A partner or an advertiser gets what is about somebody only after that person's yes.
    fn agreed(&mut self, share: &Share) {
        let asked = matches!(share.with, Recipient::Partner | Recipient::Advertiser) && is_personal(share);
        let own_act = matches!(
            share.mode,
            ShareMode::PerPartnerOptIn
                | ShareMode::PerApplication
                | ShareMode::Publication
                | ShareMode::Exchange
                | ShareMode::Prefill
        ) && share.with != Recipient::Advertiser;
        let consent = share
            .basis
            .as_ref()
            .is_some_and(|basis| matches!(basis.kind, BasisKind::Consent | BasisKind::ExplicitConsent));
        if asked && !own_act && !consent && share.mode != ShareMode::LegalRequest {
            let cite = Some((
                "RGPD, art. 6(1)(a) ; loi Informatique et Libertés, art. 82",
                "GDPR, art. 6(1)(a); Loi Informatique et Libertés, art. 82",
            ));
            let fr = "Un partage avec un tiers attend l’accord de la personne : basis = \"consent\", ou mode = \"per_partner_opt_in\".";
            let en = "A sharing with a third party waits for the person’s agreement: basis = \"consent\", or mode = \"per_partner_opt_in\".";
            self.add(Level::Error, "share.no-agreement", &share.rule, cite, fr, en);
        }
        if asked && share.mode == ShareMode::PerPartnerOptIn && share.notice == ShareNotice::Policy {
            let cite = Some(("RGPD, art. 4(11) et 13(3)", "GDPR, art. 4(11) and 13(3)"));
            let fr = "Un accord se donne en connaissance de cause : notice = \"before_first\".";
            let en = "An agreement is given knowingly: notice = \"before_first\".";
            self.add(Level::Gap, "share.no-notice", &share.rule, cite, fr, en);
        }
    }

    /// Rectification, erasure and restriction reach whoever received the data.
    fn passed_on(&mut self, share: &Share) {
        let holds = matches!(
            share.with,
            Recipient::Partner | Recipient::Client | Recipient::Affiliate | Recipient::Advertiser
        );
        let told = [Right::Rectify, Right::Erase, Right::Restrict];
        if holds && is_personal(share) && !told.iter().all(|right| share.passes_on.contains(right)) {
            let cite = Some(("RGPD, art. 19", "GDPR, art. 19"));
            let fr = "Ce destinataire doit apprendre rectification, effacement et limitation : passes_on = [\"rectify\", \"erase\", \"restrict\"].";
            let en = "This recipient must learn of rectification, erasure and restriction: passes_on = [\"rectify\", \"erase\", \"restrict\"].";
            self.add(
                Level::Gap,
                "share.rights-not-passed-on",
                &share.rule,
                cite,
                fr,
                en,
            );
        }
    }
}

/// Whether what is shared is about somebody.
pub(super) fn is_personal(share: &Share) -> bool {
    !matches!(
        share.receives,
        What::Shape(Receives::Anonymous | Receives::Aggregate | Receives::NothingPersonal)
    )
}
