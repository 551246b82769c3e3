//! Owns: an operator's machine for the stories of [`crate::commands`]: folders of its own, commands run, sites served.

use crate::house::root;
use acceptance::demo::vivier;
use acceptance::http::Client;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use tempfile::TempDir;

/// What a program in Python's own words printed, given those arguments: eyes that aren't Vivier's.
#[track_caller]
pub(crate) fn python(script: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> String {
    let output = Command::new("python3")
        .args(["-c", script])
        .args(arguments)
        .output();
    let output = output.expect("python3");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What a command answered.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    #[track_caller]
    pub(crate) fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, expected, "{}{}", self.out, self.err);
        let twice = |line: &&str| {
            line.match_indices(": ")
                .any(|(at, _)| line[..at].ends_with(&line[at + 2..]))
        };
        let repeated = self.out.lines().chain(self.err.lines()).find(twice);
        assert_eq!(repeated, None, "a cause is said once");
        self
    }
}

/// An operator's machine: a folder of sites, one of keys, one of the master key.
pub(crate) struct House(pub(crate) TempDir);

impl House {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = vivier();
        command
            .args(words)
            .current_dir(self.0.path())
            .env("VIVIER_SITES", self.path("sites"))
            .env("VIVIER_KEYS", self.path("keys"))
            .env("VIVIER_MASTER_KEY_FILE", self.path("master/master.key"))
            .env_remove("VIVIER_NOW");
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Said {
        run(self.command(words), "")
    }

    pub(crate) fn found(&self, name: &str, url: &str) -> Said {
        self.run(&[
            "site",
            "new",
            name,
            "--charter",
            &charter("careers"),
            "--url",
            url,
        ])
    }

    pub(crate) fn add(&self, site: &str, role: &str, email: &str, password: &str) -> Said {
        let site = self.path("sites").join(site);
        let names = ["--given-name", "Ines", "--family-name", "Vvoperator"];
        let words = [
            &["user", "add", "--role", role, "--email", email, "--site"],
            &[site.to_str().expect("a path")][..],
            &names,
        ]
        .concat();
        run(self.command(&words), password)
    }

    /// Serves all sites; ends when dropped.
    pub(crate) fn serve(&self) -> Serving {
        self.serve_at("127.0.0.1:0")
    }

    /// The same at an address.
    pub(crate) fn serve_at(&self, address: &str) -> Serving {
        let mut child = self
            .command(&["serve", "--listen", address])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("vivier");
        let mut lines = BufReader::new(child.stderr.take().expect("its messages"))
            .lines()
            .map_while(Result::ok);
        let address = lines.find_map(|line| {
            line.split_once("serving on ")
                .map(|(_, address)| address.to_owned())
        });
        // Read to the end, so that it never waits for us.
        thread::spawn(move || lines.for_each(drop));
        let address = address.and_then(|address| address.parse().ok());
        Serving {
            child,
            address: address.expect("it serves"),
        }
    }
}

pub(crate) struct Serving {
    pub(crate) child: Child,
    address: SocketAddr,
}

impl Serving {
    pub(crate) fn visitor(&self, host: &str) -> Client {
        Client::new(self.address, &format!("{host}:{}", self.address.port()))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _status = self.child.wait();
    }
}

pub(crate) fn run(mut command: Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vivier");
    // One that doesn't read may have ended already.
    let _unread = child.stdin.take().expect("its input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

pub(crate) fn charter(name: &str) -> String {
    root()
        .join(format!("charters/{name}.toml"))
        .to_string_lossy()
        .into_owned()
}
