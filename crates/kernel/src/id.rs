//! Owns: [`Id`], the one form of an identifier. Doesn't own: what a kind of id names; each room declares its own.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Rng, Timestamp};

/// An identifier of a `K`: a UUIDv7 (RFC 9562), written as 32 lower-case hexadecimal digits.
///
/// Ordered by the millisecond it was made in; 74 bits of it are random. An id is never a permission: every use
/// checks who asks.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

/// The text isn't 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct IdError;

impl<K> Id<K> {
    /// A new id, made at `now`.
    #[must_use]
    pub fn new(rng: &Rng, now: Timestamp) -> Self {
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        Self::wrap(uuid::Builder::from_unix_timestamp_millis(millis, &rng.bytes()).into_uuid())
    }

    /// When it was made, to the millisecond.
    #[must_use]
    pub fn made_at(&self) -> Timestamp {
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&self.0.as_bytes()[..6]);
        Timestamp::from_millis(i64::from_be_bytes(millis))
    }

    /// The 16 bytes, for keys and hashes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The same identifier seen as naming another kind: a person's id as the id of its identity dossier.
    #[must_use]
    pub fn cast<L>(self) -> Id<L> {
        Id::wrap(self.0)
    }

    fn wrap(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}

impl<K> FromStr for Id<K> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let canonical = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !canonical {
            return Err(IdError);
        }
        Uuid::try_parse(text).map(Self::wrap).map_err(|_| IdError)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_simple())
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

// Derives would ask the same of `K`, which is only a name.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Thing {}

    #[test]
    fn reads_back_what_it_writes_and_nothing_else() {
        let id: Id<Thing> = Id::new(&Rng::seeded(1), Timestamp::from_millis(1_700_000_000_000));
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "x",
            "0193",
            &id.to_string().to_uppercase(),
            "../../../../../../../../etc/passwd",
        ] {
            assert_eq!(bad.parse::<Id<Thing>>(), Err(IdError), "{bad}");
        }
    }

    #[test]
    fn sorts_by_time() {
        let rng = Rng::seeded(2);
        let early: Id<Thing> = Id::new(&rng, Timestamp::from_millis(1_000));
        let late: Id<Thing> = Id::new(&rng, Timestamp::from_millis(2_000));
        assert!(early < late && early.to_string() < late.to_string());
    }
}
