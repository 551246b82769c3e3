//! Owns: checks of purposes, bases, readers and roles. Doesn't own: durations (`keeping`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    model::{Keep, Purpose, Role, What},
    vocabulary::{BasisKind, Category, Condition, Duty, PurposeKind, Receives, Service},
};

impl Checker<'_> {
    pub(super) fn purposes(&mut self) {
        let charter = self.charter;
        if charter.purposes().is_empty() {
            let cite = Some(("RGPD, art. 13(1)(c)", "GDPR, art. 13(1)(c)"));
            let (fr, en) = (
                "Aucune finalité : une politique dit à quoi servent les données.",
                "No purpose: a policy says what data serve.",
            );
            self.absent(Level::Gap, "purpose.none", "purpose", cite, fr, en);
        }
        for purpose in charter.purposes() {
            self.purpose(purpose);
            self.bases(purpose);
        }
        charter.roles().iter().for_each(|role| self.role(role));
        self.duties();
    }

    fn purpose(&mut self, purpose: &Purpose) {
        let rule = &purpose.rule;
        if purpose.people.is_empty() {
            let cite = Some(("RGPD, art. 30(1)(c)", "GDPR, art. 30(1)(c)"));
            let (fr, en) = (
                "Dites de qui sont les données : people.",
                "Say whose data these are: people.",
            );
            self.add(Level::Gap, "purpose.no-people", rule, cite, fr, en);
        }
        if purpose.field_names().next().is_none() && purpose.statistics.counts.is_empty() {
            let cite = Some(("RGPD, art. 5(1)(c)", "GDPR, art. 5(1)(c)"));
            let (fr, en) = (
                "Cette finalité n’utilise aucune donnée : nommez-les dans « asks » ou « fields », ou retirez-la.",
                "This purpose uses no data: name them in “asks” or “fields”, or take it out.",
            );
            self.add(Level::Gap, "purpose.no-data", rule, cite, fr, en);
        }
        if purpose.retention.is_empty() {
            let cite = Some(("RGPD, art. 5(1)(e)", "GDPR, art. 5(1)(e)"));
            let (fr, en) = (
                "Rien ne dit jusqu’à quand ces données sont gardées : nommez une durée dans « retention ».",
                "Nothing says until when these data are kept: name a retention.",
            );
            self.add(Level::Gap, "purpose.no-retention", rule, cite, fr, en);
        }
        self.stored(purpose);
    }

    /// What is held lies somewhere: with a processor that keeps what it receives.
    fn stored(&mut self, purpose: &Purpose) {
        let mut keepers = self.charter.processors().iter().filter(|one| {
            one.keeps != Keep::Nothing
                && one.service != Service::Mail
                && !matches!(
                    one.receives,
                    What::Shape(Receives::Aggregate | Receives::NothingPersonal)
                )
        });
        let holds = purpose.field_names().next().is_some();
        // Who hosts the site is asked for once, not purpose by purpose.
        let hosted = self
            .charter
            .processors()
            .iter()
            .any(|one| one.service == Service::Hosting);
        if holds && hosted && !keepers.any(|one| one.purposes.contains(&purpose.name)) {
            let cite = Some(("RGPD, art. 13(1)(e)", "GDPR, art. 13(1)(e)"));
            let name = &purpose.name;
            let fr = format!(
                "Rien ne dit où ces données sont enregistrées : ajoutez « {name} » aux « purposes » d’un processor qui les garde, l’hébergeur par exemple."
            );
            let en = format!(
                "Nothing says where these data are stored: add “{name}” to the “purposes” of a processor that keeps them, such as the hosting."
            );
            self.add(Level::Gap, "purpose.no-place", &purpose.rule, cite, fr, en);
        }
    }

    fn bases(&mut self, purpose: &Purpose) {
        let rule = &purpose.rule;
        for basis in std::iter::once(&purpose.basis).chain(&purpose.optional_basis) {
            if basis.kind == BasisKind::LegitimateInterest && basis.interest.is_none() {
                let cite = Some(("RGPD, art. 13(1)(d)", "GDPR, art. 13(1)(d)"));
                let (fr, en) = (
                    "Dites quel intérêt légitime est poursuivi : interest = { fr = \"…\", en = \"…\" }.",
                    "Say which legitimate interest is pursued: interest = { fr = \"…\", en = \"…\" }.",
                );
                self.add(Level::Gap, "basis.no-interest", rule, cite, fr, en);
            }
            if basis.kind == BasisKind::LegalObligation && basis.reference.is_none() {
                let cite = Some(("RGPD, art. 6(3)", "GDPR, art. 6(3)"));
                let (fr, en) = (
                    "Dites quel texte oblige : ref = \"…\".",
                    "Say which text obliges: ref = \"…\".",
                );
                self.add(Level::Gap, "basis.no-reference", rule, cite, fr, en);
            }
        }
        let consent = matches!(
            purpose.basis.kind,
            BasisKind::Consent | BasisKind::ExplicitConsent
        );
        if purpose.kind == PurposeKind::TalentPool && !consent {
            let cite = Some((
                "CNIL, guide du recrutement, 30 janvier 2023",
                "CNIL, recruitment guide, 30 January 2023",
            ));
            let (fr, en) = (
                "Garder un profil pour d’autres postes demande le consentement de la personne : basis = \"consent\", ou dites pourquoi (reason).",
                "Keeping a profile for other jobs requires the person’s consent: basis = \"consent\", or say why (reason).",
            );
            self.add(Level::Warning, "basis.pool-without-consent", rule, cite, fr, en);
        }
    }

    /// Whoever isn't charged with recruiting has no need of an application; who helps people with what is theirs has need
    /// of that.
    fn role(&mut self, role: &Role) {
        let needs = [
            Duty::Recruit,
            Duty::Decide,
            Duty::Sell,
            Duty::Protect,
            Duty::Technical,
        ];
        let recruits = needs.iter().any(|duty| role.has(*duty));
        let technical = role.may == [Duty::Technical];
        let (mut too_much, mut always) = (None, None);
        for purpose in self.charter.purposes() {
            for reader in purpose.readers.iter().filter(|reader| reader.role == role.name) {
                let names: Vec<&str> = match &reader.fields {
                    Some(fields) => fields.iter().map(String::as_str).collect(),
                    None => purpose.field_names().collect(),
                };
                let dossier = names
                    .iter()
                    .filter_map(|name| self.charter.field(name))
                    .any(|field| {
                        matches!(
                            field.category,
                            Category::CvDocument | Category::Letter | Category::Note
                        )
                    });
                let helps = role.has(Duty::Support) && !purpose.kind.is_recruitment();
                if dossier && !recruits && !helps {
                    too_much = Some(purpose.name.clone());
                }
                if dossier && technical && reader.when == Condition::All {
                    always = Some(purpose.name.clone());
                }
            }
        }
        let cite = Some(("RGPD, art. 5(1)(f) et 32(4)", "GDPR, art. 5(1)(f) and 32(4)"));
        if let Some(purpose) = too_much {
            let fr = format!(
                "Ce rôle lit des candidatures ([purpose.{purpose}]) sans mission qui l’exige : retirez-le de ses « readers », ou donnez-lui la mission dans « may »."
            );
            let en = format!(
                "This role reads applications ([purpose.{purpose}]) without a duty that requires it: take it out of its “readers”, or give it the duty in “may”."
            );
            self.add(Level::Error, "role.reads-without-need", &role.rule, cite, fr, en);
        }
        if let Some(purpose) = always {
            let fr = format!(
                "Un rôle technique lit tout, à tout moment ([purpose.{purpose}]) : ajoutez when = \"technical\", ou dites pourquoi."
            );
            let en = format!(
                "A technical role reads everything at any time ([purpose.{purpose}]): add when = \"technical\", or say why."
            );
            self.add(Level::Warning, "role.technical-always", &role.rule, cite, fr, en);
        }
    }

    /// A refusal needs a human who may decide; rights need somebody who answers.
    fn duties(&mut self) {
        let charter = self.charter;
        let has = |duty: Duty| charter.roles().iter().any(|role| role.has(duty));
        let applies = charter.offers(PurposeKind::Apply) || charter.offers(PurposeKind::ApplyUnsolicited);
        if applies && !has(Duty::Decide) {
            let (cite, duty) = (Some(("RGPD, art. 22", "GDPR, art. 22")), Duty::Decide.word());
            let fr = format!("Personne ne peut décider d’une candidature : donnez « {duty} » à un rôle.");
            let en = format!("Nobody may decide on an application: give “{duty}” to a role.");
            self.absent(Level::Error, "role.nobody-decides", "role", cite, fr, en);
        }
        if !has(Duty::Protect) {
            let (cite, duty) = (Some(("RGPD, art. 12", "GDPR, art. 12")), Duty::Protect.word());
            let fr =
                format!("Personne n’est chargé de la protection des données : donnez « {duty} » à un rôle.");
            let en = format!("Nobody is charged with data protection: give “{duty}” to a role.");
            self.absent(Level::Gap, "role.nobody-protects", "role", cite, fr, en);
        }
    }
}
