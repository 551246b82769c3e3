//! Owns: what may be bound ([`Bind`]) and the few forms that aren't ids, times, numbers or words
//! ([`PublicText`], [`KeyedHash`], [`Ciphertext`]). Doesn't own: reading back ([`crate::Column`]).
//!
//! There is no `Bind` for `String`, `&str` or `Vec<u8>`: a bare string is what a person typed, and what a person
//! typed is sealed first. The schema test and this absence together keep readable personal data out of the
//! database.

use std::{fmt, ops::Deref};

use kernel::{Date, Id, Timestamp, Word};
use serde::Serialize;

/// A value on its way into a statement. Opaque: it is made by the types of this room, and others compose those.
/// A null keeps its type, as PostgreSQL wants.
#[derive(Clone)]
pub struct Value(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    Text(Option<String>),
    Int(Option<i64>),
    Flag(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    /// The null of the same type.
    fn null(self) -> Self {
        Self(match self.0 {
            Kind::Text(_) => Kind::Text(None),
            Kind::Int(_) => Kind::Int(None),
            Kind::Flag(_) => Kind::Flag(None),
            Kind::Bytes(_) => Kind::Bytes(None),
        })
    }
}

/// What may be bound to a placeholder. `M` only tells the compiler which of the rules below applies (a type is
/// bound as itself, or as its word); it is always inferred: `.bind(stage)`.
pub trait Bind<M = Itself> {
    /// A null of the type, for `None` and for empty lists.
    fn null() -> Value;
    /// The value.
    fn value(self) -> Value;
}

/// Bound and read as itself.
pub enum Itself {}
/// Bound and read by its [`Word`].
pub enum AsWord {}
/// Bound and read as an `Option`.
pub struct Maybe<M>(std::marker::PhantomData<M>);
/// Bound by reference.
pub struct Ref<M>(std::marker::PhantomData<M>);

macro_rules! bind {
    ($($kind:ident: $type:ty $(where $k:ident)?, $self:ident => $make:expr;)+) => {$(
        impl$(<$k>)? Bind for $type {
            fn null() -> Value {
                Value(Kind::$kind(None))
            }
            fn value($self) -> Value {
                Value(Kind::$kind(Some($make)))
            }
        }
    )+};
}

bind! {
    Text: Id<K> where K, self => self.to_string();
    Text: Date, self => self.to_string();
    Text: PublicText, self => self.0;
    Int: Timestamp, self => self.as_millis();
    Int: i64, self => self;
    Int: i32, self => i64::from(self);
    Int: u32, self => i64::from(self);
    Flag: bool, self => self;
    Bytes: KeyedHash, self => self.0.to_vec();
    Bytes: Ciphertext, self => self.0;
}

impl<E: Word> Bind<AsWord> for E {
    fn null() -> Value {
        Value(Kind::Text(None))
    }
    fn value(self) -> Value {
        Value(Kind::Text(Some(self.word().to_owned())))
    }
}

impl<M, T: Bind<M>> Bind<Maybe<M>> for Option<T> {
    fn null() -> Value {
        T::null().null()
    }
    fn value(self) -> Value {
        self.map_or_else(T::null, T::value)
    }
}

impl<M, T: Bind<M> + Clone> Bind<Ref<M>> for &T {
    fn null() -> Value {
        T::null()
    }
    fn value(self) -> Value {
        self.clone().value()
    }
}

/// Text that is published anyway, or an operator's own: a vacancy's title, a slug, a charter's bytes, the name
/// of a job. Wrapping something that a person typed about themselves in it is what a reviewer looks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct PublicText(String);

impl PublicText {
    /// Declares the text to be public.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for PublicText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A keyed hash (HMAC-SHA256): a blind look-up, a pseudonym, the hash of a token, a link of a chain. Written as
/// 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyedHash(pub [u8; 32]);

impl fmt::Display for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for KeyedHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Sealed bytes. Only `vault` makes them (a test over the sources holds that), and only `vault` opens them.
#[derive(Clone, PartialEq, Eq)]
pub struct Ciphertext(Vec<u8>);

impl Ciphertext {
    /// For `vault`: these bytes are sealed.
    #[must_use]
    pub fn from_sealed(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The sealed bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Ciphertext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ciphertext({} bytes)", self.0.len())
    }
}
