//! Owns: the door "send only where it says", as far as somebody receives for purposes of their own: by which of the
//! charter's shares, which fields, one record of each, and nothing without its person being told. Doesn't own: processors
//! ([`crate::send`]), what a recipient is told of it afterwards ([`crate::told`]), the mail's words and the file that is
//! handed over (the capability).

use charter::{
    Charter, Duty, Share, What,
    vocabulary::{ShareMode, ShareNotice},
};
use kernel::{Id, Timestamp};
use storage::{PublicText, Row, Tx, sql};
use vault::DossierId;

use crate::{Actor, Error, Filed, Guard, send::NewMail};

/// Marks the id of a sharing: the reference under which its recipient has what it received.
pub enum Sharing {}

/// Whoever was given something lately is offered again: so many sharings are looked at.
const LATELY: u32 = 50;
const COLUMNS: &str = "SELECT id, dossier, share, recipient, contact, fields, at FROM sharings";

/// Who receives: an organisation, not one of its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its name.
    pub name: String,
    /// Where a person reaches it about what it holds of them.
    pub contact: String,
}

/// What is to be given.
pub struct NewSharing<'a> {
    /// By which of the charter's shares.
    pub share: &'a str,
    /// Which of the charter's fields.
    pub fields: &'a [&'a str],
    /// To whom.
    pub to: &'a Recipient,
    /// What its person is told; needed unless the charter leaves it at its policy.
    pub letter: Option<NewMail<'a>>,
}

/// What somebody received.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The reference.
    pub id: Id<Sharing>,
    /// Of which dossier.
    pub dossier: DossierId,
    /// By which of the charter's shares.
    pub share: String,
    /// Who.
    pub recipient: Recipient,
    /// Which of the charter's fields.
    pub fields: Vec<String>,
    /// When.
    pub at: Timestamp,
}

/// The charter's shares by which a dossier of that purpose is given to somebody, each time by a human. One that waits for
/// a yes of its own isn't among them: nothing asks for it yet.
pub fn of_purpose<'c>(charter: &'c Charter, purpose: &str) -> impl Iterator<Item = &'c Share> {
    charter.shares().iter().filter(move |share| {
        share.mode == ShareMode::PerApplication
            && share.purposes.iter().any(|name| name == purpose)
            && matches!(share.receives, What::Fields(_))
            && !share.is_on_consent()
    })
}

impl Guard {
    /// Records in the caller's transaction that a human gives these fields of a dossier to somebody, and tells its person.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody but a human with the duty to recruit; [`Error::Refused`] when the charter doesn't
    /// share these fields so, or has no way to tell its person; [`Error::NotFound`] when nobody goes on using the dossier;
    /// [`Error::Invalid`] when the charter has its person told and there is no letter.
    pub async fn share(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        dossier: &Filed,
        new: NewSharing<'_>,
    ) -> Result<Id<Sharing>, Error> {
        let charter = self.charter();
        let staff = actor.on_duty(&charter, Duty::Recruit)?;
        if !actor.is_human() {
            return Err(Error::Forbidden);
        }
        let row = self.dossier(&mut *tx, dossier.id()).await?;
        let share = charter.may_share(new.share, &row.purpose, new.fields)?;
        let mut offered = of_purpose(&charter, &row.purpose);
        if row.restricted.is_some() || !offered.any(|one| one.name == share.name) {
            return Err(Error::NotFound);
        }
        if share.notice != ShareNotice::Policy && new.letter.is_none() {
            return Err(Error::Invalid("the charter has its person told of it"));
        }
        let human = self.pseudonym(&self.filed(staff.cast()).await?);
        let (id, fields): (Id<Sharing>, _) = (self.id(), new.fields.join(" "));
        sql("INSERT INTO sharings (id, dossier, share, recipient, contact, purpose, fields, at, staff, charter_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
            .bind(id)
            .bind(dossier.id())
            .bind(PublicText::new(share.name.as_str()))
            .bind(PublicText::new(new.to.name.as_str()))
            .bind(PublicText::new(new.to.contact.as_str()))
            .bind(PublicText::new(row.purpose.as_str()))
            .bind(PublicText::new(fields.as_str()))
            .bind(self.now())
            .bind(staff)
            .bind(charter.version())
            .run(&mut *tx)
            .await?;
        let body = serde_json::json!({ "share": share.name, "purpose": row.purpose, "fields": fields, "human": human });
        self.note(tx, "shared", Some(&dossier.key), &body).await?;
        if let Some(letter) = new.letter {
            self.queue_mail(tx, letter).await?;
        }
        Ok(id)
    }

    /// What was given of these dossiers, the newest first.
    ///
    /// # Errors
    /// The storage's.
    pub async fn shared_of(&self, dossiers: &[DossierId]) -> Result<Vec<Shared>, Error> {
        let mut shared = Vec::new();
        for some in dossiers.chunks(storage::LIST) {
            let rows = sql(COLUMNS)
                .then(" WHERE dossier IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in &rows {
                shared.push(read(row)?);
            }
        }
        shared.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
        Ok(shared)
    }

    /// What was given of anything of the acting person's, the newest first.
    ///
    /// # Errors
    /// The storage's.
    pub async fn shared_of_own(&self, actor: &Actor) -> Result<Vec<Shared>, Error> {
        let held = self.held_of(actor.people()).await?;
        let dossiers: Vec<DossierId> = held.iter().map(|held| held.dossier).collect();
        self.shared_of(&dossiers).await
    }

    /// One sharing.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn shared(&self, id: Id<Sharing>) -> Result<Shared, Error> {
        let row = sql(COLUMNS)
            .then(" WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?;
        read(&row.ok_or(Error::NotFound)?)
    }

    /// The latest of what each recipient of that share was given, the newest first.
    ///
    /// # Errors
    /// The storage's.
    pub async fn shared_lately(&self, share: &str) -> Result<Vec<Shared>, Error> {
        let rows = sql(COLUMNS)
            .then(" WHERE share = $1 ORDER BY at DESC LIMIT $2")
            .bind(PublicText::new(share))
            .bind(LATELY)
            .all(&self.db)
            .await?;
        let mut lately: Vec<Shared> = Vec::new();
        for row in &rows {
            let one = read(row)?;
            if !lately.iter().any(|other| other.recipient == one.recipient) {
                lately.push(one);
            }
        }
        Ok(lately)
    }
}

fn read(row: &Row) -> Result<Shared, Error> {
    let text = |column| Ok::<_, Error>(row.get::<PublicText, _>(column)?.into_string());
    let fields = text("fields")?;
    Ok(Shared {
        id: row.get("id")?,
        dossier: row.get("dossier")?,
        share: text("share")?,
        recipient: Recipient {
            name: text("recipient")?,
            contact: text("contact")?,
        },
        fields: fields.split(' ').map(str::to_owned).collect(),
        at: row.get("at")?,
    })
}

#[cfg(test)]
mod tests;
