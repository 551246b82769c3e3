//! Owns: checks of what must be said once: controller, rights, changes, breaches, security.
//! Doesn't own: the rights of a purpose's basis beyond naming them.

use kernel::Word as _;

use super::{Checker, Level, law::Named};
use crate::vocabulary::{BasisKind, Measure, NewPurpose, Origin, People, Right};

impl Checker<'_> {
    pub(super) fn governance(&mut self) {
        self.controller();
        self.rights();
        self.told();
        self.second_factor();
    }

    fn controller(&mut self) {
        let controller = &self.charter.controller;
        let cite = Some(("RGPD, art. 13(1)(a)", "GDPR, art. 13(1)(a)"));
        let missing = [
            ("address", controller.address.is_none(), cite),
            (
                "dpo",
                controller.dpo.is_none() && controller.contact.is_none(),
                Some(("RGPD, art. 13(1)(b)", "GDPR, art. 13(1)(b)")),
            ),
            (
                "authority",
                controller.authority.is_none(),
                Some(("RGPD, art. 13(2)(d)", "GDPR, art. 13(2)(d)")),
            ),
        ];
        let rule = controller.rule.clone();
        for (key, _, cite) in missing.into_iter().filter(|(_, missing, _)| *missing) {
            let (fr, en) = (
                format!("Il manque « {key} » : écrivez-le dans [controller]."),
                format!("“{key}” is missing: write it in [controller]."),
            );
            self.add(Level::Gap, "controller.incomplete", &rule, cite, fr, en);
        }
    }

    /// The rights that every policy names, and those that follow from the bases in use.
    fn rights(&mut self) {
        let charter = self.charter;
        let Some(rights) = charter.rights() else {
            let cite = Some(("RGPD, art. 13(2)(b)", "GDPR, art. 13(2)(b)"));
            let (fr, en) = ("Il manque la section [right].", "The section [right] is missing.");
            self.absent(Level::Gap, "right.missing", "right", cite, fr, en);
            return;
        };
        let based_on = |kinds: &[BasisKind]| {
            let mut bases = charter
                .purposes()
                .iter()
                .flat_map(|one| std::iter::once(&one.basis).chain(&one.optional_basis));
            bases.any(|basis| kinds.contains(&basis.kind))
        };
        let consent = [BasisKind::Consent, BasisKind::ExplicitConsent];
        let contract = [
            BasisKind::Consent,
            BasisKind::ExplicitConsent,
            BasisKind::Contract,
            BasisKind::Precontract,
        ];
        let owed = [
            (Right::Access, true, ("RGPD, art. 15", "GDPR, art. 15")),
            (Right::Rectify, true, ("RGPD, art. 16", "GDPR, art. 16")),
            (Right::Erase, true, ("RGPD, art. 17", "GDPR, art. 17")),
            (Right::Restrict, true, ("RGPD, art. 18", "GDPR, art. 18")),
            (
                Right::Portability,
                based_on(&contract),
                ("RGPD, art. 20", "GDPR, art. 20"),
            ),
            (
                Right::Object,
                based_on(&[BasisKind::LegitimateInterest]),
                ("RGPD, art. 21", "GDPR, art. 21"),
            ),
            (
                Right::Withdraw,
                based_on(&consent),
                ("RGPD, art. 7(3)", "GDPR, art. 7(3)"),
            ),
            (Right::Complaint, true, ("RGPD, art. 77", "GDPR, art. 77")),
        ];
        for (right, owed, cite) in owed {
            if owed && !rights.offers.iter().any(|item| item.word == right) {
                let word = right.word();
                let (fr, en) = (
                    format!("Nommez le droit « {word} » dans [right]."),
                    format!("Name the right “{word}” in [right]."),
                );
                self.add(Level::Gap, "right.not-named", &rights.rule, Some(cite), fr, en);
            }
        }
        if rights.by.is_empty() {
            let cite = Some(("RGPD, art. 12(2)", "GDPR, art. 12(2)"));
            let (fr, en) = (
                "Dites comment exercer ces droits : by.",
                "Say how to exercise these rights: by.",
            );
            self.add(Level::Gap, "right.no-way", &rights.rule, cite, fr, en);
        }
        self.within(
            Named::AnswerDeadline,
            "right.too-slow",
            &rights.rule,
            rights.deadline,
        );
        if let Some(extension) = rights.extension {
            self.within(Named::AnswerExtension, "right.too-slow", &rights.rule, extension);
        }
    }

    /// Changes, breaches, sourcing, security.
    fn told(&mut self) {
        let charter = self.charter;
        if charter.change().is_none_or(|change| change.by.is_empty()) {
            let cite = Some((
                "RGPD, art. 12(1) ; lignes directrices WP260",
                "GDPR, art. 12(1); guidelines WP260",
            ));
            let (fr, en) = (
                "Dites comment un changement est annoncé : [change].",
                "Say how a change is announced: [change].",
            );
            self.absent(Level::Gap, "change.missing", "change", cite, fr, en);
        }
        if let Some(change) = charter
            .change()
            .filter(|change| change.new_purpose == NewPurpose::Notice)
        {
            let cite = Some(("RGPD, art. 6(4) et 13(3)", "GDPR, art. 6(4) and 13(3)"));
            let fr = "Un nouvel usage de données déjà recueillies attend d’ordinaire un consentement : new_purpose = \"consent\", ou dites pourquoi.";
            let en = "A new use of data already collected usually waits for consent: new_purpose = \"consent\", or say why.";
            self.add(Level::Warning, "change.notice-only", &change.rule, cite, fr, en);
        }
        if let Some(breach) = charter.breach() {
            self.within(
                Named::BreachAuthority,
                "breach.too-late",
                &breach.rule,
                breach.authority,
            );
        }
        let sourced = charter
            .sourcing()
            .and_then(|notice| Some((&notice.rule, notice.sourced?)));
        match sourced {
            Some((rule, within)) => self.within(Named::SourcedNotice, "notice.too-late", rule, within),
            None if self.finds_elsewhere() => {
                let cite = Some(("RGPD, art. 14(3)", "GDPR, art. 14(3)"));
                let (fr, en) = (
                    "Des données viennent d’ailleurs que de la personne : dites quand elle l’apprend ([notice] sourced).",
                    "Some data come from elsewhere than the person: say when they learn of it ([notice] sourced).",
                );
                self.absent(Level::Gap, "notice.missing", "notice", cite, fr, en);
            }
            None => {}
        }
        if charter
            .security()
            .is_none_or(|security| security.measures.is_empty())
        {
            let cite = Some(("RGPD, art. 30(1)(g) et 32", "GDPR, art. 30(1)(g) and 32"));
            let (fr, en) = (
                "Dites comment les données sont protégées : [security].",
                "Say how data are protected: [security].",
            );
            self.absent(Level::Gap, "security.missing", "security", cite, fr, en);
        }
    }

    /// A measure that the policy names and no role is held to.
    fn second_factor(&mut self) {
        let Some(security) = self.charter.security() else {
            return;
        };
        let said = security
            .measures
            .iter()
            .find(|item| item.word == Measure::SecondFactor);
        if let Some(said) = said.filter(|_| security.two_factors.is_empty()) {
            let cite = Some(("RGPD, art. 5(2) et 32", "GDPR, art. 5(2) and 32"));
            let (fr, en) = (
                "Le second facteur est annoncé, et n’est demandé à personne : nommez les rôles dans two_factors, ou retirez la mesure.",
                "The second factor is announced, and asked of nobody: name the roles in two_factors, or leave the measure out.",
            );
            self.add(Level::Error, "security.second-factor", &said.rule, cite, fr, en);
        }
    }

    fn finds_elsewhere(&self) -> bool {
        let elsewhere = [Origin::ThirdParty, Origin::Public, Origin::Partner];
        self.charter
            .purposes()
            .iter()
            .any(|purpose| purpose.people.contains(&People::SourcedCandidate))
            || self
                .charter
                .sources()
                .iter()
                .any(|source| !source.kind.is_direct())
            || self
                .charter
                .fields()
                .any(|field| elsewhere.contains(&field.origin))
    }
}
