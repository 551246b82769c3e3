//! Owns: what the command line prints: answers on standard output, messages on standard error. Doesn't own: logs
//! (`platform::telemetry`). Nothing of a person is ever printed.

#![expect(clippy::disallowed_methods, reason = "the one place that prints")]

use std::{
    io::{self, ErrorKind, Write as _},
    process::ExitCode,
    sync::Mutex,
};

/// What kept an answer from being written, the first time.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// An error in one line.
pub(crate) fn line(error: &anyhow::Error) -> String {
    kernel::Causes(error.as_ref()).to_string()
}

/// A line of the answer. Whoever reads may stop early (`| head`): the rest is for nobody, and the command still ends
/// with the exit code it would have had.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    let written = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n"));
    remember(written);
}

/// The exit code of a command whose answer was `code`: an answer that couldn't be written is none.
pub(crate) fn end(code: ExitCode) -> ExitCode {
    remember(io::stdout().flush());
    let lost = LOST.lock().map_or(None, |mut lost| lost.take());
    match lost {
        None => code,
        Some(error) => {
            complain(&format!("the answer can't be written: {error}"));
            ExitCode::from(2)
        }
    }
}

fn remember(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
        && let Ok(mut lost) = LOST.lock()
    {
        lost.get_or_insert(error);
    }
}

/// A message beside the answer; where nobody can be told, nobody is.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "vivier: {line}");
}
