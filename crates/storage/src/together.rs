//! Owns: SQLite transactions that are whole before their first statement runs, committed together: those that come
//! while one is being synced share the next sync. Doesn't own: what is in them, those that ask on their way (`tx.rs`).
//!
//! Each durable commit of SQLite's waits for the disk, one after the other, and a form that arrives takes three of them.
//! PostgreSQL lets its commits share a sync by itself.

use std::{
    slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
};

use sqlx::SqlitePool;
use tokio::{runtime::Handle, sync::oneshot};

use crate::{
    Error, Tx,
    conn::{Conn, Statement},
    db::{self, Changes},
};

/// How many share one at most: a crowd, and no more statements than take some tens of milliseconds.
const MOST: usize = 32;

/// SQLite's one writer and who waits to share it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Writer {
    pub(crate) pool: SqlitePool,
    pub(crate) changes: Changes,
    queue: Arc<Mutex<Queue>>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Whole>,
    /// True while a task works on it.
    at_work: bool,
}

/// A transaction, its first word and its last aside.
struct Whole {
    statements: Vec<Statement>,
    done: oneshot::Sender<Result<(), Error>>,
}

impl Writer {
    pub(crate) fn new(pool: SqlitePool, changes: Changes) -> Self {
        Self {
            pool,
            changes,
            queue: Arc::default(),
        }
    }

    /// Makes those statements durable, all or none. Once asked it goes on, whoever waits for it or hangs up.
    pub(crate) async fn write(&self, statements: Vec<Statement>) -> Result<(), Error> {
        let (done, outcome) = oneshot::channel();
        let idle = {
            let mut queue = self.queue();
            queue.waiting.push(Whole { statements, done });
            !std::mem::replace(&mut queue.at_work, true)
        };
        if idle {
            let at_work = AtWork {
                writer: self.clone(),
                over: false,
            };
            #[expect(clippy::disallowed_methods, reason = "storage lies below platform")]
            drop(Handle::current().spawn(async move { at_work.go().await }));
        }
        outcome.await.unwrap_or(Err(Error::Unavailable))
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task; where it ends before its work (the runtime stops), nobody waits for it in vain.
struct AtWork {
    writer: Writer,
    over: bool,
}

impl AtWork {
    async fn go(mut self) {
        loop {
            // While we wait for our turn others come.
            let turn = db::turn(self.writer.pool.acquire().await);
            let some = {
                let mut queue = self.writer.queue();
                let most = queue.waiting.len().min(MOST);
                queue.at_work = most > 0;
                self.over = most == 0;
                queue.waiting.drain(..most).collect::<Vec<_>>()
            };
            if self.over {
                return;
            }
            match turn {
                Ok(conn) => self.write(Conn::Sqlite(conn), some).await,
                Err(error) => told(some, &error),
            }
            self.writer.changes.fetch_add(1, Ordering::Release);
        }
    }

    async fn write(&self, conn: Conn, all: Vec<Whole>) {
        match commit(conn, &all).await {
            Ok(()) => all.into_iter().for_each(|whole| whole.tell(Ok(()))),
            // One that can't be written keeps no other from it: each learns alone why.
            Err(error) if all.len() > 1 && !error.is_temporary() => {
                for whole in all {
                    let done = match db::turn(self.writer.pool.acquire().await) {
                        Ok(conn) => commit(Conn::Sqlite(conn), slice::from_ref(&whole)).await,
                        Err(error) => Err(error),
                    };
                    whole.tell(done);
                }
            }
            Err(error) => told(all, &error),
        }
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if !self.over {
            *self.writer.queue() = Queue::default();
        }
    }
}

impl Whole {
    fn tell(self, done: Result<(), Error>) {
        // Whoever asked may have hung up.
        drop(self.done.send(done));
    }
}

fn told(all: Vec<Whole>, error: &Error) {
    all.into_iter().for_each(|whole| whole.tell(Err(error.clone())));
}

/// One turn of the driver's thread for each, so that the engine knows their texts again.
async fn commit(conn: Conn, all: &[Whole]) -> Result<(), Error> {
    let mut tx = Tx::of_sqlite(conn);
    for (nth, whole) in all.iter().enumerate() {
        if nth > 0 {
            tx.catch_up().await?;
        }
        whole.statements.iter().cloned().for_each(|one| tx.push(one));
    }
    tx.finish().await
}
