//! Owns: asking a person before the end whether to keep on, and their answer: by a link without signing in, or in their
//! area. Silence answers too, and never prolongs: the clock goes on as it was. Doesn't own: the mail's words (`app`),
//! when the question is due ([`super::clock`]).

use charter::Trigger;
use kernel::{Id, Timestamp, words};
use storage::{KeyedHash, Tx, sql};
use vault::{DossierId, JournalKind};

use super::{
    Until,
    erase::{Scope, Why},
};
use crate::{
    Actor, Error, Guard, Person,
    access::{is_token, random_token},
};

/// The kind of the job that asks; its subject is the dossier.
pub const ASK: &str = "guard.ask_renewal";
/// So many questions are put at a time.
const BATCH: u32 = 200;

words! {
    /// What a person answered.
    pub enum Answer {
        /// Keep on.
        Keep = "keep",
        /// Erase now.
        Erase = "erase",
    }
}

/// A renewal link's secret, for the mail alone.
pub struct RenewalToken(String);

impl RenewalToken {
    /// The text for the address.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

/// A question as it stands.
#[derive(Debug, Clone)]
pub struct Question {
    /// About which dossier.
    pub dossier: DossierId,
    /// Of whom.
    pub person: Id<Person>,
    /// The charter's purpose.
    pub purpose: String,
    /// Until when it is kept without an answer, by which retention.
    pub until: Option<Until>,
    /// What was answered already, and when.
    pub answered: Option<(Answer, Timestamp)>,
}

impl Guard {
    /// Hands the questions that are due to the jobs; gives how many.
    ///
    /// # Errors
    /// The storage's.
    pub async fn ask_renewals(&self) -> Result<usize, Error> {
        let due = sql(
            "SELECT dossier FROM clocks WHERE asks_at <= $1 AND asked_at IS NULL ORDER BY asks_at LIMIT $2",
        )
        .bind(self.now())
        .bind(BATCH)
        .all(&self.db)
        .await?;
        if due.is_empty() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        for row in &due {
            let dossier: DossierId = row.get("dossier")?;
            let asked = sql("UPDATE clocks SET asked_at = $2 WHERE dossier = $1 AND asked_at IS NULL")
                .bind(dossier)
                .bind(self.now())
                .run(&mut tx)
                .await?;
            if asked == 1 {
                self.enqueue(&mut tx, ASK, Some(dossier.cast()), self.now())
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(due.len())
    }

    /// The link that answers the question about a dossier, until its end.
    ///
    /// # Errors
    /// The storage's.
    pub async fn make_renewal(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        ends_at: Timestamp,
    ) -> Result<RenewalToken, Error> {
        let token = RenewalToken(random_token(&self.rng));
        sql("INSERT INTO renewals (token, dossier, asked_at, ends_at) VALUES ($1, $2, $3, $4)")
            .bind(self.renewal_hash(&token.0))
            .bind(dossier)
            .bind(self.now())
            .bind(ends_at)
            .run(tx)
            .await?;
        Ok(token)
    }

    /// The question behind a link.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link is none of ours, has ended, or what it asks about is gone.
    pub async fn renewal(&self, token: &str) -> Result<Question, Error> {
        if !is_token(token) {
            return Err(Error::NotFound);
        }
        let row = sql("SELECT dossier, answered_at, answer FROM renewals WHERE token = $1 AND ends_at > $2")
            .bind(self.renewal_hash(token))
            .bind(self.now())
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let answer: Option<Answer> = row.get("answer")?;
        let at: Option<Timestamp> = row.get("answered_at")?;
        self.question(row.get("dossier")?, answer.zip(at)).await
    }

    /// The questions that wait for the acting person's answer.
    ///
    /// # Errors
    /// The storage's.
    pub async fn renewals_of(&self, actor: &Actor) -> Result<Vec<Question>, Error> {
        let rows = sql(
            "SELECT c.dossier FROM clocks c JOIN dossiers d ON d.id = c.dossier \
             WHERE d.person IN ($list) AND c.asked_at IS NOT NULL ORDER BY c.due_at, c.dossier",
        )
        .bind_list(actor.people().iter().copied())
        .all(&self.db)
        .await?;
        let mut questions = Vec::with_capacity(rows.len());
        for row in &rows {
            questions.push(self.question(row.get("dossier")?, None).await?);
        }
        Ok(questions)
    }

    /// Answers by the link of the mail.
    ///
    /// # Errors
    /// [`Error::NotFound`] as [`Guard::renewal`]; [`Error::TooLate`] when it was answered already.
    pub async fn answer_renewal(&self, token: &str, answer: Answer) -> Result<Question, Error> {
        let question = self.renewal(token).await?;
        let mut tx = self.begin().await?;
        self.take_renewal(&mut tx, token, &question, answer).await?;
        tx.commit().await?;
        self.question_after(question, answer).await
    }

    /// As [`Guard::answer_renewal`], to the question that [`Guard::renewal`] gave, in the caller's transaction: it may hold
    /// what else follows from the answer.
    ///
    /// # Errors
    /// As [`Guard::answer_renewal`].
    pub async fn take_renewal(
        &self,
        tx: &mut Tx,
        token: &str,
        question: &Question,
        answer: Answer,
    ) -> Result<(), Error> {
        let first =
            sql("UPDATE renewals SET answered_at = $2, answer = $3 WHERE token = $1 AND answered_at IS NULL")
                .bind(self.renewal_hash(token))
                .bind(self.now())
                .bind(answer)
                .run(&mut *tx)
                .await?;
        if first == 0 {
            return Err(Error::TooLate);
        }
        self.take_answer(tx, question, answer).await
    }

    /// Answers in the person's own area.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that isn't asked of them.
    pub async fn answer_own_renewal(
        &self,
        actor: &Actor,
        dossier: DossierId,
        answer: Answer,
    ) -> Result<Question, Error> {
        let mut asked = self.renewals_of(actor).await?.into_iter();
        let question = asked
            .find(|question| question.dossier == dossier)
            .ok_or(Error::NotFound)?;
        let mut tx = self.begin().await?;
        sql("UPDATE renewals SET answered_at = $2, answer = $3 WHERE dossier = $1 AND answered_at IS NULL")
            .bind(dossier)
            .bind(self.now())
            .bind(answer)
            .run(&mut tx)
            .await?;
        self.take_answer(&mut tx, &question, answer).await?;
        tx.commit().await?;
        self.question_after(question, answer).await
    }

    /// A yes counts the time anew from now, or for the first time; a no erases, and is in the journal before anything
    /// else.
    async fn take_answer(&self, tx: &mut Tx, question: &Question, answer: Answer) -> Result<(), Error> {
        let dossier = question.dossier;
        match answer {
            Answer::Keep => {
                let happened = self.moments((&mut *tx).into(), dossier).await?;
                if happened.iter().any(|(event, _)| *event == Trigger::ConsentAsked) {
                    return self.agreed(tx, dossier).await;
                }
                let charter = self.charter();
                let counted: Vec<Trigger> = charter
                    .clocks(&question.purpose)
                    .filter(|one| one.ask.is_some())
                    .flat_map(|one| one.from.iter().copied())
                    .collect();
                let mut anew: Vec<Trigger> = happened
                    .iter()
                    .map(|(event, _)| *event)
                    .filter(|event| counted.contains(event))
                    .collect();
                if !anew.contains(&Trigger::LastContact) {
                    anew.push(Trigger::LastContact);
                }
                self.all_happened(tx, dossier, &anew, self.now()).await?;
            }
            Answer::Erase => {
                self.put_in_journal(JournalKind::Withdrawn, dossier, "dossier")
                    .await?;
                self.decide_erasure(tx, Scope::Dossier, dossier.cast(), Why::Declined, None)
                    .await?;
            }
        }
        let body = serde_json::json!({ "answer": kernel::Word::word(answer), "purpose": question.purpose });
        self.note(tx, "renewal_answered", None, &body).await
    }

    async fn question_after(&self, question: Question, answer: Answer) -> Result<Question, Error> {
        Ok(Question {
            until: match answer {
                Answer::Keep => self.until(&self.db, question.dossier).await?,
                Answer::Erase => None,
            },
            answered: Some((answer, self.now())),
            ..question
        })
    }

    /// The question about a dossier.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is gone.
    pub async fn question(
        &self,
        dossier: DossierId,
        answered: Option<(Answer, Timestamp)>,
    ) -> Result<Question, Error> {
        let row = self.dossier(&self.db, dossier).await?;
        Ok(Question {
            dossier,
            person: row.person,
            purpose: row.purpose,
            until: self.until(&self.db, dossier).await?,
            answered,
        })
    }

    fn renewal_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("renewal", token.as_bytes())
    }
}
