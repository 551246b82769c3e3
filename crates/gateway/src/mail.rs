//! Owns: handing a letter to an SMTP server, and telling what became of it. Doesn't own: queueing, retrying, whether
//! it may be sent.

use std::time::Duration;

use kernel::Timestamp;
#[expect(clippy::disallowed_types, reason = "the one place that speaks SMTP")]
use lettre::AsyncSmtpTransport;
use lettre::{
    AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header},
};

/// How mail leaves a site.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    #[expect(clippy::disallowed_types, reason = "the one place that speaks SMTP")]
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
}

/// One letter, in plain text.
pub struct Letter {
    /// The addressee's mailbox.
    pub to: String,
    /// The subject: no line break crosses it.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The same for each attempt at the same letter, without angle brackets.
    pub message_id: String,
    /// When it was written.
    pub date: Timestamp,
}

/// The means of mail are described wrongly.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The sender isn't a mailbox.
    #[error("mail.from is no mailbox: write it as \"Cabinet Exemple <jobs@cabinet.example>\"")]
    From,
    /// The address of the server isn't one.
    #[error(
        "mail.smtp is no server: write it as smtp://host:25, smtps://user:password@host or smtp+starttls://host:587"
    )]
    Smtp,
}

/// What became of a letter that wasn't accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The site keeps its mails: nothing was tried.
    #[error("this site sends no mail")]
    Kept,
    /// The server said no for good (a 5xx answer), or the address is none.
    #[error("the mail server refuses this letter for good")]
    Refused,
    /// The server said not now (4xx), or couldn't be reached: surely not sent.
    #[error("the mail server can't take this letter now")]
    Later,
    /// The connection broke after the letter was on its way: perhaps sent.
    #[error("the connection broke: the letter may or may not have been taken")]
    Unknown,
}

impl Mailer {
    /// A mailer with that sender; `smtp` as in `site.toml`, `None` for a demo that keeps its mails.
    ///
    /// # Errors
    /// [`MailerError`], which says how to write it.
    pub fn new(from: &str, smtp: Option<&str>) -> Result<Self, MailerError> {
        let from = from.parse().map_err(|_| MailerError::From)?;
        let Some(smtp) = smtp else {
            return Ok(Self {
                from,
                transport: None,
            });
        };
        let url = match smtp.strip_prefix("smtp+starttls://") {
            Some(rest) => format!("smtp://{rest}?tls=required"),
            None if smtp.starts_with("smtp://") || smtp.starts_with("smtps://") => smtp.to_owned(),
            None => return Err(MailerError::Smtp),
        };
        #[expect(clippy::disallowed_types, reason = "the one place that speaks SMTP")]
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(|_| MailerError::Smtp)?;
        Ok(Self {
            from,
            transport: Some(builder.timeout(Some(Duration::from_secs(20))).build()),
        })
    }

    /// True when letters are kept and shown instead of sent: a demo.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.transport.is_none()
    }

    /// The domain of the sender, for Message-IDs.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Hands the letter to the server. `Ok` only after the server took responsibility for it (its 250).
    ///
    /// # Errors
    /// [`SendError`]: what became of it.
    pub async fn send(&self, letter: Letter) -> Result<(), SendError> {
        let Some(transport) = &self.transport else {
            return Err(SendError::Kept);
        };
        let message = self.message(letter)?;
        transport.send(message).await.map(drop).map_err(|error| {
            if error.is_permanent() {
                SendError::Refused
            } else if error.is_transient() || is_before_data(&error) {
                SendError::Later
            } else {
                SendError::Unknown
            }
        })
    }

    /// The addressee is parsed as one bare address and the subject is encoded as a header by the library, so that
    /// neither can add a header or a recipient.
    fn message(&self, letter: Letter) -> Result<Message, SendError> {
        let to = letter
            .to
            .parse::<lettre::Address>()
            .map_err(|_| SendError::Refused)?;
        let seconds = u64::try_from(letter.date.as_millis() / 1_000).unwrap_or(0);
        let subject: String = letter.subject.chars().filter(|c| !c.is_control()).collect();
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .message_id(Some(format!("<{}>", letter.message_id)))
            .date(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .header(AutoSubmitted)
            .header(header::ContentType::TEXT_PLAIN)
            .body(letter.body)
            .map_err(|_| SendError::Refused)
    }
}

/// A failure to connect happened before any byte of the letter left.
fn is_before_data(error: &lettre::transport::smtp::Error) -> bool {
    use std::error::Error as _;
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::ConnectionRefused;
        }
        cause = inner.source();
    }
    false
}

/// `Auto-Submitted: auto-generated` (RFC 3834), so that no answering machine answers.
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn nothing_typed_adds_a_header_or_a_recipient() {
        let mailer = Mailer::new("Cabinet Exemple <jobs@cabinet.example>", None).unwrap();
        let message = mailer
            .message(letter("a@b.example", "Hello\r\nBcc: all@b.example"))
            .unwrap();
        let bytes = String::from_utf8(message.formatted()).unwrap();
        assert!(!bytes.lines().any(|line| line.starts_with("Bcc")), "{bytes}");
        assert!(bytes.contains("Message-ID: <0193@cabinet.example>"));
        for bad in [
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: c@d.example",
            "a",
            "",
        ] {
            assert!(mailer.message(letter(bad, "x")).is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_wrong_description_says_how_to_write_it() {
        assert!(matches!(Mailer::new("nobody", None), Err(MailerError::From)));
        assert!(matches!(
            Mailer::new("a@b.example", Some("host:25")),
            Err(MailerError::Smtp)
        ));
        assert!(Mailer::new("a@b.example", Some("smtp+starttls://user:pw@host:587")).is_ok());
    }
}
