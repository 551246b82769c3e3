//! Owns: everything that leaves the house or lies outside its database: mail by SMTP, files in a folder, backups in a folder
//! or a bucket. Doesn't own: whether anything may leave. Only `guard` depends on this crate, and asks the charter first.

pub mod files;
pub mod mail;
pub mod store;
