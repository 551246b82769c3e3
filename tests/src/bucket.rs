//! Owns: a bucket in memory that speaks as much of S3 as objects need: put, get, list, remove. It outlives any server that
//! writes to it. Doesn't own: accounts and signatures, which it takes as they come.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A bucket that listens until the process ends.
#[derive(Debug, Clone)]
pub struct Bucket {
    address: SocketAddr,
    objects: Objects,
}

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// What it is asked.
struct Asked {
    method: String,
    target: String,
    body: Vec<u8>,
}

impl Bucket {
    /// An empty one on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let bucket = Self {
            address: listener.local_addr().expect("an address"),
            objects: Objects::default(),
        };
        let objects = bucket.objects.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let objects = objects.clone();
                // Whoever asks may hang up in the middle.
                thread::spawn(move || serve(&stream, &objects));
            }
        });
        bucket
    }

    /// Where it is, as in `http://127.0.0.1:4321`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its objects, by name.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        locked(&self.objects).clone()
    }
}

fn locked(objects: &Objects) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
    objects.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: &TcpStream, objects: &Objects) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?);
    let mut out = stream;
    while let Some(asked) = read(&mut lines) {
        let (status, body) = answer(&asked, &mut locked(objects));
        write!(
            out,
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"1\"\r\nLast-Modified: Sat, 21 Nov 2026 09:00:00 GMT\r\n\r\n",
            body.len()
        )
        .ok()?;
        out.write_all(&body).ok()?;
    }
    Some(())
}

fn read(lines: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut length = 0;
    loop {
        let mut header = String::new();
        lines.read_line(&mut header).ok()?;
        let header = header.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(told) = header.strip_prefix("content-length:") {
            length = told.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    Some(Asked { method, target, body })
}

/// Names are words of `a-z0-9-` joined by `/`, which need no escape in a path; in a query `/` is `%2F`.
fn answer(asked: &Asked, objects: &mut BTreeMap<String, Vec<u8>>) -> (&'static str, Vec<u8>) {
    let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
    let name = path
        .trim_start_matches('/')
        .split_once('/')
        .map_or("", |(_, name)| name);
    match asked.method.as_str() {
        "PUT" => {
            objects.insert(name.to_owned(), asked.body.clone());
            ("200 OK", Vec::new())
        }
        "DELETE" => {
            objects.remove(name);
            ("204 No Content", Vec::new())
        }
        "GET" if name.is_empty() => {
            let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix="));
            let prefix = prefix.unwrap_or_default().replace("%2F", "/");
            ("200 OK", listed(objects, &prefix).into_bytes())
        }
        "GET" => match objects.get(name) {
            Some(object) => ("200 OK", object.clone()),
            None => ("404 Not Found", b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
        },
        _ => ("501 Not Implemented", Vec::new()),
    }
}

fn listed(objects: &BTreeMap<String, Vec<u8>>, prefix: &str) -> String {
    let mut list = String::from("<ListBucketResult><IsTruncated>false</IsTruncated>");
    for (name, object) in objects.iter().filter(|(name, _)| name.starts_with(prefix)) {
        let _never_fails = write!(
            list,
            "<Contents><Key>{name}</Key><LastModified>2026-11-21T09:00:00.000Z</LastModified>\
             <ETag>\"1\"</ETag><Size>{}</Size></Contents>",
            object.len()
        );
    }
    list + "</ListBucketResult>"
}
