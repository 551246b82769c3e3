//! Owns: the rights of the person: what is asked and by when it is answered ([`request`], [`deadline`]), what is done
//! about it at the desk ([`desk`]), and what takes effect at once: a consent withdrawn ([`consent`]), an objection
//! ([`object`]), a use restricted, a name corrected ([`correct`]), a death; what is laid down for after one's own
//! ([`directives`]). Doesn't own: the mails' words and the pages (`app`), erasing ([`crate::keep::erase`]).
//!
//! Whatever stops a use is in the restriction journal before anything else, so that no restore brings it back
//! ([`replay`]).

pub mod consent;
pub mod correct;
pub mod deadline;
mod death;
pub mod desk;
pub mod directives;
pub mod object;
pub(crate) mod replay;
pub mod request;
mod restrict;
pub mod stop;
#[cfg(test)]
mod tests;

use charter::{PurposeKind, vocabulary::Right};
use kernel::{Id, Locale, Timestamp, words};

use crate::{Error, Guard, Person, Staff};

words! {
    /// How a request came.
    pub enum Way {
        /// From the person's own area: their mailbox is proven.
        Area = "area",
        /// By e-mail.
        Email = "email",
        /// By post.
        Post = "post",
        /// By telephone, or said to somebody.
        Phone = "phone",
    }
}

words! {
    /// Where a request stands.
    pub enum State {
        /// It has come.
        Received = "received",
        /// On reasonable doubt a proof of identity is awaited.
        IdentityAsked = "identity_asked",
        /// Somebody is at it.
        InWork = "in_work",
        /// It was answered.
        Answered = "answered",
        /// It was refused, with a reason.
        Refused = "refused",
        /// Its person took it back.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether it is still to be answered.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::IdentityAsked | Self::InWork)
    }
}

words! {
    /// What was done about a request.
    pub enum StepKind {
        Received = "received",
        IdentityAsked = "identity_asked",
        Taken = "taken",
        Extended = "extended",
        Answered = "answered",
        Refused = "refused",
        Withdrawn = "withdrawn",
        Restricted = "restricted",
        Lifted = "lifted",
        Erased = "erased",
        Death = "death",
    }
}

/// A request as it stands; what it says lies sealed.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id, which is its dossier's.
    pub id: Id<Request>,
    /// Whose.
    pub person: Id<Person>,
    /// Which right.
    pub kind: Right,
    /// How it came.
    pub way: Way,
    /// Where it stands.
    pub state: State,
    /// The language its person is spoken to in.
    pub language: Locale,
    /// When it was received.
    pub received_at: Timestamp,
    /// The first moment at which it is overdue.
    pub due_at: Timestamp,
    /// When its time was extended.
    pub extended_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who deals with it.
    pub handled_by: Option<Id<Staff>>,
}

impl Request {
    /// A moment of the last day on which it is in time.
    #[must_use]
    pub fn last_day(&self) -> Timestamp {
        self.due_at.plus_millis(-1)
    }

    /// Whether it waits longer than was promised.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state.is_open() && now >= self.due_at
    }
}

impl Guard {
    /// The charter's purpose for answering such requests.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it has none: then nothing here is offered.
    pub fn rights_purpose(&self) -> Result<String, Error> {
        let charter = self.charter();
        let mut purposes = charter.purposes_of(PurposeKind::AnswerRights);
        purposes
            .next()
            .filter(|_| charter.rights().is_some())
            .map(|purpose| purpose.name.clone())
            .ok_or(Error::NotFound)
    }

    /// The rights that the charter declares, in its order.
    #[must_use]
    pub fn rights_offered(&self) -> Vec<Right> {
        let charter = self.charter();
        let rights = charter.rights().into_iter().flat_map(|rights| &rights.offers);
        rights.map(|item| item.word).collect()
    }
}
