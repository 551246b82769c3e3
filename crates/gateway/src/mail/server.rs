//! Owns: the SMTP server as `site.toml` names it, and the conversation with it, one a letter, which knows whether the
//! letter was on its way when something broke. Doesn't own: what a letter looks like ([`super::Mailer`]).

use std::time::Duration;

#[expect(clippy::disallowed_types, reason = "the one place that speaks SMTP")]
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::TlsParameters,
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use percent_encoding::percent_decode_str;
use url::Url;

use super::{MailerError, SendError};

/// How long the server may take to be reached, and for all that is said before the letter.
const BEFORE: Duration = Duration::from_secs(20);
/// How long it may take to read the letter and take responsibility for it. A job's lease is longer than both.
const LETTER: Duration = Duration::from_secs(60);
/// How long it may take to say good-bye, which changes nothing any more.
const PARTING: Duration = Duration::from_secs(2);

/// An SMTP server and how it is spoken to.
#[derive(Clone)]
pub(super) struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
}

#[derive(Clone)]
enum Security {
    /// In the clear: a server on the same machine or network.
    None,
    /// TLS from the first byte.
    Wrapped(TlsParameters),
    /// TLS after `STARTTLS`, or not at all.
    Upgraded(TlsParameters),
}

#[expect(clippy::disallowed_types, reason = "the one place that speaks SMTP")]
type Connection = AsyncSmtpConnection;

impl Server {
    /// Reads `smtp://host:port`, `smtps://user:password@host` and `smtp+starttls://…`; what would be left aside
    /// quietly (a query, a path) is refused.
    pub(super) fn parse(text: &str) -> Result<Self, MailerError> {
        let url = Url::parse(text).map_err(|_| MailerError::Smtp)?;
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() || url.query().is_some() || !matches!(url.path(), "" | "/") {
            return Err(MailerError::Smtp);
        }
        let tls = || TlsParameters::new(host.clone()).map_err(|_| MailerError::Smtp);
        let (port, security) = match url.scheme() {
            "smtp" => (25, Security::None),
            "smtps" => (465, Security::Wrapped(tls()?)),
            "smtp+starttls" => (587, Security::Upgraded(tls()?)),
            _ => return Err(MailerError::Smtp),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(String::from);
        let credentials = match url.password() {
            Some(password) => {
                let user = decoded(url.username()).map_err(|_| MailerError::Smtp)?;
                let password = decoded(password).map_err(|_| MailerError::Smtp)?;
                Some(Credentials::new(user, password))
            }
            None => None,
        };
        Ok(Self {
            port: url.port().unwrap_or(port),
            host,
            security,
            credentials,
        })
    }

    /// Hands over one letter. Whatever breaks before its first byte leaves is [`SendError::Later`]; what the server
    /// says of sender, addressee or letter for good is [`SendError::Refused`].
    pub(super) async fn send(&self, from: &Address, to: &Address, letter: &[u8]) -> Result<(), SendError> {
        let mut connection = within(BEFORE, self.announce(from, to))
            .await
            .unwrap_or(Err(SendError::Later))?;
        let sent = match within(LETTER, connection.message(letter)).await {
            None => Err(SendError::Unknown),
            Some(Ok(_)) => Ok(()),
            Some(Err(error)) if error.is_permanent() => Err(SendError::Refused),
            Some(Err(error)) if error.is_transient() => Err(SendError::Later),
            Some(Err(_)) => Err(SendError::Unknown),
        };
        if sent.is_ok() {
            // Whatever comes of it: the letter is the server's.
            let _ = within(PARTING, connection.quit()).await;
        }
        sent
    }

    /// Whether the server can be reached and lets us in.
    pub(super) async fn greet(&self) -> Result<(), String> {
        match within(BEFORE, self.connect()).await {
            None => Err("no answer".to_owned()),
            Some(Err(error)) => Err(kernel::Causes(&error).to_string()),
            Some(Ok(mut connection)) => {
                let _ = within(PARTING, connection.quit()).await;
                Ok(())
            }
        }
    }

    /// All that is said before the letter.
    async fn announce(&self, from: &Address, to: &Address) -> Result<Connection, SendError> {
        // A server that turns us away at the door says nothing of the letter.
        let mut connection = self.connect().await.map_err(|_| SendError::Later)?;
        let mut options = Vec::new();
        if ![from, to]
            .into_iter()
            .all(|address| address.to_string().is_ascii())
        {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(SendError::Refused);
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let mail = Mail::new(Some(from.clone()), options);
        connection.command(mail).await.map_err(before_letter)?;
        let rcpt = Rcpt::new(to.clone(), Vec::new());
        connection.command(rcpt).await.map_err(before_letter)?;
        connection.command(Data).await.map_err(before_letter)?;
        Ok(connection)
    }

    async fn connect(&self) -> Result<Connection, Error> {
        let (hello, wrapped) = (
            ClientId::default(),
            match &self.security {
                Security::Wrapped(tls) => Some(tls.clone()),
                Security::None | Security::Upgraded(_) => None,
            },
        );
        let address = (self.host.as_str(), self.port);
        let mut connection = Connection::connect_tokio1(address, Some(BEFORE), &hello, wrapped, None).await?;
        if let Security::Upgraded(tls) = &self.security {
            connection.starttls(tls.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

fn before_letter(error: Error) -> SendError {
    if error.is_permanent() {
        SendError::Refused
    } else {
        SendError::Later
    }
}

/// `None` when it took longer.
async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}
