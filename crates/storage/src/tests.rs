//! Each on both engines. What only one of them can show is at the end.
#![expect(clippy::disallowed_methods, reason = "what several do at once")]

use std::path::Path;

use kernel::{Date, Id, Rng, Timestamp};

use crate::{
    Any, Ciphertext, Constraint, Db, Engine, Error, Hold, KeyedHash, Location, Migration, PublicText, Query,
    Row, Tx, Unreadable, site_test, sql, testing::TestDb,
};

mod together;

enum Thing {}

kernel::words! {
    enum Stage { New = "new", Hired = "hired" }
}

const THINGS: Migration = Migration {
    name: "test/0001_things",
    sql: "CREATE TABLE things (
              id TEXT PRIMARY KEY, stage TEXT, made_at BIGINT, day TEXT, n BIGINT, flag BOOLEAN, title TEXT,
              hash BLOB, sealed BLOB
          );
          CREATE UNIQUE INDEX things_n ON things (n);
          CREATE TABLE parts (thing TEXT NOT NULL REFERENCES things (id), n BIGINT NOT NULL CHECK (n > 0));",
};

async fn things(db: &Db) {
    db.migrate(&[THINGS]).await.unwrap();
}

fn thing(n: i64) -> Query {
    sql("INSERT INTO things (id, n) VALUES ($1, $2)")
        .bind(Id::<Thing>::new(&Rng::system(), Timestamp::from_millis(0)))
        .bind(n)
}

async fn insert(tx: &mut Tx, n: i64) -> Result<u64, Error> {
    thing(n).run(tx).await
}

async fn numbers(db: &Db) -> Vec<i64> {
    let rows = sql("SELECT n FROM things ORDER BY n").all(db).await.unwrap();
    rows.iter().map(|row| row.get("n").unwrap()).collect()
}

async fn save(db: &Db, n: i64) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    insert(&mut tx, n).await?;
    tx.commit().await
}

/// More at once than there are connections, of whom each writes its number.
async fn crowd<F>(db: &Db, one: impl Fn(Db, i64) -> F)
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let runtime = tokio::runtime::Handle::current();
    let crowd: Vec<_> = (0..64).map(|n| runtime.spawn(one(db.clone(), n))).collect();
    for one in crowd {
        one.await.unwrap().unwrap();
    }
    assert_eq!(numbers(db).await, (0..64).collect::<Vec<_>>());
}

site_test! {
    async fn many_hold_a_database_together_or_one_alone(at: Location) {
        let (here, there) = (Db::open(&at).await.unwrap(), Db::open(&at).await.unwrap());
        let hold = async |db: &Db, alone| Hold::take(&at, db, alone).await.unwrap();
        let (first, second) = (hold(&here, false).await, hold(&there, false).await);
        assert!(first.is_some() && second.is_some());
        assert!(hold(&there, true).await.is_none());
        drop((first, second));
        // A dropped session ends in its own time.
        let mut alone = None;
        while alone.is_none() {
            alone = hold(&there, true).await;
        }
        assert!(hold(&here, false).await.is_none());
        let turn = async |db: &Db| Hold::turn(&at, db).await.unwrap();
        let first = turn(&here).await.expect("nobody else's");
        assert!(turn(&there).await.is_none() && turn(&here).await.is_none());
        drop(first);
        let mut next = None;
        while next.is_none() {
            next = turn(&there).await;
        }
        here.close().await;
        there.close().await;
    }
}

site_test! {
    async fn what_is_written_is_counted_and_what_is_only_read_is_not(db: Db) {
        things(&db).await;
        let clone = db.clone();
        let mut before = db.changes();
        let mut grew = || {
            let now = clone.changes();
            std::mem::replace(&mut before, now) < now
        };
        save(&db, 1).await.unwrap();
        assert!(grew(), "run");
        let mut tx = db.begin().await.unwrap();
        thing(2).later(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(grew(), "left for the commit");
        let mut tx = db.begin().await.unwrap();
        sql("UPDATE things SET n = 3 WHERE n = 2 RETURNING n").all(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(grew(), "given back");
        let mut tx = db.begin().await.unwrap();
        sql("SELECT n FROM things WHERE n = 3").one(&mut tx).await.unwrap();
        let none = sql("UPDATE things SET n = 9 WHERE n = 8").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        drop(db.begin().await.unwrap());
        numbers(&db).await;
        drop(db.snapshot().await.unwrap());
        assert!(none == 0 && !grew());
    }
}

site_test! {
    async fn every_type_goes_in_and_comes_back(db: Db) {
        things(&db).await;
        let id: Id<Thing> = Id::new(&Rng::seeded(1), Timestamp::from_millis(1));
        let mut tx = db.begin().await.unwrap();
        let row = sql(
            "INSERT INTO things (id, stage, made_at, day, n, flag, title, hash, sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING id, n, flag",
        )
        .bind(&id)
        .bind(Stage::Hired)
        .bind(Timestamp::from_millis(-5))
        .bind(Date::parse("2026-11-21"))
        .bind(7_u32)
        .bind(true)
        .bind(PublicText::new("Développeur 🦀"))
        .bind(KeyedHash([9; 32]))
        .bind(Ciphertext::from_sealed(vec![0, 255, 1]))
        .one(&mut tx)
        .await
        .unwrap();
        let written: (Id<Thing>, i64, bool) =
            (row.get("id").unwrap(), row.get("n").unwrap(), row.get("flag").unwrap());
        assert_eq!(written, (id, 7, true));
        tx.commit().await.unwrap();

        let row = sql("SELECT * FROM things WHERE id = $1").bind(id).one(&db).await.unwrap();
        assert_eq!(row.get::<Stage, _>("stage").unwrap(), Stage::Hired);
        assert_eq!(row.get::<Option<Stage>, _>("stage").unwrap(), Some(Stage::Hired));
        assert_eq!(row.get::<Timestamp, _>("made_at").unwrap().as_millis(), -5);
        assert_eq!(row.get::<Date, _>("day").unwrap().to_string(), "2026-11-21");
        assert_eq!(row.get::<i32, _>("n").unwrap(), 7);
        assert_eq!(&*row.get::<PublicText, _>("title").unwrap(), "Développeur 🦀");
        assert_eq!(row.get::<KeyedHash, _>("hash").unwrap(), KeyedHash([9; 32]));
        assert_eq!(row.get::<Ciphertext, _>("sealed").unwrap().as_bytes(), [0, 255, 1]);

        let any = |name: &str| row.get::<Any, _>(name).unwrap();
        assert_eq!(any("stage"), Any::Text(PublicText::new("hired")));
        assert_eq!((any("n"), any("made_at")), (Any::Int(7), Any::Int(-5)));
        assert_eq!((any("flag"), any("sealed")), (Any::Int(1), Any::Bytes));
    }

    async fn nulls_keep_their_type(db: Db) {
        things(&db).await;
        let mut tx = db.begin().await.unwrap();
        sql("INSERT INTO things (id, stage, made_at, day, n, flag, title, hash, sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(Id::<Thing>::new(&Rng::system(), Timestamp::from_millis(0)))
        .bind(None::<Stage>)
        .bind(None::<Timestamp>)
        .bind(None::<Date>)
        .bind(None::<i64>)
        .bind(None::<bool>)
        .bind(None::<PublicText>)
        .bind(None::<KeyedHash>)
        .bind(None::<&Ciphertext>)
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let filter = sql("SELECT * FROM things WHERE ($1 IS NULL OR stage = $1)").bind(None::<Stage>);
        let row = filter.one(&db).await.unwrap();
        assert_eq!(row.get::<Option<Stage>, _>("stage").unwrap(), None);
        assert_eq!(row.get::<Any, _>("n").unwrap(), Any::Null);
        assert_eq!(row.get::<Option<bool>, _>("flag").unwrap(), None);
        assert_eq!(row.get::<Option<KeyedHash>, _>("hash").unwrap(), None);
        assert!(matches!(
            row.get::<i64, _>("n"),
            Err(Error::Corrupt { problem: Unreadable::Null, .. })
        ));
    }

    async fn what_is_not_as_expected_is_named(db: Db) {
        let row = sql("SELECT 'other' AS stage, 5000000000 AS big, 1 AS narrow, COUNT(*) AS n").one(&db).await.unwrap();
        let problem = |read: Result<(), Error>| match read {
            Err(Error::Corrupt { place, problem }) => (place, problem),
            other => panic!("{other:?}"),
        };
        let read = |done: Result<Stage, Error>| done.map(drop);
        assert_eq!(problem(read(row.get("stage"))), ("column stage".to_owned(), Unreadable::Form));
        assert_eq!(problem(read(row.get("none"))).1, Unreadable::NoColumn);
        assert_eq!(problem(row.get::<i64, _>("stage").map(drop)).1, Unreadable::Type);
        assert_eq!(problem(row.get::<i32, _>("big").map(drop)).1, Unreadable::Form);
        assert_eq!(row.get::<i64, _>("narrow").unwrap(), 1);
        assert_eq!(row.get::<i64, _>("n").unwrap(), 1);
    }

    async fn lists_find_all_some_and_none(db: Db) {
        things(&db).await;
        let mut tx = db.begin().await.unwrap();
        for n in 1..=5 {
            insert(&mut tx, n).await.unwrap();
        }
        let found = async |tx: &mut Tx, list: Vec<i64>| {
            sql("SELECT n FROM things WHERE n < $1 AND n IN ($list)")
                .bind(5_i64).bind_list(list).all(tx).await.unwrap().len()
        };
        assert_eq!(found(&mut tx, vec![1, 2, 3, 5, 9]).await, 3);
        assert_eq!(found(&mut tx, vec![]).await, 0);
        let text = sql("SELECT n FROM things WHERE id NOT IN ($list)").bind_list(Vec::<Id<Thing>>::new());
        assert_eq!(text.all(&mut tx).await.unwrap().len(), 5);
        let bytes = sql("SELECT n FROM things WHERE hash IN ($list)").bind_list(Vec::<KeyedHash>::new());
        assert_eq!(bytes.then(" ORDER BY n").all(&mut tx).await.unwrap().len(), 0);
        tx.rollback().await;
    }

    async fn a_dropped_transaction_is_rolled_back_and_the_next_one_goes_on(db: Db) {
        things(&db).await;
        for _ in 0..30 {
            let mut tx = db.begin().await.unwrap();
            insert(&mut tx, 1).await.unwrap();
        }
        save(&db, 2).await.unwrap();
        assert_eq!(numbers(&db).await, [2]);
    }

    async fn a_failed_statement_loses_the_transaction_on_both_engines_alike(db: Db) {
        things(&db).await;
        let mut tx = db.begin().await.unwrap();
        insert(&mut tx, 1).await.unwrap();
        let twice = insert(&mut tx, 1).await.unwrap_err();
        assert!(twice.is_duplicate() && !twice.is_temporary(), "{twice}");
        assert!(matches!(insert(&mut tx, 2).await, Err(Error::Aborted)));
        assert!(matches!(tx.commit().await, Err(Error::Aborted)));
        assert_eq!(numbers(&db).await, [] as [i64; 0]);
    }

    async fn conflicts_say_which_constraint(db: Db) {
        things(&db).await;
        let orphan = sql("INSERT INTO parts (thing, n) VALUES ('none', 1)");
        let negative = sql("INSERT INTO parts (thing, n) VALUES ('none', -1)");
        let empty = sql("INSERT INTO parts (thing, n) VALUES ($1, 1)").bind(None::<Id<Thing>>);
        for (query, expected) in
            [(orphan, Constraint::Foreign), (negative, Constraint::Check), (empty, Constraint::NotNull)]
        {
            let mut tx = db.begin().await.unwrap();
            match query.run(&mut tx).await {
                Err(Error::Conflict { constraint, on }) => {
                    assert_eq!(constraint, expected);
                    assert!(constraint != Constraint::NotNull || on == "parts.thing", "{on}");
                }
                other => panic!("{expected:?}: {other:?}"),
            }
        }
    }

    async fn writing_outside_a_transaction_is_refused_by_the_engine(db: Db) {
        things(&db).await;
        let write = sql("INSERT INTO things (id) VALUES ('a') RETURNING id").all(&db).await;
        assert!(matches!(write, Err(Error::ReadOnly)), "{:?}", write.err());
        assert_eq!(numbers(&db).await.len(), 0);
    }

    async fn a_mistake_shows_the_statement_and_no_value(db: Db) {
        let wrong = sql("SELECT nothing FROM nowhere WHERE a = $1").bind(PublicText::new("Durand"));
        let words = wrong.all(&db).await.err().unwrap().to_string();
        assert!(words.contains("nowhere") && !words.contains("Durand"), "{words}");
    }

    async fn concurrent_writers_queue(db: Db) {
        things(&db).await;
        crowd(&db, |db, n| async move { save(&db, n).await }).await;
    }

    async fn who_reads_waits_for_no_writer(db: Db) {
        things(&db).await;
        save(&db, 1).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        insert(&mut tx, 2).await.unwrap();
        // Each on a connection of its own, which is opened only now.
        let (first, second) = (db.snapshot().await.unwrap(), db.snapshot().await.unwrap());
        assert_eq!(numbers(&db).await, [1]);
        drop((first, second));
        tx.commit().await.unwrap();
    }

    async fn a_crowd_that_reads_while_it_writes_gets_through(db: Db) {
        things(&db).await;
        let one = |db: Db, n| async move {
            let mut tx = db.begin().await?;
            insert(&mut tx, n).await?;
            sql("SELECT COUNT(*) AS n FROM things").one(&db).await?;
            tx.commit().await
        };
        crowd(&db, one).await;
    }

    async fn a_future_dropped_half_way_leaves_no_transaction_open(db: Db) {
        things(&db).await;
        for micros in 0..60 {
            let cut = std::time::Duration::from_micros(micros * 37);
            let _ = tokio::time::timeout(cut, save(&db, 1_000 + i64::try_from(micros).unwrap())).await;
        }
        save(&db, 1).await.unwrap();
        assert_eq!(numbers(&db).await[0], 1);
    }

    async fn migrations_are_applied_once_and_never_change(db: Db) {
        let second = Migration { name: "test/0002_more", sql: "ALTER TABLE things ADD COLUMN more TEXT" };
        db.migrate(&[THINGS]).await.unwrap();
        db.migrate(&[THINGS, second]).await.unwrap();
        db.migrate(&[THINGS, second]).await.unwrap();
        let columns = db.columns().await.unwrap();
        let more = columns.iter().find(|column| column.name == "more").unwrap();
        assert_eq!((more.table.as_str(), more.is_bytes, more.is_required), ("things", false, false));
        let kinds = |name| columns.iter().find(|column| column.name == name).map(|column| (column.is_bytes, column.is_required));
        assert_eq!((kinds("id"), kinds("sealed")), (Some((false, true)), Some((true, false))));
        assert_eq!(columns.len(), 12);

        let changed = Migration { sql: "ALTER TABLE things ADD COLUMN other TEXT", ..second };
        let refused = db.migrate(&[THINGS, changed]).await.unwrap_err().to_string();
        assert!(refused.contains("0002_more") && refused.contains("changed"), "{refused}");
        let older = db.migrate(&[THINGS]).await.unwrap_err().to_string();
        assert!(older.contains("newer"), "{older}");
        // Another room's list knows nothing of this one's.
        db.migrate(&[Migration { name: "else/0001_a", sql: "CREATE TABLE a (a BLOB)" }]).await.unwrap();
    }

    async fn a_failing_migration_leaves_nothing(db: Db) {
        let broken = Migration { name: "test/0001_b", sql: "CREATE TABLE b (b TEXT); CREATE TABEL c (c TEXT)" };
        assert!(matches!(db.migrate(&[broken]).await, Err(Error::Migration { .. })));
        assert_eq!(db.columns().await.unwrap(), []);
        db.migrate(&[Migration { sql: "CREATE TABLE b (b TEXT)", ..broken }]).await.unwrap();
    }

    async fn several_processes_migrate_at_once(at: Location) {
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let at = at.clone();
                tokio::runtime::Handle::current().spawn(async move {
                    let db = Db::open(&at).await.unwrap();
                    db.migrate(&[THINGS]).await.unwrap();
                    db.close().await;
                })
            })
            .collect();
        for start in starts {
            start.await.unwrap();
        }
    }

    async fn tidying_and_pinging_do_no_harm(db: Db) {
        things(&db).await;
        save(&db, 1).await.unwrap();
        db.tidy().await.unwrap();
        db.ping().await.unwrap();
        db.close().await;
        assert!(db.ping().await.unwrap_err().is_temporary());
        let write = async {
            let mut tx = db.begin().await?;
            thing(2).later(&mut tx).await?;
            tx.commit().await
        };
        assert!(write.await.unwrap_err().is_temporary());
    }
}

/// The file is its owner's alone, and erased text leaves neither the file nor its log after tidying.
#[tokio::test]
async fn sqlite_files_are_private_and_forget() {
    use std::os::unix::fs::PermissionsExt as _;
    let test = TestDb::create(Engine::Sqlite).await;
    let db = test.db();
    things(db).await;
    let mut tx = db.begin().await.unwrap();
    for n in 0..200 {
        sql("INSERT INTO things (id, title) VALUES ($1, $2)")
            .bind(PublicText::new(format!("{n}")))
            .bind(PublicText::new("TOKENTOKEN".repeat(50)))
            .run(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let Location::Sqlite(path) = test.location() else {
        unreachable!()
    };
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(readable(path), "the token is there before it is erased");
    let mut tx = db.begin().await.unwrap();
    sql("DELETE FROM things").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    db.tidy().await.unwrap();
    assert!(!readable(path));
}

fn readable(path: &Path) -> bool {
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    folder
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .any(|bytes| bytes.windows(10).any(|window| window == b"TOKENTOKEN"))
}

/// SQLite has rolled back by itself when the disk is full; the only writer must go on all the same.
#[tokio::test]
async fn a_full_disk_is_told_and_gone_with_its_cause() {
    let test = TestDb::create(Engine::Sqlite).await;
    let db = test.db();
    things(db).await;
    let mut tx = db.begin().await.unwrap();
    tx.script("PRAGMA max_page_count = 40").await.unwrap();
    let mut n = 0;
    let full = loop {
        n += 1;
        let wide = sql("INSERT INTO things (id, title) VALUES ($1, $2)")
            .bind(PublicText::new(n.to_string()))
            .bind(PublicText::new("x".repeat(3_000)));
        if let Err(error) = wide.run(&mut tx).await {
            break error;
        }
    };
    assert!(matches!(full, Error::Full) && full.is_temporary());
    assert!(matches!(tx.commit().await, Err(Error::Aborted)));
    for _ in 0..3 {
        let mut tx = db.begin().await.unwrap();
        tx.script("PRAGMA max_page_count = 1000000").await.unwrap();
        tx.commit().await.unwrap();
    }
    save(db, 1).await.unwrap();
    assert_eq!(numbers(db).await, [1]);
}

/// The server ends every connection, as when it restarts: at most the calls of that moment fail.
#[tokio::test]
async fn postgres_comes_back_by_itself() {
    let test = TestDb::create(Engine::Postgres).await;
    let db = test.db();
    things(db).await;
    save(db, 1).await.unwrap();
    let mut held = db.begin().await.unwrap();
    insert(&mut held, 2).await.unwrap();
    let gone = sql(
        "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) AS n FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let row: Row = gone.one(db).await.unwrap();
    assert!(row.get::<i64, _>("n").unwrap() >= 1);
    assert!(held.commit().await.unwrap_err().is_temporary());
    save(db, 3).await.unwrap();
    assert_eq!(numbers(db).await, [1, 3]);
}

#[tokio::test]
async fn a_missing_server_or_folder_is_told_in_time() {
    for at in ["postgres://nobody@127.0.0.1:1/none", "/nowhere/at/all/data.db"] {
        let opened = Db::open(&Location::parse(at)).await;
        assert!(opened.is_err_and(|error| error.is_temporary()), "{at}");
    }
}

/// What every future above would hold for each statement it awaits.
#[tokio::test]
async fn futures_are_small() {
    let test = TestDb::create(Engine::Sqlite).await;
    let size = size_of_val(&save(test.db(), 1));
    assert!(size < 2_048, "{size} bytes");
}
