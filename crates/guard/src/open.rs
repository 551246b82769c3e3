//! Owns: founding a site and opening one: the database and its migrations, the key store, the files' folder, the
//! charter in force. Doesn't own: where they lie (the binary's settings).

use std::path::{Path, PathBuf};

use arc_swap::{ArcSwap, ArcSwapOption};
use gateway::{files::Files, mail::Mailer};
use kernel::{Clock, Locale, Rng, Zone};
use storage::{Db, Location, Migration};
use vault::{MasterKey, Vault};

use crate::{Error, Guard, Holdings, change, change::Law, inner::Inner};

pub use vault::Nature;

/// Where a site lies and what it works with.
pub struct Settings {
    /// Its name: its folder's.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// A PostgreSQL URL; without it `data.db` in the folder.
    pub database: Option<String>,
    /// The folder of the key stores, or a PostgreSQL URL with `{site}` in it.
    pub keys: String,
    /// The file of the master key.
    pub master_key: PathBuf,
    /// The sender of its mails.
    pub mail_from: String,
    /// The SMTP server, as `gateway::mail` reads it.
    pub smtp: Option<String>,
    /// In which its days begin and end.
    pub zone: Zone,
    /// Time.
    pub clock: Clock,
    /// Randomness, for keys too.
    pub rng: Rng,
    /// What the capabilities keep.
    pub holdings: Vec<Holdings>,
}

impl Settings {
    /// The migrations of the house and of the capabilities.
    pub(crate) fn migrations(&self) -> Vec<Migration> {
        migrations(&self.holdings)
    }

    pub(crate) fn database(&self) -> Location {
        match &self.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Sqlite(self.folder.join("data.db")),
        }
    }

    pub(crate) fn key_store(&self) -> Location {
        if self.keys.starts_with("postgres") {
            Location::Postgres(self.keys.replace("{site}", &self.name))
        } else {
            Location::Sqlite(Path::new(&self.keys).join(format!("{}.keys.db", self.name)))
        }
    }

    /// Checks that a real site's keys lie apart from its data, and the master key apart from both: who copies one
    /// folder holds nothing readable.
    ///
    /// # Errors
    /// [`Error::Setup`], with what to set.
    pub fn apart(&self) -> Result<(), Error> {
        let setup = |message: String| Err(Error::Setup(message));
        let (folder, master) = (real(&self.folder), real(&self.master_key));
        if master.starts_with(&folder) {
            return setup(format!(
                "the master key lies in the folder of the site {}: set VIVIER_MASTER_KEY_FILE to a file elsewhere",
                self.name
            ));
        }
        if self.keys.starts_with("postgres") {
            if !self.keys.contains("{site}") {
                return setup(
                    "VIVIER_KEYS names a PostgreSQL database without {site} in it: each site has its own"
                        .to_owned(),
                );
            }
            return if self.key_store().is_same_place(&self.database()) {
                setup(format!(
                    "the key store is the database of the site {}: set VIVIER_KEYS to another database, best on \
                     another server",
                    self.name
                ))
            } else {
                Ok(())
            };
        }
        let keys = real(Path::new(&self.keys));
        if keys.starts_with(&folder) {
            return setup(format!(
                "the key store lies in the folder of the site {}: set VIVIER_KEYS to a folder elsewhere",
                self.name
            ));
        }
        if master.parent() == Some(keys.as_path()) {
            return setup("the master key lies in the key store's folder: set VIVIER_MASTER_KEY_FILE to a file elsewhere".to_owned());
        }
        Ok(())
    }

    /// Checks what a real site needs and a demo doesn't: keys apart, and a way for its mails to leave.
    fn fit_for_real(&self) -> Result<(), Error> {
        self.apart()?;
        if self.smtp.is_none() {
            return Err(Error::Setup(format!(
                "the site {} has no way to send its mails, which only a demo keeps: set smtp under [mail] in its \
                 site.toml, such as \"smtp://127.0.0.1:25\"",
                self.name
            )));
        }
        Ok(())
    }
}

/// Makes a master key's file, readable by its owner alone; an existing one is left as it is.
///
/// # Errors
/// [`Error::Setup`] when it can't be written.
pub fn make_master_key(path: &Path, rng: &Rng) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    Ok(MasterKey::generate(rng).write_new(path)?)
}

/// Where a path really leads; of one that isn't made yet, as far as it is.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.ancestors()
        .find_map(|made| {
            Some(
                std::fs::canonicalize(made)
                    .ok()?
                    .join(path.strip_prefix(made).ok()?),
            )
        })
        .unwrap_or(path)
}

impl Guard {
    /// Founds a site: its key store, with its nature, its database, and its first charter in force. The folder may
    /// hold nothing of an earlier one.
    ///
    /// # Errors
    /// [`Error::Charter`] when the charter can't be law, [`Error::Setup`] with what to do.
    pub async fn found(
        settings: Settings,
        nature: Nature,
        charter: &str,
        locale: Locale,
    ) -> Result<Self, Error> {
        let proposed = change::proposal(charter, locale)?;
        if nature == Nature::Real {
            settings.fit_for_real()?;
        }
        let master = MasterKey::from_file(&settings.master_key)?;
        if let Location::Sqlite(path) = settings.key_store() {
            make_folder(path.parent())?;
        }
        make_folder(Some(&settings.folder))?;
        let key_store = settings.key_store();
        let vault = Vault::create(
            &key_store,
            &master,
            nature,
            settings.clock.clone(),
            settings.rng.clone(),
        )
        .await?;
        let founded = async {
            let guard = Box::pin(Self::assemble(settings, vault, Some(proposed))).await?;
            guard.holds_only_declared().await?;
            guard.activate_first(charter, locale).await?;
            Ok(guard)
        };
        founded.await.inspect_err(|_| {
            // Ours of a moment ago, with no key in it: left here, it would refuse the next try.
            if let Location::Sqlite(path) = key_store {
                for end in ["", "-wal", "-shm"] {
                    drop(std::fs::remove_file(format!("{}{end}", path.display())));
                }
            }
        })
    }

    /// Which migrations [`Guard::open`] would apply. Changes nothing: an older program may be serving the site, which
    /// can't go on with a newer schema.
    ///
    /// # Errors
    /// [`Error::Setup`] with what to do; the storage's and the vault's.
    pub async fn pending(settings: &Settings) -> Result<Vec<&'static str>, Error> {
        let mut pending = Vault::pending(&settings.key_store()).await?;
        let database = settings.database();
        if let Location::Sqlite(path) = &database
            && !path.exists()
        {
            return Err(Error::Setup(format!("{}: the database is gone", path.display())));
        }
        let db = Db::open(&database).await?;
        let own = db.pending(&settings.migrations()).await;
        db.close().await;
        pending.extend(own?);
        Ok(pending)
    }

    /// Opens a site that exists, under the charter last activated.
    ///
    /// # Errors
    /// [`Error::Setup`] with what to do; the storage's and the vault's.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let vault = settings.open_keys().await?;
        if vault.nature() == Nature::Real {
            settings.fit_for_real()?;
        }
        Box::pin(Self::assemble(settings, vault, None)).await
    }

    pub(crate) async fn assemble(
        settings: Settings,
        vault: Vault,
        founding: Option<charter::Charter>,
    ) -> Result<Self, Error> {
        let db = Db::open(&settings.database()).await?;
        db.migrate(&settings.migrations()).await?;
        let law = match (founding, Law::stored(&db, &settings.zone).await?) {
            (Some(charter), None) => Law::founding(charter, settings.clock.now()),
            (None, Some(law)) => law,
            (Some(_), Some(_)) => {
                return Err(Error::Setup(format!(
                    "the site {} has a charter in force already",
                    settings.name
                )));
            }
            (None, None) => {
                return Err(Error::Setup(format!(
                    "the site {} has no charter in force: activate one",
                    settings.name
                )));
            }
        };
        let mailer = Mailer::new(&settings.mail_from, settings.smtp.as_deref())
            .map_err(|error| Error::Setup(error.to_string()))?;
        let files = Files::open(&settings.folder.join("files")).await?;
        let key_store = settings.key_store();
        Ok(Self(std::sync::Arc::new(Inner {
            name: settings.name,
            db,
            vault,
            files,
            mailer,
            master_key: settings.master_key,
            key_store,
            clock: settings.clock,
            rng: settings.rng,
            zone: settings.zone,
            folder: settings.folder,
            law: ArcSwap::from_pointee(law),
            draft: ArcSwapOption::empty(),
            plan: ArcSwapOption::empty(),
            clocks_moved: std::sync::atomic::AtomicU32::new(0),
            holdings: settings.holdings,
            hashing: tokio::sync::Semaphore::new(2),
        })))
    }

    /// Checks that a field of the charter stands behind every personal column that no row is without. One that may be
    /// empty is filled where the charter asks for it.
    async fn holds_only_declared(&self) -> Result<(), Error> {
        let charter = self.charter();
        let required = self
            .db
            .columns()
            .await?
            .into_iter()
            .filter(|column| column.is_required);
        for found in required {
            for holdings in self.holdings() {
                let Some((column, field)) = holdings.personal(&found.table, &found.name) else {
                    continue;
                };
                if !charter.fields().any(|own| own.name == field) {
                    return Err(Error::Setup(format!(
                        "the charter declares no field {field}, which {} keeps in {}.{column}: add it to a purpose",
                        holdings.capability, found.table
                    )));
                }
            }
        }
        Ok(())
    }

    /// Closes both databases: everything is on the disk after it.
    pub async fn close(&self) {
        self.db.close().await;
        self.vault.close().await;
    }
}

/// The migrations of the house and of these capabilities, in order.
pub(crate) fn migrations(holdings: &[Holdings]) -> Vec<Migration> {
    crate::holdings::HOUSE
        .iter()
        .chain(holdings)
        .flat_map(|holdings| holdings.migrations.iter().copied())
        .collect()
}

pub(crate) fn make_folder(folder: Option<&Path>) -> Result<(), Error> {
    let Some(folder) = folder else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|error| Error::Setup(format!("{}: {error}", folder.display())))
}

#[cfg(test)]
mod tests;
