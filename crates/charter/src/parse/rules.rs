//! Owns: what [`Section`] reads beyond plain values: words of the vocabulary, lists, references, wordings in both
//! languages, and what every rule has. Doesn't own: plain values and tables (`section`).

use kernel::Word;
use toml::{Spanned, de::DeValue};

use super::{
    reader::{At, Kind, Span, excerpt},
    section::Section,
};
use crate::{
    ClauseId, Text,
    model::{Attest, Item, Rule},
    source::did_you_mean,
};

impl<'r, 't> Section<'r, 't> {
    /// One word of a closed vocabulary.
    pub(crate) fn word<W: Word>(&self, key: &str) -> Option<W> {
        self.to_word(key, self.str(key)?)
    }

    /// A word that must be there.
    pub(crate) fn required_word<W: Word>(&self, key: &str) -> Option<W> {
        if !self.has(key) {
            self.missing(key);
        }
        self.word(key)
    }

    pub(crate) fn to_word<W: Word>(&self, key: &str, text: At<&str>) -> Option<W> {
        let found = W::from_word(text.value).ok();
        if found.is_none() {
            let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
            let (written, known) = (excerpt(text.value), words.join(", "));
            self.reader.suggest(
                &text.span,
                "charter.unknown-word",
                did_you_mean(text.value, words),
                format!("« {written} » n’est pas un mot que « {key} » connaisse. Mots possibles : {known}."),
                format!("“{written}” is no word that “{key}” knows. Possible words: {known}."),
            );
        }
        found
    }

    /// A list of words; a single one may stand without brackets. A word twice is a problem.
    pub(crate) fn words<W: Word + PartialEq>(&self, key: &str) -> Vec<W> {
        let mut found = Vec::new();
        for text in self.strings(key) {
            let span = text.span.clone();
            if let Some(word) = self.to_word::<W>(key, text) {
                if found.contains(&word) {
                    self.twice(&span, word.word());
                } else {
                    found.push(word);
                }
            }
        }
        found
    }

    pub(crate) fn twice(&self, span: &Span, what: &str) {
        let what = excerpt(what);
        self.reader.problem(
            span,
            "charter.twice",
            format!("« {what} » figure deux fois : gardez-en un."),
            format!("“{what}” stands twice: keep one."),
        );
    }

    /// The values of a list; a single value may stand without brackets.
    pub(crate) fn values(&self, key: &str) -> Vec<&'r Spanned<DeValue<'t>>> {
        match self.get(key) {
            None => Vec::new(),
            Some(value) => value
                .get_ref()
                .as_array()
                .map_or_else(|| vec![value], |list| list.iter().collect()),
        }
    }

    /// A list of texts; a single one may stand without brackets.
    pub(crate) fn strings(&self, key: &str) -> Vec<At<&'r str>> {
        let read = |value: &'r Spanned<DeValue<'t>>| {
            let text = value.get_ref().as_str().map(|text| At {
                value: text,
                span: value.span(),
            });
            if text.is_none() {
                self.wrong(
                    &value.span(),
                    key,
                    "des textes entre guillemets",
                    "texts in quotes",
                );
            }
            text
        };
        self.values(key).into_iter().filter_map(read).collect()
    }

    /// A list of names of rules of that kind.
    pub(crate) fn references(&self, key: &str, kind: Kind) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in self.strings(key) {
            let span = name.span.clone();
            if let Some(name) = self.reader.reference(kind, name) {
                if found.contains(&name) {
                    self.twice(&span, &name);
                } else {
                    found.push(name);
                }
            }
        }
        found
    }

    /// A text in both languages: `{ fr = "…", en = "…" }`. Each language of the charter must be there; the
    /// other may be left out and then reads the same.
    pub(crate) fn text(&self, key: &str) -> Option<Text> {
        let table = self.table(key)?;
        table.only(&["fr", "en"]);
        table.pair()
    }

    /// The same, or one text that reads the same in every language: `"code de commerce L123-22"`.
    pub(crate) fn text_or_string(&self, key: &str) -> Option<Text> {
        if self.get(key)?.get_ref().is_str() {
            return self.string(key).map(|text| Text::new(text.clone(), text));
        }
        self.text(key)
    }

    /// The `fr` and `en` of this very table.
    pub(crate) fn pair(&self) -> Option<Text> {
        let (fr, en) = (self.string("fr"), self.string("en"));
        for locale in &self.reader.languages {
            if !self.has(locale.word()) {
                self.missing(locale.word());
            }
        }
        let either = fr.clone().or_else(|| en.clone())?;
        Some(Text::new(
            fr.unwrap_or_else(|| either.clone()),
            en.unwrap_or(either),
        ))
    }

    /// A text in both languages that must be there.
    pub(crate) fn required_text(&self, key: &str) -> Text {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or_else(|| Text::fixed("", ""))
    }

    /// What every rule has, with its place remembered; `section` is the kind of rule: `purpose`.
    pub(crate) fn rule(&self, section: &str) -> Rule {
        self.rule_as(ClauseId::of(section, &self.name))
    }

    /// The same for a section that is a single rule: `controller`.
    pub(crate) fn single_rule(&self) -> Rule {
        self.rule_as(ClauseId::section(&self.name))
    }

    fn rule_as(&self, clause: ClauseId) -> Rule {
        self.reader.stands(&clause, &self.span);
        let promises = self
            .strings("promises")
            .into_iter()
            .filter_map(|promise| self.promise(promise))
            .collect();
        Rule {
            promises,
            reason: self.text("reason"),
            evidence: self.words("evidence"),
            attest: self.attest(),
            gaps: self
                .strings("gaps")
                .into_iter()
                .map(|gap| gap.value.to_owned())
                .collect(),
            ..Rule::of(clause)
        }
    }

    /// `attest = { by = "admin", every = "P12M", document = "documents/x.pdf" }`
    fn attest(&self) -> Option<Attest> {
        let table = self.table("attest")?;
        table.known();
        for key in ["by", "every"] {
            if !table.has(key) {
                table.missing(key);
            }
        }
        let by = table
            .str("by")
            .and_then(|by| self.reader.reference(Kind::Role, by));
        let every = table.duration("every");
        Some(Attest {
            by: by?,
            every: every?,
            document: table.string("document"),
            says: table.text("says"),
        })
    }

    /// The number of a promise: a capital letter and two digits.
    fn promise(&self, promise: At<&str>) -> Option<String> {
        let bytes = promise.value.as_bytes();
        let good = matches!(bytes, [letter, rest @ ..] if letter.is_ascii_uppercase()
            && (1..=3).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit));
        if !good {
            self.wrong(
                &promise.span,
                "promises",
                "des numéros tels que \"A18\"",
                "numbers such as \"A18\"",
            );
        }
        good.then(|| promise.value.to_owned())
    }

    /// A list of words each of which is a rule: `rules = ["sell", { rule = "ad_tracker", promises = ["A17"] }]`. Each
    /// may be limited to some purposes.
    pub(crate) fn items<W: Word + PartialEq>(
        &self,
        key: &str,
        section: &str,
        word_key: &str,
    ) -> Vec<Item<W>> {
        let mut items: Vec<Item<W>> = Vec::new();
        for value in self.values(key) {
            let (word, rule, purposes) = if let Some(text) = value.get_ref().as_str() {
                let word = self.to_word::<W>(
                    key,
                    At {
                        value: text,
                        span: value.span(),
                    },
                );
                (word, Rule::of(ClauseId::section(section)), Vec::new())
            } else if let Some(element) = self.element(key, value) {
                element.known();
                (
                    element.required_word::<W>(word_key),
                    element.rule_as(ClauseId::section(section)),
                    element.references("purposes", Kind::Purpose),
                )
            } else {
                continue;
            };
            let Some(word) = word else { continue };
            if items.iter().any(|item| item.word == word) {
                self.twice(&value.span(), word.word());
                continue;
            }
            let clause = ClauseId::of(section, word.word());
            self.reader.stands(&clause, &value.span());
            items.push(Item {
                rule: Rule { clause, ..rule },
                word,
                purposes,
            });
        }
        self.reader.stands(&ClauseId::section(section), &self.span);
        items
    }
}
