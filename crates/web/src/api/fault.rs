//! Owns: [`Fault`], one thing in a request that doesn't fit, and where. Doesn't own: finding it.

use serde::Serialize;

use crate::{kit::Kit, texts::Say};

/// Where in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// In the body: a JSON pointer (RFC 6901) as a fragment, `#/salary/min`.
    Body(String),
    /// In the query: the parameter's name.
    Query(String),
    /// In a header.
    Header(&'static str),
}

/// One thing that doesn't fit, and what would.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where.
    pub at: At,
    /// What, in the caller's language.
    pub say: Say,
    /// The field's name, when it is one that is known to nobody.
    pub unknown: Option<String>,
    /// The clause of the charter that refuses, where one does.
    pub clause: Option<String>,
}

impl Fault {
    /// A fault of that place.
    #[must_use]
    pub const fn new(at: At, say: Say) -> Self {
        Self {
            at,
            say,
            unknown: None,
            clause: None,
        }
    }

    /// A fault of a field of the body.
    #[must_use]
    pub fn of_field(name: &str, say: Say) -> Self {
        Self::new(At::Body(format!("#/{}", escape(name))), say)
    }

    pub(crate) fn view(&self, kit: &Kit, locale: kernel::Locale) -> Detail {
        let (pointer, parameter, header) = match &self.at {
            At::Body(pointer) => (Some(pointer.clone()), None, None),
            At::Query(name) => (None, Some(name.clone()), None),
            At::Header(name) => (None, None, Some((*name).to_owned())),
        };
        Detail {
            detail: kit.say(locale, &self.say),
            pointer,
            parameter,
            header,
            clause: self.clause.clone(),
        }
    }
}

/// One of several things that don't fit (RFC 9457 §3, `errors`).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Detail {
    /// What doesn't fit, and what would.
    pub detail: String,
    /// Where in the body: a JSON pointer as a fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which parameter of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Which header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The clause of the charter that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// A name as a part of a JSON pointer (RFC 6901 §3), cut where it is longer than any field's.
pub(crate) fn escape(name: &str) -> String {
    let name: String = name.chars().take(64).collect();
    name.replace('~', "~0").replace('/', "~1")
}
