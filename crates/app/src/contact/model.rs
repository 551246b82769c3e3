//! Owns: what a message of the contact form is: who wrote it, what became of it, what is to be done next. Pure. Doesn't
//! own: its rows, its pages.

use guard::{DossierId, Person, Staff, decide::UNDO_SECONDS};
use kernel::{Id, Locale, Timestamp, words};
use serde::Serialize;

/// A message, without what is sealed.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// Which; its dossier's id.
    pub id: Id<Message>,
    /// Whose.
    pub person: Id<Person>,
    /// The charter's purpose.
    pub purpose: String,
    /// In which language it was sent.
    pub language: Locale,
    /// Who wrote it, as far as the form asks.
    pub sender: Sender,
    /// Since when it is a client's request; `None` when it isn't one.
    pub client_since: Option<Timestamp>,
    /// To whom it is addressed.
    pub addressee: Option<Id<Staff>>,
    /// What a human found.
    pub verdict: Verdict,
    /// When.
    pub judged_at: Option<Timestamp>,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// When it was first read by who deals with it.
    pub read_at: Option<Timestamp>,
    /// When it was first answered.
    pub answered_at: Option<Timestamp>,
}

impl Message {
    /// Its dossier.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.id.cast()
    }

    /// Where it stands, in one word.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self.verdict {
            Verdict::Pending if self.read_at.is_none() => Standing::Unread,
            Verdict::Pending => Standing::Read,
            Verdict::Relevant => Standing::Relevant,
            Verdict::Irrelevant => Standing::Irrelevant,
        }
    }

    /// What is to be done next, by the house.
    #[must_use]
    pub const fn next(&self) -> Next {
        match self.standing() {
            Standing::Unread => Next::Read,
            Standing::Read => Next::Deal,
            Standing::Relevant | Standing::Irrelevant => Next::None,
        }
    }

    /// How many whole days the person has been waiting; `None` when somebody has dealt with it.
    #[must_use]
    pub fn days_waiting(&self, now: Timestamp) -> Option<i64> {
        matches!(self.verdict, Verdict::Pending)
            .then(|| (now.as_millis() - self.submitted_at.as_millis()).max(0) / 86_400_000)
    }

    /// Until when "of no interest" can be undone: its end begins then.
    #[must_use]
    pub fn undo_until(&self) -> Option<Timestamp> {
        let judged_at = self
            .judged_at
            .filter(|_| matches!(self.verdict, Verdict::Irrelevant));
        judged_at.map(|at| at.plus_seconds(UNDO_SECONDS))
    }
}

words! {
    /// Who wrote a message, as far as the form asks.
    pub enum Sender {
        /// Somebody who looks for work.
        Candidate = "candidate",
        /// Somebody who looks for people.
        Client = "client",
        /// Somebody else, or a form that doesn't ask.
        Other = "other",
    }
}

impl Sender {
    /// Who writes, by the charter's names: what was chosen as the `subject` says it; where that leaves it open, giving
    /// a company or a position does.
    #[must_use]
    pub fn of(subject: Option<&str>, given: &[&str]) -> Self {
        match subject {
            Some("candidate") => Self::Candidate,
            Some("recruiter" | "client") => Self::Client,
            _ if given.contains(&"company") || given.contains(&"position") => Self::Client,
            _ => Self::Other,
        }
    }
}

words! {
    /// What a human found.
    pub enum Verdict {
        /// Nobody has said yet.
        Pending = "pending",
        /// It is of interest, or was answered.
        Relevant = "relevant",
        /// It is of none.
        Irrelevant = "irrelevant",
    }
}

words! {
    /// Where a message stands.
    pub enum Standing {
        /// Arrived.
        Unread = "unread",
        /// Read, and nobody has said what it is worth.
        Read = "read",
        /// Dealt with.
        Relevant = "relevant",
        /// Of no interest.
        Irrelevant = "irrelevant",
    }
}

words! {
    /// What is to be done next.
    pub enum Next {
        /// Read it.
        Read = "read",
        /// Answer it, pass it on, or say what it is worth.
        Deal = "deal",
        /// Nothing.
        None = "none",
    }
}

words! {
    /// What was done with a message.
    pub enum StepKind {
        /// It arrived.
        Arrived = "arrived",
        /// It was passed on as a client's request.
        Passed = "passed",
        /// It is no client's request after all.
        TakenBack = "taken_back",
        /// It was addressed to a member of staff.
        Addressed = "addressed",
        /// It is addressed to nobody any more.
        Unaddressed = "unaddressed",
        /// It was found relevant.
        Relevant = "relevant",
        /// It was found of no interest.
        Irrelevant = "irrelevant",
        /// What was found was undone.
        Undone = "undone",
        /// It was answered by mail.
        Answered = "answered",
        /// Its sender was put into the pool.
        Pooled = "pooled",
        /// It left its addressee's mailbox.
        Emptied = "emptied",
    }
}

/// One step of a message's history.
#[derive(Debug, Clone)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// When.
    pub at: Timestamp,
    /// By whom of the staff; `None` when by the person, or by rule.
    pub staff: Option<Id<Staff>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_says_who_writes_and_a_company_or_a_position_where_it_leaves_that_open() {
        let of = Sender::of;
        assert_eq!(of(Some("recruiter"), &["email"]), Sender::Client);
        assert_eq!(
            of(Some("candidate"), &["company"]),
            Sender::Candidate,
            "they said so"
        );
        assert_eq!(of(Some("other"), &["email", "company"]), Sender::Client);
        assert_eq!(of(Some("other"), &["position"]), Sender::Client);
        assert_eq!(of(Some("other"), &["email"]), Sender::Other);
        assert_eq!(of(None, &[]), Sender::Other);
    }
}
