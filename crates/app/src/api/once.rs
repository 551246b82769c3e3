//! Owns: the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): an answer to a write that is given
//! again instead of written again. Doesn't own: remembering it (`guard::once`).

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use guard::{
    Actor,
    once::{Begun, Done, Once},
};
use kernel::Id;
use serde::{Deserialize, Serialize};
use web::{
    Error, Say,
    api::{At, Fault},
};

use super::Caller;

const KEY: &str = "Idempotency-Key";
/// Tells an answer given again from a fresh one.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The answer to a write. It holds nothing personal: ids, and what is published.
#[derive(Serialize, Deserialize)]
pub(crate) struct Written {
    status: u16,
    location: Option<String>,
    body: serde_json::Value,
}

impl Written {
    /// Something new, and where it is.
    pub(crate) fn created(location: String, body: &impl Serialize) -> Self {
        Self {
            location: Some(location),
            ..Self::of(StatusCode::CREATED, body)
        }
    }

    /// Something changed.
    pub(crate) fn changed(body: &impl Serialize) -> Self {
        Self::of(StatusCode::OK, body)
    }

    fn of(status: StatusCode, body: &impl Serialize) -> Self {
        Self {
            status: status.as_u16(),
            location: None,
            body: serde_json::to_value(body).unwrap_or_default(),
        }
    }

    fn response(self, again: bool) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Some(location) = self
            .location
            .and_then(|location| HeaderValue::try_from(location).ok())
        {
            headers.insert(header::LOCATION, location);
        }
        if again {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// What is to be done about a write.
pub(crate) enum Attempt {
    /// Do it, under these ids.
    First(Work),
    /// It was done.
    Again(Kept),
}

/// A write to be done now.
pub(crate) struct Work {
    once: Option<Once>,
    ids: [Id<()>; 2],
}

/// A write that was done, whose answer is given to who asks the same.
pub(crate) struct Kept(Done);

impl Caller {
    /// Begins a write: under its key, if the call has one.
    ///
    /// # Errors
    /// 400 for a key that is none, 409 while the same is being done.
    pub(crate) async fn begin(&self, actor: &Actor) -> Result<Attempt, Error> {
        let guard = self.site.guard();
        let Some(value) = self.headers.get(KEY) else {
            let ids = [guard.id(), guard.id()];
            return Ok(Attempt::First(Work { once: None, ids }));
        };
        let key = value.to_str().ok().and_then(plain).ok_or_else(|| {
            let fault = Fault::new(At::Header(KEY), Say::new("problem-key"));
            unfit(StatusCode::BAD_REQUEST, fault)
        })?;
        match guard.once(actor, key).await? {
            Begun::First(once) => Ok(Attempt::First(Work {
                ids: once.ids(),
                once: Some(once),
            })),
            Begun::Running => Err(Error::Conflict(Some(Say::new("problem-key-running")))),
            Begun::Done(done) => Ok(Attempt::Again(Kept(done))),
        }
    }

    /// A write whose body is known whole.
    ///
    /// # Errors
    /// As [`Caller::begin`], [`Kept::answer`], and the work's own.
    pub(crate) async fn once<F>(
        &self,
        actor: &Actor,
        body: &[u8],
        work: impl FnOnce([Id<()>; 2]) -> F,
    ) -> Result<Response, Error>
    where
        F: Future<Output = Result<Written, Error>>,
    {
        match self.begin(actor).await? {
            Attempt::Again(kept) => kept.answer(self, body),
            Attempt::First(begun) => {
                let written = work(begun.ids()).await?;
                begun.done(self, body, written).await
            }
        }
    }

    /// What a key is bound to: the address and the body.
    fn request(&self, body: &[u8]) -> Vec<u8> {
        [self.address.as_bytes(), b"\n", body].concat()
    }
}

impl Work {
    /// The ids that what is made bears.
    pub(crate) fn ids(&self) -> [Id<()>; 2] {
        self.ids
    }

    /// Answers, and keeps the answer under the key.
    pub(crate) async fn done(
        self,
        caller: &Caller,
        body: &[u8],
        written: Written,
    ) -> Result<Response, Error> {
        if let Some(once) = self.once {
            let answer = serde_json::to_vec(&written).map_err(Error::internal)?;
            once.done(&caller.request(body), &answer).await?;
        }
        Ok(written.response(false))
    }
}

impl Kept {
    /// The answer that was given.
    ///
    /// # Errors
    /// 422 when the key came with something else then.
    pub(crate) fn answer(self, caller: &Caller, body: &[u8]) -> Result<Response, Error> {
        let kept = self.0.answer(caller.site.guard(), &caller.request(body));
        let kept = kept.ok_or_else(|| {
            let fault = Fault::new(At::Header(KEY), Say::new("problem-key-other"));
            unfit(StatusCode::UNPROCESSABLE_ENTITY, fault)
        })?;
        let written: Written = serde_json::from_slice(&kept).map_err(Error::internal)?;
        Ok(written.response(true))
    }
}

/// The key itself: the draft writes it between quotes, most programs don't.
fn plain(value: &str) -> Option<&str> {
    let bare = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    let visible = bare.bytes().all(|byte| byte.is_ascii_graphic());
    (visible && (1..=255).contains(&bare.len())).then_some(bare)
}

fn unfit(status: StatusCode, fault: Fault) -> Error {
    Error::Unfit {
        status,
        faults: vec![fault],
    }
}
