//! Owns: `cargo xtask bench`: building what is measured and running what measures it. Doesn't own: the figures
//! (`bench/`, and `crates/charter/benches` for the language).

use crate::run::{cargo, command, run};
use crate::tools::beside_us;
use std::process::ExitCode;

/// Measures all of the product's figures, or the named one; `charter` are the policy language's own.
pub(crate) fn bench(words: &[String]) -> ExitCode {
    let done = match words.first().map(String::as_str) {
        Some("charter") => run(&mut cargo("bench --package charter")),
        _ => product(words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The binary under test and the program that measures it lie side by side.
fn product(words: &[String]) -> Result<(), String> {
    run(&mut cargo("build --release --package vivier --package bench"))?;
    let bench = beside_us("release")?.join("bench");
    run(&mut command(&bench.to_string_lossy(), words))
}
