//! The page kit. Owns: layouts, components, texts in two languages, form views, cookies, error pages, headers,
//! assets, the look. Doesn't own: any capability, any table, any person's value; what a page says comes from
//! the capability that serves it.

pub mod assets;
pub mod cookie;
mod error;
pub mod form;
mod functions;
pub mod headers;
mod icons;
mod kit;
mod language;
mod markdown;
mod origin;
mod page;
mod showcase;
mod texts;
pub mod theme;
pub mod typography;
mod words;

pub use error::{Cause, Error, Problem, Raised, Reference};
pub use form::{Errors, FieldKind, FieldView, FormView};
pub use kit::{Kit, KitError, Texts};
pub use language::{LANGUAGE_COOKIE, language};
pub use origin::{safe_return, same_origin};
pub use page::{MenuItem, Notice, Page, SiteFace, Slot, Tone, Undo, Viewer};
pub use showcase::showcase;
pub use texts::{Arg, Say};

/// The kit's own templates and texts; [`Kit::new`] adds them by itself.
pub(crate) const OWN: Texts = Texts {
    templates: &[
        ("layout/base.html", include_str!("../templates/layout/base.html")),
        (
            "layout/public.html",
            include_str!("../templates/layout/public.html"),
        ),
        ("layout/desk.html", include_str!("../templates/layout/desk.html")),
        ("layout/bare.html", include_str!("../templates/layout/bare.html")),
        ("error.html", include_str!("../templates/error.html")),
        ("kit/parts.html", include_str!("../templates/kit/parts.html")),
        ("kit/form.html", include_str!("../templates/kit/form.html")),
        ("kit/table.html", include_str!("../templates/kit/table.html")),
        (
            "kit/showcase.html",
            include_str!("../templates/kit/showcase.html"),
        ),
    ],
    locales: &[
        (kernel::Locale::Fr, include_str!("../locales/fr.ftl")),
        (kernel::Locale::En, include_str!("../locales/en.ftl")),
    ],
};
