//! Owns: the key store's own backup (generations, each verified before it counts), looking them over, putting one in
//! the place of a lost store; the master key's file and giving it a successor. No key comes out of here. Doesn't own:
//! what is in a generation and in the store (`vault`), the data's backup ([`crate::backup`]).
//!
//! # Generations in a target
//! ```text
//! keys/GENERATION/0000 …     its parts
//! keys/GENERATION/verified   put there last: it was read back, opened and counted
//! ```
//! The key store is written anew each time, for a copy that is added to would keep what was destroyed. Two are kept,
//! none longer than the charter's `[security] backup_window` (`window.rs`): whatever is destroyed is out of every copy by
//! then.

mod generations;
mod master;
mod window;

#[cfg(test)]
mod tests;

pub use generations::{Found, KeysBackedUp, KeysVerified, check, install, verify};
pub(crate) use master::master;
pub use master::{Rotated, rotate};
pub use window::Measured;
