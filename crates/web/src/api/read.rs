//! Owns: reading a JSON body or a query into a type, and saying of each value that doesn't fit where it stands. Doesn't
//! own: the types.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt as _;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_ignored::Path as Unknown;
use serde_path_to_error::{Segment, Track};

use super::fault::{At, Fault, escape};
use crate::{Error, texts::Say};

/// A JSON body may be so long, in bytes.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// Parameters of every address: of the page, not of the question.
const PASSING: [&str; 1] = ["lang"];

/// The bytes of a JSON body. Of one that says it is too long nothing is read, of any other no more than fits.
///
/// # Errors
/// 415 for another type, 413, 400 when it breaks off.
pub async fn json_body(headers: &HeaderMap, body: Body) -> Result<Bytes, Error> {
    let kind = headers.get(header::CONTENT_TYPE).map(header_text);
    let essence = kind.map(|kind| {
        kind.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    });
    if essence.as_deref() != Some("application/json") {
        return Err(Error::UnsupportedMedia {
            accepted: Some("application/json".to_owned()),
        });
    }
    whole_body(headers, body, JSON_LIMIT).await
}

/// The bytes of a body of at most so many.
///
/// # Errors
/// 413, 400 when it breaks off.
pub async fn whole_body(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Error> {
    let too_large = || Error::TooLarge {
        limit: Some(limit as u64),
    };
    let said = headers.get(header::CONTENT_LENGTH).map(header_text);
    if said.is_some_and(|length| length.parse::<u64>().is_ok_and(|length| length > limit as u64)) {
        return Err(too_large());
    }
    let (mut bytes, mut chunks) = (Vec::new(), body.into_data_stream());
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| Error::Invalid(None))?);
        if bytes.len() > limit {
            return Err(too_large());
        }
    }
    Ok(bytes.into())
}

fn header_text(value: &axum::http::HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// Reads a JSON body.
///
/// # Errors
/// 400 for what is no JSON; 422 with a pointer for each field that its type doesn't know, or for the first value that
/// doesn't fit.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let (mut track, mut unknown) = (Track::new(), Vec::new());
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let read: Result<Object<T>, _> =
        serde_ignored::deserialize(tracked, |path| unknown.push(unknown_field(&path)));
    let no_json = |error: &serde_json::Error| {
        let say = Say::new("problem-not-json").with("line", error.line());
        Error::Invalid(Some(say.with("column", error.column())))
    };
    let read = match read {
        Err(error) if !error.is_data() => return Err(no_json(&error)),
        read => read,
    };
    // Whatever stands behind the object makes it none.
    if read.is_ok() {
        json.end().map_err(|error| no_json(&error))?;
    }
    match read {
        _ if !unknown.is_empty() => Err(unfit(StatusCode::UNPROCESSABLE_ENTITY, unknown)),
        Ok(Object(value)) => Ok(value),
        Err(error) => {
            let message = error.to_string();
            let mut at = String::from("#");
            for segment in track.path().iter() {
                match segment {
                    Segment::Seq { index } => at.push_str(&format!("/{index}")),
                    Segment::Map { key } | Segment::Enum { variant: key } => {
                        at.push_str(&format!("/{}", escape(key)));
                    }
                    Segment::Unknown => {}
                }
            }
            if let Some(name) = named(&message) {
                at.push_str(&format!("/{}", escape(name)));
            }
            let fault = Fault::new(At::Body(at), why(&message));
            Err(unfit(StatusCode::UNPROCESSABLE_ENTITY, vec![fault]))
        }
    }
}

/// Reads a query, without what belongs to the page.
///
/// # Errors
/// 400 with the parameter: one that nobody knows, that is left empty, or whose value doesn't fit.
pub fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, Error> {
    let (mut pairs, mut faults) = (form_urlencoded::Serializer::new(String::new()), Vec::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            // serde takes it for a parameter that isn't there, which no document says.
            faults.push(Fault::new(
                At::Query(name.into_owned()),
                Say::new("problem-value"),
            ));
        } else if !PASSING.contains(&&*name) {
            pairs.append_pair(&name, &value);
        }
    }
    let pairs = pairs.finish();
    let mut track = Track::new();
    let form = serde_html_form::Deserializer::new(form_urlencoded::parse(pairs.as_bytes()));
    let tracked = serde_path_to_error::Deserializer::new(form, &mut track);
    let read = serde_ignored::deserialize(tracked, |path| {
        let Fault { unknown: name, .. } = unknown_field(&path);
        let at = At::Query(name.unwrap_or_default());
        faults.push(Fault::new(at, Say::new("problem-unknown-parameter")));
    });
    match read {
        _ if !faults.is_empty() => Err(unfit(StatusCode::BAD_REQUEST, faults)),
        Ok(value) => Ok(value),
        Err(error) => {
            let message = error.to_string();
            let tracked = track.path().iter().find_map(|segment| match segment {
                Segment::Map { key } => Some(key.clone()),
                _ => None,
            });
            let name = tracked.or_else(|| named(&message).map(str::to_owned));
            let fault = Fault::new(At::Query(name.unwrap_or_default()), why(&message));
            Err(unfit(StatusCode::BAD_REQUEST, vec![fault]))
        }
    }
}

/// A type read of a JSON object only: serde's own take a list of the values in order as well, which no document says.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer
            .deserialize_map(Fields(std::marker::PhantomData))
            .map(Self)
    }
}

/// For `#[serde(deserialize_with)]`: as an object or `null`.
///
/// # Errors
/// The deserializer's.
pub fn object_or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|Object(value)| value))
}

fn unfit(status: StatusCode, faults: Vec<Fault>) -> Error {
    Error::Unfit { status, faults }
}

fn unknown_field(path: &Unknown<'_>) -> Fault {
    let name = match path {
        Unknown::Map { key, .. } => key.chars().take(64).collect(),
        _ => String::new(),
    };
    let at = At::Body(format!("#{}", pointer(path)));
    Fault {
        unknown: Some(name),
        ..Fault::new(at, Say::new("problem-unknown-field"))
    }
}

fn pointer(path: &Unknown<'_>) -> String {
    match path {
        Unknown::Root => String::new(),
        Unknown::Seq { parent, index } => format!("{}/{index}", pointer(parent)),
        Unknown::Map { parent, key } => format!("{}/{}", pointer(parent), escape(key)),
        Unknown::Some { parent } | Unknown::NewtypeStruct { parent } | Unknown::NewtypeVariant { parent } => {
            pointer(parent)
        }
    }
}

/// The field that serde misses or finds twice: it tells its name in the message only.
fn named(message: &str) -> Option<&str> {
    let starts = ["missing field `", "duplicate field `"];
    let rest = starts.iter().find_map(|start| message.strip_prefix(start));
    rest?.split('`').next()
}

fn why(message: &str) -> Say {
    let known = [
        ("missing field", "problem-missing"),
        ("invalid type", "problem-type"),
        ("duplicate field", "problem-twice"),
    ];
    let key = known.iter().find(|(start, _)| message.starts_with(start));
    Say::new(key.map_or("problem-value", |(_, key)| key))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Pay {
        min: i64,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Offer {
        title: String,
        #[serde(default, deserialize_with = "object_or_null")]
        pay: Option<Pay>,
        #[serde(default)]
        tags: Vec<String>,
    }

    fn faults<T>(read: Result<T, Error>) -> Vec<(At, String)> {
        match read {
            Err(Error::Unfit { faults, .. }) => faults
                .into_iter()
                .map(|fault| (fault.at, fault.say.key.into_owned()))
                .collect(),
            Err(error) => vec![(At::Header("none"), format!("{error:?}"))],
            Ok(_) => Vec::new(),
        }
    }

    fn body(pointer: &str, key: &str) -> Vec<(At, String)> {
        vec![(At::Body(pointer.to_owned()), key.to_owned())]
    }

    #[test]
    fn a_body_is_told_where_it_does_not_fit() {
        let read = |text: &str| faults(read_json::<Offer>(text.as_bytes()));
        assert_eq!(read(r#"{"title":"a","pay":{"min":1},"tags":["b"]}"#), []);
        assert_eq!(read(r#"{"title":1}"#), body("#/title", "problem-type"));
        assert_eq!(
            read(r#"{"title":"a","pay":{"min":"1"}}"#),
            body("#/pay/min", "problem-type")
        );
        assert_eq!(
            read(r#"{"title":"a","tags":["b",2]}"#),
            body("#/tags/1", "problem-type")
        );
        assert_eq!(read(r#"{"pay":null}"#), body("#/title", "problem-missing"));
        assert_eq!(
            read(r#"{"title":"a","pay":{}}"#),
            body("#/pay/min", "problem-missing")
        );
        assert_eq!(
            read(r#"{"title":"a","title":"b"}"#),
            body("#/title", "problem-twice")
        );
        assert_eq!(read("[\"a\",null,[]]"), body("#", "problem-type"));
        assert_eq!(read(r#"{"title":"a","pay":[1]}"#), body("#/pay", "problem-type"));
        assert_eq!(read("3"), body("#", "problem-type"));
        let two = read(r#"{"title":"a","e~mail/":"x","pay":{"min":1,"cv":2}}"#);
        let at = |pointer: &str| (At::Body(pointer.to_owned()), "problem-unknown-field".to_owned());
        assert_eq!(two, [at("#/e~0mail~1"), at("#/pay/cv")]);
        for broken in [
            "",
            "{",
            r#"{"title":"a"} {}"#,
            "{\"title\":\"\u{1}\"}",
            &"[".repeat(100_000),
        ] {
            assert!(
                matches!(
                    read_json::<Offer>(broken.as_bytes()),
                    Err(Error::Invalid(Some(_)) | Error::Unfit { .. })
                ),
                "{broken}"
            );
        }
        assert!(matches!(
            read_json::<Offer>(b"{\"title\":\"\xff\"}"),
            Err(Error::Invalid(Some(_)))
        ));
    }

    #[derive(Debug, Deserialize)]
    struct Asked {
        #[serde(default)]
        place: Vec<String>,
        limit: Option<u8>,
    }

    #[test]
    fn a_query_is_told_which_parameter_does_not_fit() {
        let asked: Asked = read_query("place=Lyon&place=a+b&lang=fr").unwrap();
        assert_eq!(
            (asked.place, asked.limit),
            (vec!["Lyon".to_owned(), "a b".to_owned()], None)
        );
        let read = |query: &str| faults(read_query::<Asked>(query));
        let at = |name: &str, key: &str| vec![(At::Query(name.to_owned()), key.to_owned())];
        assert_eq!(read("limit=many"), at("limit", "problem-value"));
        assert_eq!(read("limit="), at("limit", "problem-value"));
        assert_eq!(read("limit=1&limit=2"), at("limit", "problem-value"));
        assert_eq!(read("limt=3"), at("limt", "problem-unknown-parameter"));
    }
}
