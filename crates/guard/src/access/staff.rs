//! Owns: staff accounts: each a dossier of its own, name and e-mail sealed. Doesn't own: how one is entered
//! ([`super::credentials`]), roles and their duties (the charter).

use std::collections::HashMap;

use charter::{Duty, PurposeKind};
use kernel::{Id, Timestamp};
use storage::{PublicText, Row, Tx, sql};
use vault::{Cell, DossierId, LookupKind, Sealed};

use super::{Account, AccountKind, Device, NewColleague, SessionToken, credentials::Home};
use crate::{Actor, Error, Filed, Guard, Person, Personal, Reading, Shown, Staff, View, collect};

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

/// A member of staff whose key is made and whose row isn't written yet.
pub(super) struct MadeStaff {
    pub(super) filed: Filed,
    role: String,
    purpose: String,
    cells: [Sealed<String>; 3],
}

const COLUMNS: [&str; 3] = ["given_name", "family_name", "email"];

impl Guard {
    /// Adds a member of staff, in a role of the charter.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::Taken`] and [`Error::Weak`], each of which says what to do.
    pub async fn add_staff(&self, new: NewStaff<'_>) -> Result<Id<Staff>, Error> {
        let (role, given_name, family_name, email) = (new.role, new.given_name, new.family_name, new.email);
        if self.charter().role(role).is_none() {
            return Err(Error::Invalid(
                "the charter has no such role: see its [role.*] sections",
            ));
        }
        let hash = self.hash_password(new.password, email).await?;
        let new = NewColleague {
            role,
            given_name,
            family_name,
            email,
        };
        let made = self.make_staff(&new).await?;
        let home = Home::of(made.filed.clone());
        let id: Id<Staff> = home.filed.id().cast();
        let mut tx = self.begin().await?;
        self.file_staff(&mut tx, &made, Some(self.now())).await?;
        self.put_password(&mut tx, &Account::staff(id), &home, (&hash, None))
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Makes the key of a new account, and seals what is known of its owner.
    pub(super) async fn make_staff(&self, new: &NewColleague<'_>) -> Result<MadeStaff, Error> {
        if self.charter().role(new.role).is_none() {
            return Err(Error::NotFound);
        }
        let purpose = self.account_purpose(AccountKind::Staff)?;
        self.may_hold(&purpose, &COLUMNS)?;
        if !collect::is_email(new.email.trim()) {
            return Err(Error::Invalid("the e-mail address isn't one"));
        }
        if self.is_staff_email(new.email).await? {
            return Err(Error::Taken);
        }
        let id: Id<Staff> = self.id();
        let dossier: DossierId = id.cast();
        let email = self
            .vault
            .blind(LookupKind::Email, &collect::normal_email(new.email));
        let key = self
            .vault
            .make_keys(&[dossier], &[(dossier, LookupKind::Email, email)])
            .await?
            .remove(0);
        let texts = [new.given_name, new.family_name, new.email];
        let cells = std::array::from_fn(|nth| {
            let cell = Cell {
                table: "staff",
                column: COLUMNS[nth],
                row: id.as_bytes(),
            };
            key.seal::<String>(cell, texts[nth].trim().as_bytes())
        });
        Ok(MadeStaff {
            filed: Filed {
                key,
                person: id.cast::<Person>(),
            },
            role: new.role.to_owned(),
            purpose,
            cells,
        })
    }

    /// Writes the rows of a new account; one that is invited hasn't joined yet.
    pub(super) async fn file_staff(
        &self,
        tx: &mut Tx,
        made: &MadeStaff,
        joined_at: Option<Timestamp>,
    ) -> Result<(), Error> {
        let (dossier, now) = (made.filed.id(), self.now());
        let events = [charter::Trigger::Collected, charter::Trigger::LastActivity];
        self.file_dossiers(tx, &[&made.filed], &made.purpose, &self.charter(), &events)
            .await?;
        let [given_name, family_name, email] = &made.cells;
        sql("INSERT INTO staff (id, role, given_name, family_name, email, added_at, joined_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(dossier)
            .bind(PublicText::new(made.role.as_str()))
            .bind(given_name)
            .bind(family_name)
            .bind(email)
            .bind(now)
            .bind(joined_at)
            .bind(self.charter().version())
            .run(&mut *tx)
            .await?;
        let body = serde_json::json!({ "role": made.role, "invited": joined_at.is_none() });
        self.note(tx, "staff_added", Some(&made.filed.key), &body).await
    }

    /// Whether a member of staff who hasn't left has that address, invited or joined.
    async fn is_staff_email(&self, email: &str) -> Result<bool, Error> {
        for dossier in self.people_of_email(email).await? {
            let row = sql("SELECT id FROM staff WHERE id = $1 AND ended_at IS NULL")
                .bind(dossier)
                .optional(&self.db)
                .await?;
            if row.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A demo's way in without a password, for its index page.
    ///
    /// # Errors
    /// [`Error::NotFound`] on a real site.
    pub async fn demo_sign_in(&self, staff: Id<Staff>) -> Result<SessionToken, Error> {
        if !self.is_demo() || self.role_of(staff).await?.is_none() {
            return Err(Error::NotFound);
        }
        self.begin_session(AccountKind::Staff, staff.cast(), Device::UNKNOWN)
            .await
    }

    /// Whether it is an account of staff's: invited, open or ended.
    pub(crate) async fn is_staff(&self, id: Id<Staff>) -> Result<bool, Error> {
        let row = sql("SELECT id FROM staff WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?;
        Ok(row.is_some())
    }

    /// Asks whether the charter charges somebody's role with a duty: of who is named at the command line.
    ///
    /// # Errors
    /// [`Error::Forbidden`] otherwise.
    pub(crate) async fn charged(&self, staff: Id<Staff>, duty: Duty) -> Result<(), Error> {
        let role = self.role_of(staff).await?.ok_or(Error::Forbidden)?;
        let charter = self.charter();
        let charged = charter.role(&role).is_some_and(|role| role.has(duty));
        charged.then_some(()).ok_or(Error::Forbidden)
    }

    /// The role of an account that hasn't ended.
    pub(crate) async fn role_of(&self, staff: Id<Staff>) -> Result<Option<String>, Error> {
        let row = sql("SELECT role FROM staff WHERE id = $1 AND joined_at IS NOT NULL AND ended_at IS NULL")
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
        let rows = sql("SELECT id, role FROM staff WHERE joined_at IS NOT NULL AND ended_at IS NULL ORDER BY role, added_at, id")
            .all(&self.db)
            .await?;
        let account = |row: &Row| Ok((row.get("id")?, row.get::<PublicText, _>("role")?.into_string()));
        rows.iter().map(account).collect()
    }

    /// The members of staff in one of those roles who have joined and haven't left, in the order they came.
    ///
    /// # Errors
    /// The storage's.
    pub async fn staff_in(&self, roles: &[&str]) -> Result<Vec<Id<Staff>>, Error> {
        let rows = sql("SELECT id FROM staff WHERE joined_at IS NOT NULL AND ended_at IS NULL AND role IN ($list) ORDER BY added_at, id")
            .bind_list(roles.iter().map(|role| PublicText::new(*role)))
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok(row.get("id")?)).collect()
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

    /// The address that somebody signs in with, opened for themselves.
    pub(super) async fn address_of_staff(&self, id: Id<Staff>) -> Result<Option<Personal<String>>, Error> {
        let row = sql("SELECT email FROM staff WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let permit = self.permit_to_own_account(id);
        let reading = self.read(&permit, View::One, &[id.cast()]).await?;
        reading.open(id.cast(), "email", ("staff", "email"), id, &row.get("email")?)
    }
}

/// The name in full, as far as the reading shows it.
fn name(reading: &Reading<'_>, id: Id<Staff>, row: &Row) -> Result<Option<Shown<String>>, Error> {
    let part =
        |column: &'static str| reading.show(id.cast(), column, ("staff", column), id, &row.get(column)?);
    let (given, family) = (part("given_name")?, part("family_name")?);
    let any = given.is_some() || family.is_some();
    Ok(any.then(|| Shown::full_name(given.as_ref(), family.as_ref())))
}
