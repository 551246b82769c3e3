//! Owns: the figures of speed and memory that docs/BENCHMARKS.md publishes, each a ratio against a peer measured in
//! the same run, turn and turn about. Doesn't own: building what is measured (`cargo xtask bench`), tests: nothing
//! here fails a build, for a busy machine would fail it for nothing.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program measures the product from outside: it starts it, connects to it, and says how it went"
)]

mod apply;
mod backup;
mod crowd;
mod desk;
mod http;
mod invented;
mod jobs;
mod keeping;
mod names;
mod plain;
mod process;
mod running;
mod seed;
mod start;
mod table;
mod uploads;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::bail;
use table::Figure;

/// The product's own (`crates/vivier/src/main.rs`), for what of it runs in this process, and for its peers.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What every measurement is given.
struct Bench {
    runtime: tokio::runtime::Runtime,
    /// The binary under test.
    vivier: PathBuf,
    /// Where sites are seeded and kept for the next run, on the disk that is measured.
    folder: PathBuf,
    /// Everything is so many times smaller: for trying a change out, never for the document.
    smaller: usize,
    /// How many turns each side of a ratio gets.
    turns: usize,
}

impl Bench {
    /// A size, made smaller when asked for.
    fn size(&self, full: usize) -> usize {
        full / self.smaller
    }
}

/// One part of the table: its name on the command line, and what measures it.
type Part = (&'static str, fn(&Bench) -> anyhow::Result<Vec<Figure>>);

const PARTS: [Part; 8] = [
    ("jobs", jobs::measure),
    ("start", start::measure),
    ("desk", desk::measure),
    ("names", names::measure),
    ("apply", apply::measure),
    ("keeping", keeping::measure),
    ("memory", uploads::measure),
    ("backup", backup::measure),
];

fn main() -> anyhow::Result<ExitCode> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let words: Vec<String> = std::env::args().skip(1).collect();
    let small = words.iter().any(|word| word == "--small");
    let named = words.iter().find(|word| !word.starts_with("--"));
    let parts: Vec<&Part> = PARTS
        .iter()
        .filter(|(name, _)| named.is_none_or(|named| named == name))
        .collect();
    if parts.is_empty() {
        let names = PARTS.map(|(name, _)| name).join(", ");
        bail!("there is no such figure; these exist: {names}");
    }
    let target = std::env::current_exe()?
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default();
    let bench = Bench {
        runtime: tokio::runtime::Runtime::new()?,
        vivier: target.join("vivier"),
        folder: target.join("bench-sites"),
        smaller: if small { 20 } else { 1 },
        turns: if small { 3 } else { 7 },
    };
    std::fs::create_dir_all(&bench.folder)?;
    let mut figures = Vec::new();
    for (name, measure) in parts {
        eprintln!("measuring {name} …");
        let measured = measure(&bench)?;
        print!("{}", table::rows(&measured));
        figures.extend(measured);
    }
    if named.is_none() && !small {
        let document = root.join("docs/BENCHMARKS.md");
        std::fs::write(&document, table::document(&figures))?;
        println!("\nwritten to docs/BENCHMARKS.md");
    }
    let missed = figures.iter().filter(|figure| !figure.holds()).count();
    println!("{} figures, {missed} missed", figures.len());
    Ok(ExitCode::from(u8::from(missed > 0)))
}
