//! Owns: the chapters on purposes, readers and durations. Doesn't own: the forms (`data`).

use kernel::Locale;

use super::{Block, PublicClause, Row, Section, Table, Term, Writer};
use crate::{
    model::{Processor, Purpose, Reader, Retention, Role, Rule, Share},
    render::words::{
        basis_words, capitalised, condition_words, duration_words, duty_words, every_duration, list_words,
        people_words, reader_words, recipient, retention_rule, retention_words, service, uncapitalised,
    },
    vocabulary::{BasisKind, Condition, Objection},
};

impl<'c> Writer<'c> {
    pub(super) fn processors_of(self, purpose: &Purpose) -> Vec<&'c Processor> {
        let processors = self.charter.processors().iter();
        processors
            .filter(|one| one.purposes.contains(&purpose.name))
            .filter(|one| self.goes_on(purpose, &one.rule))
            .collect()
    }

    pub(super) fn shares_of(self, purpose: &Purpose) -> Vec<&'c Share> {
        let shares = self.charter.shares().iter();
        shares
            .filter(|one| one.purposes.contains(&purpose.name))
            .filter(|one| self.goes_on(purpose, &one.rule))
            .collect()
    }

    /// Whether that is done for the purpose. One that isn't offered is published as it is declared, whole.
    fn goes_on(self, purpose: &Purpose, rule: &Rule) -> bool {
        !self.offers(purpose) || self.does(rule)
    }
}

impl Writer<'_> {
    /// The names of fields, in a sentence.
    pub(super) fn labels<'n>(self, names: impl Iterator<Item = &'n str>) -> String {
        let labels: Vec<String> = names
            .filter_map(|name| self.charter.field(name))
            .map(|field| uncapitalised(field.label(self.locale)))
            .collect();
        list_words(&labels, self.locale)
    }

    /// A table of all purposes, then each in detail.
    pub(super) fn purposes(self) -> Option<Section> {
        let purposes = self.charter.purposes();
        if purposes.is_empty() {
            return None;
        }
        let head = [
            ("Pourquoi", "Why"),
            ("Données", "Data"),
            ("Qui les lit", "Who reads them"),
            ("Durée", "How long"),
            ("Où elles vont", "Where they go"),
        ];
        let table = Table {
            caption: if purposes.iter().any(|purpose| purpose.retention.len() > 1) {
                self.say(
                    "Chaque usage en une ligne ; de plusieurs durées, la plus courte l’emporte",
                    "Every use in a line; of several periods the shortest wins",
                )
            } else {
                self.say("Chaque usage en une ligne", "Every use in a line")
            },
            head: head.iter().map(|(fr, en)| self.say(fr, en)).collect(),
            rows: purposes.iter().map(|purpose| self.purpose_row(purpose)).collect(),
        };
        let mut clauses = vec![self.lead("purpose", vec![Block::Table(table)])];
        clauses.extend(purposes.iter().map(|purpose| self.purpose(purpose)));
        let summary = self.say(
            "Vos données ne servent qu’à ce qui suit. Le détail de chaque usage vient après le tableau.",
            "Your data serve only what follows. Each use is detailed below the table.",
        );
        self.section(
            "purposes",
            ("À quoi servent vos données", "What your data serve"),
            summary,
            clauses,
        )
    }

    fn purpose_row(self, purpose: &Purpose) -> Row {
        let roles: Vec<&str> = purpose
            .readers
            .iter()
            .filter_map(|reader| self.charter.role(&reader.role))
            .map(|role| role.label(self.locale))
            .collect();
        Row {
            id: None,
            leads_to: Some(purpose.rule.clause.clone()),
            cells: vec![
                purpose.title(self.locale).to_owned(),
                self.data_in_short(purpose),
                if roles.is_empty() {
                    self.nobody(purpose)
                } else {
                    capitalised(&list_words(&roles, self.locale))
                },
                capitalised(&self.durations(purpose).join(self.say(" ; ", "; ").as_str())),
                self.destinations_in_short(purpose),
            ],
        }
    }

    fn destinations_in_short(self, purpose: &Purpose) -> String {
        let mut kinds: Vec<String> = Vec::new();
        let processors = self
            .processors_of(purpose)
            .into_iter()
            .map(|one| uncapitalised(service(one.service, self.locale)));
        let shares = self
            .shares_of(purpose)
            .into_iter()
            .map(|share| recipient(share.with, self.locale).to_owned());
        for kind in processors.chain(shares) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        if kinds.is_empty() {
            return self.nowhere();
        }
        capitalised(&kinds.join(", "))
    }

    /// "Hébergeur Exemple SAS (hébergement, France)", "Nos clients (le client du projet)".
    pub(super) fn destinations(self, purpose: &Purpose) -> Vec<String> {
        let processors = self.processors_of(purpose).into_iter().map(|one| {
            let who = one.entity.clone().unwrap_or_else(|| self.own_servers());
            let what = uncapitalised(service(one.service, self.locale));
            capitalised(&format!("{who} ({what}, {})", self.countries(&one.storage)))
        });
        let shares = self.shares_of(purpose).into_iter().map(|share| {
            let who = capitalised(recipient(share.with, self.locale));
            match share.entity(self.locale) {
                Some(entity) => format!("{who} ({entity})"),
                None => who,
            }
        });
        let mut found: Vec<String> = processors.chain(shares).collect();
        if found.is_empty() {
            found.push(self.nowhere());
        }
        found
    }

    fn nowhere(self) -> String {
        self.say("Nulle part ailleurs", "Nowhere else")
    }

    fn data_in_short(self, purpose: &Purpose) -> String {
        if purpose.field_names().next().is_none() && !purpose.statistics.counts.is_empty() {
            return self.say(
                "Des comptes, sans aucune donnée sur une personne",
                "Counts, with no data about a person",
            );
        }
        capitalised(&self.categories(purpose.field_names()).join(", "))
    }

    fn nobody(self, purpose: &Purpose) -> String {
        if purpose.field_names().next().is_none() && !purpose.statistics.counts.is_empty() {
            return self.say(
                "Il n’y a rien à lire sur une personne",
                "There is nothing to read about a person",
            );
        }
        self.say("Personne chez nous", "Nobody among us")
    }

    fn durations(self, purpose: &Purpose) -> Vec<String> {
        self.charter
            .clocks(&purpose.name)
            .map(|retention| retention_words(retention, self.locale))
            .collect()
    }

    fn purpose(self, purpose: &Purpose) -> PublicClause {
        let locale = self.locale;
        let mut terms = Vec::new();
        let people: Vec<&str> = purpose
            .people
            .iter()
            .map(|people| people_words(*people, locale))
            .collect();
        if !people.is_empty() {
            terms.push(self.term(
                "Qui est concerné",
                "Whose data",
                [capitalised(&list_words(&people, locale))],
            ));
        }
        terms.extend(self.asked(purpose));
        if !purpose.uses.is_empty() {
            let uses = capitalised(&self.labels(purpose.uses.iter().map(String::as_str)));
            terms.push(if purpose.asks.is_empty() {
                self.term("Ce que nous utilisons", "What we use", [uses])
            } else {
                self.term("Ce que le service y ajoute", "What the service adds", [uses])
            });
        }
        terms.extend(self.conduct(purpose));
        terms.push(self.term("Base légale", "Legal basis", self.bases(purpose)));
        let mut readers: Vec<String> = purpose
            .readers
            .iter()
            .map(|reader| capitalised(&reader_words(self.charter, reader, locale)))
            .collect();
        if readers.is_empty() {
            readers.push(self.nobody(purpose));
        }
        terms.push(self.term("Qui les lit", "Who reads them", readers));
        let mut durations = self.durations(purpose);
        if durations.len() > 1 {
            let shortest = self.say(
                "la plus courte de ces durées l’emporte",
                "the shortest of these wins",
            );
            durations.push(shortest);
        }
        terms.push(self.term(
            "Durée",
            "How long",
            durations.iter().map(|said| capitalised(said)),
        ));
        terms.push(self.term("Où elles vont", "Where they go", self.destinations(purpose)));
        let mut blocks: Vec<Block> = purpose
            .about(locale)
            .map(|about| Block::Text(about.to_owned()))
            .into_iter()
            .collect();
        blocks.push(Block::Terms(terms));
        self.clause(&purpose.rule, Some(purpose.title(locale).to_owned()), blocks)
    }

    /// What is asked, what may be left out, and what happens without it (GDPR art. 13(2)(e)).
    fn asked(self, purpose: &Purpose) -> Vec<Term> {
        let names = |required: bool| {
            let fields = purpose
                .asks
                .iter()
                .filter(move |asked| asked.required == required);
            self.labels(fields.map(|asked| asked.field.as_str()))
        };
        let (required, optional) = (names(true), names(false));
        let mut says = Vec::new();
        if !required.is_empty() {
            let without = self.say(
                "Sans cela, nous ne pourrons pas donner suite.",
                "Without these we can’t follow up.",
            );
            says.push(format!("{}. {without}", capitalised(&required)));
        }
        if !optional.is_empty() {
            says.push(match self.locale {
                Locale::Fr => format!("Si vous le souhaitez : {optional}."),
                Locale::En => format!("If you wish: {optional}."),
            });
        }
        if says.is_empty() {
            return Vec::new();
        }
        vec![self.term("Ce que nous vous demandons", "What we ask you", says)]
    }

    pub(super) fn bases(self, purpose: &Purpose) -> Vec<String> {
        let withdraw = |kind: BasisKind| matches!(kind, BasisKind::Consent | BasisKind::ExplicitConsent);
        let mut says = vec![capitalised(&basis_words(&purpose.basis, self.locale))];
        let mut revocable = withdraw(purpose.basis.kind);
        if let Some(optional) = &purpose.optional_basis {
            let basis = basis_words(optional, self.locale);
            says.push(match self.locale {
                Locale::Fr => format!("Pour ce qui est facultatif : {basis}"),
                Locale::En => format!("For what you may leave out: {basis}"),
            });
            revocable |= withdraw(optional.kind);
        }
        if purpose.objection == Objection::Switch {
            says.push(self.say(
                "Vous pouvez vous y opposer à tout moment, sans avoir à vous justifier.",
                "You may object at any time, without having to give grounds.",
            ));
        }
        if revocable {
            says.push(self.say(
                "Vous pouvez retirer votre consentement à tout moment.",
                "You may withdraw your consent at any time.",
            ));
        }
        says
    }

    /// Each role with what it reads.
    pub(super) fn readers(self) -> Option<Section> {
        let mut clauses = vec![self.lead(
            "role",
            vec![Block::Text(self.say(
                "Chacun ne lit que ce que son rôle exige, pour l’usage indiqué.",
                "Everybody reads only what their role requires, for the use stated.",
            ))],
        )];
        clauses.extend(self.charter.roles().iter().map(|role| self.role(role)));
        let summary = self.say("Qui, chez nous, peut lire quoi.", "Who among us may read what.");
        self.section(
            "readers",
            ("Qui lit vos données", "Who reads your data"),
            summary,
            clauses,
        )
    }

    fn role(self, role: &Role) -> PublicClause {
        let duties: Vec<&str> = role
            .may
            .iter()
            .map(|duty| duty_words(*duty, self.locale))
            .collect();
        let mut reads = Vec::new();
        for purpose in self.charter.purposes() {
            for reader in purpose.readers.iter().filter(|reader| reader.role == role.name) {
                reads.push(self.reading(purpose, reader));
            }
        }
        if reads.is_empty() {
            reads.push(self.say("Aucune donnée.", "No data."));
        }
        let mut terms = Vec::new();
        if !duties.is_empty() {
            terms.push(self.term(
                "Mission",
                "Duty",
                [capitalised(&list_words(&duties, self.locale))],
            ));
        }
        terms.push(self.term("Lit", "Reads", reads));
        self.clause(
            &role.rule,
            Some(capitalised(role.label(self.locale))),
            vec![Block::Terms(terms)],
        )
    }

    /// "Traiter votre candidature : toutes les données, pour des raisons strictement techniques."
    fn reading(self, purpose: &Purpose, reader: &Reader) -> String {
        let which = match &reader.fields {
            None => self.say("toutes les données", "all data"),
            Some(fields) => self.labels(fields.iter().map(String::as_str)),
        };
        let title = purpose.title(self.locale);
        let colon = self.say(" : ", ": ");
        match reader.when {
            Condition::All => format!("{title}{colon}{which}."),
            when => format!("{title}{colon}{which}, {}.", condition_words(when, self.locale)),
        }
    }

    /// Each retention as a rule.
    pub(super) fn keeping(self) -> Option<Section> {
        let retentions = self.charter.retentions();
        if retentions.is_empty() {
            return None;
        }
        let mut blocks = vec![Block::Text(self.say(
            "Une durée exprimée en jours, mois ou années se termine à la fin du dernier jour ; l’effacement a lieu \
             dans les vingt-quatre heures qui suivent.",
            "A period in days, months or years ends with its last day; erasure takes place within the following \
             twenty-four hours.",
        ))];
        if self
            .charter
            .purposes()
            .iter()
            .any(|purpose| purpose.retention.len() > 1)
        {
            blocks.push(Block::Text(self.say(
                "Quand plusieurs durées s’appliquent, la plus courte l’emporte.",
                "Where several periods apply, the shortest wins.",
            )));
        }
        let mut clauses = vec![self.lead("retention", blocks)];
        clauses.extend(retentions.iter().map(|retention| self.retention(retention)));
        let summary = self.say(
            "Rien n’est gardé sans échéance. Voici chacune d’elles.",
            "Nothing is kept without an end. Here is each of them.",
        );
        self.section(
            "keeping",
            ("Combien de temps nous les gardons", "How long we keep them"),
            summary,
            clauses,
        )
    }

    fn retention(self, retention: &Retention) -> PublicClause {
        let title = match retention.label(self.locale) {
            Some(label) => label.to_owned(),
            None => {
                let purposes = self.charter.purposes().iter();
                let titles: Vec<&str> = purposes
                    .filter(|purpose| purpose.retention.contains(&retention.name))
                    .map(|purpose| purpose.title(self.locale))
                    .collect();
                titles.join(" · ")
            }
        };
        let title = (!title.is_empty()).then_some(title);
        self.clause(
            &retention.rule,
            title,
            vec![Block::Text(
                [retention_rule(retention, self.locale), self.kept_on(retention)].concat(),
            )],
        )
    }

    /// What stays under a floor or in an archive, and who may open it.
    pub(super) fn kept_on(self, retention: &Retention) -> String {
        let mut said = String::new();
        if let Some(floor) = &retention.min
            && !floor.fields.is_empty()
        {
            let fields = self.labels(floor.fields.iter().map(String::as_str));
            said.push_str(&match self.locale {
                Locale::Fr => format!(" Restent : {fields}."),
                Locale::En => format!(" What stays: {fields}."),
            });
            said.push_str(&self.opened_by(&floor.readers));
        }
        if let Some(archive) = &retention.archive {
            let (period, text) = (
                duration_words(archive.period, self.locale),
                archive.reference.get(self.locale),
            );
            let fields = self.labels(archive.fields.iter().map(String::as_str));
            said.push_str(&match self.locale {
                Locale::Fr => format!(
                    " Une archive restreinte garde ensuite {period} ce qu’une réclamation peut exiger ({text}) : {fields}."
                ),
                Locale::En => format!(
                    " A restricted archive then keeps for {period} what a claim may require ({text}): {fields}."
                ),
            });
            said.push_str(&self.opened_by(&archive.readers));
        }
        if let Some(review) = retention.review {
            let review = every_duration(review, self.locale);
            said.push_str(&match self.locale {
                Locale::Fr => format!(
                    " Au plus tard {review}, quelqu’un passe en revue ce qui est gardé et efface ce qui est sans intérêt."
                ),
                Locale::En => format!(
                    " At the latest {review}, somebody goes through what is kept and erases what is of no use."
                ),
            });
        }
        said
    }

    fn opened_by(self, readers: &[String]) -> String {
        let roles: Vec<&str> = readers
            .iter()
            .filter_map(|role| self.charter.role(role))
            .map(|role| role.label(self.locale))
            .collect();
        let who = if roles.is_empty() {
            self.say(
                "personne, hors demande d’une autorité",
                "nobody, save at an authority’s request",
            )
        } else {
            list_words(&roles, self.locale)
        };
        match self.locale {
            Locale::Fr => format!(" Peut les ouvrir : {who}."),
            Locale::En => format!(" Who may open them: {who}."),
        }
    }
}
