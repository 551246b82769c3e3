//! Owns: a mail server that forgets nothing and outlives any server that writes to it; it takes everything, or has
//! moods.

use mail_parser::MessageParser;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A mail as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The message, byte by byte.
    pub raw: Vec<u8>,
}

impl Mail {
    /// A header's text, decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        let mail = MessageParser::default().parse(&self.raw)?;
        let text = match name.to_ascii_lowercase().as_str() {
            "subject" => mail.subject(),
            "message-id" => mail.message_id(),
            _ => mail.header_raw(name.to_owned()),
        };
        text.map(|text| text.trim().to_owned())
    }

    /// Its text part, decoded.
    pub fn text(&self) -> String {
        let mail = MessageParser::default().parse(&self.raw);
        mail.and_then(|mail| mail.body_text(0).map(|text| text.into_owned()))
            .unwrap_or_default()
    }

    /// The addresses its text bears.
    pub fn links(&self) -> Vec<String> {
        let text = self.text();
        let words = text.split(|c: char| c.is_whitespace() || "<>\"()".contains(c));
        words
            .filter(|word| word.starts_with("http"))
            .map(|word| word.trim_end_matches(['.', ',']).to_owned())
            .collect()
    }
}

/// What becomes of a mail that is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It is kept, and the sender hears so.
    Takes,
    /// It is kept, and the connection breaks before the sender hears so.
    TakesAndHangsUp,
    /// The connection breaks before it is kept.
    HangsUp,
    /// Its recipient is refused for now (a 4xx answer): nothing of it is handed over.
    PutsOff,
}

type Moods = Box<dyn Fn() -> Mood + Send + Sync>;

/// The server. Dropping it lets nobody in any more.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    inbox: Arc<Inbox>,
}

struct Inbox {
    state: Mutex<State>,
    arrived: Condvar,
    mood: Moods,
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.state.fmt(f)
    }
}

#[derive(Debug, Default)]
struct State {
    mails: Vec<Mail>,
    /// Those that broke off.
    lost: Vec<Mail>,
    closed: bool,
}

impl Inbox {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink {
    /// Listens on a free port of 127.0.0.1 and takes everything.
    pub fn start() -> Self {
        Self::moody(|| Mood::Takes)
    }

    /// As [`Sink::start`], asking `mood` what becomes of each mail.
    pub fn moody(mood: impl Fn() -> Mood + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let inbox = Arc::new(Inbox {
            state: Mutex::default(),
            arrived: Condvar::new(),
            mood: Box::new(mood),
        });
        let sink = Self {
            address,
            inbox: Arc::clone(&inbox),
        };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if inbox.state().closed {
                    break;
                }
                let inbox = Arc::clone(&inbox);
                // A connection that breaks off has handed nothing over: what counts is what we said 250 to.
                thread::spawn(move || converse(&stream, &inbox));
            }
        });
        sink
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All that came, in order.
    pub fn mails(&self) -> Vec<Mail> {
        self.inbox.state().mails.clone()
    }

    /// Those that were handed over whole and yet not kept, since the connection broke.
    pub fn lost(&self) -> Vec<Mail> {
        self.inbox.state().lost.clone()
    }

    /// Waits for a mail that is `wanted`; panics after `patience`, saying what came instead.
    pub fn wait_for(&self, patience: Duration, wanted: impl Fn(&Mail) -> bool) -> Mail {
        self.wait_for_nth(patience, 0, wanted)
    }

    /// Waits until `nth` wanted mails came before it, and gives the next of them.
    pub fn wait_for_nth(&self, patience: Duration, nth: usize, wanted: impl Fn(&Mail) -> bool) -> Mail {
        let until = Instant::now() + patience;
        let mut state = self.inbox.state();
        loop {
            if let Some(mail) = state.mails.iter().filter(|mail| wanted(mail)).nth(nth) {
                return mail.clone();
            }
            let left = until.saturating_duration_since(Instant::now());
            let came: Vec<_> = state
                .mails
                .iter()
                .map(|mail| (mail.to.clone(), mail.header("subject")))
                .collect();
            assert!(!left.is_zero(), "no such mail within {patience:?} among {came:?}");
            state = self
                .inbox
                .arrived
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Waits for a mail to `address`.
    pub fn wait_for_mail_to(&self, address: &str) -> Mail {
        self.wait_for(Duration::from_secs(30), |mail| {
            mail.to.iter().any(|to| to.eq_ignore_ascii_case(address))
        })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.inbox.state().closed = true;
        let _wakes_the_listener = TcpStream::connect(self.address);
    }
}

/// One connection (RFC 5321), until it says QUIT or breaks off.
fn converse(stream: &TcpStream, inbox: &Inbox) -> io::Result<()> {
    let mut out = stream;
    let mut lines = BufReader::new(stream).split(b'\n');
    let mut line = || match lines.next() {
        Some(line) => line.map(|mut line| {
            line.pop_if(|last| *last == b'\r');
            line
        }),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    };
    let mut mail = Mail {
        from: String::new(),
        to: Vec::new(),
        raw: Vec::new(),
    };
    let mut mood = Mood::Takes;
    out.write_all(b"220 sink.localhost ESMTP\r\n")?;
    loop {
        let said = String::from_utf8_lossy(&line()?).into_owned();
        let (verb, rest) = said.split_once([' ', ':']).unwrap_or((&said, ""));
        let answer: &[u8] = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => b"250-sink.localhost\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "MAIL" => {
                mail = Mail {
                    from: address(rest),
                    to: Vec::new(),
                    raw: Vec::new(),
                };
                b"250 OK\r\n"
            }
            "RCPT" => {
                mood = (inbox.mood)();
                if mood == Mood::PutsOff {
                    b"451 Later\r\n"
                } else {
                    mail.to.push(address(rest));
                    b"250 OK\r\n"
                }
            }
            "DATA" => {
                out.write_all(b"354 Go ahead\r\n")?;
                loop {
                    let line = line()?;
                    if line == b"." {
                        break;
                    }
                    mail.raw.extend(line.strip_prefix(b".").unwrap_or(&line));
                    mail.raw.extend(b"\r\n");
                }
                if mood == Mood::HangsUp {
                    inbox.state().lost.push(mail);
                    return Ok(());
                }
                inbox.state().mails.push(mail.clone());
                inbox.arrived.notify_all();
                if mood == Mood::TakesAndHangsUp {
                    return Ok(());
                }
                b"250 Kept\r\n"
            }
            "HELO" | "RSET" | "NOOP" => b"250 OK\r\n",
            "QUIT" => return out.write_all(b"221 Bye\r\n"),
            _ => b"502 Not here\r\n",
        };
        out.write_all(answer)?;
    }
}

/// What stands between `<` and `>`.
fn address(rest: &str) -> String {
    let inside = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_kept_and_read() {
        let sink = Sink::start();
        let mut stream = TcpStream::connect(sink.address()).unwrap();
        stream
            .write_all(
                b"EHLO test\r\nMAIL FROM:<jobs@cabinet.example>\r\nRCPT TO:<ana@example.org>\r\nDATA\r\n\
                  Message-ID: <1@cabinet.example>\r\nSubject: =?utf-8?Q?Re=C3=A7u?=\r\n\
                  Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                  ..\r\n=C3=A0 bient=C3=B4t: <http://careers.localhost:1/f?t=3Dx>.\r\n.\r\nQUIT\r\n",
            )
            .unwrap();
        let mail = sink.wait_for_mail_to("Ana@example.org");
        assert_eq!(
            (mail.from.as_str(), sink.mails().len()),
            ("jobs@cabinet.example", 1)
        );
        assert_eq!(mail.header("Subject").unwrap(), "Reçu");
        assert_eq!(mail.header("Message-ID").unwrap(), "1@cabinet.example");
        assert!(mail.text().starts_with(".\r\nà bientôt"), "{}", mail.text());
        assert_eq!(mail.links(), ["http://careers.localhost:1/f?t=x"]);
    }
}
