//! Owns: what a purpose's clause says of its conditions, groups, figures and messages. Doesn't own: the rest of the
//! clause (`purposes`).

use kernel::Locale;

use super::{Term, Writer};
use crate::{
    model::Purpose,
    render::words::{capitalised, channel, count, list_words, need, opt_in, stop_way},
    vocabulary::Intake,
};

impl Writer<'_> {
    /// Conditions, groups, figures, messages; empty for a purpose that has none.
    pub(super) fn conduct(self, purpose: &Purpose) -> Vec<Term> {
        let mut terms = Vec::new();
        let mut conditions = Vec::new();
        if let Some(fact) = purpose.only_when {
            let fact = need(fact, self.locale);
            conditions.push(match self.locale {
                Locale::Fr => format!("Seulement {fact}."),
                Locale::En => format!("Only {fact}."),
            });
        }
        if purpose.intake == Intake::Quarantine {
            conditions.push(self.say(
                "Ce qui arrive est mis à part, hors de toute recherche, jusqu’à ce que quelqu’un l’ait examiné.",
                "What arrives is set apart, out of every search, until somebody has looked at it.",
            ));
        }
        if !conditions.is_empty() {
            terms.push(self.term("À quelle condition", "On which condition", conditions));
        }
        if !purpose.groups_by.is_empty() {
            let by = self.labels(purpose.groups_by.iter().map(String::as_str));
            terms.push(self.term("Groupes formés d’après", "Groups formed by", [capitalised(&by)]));
        }
        terms.extend(self.statistics(purpose));
        terms.extend(self.messages(purpose));
        terms
    }

    fn statistics(self, purpose: &Purpose) -> Option<Term> {
        let statistics = &purpose.statistics;
        let counts: Vec<&str> = statistics
            .counts
            .iter()
            .map(|one| count(*one, self.locale))
            .collect();
        if counts.is_empty() {
            return None;
        }
        let mut says = vec![format!("{}.", capitalised(&list_words(&counts, self.locale)))];
        says.push(self.say(
            "Ce sont des chiffres : ils ne disent rien d’une personne.",
            "These are figures: they say nothing of a person.",
        ));
        if let Some(least) = statistics.at_least {
            says.push(match self.locale {
                Locale::Fr => {
                    format!("Un chiffre qui porte sur moins de {least} personnes n’est pas montré.")
                }
                Locale::En => format!("A figure about fewer than {least} people isn’t shown."),
            });
        }
        Some(self.term("Ce qui est seulement compté", "What is only counted", says))
    }

    fn messages(self, purpose: &Purpose) -> Vec<Term> {
        let messages = &purpose.communication;
        let mut terms = Vec::new();
        if !messages.by.is_empty() {
            let by: Vec<&str> = messages.by.iter().map(|by| channel(*by, self.locale)).collect();
            terms.push(self.term("Envois", "Messages", [capitalised(&list_words(&by, self.locale))]));
        }
        if !messages.lists.is_empty() {
            let lists = messages
                .lists
                .iter()
                .map(|list| list.label(self.locale).to_owned());
            terms.push(self.term("Listes", "Lists", lists));
        }
        if let Some(how) = messages.opt_in {
            terms.push(self.term("Inscription", "Joining", [opt_in(how, self.locale).to_owned()]));
        }
        if !messages.stop.is_empty() {
            let ways = messages
                .stop
                .iter()
                .map(|way| capitalised(stop_way(*way, self.locale)));
            terms.push(self.term("Pour arrêter", "To stop", ways));
        }
        terms
    }
}
