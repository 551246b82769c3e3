//! Owns: the trades of the invented world and the shape of what is said about each. Doesn't own: the words
//! ([`super::french`], [`super::english`]).

use kernel::Locale;

use super::{english, french};

/// A trade that offers ask for and people practise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trade {
    Accounting,
    Communication,
    Data,
    Electricity,
    Law,
    Logistics,
    Maintenance,
    Nursing,
    People,
    Project,
    Purchasing,
    Safety,
    Sales,
    Software,
    Systems,
    Welding,
}

/// What is said about a trade in one language. Offers, letters and CVs are composed of it.
pub(crate) struct Pieces {
    /// What one does: in an offer a task, in a CV an experience.
    pub(crate) missions: [&'static str; 6],
    /// What one brings.
    pub(crate) profile: [&'static str; 4],
    /// Why one does it, in the first person.
    pub(crate) motives: [&'static str; 2],
    /// What one is called: at first, later, now.
    pub(crate) roles: [&'static str; 3],
    /// What one learnt, the latest first.
    pub(crate) degrees: [&'static str; 2],
    /// What one handles.
    pub(crate) skills: [&'static str; 6],
}

impl Trade {
    /// The trades that people name who apply without an offer; each has its words in the language.
    pub(crate) const fn all(language: Locale) -> &'static [Self] {
        const ENGLISH: &[Trade] = &[
            Trade::Accounting,
            Trade::Data,
            Trade::Electricity,
            Trade::Law,
            Trade::Logistics,
            Trade::Project,
            Trade::Safety,
            Trade::Sales,
            Trade::Software,
            Trade::Systems,
        ];
        const FRENCH: &[Trade] = &[
            Trade::Accounting,
            Trade::Communication,
            Trade::Data,
            Trade::Electricity,
            Trade::Law,
            Trade::Logistics,
            Trade::Maintenance,
            Trade::Nursing,
            Trade::People,
            Trade::Project,
            Trade::Purchasing,
            Trade::Safety,
            Trade::Sales,
            Trade::Software,
            Trade::Systems,
            Trade::Welding,
        ];
        match language {
            Locale::Fr => FRENCH,
            Locale::En => ENGLISH,
        }
    }

    /// The words of the trade; French where English has none.
    pub(crate) const fn pieces(self, language: Locale) -> &'static Pieces {
        match (language, self) {
            (Locale::En, Self::Accounting) => &english::ACCOUNTING,
            (Locale::En, Self::Data) => &english::DATA,
            (Locale::En, Self::Electricity) => &english::ELECTRICITY,
            (Locale::En, Self::Law) => &english::LAW,
            (Locale::En, Self::Logistics) => &english::LOGISTICS,
            (Locale::En, Self::Project) => &english::PROJECT,
            (Locale::En, Self::Safety) => &english::SAFETY,
            (Locale::En, Self::Sales) => &english::SALES,
            (Locale::En, Self::Software) => &english::SOFTWARE,
            (Locale::En, Self::Systems) => &english::SYSTEMS,
            (_, Self::Accounting) => &french::ACCOUNTING,
            (_, Self::Communication) => &french::COMMUNICATION,
            (_, Self::Data) => &french::DATA,
            (_, Self::Electricity) => &french::ELECTRICITY,
            (_, Self::Law) => &french::LAW,
            (_, Self::Logistics) => &french::LOGISTICS,
            (_, Self::Maintenance) => &french::MAINTENANCE,
            (_, Self::Nursing) => &french::NURSING,
            (_, Self::People) => &french::PEOPLE,
            (_, Self::Project) => &french::PROJECT,
            (_, Self::Purchasing) => &french::PURCHASING,
            (_, Self::Safety) => &french::SAFETY,
            (_, Self::Sales) => &french::SALES,
            (_, Self::Software) => &french::SOFTWARE,
            (_, Self::Systems) => &french::SYSTEMS,
            (_, Self::Welding) => &french::WELDING,
        }
    }

    /// Whether one works with one's hands on a site, which a visit shows better than a talk.
    pub(crate) const fn is_on_site(self) -> bool {
        matches!(
            self,
            Self::Electricity | Self::Logistics | Self::Maintenance | Self::Nursing | Self::Welding
        )
    }
}
