//! Owns: what a parsed charter consists of, one file per kind of rule. Doesn't own: reading the file (`parse`),
//! judging it (`check`), the doors' questions (`decide`).

mod field;
mod form;
mod governance;
mod keeping;
mod purpose;
mod sending;

pub use field::{Choice, Field};
pub use form::{Form, FormField};
pub use governance::{
    Breach, Change, Controller, FreeClause, Header, Item, Never, Rights, Security, Sourcing,
};
pub use keeping::{Ask, Floor, Retention, Until};
pub use purpose::{Asked, Basis, Purpose, Reader, Role};
pub use sending::{Ai, Keep, Processor, Tracker, What};

use crate::ClauseId;

/// What every rule has beside its content.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id, the same in the file, the policy, refusals and records.
    pub clause: ClauseId,
    /// Which promises of the policy it keeps (`A18`): the tests' thread from policy to code.
    pub promises: Vec<String>,
    /// Why it departs from what the checker advises; published with the rule.
    pub reason: Option<crate::Text>,
}
