//! Owns: where log lines go and in which form. Doesn't own: what is worth a line. Nothing personal is: values are
//! sealed types that have no printed form, and requests are logged by route, never by path.

use tracing_subscriber::EnvFilter;

/// What is logged where nothing else is asked for.
pub const USUAL: &str = "info,sqlx=warn";

/// Starts logging to standard error. `filter` is in `tracing`'s notation (`info,sqlx=warn`), and [`USUAL`] holds where
/// it isn't, which [`flaw`] tells; `json` gives one object a line. A second call does nothing.
pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(USUAL));
    #[expect(clippy::disallowed_methods, reason = "the one place that writes the log")]
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Otherwise a line that can't be written (the logs' disk is full) is complained of on standard error too,
        // which panics and takes the request with it.
        .log_internal_errors(false)
        .with_target(false);
    let started = if json {
        lines.json().try_init()
    } else {
        lines.compact().try_init()
    };
    drop(started);
}

/// What is wrong with a filter, and what to write instead.
#[must_use]
pub fn flaw(filter: &str) -> Option<String> {
    let error = EnvFilter::try_new(filter).err()?;
    Some(format!(
        "VIVIER_LOG = {filter:?} can't be read ({error}): write it as info, or as {USUAL}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_none_is_named() {
        assert_eq!(flaw(USUAL), None);
        assert_eq!(flaw("guard=debug"), None);
        let said = flaw("info,guard=loud").unwrap();
        assert!(
            said.contains("VIVIER_LOG") && said.contains("guard=loud"),
            "{said}"
        );
    }
}
