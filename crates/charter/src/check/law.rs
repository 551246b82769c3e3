//! Owns: reading a file of legal figures (`laws/`). Doesn't own: the figures themselves.

use kernel::{Date, Duration, Word as _};
use toml::de::DeTable;

use super::Level;
use crate::{
    Text,
    parse::{reader::Reader, section::Section},
};

/// The files the program carries, by id.
const FILES: [(&str, &str); 1] = [(
    "fr-recruitment-2026",
    include_str!("../../../../laws/fr-recruitment-2026.toml"),
)];

kernel::words! {
    /// How well a figure is known.
    pub(super) enum Confidence {
        /// The text itself was read.
        Text = "text",
        /// Read through commentary.
        Commentary = "commentary",
        /// The article is known; its text wasn't opened.
        Known = "known",
    }
}

kernel::words! {
    /// The figures that checks ask for: a file says each of them, and no other.
    pub(super) enum Named {
        /// To answer whoever exercises a right.
        AnswerDeadline = "answer_deadline",
        AnswerExtension = "answer_extension",
        BreachAuthority = "breach_authority",
        SourcedNotice = "sourced_notice",
        Candidate = "candidate",
        Prospect = "prospect",
        Logs = "logs",
        AudienceTracker = "audience_tracker",
        AudienceData = "audience_data",
        AiLog = "ai_log",
        Books = "books",
        Claims = "claims",
        PublicationTraces = "publication_traces",
        Account = "account",
        Longest = "longest",
        ConsentChoice = "consent_choice",
        Tracker = "tracker",
    }
}

/// Legal figures of one country, one trade, one year.
#[derive(Debug, Clone)]
pub(super) struct Law {
    figures: Vec<Figure>,
    /// Countries that the Commission found adequate (GDPR art. 45).
    pub(super) adequate: Vec<String>,
    /// Those where only the members of a framework are.
    pub(super) framework: Vec<String>,
}

/// A figure: at least, at most, and who says so.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    name: Named,
    pub(super) min: Option<Duration>,
    pub(super) max: Option<Duration>,
    pub(super) level: Level,
    pub(super) reference: Text,
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "every figure is dated; shown with the law in a later issue"
        )
    )]
    pub(super) date: Date,
    #[cfg_attr(not(test), expect(dead_code, reason = "shown with the law in a later issue"))]
    pub(super) confidence: Confidence,
}

/// The ids of the files.
pub(super) fn names() -> Vec<&'static str> {
    FILES.iter().map(|(name, _)| *name).collect()
}

impl Law {
    /// The file of that id.
    pub(super) fn named(id: &str) -> Option<Self> {
        let (_, text) = FILES.iter().find(|(name, _)| *name == id)?;
        Self::parse(text).ok()
    }

    /// A figure; a file that lacks one isn't read.
    pub(super) fn figure(&self, name: Named) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name)
    }

    pub(super) fn parse(text: &str) -> Result<Self, Vec<crate::Problem>> {
        let reader = Reader::bilingual(text);
        let (document, _) = DeTable::parse_recoverable(text);
        let root = Section::root(&reader, document.get_ref());
        root.only(&["law", "figure", "countries"]);
        if let Some(law) = root.table("law") {
            law.only(&["id", "as_of"]);
        }
        let figures = root.table("figure");
        if let Some(figures) = &figures {
            let names: Vec<&str> = Named::ALL.iter().map(|name| name.word()).collect();
            figures.only(&names);
        }
        let figures: Vec<Figure> = Named::ALL
            .iter()
            .filter_map(|name| {
                let section = figures.as_ref().and_then(|figures| figures.table(name.word()));
                match section {
                    Some(section) => read(&section, *name),
                    None => {
                        let word = name.word();
                        reader.problem(
                            &(0..0),
                            "law.no-figure",
                            format!("Il manque le chiffre « {word} » : écrivez [figure.{word}]."),
                            format!("The figure “{word}” is missing: write [figure.{word}]."),
                        );
                        None
                    }
                }
            })
            .collect();
        let countries = root.table("countries");
        if let Some(countries) = &countries {
            countries.only(&["adequate", "framework"]);
        }
        let codes = |key| {
            let codes = countries.iter().flat_map(|countries| countries.strings(key));
            codes.map(|code| code.value.to_owned()).collect()
        };
        let (adequate, framework) = (codes("adequate"), codes("framework"));
        if reader.is_clean() {
            Ok(Self {
                figures,
                adequate,
                framework,
            })
        } else {
            Err(reader.into_problems())
        }
    }
}

fn read(section: &Section<'_, '_>, name: Named) -> Option<Figure> {
    section.only(&["min", "max", "level", "reference", "date", "confidence"]);
    Some(Figure {
        name,
        min: section.duration("min"),
        max: section.duration("max"),
        level: section.required_word("level")?,
        reference: section.required_text("reference"),
        date: section.date("date")?,
        confidence: section.required_word("confidence")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_every_figure_is_dated_and_bounded() {
        for (name, text) in FILES {
            let law = Law::parse(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
            assert!(!law.figures.is_empty() && !law.adequate.is_empty() && !law.framework.is_empty());
            for figure in &law.figures {
                assert!(
                    figure.min.is_some() || figure.max.is_some(),
                    "{}",
                    figure.name.word()
                );
                assert!(figure.date.parts().0 >= 1990, "{}", figure.name.word());
                assert!(matches!(
                    figure.confidence,
                    Confidence::Text | Confidence::Commentary | Confidence::Known
                ));
            }
        }
    }

    #[test]
    fn a_file_says_each_figure_that_a_check_asks_for_and_no_other() {
        let (_, text) = FILES[0];
        for name in Named::ALL {
            let section = format!("[figure.{}]", name.word());
            assert_eq!(text.matches(&section).count(), 1, "{section}");
            let (before, after) = text.split_once(&section).unwrap();
            let rest = after.find("\n[").map_or("", |at| &after[at..]);
            let problems = Law::parse(&format!("{before}{rest}")).unwrap_err();
            assert_eq!(problems[0].rule, "law.no-figure", "{section}");
        }
        let more = format!("{text}\n[figure.hearsay]\nmax = \"P1Y\"\n");
        assert!(Law::parse(&more).is_err());
    }

    #[test]
    fn the_documentation_gives_each_figure_and_its_reference() {
        let docs = include_str!("../../../../docs/CHARTER.md");
        let law = Law::named(FILES[0].0).unwrap();
        for figure in &law.figures {
            let row = format!("| `{}` | ", figure.name.word());
            let row = docs.lines().find(|line| line.starts_with(&row)).unwrap();
            let bound = |bound: Option<Duration>| bound.map_or_else(|| "–".to_owned(), |it| it.to_string());
            let end = format!(
                " | {} | {} | {} | {} | {} |",
                bound(figure.min),
                bound(figure.max),
                figure.level.word(),
                figure.reference.get(kernel::Locale::En),
                figure.confidence.word()
            );
            assert!(row.ends_with(&end), "{row} {end}");
        }
    }
}
