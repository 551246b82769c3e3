//! Owns: what is promised when things break: the process killed again and again under load, the database gone, the
//! disk full. Nothing half-written, nothing lost that was acknowledged, nothing there twice; and it recovers by itself.

pub(crate) mod database;
mod disk;
mod kill;
mod look;
mod people;
mod proxy;
