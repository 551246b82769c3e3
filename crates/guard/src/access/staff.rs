//! Owns: staff accounts: each a dossier of its own, name, e-mail and password's hash sealed. Doesn't own: roles and
//! their duties (the charter).

use std::collections::HashMap;

use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};
use charter::{People, PurposeKind};
use kernel::Id;
use storage::{PublicText, Row, sql};
use vault::{Cell, DossierId, DossierKey, LookupKind, Sealed};
use zeroize::Zeroizing;

use super::SessionToken;
use crate::{Actor, Error, Filed, Guard, Person, Reading, Shown, Staff, View, collect};

/// A member of staff to be added.
pub struct NewStaff<'a> {
    /// One of the charter's roles.
    pub role: &'a str,
    /// Given name.
    pub given_name: &'a str,
    /// Family name.
    pub family_name: &'a str,
    /// The address to sign in with.
    pub email: &'a str,
    /// At least [`MIN_PASSWORD`] characters.
    pub password: &'a str,
}

/// A member of staff, as a colleague may see one.
pub struct Colleague {
    /// In which role.
    pub role: String,
    /// The name in full, where the charter shows it to that colleague.
    pub name: Option<Shown<String>>,
}

/// The least length of a password, in characters (NIST SP 800-63B rev. 4 §3.1.1.2 asks for 15 where it is the only
/// factor; 12 until the second factor comes).
pub const MIN_PASSWORD: usize = 12;
/// The greatest, so that hashing is no way to tire the server.
const MAX_PASSWORD: usize = 256;

const COLUMNS: [&str; 4] = ["given_name", "family_name", "email", "credential"];

impl Guard {
    /// Adds a member of staff, in a role of the charter.
    ///
    /// # Errors
    /// [`Error::Invalid`], which says what to do.
    pub async fn add_staff(&self, new: NewStaff<'_>) -> Result<Id<Staff>, Error> {
        let charter = self.charter();
        if charter.role(new.role).is_none() {
            return Err(Error::Invalid(
                "the charter has no such role: see its [role.*] sections",
            ));
        }
        let purpose = charter
            .purposes_of(PurposeKind::ManageAccount)
            .find(|purpose| purpose.people.contains(&People::Staff))
            .ok_or(Error::Invalid(
                "the charter has no purpose of kind manage_account for staff",
            ))?;
        if !collect::is_email(new.email) {
            return Err(Error::Invalid("the e-mail address isn't one"));
        }
        if self.staff_of_email(new.email).await?.is_some() {
            return Err(Error::Invalid(
                "an account with this e-mail address exists already",
            ));
        }
        let hash = self.hash_password(new.password).await?;
        let id: Id<Staff> = self.id();
        let dossier: DossierId = id.cast();
        let email = self
            .vault
            .blind(LookupKind::Email, &new.email.trim().to_lowercase());
        let key = self
            .vault
            .make_keys(&[dossier], &[(dossier, LookupKind::Email, email)])
            .await?
            .remove(0);
        let filed = Filed {
            key,
            person: id.cast::<Person>(),
        };
        let texts = [new.given_name, new.family_name, new.email, &hash];
        let [given_name, family_name, email, credential] = std::array::from_fn(|nth| {
            let cell = Cell {
                table: "staff",
                column: COLUMNS[nth],
                row: id.as_bytes(),
            };
            filed.key.seal::<String>(cell, texts[nth].trim().as_bytes())
        });
        let mut tx = self.begin().await?;
        self.file_dossier(&mut tx, &filed, &purpose.name).await?;
        for event in [charter::Trigger::Collected, charter::Trigger::LastActivity] {
            self.happened(&mut tx, dossier, event, self.now()).await?;
        }
        sql("INSERT INTO staff (id, role, given_name, family_name, email, credential, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(id)
            .bind(PublicText::new(new.role))
            .bind(given_name)
            .bind(family_name)
            .bind(email)
            .bind(credential)
            .bind(self.now())
            .run(&mut tx)
            .await?;
        let body = serde_json::json!({ "role": new.role });
        self.note(&mut tx, "staff_added", Some(&filed.key), &body).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Signs a member of staff in. An unknown address takes as long as a wrong password.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the two don't fit; which of them was wrong isn't told.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SessionToken, Error> {
        let account = match collect::is_email(email.trim()) {
            true => self.staff_of_email(email).await?,
            false => None,
        };
        let stored = account.as_ref().map(|(_, hash)| hash.to_string());
        if !self.verify_password(password, stored).await? {
            return Err(Error::NotFound);
        }
        let (id, _) = account.ok_or(Error::NotFound)?;
        let mut tx = self.begin().await?;
        self.happened(&mut tx, id.cast(), charter::Trigger::LastActivity, self.now())
            .await?;
        tx.commit().await?;
        self.begin_staff_session(id).await
    }

    /// A demo's way in without a password, for its index page.
    ///
    /// # Errors
    /// [`Error::NotFound`] on a real site.
    pub async fn demo_sign_in(&self, staff: Id<Staff>) -> Result<SessionToken, Error> {
        if !self.is_demo() || self.role_of(staff).await?.is_none() {
            return Err(Error::NotFound);
        }
        self.begin_staff_session(staff).await
    }

    /// The role of an account that hasn't ended.
    pub(crate) async fn role_of(&self, staff: Id<Staff>) -> Result<Option<String>, Error> {
        let row = sql("SELECT role FROM staff WHERE id = $1 AND ended_at IS NULL")
            .bind(staff)
            .optional(&self.db)
            .await?;
        Ok(row
            .map(|row| row.get::<PublicText, _>("role"))
            .transpose()?
            .map(PublicText::into_string))
    }

    /// The accounts of a demo with their roles, by role and then in the order they came, for its index page.
    ///
    /// # Errors
    /// [`Error::NotFound`] on a real site.
    pub async fn demo_staff(&self) -> Result<Vec<(Id<Staff>, String)>, Error> {
        if !self.is_demo() {
            return Err(Error::NotFound);
        }
        let rows = sql("SELECT id, role FROM staff WHERE ended_at IS NULL ORDER BY role, added_at, id")
            .all(&self.db)
            .await?;
        let account = |row: &Row| Ok((row.get("id")?, row.get::<PublicText, _>("role")?.into_string()));
        rows.iter().map(account).collect()
    }

    /// Who those members of staff are, as far as the charter shows it to the actor; each name read is recorded.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to who isn't staff.
    pub async fn colleagues(
        &self,
        actor: &Actor,
        ids: &[Id<Staff>],
    ) -> Result<HashMap<Id<Staff>, Colleague>, Error> {
        actor.staff().ok_or(Error::Forbidden)?;
        let permit = match self.permit(actor, &[PurposeKind::ManageAccount]) {
            Ok(permit) => Some(permit),
            Err(Error::Forbidden) => None,
            Err(error) => return Err(error),
        };
        let dossiers: Vec<DossierId> = ids.iter().map(|id| id.cast()).collect();
        let reading = match &permit {
            Some(permit) => Some(self.read(permit, View::List, &dossiers).await?),
            None => None,
        };
        let rows = sql("SELECT id, role, given_name, family_name FROM staff WHERE id IN ($list)")
            .bind_list(ids.iter().copied())
            .all(&self.db)
            .await?;
        rows.iter()
            .map(|row| {
                let (id, role): (Id<Staff>, PublicText) = (row.get("id")?, row.get("role")?);
                let name = match &reading {
                    Some(reading) => name(reading, id, row)?,
                    None => None,
                };
                Ok((
                    id,
                    Colleague {
                        role: role.into_string(),
                        name,
                    },
                ))
            })
            .collect()
    }

    /// The acting member of staff's own name, for the corner of the page.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn own_name(&self, actor: &Actor) -> Result<Option<Shown<String>>, Error> {
        let Some(id) = actor.staff() else { return Ok(None) };
        let row = sql("SELECT given_name, family_name FROM staff WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?;
        let permit = self.permit_to_own_account(id);
        let reading = self.read(&permit, View::One, &[id.cast()]).await?;
        row.map_or(Ok(None), |row| name(&reading, id, &row))
    }

    /// The account of that address and its password's hash.
    async fn staff_of_email(&self, email: &str) -> Result<Option<(Id<Staff>, Zeroizing<String>)>, Error> {
        for dossier in self.people_of_email(email).await? {
            let id: Id<Staff> = dossier.cast();
            let row = sql("SELECT credential FROM staff WHERE id = $1 AND ended_at IS NULL")
                .bind(id)
                .optional(&self.db)
                .await?;
            if let Some(row) = row {
                let key = self.vault.key(dossier).await?;
                return Ok(Some((id, credential(&key, id, &row.get("credential")?)?)));
            }
        }
        Ok(None)
    }

    async fn hash_password(&self, password: &str) -> Result<String, Error> {
        let length = password.chars().count();
        if length < MIN_PASSWORD {
            return Err(Error::Invalid(
                "the password is too short: at least 12 characters",
            ));
        }
        if length > MAX_PASSWORD {
            return Err(Error::Invalid("the password is too long: at most 256 characters"));
        }
        let (password, salt) = (Zeroizing::new(password.to_owned()), self.rng.bytes::<16>());
        let hashed = platform::tasks::blocking(move || {
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
        });
        hashed
            .await
            .and_then(Result::ok)
            .ok_or(Error::Invalid("the password can't be hashed"))
    }

    async fn verify_password(&self, password: &str, stored: Option<String>) -> Result<bool, Error> {
        if password.chars().count() > MAX_PASSWORD {
            return Ok(false);
        }
        let _turn = self.hashing.acquire().await.map_err(|_| Error::TooLate)?;
        let (password, known) = (Zeroizing::new(password.to_owned()), stored.is_some());
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let fits = platform::tasks::blocking(move || {
            let Ok(hash) = PasswordHash::new(&stored) else {
                return false;
            };
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        Ok(fits.await.unwrap_or(false) && known)
    }
}

/// The hash that a password is held against when there is no account: of no password, with the same parameters.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password's hash, to be held against a password here and shown to nobody.
fn credential(key: &DossierKey, id: Id<Staff>, sealed: &Sealed<String>) -> Result<Zeroizing<String>, Error> {
    let cell = Cell {
        table: "staff",
        column: "credential",
        row: id.as_bytes(),
    };
    let plain = key.open(cell, sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| vault::Error::Tampered)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The name in full, as far as the reading shows it.
fn name(reading: &Reading<'_>, id: Id<Staff>, row: &Row) -> Result<Option<Shown<String>>, Error> {
    let part =
        |column: &'static str| reading.show(id.cast(), column, ("staff", column), id, &row.get(column)?);
    let (given, family) = (part("given_name")?, part("family_name")?);
    let any = given.is_some() || family.is_some();
    Ok(any.then(|| Shown::full_name(given.as_ref(), family.as_ref())))
}
