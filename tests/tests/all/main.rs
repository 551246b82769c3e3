//! Owns: all acceptance tests, in one binary so that they link once. Helpers are in the library beside it.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test starts programs, opens connections and fails loudly"
)]

mod accounts;
mod api;
mod area;
mod arrows;
mod backups;
mod browser;
mod cloud;
mod commands;
mod contact;
mod corpora;
mod crash;
mod declared;
mod ends;
mod export;
mod forms;
mod house;
mod journey;
mod lists;
mod looks;
mod matrix;
mod offers;
mod operator;
mod own;
mod partners;
mod people;
mod pool;
mod proofs;
mod receipts;
mod refused;
mod rights;
mod roles;
mod sealed;
mod strangers;
mod upkeep;
mod versions;
mod walls;
