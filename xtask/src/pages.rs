//! Owns: `cargo xtask pages`: drawing every template, and pictures of a demo's main pages. Doesn't own: what is wrong
//! with a page (`crates/web/tests/pages`, `tests/browser/axe.mjs`), nor which pictures (`tests/browser/pictures.mjs`).

use crate::run::{Steps, cargo, command, run};
use crate::tools;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ExitCode, Stdio};

/// Draws them all; the pictures need Chromium and the browser tests' packages, which are installed.
pub(crate) fn pages() -> ExitCode {
    let mut steps = Steps::new();
    steps.take("every template with its samples", || {
        run(&mut cargo("test --package web --test pages"))
    });
    let _taken = pictures(&mut steps);
    steps.print();
    if steps.failed() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// `None` when something to take them with is missing.
fn pictures(steps: &mut Steps) -> Option<()> {
    steps.take("install Debian packages", tools::debian)?;
    steps.take("install npm packages", tools::npm)?;
    steps.take("build the binary", || {
        run(&mut cargo("build --release --package vivier"))
    })?;
    steps.take("pictures of a demo's pages", of_a_demo)
}

fn of_a_demo() -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let binary = tools::beside_us("release")?.join("vivier");
    let data = tools::beside_us("tmp")?.join("pages-demo");
    let mut demo = command(
        &binary.to_string_lossy(),
        ["demo", "--json", "--listen", "127.0.0.1:0", "--data"],
    );
    let child = demo.arg(&data).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut demo = Running(child, data);
    // One line, once it serves.
    let mut said = String::new();
    let out = demo.0.stdout.take().ok_or("the demo says nothing")?;
    BufReader::new(out).read_line(&mut said).map_err(failed)?;
    let mut camera = command("node", ["tests/browser/pictures.mjs", "docs/pictures"])
        .stdin(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut needs) = camera.stdin.take() {
        needs.write_all(said.as_bytes()).map_err(failed)?;
    }
    let status = camera.wait().map_err(failed)?;
    status
        .success()
        .then_some(())
        .ok_or(format!("node tests/browser/pictures.mjs: {status}"))
}

/// A program that ends with us, whatever happens, and its folder, which goes with it.
struct Running(Child, PathBuf);

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _ended = self.0.wait();
        let _removed = fs::remove_dir_all(&self.1);
    }
}
