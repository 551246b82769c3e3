//! Owns: [`Kit`], one site's templates and texts, checked when it is made. Doesn't own: what a page shows.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use fluent_bundle::FluentArgs;
use kernel::{Locale, Word as _, Zone};
use minijinja::{Environment, UndefinedBehavior, Value, value::Serde};
use serde::Serialize;

use crate::{
    assets::Shelf,
    dress,
    functions::{self, Voice},
    page::{self, Page},
    texts::{Arg, Book, Say, Source, fluent_args},
};

/// Templates and texts of one capability, built into the program.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// Name and source: `("applications/desk.html", include_str!("templates/desk.html"))`.
    pub templates: &'static [(&'static str, &'static str)],
    /// Language and Fluent source: `(Locale::Fr, include_str!("locales/fr.ftl"))`.
    pub locales: &'static [(Locale, &'static str)],
}

/// Why a kit can't be made, or a page not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// A file of the theme can't be read.
    #[error("the theme's file {path} can't be read: {source}")]
    Theme {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The theme's `tokens.css` does more than set tokens.
    #[error("{path}:{line}: {reason}")]
    Tokens {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A text isn't valid Fluent.
    #[error("{file}:{line}: this isn't valid Fluent: {reason}")]
    BrokenText {
        /// Which file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// Two capabilities, or two lines of one, have the same key.
    #[error("the text {key} is there twice: {first} and {second}")]
    DuplicateText {
        /// The key.
        key: String,
        /// File and line of the first.
        first: String,
        /// File and line of the second.
        second: String,
    },
    /// One language has a text and the other doesn't.
    #[error("the text {key} ({place}) is there in {} and not in {}", .has.word(), .lacks.word())]
    UntranslatedText {
        /// The key.
        key: String,
        /// The language that has it.
        has: Locale,
        /// The language that doesn't.
        lacks: Locale,
        /// File and line.
        place: String,
    },
    /// A text is used or replaced that nobody has.
    #[error("{place}: there is no text {key}; {hint}")]
    UnknownText {
        /// The key.
        key: String,
        /// File and line.
        place: String,
        /// What to do.
        hint: &'static str,
    },
    /// A template is there twice.
    #[error("the template {0} is there twice")]
    DuplicateTemplate(String),
    /// A template can't be read or drawn.
    #[error("the template {name}{}: {source}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Template {
        /// Which one.
        name: String,
        /// The line, from 1, where known.
        line: Option<usize>,
        /// What minijinja says.
        source: minijinja::Error,
    },
}

impl KitError {
    fn template(name: &str, source: minijinja::Error) -> Self {
        let inner = source.name().unwrap_or(name).to_owned();
        Self::Template {
            name: inner,
            line: source.line(),
            source,
        }
    }
}

/// One site's page kit: its templates in both languages, its texts, its assets. Cheap to clone.
#[derive(Clone)]
pub struct Kit(Arc<Inner>);

struct Inner {
    fr: Environment<'static>,
    en: Environment<'static>,
    book: Arc<Book>,
    shelf: Arc<Shelf>,
}

impl Kit {
    /// A kit for a site in Paris' time; see [`Kit::in_zone`].
    ///
    /// # Errors
    /// What is wrong with a template, a text or the theme, with file and line.
    pub fn new(texts: &[Texts], theme: Option<&Path>) -> Result<Self, KitError> {
        Self::in_zone(texts, theme, Zone::paris())
    }

    /// A kit of these texts and the kit's own, dressed in a site's `theme/` folder: `templates/…` replaces
    /// templates by name, `locales/{fr,en}.ftl` replaces texts by key, `tokens.css` sets the look's tokens,
    /// `assets/…` adds pictures (a logo). Days are those of `zone`.
    ///
    /// # Errors
    /// What is wrong with a template, a text or the theme, with file and line.
    pub fn in_zone(texts: &[Texts], theme: Option<&Path>, zone: Zone) -> Result<Self, KitError> {
        let all = || std::iter::once(&crate::OWN).chain(texts);
        let mut sources = Vec::new();
        let mut templates = BTreeMap::new();
        for (index, texts) in all().enumerate() {
            let room = texts
                .templates
                .first()
                .and_then(|(name, _)| name.split('/').next())
                .unwrap_or("?");
            let room = if index == 0 { "web" } else { room };
            for (locale, text) in texts.locales {
                sources.push(Source {
                    file: format!("{room}/locales/{}.ftl", locale.word()),
                    locale: *locale,
                    text: (*text).to_owned(),
                    overrides: false,
                });
            }
            for (name, source) in texts.templates {
                if templates
                    .insert((*name).to_owned(), (*source).to_owned())
                    .is_some()
                {
                    return Err(KitError::DuplicateTemplate((*name).to_owned()));
                }
            }
        }
        let mut shelf = Shelf::default();
        if let Some(theme) = theme {
            dress::read(theme, &mut templates, &mut sources, &mut shelf)?;
        }
        let book = Arc::new(Book::bind(sources)?);
        for (name, source) in &templates {
            check_keys(name, source, &book)?;
        }
        let shelf = Arc::new(shelf);
        let voice = |locale| Voice {
            locale,
            book: book.clone(),
            zone: zone.clone(),
            shelf: shelf.clone(),
        };
        let fr = environment(voice(Locale::Fr), &templates)?;
        let en = environment(voice(Locale::En), &templates)?;
        Ok(Self(Arc::new(Inner { fr, en, book, shelf })))
    }

    /// Draws a page. In debug builds a variable that nobody set is an error.
    ///
    /// # Errors
    /// [`KitError::Template`] with the template and its line.
    pub fn render(
        &self,
        locale: Locale,
        template: &str,
        page: &Page,
        context: impl Serialize,
    ) -> Result<String, KitError> {
        let page = page::value(page);
        let context = minijinja::context! { page => page, ..Value::from(Serde(context)) };
        self.draw(locale, template, context)
    }

    /// Writes a mail: a `.txt` template, nothing escaped.
    ///
    /// # Errors
    /// [`KitError::Template`] with the template and its line.
    pub fn mail(&self, locale: Locale, template: &str, context: impl Serialize) -> Result<String, KitError> {
        self.draw(locale, template, Value::from(Serde(context)))
    }

    /// A text in the language. A missing one is logged and shown as its key: a page with a hole beats no page.
    #[must_use]
    pub fn text(&self, locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
        self.0
            .book
            .say(locale, key, &fluent_args(args))
            .unwrap_or_else(|reason| {
                tracing::warn!(reason, "a text is missing");
                key.to_owned()
            })
    }

    /// [`Kit::text`] for a text not yet said.
    #[must_use]
    pub fn say(&self, locale: Locale, say: &Say) -> String {
        self.text(locale, &say.key, &say.args)
    }

    /// Whether there is a text of that key.
    #[must_use]
    pub fn has_text(&self, key: &str) -> bool {
        self.0.book.has(key)
    }

    /// The names of all templates.
    #[must_use]
    pub fn template_names(&self) -> Vec<String> {
        self.0.fr.templates().map(|(name, _)| name.to_owned()).collect()
    }

    /// The kit's and the theme's assets.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    fn draw(&self, locale: Locale, template: &str, context: Value) -> Result<String, KitError> {
        let environment = match locale {
            Locale::Fr => &self.0.fr,
            Locale::En => &self.0.en,
        };
        environment
            .get_template(template)
            .and_then(|template| template.render(context))
            .map_err(|error| KitError::template(template, error))
    }
}

fn environment(voice: Voice, templates: &BTreeMap<String, String>) -> Result<Environment<'static>, KitError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(if cfg!(debug_assertions) {
        UndefinedBehavior::SemiStrict
    } else {
        UndefinedBehavior::Chainable
    });
    functions::add(&mut environment, voice);
    for (name, source) in templates {
        environment
            .add_template_owned(name.clone(), source.clone())
            .map_err(|error| KitError::template(name, error))?;
    }
    Ok(environment)
}

/// Every text that a template names literally must be there: `t("key"` and `t_html("key"`.
fn check_keys(name: &str, source: &str, book: &Book) -> Result<(), KitError> {
    for (index, line) in source.lines().enumerate() {
        for opening in ["t(\"", "t_html(\""] {
            for (at, _) in line.match_indices(opening) {
                let whole_word = !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
                let rest = &line[at + opening.len()..];
                let Some((key, after)) = rest.split_once('"') else {
                    continue;
                };
                // `t("stage-" ~ stage)` is put together when the page is drawn.
                if whole_word && !after.trim_start().starts_with('~') && !book.has(key) {
                    return Err(KitError::UnknownText {
                        key: key.to_owned(),
                        place: format!("{name}:{}", index + 1),
                        hint: "add it to both languages",
                    });
                }
            }
        }
    }
    Ok(())
}

/// Arguments of a text that come from a template.
pub(crate) fn say_in_template(
    book: &Book,
    locale: Locale,
    key: &str,
    args: &FluentArgs<'_>,
) -> Result<String, minijinja::Error> {
    match book.say(locale, key, args) {
        Ok(text) => Ok(text),
        Err(reason) if cfg!(debug_assertions) => Err(minijinja::Error::new(
            minijinja::ErrorKind::InvalidOperation,
            reason,
        )),
        Err(reason) => {
            tracing::warn!(reason, "a text is missing");
            Ok(key.to_owned())
        }
    }
}
