//! `cargo +nightly fuzz run texts`: see `acceptance::fuzzed::texts`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| acceptance::fuzzed::texts(bytes));
