//! `cargo +nightly fuzz run charter`: see `acceptance::fuzzed::charter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| acceptance::fuzzed::charter(bytes));
