//! Owns: clients that keep their connection and do as little as possible, so that what is measured is the server.
//! Doesn't own: what they ask.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

/// One connection.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Line {
    pub(crate) fn open(server: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(Self {
            stream: BufReader::new(stream),
            body: Vec::new(),
        })
    }

    /// Sends a request as it is and reads the answer: its status and its body.
    pub(crate) fn ask(&mut self, request: &[u8]) -> anyhow::Result<(u16, &[u8])> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no answer of HTTP: {line:?}"))?;
        let mut length = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.parse()?);
            }
        }
        self.body
            .resize(length.context("an answer without its length")?, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok((status, &self.body))
    }
}

/// A request for a page.
pub(crate) fn get(host: &str, path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: en\r\n{cookie}\r\n").into_bytes()
}

/// Answers a second, over so long, by so many clients at once. Every answer must have `status`.
pub(crate) fn rate(
    server: SocketAddr,
    clients: usize,
    time: Duration,
    status: u16,
    request: impl Fn() -> Vec<u8> + Sync,
) -> anyhow::Result<f64> {
    let answers = AtomicU64::new(0);
    let start = Instant::now();
    let client = || -> anyhow::Result<()> {
        let mut line = Line::open(server)?;
        while start.elapsed() < time {
            let (got, body) = line.ask(&request())?;
            ensure!(
                got == status,
                "{got} instead of {status}: {}",
                String::from_utf8_lossy(body)
            );
            answers.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    at_once(clients, client)?;
    Ok(answers.into_inner() as f64 / start.elapsed().as_secs_f64())
}

/// Runs the same work on so many threads and waits for all.
pub(crate) fn at_once(threads: usize, work: impl Fn() -> anyhow::Result<()> + Sync) -> anyhow::Result<()> {
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        all.into_iter().try_for_each(|one| match one.join() {
            Ok(done) => done,
            Err(_) => anyhow::bail!("a client panicked"),
        })
    })
}
