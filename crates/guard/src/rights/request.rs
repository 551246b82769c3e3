//! Owns: requests as rows: filing one, in the person's area or for who wrote otherwise; its own person's look at it and
//! their taking it back. Doesn't own: what the desk does about it ([`super::desk`]).
//!
//! A request lies in a dossier of its own with its own copy of who asks, restricted from the first to who is charged
//! with data protection: erasing its person leaves it, since it proves what became of their right (GDPR art. 5(2)), and
//! nobody's name lives longer for it.

use charter::{Trigger, vocabulary::Right};
use kernel::{Id, Locale, Timestamp};
use storage::{On, PublicText, Row, Tx, sql};
use vault::{DossierId, Sealed};

use super::{Request, State, StepKind, Way, deadline};
use crate::{
    Actor, Error, Filed, Guard, Permit, Person, Personal, Reading, Shown, Staff, View, keep::hold::RIGHTS,
};

/// Marks the id of a step.
pub enum Step {}

/// What a request may say, in characters.
pub const MOST: usize = 8_000;
/// An area shows so many of one's requests, the newest.
const OWN: u32 = 50;

pub(super) const ALL: &str = "SELECT id, person, kind, way, state, language, received_at, due_at, extended_at, ended_at, handled_by \
     FROM rights_requests ";
const TABLE: &str = "rights_requests";
/// The columns with who asks, which bear the charter's names of the fields.
const WHO: [&str; 3] = ["given_name", "family_name", "email"];

/// Who asks, as the request keeps it.
#[derive(Default)]
pub struct Asker {
    /// Given name.
    pub given_name: Option<Personal<String>>,
    /// Family name.
    pub family_name: Option<Personal<String>>,
    /// Where answers go.
    pub email: Option<Personal<String>>,
}

impl Asker {
    /// As somebody wrote it who isn't the person: in a letter, by telephone.
    #[must_use]
    pub fn typed(given_name: &str, family_name: &str, email: &str) -> Self {
        let given = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| Personal::new(text.to_owned()))
        };
        Self {
            given_name: given(given_name),
            family_name: given(family_name),
            email: given(email),
        }
    }
}

/// A request to be filed.
pub struct NewRequest<'a> {
    /// Which right.
    pub kind: Right,
    /// How it came.
    pub way: Way,
    /// When it was received.
    pub received_at: Timestamp,
    /// The language its person is spoken to in.
    pub language: Locale,
    /// Who asks.
    pub asker: &'a Asker,
    /// What they ask, in words; may be empty.
    pub text: &'a str,
}

/// A step as it may be shown.
pub struct ShownStep {
    /// What was done.
    pub kind: StepKind,
    /// When.
    pub at: Timestamp,
    /// By whom of the staff.
    pub staff: Option<Id<Staff>>,
    /// In which role.
    pub role: Option<String>,
    /// Its words, where it has some.
    pub text: Option<Shown<String>>,
}

/// A request, opened.
pub struct Opened {
    /// Its row.
    pub request: Request,
    /// Given name, family name, e-mail, as far as they were given.
    pub who: [Option<Shown<String>>; 3],
    /// What is asked, in words.
    pub text: Option<Shown<String>>,
    /// What was done, the oldest first.
    pub steps: Vec<ShownStep>,
}

impl Guard {
    /// The key of a dossier for a request of that person, before the transaction that files it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the charter has no such purpose or the person isn't filed; the vault's.
    pub async fn new_request(&self, person: Id<Person>) -> Result<Filed, Error> {
        self.rights_purpose()?;
        if !self.is_a_person(person).await? {
            return Err(Error::NotFound);
        }
        let made = self.vault.make_keys(&[self.id()], &[]).await?;
        let key = made.into_iter().next().ok_or(Error::NotFound)?;
        Ok(Filed { key, person })
    }

    /// Files a request in the caller's transaction.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the charter doesn't declare that right, or it was received in the future;
    /// [`Error::Refused`] when its purpose doesn't use what is given; [`Error::TooLarge`].
    pub async fn file_request(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        new: NewRequest<'_>,
    ) -> Result<Request, Error> {
        let (charter, purpose, now) = (self.charter(), self.rights_purpose()?, self.now());
        let rights = charter.rights().ok_or(Error::NotFound)?;
        if !rights.offers.iter().any(|item| item.word == new.kind) {
            return Err(Error::Invalid("the charter declares no such right"));
        }
        if new.received_at > now {
            return Err(Error::Invalid("a request isn't received in the future"));
        }
        if new.text.chars().count() > MOST {
            return Err(Error::TooLarge);
        }
        self.may_hold(
            &purpose,
            &["given_name", "family_name", "email", "message", "rights_request"],
        )?;
        let first = deadline::first_due(rights, new.received_at, &self.zone);
        let request = Request {
            id: filed.id().cast(),
            person: filed.person,
            kind: new.kind,
            way: new.way,
            state: State::Received,
            language: new.language,
            received_at: new.received_at,
            due_at: first,
            extended_at: None,
            ended_at: None,
            handled_by: None,
        };
        self.file_dossiers(tx, &[filed], &purpose, &charter, &[Trigger::Submitted])
            .await?;
        sql("UPDATE dossiers SET restricted = $2 WHERE id = $1")
            .bind(filed.id())
            .bind(PublicText::new(RIGHTS))
            .run(&mut *tx)
            .await?;
        self.follow(tx, filed.person).await?;
        let asker = [&new.asker.given_name, &new.asker.family_name, &new.asker.email];
        let [given_name, family_name, email] = std::array::from_fn(|nth| {
            let value = asker[nth].as_ref();
            value.map(|value| filed.seal(TABLE, WHO[nth], request.id, value))
        });
        let text = Some(new.text.trim()).filter(|text| !text.is_empty());
        sql("INSERT INTO rights_requests (id, person, kind, way, state, language, received_at, first_due_at, due_at, \
             given_name, family_name, email, message, charter_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13)")
            .bind(request.id)
            .bind(request.person)
            .bind(request.kind)
            .bind(request.way)
            .bind(request.state)
            .bind(request.language)
            .bind(request.received_at)
            .bind(first)
            .bind(given_name)
            .bind(family_name)
            .bind(email)
            .bind(text.map(|text| filed.seal_own(TABLE, "message", request.id, text)))
            .bind(charter.version())
            .run(&mut *tx)
            .await?;
        self.add_step(tx, filed, StepKind::Received, None, "").await?;
        Ok(request)
    }

    /// The acting person's requests, newest first: at most fifty.
    ///
    /// # Errors
    /// The storage's.
    pub async fn own_requests(&self, actor: &Actor) -> Result<Vec<Request>, Error> {
        let rows = sql(ALL)
            .then("WHERE person IN ($list) ORDER BY received_at DESC, id DESC LIMIT $1")
            .bind(OWN)
            .bind_list(actor.people().iter().copied())
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }

    /// One of the acting person's requests, opened for them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't theirs.
    pub async fn own_request(&self, actor: &Actor, id: Id<Request>) -> Result<Opened, Error> {
        let request = self.find_own(actor, id).await?;
        let permit = self.permit(actor, &[charter::PurposeKind::AnswerRights])?;
        self.open_request(&permit, request).await
    }

    /// Its person takes a request back, in the caller's transaction.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't theirs, [`Error::TooLate`] when it has ended.
    pub async fn take_request_back(&self, actor: &Actor, id: Id<Request>) -> Result<(), Error> {
        let request = self.find_own(actor, id).await?;
        let filed = self.filed(request.id.cast()).await?;
        let mut tx = self.begin().await?;
        self.end_request(&mut tx, &filed, &request, State::Withdrawn, None)
            .await?;
        self.add_step(&mut tx, &filed, StepKind::Withdrawn, None, "")
            .await?;
        Ok(tx.commit().await?)
    }

    async fn find_own(&self, actor: &Actor, id: Id<Request>) -> Result<Request, Error> {
        let request = self.request(&self.db, id).await?;
        let own = actor.people().contains(&request.person);
        Some(request).filter(|_| own).ok_or(Error::NotFound)
    }

    pub(super) async fn request(&self, on: impl Into<On<'_>>, id: Id<Request>) -> Result<Request, Error> {
        let row = sql(ALL).then("WHERE id = $1").bind(id).optional(on).await?;
        read(&row.ok_or(Error::NotFound)?)
    }

    /// Opens a request and what was done about it.
    pub(super) async fn open_request(&self, permit: &Permit, request: Request) -> Result<Opened, Error> {
        let dossier: DossierId = request.id.cast();
        let reading = self.read(permit, View::One, &[dossier]).await?;
        if !reading.has(dossier) {
            return Err(Error::NotFound);
        }
        let row = sql("SELECT given_name, family_name, email, message FROM rights_requests WHERE id = $1")
            .bind(request.id)
            .one(&self.db)
            .await?;
        let show = |field: &'static str| -> Result<Option<Shown<String>>, Error> {
            match row.get::<Option<Sealed<String>>, _>(field)? {
                Some(sealed) => reading.show(dossier, field, (TABLE, field), request.id, &sealed),
                None => Ok(None),
            }
        };
        let [given_name, family_name, email] = WHO;
        Ok(Opened {
            who: [show(given_name)?, show(family_name)?, show(email)?],
            text: show("message")?,
            steps: self.steps(&reading, request.id).await?,
            request,
        })
    }

    /// Where answers to a request go, for a letter; nothing when no address is known.
    pub(super) async fn answers_to(
        &self,
        reading: &Reading<'_>,
        request: &Request,
    ) -> Result<Option<Personal<String>>, Error> {
        let row = sql("SELECT email FROM rights_requests WHERE id = $1")
            .bind(request.id)
            .one(&self.db)
            .await?;
        match row.get::<Option<Sealed<String>>, _>("email")? {
            Some(sealed) => reading.open(request.id.cast(), "email", (TABLE, "email"), request.id, &sealed),
            None => Ok(None),
        }
    }

    async fn steps(&self, reading: &Reading<'_>, request: Id<Request>) -> Result<Vec<ShownStep>, Error> {
        let rows = sql(
            "SELECT id, step, at, staff, role, text FROM rights_steps WHERE request = $1 ORDER BY at, id",
        )
        .bind(request)
        .all(&self.db)
        .await?;
        let mut steps = Vec::with_capacity(rows.len());
        for row in &rows {
            let id: Id<Step> = row.get("id")?;
            let text = match row.get::<Option<Sealed<String>>, _>("text")? {
                Some(sealed) => reading.show(
                    request.cast(),
                    "rights_request",
                    ("rights_steps", "text"),
                    id,
                    &sealed,
                )?,
                None => None,
            };
            steps.push(ShownStep {
                kind: row.get("step")?,
                at: row.get("at")?,
                staff: row.get("staff")?,
                role: row
                    .get::<Option<PublicText>, _>("role")?
                    .map(PublicText::into_string),
                text,
            });
        }
        Ok(steps)
    }

    /// Writes a step into the request's history and the ledger.
    pub(super) async fn add_step(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        kind: StepKind,
        by: Option<&Actor>,
        text: &str,
    ) -> Result<(), Error> {
        let id: Id<Step> = self.id();
        let text = Some(text).filter(|text| !text.is_empty());
        let role = by.and_then(Actor::role);
        sql(
            "INSERT INTO rights_steps (id, request, step, at, staff, role, text, charter_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(filed.id())
        .bind(kind)
        .bind(self.now())
        .bind(by.and_then(Actor::staff))
        .bind(role.map(PublicText::new))
        .bind(text.map(|text| filed.seal_own("rights_steps", "text", id, text)))
        .bind(self.charter().version())
        .run(&mut *tx)
        .await?;
        let body = serde_json::json!({ "step": kernel::Word::word(kind), "role": role });
        self.note(tx, "rights_request", Some(&filed.key), &body).await
    }

    /// Ends a request that is open; its clock starts.
    pub(super) async fn end_request(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        request: &Request,
        state: State,
        staff: Option<Id<Staff>>,
    ) -> Result<(), Error> {
        let now = self.now();
        let ended = sql(
            "UPDATE rights_requests SET state = $2, ended_at = $3, handled_by = COALESCE($4, handled_by) \
             WHERE id = $1 AND ended_at IS NULL",
        )
        .bind(request.id)
        .bind(state)
        .bind(now)
        .bind(staff)
        .run(&mut *tx)
        .await?;
        if ended == 0 {
            return Err(Error::TooLate);
        }
        self.happened(tx, filed.id(), Trigger::EndOfRequest, now).await
    }
}

pub(super) fn read(row: &Row) -> Result<Request, Error> {
    Ok(Request {
        id: row.get("id")?,
        person: row.get("person")?,
        kind: row.get("kind")?,
        way: row.get("way")?,
        state: row.get("state")?,
        language: row.get("language")?,
        received_at: row.get("received_at")?,
        due_at: row.get("due_at")?,
        extended_at: row.get("extended_at")?,
        ended_at: row.get("ended_at")?,
        handled_by: row.get("handled_by")?,
    })
}
