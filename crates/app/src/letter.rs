//! Owns: [`Letter`]s from a template, and which of the charter's fields each carries: the list is what the template was
//! given, so that none can be left out of it. Doesn't own: sending them (`guard::send`).

use guard::Letter;
use kernel::Locale;
use serde_json::{Map, Value};

use crate::Site;

/// A value that a letter's template may say: the charter's fields that it tells of somebody (none where it is the
/// site's own), its name in the template, and itself.
pub(crate) type Said = (&'static [&'static str], &'static str, Value);

/// What tells nothing of anybody: a link, an address of ours.
pub(crate) fn own(name: &'static str, value: impl Into<Value>) -> Said {
    (&[], name, value.into())
}

/// What tells these fields of somebody.
pub(crate) fn tells(fields: &'static [&'static str], name: &'static str, value: impl Into<Value>) -> Said {
    (fields, name, value.into())
}

/// Writes a letter. It carries the address that it goes to, and the fields of every value that is there.
pub(crate) fn write(
    site: &Site,
    locale: Locale,
    (template, subject): (&str, &str),
    said: impl IntoIterator<Item = Said>,
) -> Letter {
    let mut fields = vec!["email"];
    let mut context = Map::new();
    context.insert("site".to_owned(), site.title().into());
    for (tells, name, value) in said {
        let there = tells.iter().filter(|_| !value.is_null());
        fields.extend(there.filter(|field| **field != "email"));
        context.insert(name.to_owned(), value);
    }
    let body = site.kit().mail(locale, template, Value::Object(context));
    Letter {
        subject: site.kit().text(locale, subject, &[("site", site.title().into())]),
        body: body.unwrap_or_else(|error| {
            // The test over all templates draws this one; an operator's own may be broken.
            tracing::error!(%error, "a letter can't be written");
            String::new()
        }),
        fields,
    }
}
