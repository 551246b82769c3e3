//! Owns: [`Actor`], who acts. Doesn't own: how one is recognised ([`crate::access`]), what one may read
//! ([`crate::read`]).

use charter::{Charter, Duty};
use kernel::Id;

use crate::{Error, Person, Staff, Stage};

/// Who acts. Only this crate makes one, from a session, a link or a token that it verified itself.
#[derive(Debug, Clone)]
pub struct Actor(Who);

#[derive(Debug, Clone)]
pub(crate) enum Who {
    /// Nobody we know.
    Stranger,
    /// A person, in a session that began with a link to their own mailbox, and whoever is joined to them; the main
    /// one first.
    Person(Vec<Id<Person>>),
    /// A member of staff who gave their password and no second factor yet: nobody, but on the way.
    Halfway {
        id: Id<Staff>,
        /// One is to be set up first.
        setup: bool,
    },
    /// A member of staff. By a session a human acts; by a token perhaps a program.
    Staff {
        id: Id<Staff>,
        role: String,
        human: bool,
    },
}

impl Actor {
    pub(crate) fn new(who: Who) -> Self {
        Self(who)
    }

    /// Nobody we know.
    #[must_use]
    pub fn stranger() -> Self {
        Self(Who::Stranger)
    }

    pub(crate) fn who(&self) -> &Who {
        &self.0
    }

    /// The person, when one acts: of several who are joined, the main one.
    #[must_use]
    pub fn person(&self) -> Option<Id<Person>> {
        self.people().first().copied()
    }

    /// The person with all who are joined to them, the main one first; nobody when no person acts. What is theirs is
    /// filed under any of these.
    #[must_use]
    pub fn people(&self) -> &[Id<Person>] {
        match &self.0 {
            Who::Person(people) => people,
            _ => &[],
        }
    }

    /// The member of staff, when one acts.
    #[must_use]
    pub fn staff(&self) -> Option<Id<Staff>> {
        match self.0 {
            Who::Staff { id, .. } => Some(id),
            _ => None,
        }
    }

    /// What is asked next of somebody who signs in and isn't there yet.
    #[must_use]
    pub fn halfway(&self) -> Option<Stage> {
        match self.0 {
            Who::Halfway { setup: true, .. } => Some(Stage::Setup),
            Who::Halfway { setup: false, .. } => Some(Stage::Code),
            _ => None,
        }
    }

    /// The role, when a member of staff acts.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        match &self.0 {
            Who::Staff { role, .. } => Some(role),
            _ => None,
        }
    }

    /// True when a human acts: somebody in a session of their own, never a program's token.
    #[must_use]
    pub fn is_human(&self) -> bool {
        match self.0 {
            Who::Stranger | Who::Halfway { .. } => false,
            Who::Person(_) => true,
            Who::Staff { human, .. } => human,
        }
    }

    /// True when this is a member of staff whose role has that duty under the charter.
    #[must_use]
    pub fn has(&self, charter: &Charter, duty: Duty) -> bool {
        self.role()
            .and_then(|role| charter.role(role))
            .is_some_and(|role| role.has(duty))
    }

    /// The member of staff, when they have that duty.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn on_duty(&self, charter: &Charter, duty: Duty) -> Result<Id<Staff>, Error> {
        self.staff()
            .filter(|_| self.has(charter, duty))
            .ok_or(Error::Forbidden)
    }
}
