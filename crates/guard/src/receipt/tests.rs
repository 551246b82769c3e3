//! What receipts must be on both engines: true offline, whoever is gone; refused with the place when a byte is another;
//! as the site's own ledger has it. Doesn't own: the command and the pages (acceptance).

use std::collections::BTreeMap;

use charter::Trigger;
use kernel::{Clock, Id};
use storage::{Location, site_test, sql};
use vault::{DossierId, LookupKind};

use super::*;
use crate::{
    Filed, Nature, Person,
    actor::Who,
    keep::erase::{Scope, Why},
    testing::{self, AGENCY},
};

const KEYS: &str = "https://jobs.example/.well-known/vivier-receipts.json";

/// A site with people who are filed as a form files them, without a form.
pub(crate) struct House {
    pub(crate) guard: Guard,
    pub(crate) clock: Clock,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn new(at: Location, charter: &str) -> Self {
        let (guard, clock, folder) = testing::found(&at, Nature::Demo, charter).await;
        Self {
            guard,
            clock,
            _folder: folder,
        }
    }

    /// Somebody who applies under that address.
    pub(crate) async fn apply(&self, email: &str) -> (Id<Person>, DossierId) {
        let (person, dossier): (Id<Person>, DossierId) = (self.guard.id(), self.guard.id());
        let hash = self.guard.vault.blind(LookupKind::Email, email);
        let ids = [person.cast(), dossier];
        let lookups = [(person.cast(), LookupKind::Email, hash)];
        let keys = self.guard.vault.make_keys(&ids, &lookups).await.unwrap();
        let filed: Vec<Filed> = keys.into_iter().map(|key| Filed { key, person }).collect();
        let filed: Vec<&Filed> = filed.iter().collect();
        let events = [Trigger::Collected, Trigger::Submitted, Trigger::LastContact];
        let mut tx = self.guard.begin().await.unwrap();
        self.guard
            .file_dossiers(&mut tx, &filed, "apply", &self.guard.charter(), &events)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (person, dossier)
    }

    pub(crate) fn person(&self, person: Id<Person>) -> Actor {
        Actor::new(Who::Person(vec![person]))
    }

    pub(crate) fn staff(&self, role: &str, human: bool) -> Actor {
        let (id, role) = (self.guard.id(), role.to_owned());
        Actor::new(Who::Staff { id, role, human })
    }

    /// Everything of the person is erased; gives the receipt.
    async fn erase(&self, person: Id<Person>) -> Receipt {
        let erasures = self.guard.erase_own(&self.person(person)).await.unwrap();
        self.guard.carry_out(erasures[0]).await.unwrap();
        self.guard.receipt_of_erasure(erasures[0], KEYS).await.unwrap()
    }
}

fn place(receipt: &Receipt) -> (String, Problem) {
    let flaw = Receipt::read(receipt.text().as_bytes()).unwrap_err();
    (flaw.place, flaw.problem)
}

site_test! {
    async fn an_erasure_leaves_a_receipt_that_is_true_though_the_person_is_gone(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        let pseudonym = house.guard.vault.pseudonym(person.cast()).await.unwrap().to_string();
        let actor = house.person(person);
        let erasures = house.guard.erase_own(&actor).await.unwrap();
        let early = house.guard.receipt_of_erasure(erasures[0], KEYS).await;
        assert!(matches!(early, Err(Error::NotFound)), "not before it is done");
        assert!(!house.guard.erasure(erasures[0]).await.unwrap().has_receipt);
        house.guard.carry_out(erasures[0]).await.unwrap();
        let receipt = house.guard.receipt_of_erasure(erasures[0], KEYS).await.unwrap();
        assert!(house.guard.vault.active(&[dossier, person.cast()]).await.unwrap().is_empty());

        let read = Receipt::read(receipt.text().as_bytes()).unwrap();
        assert_eq!(read, receipt);
        assert_eq!(read.kind, Kind::Erasure);
        assert_eq!(read.what.erased, BTreeMap::from([("purpose.apply".to_owned(), 2)]));
        assert_eq!((read.what.kept.len(), read.what.words["scope"].as_str()), (0, "person"));
        assert!(read.what.clauses.contains(&"right.erase".to_owned()), "{:?}", read.what.clauses);
        assert_eq!(read.subject, Some(pseudonym), "which died with the key");
        assert_eq!(read.charter.digest, house.guard.charter().digest().to_string());
        assert!(!receipt.text().contains("ana") && !receipt.text().contains(&person.to_string()));
        assert_eq!(house.guard.receipt_keys().await.unwrap().flaw_of(&read), None);
        assert_eq!(house.guard.flaw_of_receipt(&read).await.unwrap(), None);
        let again = house.guard.receipt_of_erasure(erasures[0], KEYS).await.unwrap();
        assert_eq!(again.text(), receipt.text(), "the same each time");
    }

    async fn an_erasure_taken_up_after_a_death_counts_each_dossier_once(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        let mut tx = house.guard.begin().await.unwrap();
        let erasure = house.guard
            .decide_erasure(&mut tx, Scope::Person, person.cast(), Why::Request, None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        // Dead after the key of one dossier, before its rows.
        house.guard.vault.destroy(&[dossier]).await.unwrap();
        for _ in 0..2 {
            let done = house.guard.carry_out(erasure).await.unwrap();
            assert_eq!((done.erased, done.kept), (2, 0));
        }
        let receipt = house.guard.receipt_of_erasure(erasure, KEYS).await.unwrap();
        assert_eq!(receipt.what.erased["purpose.apply"], 2);
        let rows = house.guard.vault.last_ledger_rows("erasure_done", 10).await.unwrap();
        assert_eq!(rows.len(), 1, "told once");
    }

    async fn a_successor_of_the_key_leaves_the_old_receipts_true(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (ana, _) = house.apply("ana@example.org").await;
        let (luc, _) = house.apply("luc@example.org").await;
        let old = house.erase(ana).await;
        let before = house.guard.receipt_keys().await.unwrap();
        house.clock.advance(60);
        let key = house.guard.renew_receipt_key().await.unwrap();
        let new = house.erase(luc).await;
        assert_eq!(new.key.id, key);
        assert_ne!(old.key.id, new.key.id);
        let keys = house.guard.receipt_keys().await.unwrap();
        for receipt in [&old, &new] {
            let read = Receipt::read(receipt.text().as_bytes()).unwrap();
            assert_eq!(keys.flaw_of(&read), None);
            assert_eq!(house.guard.flaw_of_receipt(&read).await.unwrap(), None);
        }
        assert_eq!(before.flaw_of(&new).map(|flaw| flaw.problem), Some(Problem::UnknownKey));
        // Whoever steals the old one signs nothing of what came after.
        let mut late = keys;
        late.keys[0].until = Some("2026-11-21T07:59:59Z".to_owned());
        assert_eq!(late.flaw_of(&old).map(|flaw| flaw.problem), Some(Problem::RetiredKey));
    }

    async fn the_ledger_knows_a_receipt_that_was_never_given_out(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (person, _) = house.apply("ana@example.org").await;
        let receipt = house.erase(person).await;
        let signer = house.guard.vault.signer().await.unwrap();
        // With the site's own key, as whoever has stolen it would.
        let mut forged = receipt.clone();
        forged.what.erased.insert("purpose.pool".to_owned(), 1);
        let forged = forged.signed(&signer);
        assert!(Receipt::read(forged.text().as_bytes()).is_ok());
        let flaw = house.guard.flaw_of_receipt(&forged).await.unwrap().unwrap();
        assert_eq!((flaw.place.as_str(), flaw.problem), ("what", Problem::OtherInLedger));
        let mut nowhere = receipt.clone();
        nowhere.ledger.entry = house.guard.id::<LedgerEntry>().to_string();
        let flaw = house.guard.flaw_of_receipt(&nowhere.signed(&signer)).await.unwrap().unwrap();
        assert_eq!(flaw.problem, Problem::NotInLedger);
    }

    async fn a_receipt_is_its_persons_alone(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (person, dossier) = house.apply("ana@example.org").await;
        let (other, _) = house.apply("luc@example.org").await;
        let filed = house.guard.filed(dossier).await.unwrap();
        let mut tx = house.guard.begin().await.unwrap();
        house.guard.withdrawn(&mut tx, &filed).await.unwrap();
        tx.commit().await.unwrap();
        let actor = house.person(person);
        let listed = house.guard.receipts_of(&actor, dossier).await.unwrap();
        assert_eq!(listed.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::Withdrawn]);
        let receipt = house.guard.own_receipt(&actor, listed[0].entry, KEYS).await.unwrap();
        assert_eq!((receipt.kind, receipt.what.clauses.as_slice()), (Kind::Withdrawn, ["purpose.apply".to_owned()].as_slice()));
        assert_eq!(house.guard.flaw_of_receipt(&receipt).await.unwrap(), None);
        for foreign in [house.person(other), Actor::stranger(), house.staff("dpo", true)] {
            assert!(matches!(house.guard.receipts_of(&foreign, dossier).await, Err(Error::NotFound)));
            assert!(matches!(house.guard.own_receipt(&foreign, listed[0].entry, KEYS).await, Err(Error::NotFound)));
        }
        house.erase(person).await;
        let left = sql("SELECT entry FROM receipts WHERE dossier = $1").bind(dossier).all(&house.guard.db).await.unwrap();
        assert!(left.is_empty(), "what can be had of a dossier ends with it");
    }

    async fn a_ledger_that_was_changed_makes_no_receipt_true(at: Location) {
        let house = House::new(at, AGENCY).await;
        let (person, _) = house.apply("ana@example.org").await;
        let receipt = house.erase(person).await;
        let keys = storage::Db::open(&house.guard.key_store).await.unwrap();
        let mut tx = keys.begin().await.unwrap();
        sql("UPDATE ledger SET kind = 'nothing' WHERE seq = 0").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let flaw = house.guard.flaw_of_receipt(&receipt).await.unwrap().unwrap();
        assert_eq!((flaw.place.as_str(), flaw.problem), ("ledger entry 0", Problem::BrokenLedger));
    }
}

/// One receipt, of SQLite, to be changed in every way.
async fn receipt() -> (House, Receipt) {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Sqlite(folder.path().join("unused.db"));
    let house = House::new(at, AGENCY).await;
    let (person, _) = house.apply("ana@example.org").await;
    let receipt = house.erase(person).await;
    (house, receipt)
}

#[tokio::test]
async fn not_one_bit_of_a_receipt_can_be_another() {
    let (_house, receipt) = receipt().await;
    let text = receipt.text().into_bytes();
    assert!(Receipt::read(&text).is_ok());
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut changed = text.clone();
            changed[at] ^= 1 << bit;
            assert!(Receipt::read(&changed).is_err(), "byte {at}, bit {bit}");
        }
        let mut short = text.clone();
        short.remove(at);
        assert!(Receipt::read(&short).is_err(), "without byte {at}");
        let mut long = text.clone();
        long.insert(at, b' ');
        assert!(Receipt::read(&long).is_err(), "a space before byte {at}");
        assert!(Receipt::read(&text[..at]).is_err(), "cut at {at}");
    }
    assert!(Receipt::read(&[&text[..], b"\n"].concat()).is_err());
}

#[tokio::test]
async fn the_part_that_was_changed_is_named() {
    let (house, receipt) = receipt().await;
    let changed = |change: &dyn Fn(&mut Receipt)| {
        let mut other = receipt.clone();
        change(&mut other);
        place(&other)
    };
    let named = |name: &str| (name.to_owned(), Problem::Changed);
    assert_eq!(changed(&|other| other.site = "autre".to_owned()), named("site"));
    assert_eq!(
        changed(&|other| other.controller = "Autre".to_owned()),
        named("controller")
    );
    assert_eq!(changed(&|other| other.kind = Kind::Application), named("kind"));
    assert_eq!(changed(&|other| other.what.erased.clear()), named("what"));
    assert_eq!(changed(&|other| other.charter.version += 1), named("charter"));
    assert_eq!(
        changed(&|other| other.at = "2026-11-22T08:00:00Z".to_owned()),
        named("at")
    );
    assert_eq!(
        changed(&|other| other.ledger.hash = "0".repeat(64)),
        named("ledger")
    );
    assert_eq!(changed(&|other| other.subject = None), named("subject"));
    assert_eq!(changed(&|other| other.key.public = "0".repeat(64)), named("key"));
    assert_eq!(
        changed(&|other| other.key.published = "https://evil.example".to_owned()),
        named("key")
    );
    assert_eq!(changed(&|other| drop(other.parts.remove("what"))), named("parts"));
    let unsigned = ("signature".to_owned(), Problem::Unsigned);
    assert_eq!(changed(&|other| other.signature = "0".repeat(128)), unsigned);
    let newer = ("format".to_owned(), Problem::NewerFormat);
    assert_eq!(changed(&|other| other.format = 2), newer);

    // Written anew with the same words, or with a word more.
    let text = receipt.text();
    let compact = serde_json::to_string(&receipt).unwrap();
    for other in [compact, text.replacen("  \"site\"", "   \"site\"", 1)] {
        let flaw = Receipt::read(other.as_bytes()).unwrap_err();
        assert_eq!(flaw.problem, Problem::Rewritten, "{other}");
    }
    let more = text.replacen("  \"site\"", "  \"note\": 1,\n  \"site\"", 1);
    let flaw = Receipt::read(more.as_bytes()).unwrap_err();
    assert_eq!(
        (flaw.place.as_str(), flaw.problem),
        ("line 3", Problem::Unreadable)
    );

    // Signed anew by somebody else: true in itself, and no key of the site's.
    let other = House::new(Location::Sqlite("unused".into()), AGENCY).await;
    other.guard.renew_receipt_key().await.unwrap();
    let foreign = other.guard.vault.signer().await.unwrap();
    let mut forged = receipt.clone();
    forged.key.public = crate::hex(&foreign.public().public);
    forged.key.id = foreign.public().id();
    let forged = forged.signed(&foreign);
    assert!(Receipt::read(forged.text().as_bytes()).is_ok());
    let flaw = house.guard.flaw_of_receipt(&forged).await.unwrap().unwrap();
    assert_eq!((flaw.place.as_str(), flaw.problem), ("key", Problem::UnknownKey));
}
