//! Owns: handing a letter to an SMTP server, and telling what became of it. Doesn't own: queueing, retrying, whether
//! it may be sent.

mod server;

use std::time::Duration;

use kernel::Timestamp;
use lettre::{
    Message,
    message::{Mailbox, header},
};

use server::Server;

/// How mail leaves a site.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    server: Option<Server>,
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
    /// The server said not now (4xx), couldn't be reached, or broke off before the letter: surely not sent.
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
        Ok(Self {
            from: from.parse().map_err(|_| MailerError::From)?,
            server: smtp.map(Server::parse).transpose()?,
        })
    }

    /// True when letters are kept and shown instead of sent: a demo.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.server.is_none()
    }

    /// Whether the server can be reached and lets us in; a site that keeps its mails needs none.
    ///
    /// # Errors
    /// What keeps us out, in one line.
    pub async fn greet(&self) -> Result<(), String> {
        match &self.server {
            Some(server) => server.greet().await,
            None => Ok(()),
        }
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
        let Some(server) = &self.server else {
            return Err(SendError::Kept);
        };
        let to: lettre::Address = letter.to.parse().map_err(|_| SendError::Refused)?;
        let message = self.message(letter, to.clone())?;
        server.send(&self.from.email, &to, &message.formatted()).await
    }

    /// The addressee was parsed as one bare address and the subject is encoded as a header by the library, so that
    /// neither can add a header or a recipient.
    fn message(&self, letter: Letter, to: lettre::Address) -> Result<Message, SendError> {
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
mod tests;
