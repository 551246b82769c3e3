//! Owns: configuration, jobs and outbox, telemetry, tasks. Doesn't own: what a job does, what leaves the house
//! (`gateway`), anything personal: a job's argument is an id.

pub mod config;
pub mod jobs;
pub mod tasks;
pub mod telemetry;

use storage::Migration;

/// The tables of this crate, in order.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "platform/0001_jobs",
    sql: include_str!("../migrations/0001_jobs.sql"),
}];
