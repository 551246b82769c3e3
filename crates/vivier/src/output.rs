//! Owns: what the command line prints: answers on standard output, messages on standard error. Doesn't own: logs
//! (`platform::telemetry`). Nothing of a person is ever printed.

/// An error in one line.
pub(crate) fn line(error: &anyhow::Error) -> String {
    kernel::Causes(error.as_ref()).to_string()
}

/// A line of the answer.
pub(crate) fn say(line: &str) {
    #[expect(clippy::print_stdout, reason = "the command line's answer")]
    {
        println!("{line}");
    }
}

/// A message beside the answer.
pub(crate) fn complain(line: &str) {
    #[expect(clippy::print_stderr, reason = "the command line's message")]
    {
        eprintln!("vivier: {line}");
    }
}
