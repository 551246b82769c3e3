//! Owns: the closed vocabulary of the language: every word a charter may write, one enumeration per place.
//! Doesn't own: what a word says to people (`render::words`) or which words fit together (`check`).
//!
//! The lists are whole even where no capability uses a word yet: a charter can declare more than a site offers,
//! and adding a word later would make old versions of the program refuse newer charters.

mod data;
mod keeping;
mod proof;
mod purposes;
mod sending;
mod sharing;

pub use data::{
    Ack, Category, FieldKind, FileType, FormKind, Necessity, Origin, Prefill, Sensitivity, SourceKind,
};
pub use keeping::{Action, Combine, Hold, OnSilence, Trigger};
pub use proof::{Status, Strength};
pub use purposes::{
    BasisKind, Condition, Count, Duty, Intake, Need, Objection, OptIn, People, PurposeKind, StopWay,
};
pub use sending::{
    AiInput, AiTask, Channel, Consent, Deletion, Human, Identity, Logging, Measure, Moment, NewPurpose,
    Opposition, Prohibition, Receives, Right, Service, Standard, TrackerClass, TrackerKind, Training,
    Transfer,
};
pub use sharing::{CopyMode, Party, Recipient, ShareMode, ShareNotice};
