//! Owns: [`Error`], what a page or the API says when it can't answer. Doesn't own: deciding that.

use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Causes, Locale, Rng};
use serde::Serialize;

use crate::{
    api::{Detail, Fault},
    kit::Kit,
    page::{Page, Viewer},
    texts::Say,
};

/// Whatever went wrong underneath. Its words go to the log; they must not hold a person's data.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why there is no answer; each says what to do next, in the reader's language.
#[derive(Debug)]
pub enum Error {
    /// There is nothing here, or nothing that this reader may know of.
    NotFound,
    /// Sign in first (401).
    SignIn,
    /// This reader may not; the clause that refuses, where one does.
    Forbidden {
        /// The charter's clause.
        clause: Option<String>,
        /// Why, where there is more to say.
        message: Option<Say>,
    },
    /// It was here and is gone for good.
    Gone,
    /// Somebody else was faster, or it isn't possible any more.
    Conflict(Option<Say>),
    /// The request can't be read.
    Invalid(Option<Say>),
    /// More than fits.
    TooLarge {
        /// The most bytes that fit.
        limit: Option<u64>,
    },
    /// A file of another kind than is taken.
    UnsupportedMedia {
        /// What is taken: “PDF, DOCX”.
        accepted: Option<String>,
    },
    /// Too often.
    TooMany {
        /// When to come back.
        retry_after_seconds: Option<u32>,
    },
    /// Read, understood and refused: a field the charter doesn't list.
    Unprocessable {
        /// The field.
        field: String,
        /// The clause that refuses.
        clause: Option<String>,
        /// Why, where there is more to say than that.
        message: Option<Say>,
    },
    /// Read, and something in it doesn't fit: 400 in the query or a header, 422 in the body.
    Unfit {
        /// The status.
        status: StatusCode,
        /// What, and where.
        faults: Vec<Fault>,
    },
    /// There is something here, and this isn't done with it (405).
    Method,
    /// Not now: the disk is full, the database away.
    Unavailable(Option<Cause>),
    /// Our fault.
    Internal(Cause),
}

impl Error {
    /// Our fault, with its cause for the log.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Not now, with its cause for the log.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(Some(cause.into()))
    }

    /// This reader may not.
    #[must_use]
    pub const fn forbidden() -> Self {
        Self::Forbidden {
            clause: None,
            message: None,
        }
    }

    /// What a status of the router itself (no route, a body too large) means; `None` for a success.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Option<Self> {
        Some(match status {
            status if !status.is_client_error() && !status.is_server_error() => return None,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Self::NotFound,
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::FORBIDDEN => Self::forbidden(),
            StatusCode::GONE => Self::Gone,
            StatusCode::CONFLICT => Self::Conflict(None),
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge { limit: None },
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMedia { accepted: None },
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany {
                retry_after_seconds: None,
            },
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable(None),
            status if status.is_client_error() => Self::Invalid(None),
            status => Self::internal(format!("the router answered {status}")),
        })
    }

    /// Its HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::Gone => StatusCode::GONE,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMedia { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unprocessable { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unfit { status, .. } => *status,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its word in text keys and in the API's `type`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::SignIn => "sign-in",
            Self::Forbidden { .. } => "forbidden",
            Self::Gone => "gone",
            Self::Conflict(_) => "conflict",
            Self::Invalid(_) => "invalid",
            Self::TooLarge { .. } => "too-large",
            Self::UnsupportedMedia { .. } => "unsupported-media",
            Self::TooMany { .. } => "too-many",
            Self::Unprocessable { .. } => "unprocessable",
            Self::Unfit { .. } => "unfit",
            Self::Method => "method",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The clause of the charter that refuses, where one does.
    #[must_use]
    pub fn clause(&self) -> Option<&str> {
        match self {
            Self::Forbidden { clause, .. } | Self::Unprocessable { clause, .. } => clause.as_deref(),
            _ => None,
        }
    }

    /// Logs it: once, at the edge, by its reference, with the route's pattern and never the address itself. What
    /// a reader did wrong is not worth a warning.
    pub fn log(&self, reference: &Reference, route: &str) {
        let (status, kind) = (self.status().as_u16(), self.word());
        match self {
            Self::Internal(cause) => {
                tracing::error!(%reference, route, status, kind, cause = %Causes(cause.as_ref()), "no answer");
            }
            Self::Unavailable(Some(cause)) => {
                tracing::warn!(%reference, route, status, kind, cause = %Causes(cause.as_ref()), "no answer");
            }
            Self::Unavailable(None) => tracing::warn!(%reference, route, status, kind, "no answer"),
            _ => tracing::info!(%reference, route, status, kind, clause = self.clause(), "refused"),
        }
    }

    /// The page that says it, in the page's language and layout.
    #[must_use]
    pub fn page(&self, kit: &Kit, page: &Page, reference: &Reference) -> Response {
        // At the desk one keeps one's menu: what is open is beside what isn't.
        let desk = page.path.starts_with("/desk") && matches!(page.viewer, Viewer::Staff { .. });
        let drawn = kit.render(
            page.locale,
            if desk { "error_desk.html" } else { "error.html" },
            page,
            View {
                error: self.view(kit, page.locale, reference, "error"),
            },
        );
        let body = drawn.unwrap_or_else(|error| {
            tracing::error!(%error, "the error page can't be drawn");
            format!("{} {reference}", self.status())
        });
        let mut response = (self.status(), axum::response::Html(body)).into_response();
        self.add_headers(&mut response);
        response
    }

    /// The same for the API (RFC 9457).
    #[must_use]
    pub fn problem(&self, kit: &Kit, locale: Locale, reference: &Reference) -> Response {
        let body = serde_json::to_vec(&self.view(kit, locale, reference, "problem")).unwrap_or_default();
        let mut response = (self.status(), Body::from(body)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if matches!(self, Self::SignIn) {
            // RFC 6750 §3.
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        self.add_headers(&mut response);
        response
    }

    fn add_headers(&self, response: &mut Response) {
        let seconds = match self {
            Self::TooMany { retry_after_seconds } => *retry_after_seconds,
            Self::Unavailable(_) => Some(30),
            _ => None,
        };
        if let Some(seconds) = seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }

    /// `voice` is whom it speaks to: people read an `error`, programs a `problem`.
    fn view(&self, kit: &Kit, locale: Locale, reference: &Reference, voice: &'static str) -> Problem {
        let word = self.word();
        let text = |part: &str| kit.text(locale, &format!("{voice}-{word}-{part}"), &[]);
        let limit_text = |key: &str| Say {
            key: format!("{voice}-{key}").into(),
            args: Vec::new(),
        };
        let message = match self {
            Self::Forbidden { message, .. } | Self::Unprocessable { message, .. } => message.clone(),
            Self::Conflict(message) | Self::Invalid(message) => message.clone(),
            Self::TooLarge { limit: Some(limit) } => {
                let limit = crate::words::bytes(*limit, locale);
                Some(limit_text("too-large-limit").with("limit", limit))
            }
            Self::UnsupportedMedia {
                accepted: Some(accepted),
            } => Some(limit_text("unsupported-media-accepted").with("accepted", accepted.clone())),
            _ => None,
        };
        let field = match self {
            Self::Unprocessable { field, .. } => Some(field.clone()),
            _ => None,
        };
        let faults = match self {
            Self::Unfit { faults, .. } => faults.as_slice(),
            Self::Unprocessable {
                field,
                clause,
                message,
            } => &[Fault {
                clause: clause.clone(),
                ..Fault::of_field(
                    field,
                    message.clone().unwrap_or(Say::new("problem-unknown-field")),
                )
            }],
            _ => &[],
        };
        let clause = self
            .clause()
            .or_else(|| faults.iter().find_map(|fault| fault.clause.as_deref()));
        let refused = faults.iter().find(|fault| fault.clause.is_some());
        Problem {
            kind: format!("urn:vivier:problem:{word}"),
            title: text("title"),
            status: self.status().as_u16(),
            detail: message.map_or_else(|| text("text"), |message| kit.say(locale, &message)),
            instance: format!("urn:vivier:reference:{reference}"),
            reference: reference.to_string(),
            field: field.or_else(|| refused.and_then(|fault| fault.unknown.clone())),
            clause: clause.map(str::to_owned),
            errors: faults.iter().map(|fault| fault.view(kit, locale)).collect(),
        }
    }
}

#[derive(Serialize)]
struct View {
    error: Problem,
}

/// An error as the API says it (RFC 9457), and as its page shows it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// What kind of error it is, always the same for the same kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// This one occurrence.
    pub instance: String,
    /// The number to quote when asking for help.
    pub reference: String,
    /// The field that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The clause that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Each thing that doesn't fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Detail>,
}

/// The number of one error, shown to the reader and written to the log: nothing else joins the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Eight letters and digits that can be read out over the telephone.
    #[must_use]
    pub fn new(rng: &Rng) -> Self {
        const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
        let letter = || {
            LETTERS
                .get(rng.below(LETTERS.len()))
                .copied()
                .unwrap_or(b'2')
                .into()
        };
        let mut text: String = (0..8).map(|_| -> char { letter() }).collect();
        text.insert(4, '-');
        Self(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Left in a response's extensions by [`Error`]'s `IntoResponse`, so that the edge, which knows the site and the
/// language, can log it and answer with [`Error::page`] or [`Error::problem`].
#[derive(Clone)]
pub struct Raised(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Raised(Arc::new(self)));
        response
    }
}
