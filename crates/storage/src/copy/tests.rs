//! A database is copied as it stood at one moment, and goes into either engine.

use futures_util::TryStreamExt as _;

use super::*;
use crate::{Ciphertext, KeyedHash, Location, Migration, site_test, testing::TestDb};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "test/0001_things",
    sql: "CREATE TABLE things (id BIGINT, part TEXT, flag BOOLEAN, sealed BLOB, PRIMARY KEY (part, id));
          CREATE TABLE parts (thing TEXT PRIMARY KEY);
          INSERT INTO parts (thing) VALUES ('written by the migration');",
}];

async fn insert(db: &Db, from: i64, to: i64) {
    let mut tx = db.begin().await.unwrap();
    for id in from..to {
        let sealed = (id % 3 > 0).then(|| Ciphertext::from_sealed(vec![7; usize::try_from(id).unwrap()]));
        sql("INSERT INTO things (id, part, flag, sealed) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(PublicText::new(format!("é {}", id % 2)))
            .bind((id % 5 > 0).then_some(id % 2 == 0))
            .bind(sealed)
            .run(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn copied(db: &Db) -> Vec<(Arc<Shape>, Vec<Vec<u8>>)> {
    copied_of(db.snapshot().await.unwrap()).await
}

async fn copied_of(mut snapshot: Snapshot) -> Vec<(Arc<Shape>, Vec<Vec<u8>>)> {
    let mut tables = Vec::new();
    for shape in snapshot.shapes() {
        let records = snapshot.records(&shape).unwrap().try_collect().await.unwrap();
        tables.push((shape, records));
    }
    tables
}

site_test! {
    async fn a_copy_is_of_one_moment_and_goes_into_either_engine(at: Location) {
        let db = Db::open(&at).await.unwrap();
        db.migrate(MIGRATIONS).await.unwrap();
        insert(&db, 0, 1_200).await;
        let snapshot = db.snapshot().await.unwrap();
        insert(&db, 1_200, 1_300).await;
        assert_eq!(snapshot.migrations(), ["test/0001_things"]);
        let tables = copied_of(snapshot).await;
        let (things, records) = &tables[0];
        assert_eq!((things.table.as_str(), records.len()), ("things", 1_200));
        assert_eq!(things.key, ["part", "id"]);
        let first = row(things, &records[1]).unwrap();
        assert_eq!(first.get::<i64, _>("id").unwrap(), 2);
        assert_eq!(first.get::<Option<bool>, _>("flag").unwrap(), Some(true));
        assert_eq!(&*first.get::<PublicText, _>("part").unwrap(), "é 0");
        assert!(first.get::<KeyedHash, _>("sealed").is_err());

        for engine in [Engine::Sqlite, Engine::Postgres] {
            let other = TestDb::create(engine).await;
            other.db().migrate(MIGRATIONS).await.unwrap();
            let mut intake = other.db().intake().await.unwrap();
            for (shape, records) in &tables {
                for record in records {
                    intake.put(shape, record).await.unwrap();
                }
            }
            assert_eq!(intake.commit().await.unwrap(), 1_201);
            for ((shape, mut before), (same, mut after)) in tables.clone().into_iter().zip(copied(other.db()).await) {
                before.sort();
                after.sort();
                assert_eq!((shape, before), (same, after));
            }
            other.db().close().await;
        }
        db.close().await;
    }

    async fn what_is_no_record_of_the_table_is_refused(at: Location) {
        let db = Db::open(&at).await.unwrap();
        db.migrate(MIGRATIONS).await.unwrap();
        insert(&db, 0, 4).await;
        let (things, records) = copied(&db).await.swap_remove(0);
        let whole = records.concat();
        assert_eq!(Records(&whole).count(), 4);
        assert!(Records(&whole[..whole.len() - 1]).any(|record| record.is_err()));
        let mut changed = records[0].clone();
        changed[4] = 9;
        assert!(row(&things, &changed).is_err());
        let mut intake = db.intake().await.unwrap();
        let another = Arc::new(Shape { columns: things.columns[1..].to_vec(), ..(*things).clone() });
        assert!(matches!(intake.put(&another, &records[0]).await, Err(Error::Migration { .. })));
        drop(intake);
        db.close().await;
    }
}
