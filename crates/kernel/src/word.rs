//! Owns: [`Word`], an enumeration that has one written form everywhere (database, API, charter, templates).
//! Doesn't own: any particular enumeration.

/// An enumeration with one written form per variant, lower case, `snake_case`.
pub trait Word: Sized + Copy + 'static {
    /// Every variant, in the order people expect to see them.
    const ALL: &'static [Self];

    /// The written form.
    fn word(self) -> &'static str;

    /// Reads the written form back.
    ///
    /// # Errors
    /// [`UnknownWord`] when no variant is written so.
    fn from_word(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .iter()
            .copied()
            .find(|variant| variant.word() == text)
            .ok_or(UnknownWord)
    }
}

/// The text is none of the enumeration's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of the words that may stand here")]
pub struct UnknownWord;

/// Declares an enumeration and its words at once, with `serde` in the same words:
/// `words! { /// What it is. pub enum Stage { New = "new", Hired = "hired" } }`.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $(#[doc = concat!("`", $word, "`")] $(#[$vmeta])* $variant),+ }

        impl $crate::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Word::word(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                <Self as $crate::Word>::from_word(&text).map_err(::serde::de::Error::custom)
            }
        }
    };
}
