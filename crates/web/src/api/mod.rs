//! Owns: what every part of the API does alike: reading a body or a query into a type, saying where it doesn't fit.
//! Doesn't own: any resource, who may ask for it.

mod fault;
mod form;
mod read;

pub use fault::{At, Detail, Fault};
pub use form::{FormDigest, form_digest, receive_form};
pub use read::{JSON_LIMIT, json_body, object_or_null, read_json, read_query, whole_body};
