//! Owns: `cargo xtask test`, the steps that a change must pass, in order.

use crate::count::Count;
use crate::postgres::Cluster;
use crate::run::{Steps, cargo, command, run, watch};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::{self, JoinHandle};

/// Takes all steps; a failed check stops no later one, a failed preparation does.
pub(crate) fn test() -> ExitCode {
    let mut steps = Steps::new();
    let mut count = Count::default();
    // Installing waits for the network; what reads the source has the processor meanwhile.
    let installed = thread::spawn(|| [tools::debian(), tools::npm(), tools::schemathesis()]);
    check(&mut steps);
    prepare_and_test(&mut steps, &mut count, installed);
    steps.print();
    // A lint or a build can fail where no test does.
    let failed = count.failed.max(steps.failed());
    println!("\n{} passed, {failed} failed", count.passed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What reads the source only.
fn check(steps: &mut Steps) {
    steps.take("format", || {
        tools::component("fmt", "rustfmt")?;
        run(&mut cargo("fmt --all --check"))
    });
    if let Some(deny) = steps.take("install cargo-deny", tools::cargo_deny) {
        let words = "--log-level error check bans licenses sources".split(' ');
        steps.take("bans, licences, sources", || {
            run(&mut command(&deny.to_string_lossy(), words))
        });
    }
    steps.take("lints", || {
        tools::component("clippy", "clippy")?;
        run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))
    });
}

/// How each kind of package that the tests need was installed.
type Installed = JoinHandle<[Result<(), String>; 3]>;

/// What runs it. `None` when something to run it with is missing.
fn prepare_and_test(steps: &mut Steps, count: &mut Count, installed: Installed) -> Option<()> {
    steps.take("install packages of Debian, npm and PyPI", || {
        let installed = installed.join().map_err(|_| "it panicked".to_owned())?;
        installed.into_iter().collect::<Result<(), String>>()
    })?;
    let binary = steps.take("build", binary)?;
    let cluster = steps.take("start PostgreSQL", Cluster::start)?;
    // One more than there are cores: a test often waits, for a clock, a server killed, its turn with Chromium.
    let threads = thread::available_parallelism().map_or(2, |cores| cores.get() + 1);
    let mut runner = |words: &str| {
        let mut command = cargo(words);
        command
            .env("VIVIER_TEST_POSTGRES", cluster.url())
            .env("VIVIER_BIN", &binary)
            .env("RUST_TEST_THREADS", threads.to_string())
            .env("CARGO_TERM_COLOR", "never");
        watch(&mut command, |line| count.read(line))
    };
    // The acceptance tests share running demos, so they stay in one process, which nextest never does. Selecting
    // them by target, not by package, keeps every dependency's features the same: nothing is built twice.
    if tools::has_nextest() {
        let others = "nextest run --workspace --no-fail-fast --no-tests=pass -E not(package(acceptance))";
        steps.take("tests", || runner(others));
        steps.take("tests in documentation", || {
            runner("test --workspace --doc --no-fail-fast")
        });
        steps.take("acceptance tests", || runner("test --workspace --test all"));
    } else {
        steps.take("tests", || runner("test --workspace --no-fail-fast"));
    }
    Some(())
}

/// Builds everything that is tested, in one go, so that nothing is compiled twice; sets the binary aside that the
/// acceptance tests start, which another build may link again meanwhile.
fn binary() -> Result<PathBuf, String> {
    run(&mut cargo("build --workspace --bins --tests"))?;
    let built = std::env::current_exe()
        .map_err(|error| error.to_string())?
        .with_file_name("vivier");
    let aside = tools::beside_us("tools")?.join("vivier");
    fs::create_dir_all(aside.parent().unwrap_or(Path::new("."))).map_err(|error| error.to_string())?;
    fs::copy(&built, &aside).map_err(|error| format!("{}: {error}", built.display()))?;
    Ok(aside)
}
