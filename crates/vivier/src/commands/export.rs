//! Owns: `vivier person export`: the archive of everything held about a person, written to a file that only its owner
//! reads. Doesn't own: what is in it (`app::archive`).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use app::archive::{self, Archive};
use futures_util::StreamExt as _;
use guard::{Person, Staff};
use kernel::Id;
use tokio::{fs::OpenOptions, io::AsyncWriteExt as _};

use super::sweep::open_with;
use crate::output;

/// Writes it. The answer is no (1) when nothing is held about that person.
pub(super) async fn run(
    person: Id<Person>,
    staff: Id<Staff>,
    out: Option<PathBuf>,
    site: &Path,
) -> anyhow::Result<ExitCode> {
    let out = out.unwrap_or_else(|| format!("{person}.zip").into());
    if out.exists() {
        bail!(
            "{}: is there already; name another file with --out",
            out.display()
        );
    }
    let (guard, place, file) = open_with(site).await?;
    let site = place.site(guard.clone(), &file).await;
    let made = match site {
        Ok(site) => archive::made_for(&site, person, staff).await,
        Err(error) => {
            guard.close().await;
            return Err(error);
        }
    };
    let done = match made {
        Ok(archive) => write(archive, &out).await,
        Err(archive::ArchiveError::Guard(guard::Error::NotFound)) => {
            output::complain("nothing is held about a person of that number");
            Ok(ExitCode::from(1))
        }
        Err(archive::ArchiveError::Guard(guard::Error::Forbidden)) => Err(anyhow::anyhow!(
            "only a member of staff whose role has the duty to protect hands out what is held about somebody"
        )),
        Err(error) => Err(error.into()),
    };
    guard.close().await;
    done
}

/// Beside its place first: what breaks off leaves nothing that looks whole.
async fn write(mut archive: Archive, out: &Path) -> anyhow::Result<ExitCode> {
    let unfinished = out.with_extension("zip.part");
    let place = || format!("{}: can't be written", unfinished.display());
    let written = async {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)
            .await
            .with_context(place)?;
        while let Some(piece) = archive.bytes.next().await {
            file.write_all(&piece?).await.with_context(place)?;
        }
        file.sync_all().await.with_context(place)?;
        tokio::fs::rename(&unfinished, out).await.with_context(place)
    };
    if let Err(error) = written.await {
        drop(tokio::fs::remove_file(&unfinished).await);
        return Err(error);
    }
    output::say(&out.display().to_string());
    Ok(ExitCode::SUCCESS)
}
