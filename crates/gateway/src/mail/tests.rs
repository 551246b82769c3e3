//! Owns: what a letter may look like, and what becomes of it wherever the conversation with the server breaks. Doesn't
//! own: what a site makes of that (`app::applications::tests::outbox`).
#![expect(clippy::disallowed_methods, reason = "a mail server of the test's own")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
};

use super::*;

fn letter(to: &str, subject: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: subject.to_owned(),
        body: "Bonjour,\r\nà bientôt".to_owned(),
        message_id: "0193@cabinet.example".to_owned(),
        date: Timestamp::from_millis(1_790_000_000_000),
    }
}

fn mailer(smtp: Option<&str>) -> Result<Mailer, MailerError> {
    Mailer::new("Cabinet Exemple <jobs@cabinet.example>", smtp)
}

/// What becomes of a letter given to that server.
async fn given_to(smtp: &str) -> Result<(), SendError> {
    let mailer = mailer(Some(smtp)).unwrap();
    mailer.send(letter("a@b.example", "Hello")).await
}

/// A server that answers each line that begins so with that, says 250 to all others, and hangs up after an empty answer.
fn server(answers: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().ok()?;
        let mut out = stream.try_clone().ok()?;
        let mut answer = |line: &str| {
            let known = answers.iter().find(|(start, _)| line.starts_with(start));
            let text = known.map_or("250 yes", |(_, text)| text);
            let said = (!text.is_empty()).then(|| out.write_all(format!("{text}\r\n").as_bytes()));
            said?.ok()
        };
        answer("connected")?;
        for line in BufReader::new(stream).lines() {
            let line = line.ok()?;
            // What stands in the letter is answered at its end alone.
            if line.chars().take(4).all(|c| c.is_ascii_uppercase()) && line.len() >= 4 || line == "." {
                answer(&line)?;
            }
        }
        Some(())
    });
    format!("smtp://{address}")
}

const HELLO: (&str, &str) = ("connected", "220 here");
const GO_ON: (&str, &str) = ("DATA", "354 go on");

#[test]
fn nothing_typed_adds_a_header_or_a_recipient() {
    let mailer = mailer(None).unwrap();
    let to = |text: &str| text.parse::<lettre::Address>();
    let letter = letter("a@b.example", "Hello\r\nBcc: all@b.example");
    let message = mailer.message(letter, to("a@b.example").unwrap()).unwrap();
    let bytes = String::from_utf8(message.formatted()).unwrap();
    assert!(!bytes.lines().any(|line| line.starts_with("Bcc")), "{bytes}");
    assert!(bytes.contains("Message-ID: <0193@cabinet.example>"));
    for bad in [
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a",
        "",
    ] {
        assert!(to(bad).is_err(), "{bad}");
    }
}

#[tokio::test]
async fn a_wrong_description_says_how_to_write_it() {
    assert!(matches!(Mailer::new("nobody", None), Err(MailerError::From)));
    for bad in [
        "host:25",
        "http://host",
        "smtp://",
        "smtp://host?tls=required",
        "smtp://host/path",
    ] {
        assert!(matches!(mailer(Some(bad)), Err(MailerError::Smtp)), "{bad}");
    }
    assert!(mailer(Some("smtp+starttls://user:p%40w@host:587")).is_ok());
    assert!(mailer(Some("smtps://host")).is_ok());
}

/// Nobody can say of these that the letter may have left.
#[tokio::test]
async fn a_letter_whose_server_is_not_reached_is_surely_not_sent() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for smtp in [
        format!("smtp://{closed}"),
        // No route leads there (RFC 3849: documentation).
        "smtp://[2001:db8::1]:25".to_owned(),
        // Never a name (RFC 6761).
        "smtp://mail.invalid:25".to_owned(),
    ] {
        assert_eq!(given_to(&smtp).await, Err(SendError::Later), "{smtp}");
        assert!(mailer(Some(&smtp)).unwrap().greet().await.is_err(), "{smtp}");
    }
}

#[tokio::test]
async fn only_what_breaks_after_the_letter_began_is_unknown() {
    type Answers = &'static [(&'static str, &'static str)];
    let cases: [(Answers, Result<(), SendError>); 12] = [
        (&[HELLO, GO_ON], Ok(())),
        (&[("connected", "")], Err(SendError::Later)),
        (&[("connected", "554 not you")], Err(SendError::Later)),
        (&[HELLO, ("EHLO", "")], Err(SendError::Later)),
        (&[HELLO, ("MAIL", "")], Err(SendError::Later)),
        (&[HELLO, ("MAIL", "451 later")], Err(SendError::Later)),
        (&[HELLO, ("RCPT", "")], Err(SendError::Later)),
        (&[HELLO, ("RCPT", "550 never")], Err(SendError::Refused)),
        (&[HELLO, ("DATA", "")], Err(SendError::Later)),
        (&[HELLO, GO_ON, (".", "")], Err(SendError::Unknown)),
        (&[HELLO, GO_ON, (".", "452 full")], Err(SendError::Later)),
        (&[HELLO, GO_ON, (".", "554 never")], Err(SendError::Refused)),
    ];
    for (answers, expected) in cases {
        assert_eq!(given_to(&server(answers)).await, expected, "{answers:?}");
    }
}

/// A wrong password is the operator's to mend: it says nothing of the letter.
#[tokio::test]
async fn a_server_that_does_not_let_us_in_refuses_no_letter() {
    let smtp = server(&[
        HELLO,
        ("EHLO", "250-here\r\n250 AUTH PLAIN"),
        ("AUTH", "535 wrong password"),
    ]);
    let smtp = smtp.replace("smtp://", "smtp://user:password@");
    assert_eq!(given_to(&smtp).await, Err(SendError::Later));
}
