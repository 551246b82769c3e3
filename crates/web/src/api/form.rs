//! Owns: feeding a program's form to the door that collects, with a digest of what came. Doesn't own: what may be
//! collected (`guard`), what people's browsers send ([`crate::receive`]).

use axum::{
    body::Bytes,
    extract::{Multipart, multipart::Field},
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use guard::collect::{Collected, Collecting, Expected};
use sha2::{Digest as _, Sha256};

use crate::{
    Error,
    door::{broken, guard_error, text},
};

/// A digest of a form's parts: their names, their files' names and their bytes, however they were framed on the way.
pub type FormDigest = [u8; 32];

/// Feeds a form's parts to the door that collects, one by one. A name that begins with `_` is ours, not a program's.
///
/// # Errors
/// As [`crate::receive`].
pub async fn receive_form(
    mut form: Multipart,
    mut collecting: Collecting,
) -> Result<(Collected, FormDigest), Error> {
    let mut digest = Sha256::new();
    while let Some(part) = form.next_field().await.map_err(broken)? {
        let name = begin(&mut digest, &part);
        let file_name = part.file_name().map(str::to_owned);
        match (collecting.expects(&name)?, file_name) {
            (Expected::Ours, _) => {
                return Err(Error::Unprocessable {
                    field: name,
                    clause: None,
                    message: None,
                });
            }
            (Expected::File, file_name) => {
                let bytes = part.map_err(|error| guard_error(&error));
                let bytes = bytes.inspect_ok(|chunk: &Bytes| digest.update(chunk));
                let file_name = file_name.unwrap_or_default();
                collecting.file(&name, &file_name, Box::pin(bytes)).await?;
            }
            (Expected::Text, Some(_)) => return Err(Error::Invalid(None)),
            (Expected::Text, None) => {
                let text = text(part).await?;
                digest.update(&text);
                collecting.text(&name, text).await?;
            }
        }
        digest.update([0xff]);
    }
    Ok((collecting.finish().await?, digest.finalize().into()))
}

/// The digest alone, of a form that was taken before.
///
/// # Errors
/// 400 and 413, as [`crate::receive`].
pub async fn form_digest(mut form: Multipart) -> Result<FormDigest, Error> {
    let mut digest = Sha256::new();
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        begin(&mut digest, &part);
        while let Some(chunk) = part.next().await {
            digest.update(chunk.map_err(broken)?);
        }
        digest.update([0xff]);
    }
    Ok(digest.finalize().into())
}

/// A part's own name, with both names in the digest, each behind its length.
fn begin(digest: &mut Sha256, part: &Field<'_>) -> String {
    let name = part.name().unwrap_or_default();
    for name in [name, part.file_name().unwrap_or_default()] {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
    }
    name.to_owned()
}
