//! Owns: what a parsed charter consists of, one file per kind of rule. Doesn't own: reading the file (`parse`),
//! judging it (`check`), the doors' questions (`decide`).

mod field;
mod form;
mod governance;
mod keeping;
mod purpose;
mod rule;
mod sending;
mod sharing;

pub use field::{Choice, Field, When};
pub use form::{Form, FormField};
pub use governance::{
    Breach, Change, Controller, FreeClause, Header, Item, Never, Rights, Security, Sourcing,
};
pub use keeping::{Archive, Ask, Floor, Retention, Until};
pub use purpose::{Asked, Basis, Communication, Purpose, Reader, Role, Statistics};
pub use rule::{Attest, Rule};
pub use sending::{Ai, Keep, Processor, Tracker, What};
pub use sharing::{Copy, Share, Source};
