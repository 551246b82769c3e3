//! Owns: the door "change nothing silently", as far as its base: a version becomes law when a human activates it, and
//! is stored with its bytes, its digest and who. Doesn't own: the differences and notices (later), the language.

use std::sync::Arc;

use charter::{Charter, Finding, Level};
use kernel::{Id, Locale, Timestamp};
use storage::{Db, PublicText, sql};

use crate::{Error, Guard, Staff};

/// A version that was activated.
#[derive(Debug, Clone)]
pub struct Activated {
    /// Its number.
    pub version: u32,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// When.
    pub at: Timestamp,
    /// By whom; `None` at the command line.
    pub by: Option<Id<Staff>>,
}

/// Reads a draft as a charter that may become law: no problem in its text, no error among its findings.
///
/// # Errors
/// [`Error::Charter`] with every problem, its line and its reason, in that language.
pub fn proposal(text: &str, locale: Locale) -> Result<Charter, Error> {
    let charter = Charter::parse(text).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message(locale)))
            .collect();
        Error::Charter(lines.join("\n"))
    })?;
    no_error(&charter.check(), locale)?;
    Ok(charter)
}

/// [`Error::Charter`] with the errors among the findings, when there are any.
fn no_error(findings: &[Finding], locale: Locale) -> Result<(), Error> {
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| format!("{}: {}", finding.rule, finding.message(locale)))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Charter(errors.join("\n")))
    }
}

/// The last activated charter, as its stored bytes say.
pub(crate) async fn last_activated(db: &Db) -> Result<Option<Charter>, Error> {
    let row = sql("SELECT text FROM charter_versions ORDER BY version DESC LIMIT 1")
        .optional(db)
        .await?;
    row.map(|row| {
        let text: PublicText = row.get("text")?;
        Charter::parse(&text)
            .map_err(|_| Error::Setup("the activated charter can't be read by this version".to_owned()))
    })
    .transpose()
}

impl Guard {
    /// Makes a draft law from now on.
    ///
    /// # Errors
    /// [`Error::Charter`] when it can't be, or can't follow the running one: an older version, one that would apply
    /// before today.
    pub async fn activate(
        &self,
        text: &str,
        by: Option<Id<Staff>>,
        locale: Locale,
    ) -> Result<Activated, Error> {
        let charter = proposal(text, locale)?;
        if let Some(running) = last_activated(&self.db).await? {
            let today = self.now().date(self.zone());
            no_error(&charter.check_after(&running, today), locale)?;
        }
        let activated = Activated {
            version: charter.version(),
            digest: charter.digest().to_string(),
            at: self.now(),
            by,
        };
        let mut tx = self.begin().await?;
        sql("INSERT INTO charter_versions (version, digest, text, activated_at, activated_by) VALUES ($1, $2, $3, $4, $5)")
            .bind(i64::from(activated.version))
            .bind(PublicText::new(activated.digest.as_str()))
            .bind(PublicText::new(text))
            .bind(activated.at)
            .bind(by)
            .run(&mut tx)
            .await?;
        let body = serde_json::json!({ "version": activated.version, "digest": activated.digest, "by": by });
        self.note(&mut tx, "charter_activated", None, &body).await?;
        tx.commit().await?;
        self.charter.store(Arc::new(charter));
        Ok(activated)
    }

    /// Takes up a version that another process activated (`vivier charter activate`).
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn follow_activation(&self) -> Result<(), Error> {
        let row = sql("SELECT MAX(version) AS version FROM charter_versions")
            .one(&self.db)
            .await?;
        let version: Option<i64> = row.get("version")?;
        if version.is_some_and(|version| version > i64::from(self.charter().version()))
            && let Some(charter) = last_activated(&self.db).await?
        {
            tracing::info!(
                site = self.name(),
                version = charter.version(),
                "charter in force"
            );
            self.charter.store(Arc::new(charter));
        }
        Ok(())
    }

    /// The versions that were activated, the running one first.
    ///
    /// # Errors
    /// The storage's.
    pub async fn activated(&self) -> Result<Vec<Activated>, Error> {
        let rows = sql(
            "SELECT version, digest, activated_at, activated_by FROM charter_versions ORDER BY version DESC",
        )
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                let digest: PublicText = row.get("digest")?;
                Ok(Activated {
                    version: u32::try_from(row.get::<i64, _>("version")?).unwrap_or(0),
                    digest: digest.to_string(),
                    at: row.get("activated_at")?,
                    by: row.get("activated_by")?,
                })
            })
            .collect()
    }
}
