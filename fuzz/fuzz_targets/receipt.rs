//! `cargo +nightly fuzz run receipt`: see `acceptance::fuzzed::receipt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| acceptance::fuzzed::receipt(bytes));
