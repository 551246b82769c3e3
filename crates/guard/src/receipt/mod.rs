//! Owns: receipts: a signed word on an entry of the ledger, which its person keeps and anybody verifies offline; and
//! holding one against the site's ledger. Doesn't own: the ledger ([`crate::ledger`]), the key (`vault`), pages.
//!
//! What a receipt says was noted in the transaction that did it; the receipt itself is made when it is asked for, and says
//! the same each time.

#[cfg(test)]
pub(crate) mod tests;
mod text;

use kernel::{Id, Timestamp, Word as _};
use serde_json::Value;
use storage::{KeyedHash, PublicText, Tx, sql};
use vault::{DossierId, LedgerEntry, LedgerRow, PublicKey};

use crate::{Actor, Error, Guard, keep::erase::Erasure};

pub use text::{Charter, Entry, FORMAT, Flaw, Key, Kind, Problem, Published, PublishedKey, Receipt, What};

/// A receipt that can be had.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// The entry of the ledger that it is about.
    pub entry: Id<LedgerEntry>,
    /// What it attests.
    pub kind: Kind,
    /// When that happened.
    pub at: Timestamp,
}

impl Guard {
    /// Notes what can be had a receipt of, in the transaction that does it, and under which version of the charter.
    pub(crate) async fn attest(
        &self,
        tx: &mut Tx,
        noted: &'static str,
        subject: Option<KeyedHash>,
        what: &What,
        charter: &charter::Charter,
    ) -> Result<Id<LedgerEntry>, Error> {
        let body = serde_json::json!({
            "charter": charter.version(),
            "digest": charter.digest().to_string(),
            "receipt": what,
        });
        self.note_entry(tx, noted, subject, &body).await
    }

    /// Remembers that there is something to have a receipt of about a dossier.
    pub(crate) async fn list_receipt(
        &self,
        tx: &mut Tx,
        entry: Id<LedgerEntry>,
        dossier: DossierId,
        kind: Kind,
    ) -> Result<(), Error> {
        sql("INSERT INTO receipts (entry, dossier, kind, at) VALUES ($1, $2, $3, $4)")
            .bind(entry)
            .bind(dossier)
            .bind(kind)
            .bind(self.now())
            .later(tx)
            .await?;
        Ok(())
    }

    /// The receipts that the acting person can have about one of their dossiers, oldest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't theirs.
    pub async fn receipts_of(&self, actor: &Actor, dossier: DossierId) -> Result<Vec<Listed>, Error> {
        let person = self.dossier(&self.db, dossier).await?.person;
        if !actor.people().contains(&person) {
            return Err(Error::NotFound);
        }
        let rows = sql("SELECT entry, kind, at FROM receipts WHERE dossier = $1 ORDER BY at, entry")
            .bind(dossier)
            .all(&self.db)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Listed {
                    entry: row.get("entry")?,
                    kind: row.get("kind")?,
                    at: row.get("at")?,
                })
            })
            .collect()
    }

    /// A receipt of the acting person's. `published` is the address at which the site publishes its keys.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't theirs.
    pub async fn own_receipt(
        &self,
        actor: &Actor,
        entry: Id<LedgerEntry>,
        published: &str,
    ) -> Result<Receipt, Error> {
        let row = sql("SELECT dossier FROM receipts WHERE entry = $1")
            .bind(entry)
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let dossier = self.dossier(&self.db, row.get("dossier")?).await?;
        if !actor.people().contains(&dossier.person) {
            return Err(Error::NotFound);
        }
        self.sign_receipt(entry, published).await
    }

    /// The receipt of an erasure that is done: who knows its address was told it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or it isn't done.
    pub async fn receipt_of_erasure(&self, id: Id<Erasure>, published: &str) -> Result<Receipt, Error> {
        let row = sql("SELECT entry FROM erasures WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let entry: Option<Id<LedgerEntry>> = row.get("entry")?;
        self.sign_receipt(entry.ok_or(Error::NotFound)?, published).await
    }

    /// The keys that sign receipts, or did.
    ///
    /// # Errors
    /// The vault's.
    pub async fn receipt_keys(&self) -> Result<Published, Error> {
        // Made the first time anybody asks: published before it signs anything.
        self.vault.signer().await?;
        Ok(self.published(&self.vault.signing_keys().await?))
    }

    /// Gives the key that signs receipts a successor; what it signed stays true. Gives the new one's name.
    ///
    /// # Errors
    /// The vault's.
    pub async fn renew_receipt_key(&self) -> Result<String, Error> {
        let key = self.vault.renew_signer().await?;
        let mut tx = self.begin().await?;
        let body = serde_json::json!({ "key": key.id() });
        self.note(&mut tx, "receipt_key_renewed", None, &body).await?;
        tx.commit().await?;
        Ok(key.id())
    }

    /// What the site itself has against a receipt that fits in itself: its key is none of the site's, or the ledger says
    /// otherwise; `None` when it is true.
    ///
    /// # Errors
    /// The vault's.
    pub async fn flaw_of_receipt(&self, receipt: &Receipt) -> Result<Option<Flaw>, Error> {
        let keys = self.vault.signing_keys().await?;
        if let Some(flaw) = self.published(&keys).flaw_of(receipt) {
            return Ok(Some(flaw));
        }
        let missing = Flaw::new("ledger", Problem::NotInLedger);
        let Ok(entry) = receipt.ledger.entry.parse() else {
            return Ok(Some(missing));
        };
        let Some(row) = self.row_of(entry).await? else {
            return Ok(Some(missing));
        };
        if let Some(broken) = self.vault.verify_ledger().await?.broken {
            let place = format!("ledger entry {}", broken.seq);
            return Ok(Some(Flaw::new(place, Problem::BrokenLedger)));
        }
        let Some(own) = said(&row) else {
            return Ok(Some(Flaw::new("ledger", Problem::OtherInLedger)));
        };
        let parts = [
            ("kind", own.kind == receipt.kind),
            ("what", own.what == receipt.what),
            ("charter", own.charter == receipt.charter),
            ("at", own.at == receipt.at),
            ("ledger", own.ledger == receipt.ledger),
            ("subject", own.subject == receipt.subject),
        ];
        let other = parts.iter().find(|(_, same)| !same);
        Ok(other.map(|(part, _)| Flaw::new(*part, Problem::OtherInLedger)))
    }

    fn published(&self, keys: &[PublicKey]) -> Published {
        Published::of(self.name(), &self.charter().controller().name, keys)
    }

    /// The entry in the chain; noted a moment ago, it is put there now.
    async fn row_of(&self, entry: Id<LedgerEntry>) -> Result<Option<LedgerRow>, Error> {
        if let Some(row) = self.vault.ledger_row(entry).await? {
            return Ok(Some(row));
        }
        while self.sequence_ledger().await? > 0 {}
        Ok(self.vault.ledger_row(entry).await?)
    }

    async fn sign_receipt(&self, entry: Id<LedgerEntry>, published: &str) -> Result<Receipt, Error> {
        let row = self.row_of(entry).await?.ok_or(Error::NotFound)?;
        let said = said(&row).ok_or(Error::NotFound)?;
        let signer = self.vault.signer().await?;
        let receipt = Receipt {
            format: FORMAT,
            site: self.name().to_owned(),
            controller: self.charter().controller().name.clone(),
            kind: said.kind,
            what: said.what,
            charter: said.charter,
            at: said.at,
            ledger: said.ledger,
            subject: said.subject,
            key: Key {
                id: signer.public().id(),
                public: crate::hex(&signer.public().public),
                published: published.to_owned(),
            },
            parts: std::collections::BTreeMap::new(),
            signature: String::new(),
        };
        Ok(receipt.signed(&signer))
    }
}

/// The words under which the ledger holds what can be had a receipt of.
const NOTED: [(&str, Kind); 4] = [
    ("erasure_done", Kind::Erasure),
    ("application_received", Kind::Application),
    ("consent_given", Kind::ConsentGiven),
    ("withdrawn", Kind::Withdrawn),
];

/// The word under which the ledger holds it.
pub(crate) fn noted(kind: Kind) -> &'static str {
    let known = NOTED.iter().find(|(_, known)| *known == kind);
    known.map_or(kind.word(), |(word, _)| word)
}

/// What the ledger holds of it, as a receipt says it.
struct Said {
    kind: Kind,
    what: What,
    charter: Charter,
    at: String,
    ledger: Entry,
    subject: Option<String>,
}

/// `None` of an entry of which there is no receipt.
fn said(row: &LedgerRow) -> Option<Said> {
    let word: &str = &row.entry.kind;
    let (_, kind) = NOTED.iter().find(|(noted, _)| *noted == word)?;
    let body: Value = serde_json::from_str(&row.entry.body).ok()?;
    Some(Said {
        kind: *kind,
        what: serde_json::from_value(body.get("receipt")?.clone()).ok()?,
        charter: Charter {
            version: u32::try_from(body.get("charter")?.as_u64()?).ok()?,
            digest: body.get("digest")?.as_str()?.to_owned(),
        },
        at: row.entry.at.rfc3339(),
        ledger: Entry {
            entry: row.entry.id.to_string(),
            hash: row.hash.to_string(),
        },
        subject: row.entry.subject.map(|subject| subject.to_string()),
    })
}

/// The clause of a purpose, for counting.
pub(crate) fn clause_of_purpose(charter: &charter::Charter, purpose: &str) -> PublicText {
    let declared = charter.purpose(purpose);
    PublicText::new(declared.map_or_else(
        || format!("purpose.{purpose}"),
        |purpose| purpose.rule.clause.to_string(),
    ))
}
