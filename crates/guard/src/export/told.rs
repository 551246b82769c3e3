//! Owns: that a copy says nothing of a refusal of which its person hasn't been told yet, in the doors' own tables. Doesn't
//! own: when one has been told ([`crate::decide`]), the capabilities' tables (they hand in [`Untold`]).

use kernel::{Id, Word as _};
use vault::DossierId;

use super::{Dossier, Everything, Fact, Row, Untold};
use crate::{Error, Guard, Person, decide::Made, keep::clock::Rule, own::UNTOLD};

impl Guard {
    /// Lets everything be as it was before a refusal that can still be undone, or whose mail hasn't left.
    pub(super) async fn hide_untold(
        &self,
        everything: &mut Everything,
        capabilities: &[Untold],
    ) -> Result<(), Error> {
        let mut people = Vec::new();
        for dossier in &mut everything.dossiers {
            let id = dossier.held.dossier;
            if !self.is_refused_untold(id).await? {
                continue;
            }
            let Some(made) = self.standing_refusal(&self.db, id).await? else {
                continue;
            };
            hide(&mut dossier.rows, &made);
            set_back(&mut dossier.rows, self.rule_told(id).await?.as_ref());
            for hide in capabilities {
                hide(&mut dossier.rows);
            }
            people.push(dossier.person);
        }
        for person in people {
            follow(everything, person);
        }
        Ok(())
    }
}

/// Takes out the refusal, its mail, and that it happened.
fn hide(rows: &mut Vec<Row>, made: &Made) {
    let decision = Fact::Reference(made.id.cast());
    rows.retain(|row| match row.table {
        "decisions" => row.id != Some(made.id.cast()),
        "mails" => row.fact("decision") != Some(&decision),
        "moments" => !UNTOLD.iter().any(|event| row.word("event") == Some(event.word())),
        _ => true,
    });
}

/// Lets the clock stand as it stood.
fn set_back(rows: &mut Vec<Row>, rule: Option<&Rule>) {
    let Some(rule) = rule else {
        rows.retain(|row| row.table != "clocks");
        return;
    };
    let asks_at = rule.asks_at.map_or(Fact::Nothing, Fact::At);
    for clock in rows.iter_mut().filter(|row| row.table == "clocks") {
        clock.set("retention", Fact::Word(rule.until.retention.clone()));
        clock.set("started_at", Fact::At(rule.started_at));
        clock.set("due_at", Fact::At(rule.until.at));
        clock.set("next_at", Fact::At(rule.until.at));
        clock.set("asks_at", asks_at.clone());
    }
}

/// Lets the clock of a person's identity, which is that of the last of what is theirs, stand as it stood too.
fn follow(everything: &mut Everything, person: Id<Person>) {
    let identity: DossierId = person.cast();
    let is_other = |dossier: &&Dossier| dossier.person == person && dossier.held.dossier != identity;
    let others = everything.dossiers.iter().filter(is_other);
    let last = others.max_by_key(|dossier| dossier.held.until.as_ref().map(|until| until.at));
    let is_clock = |row: &&Row| row.table == "clocks";
    let clock = last.and_then(|dossier| dossier.rows.iter().find(is_clock).cloned());
    let mut dossiers = everything.dossiers.iter_mut();
    let Some(own) = dossiers.find(|dossier| dossier.held.dossier == identity) else {
        return;
    };
    let Some(clock) = clock.filter(|_| own.held.until.is_some()) else {
        own.rows.retain(|row| row.table != "clocks");
        return;
    };
    for row in own.rows.iter_mut().filter(|row| row.table == "clocks") {
        for column in ["retention", "started_at", "due_at", "next_at"] {
            if let Some(fact) = clock.fact(column) {
                row.set(column, fact.clone());
            }
        }
    }
}
