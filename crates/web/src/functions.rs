//! Owns: what templates can call besides minijinja's own. Doesn't own: the words themselves ([`crate::words`]).

use std::{borrow::Cow, sync::Arc};

use fluent_bundle::{FluentArgs, FluentValue};
use kernel::{Currency, Date, Duration, Locale, Money, Timestamp, Word as _, Zone};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, Value, escape_formatter,
    value::{Kwargs, Rest, ValueKind},
};

use crate::{
    assets::Shelf,
    icons,
    kit::say_in_template,
    markdown, page,
    texts::{Arg, Book},
    words,
};

/// What the functions of one language speak from.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) locale: Locale,
    pub(crate) book: Arc<Book>,
    pub(crate) zone: Zone,
    pub(crate) shelf: Arc<Shelf>,
}

/// Adds them all.
pub(crate) fn add(environment: &mut Environment<'static>, voice: Voice) {
    environment.set_formatter(write_value);
    texts(environment, &voice);
    days(environment, &voice);
    figures(environment, &voice);
    markup(environment, &voice);
}

fn texts(environment: &mut Environment<'static>, voice: &Voice) {
    let v = voice.clone();
    environment.add_function("t", move |key: &str, args: Kwargs| {
        say_in_template(&v.book, v.locale, key, &arguments(&args, false)?)
    });
    let v = voice.clone();
    environment.add_function("t_html", move |key: &str, args: Kwargs| {
        say_in_template(&v.book, v.locale, key, &arguments(&args, true)?).map(Value::from_safe_string)
    });
    environment.add_function("here", |page: &Value, changes: Kwargs| -> Result<String, Error> {
        let text = |key: &str| {
            page.get_attr(key)
                .map(|value| value.as_str().unwrap_or_default().to_owned())
        };
        let mut set = Vec::new();
        for key in changes.args() {
            let value: Value = changes.get(key)?;
            let value = if value.is_none() {
                None
            } else {
                Some(Arg::Text(value.to_string()))
            };
            set.push((key, value));
        }
        Ok(page::with_query(&text("path")?, &text("query")?, &set))
    });
    environment.add_function(
        "pairs",
        |page: &Value, without: Option<&str>| -> Result<Vec<Value>, Error> {
            let query = page.get_attr("query")?;
            let pairs = page::pairs(query.as_str().unwrap_or_default()).into_iter();
            let kept = pairs.filter(|(name, _)| Some(name.as_str()) != without);
            Ok(kept.map(|(name, value)| Value::from(vec![name, value])).collect())
        },
    );
    environment.add_filter("percent", |text: Cow<'_, str>| page::percent(&text));
}

fn days(environment: &mut Environment<'static>, voice: &Voice) {
    let v = voice.clone();
    both(environment, "day", move |value: &Value| {
        Ok(words::day(when(value)?.date(&v.zone), v.locale))
    });
    let v = voice.clone();
    both(environment, "hour", move |value: &Value| match when(value)? {
        When::Moment(moment) => Ok(words::hour(moment, &v.zone, v.locale)),
        When::Day(_) => Err(wrong("a day has no hour")),
    });
    let locale = voice.locale;
    // As `time` does: in a page the month as a machine writes it stands behind the words.
    environment.add_function("month", move |value: &str| -> Result<Value, Error> {
        let first = Date::parse(&format!("{value}-01"));
        let first = first.ok_or_else(|| wrong(format!("{value} is no month")))?;
        let said = words::month(first, locale);
        let html = format!("<time datetime=\"{value}\">{said}</time>");
        Ok(Value::from_safe_string(html))
    });
    let v = voice.clone();
    both(environment, "until", move |value: &Value| {
        Ok(words::until(when(value)?.date(&v.zone), v.locale))
    });
    let v = voice.clone();
    environment.add_filter("moment", move |state: &State<'_, '_>, value: &Value| {
        let when = when(value)?;
        Ok::<_, Error>(time(state, when, &v, words::day(when.date(&v.zone), v.locale)))
    });
    let v = voice.clone();
    environment.add_function(
        "moment",
        move |state: &State<'_, '_>, value: &Value, args: Kwargs| {
            let when = when(value)?;
            let with_hour: Option<bool> = args.get("hour")?;
            args.assert_all_used()?;
            let said = match (when, with_hour) {
                (When::Moment(moment), Some(true)) => words::day_and_hour(moment, &v.zone, v.locale),
                _ => words::day(when.date(&v.zone), v.locale),
            };
            Ok::<_, Error>(time(state, when, &v, said))
        },
    );
    let v = voice.clone();
    environment.add_function(
        "ago_days",
        move |state: &State<'_, '_>, value: &Value, now: &Value| {
            let (then, now) = (when(value)?, when(now)?);
            let said = words::ago(then.date(&v.zone), now.date(&v.zone), v.locale);
            Ok::<_, Error>(time(state, then, &v, said))
        },
    );
}

fn figures(environment: &mut Environment<'static>, voice: &Voice) {
    let locale = voice.locale;
    both(environment, "days", move |count: &Value| {
        count
            .as_i64()
            .map(|count| words::days(count, locale))
            .ok_or_else(|| wrong("days() takes a number"))
    });
    both(environment, "number", move |value: &Value| {
        f64::try_from(value.clone()).map(|value| words::number(value, locale))
    });
    both(environment, "bytes", move |count: &Value| {
        let count = count.as_i64().and_then(|count| u64::try_from(count).ok());
        count
            .map(|count| words::bytes(count, locale))
            .ok_or_else(|| wrong("bytes() takes a whole number"))
    });
    both(environment, "duration", move |value: &Value| {
        let duration = value.as_str().and_then(|text| text.parse::<Duration>().ok());
        duration
            .map(|duration| words::duration(duration, locale))
            .ok_or_else(|| wrong("not a duration"))
    });
    both(environment, "money", move |value: &Value| {
        let cents = value.get_attr("cents")?.as_i64();
        let currency = value.get_attr("currency")?;
        let currency = currency.as_str().and_then(|word| Currency::from_word(word).ok());
        match (cents, currency) {
            (Some(cents), Some(currency)) => Ok(words::money(Money { cents, currency }, locale)),
            _ => Err(wrong("money() takes cents and currency")),
        }
    });
}

fn markup(environment: &mut Environment<'static>, voice: &Voice) {
    environment.add_filter("markdown", |text: &str, top: Option<u8>| {
        Value::from_safe_string(markdown::html(text, top.unwrap_or(2)))
    });
    environment.add_filter("paragraphs", |text: &str| {
        Value::from_safe_string(markdown::paragraphs(text))
    });
    environment.add_function("icon", |name: &str| {
        icons::svg(name)
            .map(Value::from_safe_string)
            .ok_or_else(|| wrong(format!("the kit has no icon {name}")))
    });
    environment.add_filter("initials", |name: &str| initials(name));
    let shelf = voice.shelf.clone();
    environment.add_function("asset", move |name: &str| {
        shelf
            .href(name)
            .ok_or_else(|| wrong(format!("there is no asset {name}")))
    });
    let shelf = voice.shelf.clone();
    environment.add_function("has_asset", move |name: &str| shelf.href(name).is_some());
    let shelf = voice.shelf.clone();
    // In the operator's accent, when there is one.
    environment.add_function("sheet", move |name: &str, accent: Option<&str>| {
        let hex = accent
            .and_then(|accent| accent.strip_prefix('#'))
            .map(str::to_ascii_lowercase);
        hex.and_then(|hex| shelf.href(&format!("{hex}.{name}")))
            .or_else(|| shelf.href(name))
            .ok_or_else(|| wrong(format!("there is no stylesheet {name}")))
    });
    environment.add_function("classes", |names: Rest<Value>| {
        let names: Vec<String> = names
            .iter()
            .filter(|name| name.is_true())
            .map(ToString::to_string)
            .collect();
        names.join(" ")
    });
}

/// A function and a filter of the same name.
fn both<F>(environment: &mut Environment<'static>, name: &'static str, f: F)
where
    F: Fn(&Value) -> Result<String, Error> + Clone + Send + Sync + 'static,
{
    let g = f.clone();
    environment.add_function(name, move |value: &Value| f(value));
    environment.add_filter(name, move |value: &Value| g(value));
}

#[derive(Clone, Copy)]
enum When {
    Moment(Timestamp),
    Day(Date),
}

impl When {
    fn date(self, zone: &Zone) -> Date {
        match self {
            Self::Moment(moment) => moment.date(zone),
            Self::Day(date) => date,
        }
    }
}

/// A moment is a number of milliseconds, a day is written `2026-11-21`: as `kernel` serialises them.
fn when(value: &Value) -> Result<When, Error> {
    let moment = value
        .as_i64()
        .map(|millis| When::Moment(Timestamp::from_millis(millis)));
    let day = || value.as_str().and_then(Date::parse).map(When::Day);
    moment
        .or_else(day)
        .ok_or_else(|| wrong(format!("{value} is neither a moment nor a day")))
}

/// In a page the words stand in `<time>` with the exact moment on hover; in a mail they stand alone.
fn time(state: &State<'_, '_>, when: When, voice: &Voice, said: String) -> Value {
    if *state.auto_escape() != AutoEscape::Html {
        return Value::from(said);
    }
    Value::from_safe_string(match when {
        When::Day(date) => format!("<time datetime=\"{date}\">{said}</time>"),
        When::Moment(moment) => format!(
            "<time datetime=\"{}\" title=\"{}\">{said}</time>",
            moment.rfc3339(),
            words::day_and_hour(moment, &voice.zone, voice.locale),
        ),
    })
}

fn arguments(args: &Kwargs, html: bool) -> Result<FluentArgs<'static>, Error> {
    let mut fluent = FluentArgs::new();
    for name in args.args() {
        let value: Value = args.get(name)?;
        let argument = match value.kind() {
            ValueKind::Undefined => return Err(wrong(format!("the text's argument {name} isn't set"))),
            ValueKind::Number => FluentValue::from(f64::try_from(value.clone())?),
            _ if html && !value.is_safe() => FluentValue::from(escaped(&value.to_string())),
            _ => FluentValue::from(value.to_string()),
        };
        fluent.set(name.to_owned(), argument);
    }
    Ok(fluent)
}

/// As minijinja writes, but nothing for `none`, and `/` stays `/` in HTML.
fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            out.write_str(&escaped(text)).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// Text made safe inside HTML elements and quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letter = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let first = words.first().and_then(letter);
    let last = if words.len() > 1 {
        words.last().and_then(letter)
    } else {
        None
    };
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

fn wrong(reason: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names() {
        assert_eq!(initials("Zoé de l’Étang"), "ZL");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("(x) 李 小龙"), "X小");
    }
}
