//! Owns: the short layer and who answers. Doesn't own: any detail.

use super::{Block, Section, Term, Writer};
use crate::{
    model::{Processor, Purpose, What},
    render::words::{
        capitalised, category, country_name, date_words, list_words, places, purpose_title, retention_words,
        right, theme, themes, transfer, uncapitalised,
    },
    vocabulary::{People, Receives, Transfer},
};

/// More purposes than these aren't read in one sentence.
const MOST_TITLES: usize = 9;

impl Writer<'_> {
    /// The short layer: who, what, why, how long, where, rights.
    pub(super) fn overview(self) -> Option<Section> {
        let (charter, locale) = (self.charter, self.locale);
        let controller = charter.controller();
        let public: Vec<&Purpose> = charter
            .purposes()
            .iter()
            .filter(|purpose| purpose.people != [People::Staff] && self.offers(purpose))
            .collect();
        let mut terms = vec![
            self.term("Qui", "Who", [self.who()]),
            self.term("Quelles données", "Which data", self.what(&public)),
            self.term("Pourquoi", "Why", self.why(&public)),
            self.term("Combien de temps", "How long", self.how_long(&public)),
        ];
        terms.extend(self.where_to());
        if let Some(rights) = charter.rights() {
            let names: Vec<String> = rights
                .offers
                .iter()
                .map(|item| uncapitalised(right(item.word, locale).0))
                .collect();
            let names = list_words(&names, locale);
            let says = match (&controller.dpo, locale) {
                (Some(dpo), kernel::Locale::Fr) => format!("{names} : écrivez à {dpo}."),
                (Some(dpo), kernel::Locale::En) => format!("{names}: write to {dpo}."),
                (None, _) => format!("{names}."),
            };
            terms.push(self.term("Vos droits", "Your rights", [capitalised(&says)]));
        }
        let since = date_words(charter.effective(), locale);
        let summary = match locale {
            kernel::Locale::Fr => format!("L’essentiel de cette politique, applicable à partir du {since}."),
            kernel::Locale::En => format!("This policy in short; it applies from {since}."),
        };
        let mut blocks: Vec<Block> = self.scope().into_iter().map(Block::Text).collect();
        blocks.push(Block::Terms(terms));
        let clause = self.clause(&charter.header().rule, None, blocks);
        self.section("summary", ("En bref", "In short"), summary, vec![clause])
    }

    /// To whom it applies, and what it is annexed to.
    fn scope(self) -> Option<String> {
        let header = self.charter.header();
        let annexed = header.annexed_to(self.locale).map(|to| match self.locale {
            kernel::Locale::Fr => format!("Cette politique est annexée à ce document : {to}."),
            kernel::Locale::En => format!("This policy is annexed to this document: {to}."),
        });
        match (header.scope(self.locale), annexed) {
            (Some(scope), Some(annexed)) => Some(format!("{scope} {annexed}")),
            (scope, annexed) => scope.map(str::to_owned).or(annexed),
        }
    }

    fn who(self) -> String {
        let controller = self.charter.controller();
        let name = match &controller.address {
            Some(address) => format!("{}, {address}", controller.name),
            None => controller.name.clone(),
        };
        match self.locale {
            kernel::Locale::Fr => format!("{name}, répond de l’usage qui est fait de vos données."),
            kernel::Locale::En => format!("{name}, answers for the use of your data."),
        }
    }

    /// Each purpose once, in a sentence; where they are too many for one, a line for each theme, in which purposes of a
    /// kind share their kind's title. The table names each.
    fn why<'c>(self, public: &[&'c Purpose]) -> Vec<String> {
        let (colon, and) = (self.say(" : ", ": "), self.say(" ; ", "; "));
        if public.len() <= MOST_TITLES {
            let titles = distinct(public.iter().map(|purpose| purpose.title(self.locale)));
            return vec![format!("{}.", capitalised(&titles.join(&and)))];
        }
        let title = |purpose: &'c Purpose| {
            let alike = public.iter().filter(|other| other.kind == purpose.kind);
            match alike.count() {
                1 => purpose.title(self.locale),
                _ => purpose_title(purpose.kind, self.locale),
            }
        };
        let lines = themes(self.locale).enumerate().map(|(at, words)| {
            let within = public.iter().copied().filter(|purpose| theme(purpose.kind) == at);
            (words, distinct(within.map(title)))
        });
        lines
            .filter(|(_, titles)| !titles.is_empty())
            .map(|(words, titles)| format!("{words}{colon}{}.", titles.join(&and)))
            .collect()
    }

    /// The kinds of data that forms ask, then those that the service adds.
    fn what(self, public: &[&Purpose]) -> Vec<String> {
        let asked = public
            .iter()
            .flat_map(|purpose| purpose.asks.iter().map(|asked| asked.field.as_str()));
        let asked = self.categories(asked);
        let added = public
            .iter()
            .flat_map(|purpose| purpose.uses.iter().map(String::as_str));
        let mut added = self.categories(added);
        added.retain(|category| !asked.contains(category));
        let mut says = Vec::new();
        if !asked.is_empty() {
            says.push(match self.locale {
                kernel::Locale::Fr => format!("Ce que vous nous donnez : {}.", asked.join(", ")),
                kernel::Locale::En => format!("What you give us: {}.", asked.join(", ")),
            });
        }
        if !added.is_empty() {
            says.push(match self.locale {
                kernel::Locale::Fr => format!("Ce que le service y ajoute : {}.", added.join(", ")),
                kernel::Locale::En => format!("What the service adds: {}.", added.join(", ")),
            });
        }
        says
    }

    /// The kinds of these fields, each once.
    pub(super) fn categories<'n>(self, names: impl Iterator<Item = &'n str>) -> Vec<&'static str> {
        let mut found = Vec::new();
        for field in names.filter_map(|name| self.charter.field(name)) {
            let category = category(field.category, self.locale);
            if !found.contains(&category) {
                found.push(category);
            }
        }
        found
    }

    /// The distinct durations of what people enter, in the order of the purposes.
    fn how_long(self, public: &[&Purpose]) -> Vec<String> {
        let mut says: Vec<String> = Vec::new();
        let entered = public.iter().filter(|purpose| !purpose.asks.is_empty());
        for retention in entered.flat_map(|purpose| self.charter.clocks(&purpose.name)) {
            let long = retention_words(retention, self.locale);
            // "After the account is closed: 1 month after the account is closed" would say it twice.
            let after = self.say("Après ", "After ");
            let label = retention.label(self.locale);
            let said = match label.filter(|label| !label.starts_with(&after)) {
                Some(label) => format!("{label}{}{long}.", self.say(" : ", ": ")),
                None => format!("{}.", capitalised(&long)),
            };
            if !says.contains(&said) {
                says.push(said);
            }
        }
        says
    }

    /// Where the data are stored, when processors are declared.
    fn where_to(self) -> Option<Term> {
        let processors: Vec<&Processor> = (self.charter.processors().iter())
            .filter(|one| one.receives != What::Shape(Receives::NothingPersonal) && self.does(&one.rule))
            .collect();
        let mut codes: Vec<&str> = processors
            .iter()
            .flat_map(|one| &one.storage)
            .map(String::as_str)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            return None;
        }
        let names: Vec<&str> = codes.iter().map(|code| country_name(code, self.locale)).collect();
        let stays = processors.iter().all(|one| {
            one.transfer == Transfer::None
                && one
                    .storage
                    .iter()
                    .chain(&one.transit)
                    .all(|code| places::in_eea(code))
        });
        let countries = list_words(&names, self.locale);
        let mut says = vec![match self.locale {
            kernel::Locale::Fr => format!("Pays où vos données sont enregistrées : {countries}."),
            kernel::Locale::En => format!("Countries where your data are stored: {countries}."),
        }];
        if stays {
            says.push(self.say(
                "Aucun transfert hors de l’Espace économique européen n’est prévu.",
                "No transfer outside the European Economic Area is planned.",
            ));
        } else {
            says.extend(self.safeguards(&processors));
        }
        Some(self.term("Où", "Where", says))
    }

    /// Under what data leave the European Economic Area.
    fn safeguards(self, processors: &[&Processor]) -> Option<String> {
        let named = processors.iter().filter(|one| one.transfer != Transfer::None);
        let mut named: Vec<&str> = named.map(|one| transfer(one.transfer, self.locale)).collect();
        named.sort_unstable();
        named.dedup();
        let named = list_words(&named, self.locale);
        (!named.is_empty()).then(|| match self.locale {
            kernel::Locale::Fr => {
                format!("Hors de l’Espace économique européen, vos données sont couvertes ainsi : {named}.")
            }
            kernel::Locale::En => {
                format!("Outside the European Economic Area your data are covered thus: {named}.")
            }
        })
    }

    /// Who answers for the data and how to reach them.
    pub(super) fn controller(self) -> Option<Section> {
        let controller = self.charter.controller();
        let authority = match (&controller.authority, &controller.authority_url) {
            (Some(name), Some(url)) => Some(format!("{name} ({url})")),
            (Some(name), None) if name == "CNIL" => Some("CNIL (https://www.cnil.fr)".to_owned()),
            (name, _) => name.clone(),
        };
        let name = match &controller.form {
            Some(form) => format!("{}, {form}", controller.name),
            None => controller.name.clone(),
        };
        let terms: Vec<Term> = [
            (("Responsable du traitement", "Controller"), Some(name)),
            (("Capital", "Share capital"), controller.capital.clone()),
            (("Adresse", "Address"), controller.address.clone()),
            (("Immatriculation", "Registration"), controller.register.clone()),
            (("Site", "Site"), controller.site.clone()),
            (("Contact", "Contact"), controller.contact.clone()),
            (("Téléphone", "Phone"), controller.phone.clone()),
            (
                ("Délégué à la protection des données", "Data protection officer"),
                controller.dpo.clone(),
            ),
            (("Autorité de contrôle", "Supervisory authority"), authority),
        ]
        .into_iter()
        .filter_map(|((fr, en), value)| Some(self.term(fr, en, [value?])))
        .collect();
        let summary = self.say(
            "Qui décide pourquoi et comment vos données sont utilisées.",
            "Who decides why and how your data are used.",
        );
        let clause = self.clause(&controller.rule, None, vec![Block::Terms(terms)]);
        self.section(
            "controller",
            ("Qui répond de vos données", "Who answers for your data"),
            summary,
            vec![clause],
        )
    }
}

/// Each title once, as it stands within a sentence.
fn distinct<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for title in titles.map(uncapitalised) {
        if !found.contains(&title) {
            found.push(title);
        }
    }
    found
}
