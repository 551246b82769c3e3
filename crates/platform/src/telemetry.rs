//! Owns: where log lines go and in which form. Doesn't own: what is worth a line. Nothing personal is: values are
//! sealed types that have no printed form, and requests are logged by route, never by path.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error. `filter` is in `tracing`'s notation (`info,sqlx=warn`); `json` gives one
/// object a line. A second call does nothing.
pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
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
