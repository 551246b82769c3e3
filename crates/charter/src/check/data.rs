//! Owns: checks of fields and forms. Doesn't own: who receives them (`sending`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    model::{Field, Form, FormField},
    vocabulary::{BasisKind, Category, FieldKind, Sensitivity},
};

/// Grounds that the law protects from discrimination, so far as a category names them.
pub(super) const PROTECTED: [Category; 4] = [
    Category::Title,
    Category::Birth,
    Category::Nationality,
    Category::Photo,
];

impl Checker<'_> {
    pub(super) fn data(&mut self) {
        let charter = self.charter;
        let used: Vec<&Field> = charter.fields().collect();
        for field in &used {
            self.field(field);
        }
        let idle = charter.fields.iter().filter(|field| !field.built_in);
        for field in idle.filter(|field| !used.iter().any(|used| used.name == field.name)) {
            let fr = "Aucune finalité n’utilise ce champ : nommez-le dans l’une d’elles, ou retirez-le.";
            let en = "No purpose uses this field: name it in one, or take it out.";
            self.add(Level::Warning, "field.unused", &field.rule, None, fr, en);
        }
        for (at, form) in charter.forms().iter().enumerate() {
            self.form(form);
            let earlier = charter.forms().iter().take(at);
            self.one_of_kind(form, earlier);
        }
    }

    fn field(&mut self, field: &Field) {
        let (rule, name) = (&field.rule, &field.name);
        if PROTECTED.contains(&field.category) && (field.searched || field.matched || field.to_model) {
            let cite = Some(("Code du travail, art. L1132-1", "Code du travail, art. L1132-1"));
            let fr = format!(
                "« {name} » relève d’un motif protégé : ni recherche, ni appariement, ni modèle (searched, matched, to_model = false)."
            );
            let en = format!(
                "“{name}” is a protected ground: no search, no match, no model (searched, matched, to_model = false)."
            );
            self.add(Level::Error, "field.protected", rule, cite, fr, en);
        }
        let charter = self.charter;
        let purposes = charter
            .purposes()
            .iter()
            .filter(|purpose| purpose.field_names().any(|other| other == name));
        for purpose in purposes {
            let asked = purpose.asks.iter().find(|asked| asked.field == *name);
            if field.category == Category::Title && asked.is_some_and(|asked| asked.required) {
                let cite = Some(("CJUE, C-394/23, 9 janvier 2025", "CJEU, C-394/23, 9 January 2025"));
                let fr = format!("La civilité ne peut pas être obligatoire : écrivez \"{name}?\".");
                let en = format!("A form of address can’t be required: write \"{name}?\".");
                self.add(Level::Error, "field.title-required", &purpose.rule, cite, fr, en);
            }
            if field.sensitivity == Sensitivity::Special && purpose.basis.kind != BasisKind::ExplicitConsent {
                let cite = Some(("RGPD, art. 9", "GDPR, art. 9"));
                let fr = format!(
                    "« {name} » est une donnée sensible : il y faut un consentement explicite : basis = \"explicit_consent\"."
                );
                let en = format!(
                    "“{name}” is a special category: it takes an explicit consent: basis = \"explicit_consent\"."
                );
                self.add(Level::Error, "field.special", &purpose.rule, cite, fr, en);
            }
            if field.sensitivity == Sensitivity::Criminal {
                let cite = Some(("RGPD, art. 10", "GDPR, art. 10"));
                let fr = format!("« {name} » touche aux condamnations : retirez-le.");
                let en = format!("“{name}” concerns convictions: take it out.");
                self.add(Level::Error, "field.criminal", &purpose.rule, cite, fr, en);
            }
            if asked.is_some() && field.sensitivity == Sensitivity::Payment {
                let cite = Some(("PCI DSS 4.0.1, exigence 3.3", "PCI DSS 4.0.1, requirement 3.3"));
                let fr = format!("« {name} » ne se saisit que chez le prestataire de paiement : retirez-le.");
                let en = format!("“{name}” is entered at the payment provider only: take it out.");
                self.add(Level::Error, "field.payment-asked", &purpose.rule, cite, fr, en);
            }
        }
    }

    fn form(&mut self, form: &Form) {
        if form.fields.is_empty() {
            let (fr, en) = (
                "Ce formulaire ne demande rien : nommez des champs dans « fields », ou dans « asks » de sa finalité, ou retirez-le.",
                "This form asks nothing: name fields in “fields”, or in its purpose’s “asks”, or take it out.",
            );
            self.add(Level::Error, "form.empty", &form.rule, None, fr, en);
        }
        for name in &form.consents {
            let basis = self.charter.purpose(name).map(|purpose| purpose.basis.kind);
            if !matches!(basis, Some(BasisKind::Consent | BasisKind::ExplicitConsent)) {
                let cite = Some(("RGPD, art. 7", "GDPR, art. 7"));
                let fr = format!(
                    "« {name} » ne repose pas sur le consentement : une case à cocher ferait croire le contraire. Retirez-le de « consents »."
                );
                let en = format!(
                    "“{name}” doesn’t rest on consent: a box to tick would make believe it does. Take it out of “consents”."
                );
                self.add(Level::Error, "form.not-consent", &form.rule, cite, fr, en);
            }
        }
        for field in &form.fields {
            let name = &field.name;
            if field.kind.is_file() && field.accepts.is_empty() {
                let fr = format!("« {name} » n’accepte aucun type de fichier : nommez-les dans « accepts ».");
                let en = format!("“{name}” accepts no file type: name them in “accepts”.");
                self.add(Level::Error, "form.no-file-type", &form.rule, None, fr, en);
            }
            self.condition(form, field);
            if field.kind == FieldKind::Choice && field.choices.is_empty() {
                let fr = format!("« {name} » n’offre aucun choix : nommez-les dans « choices ».");
                let en = format!("“{name}” offers no choice: name them in “choices”.");
                self.add(Level::Error, "form.no-choices", &form.rule, None, fr, en);
            }
        }
    }

    /// A condition looks at an answer that the form asks for.
    fn condition(&mut self, form: &Form, field: &FormField) {
        let Some(when) = &field.when else { return };
        let answer = form
            .field(&when.field)
            .is_some_and(|other| other.choices.iter().any(|choice| choice.value == when.is));
        if !answer {
            let (name, other, is) = (&field.name, &when.field, &when.is);
            let fr = format!(
                "« {name} » dépend d’une réponse que ce formulaire n’offre pas ({other} = {is}) : ajoutez-la à ses choix, ou retirez « when »."
            );
            let en = format!(
                "“{name}” depends on an answer that this form doesn’t offer ({other} = {is}): add it to its choices, or take “when” out."
            );
            self.add(Level::Error, "form.no-such-answer", &form.rule, None, fr, en);
        } else if circles(form, field) {
            let name = &field.name;
            let fr = format!(
                "« {name} » attend une réponse qui l’attend en retour, et n’est donc demandé à personne : retirez l’un des « when »."
            );
            let en = format!(
                "“{name}” waits for an answer that waits for it in turn, and so is asked of nobody: take one “when” out."
            );
            self.add(Level::Error, "form.circle", &form.rule, None, fr, en);
        }
    }

    /// The page looks a form up by kind, people and language: there can't be two.
    fn one_of_kind<'f>(&mut self, form: &Form, earlier: impl Iterator<Item = &'f Form>) {
        let charter = self.charter;
        let people = |form: &Form| {
            charter
                .purpose(&form.purpose)
                .map_or(&[][..], |purpose| purpose.people.as_slice())
        };
        let same_people = |other: &Form| people(other).iter().any(|one| people(form).contains(one));
        let clash = earlier.filter(|other| other.kind == form.kind).find(|other| {
            let mut languages = other.languages.iter();
            same_people(other) && languages.any(|language| form.languages.contains(language))
        });
        if let Some(other) = clash {
            let (kind, other) = (form.kind.word(), &other.name);
            let fr = format!(
                "Deux formulaires « {kind} » pour les mêmes personnes dans une même langue : celui-ci et [form.{other}]. Gardez-en un."
            );
            let en = format!(
                "Two “{kind}” forms for the same people in one language: this and [form.{other}]. Keep one."
            );
            self.add(Level::Error, "form.two-of-kind", &form.rule, None, fr, en);
        }
    }
}

/// Whether a field's condition leads back to a field it came by.
fn circles(form: &Form, field: &FormField) -> bool {
    let mut name = field.when.as_ref().map(|when| when.field.as_str());
    for _ in &form.fields {
        let other = name.and_then(|name| form.field(name));
        name = other.and_then(|other| other.when.as_ref().map(|when| when.field.as_str()));
    }
    name.is_some()
}
