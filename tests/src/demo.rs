//! Owns: a running `vivier demo` and the people of its sites. Doesn't own: what they do, which is for the tests.

use crate::http::Client;
use serde::Deserialize;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How long a demo may take until it serves: a debug build on a busy machine. "Ready in seconds" is measured
/// elsewhere, on a release build.
const PATIENCE: Duration = Duration::from_secs(120);

/// A demo of its own; killed when dropped.
#[derive(Debug)]
pub struct Demo {
    child: Child,
    sites: Vec<Site>,
    said: String,
    log: PathBuf,
    _folder: Arc<TempDir>,
}

/// How to start one; it can be started again on the same data.
#[derive(Debug, Clone)]
pub struct Start {
    wrapper: Vec<String>,
    listen: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    folder: Arc<TempDir>,
}

/// A site of the demo.
#[derive(Debug, Clone, Deserialize)]
pub struct Site {
    /// As in `careers`.
    pub name: String,
    /// As in `http://careers.localhost:4321`.
    pub url: String,
    /// The folder its data are in.
    pub dir: PathBuf,
    /// One for each role.
    pub users: Vec<User>,
}

/// An invented person who may sign in.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// As in `recruiter`.
    pub role: String,
    /// The address to sign in with.
    pub email: String,
    /// Staff only.
    pub password: Option<String>,
    /// Opening it signs in.
    pub sign_in_url: String,
    /// For the API; staff only.
    pub token: Option<String>,
}

#[derive(Deserialize)]
struct Ready {
    sites: Vec<Site>,
}

impl Demo {
    /// A demo nobody else changes, on data that go with it.
    pub fn start() -> Self {
        Self::with().start()
    }

    /// A demo to set up first.
    pub fn with() -> Start {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Start {
            wrapper: Vec::new(),
            listen: "127.0.0.1:0".to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder,
        }
    }

    /// A demo that tests share which run at the same time, to read, or to write what is theirs alone. It ends
    /// with the last of them.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Demo>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let demo = Arc::new(Self::start());
            *shared = Arc::downgrade(&demo);
            demo
        })
    }

    /// One of its sites: `careers`, `agency`.
    pub fn site(&self, name: &str) -> &Site {
        self.sites
            .iter()
            .find(|site| site.name == name)
            .unwrap_or_else(|| panic!("no site {name}"))
    }

    /// All its sites.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// The line that it printed once it served.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The process, for measuring it.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to standard error so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it as a power cut would (`kill -9`).
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _may_have_ended = self.child.kill();
        let _status = self.child.wait();
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.end();
        if thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!(
                "the demo's last lines:\n{}",
                lines[lines.len().saturating_sub(40)..].join("\n")
            );
        }
    }
}

impl Start {
    /// Its mails go there.
    #[must_use]
    pub fn smtp(self, sink: SocketAddr) -> Self {
        self.arguments(["--smtp", &sink.to_string()])
    }

    /// Its data stay in `folder`; a demo that is there already is continued.
    #[must_use]
    pub fn data(self, folder: &Path) -> Self {
        self.arguments(["--data", &folder.to_string_lossy()])
    }

    /// It listens there, as in `127.0.0.1:4321`, instead of on any free port.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address.to_string();
        self
    }

    /// These words start it: the binary and its own words come after them.
    #[must_use]
    pub fn wrapped<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.wrapper = words.into_iter().map(str::to_owned).collect();
        self
    }

    /// It takes this for the present, as in `2027-11-21T00:00:00Z`.
    #[must_use]
    pub fn now(self, instant: &str) -> Self {
        self.environment("VIVIER_NOW", instant)
    }

    /// More words on its command line.
    #[must_use]
    pub fn arguments<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.arguments.extend(words.into_iter().map(str::to_owned));
        self
    }

    /// One variable more.
    #[must_use]
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts it and ends it (`kill -9`) after that time, whether it serves by then or not.
    pub fn start_and_kill(&self, after: Duration) {
        let mut demo = self.spawn().0;
        thread::sleep(after);
        demo.end();
    }

    /// Starts it and waits until it serves.
    pub fn start(&self) -> Demo {
        let (mut demo, said) = self.spawn();
        let line = said
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("it doesn't serve:\n{}", demo.log()));
        let ready: Ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        demo.sites = ready.sites;
        demo.said = line;
        demo
    }

    fn spawn(&self) -> (Demo, mpsc::Receiver<String>) {
        let log = self.folder.path().join("demo.log");
        let out = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("a log");
        let mut command = match self.wrapper.split_first() {
            Some((program, words)) => {
                let mut command = Command::new(program);
                command.args(words).arg(binary());
                command
            }
            None => vivier(),
        };
        let mut child = command
            .args(["demo", "--json", "--listen", &self.listen])
            .args(&self.arguments)
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(out)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary().display()));
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let demo = Demo {
            child,
            sites: Vec::new(),
            said: String::new(),
            log,
            _folder: Arc::clone(&self.folder),
        };
        let (send, receive) = mpsc::channel();
        // Read to the end, so that it never waits for us.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(send.send(line))));
        (demo, receive)
    }
}

impl Site {
    /// Host and port as a browser writes them.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    /// Where it listens.
    pub fn server(&self) -> SocketAddr {
        let (_, port) = self.host().rsplit_once(':').expect("a port");
        SocketAddr::from(([127, 0, 0, 1], port.parse().expect("a port")))
    }

    /// Somebody nobody knows.
    pub fn stranger(&self) -> Client {
        Client::new(self.server(), self.host())
    }

    /// Somebody signed in whose work is to recruit.
    pub fn recruiter(&self) -> Client {
        self.signed_in(
            self.users
                .iter()
                .find(|user| ["recruiter", "consultant"].contains(&user.role.as_str())),
        )
    }

    /// A candidate, signed in by their link.
    pub fn candidate(&self) -> Client {
        self.signed_in(Some(self.user("candidate")))
    }

    /// The invented person of a role.
    pub fn user(&self, role: &str) -> &User {
        let roles: Vec<&str> = self.users.iter().map(|user| user.role.as_str()).collect();
        self.users
            .iter()
            .find(|user| user.role == role)
            .unwrap_or_else(|| panic!("no {role} among {roles:?}"))
    }

    fn signed_in(&self, user: Option<&User>) -> Client {
        let user = user.unwrap_or_else(|| panic!("nobody of that role at {}", self.name));
        let mut client = self.stranger();
        let path = user
            .sign_in_url
            .strip_prefix(&self.url)
            .unwrap_or(&user.sign_in_url);
        client
            .open(&format!("/{}", path.trim_start_matches('/')))
            .expect_status(200);
        assert!(!client.cookies.is_empty(), "{} signs nobody in", user.sign_in_url);
        client
    }
}

/// The command line under test, for words other than `demo`.
pub fn vivier() -> Command {
    Command::new(binary())
}

/// The binary under test: `VIVIER_BIN`, or the one in the target folder that we were built into.
fn binary() -> PathBuf {
    env::var_os("VIVIER_BIN").map_or_else(
        || {
            let us = env::current_exe().expect("our own path");
            us.ancestors().nth(2).expect("the target folder").join("vivier")
        },
        PathBuf::from,
    )
}
