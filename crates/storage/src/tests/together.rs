//! What waits for the commit, and what is committed together.

use super::{insert, numbers, save, thing, things};
use crate::{Db, Engine, Error, site_test, sql};

site_test! {
    async fn what_waits_is_written_in_order_before_whatever_follows(db: Db) {
        things(&db).await;
        let mut tx = db.begin().await.unwrap();
        for n in 0..100 {
            thing(n).later(&mut tx).await.unwrap();
        }
        sql("UPDATE things SET n = -n WHERE n = $1").bind(99_i64).later(&mut tx).await.unwrap();
        assert_eq!(sql("SELECT n FROM things").all(&mut tx).await.unwrap().len(), 100);
        thing(100).later(&mut tx).await.unwrap();
        assert_eq!(sql("DELETE FROM things WHERE n IN ($1, $2)").bind(100_i64).bind(-99_i64).run(&mut tx).await.unwrap(), 2);
        thing(101).later(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(numbers(&db).await, (0..99).chain([101]).collect::<Vec<_>>());
        let mut tx = db.begin().await.unwrap();
        thing(102).later(&mut tx).await.unwrap();
        drop(tx);
        save(&db, 103).await.unwrap();
        assert_eq!(numbers(&db).await.last(), Some(&103), "what waited went with its transaction");
    }

    async fn what_waited_in_vain_is_told_by_what_follows(db: Db) {
        things(&db).await;
        save(&db, 1).await.unwrap();
        for at_commit in [true, false] {
            let mut tx = db.begin().await.unwrap();
            thing(2).later(&mut tx).await.unwrap();
            thing(1).later(&mut tx).await.unwrap();
            thing(3).later(&mut tx).await.unwrap();
            if at_commit {
                assert!(tx.commit().await.unwrap_err().is_duplicate());
            } else {
                assert!(insert(&mut tx, 4).await.unwrap_err().is_duplicate());
                assert!(matches!(thing(5).later(&mut tx).await, Err(Error::Aborted)));
                assert!(matches!(tx.commit().await, Err(Error::Aborted)));
            }
            assert_eq!(numbers(&db).await, [1]);
        }
    }

    async fn whole_transactions_that_come_together_are_told_apart(db: Db) {
        things(&db).await;
        save(&db, 7).await.unwrap();
        let write = async |n: i64| {
            let mut tx = db.begin().await.unwrap();
            thing(n).later(&mut tx).await.unwrap();
            thing(if n % 10 == 3 { 7 } else { n + 1_000 }).later(&mut tx).await.unwrap();
            tx.commit().await
        };
        let all = futures_util::future::join_all((100..200).map(write)).await;
        for (n, done) in (100..200).zip(all) {
            match done {
                Err(error) => assert!(n % 10 == 3 && error.is_duplicate(), "{n}: {error}"),
                Ok(()) => assert!(n % 10 != 3, "{n}"),
            }
        }
        let good: Vec<i64> = (100..200).filter(|n| n % 10 != 3).collect();
        let written = [7].into_iter().chain(good.iter().copied()).chain(good.iter().map(|n| n + 1_000));
        assert_eq!(numbers(&db).await, written.collect::<Vec<_>>(), "each whole, or not at all");
    }

    async fn who_hangs_up_at_the_commit_takes_nobody_along(db: Db) {
        things(&db).await;
        let held = {
            let mut tx = db.begin().await.unwrap();
            insert(&mut tx, 0).await.unwrap();
            tx
        };
        let commit = async |n: i64| {
            let mut tx = db.begin().await.unwrap();
            thing(n).later(&mut tx).await.unwrap();
            tx.commit().await
        };
        let mut all: Vec<_> = (1..=8).map(|n| Box::pin(commit(n))).collect();
        for waiting in &mut all {
            // As far as it goes while another holds the writer.
            let _ = tokio::time::timeout(std::time::Duration::from_millis(5), waiting).await;
        }
        all.truncate(4);
        held.commit().await.unwrap();
        if db.engine() == Engine::Sqlite {
            for waiting in all {
                waiting.await.unwrap();
            }
            // Those that hung up had asked for it: it went on.
            save(&db, 9).await.unwrap();
            assert_eq!(numbers(&db).await, (0..=9).collect::<Vec<_>>());
        }
    }
}
