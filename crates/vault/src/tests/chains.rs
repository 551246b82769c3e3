//! Ledger and journal: appended once, in order, and a change anywhere is found with its place.
#![expect(clippy::disallowed_methods, reason = "what several do at once")]

use kernel::{Rng, Timestamp};
use storage::{KeyedHash, Location, PublicText, site_test, sql};

use super::store::Site;
use crate::{
    Error, JournalEntry, JournalKind, LedgerEntry, Vault,
    chain::{Broken, Problem},
};

fn entry(n: i64) -> LedgerEntry {
    let at = Timestamp::from_millis(1_800_000_000_000 + n);
    LedgerEntry {
        id: kernel::Id::new(&Rng::seeded(n.unsigned_abs()), at),
        at,
        kind: PublicText::new("sweep"),
        subject: (n % 2 == 0).then_some(KeyedHash([7; 32])),
        body: PublicText::new(format!(r#"{{"count":{n}}}"#)),
    }
}

fn journalled(n: u8) -> JournalEntry {
    let kind = if n.is_multiple_of(2) {
        JournalKind::Erased
    } else {
        JournalKind::Withdrawn
    };
    JournalEntry {
        kind,
        subject: Some(KeyedHash([n; 32])),
        scope: PublicText::new("dossier"),
    }
}

async fn filled(at: Location, rows: i64) -> Site {
    let site = Site::new(at).await;
    site.vault
        .append_ledger(&(0..rows).map(entry).collect::<Vec<_>>())
        .await
        .unwrap();
    let journal: Vec<_> = (0..rows)
        .map(|n| journalled(u8::try_from(n % 200).unwrap()))
        .collect();
    site.vault.record_journal(&journal).await.unwrap();
    site
}

async fn meddle(vault: &Vault, text: &'static str) {
    let mut tx = vault.db().begin().await.unwrap();
    sql(text).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn broken(vault: &Vault) -> (Option<Broken>, Option<Broken>) {
    (
        vault.verify_ledger().await.unwrap().broken,
        vault.verify_journal().await.unwrap().broken,
    )
}

/// Each with what the look over both chains must say.
const MEDDLING: &[(&str, &str, i64, Problem)] = &[
    (
        "UPDATE ledger SET body = '{\"count\":0}' WHERE seq = 7",
        "UPDATE journal SET kind = 'held' WHERE seq = 7",
        7,
        Problem::Changed,
    ),
    (
        "UPDATE ledger SET subject = NULL WHERE seq = 4",
        "UPDATE journal SET subject = NULL WHERE seq = 4",
        4,
        Problem::Changed,
    ),
    (
        "UPDATE ledger SET at = at + 1 WHERE seq = 0",
        "UPDATE journal SET at = at + 1 WHERE seq = 0",
        0,
        Problem::Changed,
    ),
    (
        "DELETE FROM ledger WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        3,
        Problem::Missing,
    ),
    (
        "DELETE FROM ledger WHERE seq >= 18",
        "DELETE FROM journal WHERE seq >= 18",
        18,
        Problem::Missing,
    ),
    ("DELETE FROM ledger", "DELETE FROM journal", 0, Problem::Missing),
    (
        "UPDATE ledger SET seq = 5 - seq + 105 WHERE seq IN (2, 3)",
        "UPDATE journal SET seq = 5 - seq + 105 WHERE seq IN (2, 3)",
        2,
        Problem::Missing,
    ),
    (
        "UPDATE ledger SET previous = hash WHERE seq = 9",
        "UPDATE journal SET previous = hash WHERE seq = 9",
        9,
        Problem::Unlinked,
    ),
    (
        "UPDATE ledger SET entry = 'nonsense' WHERE seq = 11",
        "UPDATE journal SET kind = 'nonsense' WHERE seq = 11",
        11,
        Problem::Unreadable,
    ),
    (
        "UPDATE heads SET hash = (SELECT hash FROM ledger WHERE seq = 5)",
        "UPDATE heads SET chain = chain",
        19,
        Problem::Changed,
    ),
];

site_test! {
    async fn entries_are_appended_once_in_order(at: Location) {
        let site = Site::new(at).await;
        let vault = &site.vault;
        assert_eq!(vault.last_ledger_row().await.unwrap(), None);
        assert_eq!(vault.append_ledger(&[entry(1), entry(2), entry(1)]).await.unwrap(), 2);
        assert_eq!(vault.append_ledger(&[entry(2), entry(3)]).await.unwrap(), 1);
        assert_eq!(vault.append_ledger(&[]).await.unwrap(), 0);
        let rows = vault.ledger_from(0, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(rows[2].entry, entry(3));
        assert_eq!(vault.last_ledger_row().await.unwrap().unwrap(), rows[2]);

        let other = LedgerEntry { body: PublicText::new("{}"), ..entry(2) };
        let refused = vault.append_ledger(&[entry(4), other]).await;
        assert!(matches!(refused, Err(Error::Contradiction(id)) if id == entry(2).id));
        let verdict = vault.verify_ledger().await.unwrap();
        assert_eq!((verdict.length, verdict.head, verdict.broken), (3, rows[2].hash, None));
    }

    async fn many_append_at_once_without_a_gap(at: Location) {
        let site = Site::new(at).await;
        let appending: Vec<_> = (0..10)
            .map(|n| {
                let vault = site.vault.clone();
                tokio::runtime::Handle::current().spawn(async move {
                    vault.append_ledger(&(n * 5..n * 5 + 10).map(entry).collect::<Vec<_>>()).await.unwrap();
                    vault.record_journal(&[journalled(1)]).await.unwrap();
                })
            })
            .collect();
        for task in appending {
            task.await.unwrap();
        }
        assert_eq!(broken(&site.vault).await, (None, None));
        assert_eq!(site.vault.verify_ledger().await.unwrap().length, 55);
        assert_eq!(site.vault.verify_journal().await.unwrap().length, 10);
    }

    async fn the_journal_tells_what_was_recorded_about_whom(at: Location) {
        let site = filled(at, 8).await;
        let vault = &site.vault;
        let rows = vault.journal_of(KeyedHash([3; 32])).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].seq, rows[0].at, &rows[0].entry), (3, site.clock.now(), &journalled(3)));
        assert_eq!(vault.journal_from(6, 10).await.unwrap().len(), 2);
        vault.record_journal(&[]).await.unwrap();
    }

    async fn whatever_is_meddled_with_is_found_with_its_place(at: Location) {
        let site = filled(at, 20).await;
        let vault = &site.vault;
        assert_eq!(broken(vault).await, (None, None));
        meddle(vault, "CREATE TABLE ledger_kept AS SELECT * FROM ledger").await;
        meddle(vault, "CREATE TABLE journal_kept AS SELECT * FROM journal").await;
        meddle(vault, "CREATE TABLE heads_kept AS SELECT * FROM heads").await;
        for &(ledger, journal, seq, problem) in MEDDLING {
            meddle(vault, ledger).await;
            meddle(vault, journal).await;
            let expected = Some(Broken { seq, problem });
            assert_eq!(broken(vault).await, (expected, expected), "{ledger}");
            for text in [
                "DELETE FROM ledger", "INSERT INTO ledger SELECT * FROM ledger_kept",
                "DELETE FROM journal", "INSERT INTO journal SELECT * FROM journal_kept",
                "DELETE FROM heads", "INSERT INTO heads SELECT * FROM heads_kept",
            ] {
                meddle(vault, text).await;
            }
        }
        assert_eq!(broken(vault).await, (None, None));
    }

    async fn long_chains_are_looked_over_in_pieces(at: Location) {
        let site = filled(at, 1_100).await;
        assert_eq!(broken(&site.vault).await, (None, None));
        meddle(&site.vault, "DELETE FROM ledger WHERE seq = 1050").await;
        meddle(&site.vault, "UPDATE journal SET scope = 'person' WHERE seq = 512").await;
        let expected = (
            Some(Broken { seq: 1_050, problem: Problem::Missing }),
            Some(Broken { seq: 512, problem: Problem::Changed }),
        );
        assert_eq!(broken(&site.vault).await, expected);
    }
}
