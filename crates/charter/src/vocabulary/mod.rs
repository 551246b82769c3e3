//! Owns: the closed vocabulary of the language: every word a charter may write, one enumeration per place.
//! Doesn't own: what a word says to people (`render::words`) or which words fit together (`check`).
//!
//! The lists are whole even where no capability uses a word yet: a charter can declare more than a site offers,
//! and adding a word later would make old versions of the program refuse newer charters.

mod data;
mod keeping;
mod purposes;
mod sending;

pub use data::{Category, FieldKind, FileType, FormKind, Necessity, Origin, Prefill, Sensitivity};
pub use keeping::{Action, Combine, Hold, OnSilence, Trigger};
pub use purposes::{BasisKind, Condition, Duty, People, PurposeKind};
pub use sending::{
    AiInput, AiTask, Channel, Consent, Deletion, Human, Identity, Logging, Measure, Prohibition, Receives,
    Right, Service, TrackerClass, TrackerKind, Transfer,
};
