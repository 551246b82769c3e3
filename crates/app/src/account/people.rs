//! Owns: people: their rows and what opens of them under a permit. Doesn't own: their applications, their sign-in.

use std::collections::HashMap;

use guard::{
    Actor, DossierId, Error, Filed, Guard, Permit, Person, Personal, Reading, Sealed, Shown, View,
    collect::Answers,
    rights::{correct::Corrected, request::Asker},
};
use kernel::{Cursor, Id, Locale, Page};
use serde::Serialize;
use storage::{On, Row, Tx, sql};

/// The fields of the charter that say who somebody is; what else a form asks belongs to its own dossier.
pub const IDENTITY: [&str; 4] = ["given_name", "family_name", "email", "phone"];

/// A person's row, sealed.
pub struct SealedPerson {
    /// Who.
    pub id: Id<Person>,
    /// The language they wrote in.
    pub language: Locale,
    cells: [Option<Sealed<String>>; 4],
}

/// A person, as far as a permit shows one. A field that isn't there or isn't shown is absent.
#[derive(Clone, Serialize)]
pub struct ShownPerson {
    /// Given name.
    pub given_name: Option<Shown<String>>,
    /// Family name.
    pub family_name: Option<Shown<String>>,
    /// E-mail.
    pub email: Option<Shown<String>>,
    /// Telephone.
    pub phone: Option<Shown<String>>,
    /// The name in full.
    pub name: Shown<String>,
    /// The language they are spoken to in.
    #[serde(skip)]
    pub language: Locale,
}

/// A person who was looked up.
pub struct Found {
    /// Who.
    pub id: Id<Person>,
    /// The language they wrote in.
    pub language: Locale,
    /// What the permit shows of them.
    pub person: ShownPerson,
}

/// Adds the person a form is about.
///
/// # Errors
/// The storage's.
pub async fn add(tx: &mut Tx, guard: &Guard, answers: &Answers, language: Locale) -> Result<(), Error> {
    let person = answers.person();
    let cell = |field: &'static str| {
        answers
            .value(field)
            .map(|value| answers.identity.seal("people", field, person, &value))
    };
    sql("INSERT INTO people (id, language, given_name, family_name, email, phone, added_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(person)
        .bind(language)
        .bind(cell("given_name"))
        .bind(cell("family_name"))
        .bind(cell("email"))
        .bind(cell("phone"))
        .bind(guard.now())
        .bind(answers.charter_version())
        .later(tx)
        .await?;
    Ok(())
}

/// Writes the address of somebody, under the identity it is sealed with.
///
/// # Errors
/// The storage's.
pub async fn set_email(
    tx: &mut Tx,
    guard: &Guard,
    identity: &Filed,
    email: &Personal<String>,
) -> Result<(), Error> {
    let person = identity.person();
    sql("UPDATE people SET email = $2, charter_version = $3 WHERE id = $1")
        .bind(person)
        .bind(identity.seal("people", "email", person, email))
        .bind(guard.charter().version())
        .run(tx)
        .await?;
    Ok(())
}

/// Writes what somebody corrected, under the identity it is sealed with.
///
/// # Errors
/// The storage's.
pub async fn correct(tx: &mut Tx, guard: &Guard, corrected: &Corrected) -> Result<(), Error> {
    let person = corrected.identity.person();
    for (field, value) in &corrected.values {
        let sealed = value
            .as_ref()
            .map(|value| corrected.identity.seal("people", field, person, value));
        sql("UPDATE people SET ")
            .then(field)
            .then(" = $2, charter_version = $3 WHERE id = $1")
            .bind(person)
            .bind(sealed)
            .bind(guard.charter().version())
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Writes the language in which these people are spoken to.
///
/// # Errors
/// The storage's.
pub async fn set_language(tx: &mut Tx, people: &[Id<Person>], language: Locale) -> Result<(), Error> {
    sql("UPDATE people SET language = $1 WHERE id IN ($list)")
        .bind(language)
        .bind_list(people.iter().copied())
        .run(tx)
        .await?;
    Ok(())
}

/// The language in which somebody is spoken to.
///
/// # Errors
/// The storage's.
pub async fn language(guard: &Guard, person: Id<Person>) -> Result<Option<Locale>, Error> {
    let row = sql("SELECT language FROM people WHERE id = $1")
        .bind(person)
        .optional(guard.db())
        .await?;
    Ok(row.map(|row| row.get("language")).transpose()?)
}

/// The acting person's own address, opened for themselves; nothing for anybody else.
///
/// # Errors
/// The storage's and the vault's.
pub async fn own_address(guard: &Guard, actor: &Actor) -> Result<Option<Personal<String>>, Error> {
    let Some(person) = actor.person() else {
        return Ok(None);
    };
    let Some(sealed) = find(guard, &[person]).await?.remove(&person) else {
        return Ok(None);
    };
    let permit = crate::applications::service::permit(guard, actor)?;
    let reading = guard.read(&permit, View::One, &[sealed.dossier()]).await?;
    sealed.email(&reading).map(Some)
}

/// The rows of those people; one that isn't there is left out.
///
/// # Errors
/// The storage's.
pub async fn find(guard: &Guard, ids: &[Id<Person>]) -> Result<HashMap<Id<Person>, SealedPerson>, Error> {
    let mut people = HashMap::with_capacity(ids.len());
    for some in ids.chunks(storage::LIST) {
        let rows =
            sql("SELECT id, language, given_name, family_name, email, phone FROM people WHERE id IN ($list)")
                .bind_list(some.iter().copied())
                .all(On::Db(guard.db()))
                .await?;
        for row in &rows {
            let person = read(row)?;
            people.insert(person.id, person);
        }
    }
    Ok(people)
}

/// One page of the people whom words of their name, or an e-mail address, find and whom the permit shows, newest
/// first. Looking is recorded as a list.
///
/// # Errors
/// The storage's and the vault's.
pub async fn look_up(
    guard: &Guard,
    permit: &Permit,
    words: &str,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Found>, Error> {
    let found = guard.find_people(words).await?;
    let dossiers: Vec<DossierId> = found.iter().map(|id| id.cast()).collect();
    let reached = guard.reached(permit, &dossiers).await?;
    let rows: Vec<Id<Person>> = found
        .into_iter()
        .filter(|id| reached.contains(&id.cast()))
        .filter(|id| after.is_none_or(|after| id.to_string() < after.id))
        .take(size + 1)
        .collect();
    let page = Page::cut(rows, size, |id| Cursor {
        key: 0,
        id: id.to_string(),
    });
    let rows = show(guard, permit, View::List, &page.rows).await?;
    Ok(Page {
        rows,
        next: page.next,
    })
}

/// One person, opened.
///
/// # Errors
/// [`Error::NotFound`] when there is none whom this permit shows.
pub async fn one(guard: &Guard, permit: &Permit, id: Id<Person>) -> Result<Found, Error> {
    let mut found = show(guard, permit, View::One, &[id]).await?;
    found.pop().ok_or(Error::NotFound)
}

async fn show(guard: &Guard, permit: &Permit, view: View, ids: &[Id<Person>]) -> Result<Vec<Found>, Error> {
    let people = find(guard, ids).await?;
    let dossiers: Vec<DossierId> = ids.iter().map(|id| id.cast()).collect();
    let reading = guard.read(permit, view, &dossiers).await?;
    ids.iter()
        .filter(|id| reading.has(id.cast()))
        .filter_map(|id| people.get(id))
        .map(|person| {
            Ok(Found {
                id: person.id,
                language: person.language,
                person: person.show(&reading)?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<SealedPerson, Error> {
    let mut cells: [Option<Sealed<String>>; 4] = [const { None }; 4];
    for (cell, column) in cells.iter_mut().zip(IDENTITY) {
        *cell = row.get(column)?;
    }
    Ok(SealedPerson {
        id: row.get("id")?,
        language: row.get("language")?,
        cells,
    })
}

impl ShownPerson {
    /// What is shown of who they are, by the charter's names.
    pub fn identity(&self) -> impl Iterator<Item = (&'static str, &Shown<String>)> {
        let all = [&self.given_name, &self.family_name, &self.email, &self.phone];
        let all = IDENTITY.into_iter().zip(all);
        all.filter_map(|(field, value)| Some((field, value.as_ref()?)))
    }

    /// True when one of the values was tampered with.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.identity().any(|(_, value)| value.is_damaged())
    }
}

impl SealedPerson {
    /// The dossier their name and contact are sealed under.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.id.cast()
    }

    /// What a reading shows of them.
    ///
    /// # Errors
    /// The vault's when a value was tampered with.
    pub fn show(&self, reading: &Reading<'_>) -> Result<ShownPerson, Error> {
        let field = |nth: usize| -> Result<Option<Shown<String>>, Error> {
            let Some(sealed) = &self.cells[nth] else {
                return Ok(None);
            };
            reading.show(
                self.dossier(),
                IDENTITY[nth],
                ("people", IDENTITY[nth]),
                self.id,
                sealed,
            )
        };
        let (given_name, family_name) = (field(0)?, field(1)?);
        let name = Shown::full_name(given_name.as_ref(), family_name.as_ref());
        Ok(ShownPerson {
            given_name,
            family_name,
            email: field(2)?,
            phone: field(3)?,
            name,
            language: self.language,
        })
    }

    /// Who they are, for a request of their own, which keeps its own copy.
    ///
    /// # Errors
    /// The vault's when a value was tampered with.
    pub fn asker(&self, reading: &Reading<'_>) -> Result<Asker, Error> {
        let open = |nth: usize| match &self.cells[nth] {
            Some(sealed) => {
                let (field, cell) = (IDENTITY[nth], ("people", IDENTITY[nth]));
                reading.open(self.dossier(), field, cell, self.id, sealed)
            }
            None => Ok(None),
        };
        Ok(Asker {
            given_name: open(0)?,
            family_name: open(1)?,
            email: open(2)?,
        })
    }

    /// The address to write to, for a letter.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none that this reading opens.
    pub fn email(&self, reading: &Reading<'_>) -> Result<Personal<String>, Error> {
        let sealed = self.cells[2].as_ref().ok_or(Error::NotFound)?;
        reading
            .open(self.dossier(), "email", ("people", "email"), self.id, sealed)?
            .ok_or(Error::NotFound)
    }
}
