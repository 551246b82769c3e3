//! Owns: what an application is: its stages, which may follow which, what is to be done next. Pure. Doesn't own: its
//! rows, its pages.

use guard::{DossierId, Person, Staff};
use kernel::{Id, Locale, Timestamp, Word, words};
use serde::Serialize;

use crate::vacancies::Vacancy;

/// An application, without what is sealed.
#[derive(Debug, Clone, Serialize)]
pub struct Application {
    /// Which; its dossier's id.
    pub id: Id<Application>,
    /// Whose.
    pub person: Id<Person>,
    /// To which offer; `None` when unsolicited.
    pub vacancy: Option<Id<Vacancy>>,
    /// To whom it is assigned.
    pub recruiter: Option<Id<Staff>>,
    /// The charter's purpose.
    pub purpose: String,
    /// By which way it came.
    pub source: Source,
    /// In which language it was sent.
    pub language: Locale,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Timestamp,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// When it was first read by who decides on it.
    pub read_at: Option<Timestamp>,
}

impl Application {
    /// Its dossier.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.id.cast()
    }

    /// What is to be done next, by the house.
    #[must_use]
    pub fn next(&self) -> Next {
        match self.stage {
            Stage::New if self.read_at.is_none() => Next::Read,
            Stage::New | Stage::InReview => Next::Review,
            Stage::Interview | Stage::Offer => Next::Answer,
            Stage::Hired | Stage::Refused | Stage::Withdrawn => Next::None,
        }
    }

    /// Where it stands, in the word under which its person is told: once it was read, it isn't just arrived.
    #[must_use]
    pub fn told(&self) -> &'static str {
        match self.stage {
            Stage::New if self.read_at.is_some() => "read",
            stage => stage.word(),
        }
    }

    /// How many whole days the person has been waiting at this stage; `None` when there is nothing to wait for.
    #[must_use]
    pub fn days_waiting(&self, now: Timestamp) -> Option<i64> {
        self.stage
            .is_open()
            .then(|| (now.as_millis() - self.stage_since.as_millis()).max(0) / 86_400_000)
    }
}

words! {
    /// Where an application stands.
    pub enum Stage {
        /// Arrived.
        New = "new",
        /// Being reviewed.
        InReview = "in_review",
        /// Invited to an interview.
        Interview = "interview",
        /// Made an offer.
        Offer = "offer",
        /// Hired.
        Hired = "hired",
        /// Refused, by a named human.
        Refused = "refused",
        /// Withdrawn, by the person.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// True while the house owes an answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::InReview | Self::Interview | Self::Offer)
    }

    /// The stages a recruiter may move to from here. A refusal is no move: it is a decision, with a reason. A
    /// withdrawal is the person's.
    #[must_use]
    pub fn moves(self) -> Vec<Self> {
        if !self.is_open() {
            return Vec::new();
        }
        [Self::InReview, Self::Interview, Self::Offer, Self::Hired]
            .into_iter()
            .filter(|stage| *stage != self)
            .collect()
    }
}

words! {
    /// By which way an application came.
    pub enum Source {
        /// The site's own list of offers.
        Site = "site",
        /// A link from elsewhere.
        Link = "link",
        /// Brought in by staff.
        Import = "import",
        /// Put forward by a recruiter, from the pool.
        Pool = "pool",
    }
}

words! {
    /// What is to be done next.
    pub enum Next {
        /// Read it.
        Read = "read",
        /// Review it.
        Review = "review",
        /// Answer the person.
        Answer = "answer",
        /// Nothing.
        None = "none",
    }
}

/// How many applications a vacancy has.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Count {
    /// All.
    pub all: i64,
    /// Those that arrived and that nobody has read.
    pub unread: i64,
}

/// One step of an application's history.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// To which stage.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
    /// By whom of the staff; `None` when by the person.
    pub staff: Option<Id<Staff>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_to_refused_or_withdrawn_and_nothing_moves_once_ended() {
        for stage in Stage::ALL {
            let moves = stage.moves();
            assert!(
                !moves.contains(&Stage::Refused)
                    && !moves.contains(&Stage::Withdrawn)
                    && !moves.contains(stage)
            );
            assert_eq!(moves.is_empty(), !stage.is_open(), "{stage:?}");
        }
    }
}
