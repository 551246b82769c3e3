//! Owns: the commands over the whole repository, `cargo xtask …`. Doesn't own: what the tests check.
//!
//! Standard library only, so that a fresh clone runs it within seconds.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this program's work is to start others and to say how it went; nothing of the product is in it"
)]

mod bench;
mod count;
mod pages;
mod postgres;
mod run;
mod test;
mod tools;

use std::process::ExitCode;

const COMMANDS: &str = "\
cargo xtask test          everything that must hold before a change lands (format, lints, licences, all tests)
cargo xtask bench [NAME]  speed and memory, into docs/BENCHMARKS.md; NAME is one of jobs, start, desk, apply, memory,
                          charter, and is printed only; --small tries it out at a twentieth of the size
cargo xtask pages         every template with its samples, in all languages, into target/tmp/pages, and pictures of
                          the main pages of a demo into docs/pictures";

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("test") => test::test(),
        Some("bench") => bench::bench(&std::env::args().skip(2).collect::<Vec<_>>()),
        Some("pages") => pages::pages(),
        None | Some("help" | "--help" | "-h") => {
            println!("{COMMANDS}");
            ExitCode::SUCCESS
        }
        Some(other) => {
            println!("There is no `{other}`. These exist:\n{COMMANDS}");
            ExitCode::from(2)
        }
    }
}
