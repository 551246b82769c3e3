//! Owns: how a refusal of `guard` becomes an answer, and how a multipart form is fed to the door that collects. Doesn't
//! own: what may be collected.

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use futures_util::TryStreamExt as _;
use guard::collect::{Collected, Collecting, Expected};

use crate::{Error, texts::Say};

impl From<guard::Error> for Error {
    fn from(error: guard::Error) -> Self {
        match error {
            guard::Error::NotFound => Self::NotFound,
            guard::Error::Forbidden => Self::forbidden(),
            guard::Error::NeedsHuman(clause) => Self::Forbidden {
                clause,
                message: Some(Say::new("problem-needs-human")),
            },
            guard::Error::OutOfScope(scope) => Self::Forbidden {
                clause: None,
                message: Some(Say::new("problem-scope").with("scope", kernel::Word::word(scope))),
            },
            guard::Error::LastFactor(clause) => Self::Forbidden {
                clause: Some(clause.to_string()),
                message: None,
            },
            guard::Error::TooLate => Self::Conflict(None),
            guard::Error::TooOften { seconds } => Self::TooMany {
                retry_after_seconds: Some(seconds),
            },
            guard::Error::Broken => Self::Invalid(None),
            guard::Error::Repeated(label) => {
                Self::Invalid(Some(Say::new("error-invalid-repeated").with("label", label)))
            }
            guard::Error::TooLarge => Self::TooLarge { limit: None },
            guard::Error::NotShown(refusal) => Self::Forbidden {
                clause: Some(refusal.clause.to_string()),
                message: Some(said(&refusal)),
            },
            guard::Error::Refused(refusal) => Self::Unprocessable {
                clause: Some(refusal.clause.to_string()),
                message: Some(said(&refusal)),
                field: refusal.subject,
            },
            error if error.is_temporary() => Self::unavailable(error),
            error => Self::internal(error),
        }
    }
}

/// The charter speaks both languages; the text takes the one that is its own.
fn said(refusal: &guard::Refusal) -> Say {
    Say::new("error-refusal")
        .with("fr", refusal.message(kernel::Locale::Fr))
        .with("en", refusal.message(kernel::Locale::En))
}

/// Feeds a form's parts to the door that collects, one by one; a file is never whole in memory.
///
/// # Errors
/// A field that the charter doesn't list (422), a form that breaks off, isn't one or answers twice what takes one
/// answer (400), one that is too large (413). Nothing of it is left then.
pub async fn receive(mut form: Multipart, mut collecting: Collecting) -> Result<Collected, Error> {
    while let Some(part) = form.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match collecting.expects(&name)? {
            Expected::File => {
                let file_name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.map_err(|error| guard_error(&error));
                collecting.file(&name, &file_name, bytes).await?;
            }
            Expected::Text | Expected::Ours if part.file_name().is_some() => {
                return Err(Error::Invalid(None));
            }
            Expected::Text | Expected::Ours => {
                collecting.text(&name, text(part).await?).await?;
            }
        }
    }
    Ok(collecting.finish().await?)
}

/// The most bytes that one text is read of: the door that collects takes no more of all texts of a form together.
const TEXT: usize = 256 * 1024;

/// A text part, read no further than it may be long; bytes that are no text become U+FFFD.
pub(crate) async fn text(mut part: Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT {
            return Err(guard::Error::TooLarge.into());
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(crate) fn broken(error: MultipartError) -> Error {
    guard_error(&error).into()
}

pub(crate) fn guard_error(error: &MultipartError) -> guard::Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        guard::Error::TooLarge
    } else {
        guard::Error::Broken
    }
}
