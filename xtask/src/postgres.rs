//! Owns: a throw-away PostgreSQL cluster for the tests. Doesn't own: installing PostgreSQL.

use crate::run::command;
use crate::tools::{is_root, postgres_bin};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};

/// Makes a cluster in a folder of its own, says `ready`, waits until its standard input closes, then stops the
/// cluster and removes the folder. Our end of that pipe closes however we end, by Ctrl-C, panic or `kill -9` too,
/// so nothing is left behind. Nothing in it needs to survive a power cut: `fsync` and its like are off.
const KEEPER: &str = r#"
set -eu
port=$1; PATH=$2:$PATH
dir=$(mktemp -d /var/tmp/vivier-postgres.XXXXXX)
trap 'pg_ctl -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP
initdb -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
pg_ctl -D "$dir/data" -l "$dir/log" -w -t 60 -o "-p $port -k $dir -c listen_addresses=127.0.0.1 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >/dev/null || { cat "$dir/log" >&2; exit 1; }
echo ready
cat >/dev/null
"#;

/// A running cluster; dropping it stops and removes it.
pub(crate) struct Cluster {
    keeper: Child,
    url: String,
}

impl Cluster {
    /// Starts one as user `postgres` (PostgreSQL refuses root), or as ourselves where we aren't root.
    pub(crate) fn start() -> Result<Self, String> {
        let bin = postgres_bin().ok_or("PostgreSQL's programs are not in /usr/lib/postgresql")?;
        // Between letting the port go and PostgreSQL taking it another program may slip in; then the next one.
        (0..3)
            .map(|_| Self::start_at(free_port()?, &bin))
            .find(Result::is_ok)
            .unwrap_or(Err("it didn't start".into()))
    }

    fn start_at(port: u16, bin: &str) -> Result<Self, String> {
        let words = [
            "-u",
            "postgres",
            "--",
            "sh",
            "-c",
            KEEPER,
            "keeper",
            &port.to_string(),
            bin,
        ];
        let words = if is_root() { &words[..] } else { &words[4..] };
        let (program, words) = if is_root() {
            ("runuser", words)
        } else {
            ("sh", words)
        };
        let mut keeper = command(program, words)
            .current_dir("/")
            .process_group(0) // Ctrl-C in the terminal reaches us, not the one who cleans up behind us
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let mut said = String::new();
        let heard = keeper
            .stdout
            .take()
            .map(|out| BufReader::new(out).read_line(&mut said));
        let cluster = Self {
            keeper,
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        };
        match heard {
            Some(Ok(_)) if said.trim() == "ready" => Ok(cluster),
            _ => Err("the cluster did not start; its log is above".into()),
        }
    }

    /// Where its `postgres` database is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ended = self.keeper.wait();
    }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}
