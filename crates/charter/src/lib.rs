//! Owns: the charter, a privacy policy written as a TOML file that the program runs on: its language and its
//! parser, the checks of a draft, the questions the doors ask, the public policy in French and English.
//! Doesn't own: which version is in force (`guard::change`), anything a person typed, any input or output.
//!
//! A text becomes a [`Charter`] only whole: [`Charter::parse`] gives every [`Problem`] at once, each with line,
//! column and the word that was probably meant. [`Charter::check`] then says what a lawyer would: errors,
//! warnings that need a reason, gaps. The doors ask [`Charter::may_collect`], [`Charter::may_read`],
//! [`Charter::may_send`] and [`Charter::until`]; each answer names the [`ClauseId`] that decides, and
//! [`render::policy`] publishes the same ids.

mod builtin;
mod charter;
pub mod check;
mod clause;
mod decide;
pub mod model;
mod parse;
mod problem;
pub mod render;
mod source;
mod text;
pub mod vocabulary;

pub use charter::Charter;
pub use check::{Finding, Level};
pub use clause::{ClauseId, Digest, NotAClauseId};
pub use decide::{Conditions, Reading, Refusal, RefusalReason, Sending, Shape};
pub use model::{
    Ai, Ask, Asked, Basis, Choice, Controller, Field, Form, FormField, FreeClause, Item, Keep, Processor,
    Purpose, Reader, Retention, Role, Rule, Tracker, Until, What,
};
pub use problem::Problem;
pub use source::Place;
pub use text::Text;
pub use vocabulary::{
    Action, BasisKind, Category, Combine, Condition, Duty, FieldKind, FileType, FormKind, Necessity, People,
    Prefill, Prohibition, PurposeKind, Receives, Right, Service, TrackerClass, Trigger,
};
