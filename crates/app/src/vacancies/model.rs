//! Owns: what a vacancy is, and when one may be published. Pure. Doesn't own: its rows, its pages.

use guard::Staff;
use kernel::{Currency, Id, Locale, Timestamp, words};
use serde::Serialize;

/// A position to be filled, as it is published.
#[derive(Debug, Clone, Serialize)]
pub struct Vacancy {
    /// Which.
    pub id: Id<Vacancy>,
    /// Its name in the address: `charge-de-recherche-ex-0007`.
    pub slug: String,
    /// The house's own number for it.
    pub reference: String,
    /// Where it stands.
    pub state: State,
    /// What a reader learns.
    #[serde(flatten)]
    pub offer: Offer,
    /// Who answers for it, and to whom its applications are assigned.
    pub recruiter: Option<Id<Staff>>,
    /// When it was written first.
    pub made_at: Timestamp,
    /// Since when it is public.
    pub published_at: Option<Timestamp>,
    /// Since when it takes no applications.
    pub closed_at: Option<Timestamp>,
}

/// What a reader learns of a position.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    /// The language it is written in.
    pub language: Locale,
    /// The position.
    pub title: String,
    /// One or two sentences, for the list.
    pub summary: String,
    /// The offer, in Markdown.
    pub description: String,
    /// What happens after an application, in a few lines.
    pub next_steps: String,
    /// Town, as one writes it.
    pub place: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Kind of contract.
    pub contract: Contract,
    /// How much from elsewhere.
    pub remote: Remote,
    /// Least pay, in hundredths.
    pub salary_min: Option<i64>,
    /// Most pay, in hundredths.
    pub salary_max: Option<i64>,
    /// For how long the pay is.
    pub salary_period: Period,
    /// In which currency.
    pub currency: Currency,
}

words! {
    /// Where a vacancy stands.
    pub enum State {
        /// Written, not public.
        Draft = "draft",
        /// Public, takes applications.
        Published = "published",
        /// Takes none any more.
        Closed = "closed",
    }
}

words! {
    /// Kind of contract.
    pub enum Contract {
        /// Without end (CDI).
        Permanent = "permanent",
        /// With an end (CDD).
        FixedTerm = "fixed_term",
        /// Through an agency.
        Temporary = "temporary",
        /// Learning at work.
        Apprenticeship = "apprenticeship",
        /// For students.
        Internship = "internship",
        /// Self-employed.
        Freelance = "freelance",
    }
}

impl Contract {
    /// The word of schema.org's `employmentType`.
    #[must_use]
    pub const fn schema_org(self) -> &'static str {
        match self {
            Self::Permanent => "FULL_TIME",
            Self::FixedTerm | Self::Temporary => "TEMPORARY",
            Self::Apprenticeship | Self::Internship => "INTERN",
            Self::Freelance => "CONTRACTOR",
        }
    }
}

words! {
    /// How much of the work is done from elsewhere.
    pub enum Remote {
        /// On site.
        None = "none",
        /// Some days.
        Partial = "partial",
        /// All of it.
        Full = "full",
    }
}

words! {
    /// For how long a pay is.
    pub enum Period {
        /// A year.
        Year = "year",
        /// A month.
        Month = "month",
        /// A day.
        Day = "day",
        /// An hour.
        Hour = "hour",
    }
}

impl Period {
    /// The word of schema.org's `unitText`.
    #[must_use]
    pub const fn schema_org(self) -> &'static str {
        match self {
            Self::Year => "YEAR",
            Self::Month => "MONTH",
            Self::Day => "DAY",
            Self::Hour => "HOUR",
        }
    }
}

/// What keeps an offer from being saved or published: the field, and the text that says what to do.
pub type Flaw = (&'static str, &'static str);

impl Offer {
    /// What is missing or doesn't fit.
    #[must_use]
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let long = |text: &str, limit: usize| text.chars().count() > limit;
        if self.title.trim().is_empty() {
            flaws.push(("title", "vacancy-flaw-title"));
        }
        for (field, text, limit) in [
            ("title", &self.title, 120),
            ("summary", &self.summary, 400),
            ("description", &self.description, 20_000),
            ("next_steps", &self.next_steps, 1_000),
            ("place", &self.place, 120),
        ] {
            if long(text, limit) {
                flaws.push((field, "vacancy-flaw-too-long"));
            }
        }
        if self.place.trim().is_empty() {
            flaws.push(("place", "vacancy-flaw-place"));
        }
        if self.description.trim().is_empty() {
            flaws.push(("description", "vacancy-flaw-description"));
        }
        if matches!((self.salary_min, self.salary_max), (Some(min), Some(max)) if min > max) {
            flaws.push(("salary_max", "vacancy-flaw-salary"));
        }
        flaws
    }
}

/// The name in the address: letters and digits of the title, then the reference.
#[must_use]
pub fn slug(title: &str, reference: &str) -> String {
    let mut words = search::words(title);
    words.truncate(8);
    words.extend(
        reference
            .split(|c: char| !c.is_ascii_alphanumeric())
            .map(str::to_ascii_lowercase),
    );
    let ascii = words.iter().map(|word| {
        word.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
    });
    ascii
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain() {
        assert_eq!(
            slug("Chargé·e de recherche (H/F)", "EX-0007"),
            "charge-e-de-recherche-h-f-ex-0007"
        );
        assert_eq!(slug("../../inox", "a/b"), "inox-a-b");
    }
}
