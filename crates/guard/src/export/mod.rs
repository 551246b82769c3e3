//! Owns: a copy of everything held about a person: which rows there are, gathered from what every capability declares to
//! keep, opened under a permit, without anybody else in it and without what the person hasn't been told yet. Doesn't own:
//! the forms in which it is handed out (the product's archive), the tables ([`crate::Holdings`]).
//!
//! The walk is the one that [`crate::keep::erase`] takes: whatever ends with one of the person's dossiers is in their
//! copy. So nothing is erased that couldn't be asked for, and nothing given out that would stay behind.

mod archive;
mod gather;
mod mask;
mod names;
mod told;

use charter::FileType;
use kernel::{Date, Id, Timestamp};
use vault::{DossierId, DossierKey, SealedFile};

use crate::{Actor, Error, Guard, Permit, Person, Shown, Staff, own::Held};

pub use archive::Entry;

/// Takes out of a dossier's rows what its person hasn't been told yet of a refusal: by a capability, for its own rows.
pub type Untold = fn(&mut Vec<Row>);

/// Everything held about a person, and whoever is joined to them.
pub struct Everything {
    /// Whom it is about; of several who are joined, the main one first.
    pub people: Vec<Id<Person>>,
    /// Each thing that is kept and ends by itself, newest first.
    pub dossiers: Vec<Dossier>,
    /// What names the person and lies in no dossier.
    pub rest: Vec<Row>,
    /// The files themselves.
    pub copies: Copies,
}

/// Files on their way into an archive.
#[derive(Default)]
pub struct Copies(Vec<Copy>);

impl Copies {
    /// What each is called in the folder of files, and how long it is, in bytes.
    pub fn names(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|copy| (copy.name.as_str(), copy.size))
    }
}

/// One thing that is kept.
pub struct Dossier {
    /// As the person's area shows it.
    pub held: Held,
    /// Whose.
    pub person: Id<Person>,
    /// The version of the charter under which it was collected.
    pub charter: u32,
    /// Why nobody goes on using it: `hold`, `request`, or the retention whose floor or archive it stays under.
    pub restricted: Option<String>,
    /// Every row of it, in the order of the declarations.
    pub rows: Vec<Row>,
    /// Its files.
    pub files: Vec<File>,
}

/// A row of a table.
#[derive(Clone)]
pub struct Row {
    /// Of which.
    pub table: &'static str,
    /// The id it is sealed under, where it has one.
    pub id: Option<Id<()>>,
    /// Its plain columns.
    pub facts: Vec<(&'static str, Fact)>,
    /// Its personal columns; one that is empty isn't there.
    pub values: Vec<Value>,
}

/// What a plain column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Nothing.
    Nothing,
    /// A word of a list, or a published text.
    Word(String),
    /// A number.
    Number(i64),
    /// A moment.
    At(Timestamp),
    /// A day.
    Day(Date),
    /// Another row, or what is published.
    Reference(Id<()>),
    /// A member of staff, by the role they have; `None` once the account is gone.
    Staff(Option<String>),
    /// Somebody else.
    SomebodyElse,
    /// What stands there can't be read.
    Unreadable,
}

/// What a personal column holds.
#[derive(Clone)]
pub struct Value {
    /// Which column.
    pub column: &'static str,
    /// The charter's field behind it.
    pub field: String,
    /// What it says.
    pub content: Content,
}

/// An opened value, or why there is none.
#[derive(Clone)]
pub enum Content {
    /// As it was given or written.
    Shown(Shown<String>),
    /// No text: a keyed hash by which something is found again, in hexadecimal digits.
    Fingerprint(String),
    /// It was tampered with.
    Unreadable,
    /// It opens the account: whoever had the copy would have the key.
    Withheld,
}

/// A file of a dossier.
#[derive(Debug, Clone)]
pub struct File {
    /// Which.
    pub id: Id<SealedFile>,
    /// The charter's field it answers.
    pub field: String,
    /// What it is.
    pub kind: FileType,
    /// How long it is, in bytes.
    pub size: u64,
    /// What it is called in the archive's folder of files; `None` when it can't be read.
    pub name: Option<String>,
}

impl File {
    /// Where it lies in the archive.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.name.as_deref().map(names::path)
    }
}

/// A file on its way into an archive.
struct Copy {
    dossier: DossierId,
    id: Id<SealedFile>,
    key: DossierKey,
    size: u64,
    name: String,
}

impl Row {
    /// What the row says in that plain column.
    #[must_use]
    pub fn fact(&self, column: &str) -> Option<&Fact> {
        self.facts
            .iter()
            .find(|(name, _)| *name == column)
            .map(|(_, fact)| fact)
    }

    /// The word in that plain column.
    #[must_use]
    pub fn word(&self, column: &str) -> Option<&str> {
        match self.fact(column) {
            Some(Fact::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The number in that plain column.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<i64> {
        match self.fact(column) {
            Some(Fact::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The moment in that plain column.
    #[must_use]
    pub fn at(&self, column: &str) -> Option<Timestamp> {
        match self.fact(column) {
            Some(Fact::At(at)) => Some(*at),
            _ => None,
        }
    }

    /// Lets a plain column say something else.
    pub fn set(&mut self, column: &str, says: Fact) {
        if let Some((_, fact)) = self.facts.iter_mut().find(|(name, _)| *name == column) {
            *fact = says;
        }
    }
}

impl Everything {
    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        let dossiers = self.dossiers.iter().flat_map(|dossier| &dossier.rows);
        dossiers.chain(&self.rest)
    }

    fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        let dossiers = self.dossiers.iter_mut().flat_map(|dossier| &mut dossier.rows);
        dossiers.chain(&mut self.rest)
    }
}

impl Guard {
    /// Everything held about the acting person, opened for themselves.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no person acts.
    pub async fn everything_of_own(&self, actor: &Actor, untold: &[Untold]) -> Result<Everything, Error> {
        let people = actor.people();
        if people.is_empty() {
            return Err(Error::NotFound);
        }
        let permit = self.permit_to_own(people);
        self.copy(&permit, people, untold, serde_json::json!({ "by": "person" }))
            .await
    }

    /// Everything held about a person, opened by a member of staff who hands it to them. The person sees that it was
    /// opened, by which role.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty to protect, or when the charter doesn't name their role as the reader of what
    /// people request; [`Error::NotFound`] when nothing is held about that person.
    pub async fn everything_for(
        &self,
        person: Id<Person>,
        staff: Id<Staff>,
        untold: &[Untold],
    ) -> Result<Everything, Error> {
        let role = self.role_of(staff).await?.ok_or(Error::Forbidden)?;
        // Who may, then what there is.
        let people = self.joined(&self.db, person).await?;
        let permit = self.permit_to_copy(staff, &role, &people)?;
        if self.is_staff(person.cast()).await? {
            return Err(Error::NotFound);
        }
        let human = self.pseudonym(&self.filed(staff.cast()).await?);
        self.copy(
            &permit,
            &people,
            untold,
            serde_json::json!({ "by": role, "human": human }),
        )
        .await
    }

    async fn copy(
        &self,
        permit: &Permit,
        people: &[Id<Person>],
        untold: &[Untold],
        mut said: serde_json::Value,
    ) -> Result<Everything, Error> {
        let held = self.held_of(people).await?;
        if held.is_empty() {
            return Err(Error::NotFound);
        }
        let mut everything = self.gather(permit, people, held).await?;
        self.hide_untold(&mut everything, untold).await?;
        self.mask(&mut everything).await?;
        said["dossiers"] = everything.dossiers.len().into();
        said["files"] = everything.copies.0.len().into();
        let main = everything.people.first().copied();
        let filed = match main {
            Some(person) => self.still_filed(person).await?,
            None => None,
        };
        let mut tx = self.begin().await?;
        self.note(
            &mut tx,
            "copy_made",
            filed.as_ref().map(|filed| &filed.key),
            &said,
        )
        .await?;
        tx.commit().await?;
        Ok(everything)
    }
}
