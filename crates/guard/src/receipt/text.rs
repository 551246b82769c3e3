//! Owns: the text of a receipt: its parts, its one canonical form, reading it back strictly, and the place where a changed
//! one doesn't fit. Pure. Doesn't own: the key ([`vault::Signer`]), what is attested ([`super`]).
//!
//! # Format, final from version 1
//! JSON in UTF-8, fields in the order of [`Receipt`], indented by two spaces, a line feed at the end; any other spelling of
//! the same is refused. `parts` holds the SHA-256 of each other part, written compactly, by its name; the signature is
//! Ed25519 (RFC 8032) over `vivier receipt 1`, a line feed and `parts`, written compactly. So a reader can tell which part
//! was changed, not only that one was.

use std::collections::BTreeMap;

use kernel::{Word as _, words};
use serde::{Deserialize, Serialize};
use vault::{PublicKey, Signer, is_signed_by, key_id};

/// The version of the format.
pub const FORMAT: u32 = 1;
/// No receipt is so long, in bytes.
const LIMIT: usize = 16 * 1024;
const SIGNED: &str = "vivier receipt 1\n";

words! {
    /// What a receipt attests.
    pub enum Kind {
        /// That something was erased.
        Erasure = "erasure",
        /// That an application was received.
        Application = "application",
        /// That a consent was given.
        ConsentGiven = "consent_given",
        /// That an application, or a consent, was withdrawn.
        Withdrawn = "withdrawn",
    }
}

/// What happened, in the charter's words and in counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct What {
    /// How far it reached and why.
    pub words: BTreeMap<String, String>,
    /// So many dossiers are gone, by the clause of their purpose.
    pub erased: BTreeMap<String, u64>,
    /// So many stay, restricted, by the clause that wants them, or `hold`.
    pub kept: BTreeMap<String, u64>,
    /// The clauses of the charter that it happened under.
    pub clauses: Vec<String>,
}

/// The version of the charter in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    /// Its number.
    pub version: u32,
    /// Its digest.
    pub digest: String,
}

/// Where the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The entry.
    pub entry: String,
    /// Its hash in the chain.
    pub hash: String,
}

/// What signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// By what it is named: the first eight bytes of its SHA-256.
    pub id: String,
    /// The public key, 64 hexadecimal digits.
    pub public: String,
    /// Where the site publishes its keys.
    pub published: String,
}

/// A receipt. Nothing in it is personal: a pseudonym that dies with the dossier's key, counts and words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// [`FORMAT`].
    pub format: u32,
    /// The site's name.
    pub site: String,
    /// Who answers for it.
    pub controller: String,
    /// What it attests.
    pub kind: Kind,
    /// What happened.
    pub what: What,
    /// Under which charter.
    pub charter: Charter,
    /// When (RFC 3339).
    pub at: String,
    /// Where the ledger holds it.
    pub ledger: Entry,
    /// Whom it is about, by a pseudonym.
    pub subject: Option<String>,
    /// What signed it.
    pub key: Key,
    /// The SHA-256 of each part above, by its name.
    pub parts: BTreeMap<String, String>,
    /// Over `parts`, 128 hexadecimal digits.
    pub signature: String,
}

words! {
    /// What can be wrong with a receipt.
    pub enum Problem {
        /// It isn't a receipt.
        Unreadable = "unreadable",
        /// A newer program made it.
        NewerFormat = "newer_format",
        /// It says the same in another spelling: somebody wrote it anew.
        Rewritten = "rewritten",
        /// It isn't what was signed.
        Changed = "changed",
        /// The signature isn't that key's over this.
        Unsigned = "unsigned",
        /// The key is none of those that the site publishes.
        UnknownKey = "unknown_key",
        /// The key had a successor by then.
        RetiredKey = "retired_key",
        /// The site's ledger doesn't hold it.
        NotInLedger = "not_in_ledger",
        /// The site's ledger says something else.
        OtherInLedger = "other_in_ledger",
        /// The site's ledger isn't whole.
        BrokenLedger = "broken_ledger",
    }
}

/// A place that doesn't fit, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// The part's name, or `line 3`.
    pub place: String,
    /// What is wrong there.
    pub problem: Problem,
}

impl Flaw {
    pub(super) fn new(place: impl Into<String>, problem: Problem) -> Self {
        Self {
            place: place.into(),
            problem,
        }
    }
}

/// One key of [`Published`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedKey {
    /// By what a receipt names it.
    pub id: String,
    /// The public key, 64 hexadecimal digits.
    pub public: String,
    /// Since when it signs.
    pub from: String,
    /// Since when another does.
    pub until: Option<String>,
}

/// The keys that a site publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// [`FORMAT`].
    pub format: u32,
    /// The site's name.
    pub site: String,
    /// Who answers for it.
    pub controller: String,
    /// Oldest first.
    pub keys: Vec<PublishedKey>,
}

impl Published {
    pub(super) fn of(site: &str, controller: &str, keys: &[PublicKey]) -> Self {
        let key = |key: &PublicKey| PublishedKey {
            id: key.id(),
            public: crate::hex(&key.public),
            from: key.from.rfc3339(),
            until: key.until.map(kernel::Timestamp::rfc3339),
        };
        Self {
            format: FORMAT,
            site: site.to_owned(),
            controller: controller.to_owned(),
            keys: keys.iter().map(key).collect(),
        }
    }

    /// Reads what a site publishes; `None` of anything else.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let published: Self = serde_json::from_slice(bytes).ok()?;
        (published.format == FORMAT).then_some(published)
    }

    /// What is wrong with the key of a receipt.
    #[must_use]
    pub fn flaw_of(&self, receipt: &Receipt) -> Option<Flaw> {
        let key = &receipt.key;
        let mut known = self.keys.iter();
        let Some(known) = known.find(|known| known.id == key.id && known.public == key.public) else {
            return Some(Flaw::new("key", Problem::UnknownKey));
        };
        // Both are RFC 3339 in UTC to the second, and so in the order of their texts.
        let retired = known.until.as_ref().is_some_and(|until| *until < receipt.at);
        retired.then(|| Flaw::new("key", Problem::RetiredKey))
    }
}

impl Receipt {
    /// Signs what everything but the last two parts says.
    pub(super) fn signed(mut self, signer: &Signer) -> Self {
        self.parts = self.digests();
        let signature = signer.sign(&self.signed_bytes());
        self.signature = crate::hex(&signature);
        self
    }

    /// The receipt in its one spelling.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a receipt and checks everything that it bears in itself: its form, each part, the signature. Whose key it is
    /// is another question: [`Published::flaw_of`].
    ///
    /// # Errors
    /// [`Flaw`], with the place.
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        if bytes.len() > LIMIT {
            return Err(Flaw::new("file", Problem::Unreadable));
        }
        let receipt: Self = serde_json::from_slice(bytes).map_err(|error| unreadable(bytes, &error))?;
        if receipt.format != FORMAT {
            let newer = receipt.format > FORMAT;
            let problem = if newer {
                Problem::NewerFormat
            } else {
                Problem::Unreadable
            };
            return Err(Flaw::new("format", problem));
        }
        let text = receipt.text();
        if text.as_bytes() != bytes {
            let same = text.bytes().zip(bytes).take_while(|(a, b)| a == *b).count();
            let line = 1 + text.bytes().take(same).filter(|byte| *byte == b'\n').count();
            return Err(Flaw::new(format!("line {line}"), Problem::Rewritten));
        }
        match receipt.flaw() {
            None => Ok(receipt),
            Some(flaw) => Err(flaw),
        }
    }

    fn flaw(&self) -> Option<Flaw> {
        let digests = self.digests();
        let changed = |name: &&String| self.parts.get(*name) != digests.get(*name);
        let place = digests.keys().find(changed);
        let (Some(public), Some(signature)) = (unhex::<32>(&self.key.public), unhex::<64>(&self.signature))
        else {
            return Some(Flaw::new("signature", Problem::Unsigned));
        };
        if is_signed_by(&public, &self.signed_bytes(), &signature) {
            if key_id(&public) != self.key.id {
                return Some(Flaw::new("key", Problem::Changed));
            }
            // What was signed names each part: the one that differs was changed since.
            return match place {
                Some(part) => Some(Flaw::new(part.as_str(), Problem::Changed)),
                None if self.parts.len() != digests.len() => Some(Flaw::new("parts", Problem::Changed)),
                None => None,
            };
        }
        Some(match place {
            Some(_) if self.parts.get("key") != digests.get("key") => Flaw::new("key", Problem::Changed),
            Some(_) => Flaw::new("parts", Problem::Changed),
            None => Flaw::new("signature", Problem::Unsigned),
        })
    }

    fn digests(&self) -> BTreeMap<String, String> {
        let part = |name: &str, json: serde_json::Result<String>| {
            let digest = vault::digest(json.unwrap_or_default().as_bytes());
            (name.to_owned(), crate::hex(&digest))
        };
        BTreeMap::from([
            part("format", serde_json::to_string(&self.format)),
            part("site", serde_json::to_string(&self.site)),
            part("controller", serde_json::to_string(&self.controller)),
            part("kind", serde_json::to_string(&self.kind)),
            part("what", serde_json::to_string(&self.what)),
            part("charter", serde_json::to_string(&self.charter)),
            part("at", serde_json::to_string(&self.at)),
            part("ledger", serde_json::to_string(&self.ledger)),
            part("subject", serde_json::to_string(&self.subject)),
            part("key", serde_json::to_string(&self.key)),
        ])
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let parts = serde_json::to_string(&self.parts).unwrap_or_default();
        [SIGNED, &parts].concat().into_bytes()
    }

    /// The name under which it is saved.
    #[must_use]
    pub fn file_name(&self) -> String {
        let day = self.at.get(..10).unwrap_or_default();
        format!("receipt-{}-{day}.json", self.kind.word().replace('_', "-"))
    }
}

/// What isn't a receipt, or one of a newer format.
fn unreadable(bytes: &[u8], error: &serde_json::Error) -> Flaw {
    #[derive(Deserialize)]
    struct Any {
        format: u32,
    }
    match serde_json::from_slice::<Any>(bytes) {
        Ok(any) if any.format > FORMAT => Flaw::new("format", Problem::NewerFormat),
        _ => Flaw::new(format!("line {}", error.line().max(1)), Problem::Unreadable),
    }
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? * 16 + low?).ok()?;
    }
    // Written in one way only.
    (crate::hex(&bytes) == text).then_some(bytes)
}
