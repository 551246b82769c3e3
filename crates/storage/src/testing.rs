//! Owns: a database of its own for each test, on both engines ([`TestDb`], [`site_test!`]). Doesn't own: the
//! cluster; `cargo xtask test` starts it and names it in `VIVIER_TEST_POSTGRES` (a URL that may create
//! databases).

use std::{future::Future, str::FromStr as _};

use kernel::Rng;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};

use crate::{Db, Engine, Location};

/// A fresh database that goes when this is dropped.
pub struct TestDb {
    db: Db,
    location: Location,
    _folder: Option<tempfile::TempDir>,
}

impl TestDb {
    /// A fresh one on the engine.
    ///
    /// # Panics
    /// When it can't be made: a test has no other answer.
    #[expect(clippy::expect_used, reason = "a test without its database has failed")]
    pub async fn create(engine: Engine) -> Self {
        let (location, folder) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a folder for the test");
                (Location::Sqlite(folder.path().join("data.db")), Some(folder))
            }
            Engine::Postgres => (Location::Postgres(create_database().await), None),
        };
        let db = Db::open(&location).await.expect("the test's database opens");
        Self {
            db,
            location,
            _folder: folder,
        }
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Location::Postgres(url) = &self.location {
            // A drop can't wait, and the test's runtime may be ending; another thread with its own can.
            #[expect(clippy::disallowed_methods, reason = "storage lies below platform")]
            std::thread::scope(|scope| {
                scope.spawn(|| runtime().block_on(drop_database(url)));
            });
        }
    }
}

/// What a [`site_test!`] may ask for as its argument.
pub trait Given: Sized + Send + 'static {
    /// Taken from the test's database.
    fn given(test: &TestDb) -> Self;
}

impl Given for Db {
    fn given(test: &TestDb) -> Self {
        test.db.clone()
    }
}

impl Given for Location {
    fn given(test: &TestDb) -> Self {
        test.location.clone()
    }
}

/// Runs a scenario on a fresh database of the engine.
///
/// # Panics
/// When the scenario does.
pub fn run<A: Given, F: Future<Output = ()> + Send + 'static>(engine: Engine, scenario: fn(A) -> F) {
    let runtime = runtime();
    let done = runtime.block_on(async {
        let test = TestDb::create(engine).await;
        // In a task of its own, so that the database is closed and dropped when it panics.
        #[expect(clippy::disallowed_methods, reason = "storage lies below platform")]
        let done = runtime.spawn(scenario(A::given(&test))).await;
        test.db.close().await;
        done
    });
    if let Err(failed) = done
        && let Ok(panic) = failed.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
}

/// Turns each `async fn name(db: Db) { … }` (or `(at: Location)`) into two tests, `name::sqlite` and
/// `name::postgres`, each on a fresh database.
#[macro_export]
macro_rules! site_test {
    ($($(#[$meta:meta])* async fn $name:ident($given:ident: $type:ty) $body:block)+) => {$(
        async fn $name($given: $type) $body

        $(#[$meta])*
        mod $name {
            #[test]
            fn sqlite() {
                $crate::testing::run($crate::Engine::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::testing::run($crate::Engine::Postgres, super::$name);
            }
        }
    )+};
}

#[expect(clippy::expect_used, reason = "a test without a runtime has failed")]
fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
}

#[expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "the runner of tests says where the cluster is"
)]
fn cluster() -> String {
    std::env::var("VIVIER_TEST_POSTGRES")
        .unwrap_or_else(|_| panic!("run by cargo xtask test, which starts the cluster"))
}

async fn create_database() -> String {
    let admin = cluster();
    let unique: String = Rng::system()
        .bytes::<8>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = format!("vivier_test_{unique}");
    administer(
        &admin,
        &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
    )
    .await;
    let (server, _) = admin.rsplit_once('/').unwrap_or((&admin, ""));
    format!("{server}/{name}")
}

async fn drop_database(url: &str) {
    let (_, name) = url.rsplit_once('/').unwrap_or_default();
    administer(
        &cluster(),
        &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
    )
    .await;
}

#[expect(clippy::expect_used, reason = "a test without its database has failed")]
async fn administer(admin: &str, statement: &str) {
    let options = PgConnectOptions::from_str(admin).expect("VIVIER_TEST_POSTGRES is a URL");
    let mut conn = options
        .disable_statement_logging()
        .connect()
        .await
        .expect("the cluster answers");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut conn)
        .await
        .expect("the cluster makes databases");
    conn.close().await.ok();
}
