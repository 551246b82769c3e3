//! Owns: the configuration, from the environment (one table, [`VARIABLES`]) and from a site's `site.toml`.
//! Doesn't own: the policy, which is the charter's.

use std::path::{Path, PathBuf};

use kernel::{Clock, Duration, Locale, Timestamp, Zone};
use serde::{Deserialize, Serialize};

/// A variable of the environment: its name, its default in words, and what it means.
pub struct Variable {
    /// As set by the operator.
    pub name: &'static str,
    /// What holds when it isn't set.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Every variable Vivier reads, as `vivier doctor` shows them.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "VIVIER_SITES",
        default: "sites",
        meaning: "folder that holds one folder per site",
    },
    Variable {
        name: "VIVIER_LISTEN",
        default: "127.0.0.1:8080",
        meaning: "address to serve on",
    },
    Variable {
        name: "VIVIER_KEYS",
        default: "keys",
        meaning: "folder of the key stores, never inside a site's folder; or a PostgreSQL URL with {site} in it",
    },
    Variable {
        name: "VIVIER_MASTER_KEY_FILE",
        default: "master.key",
        meaning: "file of the master key, in neither the sites' nor the keys' folder",
    },
    Variable {
        name: "VIVIER_PROXIES",
        default: "0",
        meaning: "how many proxies of your own stand before it, each adding to X-Forwarded-For",
    },
    Variable {
        name: "VIVIER_LOG",
        default: "info",
        meaning: "what is logged, in tracing's notation",
    },
    Variable {
        name: "VIVIER_LOG_FORMAT",
        default: "text",
        meaning: "text, or json for one object a line",
    },
    Variable {
        name: "VIVIER_S3_ENDPOINT",
        default: "Amazon's",
        meaning: "where s3:// targets of backups are, https://host",
    },
    Variable {
        name: "VIVIER_S3_REGION",
        default: "us-east-1",
        meaning: "the region of s3:// targets",
    },
    Variable {
        name: "VIVIER_S3_KEY_FILE",
        default: "none",
        meaning: "file with the account's key on its first line and the secret on its second, for s3:// targets",
    },
    Variable {
        name: "VIVIER_NOW",
        default: "the system's clock",
        meaning: "demo sites only: the moment (RFC 3339) that the clock starts at",
    },
];

/// The value of one of [`VARIABLES`], when set and not empty.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The address to serve on.
#[must_use]
pub fn listen() -> String {
    variable("VIVIER_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned())
}

/// The clock that the environment asks for, and whether it was moved.
///
/// # Errors
/// [`ConfigError::Now`] when `VIVIER_NOW` isn't a moment.
pub fn clock() -> Result<(Clock, bool), ConfigError> {
    match variable("VIVIER_NOW") {
        None => Ok((Clock::system(), false)),
        Some(text) => Timestamp::parse(&text)
            .map(|then| (Clock::starting_at(then), true))
            .ok_or(ConfigError::Now),
    }
}

/// How many proxies of the operator's own a request comes through.
///
/// # Errors
/// [`ConfigError::Proxies`] when `VIVIER_PROXIES` isn't a number.
pub fn proxies() -> Result<u8, ConfigError> {
    variable("VIVIER_PROXIES").map_or(Ok(0), |text| text.parse().map_err(|_| ConfigError::Proxies))
}

/// What can be wrong with the configuration; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// `VIVIER_NOW` isn't a moment.
    #[error("VIVIER_NOW isn't a moment: write it as 2027-11-21T00:00:00Z")]
    Now,
    /// `VIVIER_PROXIES` isn't a number.
    #[error("VIVIER_PROXIES isn't a number of proxies: write 0 to 255")]
    Proxies,
    /// The site's file can't be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The site's file isn't what it should be; the message names line and column.
    #[error("{path}: {message}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        message: String,
    },
}

/// A site's `site.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// The name that people see.
    pub title: String,
    /// The hosts that lead to it, without port.
    pub hosts: Vec<String>,
    /// Where it is reached, for links in mails: `https://jobs.example`.
    pub url: String,
    /// The zone in which its days begin and end.
    #[serde(default = "paris")]
    pub zone: String,
    /// The language of a visitor whose browser asks for none of the charter's.
    #[serde(default)]
    pub language: Option<Locale>,
    /// A PostgreSQL URL; without it `data.db` in the site's folder.
    #[serde(default)]
    pub database: Option<String>,
    /// The operator's colour, `#rrggbb`; the kit corrects its contrast.
    #[serde(default)]
    pub accent: Option<String>,
    /// How mail leaves.
    pub mail: MailFile,
    /// Backups by themselves; without it they are made by hand.
    #[serde(default)]
    pub backup: Option<BackupFile>,
}

/// `[backup]` of `site.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupFile {
    /// Where the data go: a folder, or `s3://bucket/prefix`.
    pub to: String,
    /// Where the key store goes: another target, for whoever holds both has everything.
    pub keys: String,
    /// How often: `P1D`.
    pub every: Duration,
}

/// `[mail]` of `site.toml`: the means. Whether anything may leave by it is the charter's to say.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailFile {
    /// The sender, `Cabinet Exemple <jobs@cabinet.example>`.
    pub from: String,
    /// `smtp://host:port`, `smtps://user:password@host`, or `smtp+starttls://…`; absent on a demo that keeps its
    /// mails to show them.
    #[serde(default)]
    pub smtp: Option<String>,
}

fn paris() -> String {
    "Europe/Paris".to_owned()
}

impl SiteFile {
    /// Reads the folder's `site.toml`.
    ///
    /// # Errors
    /// [`ConfigError`] with the file, and the line where there is one.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("site.toml");
        let text = std::fs::read_to_string(&path).map_err(|source| ConfigError::Unreadable {
            path: path.clone(),
            source,
        })?;
        let file: Self = toml::from_str(&text).map_err(|error| ConfigError::Malformed {
            path: path.clone(),
            message: error.to_string(),
        })?;
        if Zone::named(&file.zone).is_none() {
            let message = format!(
                "zone = {:?} is no time zone: write one such as \"Europe/Paris\"",
                file.zone
            );
            return Err(ConfigError::Malformed { path, message });
        }
        Ok(file)
    }

    /// As `site.toml` holds it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The zone, checked when the file was read.
    #[must_use]
    pub fn zone(&self) -> Zone {
        Zone::named(&self.zone).unwrap_or_else(Zone::utc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SiteFile, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("site.toml"), text).unwrap();
        SiteFile::read(folder.path())
    }

    #[test]
    fn reads_back_what_it_writes() {
        let text = "title = 'Cabinet'\nhosts = ['jobs.example']\nurl = 'https://jobs.example'\n[mail]\nfrom = 'a@b.example'\n";
        let file = read(text).unwrap();
        assert_eq!(file.zone, "Europe/Paris");
        assert_eq!(read(&file.to_toml()).unwrap().hosts, ["jobs.example"]);
    }

    #[test]
    fn says_where_it_is_wrong() {
        let error = read("titel = 'x'").unwrap_err().to_string();
        assert!(error.contains("titel") && error.contains("line 1"), "{error}");
        let error =
            read("title='a'\nhosts=[]\nurl='u'\nzone='Mars/Here'\n[mail]\nfrom='a@b.example'").unwrap_err();
        assert!(error.to_string().contains("Mars/Here"));
    }
}
