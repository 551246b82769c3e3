//! The binary. Owns: the command line and the composition of the house: which site lies where, which host leads to it,
//! what runs beside it; the demo. Doesn't own: anything a site does.

mod commands;
mod demo;
mod hosts;
mod output;
mod patient;
mod place;

use std::process::ExitCode;

use clap::Parser as _;
use platform::telemetry;

/// Gives back what peopling a demo or a rush of uploads took, SQLite's pages included (`override`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let log = platform::config::variable("VIVIER_LOG").unwrap_or_else(|| telemetry::USUAL.to_owned());
    let json = platform::config::variable("VIVIER_LOG_FORMAT").is_some_and(|format| format == "json");
    telemetry::start(&log, json);
    if let Some(flaw) = telemetry::flaw(&log) {
        output::complain(&format!("{flaw}; {} holds", telemetry::USUAL));
    }
    let command = commands::Line::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::complain(&format!("the runtime can't start: {error}"));
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(command.run()) {
        Ok(code) => output::end(code),
        Err(error) => {
            output::complain(&output::line(&error));
            ExitCode::from(2)
        }
    }
}
