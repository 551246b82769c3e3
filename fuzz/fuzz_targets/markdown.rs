//! `cargo +nightly fuzz run markdown`: see `acceptance::fuzzed::markdown`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| acceptance::fuzzed::markdown(bytes));
