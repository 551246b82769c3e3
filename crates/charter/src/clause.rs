//! Owns: [`ClauseId`], the name a rule bears everywhere, and [`Digest`], the name a whole charter bears.
//! Doesn't own: what a clause says.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The id of a rule: its section and name in the file (`purpose.apply`, `retention.application`), the same in
/// the published policy, in refusals and in records. Safe in an address and as an HTML id; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(Arc<str>);

/// The text can't be the id of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a clause: write it as section.name, such as purpose.apply")]
pub struct NotAClauseId;

impl ClauseId {
    /// The id of a rule with a name. The parser has checked the name.
    pub(crate) fn of(section: &str, name: &str) -> Self {
        Self(format!("{section}.{name}").into())
    }

    /// The id of a section that holds a single rule: `controller`.
    pub(crate) fn section(section: &str) -> Self {
        Self(section.into())
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// True for what may name a rule or a section: lower-case letters, digits and `_`, a letter first, 64 at most.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

impl FromStr for ClauseId {
    type Err = NotAClauseId;

    fn from_str(text: &str) -> Result<Self, NotAClauseId> {
        let good = match text.split_once('.') {
            Some((section, name)) => is_name(section) && is_name(name),
            None => is_name(text),
        };
        if good {
            Ok(Self(text.into()))
        } else {
            Err(NotAClauseId)
        }
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ClauseId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ClauseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// SHA-256 of a charter's bytes, written as 64 hexadecimal digits: which text exactly was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_safe_in_an_address() {
        for good in ["purpose.apply", "controller", "tracker.vivier_session"] {
            assert_eq!(good.parse::<ClauseId>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            ".",
            "purpose.",
            "Purpose.apply",
            "a.b.c",
            "a b",
            "../x",
            "é",
            "1a",
            "a.\"onclick",
        ] {
            assert_eq!(bad.parse::<ClauseId>(), Err(NotAClauseId), "{bad}");
        }
    }

    #[test]
    fn a_digest_is_sha_256() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), abc);
    }
}
