//! Owns: checks of what stands behind a rule: evidence, statements. Doesn't own: looking (`guard::prove`).

use super::{Checker, Level};
use crate::{
    Rule,
    model::What,
    vocabulary::{Measure, Prohibition, Receives, Strength},
};

/// Measures that no software can see.
const UNSEEN: [Measure; 6] = [
    Measure::EnvironmentsApart,
    Measure::PhysicalSecurity,
    Measure::InternalDataApart,
    Measure::Organisation,
    Measure::StaffRules,
    Measure::StrictContracts,
];

impl Checker<'_> {
    pub(super) fn proof(&mut self) {
        let charter = self.charter;
        for rule in charter.rules() {
            self.signed(rule);
        }
        let measures = charter.security().map_or(&[][..], |security| &security.measures);
        for item in measures.iter().filter(|item| UNSEEN.contains(&item.word)) {
            self.unseen(&item.rule);
        }
        let never = charter.never().map_or(&[][..], |never| &never.rules);
        for item in never.iter().filter(|item| item.word == Prohibition::VendorAccess) {
            self.unseen(&item.rule);
        }
        // Where somebody else's machines stand, and what is done with what they hold.
        let theirs = charter
            .processors()
            .iter()
            .filter(|one| one.entity.is_some() && one.receives != What::Shape(Receives::NothingPersonal));
        for processor in theirs {
            self.unseen(&processor.rule);
        }
    }

    fn signed(&mut self, rule: &Rule) {
        if rule.evidence.contains(&Strength::Attested) && rule.attest.is_none() {
            let fr = "« attested » sans personne qui signe : attest = { by = \"…\", every = \"P12M\" }.";
            let en = "“attested” with nobody who signs: attest = { by = \"…\", every = \"P12M\" }.";
            self.add(Level::Error, "evidence.nobody-signs", rule, None, fr, en);
        }
    }

    /// What no software sees is signed for, or shown as what it is: a declaration.
    fn unseen(&mut self, rule: &Rule) {
        let declared = rule.evidence.contains(&Strength::Declared);
        if rule.attest.is_none() && !declared {
            let cite = Some(("RGPD, art. 5(2)", "GDPR, art. 5(2)"));
            let fr = "Aucun logiciel ne voit cela : dites qui le signe (attest), ou que c’est une déclaration (evidence = [\"declared\"]).";
            let en = "No software sees this: say who signs for it (attest), or that it is a declaration (evidence = [\"declared\"]).";
            self.add(Level::Gap, "evidence.missing", rule, cite, fr, en);
        }
    }
}
