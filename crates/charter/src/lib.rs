//! Owns: the charter, a privacy policy written as a TOML file that the program runs on: its language and its
//! parser, the checks of a draft, a first draft from a table, the differences between two, the questions the doors ask,
//! the public policy in French and English.
//! Doesn't own: which version is in force (`guard::change`), anything a person typed, any input or output.
//!
//! A text becomes a [`Charter`] only whole: [`Charter::parse`] gives every [`Problem`] at once, each with line,
//! column and the word that was probably meant. [`Charter::check`] then says what a lawyer would: errors,
//! warnings that need a reason, gaps; [`Charter::diff`] what changes and what that takes. The doors ask [`Charter::may_collect`], [`Charter::may_read`],
//! [`Charter::may_send`] and [`Charter::until`]; each answer names the [`ClauseId`] that decides, and
//! [`render::policy`] publishes the same ids. Which sections, keys and words there are is one table (`shape`): the parser
//! refuses what isn't in it, [`schema`] and [`reference`] are written from it.

mod builtin;
mod charter;
pub mod check;
mod clause;
mod decide;
mod diff;
mod draft;
mod layout;
pub mod model;
mod parse;
mod problem;
mod reference;
pub mod render;
mod rules;
mod schema;
mod shape;
mod source;
mod text;
pub mod vocabulary;

/// The version of the language that this program reads. It counts up when a file written before would mean something
/// else; new words and keys leave it.
pub const FORMAT: u32 = 1;

pub use charter::Charter;
pub use check::{Finding, Level, SESSION_TRACKER};
pub use clause::{ClauseId, Digest, NotAClauseId};
pub use decide::{Conditions, Reading, Refusal, RefusalReason, Sending, Shape};
pub use diff::{Change, ChangeKind, KeyChange, Needs};
pub use draft::{MOST_TABLE_BYTES, TableError, draft};
pub use model::{
    Ai, Archive, Ask, Asked, Attest, Basis, Choice, Communication, Controller, Copy, Field, Floor, Form,
    FormField, FreeClause, Item, Keep, Processor, Purpose, Reader, Retention, Role, Rule, Share, Source,
    Statistics, Tracker, Until, What, When,
};
pub use problem::Problem;
pub use reference::reference;
pub use schema::schema;
pub use source::Place;
pub use text::Text;
pub use vocabulary::{
    Ack, Action, BasisKind, Category, Combine, Condition, CopyMode, Duty, FieldKind, FileType, FormKind,
    Intake, Necessity, People, Prefill, Prohibition, PurposeKind, Receives, Recipient, Right, Service,
    ShareMode, SourceKind, Status, Strength, TrackerClass, Trigger,
};
