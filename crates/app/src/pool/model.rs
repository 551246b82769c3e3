//! Owns: what an entry of the pool is: how it came, where it stands; what waits in its inbox. Pure. Doesn't own: rows,
//! pages.

use guard::{DossierId, Person, Staff};
use kernel::{Id, Locale, Timestamp, words};

use crate::applications::model::Application;

/// Somebody in the pool, or asked whether they agree; without what is sealed.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which; its dossier's id.
    pub id: Id<Entry>,
    /// Whose.
    pub person: Id<Person>,
    /// The charter's purpose.
    pub purpose: String,
    /// In which language they are spoken to.
    pub language: Locale,
    /// Where from: a source of the charter's, by its name.
    pub source: String,
    /// By which way.
    pub came: Came,
    /// The application or the message it was made of.
    pub parent: Option<Id<()>>,
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub added_at: Timestamp,
    /// By whom of the staff.
    pub staff: Option<Id<Staff>>,
    /// When the person was told, and asked.
    pub told_at: Option<Timestamp>,
    /// When the person agreed.
    pub agreed_at: Option<Timestamp>,
    /// From when on it is of no interest: until then that can be undone.
    pub removed_at: Option<Timestamp>,
}

impl Entry {
    /// Its dossier.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.id.cast()
    }

    /// Whether anything may be done with what is held: the person agreed, and nobody took them out.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.state == State::Agreed && self.removed_at.is_none()
    }
}

words! {
    /// By which way somebody came.
    pub enum Came {
        /// By an application of theirs.
        Application = "application",
        /// By a message of theirs.
        Message = "message",
        /// Found elsewhere by a member of staff.
        Found = "found",
    }
}

words! {
    /// Where an entry stands.
    pub enum State {
        /// Written down; the person hasn't been told yet, and nothing else is done with it.
        Untold = "untold",
        /// Told and asked; an answer is awaited.
        Asked = "asked",
        /// The person agreed.
        Agreed = "agreed",
    }
}

words! {
    /// What was done with an entry.
    pub enum StepKind {
        /// It was put in.
        Added = "added",
        /// The person was told and asked.
        Told = "told",
        /// The person agreed.
        Agreed = "agreed",
        /// They were put forward for an offer.
        Forwarded = "forwarded",
        /// Found of no interest any more.
        Removed = "removed",
        /// That was undone.
        Undone = "undone",
    }
}

/// One step of an entry's history.
#[derive(Debug, Clone)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// When.
    pub at: Timestamp,
    /// By whom of the staff; `None` when by the person, or by rule.
    pub staff: Option<Id<Staff>>,
}

/// An application that waits apart until somebody has looked.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Which.
    pub application: Id<Application>,
    /// Whose.
    pub person: Id<Person>,
    /// The charter's purpose that it was sent for.
    pub purpose: String,
    /// In which language it was sent.
    pub language: Locale,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// When its person agreed to stay in the pool.
    pub agreed_at: Option<Timestamp>,
    /// When somebody looked.
    pub looked_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_done_with_somebody_who_has_not_agreed_or_was_taken_out() {
        let rng = kernel::Rng::seeded(1);
        let now = Timestamp::from_millis(0);
        let entry = |state, removed_at| Entry {
            id: Id::new(&rng, now),
            person: Id::new(&rng, now),
            purpose: String::new(),
            language: Locale::Fr,
            source: String::new(),
            came: Came::Found,
            parent: None,
            state,
            added_at: now,
            staff: None,
            told_at: None,
            agreed_at: None,
            removed_at,
        };
        assert!(entry(State::Agreed, None).is_usable());
        for (state, removed_at) in [
            (State::Untold, None),
            (State::Asked, None),
            (State::Agreed, Some(now)),
        ] {
            assert!(!entry(state, removed_at).is_usable(), "{state:?}");
        }
    }
}
