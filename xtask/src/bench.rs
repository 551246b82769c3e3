//! Owns: `cargo xtask bench`: building what is measured and running what measures it. Doesn't own: the figures
//! (`bench/`, and `crates/charter/benches` for the language).

use crate::run::{cargo, command, run};
use std::path::PathBuf;
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
    let us = std::env::current_exe().map_err(|error| error.to_string())?;
    let release: PathBuf = us
        .ancestors()
        .nth(2)
        .map(|target| target.join("release"))
        .ok_or("no target folder")?;
    run(&mut command(&release.join("bench").to_string_lossy(), words))
}
