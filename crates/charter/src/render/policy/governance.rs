//! Owns: the chapters on security, prohibitions, rights and changes. Doesn't own: how a right is answered.

use kernel::Locale;

use super::{Block, PublicClause, Section, Term, Writer};
use crate::{
    model::Rights,
    render::words::{
        channel, duration_words, list_words, measure, moment, new_purpose, of_duration, opposition,
        prohibition, right, uncapitalised,
    },
    vocabulary::{Channel, Identity, Right},
};

impl Writer<'_> {
    /// Each measure, one clause.
    pub(super) fn security(self) -> Option<Section> {
        let security = self.charter.security()?;
        let mut lead = Vec::new();
        if let Some(window) = security.backup_window {
            let window = duration_words(window, self.locale);
            lead.push(Block::Text(match self.locale {
                Locale::Fr => format!(
                    "Ce qui est effacé peut subsister {window} au plus dans les sauvegardes, puis n’y est plus lisible."
                ),
                Locale::En => format!(
                    "What is erased may remain in backups for {window} at most and can no longer be read there afterwards."
                ),
            }));
        }
        if !security.two_factors.is_empty() {
            let roles: Vec<&str> = security
                .two_factors
                .iter()
                .filter_map(|name| Some(self.charter.role(name)?.label(self.locale)))
                .collect();
            let roles = list_words(&roles, self.locale);
            lead.push(Block::Text(match self.locale {
                Locale::Fr => format!("Se connectent par deux facteurs\u{202f}: {roles}."),
                Locale::En => format!("These sign in with two factors: {roles}."),
            }));
        }
        let mut clauses = vec![self.clause(&security.rule, None, lead)];
        for item in &security.measures {
            let text = Block::Text(measure(item.word, self.locale).to_owned());
            clauses.push(self.clause(&item.rule, None, vec![text]));
        }
        let summary = self.say(
            "Comment vos données sont protégées.",
            "How your data are protected.",
        );
        self.section("security", ("Sécurité", "Security"), summary, clauses)
    }

    /// Each prohibition, one clause.
    pub(super) fn never(self) -> Option<Section> {
        let never = self.charter.never()?;
        let lead = self.say(
            "Ces interdictions l’emportent sur toute autre règle de cette charte.",
            "These prohibitions prevail over any other rule of this charter.",
        );
        let mut clauses = vec![self.clause(&never.rule, None, vec![Block::Text(lead)])];
        for item in &never.rules {
            let mut text = prohibition(item.word, self.locale).to_owned();
            if !item.purposes.is_empty() {
                let only = self.titles(&item.purposes);
                text.push_str(&match self.locale {
                    Locale::Fr => format!(" Cela vaut pour : {only}."),
                    Locale::En => format!(" This holds for: {only}."),
                });
            }
            let text = Block::Text(text);
            clauses.push(self.clause(&item.rule, None, vec![text]));
        }
        let summary = self.say("Ce que cette charte interdit.", "What this charter forbids.");
        self.section(
            "never",
            ("Ce que nous ne faisons pas", "What we don’t do"),
            summary,
            clauses,
        )
    }

    /// The titles of purposes, in a sentence.
    pub(super) fn titles(self, purposes: &[String]) -> String {
        let titles: Vec<String> = purposes
            .iter()
            .filter_map(|name| self.charter.purpose(name))
            .map(|purpose| uncapitalised(purpose.title(self.locale)))
            .collect();
        list_words(&titles, self.locale)
    }

    /// How to exercise the rights, then each.
    pub(super) fn rights(self) -> Option<Section> {
        let rights = self.charter.rights()?;
        let mut clauses = vec![self.clause(&rights.rule, None, self.how_to_exercise(rights))];
        for item in &rights.offers {
            let (name, what) = right(item.word, self.locale);
            let mut what = what.to_owned();
            if item.word == Right::Complaint {
                what.push_str(&self.authority());
            }
            let term = Term {
                term: name.to_owned(),
                says: vec![what],
            };
            clauses.push(self.clause(&item.rule, None, vec![Block::Terms(vec![term])]));
        }
        let summary = self.say(
            "Vous gardez la main sur vos données, gratuitement et à tout moment.",
            "You stay in charge of your data, free of charge and at any time.",
        );
        self.section("rights", ("Vos droits", "Your rights"), summary, clauses)
    }

    /// Which authority, and that of the person's own country (GDPR art. 77).
    fn authority(self) -> String {
        let controller = self.charter.controller();
        let name = match (&controller.authority, &controller.authority_url) {
            (Some(name), Some(url)) => format!("{name}, {url}"),
            (Some(name), None) if name == "CNIL" => "CNIL, https://www.cnil.fr".to_owned(),
            (Some(name), None) => name.clone(),
            (None, _) => {
                return self.say(
                    " du pays où vous vivez ou travaillez.",
                    " of the country where you live or work.",
                );
            }
        };
        match self.locale {
            Locale::Fr => format!(" ({name}) ou celle du pays où vous vivez ou travaillez."),
            Locale::En => format!(" ({name}) or that of the country where you live or work."),
        }
    }

    /// A way to reach the controller, with its address: "par e-mail : dpo@cabinet.example".
    fn reach(self, by: Channel) -> String {
        let controller = self.charter.controller();
        let reach = match by {
            Channel::Email => controller.dpo.as_ref().or(controller.contact.as_ref()),
            Channel::Post => controller.address.as_ref(),
            Channel::Phone => controller.phone.as_ref(),
            Channel::Site | Channel::Account => None,
        };
        let how = channel(by, self.locale);
        reach.map_or_else(
            || how.to_owned(),
            |reach| format!("{how}{}{reach}", self.say(" : ", ": ")),
        )
    }

    fn how_to_exercise(self, rights: &Rights) -> Vec<Block> {
        let ways: Vec<String> = rights.by.iter().map(|by| self.reach(*by)).collect();
        let mut blocks = Vec::new();
        if !ways.is_empty() {
            blocks.push(Block::Text(self.say("Pour les exercer :", "To exercise them:")));
            blocks.push(Block::List(ways));
        }
        let deadline = of_duration(rights.deadline, self.locale);
        let mut answer = match self.locale {
            Locale::Fr => format!("Nous répondons dans un délai {deadline}."),
            Locale::En => format!("We answer within {deadline}."),
        };
        if let Some(extension) = rights.extension {
            let extension = duration_words(extension, self.locale);
            answer.push_str(&match self.locale {
                Locale::Fr => format!(" Une demande complexe peut prendre {extension} de plus ; nous vous disons alors pourquoi."),
                Locale::En => format!(" A complex request may take {extension} more; we then tell you why."),
            });
        }
        answer.push_str(&match rights.identity {
            Identity::Never => self.say(
                " Aucune pièce d’identité n’est demandée.",
                " No proof of identity is asked.",
            ),
            Identity::OnDoubt => self.say(
                " Nous ne demandons une preuve d’identité qu’en cas de doute raisonnable.",
                " We ask for proof of identity only in case of reasonable doubt.",
            ),
        });
        blocks.push(Block::Text(answer));
        if !rights.questions_by.is_empty() {
            let ways: Vec<String> = rights.questions_by.iter().map(|by| self.reach(*by)).collect();
            let ways = ways.join(self.say(" ou ", " or ").as_str());
            blocks.push(Block::Text(match self.locale {
                Locale::Fr => format!("Pour une simple question, joignez-nous {ways}."),
                Locale::En => format!("For a mere question, reach us {ways}."),
            }));
        }
        blocks
    }

    /// How changes, breaches and sourcing are told.
    pub(super) fn changes(self) -> Option<Section> {
        let mut clauses: Vec<PublicClause> = Vec::new();
        if let Some(change) = self.charter.change() {
            let by: Vec<&str> = change.by.iter().map(|by| channel(*by, self.locale)).collect();
            let by = list_words(&by, self.locale);
            let lead = change.lead.map(|lead| duration_words(lead, self.locale));
            let text = match (self.locale, lead) {
                (Locale::Fr, None) => {
                    format!("Tout changement important de cette politique est annoncé {by}.")
                }
                (Locale::En, None) => format!("Any substantial change of this policy is announced {by}."),
                (Locale::Fr, Some(lead)) => {
                    format!(
                        "Tout changement important de cette politique est annoncé {by}, {lead} avant de s’appliquer."
                    )
                }
                (Locale::En, Some(lead)) => {
                    format!(
                        "Any substantial change of this policy is announced {by}, {lead} before it applies."
                    )
                }
            };
            let mut blocks = vec![Block::Text(text)];
            blocks.push(Block::Text(
                new_purpose(change.new_purpose, self.locale).to_owned(),
            ));
            if let Some(may) = change.opposition {
                blocks.push(Block::Text(opposition(may, self.locale).to_owned()));
            }
            if change.use_accepts {
                blocks.push(Block::Text(self.say(
                    "Continuer d’utiliser le service après cette annonce vaut acceptation, sauf de ce qui demande votre consentement.",
                    "Using the service on after this announcement is acceptance, except of what requires your consent.",
                )));
            }
            clauses.push(self.clause(&change.rule, None, blocks));
        }
        if let Some(breach) = self.charter.breach() {
            let authority = of_duration(breach.authority, self.locale);
            let mut text = match self.locale {
                Locale::Fr => format!(
                    "Si une violation de données présente un risque, nous la notifions à l’autorité de contrôle dans un \
                     délai {authority}."
                ),
                Locale::En => format!(
                    "If a data breach entails a risk, we notify it to the supervisory authority within {authority}."
                ),
            };
            if let Some(persons) = breach.persons {
                let persons = of_duration(persons, self.locale);
                text.push_str(&match self.locale {
                    Locale::Fr => format!(
                        " Si elle met vos données en danger, vous en êtes informé dans un délai {persons}."
                    ),
                    Locale::En => format!(" If it puts your data in danger, you are told within {persons}."),
                });
            }
            if let Some(processors) = breach.processors {
                let processors = of_duration(processors, self.locale);
                text.push_str(&match self.locale {
                    Locale::Fr => {
                        format!(" Nos prestataires doivent nous prévenir dans un délai {processors}.")
                    }
                    Locale::En => format!(" Our providers must warn us within {processors}."),
                });
            }
            clauses.push(self.clause(&breach.rule, None, vec![Block::Text(text)]));
        }
        if let Some(sourcing) = self.charter.sourcing() {
            let text = sourcing.sourced.map(|within| {
                let within = of_duration(within, self.locale);
                match self.locale {
                    Locale::Fr => format!(
                        "Si nous tenons vos données d’une autre source que vous, nous vous en informons dans un délai {within}."
                    ),
                    Locale::En => format!(
                        "If we have your data from another source than you, we tell you within {within}."
                    ),
                }
            });
            let lead = text.into_iter().map(Block::Text).collect();
            clauses.push(self.clause(&sourcing.rule, None, lead));
            for item in &sourcing.at {
                let text = Block::Text(moment(item.word, self.locale).to_owned());
                clauses.push(self.clause(&item.rule, None, vec![text]));
            }
        }
        let version = self.charter.version();
        let summary = match self.locale {
            Locale::Fr => format!("Vous lisez la version {version}."),
            Locale::En => format!("You are reading version {version}."),
        };
        self.section(
            "changes",
            ("Changements et incidents", "Changes and incidents"),
            summary,
            clauses,
        )
    }
}
