//! Owns: the site's file in which its next version is written, looked at once a second: what it says, or what is wrong
//! with it. Doesn't own: making it law (`super`); writing it: that is an operator's, with an editor.

use std::{io::Read as _, path::Path, sync::Arc, time::Duration};

use charter::{Charter, Digest, Problem};
use kernel::Timestamp;
use platform::tasks;

use crate::{Error, Guard};

/// The file's name in the site's folder.
const FILE: &str = "charter.toml";

/// What lies in the site's folder to become law.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The digest of its bytes.
    pub digest: Digest,
    /// When this process saw it first.
    pub seen_at: Timestamp,
    /// The charter, or every problem of the text.
    pub read: Result<Arc<Charter>, Vec<Problem>>,
    pub(super) text: String,
}

impl Guard {
    /// What lies in the site's folder to become law, as it is now; `None` when that is law already, or waits for its
    /// day, or nothing lies there.
    ///
    /// # Errors
    /// [`Error::Setup`] when the file can't be read.
    pub async fn draft(&self) -> Result<Option<Arc<Draft>>, Error> {
        let path = self.folder.join(FILE);
        let bytes = tasks::blocking(move || read(&path))
            .await
            .ok_or(Error::Broken)??;
        let Some(bytes) = bytes else {
            self.draft.store(None);
            return Ok(None);
        };
        let digest = Digest::of(&bytes);
        let known = |version: &super::Version| *version.charter.digest() == digest;
        if known(&self.running()) || self.upcoming().as_ref().is_some_and(known) {
            self.draft.store(None);
            return Ok(None);
        }
        if let Some(draft) = self.draft.load_full().filter(|draft| draft.digest == digest) {
            return Ok(Some(draft));
        }
        let draft = Arc::new(Draft {
            digest,
            seen_at: self.now(),
            read: Charter::parse_bytes(&bytes).map(Arc::new),
            text: String::from_utf8(bytes).unwrap_or_default(),
        });
        self.draft.store(Some(Arc::clone(&draft)));
        Ok(Some(draft))
    }

    /// Whether something lay in the site's folder to become law when it was last looked at.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.draft.load().is_some()
    }

    /// Says once in the log what a changed file means: a proposal, or a broken one that changes nothing.
    fn tell_of(&self, draft: &Draft) {
        let site = self.name();
        match &draft.read {
            Err(problems) => {
                let first = problems.first();
                let (row, column) = first.map_or((0, 0), |first| (first.line, first.column));
                let kind = first.map_or("", |first| first.rule);
                tracing::warn!(
                    site,
                    row,
                    column,
                    kind,
                    "the charter's draft is broken; the running one stays"
                );
            }
            Ok(charter) => {
                let findings = self.findings(charter);
                let error = findings.iter().find(|finding| finding.blocks());
                let version = charter.version();
                match error {
                    Some(error) => tracing::warn!(
                        site,
                        version,
                        kind = error.rule,
                        "the charter's draft can't become law; the running one stays"
                    ),
                    None => tracing::info!(
                        site,
                        version,
                        "a new version of the charter waits for its activation"
                    ),
                }
            }
        }
    }
}

/// The file's bytes, and one more than a charter may have when there are more; `None` without a file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let setup = |error: std::io::Error| Error::Setup(format!("{FILE}: {error}"));
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(setup(error)),
    };
    let most = u64::try_from(Charter::MOST_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(setup)?;
    Ok(Some(bytes))
}

/// Watches the site's charters until the process ends: what other processes activate or withdraw, what begins to
/// apply, and the file of the next version.
pub async fn watch(guard: Guard) {
    // A file is told of when it is the same at two looks: one that is being written isn't.
    let (mut seen, mut told) = (None, None);
    loop {
        match guard.watch_once().await {
            Ok(draft) => {
                let digest = draft.as_ref().map(|draft| draft.digest);
                if digest == seen && digest != told {
                    if let Some(draft) = &draft {
                        guard.tell_of(draft);
                    }
                    told = digest;
                }
                seen = digest;
            }
            Err(error) => {
                tracing::warn!(site = guard.name(), %error, "watching the charter failed; trying again");
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

impl Guard {
    /// One look.
    ///
    /// # Errors
    /// The storage's, and [`Error::Setup`] when the file can't be read.
    pub async fn watch_once(&self) -> Result<Option<Arc<Draft>>, Error> {
        self.follow_activation().await?;
        self.note_begun().await?;
        self.draft().await
    }
}
