//! Owns: [`Capability`], what each folder of this crate must answer. Doesn't own: any capability.

use axum::routing::MethodRouter;
use charter::PurposeKind;
use guard::{Actor, Guard, Holdings};
use kernel::Locale;
use platform::jobs::Handler;
use utoipa::openapi::{RefOr, Schema, path::Paths};
use utoipa_axum::router::UtoipaMethodRouter;
use web::{Kit, MenuItem, Texts};

use crate::Site;

/// One capability: what it serves, and what it keeps.
pub struct Capability {
    /// Its name: its folder's.
    pub name: &'static str,
    /// The purposes it serves; a charter that declares none of them doesn't offer it.
    pub purposes: &'static [PurposeKind],
    /// Its addresses.
    pub routes: fn() -> Vec<Route>,
    /// Its jobs.
    pub jobs: &'static [(&'static str, Handler<Site>)],
    /// What it keeps.
    pub holdings: Holdings,
    /// Its templates and texts.
    pub texts: Texts,
    /// Its entries in the desk's menu, for that member of staff.
    pub menu: fn(&Guard, &Kit, &Actor, Locale) -> Vec<MenuItem>,
}

/// Whom an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anyone.
    Public,
    /// A person, in their own area.
    Person,
    /// Staff; the doors decide what each may see.
    Staff,
    /// A program, with a token.
    Program,
    /// A demo's visitors; a real site answers 404.
    Demo,
}

/// One address.
pub struct Route {
    /// As axum writes it.
    pub path: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// What answers.
    pub handler: MethodRouter<Site>,
    /// The names of the fields that its small form takes, the door's own beside them; any other is refused.
    pub fields: &'static [&'static str],
    /// Its part of the API's document.
    pub document: Option<Document>,
}

/// The schemas and operations of an address, for the API's document.
pub type Document = (Vec<(String, RefOr<Schema>)>, Paths);

impl Route {
    /// An address for that audience.
    pub fn new(audience: Audience, path: &'static str, handler: MethodRouter<Site>) -> Self {
        Self {
            path,
            audience,
            handler,
            fields: &[],
            document: None,
        }
    }

    /// The same, with a small form of these fields.
    #[must_use]
    pub(crate) fn takes(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self
    }

    /// An address of the API, with what its handlers say of themselves.
    pub(crate) fn documented(
        audience: Audience,
        path: &'static str,
        (schemas, paths, handler): UtoipaMethodRouter<Site>,
    ) -> Self {
        Self {
            document: Some((schemas, paths)),
            ..Self::new(audience, path, handler)
        }
    }
}
