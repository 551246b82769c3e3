//! Owns: what who is charged with data protection does about requests: the queue, taking one in work, asking for a proof
//! of identity, extending the time, answering, refusing. Doesn't own: what is done to the data ([`super::stop`],
//! [`crate::keep::erase`]), the mails' words.

use std::collections::HashMap;

use charter::{PurposeKind, vocabulary::Identity};
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{PublicText, Tx, sql};

use super::{
    Request, State, StepKind, deadline,
    request::{ALL, Opened, read},
};
use crate::{Actor, DossierId, Error, Filed, Guard, Person, Personal, Sealed, Shown, Staff, View};

/// Somebody whom an exact look-up finds, as far as it says: nothing of them is opened.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: Id<Person>,
    /// Since when they are filed.
    pub since: Timestamp,
    /// For which purposes something of theirs is kept.
    pub purposes: Vec<String>,
}

/// A look-up by name finds so many at most.
const FOUND: usize = 20;

/// A request at the desk, ready for a step about it.
pub struct AtHand {
    /// As it stood when it was looked at.
    pub request: Request,
    /// Its dossier.
    pub filed: Filed,
    /// Where its person is written to; nothing where no address is known.
    pub to: Option<Personal<String>>,
    staff: Id<Staff>,
}

impl Guard {
    /// The human who answers requests.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to anybody else.
    pub fn answers_rights(&self, actor: &Actor) -> Result<Id<Staff>, Error> {
        self.protector(actor)
    }

    /// The requests that are open, the most urgent first; or those that ended, the latest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn requests(
        &self,
        actor: &Actor,
        open: bool,
        after: Option<&Cursor>,
        size: usize,
    ) -> Result<Page<Request>, Error> {
        self.protector(actor)?;
        let (start, id) = if open { (i64::MIN, "") } else { (i64::MAX, "g") };
        let (at, id) = after.map_or((start, id), |cursor| (cursor.key, cursor.id.as_str()));
        let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
        let which = if open {
            "WHERE ended_at IS NULL AND (due_at > $1 OR (due_at = $1 AND id > $2)) ORDER BY due_at, id LIMIT $3"
        } else {
            "WHERE ended_at IS NOT NULL AND (ended_at < $1 OR (ended_at = $1 AND id < $2)) \
             ORDER BY ended_at DESC, id DESC LIMIT $3"
        };
        let rows = sql(ALL)
            .then(which)
            .bind(at)
            .bind(PublicText::new(id))
            .bind(limit)
            .all(&self.db)
            .await?;
        let rows: Vec<Request> = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page::cut(rows, size, |request| Cursor {
            key: request.ended_at.unwrap_or(request.due_at).as_millis(),
            id: request.id.to_string(),
        }))
    }

    /// How many requests wait, at most `most`; nothing for who doesn't answer them.
    ///
    /// # Errors
    /// The storage's.
    pub async fn requests_waiting(&self, actor: &Actor, most: u32) -> Result<Option<u64>, Error> {
        if self.protector(actor).is_err() {
            return Ok(None);
        }
        let row = sql("SELECT COUNT(*) AS count FROM (SELECT id FROM rights_requests WHERE ended_at IS NULL LIMIT $1) AS waiting")
            .bind(most)
            .one(&self.db)
            .await?;
        Ok(u64::try_from(row.get::<i64, _>("count")?).ok())
    }

    /// One request, opened at the desk.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`].
    pub async fn request_opened(&self, actor: &Actor, id: Id<Request>) -> Result<Opened, Error> {
        self.protector(actor)?;
        let permit = self.permit(actor, &[PurposeKind::AnswerRights])?;
        let request = self.request(&self.db, id).await?;
        self.open_request(&permit, request).await
    }

    /// Who asks, by name, for the rows of a list.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; the vault's.
    pub async fn request_names(
        &self,
        actor: &Actor,
        requests: &[Id<Request>],
    ) -> Result<HashMap<Id<Request>, Shown<String>>, Error> {
        self.protector(actor)?;
        let permit = self.permit(actor, &[PurposeKind::AnswerRights])?;
        let dossiers: Vec<DossierId> = requests.iter().map(|request| request.cast()).collect();
        let reading = self.read(&permit, View::List, &dossiers).await?;
        let rows = sql("SELECT id, given_name, family_name FROM rights_requests WHERE id IN ($list)")
            .bind_list(dossiers.iter().copied())
            .all(&self.db)
            .await?;
        let mut names = HashMap::with_capacity(rows.len());
        for row in &rows {
            let id: Id<Request> = row.get("id")?;
            let show = |field: &'static str| match row.get::<Option<Sealed<String>>, _>(field)? {
                Some(sealed) => reading.show(id.cast(), field, ("rights_requests", field), id, &sealed),
                None => Ok::<_, Error>(None),
            };
            let (given, family) = (show("given_name")?, show("family_name")?);
            names.insert(id, Shown::full_name(given.as_ref(), family.as_ref()));
        }
        Ok(names)
    }

    /// Whom an exact e-mail address, or all words of a name, find; nothing of them is opened.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; the vault's.
    pub async fn find_for_request(
        &self,
        actor: &Actor,
        email: &str,
        name: &str,
    ) -> Result<Vec<Candidate>, Error> {
        self.protector(actor)?;
        let typed = if email.trim().is_empty() { name } else { email };
        if typed.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for person in self.find_people(typed).await?.into_iter().take(FOUND) {
            if !self.is_a_person(person).await? {
                continue;
            }
            let rows = sql("SELECT purpose, MIN(opened_at) AS since FROM dossiers WHERE person = $1 GROUP BY purpose ORDER BY since, purpose")
                .bind(person)
                .all(&self.db)
                .await?;
            let Some(first) = rows.first() else { continue };
            let purposes = rows.iter().map(|row| row.get::<PublicText, _>("purpose"));
            found.push(Candidate {
                person,
                since: first.get("since")?,
                purposes: purposes
                    .map(|purpose| Ok(purpose?.into_string()))
                    .collect::<Result<_, Error>>()?,
            });
        }
        Ok(found)
    }

    /// A request that is open, for a step about it.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], [`Error::TooLate`] when it has ended.
    pub async fn request_at_hand(&self, actor: &Actor, id: Id<Request>) -> Result<AtHand, Error> {
        let staff = self.protector(actor)?;
        let request = self.request(&self.db, id).await?;
        if !request.state.is_open() {
            return Err(Error::TooLate);
        }
        let permit = self.permit(actor, &[PurposeKind::AnswerRights])?;
        let reading = self.read(&permit, View::One, &[id.cast()]).await?;
        Ok(AtHand {
            to: self.answers_to(&reading, &request).await?,
            filed: self.filed(id.cast()).await?,
            request,
            staff,
        })
    }

    /// Takes a request in work: who asks is sure enough.
    ///
    /// # Errors
    /// [`Error::TooLate`] when somebody has already.
    pub async fn take_in_work(&self, tx: &mut Tx, actor: &Actor, at: &AtHand) -> Result<(), Error> {
        if at.request.state == State::InWork {
            return Err(Error::TooLate);
        }
        self.move_request(tx, at, State::InWork).await?;
        self.add_step(tx, &at.filed, StepKind::Taken, Some(actor), "")
            .await
    }

    /// Asks for a proof of identity, on a doubt that is said (GDPR art. 12(6)). The clock goes on.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, or where the charter asks for none; [`Error::TooLate`] when it is asked.
    pub async fn ask_identity(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        at: &AtHand,
        reason: &str,
    ) -> Result<(), Error> {
        let charter = self.charter();
        if charter
            .rights()
            .is_none_or(|rights| rights.identity == Identity::Never)
        {
            return Err(Error::Invalid("the charter asks nobody for a proof of identity"));
        }
        if at.request.state == State::IdentityAsked {
            return Err(Error::TooLate);
        }
        let reason = said(reason)?;
        self.move_request(tx, at, State::IdentityAsked).await?;
        self.add_step(tx, &at.filed, StepKind::IdentityAsked, Some(actor), reason)
            .await
    }

    /// Extends the time once, with a reason that its person is told (GDPR art. 12(3)): only before the first term ends.
    /// Gives the request as it stands then.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, or where the charter has no extension; [`Error::TooLate`] once the first
    /// term has ended or it was extended already.
    pub async fn extend_request(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        at: &AtHand,
        reason: &str,
    ) -> Result<Request, Error> {
        let (charter, now, reason) = (self.charter(), self.now(), said(reason)?);
        let row = sql("SELECT first_due_at FROM rights_requests WHERE id = $1")
            .bind(at.request.id)
            .one(&mut *tx)
            .await?;
        let first: Timestamp = row.get("first_due_at")?;
        if now >= first {
            return Err(Error::TooLate);
        }
        let rights = charter.rights().ok_or(Error::NotFound)?;
        let due = deadline::extended(rights, first, &self.zone)
            .ok_or(Error::Invalid("the charter has no extension"))?;
        let extended = sql(
            "UPDATE rights_requests SET due_at = $2, extended_at = $3, handled_by = $4 \
             WHERE id = $1 AND extended_at IS NULL AND ended_at IS NULL",
        )
        .bind(at.request.id)
        .bind(due)
        .bind(now)
        .bind(at.staff)
        .run(&mut *tx)
        .await?;
        if extended == 0 {
            return Err(Error::TooLate);
        }
        self.add_step(tx, &at.filed, StepKind::Extended, Some(actor), reason)
            .await?;
        Ok(Request {
            due_at: due,
            extended_at: Some(now),
            ..at.request.clone()
        })
    }

    /// Answers, which ends the request.
    ///
    /// # Errors
    /// [`Error::Invalid`] without words, [`Error::TooLate`] when it has ended.
    pub async fn answer_request(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        at: &AtHand,
        text: &str,
    ) -> Result<(), Error> {
        let text = said(text)?;
        self.end_request(tx, &at.filed, &at.request, State::Answered, Some(at.staff))
            .await?;
        self.add_step(tx, &at.filed, StepKind::Answered, Some(actor), text)
            .await
    }

    /// Refuses with a reason, which ends the request.
    ///
    /// # Errors
    /// As [`Guard::answer_request`].
    pub async fn refuse_request(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        at: &AtHand,
        reason: &str,
    ) -> Result<(), Error> {
        let reason = said(reason)?;
        self.end_request(tx, &at.filed, &at.request, State::Refused, Some(at.staff))
            .await?;
        self.add_step(tx, &at.filed, StepKind::Refused, Some(actor), reason)
            .await
    }

    /// Notes what was done to the data about a request.
    pub(super) async fn note_step(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        at: &AtHand,
        kind: StepKind,
    ) -> Result<(), Error> {
        self.add_step(tx, &at.filed, kind, Some(actor), "").await
    }

    async fn move_request(&self, tx: &mut Tx, at: &AtHand, to: State) -> Result<(), Error> {
        let moved =
            sql("UPDATE rights_requests SET state = $2, handled_by = $4 WHERE id = $1 AND state = $3")
                .bind(at.request.id)
                .bind(to)
                .bind(at.request.state)
                .bind(at.staff)
                .run(tx)
                .await?;
        // Of two humans at it one is heard.
        (moved == 1).then_some(()).ok_or(Error::TooLate)
    }
}

/// What was said, when something was.
fn said(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > super::request::MOST {
        return Err(Error::Invalid("this takes words, and not too many"));
    }
    Ok(text)
}
