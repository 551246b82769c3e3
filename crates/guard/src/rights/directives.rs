//! Owns: what somebody lays down for what becomes of their data after their death (loi Informatique et Libertés art. 85):
//! kept sealed as a request of their own that is answered by being kept. Doesn't own: noting a death ([`super::stop`]).

use charter::{PurposeKind, Trigger, vocabulary::Right};
use storage::{Tx, sql};

use super::{
    Request, State, StepKind, Way,
    request::{ALL, Asker, NewRequest, Opened, read},
};
use crate::{Actor, Error, Filed, Guard, Person};
use kernel::{Id, Locale};

impl Guard {
    /// Keeps the acting person's directives in the caller's transaction, in the place of what they said before. They
    /// are kept as long as the charter keeps a request.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the charter doesn't declare the right, or nothing is said.
    pub async fn keep_directives(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        (asker, language): (&Asker, Locale),
        text: &str,
    ) -> Result<(), Error> {
        if text.trim().is_empty() {
            return Err(Error::Invalid("directives take words"));
        }
        let new = NewRequest {
            kind: Right::PostMortem,
            way: Way::Area,
            received_at: self.now(),
            language,
            asker,
            text,
        };
        let people = self.joined(&mut *tx, filed.person).await?;
        self.drop_directives(tx, &people).await?;
        let request = self.file_request(tx, filed, new).await?;
        self.end_request(tx, filed, &request, State::Answered, None)
            .await?;
        self.add_step(tx, filed, StepKind::Answered, None, "").await
    }

    /// The acting person takes their directives back; gives whether there were any.
    ///
    /// # Errors
    /// The storage's.
    pub async fn withdraw_directives(&self, actor: &Actor) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let dropped = self.drop_directives(&mut tx, actor.people()).await?;
        self.note(
            &mut tx,
            "directives_withdrawn",
            None,
            &serde_json::json!({ "requests": dropped }),
        )
        .await?;
        tx.commit().await?;
        Ok(dropped > 0)
    }

    async fn drop_directives(&self, tx: &mut Tx, people: &[Id<Person>]) -> Result<usize, Error> {
        let rows = sql(
            "UPDATE rights_requests SET state = $1, message = NULL, ended_at = $2 \
             WHERE person IN ($list) AND kind = $3 AND way = $4 AND state = $5 RETURNING id",
        )
        .bind(State::Withdrawn)
        .bind(self.now())
        .bind(Right::PostMortem)
        .bind(Way::Area)
        .bind(State::Answered)
        .bind_list(people.iter().copied())
        .all(&mut *tx)
        .await?;
        for row in &rows {
            let id: Id<Request> = row.get("id")?;
            self.happened(tx, id.cast(), Trigger::EndOfRequest, self.now())
                .await?;
        }
        Ok(rows.len())
    }

    /// The acting person's directives, opened for them.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn own_directives(&self, actor: &Actor) -> Result<Option<Opened>, Error> {
        let permit = self.permit(actor, &[PurposeKind::AnswerRights])?;
        let mut found = self.directives_of(actor.people()).await?;
        match found.pop() {
            Some(request) => Ok(Some(self.open_request(&permit, request).await?)),
            None => Ok(None),
        }
    }

    /// What the people whom a request is about laid down, opened at the desk.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn directives_for(&self, actor: &Actor, request: &Request) -> Result<Vec<Opened>, Error> {
        self.protector(actor)?;
        let permit = self.permit(actor, &[PurposeKind::AnswerRights])?;
        let people = self.joined(&self.db, request.person).await?;
        let mut directives = Vec::new();
        for found in self.directives_of(&people).await? {
            directives.push(self.open_request(&permit, found).await?);
        }
        Ok(directives)
    }

    async fn directives_of(&self, people: &[Id<Person>]) -> Result<Vec<Request>, Error> {
        let rows = sql(ALL)
            .then(
                "WHERE person IN ($list) AND kind = $1 AND way = $2 AND state = $3 ORDER BY received_at, id",
            )
            .bind(Right::PostMortem)
            .bind(Way::Area)
            .bind(State::Answered)
            .bind_list(people.iter().copied())
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }
}
