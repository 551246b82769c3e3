//! Owns: starting a program in the repository, and the list of steps with their times.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A program to run in the repository's folder, with nothing on its standard input.
pub(crate) fn command<S: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root()).stdin(Stdio::null());
    command
}

/// `cargo` with these words.
pub(crate) fn cargo(words: &str) -> Command {
    command("cargo", words.split_whitespace())
}

/// Runs it to its end; what it prints goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{}: {status}", shown(command)))
    }
}

/// Runs it to its end, passing each line it prints on, after `seen` has looked at it.
pub(crate) fn watch(command: &mut Command, seen: impl FnMut(&str) + Send) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    let seen = Mutex::new(seen);
    let pass_on = |from: Option<Box<dyn Read + Send>>| {
        for line in from
            .into_iter()
            .flat_map(|from| BufReader::new(from).split(b'\n'))
            .map_while(Result::ok)
        {
            let line = String::from_utf8_lossy(&line);
            if let Ok(mut seen) = seen.lock() {
                seen(&line);
                println!("{line}");
            }
        }
    };
    let out = child
        .stdout
        .take()
        .map(|out| Box::new(out) as Box<dyn Read + Send>);
    let err = child
        .stderr
        .take()
        .map(|err| Box::new(err) as Box<dyn Read + Send>);
    std::thread::scope(|scope| {
        scope.spawn(|| pass_on(out));
        scope.spawn(|| pass_on(err));
    });
    let status = child.wait().map_err(failed)?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{}: {status}", shown(command)))
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The steps taken so far, each with its time and, where it failed, why.
pub(crate) struct Steps {
    started: Instant,
    taken: Vec<(&'static str, Duration, Option<String>)>,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            taken: Vec::new(),
        }
    }

    /// Announces a step, takes it, notes how it went. `None` when it failed.
    pub(crate) fn take<T>(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<T, String>,
    ) -> Option<T> {
        println!("\n==> {name} (at {})", clock(self.started.elapsed()));
        let began = Instant::now();
        let (value, why) = match step() {
            Ok(value) => (Some(value), None),
            Err(why) => (None, Some(why)),
        };
        if let Some(why) = &why {
            println!("    failed: {why}");
        }
        self.taken.push((name, began.elapsed(), why));
        value
    }

    /// How many steps failed.
    pub(crate) fn failed(&self) -> usize {
        self.taken.iter().filter(|(_, _, why)| why.is_some()).count()
    }

    /// One line a step, and the whole time.
    pub(crate) fn print(&self) {
        println!();
        for (name, time, why) in &self.taken {
            let went = why.as_ref().map_or("ok".into(), |why| format!("FAILED  {why}"));
            println!("{:>7}  {name:<28} {went}", clock(*time));
        }
        println!("{:>7}  in all", clock(self.started.elapsed()));
    }
}

fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
