//! The page kit. Owns: layouts, components, texts in two languages, form views, cookies, error pages, headers,
//! assets, the look. Doesn't own: any capability, any table, any person's value; what a page says comes from
//! the capability that serves it.

pub mod api;
pub mod assets;
mod client;
mod colour;
pub mod cookie;
mod door;
mod dress;
mod error;
pub mod form;
mod functions;
pub mod headers;
mod icons;
mod kit;
mod language;
pub mod markdown;
mod origin;
mod page;
mod showcase;
mod texts;
pub mod theme;
pub mod typography;
mod words;

pub use client::ClientAddress;
pub use cookie::Cookie;
pub use door::receive;
pub use error::{Cause, Error, Problem, Raised, Reference};
pub use form::{Choice, Errors, FieldKind, FieldView, FormView, KeptFile};
pub use kit::{Kit, KitError, Texts};
pub use language::{LANGUAGE_COOKIE, language};
pub use origin::{safe_return, same_origin};
pub use page::{MenuItem, Notice, Page, PolicyNews, SiteFace, Slot, Tone, Undo, Viewer};
pub use showcase::showcase;
pub use texts::{Arg, Say};

macro_rules! own_templates {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../templates/", $name)))),+] };
}

/// The kit's own templates and texts; [`Kit::new`] adds them by itself.
pub(crate) const OWN: Texts = Texts {
    templates: own_templates![
        "error.html",
        "error_desk.html",
        "kit/form.html",
        "kit/parts.html",
        "kit/samples.html",
        "kit/showcase.html",
        "kit/showcase_public.html",
        "kit/table.html",
        "layout/area.html",
        "layout/bare.html",
        "layout/base.html",
        "layout/desk.html",
        "layout/public.html",
    ],
    locales: &[
        (kernel::Locale::Fr, include_str!("../locales/fr.ftl")),
        (kernel::Locale::En, include_str!("../locales/en.ftl")),
    ],
};
