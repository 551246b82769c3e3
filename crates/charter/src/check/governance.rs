//! Owns: checks of what must be said once: controller, rights, changes, breaches, security, free words.
//! Doesn't own: the rights of a purpose's basis beyond naming them.

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    Text,
    model::Rule,
    vocabulary::{BasisKind, Origin, People, Right},
};

/// Words that promise more than prose can hold; a rule of the charter must stand behind them.
const STRONG: [(&str, &str); 6] = [
    ("anonym", "anonym"),
    ("jamais", "never"),
    ("automati", "automati"),
    ("immédiat", "immediate"),
    ("instantané", "instant"),
    ("aussitôt", "at once"),
];

impl Checker<'_> {
    pub(super) fn governance(&mut self) {
        self.controller();
        self.rights();
        self.told();
        self.words();
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
                format!("[controller] doit dire « {key} »."),
                format!("[controller] must say “{key}”."),
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
            self.absent(
                Level::Gap,
                "right.missing",
                "right",
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
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
            self.add(
                Level::Gap,
                "right.no-way",
                &rights.rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
        self.within("answer_deadline", "right.too-slow", &rights.rule, rights.deadline);
        if let Some(extension) = rights.extension {
            self.within("answer_extension", "right.too-slow", &rights.rule, extension);
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
            self.absent(
                Level::Gap,
                "change.missing",
                "change",
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
        if let Some(breach) = charter.breach() {
            self.within(
                "breach_authority",
                "breach.too-late",
                &breach.rule,
                breach.authority,
            );
        }
        let sourced = charter
            .sourcing()
            .and_then(|notice| Some((&notice.rule, notice.sourced?)));
        match sourced {
            Some((rule, within)) => self.within("sourced_notice", "notice.too-late", rule, within),
            None if self.finds_elsewhere() => {
                let cite = Some(("RGPD, art. 14(3)", "GDPR, art. 14(3)"));
                let (fr, en) = (
                    "Des données viennent d’ailleurs que de la personne : dites quand elle l’apprend ([notice] sourced).",
                    "Some data come from elsewhere than the person: say when they learn of it ([notice] sourced).",
                );
                self.absent(
                    Level::Gap,
                    "notice.missing",
                    "notice",
                    cite,
                    fr.to_owned(),
                    en.to_owned(),
                );
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
            self.absent(
                Level::Gap,
                "security.missing",
                "security",
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
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
                .fields()
                .any(|field| elsewhere.contains(&field.origin))
    }

    /// Prose may not promise what no rule stands for.
    fn words(&mut self) {
        let charter = self.charter;
        for clause in charter.clauses() {
            if !clause.about.as_str().starts_with("never") {
                self.strong_words(&clause.rule, &clause.text);
            }
        }
        for purpose in charter.purposes() {
            for text in purpose.about.iter().chain(&purpose.title) {
                self.strong_words(&purpose.rule, text);
            }
        }
    }

    fn strong_words(&mut self, rule: &Rule, text: &Text) {
        let (fr, en) = (
            text.get(kernel::Locale::Fr).to_lowercase(),
            text.get(kernel::Locale::En).to_lowercase(),
        );
        let found = STRONG
            .iter()
            .find(|(in_fr, in_en)| fr.contains(in_fr) || en.contains(in_en));
        if let Some((in_fr, in_en)) = found {
            let fr = format!(
                "« {in_fr}… » promet plus qu’une phrase ne peut tenir : dites ce que fait la règle, par exemple « sans rien qui vous identifie »."
            );
            let en = format!(
                "“{in_en}…” promises more than a sentence can hold: say what the rule does, such as “without anything that identifies you”."
            );
            self.add(Level::Error, "text.strong-word", rule, None, fr, en);
        }
    }
}
