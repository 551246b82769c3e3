//! Owns: doing once what a program asks twice: what an `Idempotency-Key` stands for, for a day. Doesn't own: the header
//! and the answer's form (`app`).
//!
//! The ids that the work will bear are chosen when a key is first seen and written before the work begins. So work that
//! was cut short at any point is taken up under the same ids, and what was filed already is found instead of doubled.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use kernel::Id;
use storage::{KeyedHash, PublicText, sql};
use zeroize::Zeroizing;

use crate::{Actor, Error, Guard};

/// An answer is given again for so many seconds.
pub const KEPT_SECONDS: i64 = 24 * 3_600;
/// Work of which nothing was heard for so many seconds was cut short.
const LEASE_SECONDS: i64 = 600;
/// What the answer is sealed for. It holds nothing personal, and doesn't lie readable all the same.
const CONTEXT: &str = "once";

/// Work under a key, not done before. Dropped before it is [`Once::done`], it may be taken up again at once.
pub struct Once {
    guard: Guard,
    key: KeyedHash,
    ids: [Id<()>; 2],
    open: bool,
}

/// Work that was done.
pub struct Done {
    request: KeyedHash,
    answer: Zeroizing<Vec<u8>>,
}

/// What became of a key so far.
pub enum Begun {
    /// Nothing yet: to be done now.
    First(Once),
    /// Being done at this moment by another request.
    Running,
    /// Done.
    Done(Done),
}

impl Guard {
    /// Begins work under a key that the actor chose; the keys of different actors are different.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to who isn't staff.
    pub async fn once(&self, actor: &Actor, key: &str) -> Result<Begun, Error> {
        let staff = actor.staff().ok_or(Error::Forbidden)?;
        let key = self.vault.token_mac("once", format!("{staff} {key}").as_bytes());
        let now = self.now();
        let mut tx = self.begin().await?;
        sql("DELETE FROM once WHERE key = $1 AND ends_at <= $2")
            .bind(key)
            .bind(now)
            .run(&mut tx)
            .await?;
        let fresh = sql(
            "INSERT INTO once (key, first, second, lease_until, ends_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (key) DO NOTHING",
        )
        .bind(key)
        .bind(self.id::<()>())
        .bind(self.id::<()>())
        .bind(now.plus_seconds(LEASE_SECONDS))
        .bind(now.plus_seconds(KEPT_SECONDS))
        .run(&mut tx)
        .await?;
        // Work that was cut short is taken up by one of those who ask.
        let taken = fresh == 1
            || sql(
                "UPDATE once SET lease_until = $3 WHERE key = $1 AND answer IS NULL AND lease_until <= $2",
            )
            .bind(key)
            .bind(now)
            .bind(now.plus_seconds(LEASE_SECONDS))
            .run(&mut tx)
            .await?
                == 1;
        let row = sql("SELECT first, second, request, answer FROM once WHERE key = $1")
            .bind(key)
            .one(&mut tx)
            .await?;
        tx.commit().await?;
        if taken {
            return Ok(Begun::First(Once {
                guard: self.clone(),
                key,
                ids: [row.get("first")?, row.get("second")?],
                open: true,
            }));
        }
        let request: Option<KeyedHash> = row.get("request")?;
        let answer: Option<PublicText> = row.get("answer")?;
        let (Some(request), Some(answer)) = (request, answer) else {
            return Ok(Begun::Running);
        };
        let sealed = STANDARD_NO_PAD.decode(&*answer).unwrap_or_default();
        let answer = self
            .vault
            .open_token(CONTEXT, &sealed)
            .ok_or(vault::Error::Tampered)?;
        Ok(Begun::Done(Done { request, answer }))
    }

    fn request_hash(&self, request: &[u8]) -> KeyedHash {
        self.vault.token_mac("once-request", request)
    }
}

impl Once {
    /// The ids that what is made bears, the same at each attempt.
    #[must_use]
    pub fn ids(&self) -> [Id<()>; 2] {
        self.ids
    }

    /// Keeps the answer, and what it was an answer to. Neither may hold anything personal.
    ///
    /// # Errors
    /// The storage's.
    pub async fn done(mut self, request: &[u8], answer: &[u8]) -> Result<(), Error> {
        let sealed = STANDARD_NO_PAD.encode(self.guard.vault.seal_token(CONTEXT, answer));
        let mut tx = self.guard.begin().await?;
        sql("UPDATE once SET request = $2, answer = $3 WHERE key = $1")
            .bind(self.key)
            .bind(self.guard.request_hash(request))
            .bind(PublicText::new(sealed))
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Once {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let (guard, key) = (self.guard.clone(), self.key);
        platform::tasks::spawn("once", async move {
            if let Err(error) = guard.let_go(key).await {
                tracing::warn!(%error, "a key stays taken until its lease ends");
            }
        });
    }
}

impl Guard {
    async fn let_go(&self, key: KeyedHash) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("UPDATE once SET lease_until = $2 WHERE key = $1 AND answer IS NULL")
            .bind(key)
            .bind(self.now())
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

impl Done {
    /// The answer, when the same is asked as then; `None` when the key comes with something else.
    #[must_use]
    pub fn answer(self, guard: &Guard, request: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        (guard.request_hash(request) == self.request).then_some(self.answer)
    }
}
