//! Owns: a real `vivier` process: started, asked where it serves, its memory read, ended. Doesn't own: what is asked
//! of it.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, bail};

use crate::Bench;

/// A running process; killed with the handle.
pub(crate) struct Process {
    child: Child,
    pub(crate) server: SocketAddr,
    /// The line that said it serves.
    pub(crate) said: String,
    /// Kept open, or the process would write into nothing.
    _output: Box<dyn Read>,
}

impl Process {
    /// `vivier serve` over a folder of sites laid out as [`crate::seed`] does.
    pub(crate) fn serve(bench: &Bench, folder: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(&bench.vivier);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--sites"])
            .arg(folder.join("sites"))
            .env("VIVIER_KEYS", folder.join("keys"))
            .env("VIVIER_MASTER_KEY_FILE", folder.join("master").join("master.key"))
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("{}", bench.vivier.display()))?;
        let output = child.stderr.take().context("standard error")?;
        Self::listen(child, Box::new(output), |line| {
            line.split_once("serving on ")?.1.trim().parse().ok()
        })
    }

    /// A new `vivier demo` in that folder.
    pub(crate) fn demo(bench: &Bench, folder: &OsStr) -> anyhow::Result<Self> {
        let mut command = Command::new(&bench.vivier);
        command
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("{}", bench.vivier.display()))?;
        let output = child.stdout.take().context("standard output")?;
        Self::listen(child, Box::new(output), |line| {
            let said: serde_json::Value = serde_json::from_str(line).ok()?;
            let port = said["sites"][0]["url"]
                .as_str()?
                .rsplit_once(':')?
                .1
                .parse()
                .ok()?;
            Some(SocketAddr::from(([127, 0, 0, 1], port)))
        })
    }

    fn listen(
        child: Child,
        output: Box<dyn Read>,
        address: impl Fn(&str) -> Option<SocketAddr>,
    ) -> anyhow::Result<Self> {
        let mut lines = BufReader::new(output);
        let mut said = String::new();
        while lines.read_line(&mut said)? > 0 {
            if let Some(server) = address(&said) {
                return Ok(Self {
                    child,
                    server,
                    said,
                    _output: Box::new(lines),
                });
            }
            said.clear();
        }
        bail!("vivier ended before it served");
    }

    /// Resident memory now, in MB (10⁶ bytes).
    pub(crate) fn resident(&self) -> anyhow::Result<f64> {
        self.status("VmRSS:")
    }

    /// The most since [`Process::forget_peak`].
    pub(crate) fn peak(&self) -> anyhow::Result<f64> {
        self.status("VmHWM:")
    }

    pub(crate) fn forget_peak(&self) -> anyhow::Result<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    fn status(&self, name: &str) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .context("its memory")?;
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kibibytes * 1_024.0 / 1e6)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
