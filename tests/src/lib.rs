//! Owns: what acceptance tests act with: a running demo, people who use it over HTTP alone, a mail server, a
//! bucket, a browser. Doesn't own: the tests (`tests/all/`). Uses no crate of the house, so that it can't cheat.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test starts programs, opens connections and fails loudly"
)]

pub mod browser;
pub mod bucket;
pub mod demo;
pub mod fuzzed;
pub mod html;
pub mod http;
pub mod smtp;
