//! Owns: sealed files on their way to a browser: opened under a permit, under headers that let nothing in them run.
//! Doesn't own: opening them (`guard`), whose they are (the capabilities).

use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use charter::FileType;
use guard::{Guard, Permit};
use web::Error;

/// A file's bytes as they are opened, under a policy that lets nothing in it run.
pub(crate) async fn send_file(guard: &Guard, permit: &Permit, id: &str) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let file = guard.open_file(permit, id).await?;
    let headers = web::headers::for_file(file.kind.media_type(), is_inline(file.kind), &file.name);
    Ok((headers, Body::from_stream(file.bytes)).into_response())
}

/// Whether a browser shows the file by itself, and nothing in it can run.
pub(crate) const fn is_inline(kind: FileType) -> bool {
    matches!(kind, FileType::Pdf | FileType::Jpeg | FileType::Png)
}
