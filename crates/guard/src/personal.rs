//! Owns: [`Personal`], an opened value that goes nowhere, and [`Shown`], the form in which it may be rendered.
//! Doesn't own: who may turn the one into the other ([`crate::Permit::show`]).

use serde::Serialize;

/// An opened value of a person's. It can't be printed, logged, serialised or compared, and nothing public gives it
/// out: a [`crate::Permit`] shows it, a door sends it, or it is dropped.
///
/// ```compile_fail
/// fn log(value: guard::Personal<String>) { println!("{value:?}"); }
/// ```
/// ```compile_fail
/// fn serialise(value: guard::Personal<String>) -> String { serde_json::to_string(&value).unwrap() }
/// ```
/// ```compile_fail
/// fn compare(a: guard::Personal<String>, b: guard::Personal<String>) -> bool { a == b }
/// ```
/// ```compile_fail
/// fn take(value: guard::Personal<String>) -> String { value.0 }
/// ```
#[derive(Clone)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    /// Another value made of this one, personal as well. A function pointer, so that it can't carry the value off
    /// in what it captures.
    #[must_use]
    pub fn map<U>(self, f: fn(T) -> U) -> Personal<U> {
        Personal(f(self.0))
    }

    /// Two values as one.
    #[must_use]
    pub fn and<U>(self, other: Personal<U>) -> Personal<(T, U)> {
        Personal((self.0, other.0))
    }

    pub(crate) fn value(&self) -> &T {
        &self.0
    }

    pub(crate) fn into_value(self) -> T {
        self.0
    }
}

/// A value that a permit has shown: the form in which an opened value reaches a template or an API answer. It can be
/// serialised, since both are; it can't be printed or compared, and what a log line may take is a list of names that
/// a test over the source holds.
///
/// ```compile_fail
/// fn forge() -> guard::Shown<String> { guard::Shown("x".to_owned()) }
/// ```
/// ```compile_fail
/// fn log(value: guard::Shown<String>) { println!("{value}"); }
/// ```
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Shown<T>(T);

impl<T> Shown<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }
}

/// What is shown of a value that was tampered with: the sign for what can't be read (U+FFFD).
const DAMAGED: &str = "\u{FFFD}";

impl Shown<String> {
    pub(crate) fn damaged() -> Self {
        Self(DAMAGED.to_owned())
    }

    /// The value, for a door's own use.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// True when it stands for a value that was tampered with and is never served.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.0 == DAMAGED
    }

    /// A name in full: what is there of the two, in this order.
    #[must_use]
    pub fn full_name(given: Option<&Self>, family: Option<&Self>) -> Self {
        let parts: Vec<&str> = [given, family]
            .into_iter()
            .flatten()
            .map(|part| part.0.as_str())
            .collect();
        Self(parts.join(" "))
    }
}
