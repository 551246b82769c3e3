//! Owns: what a test can't do from outside: a demo's folder opened in-process, everything in it read through the
//! doors ([`open_everything`]); a sealed cell changed below them ([`flip_a_name`]). For tests and benches only.
//! Doesn't own: what is expected of it.

mod opened;
mod tamper;

pub use opened::{Opened, open_everything};
pub use tamper::flip_a_name;

/// Whatever went wrong; a test prints it.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Runs one piece of work to its end, for tests that aren't asynchronous.
fn wait<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::runtime::Runtime::new()?.block_on(work)
}
