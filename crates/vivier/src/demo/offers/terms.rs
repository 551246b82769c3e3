//! Owns: short ways to write where one works and what one is paid. Doesn't own: the offers that say so.

use app::vacancies::model::{Period, Remote};
use kernel::Currency;

pub(super) const ON_SITE: Remote = Remote::None;
pub(super) const PARTIAL: Remote = Remote::Partial;
pub(super) const FULL: Remote = Remote::Full;

/// What a position pays: least and most, in hundredths, when the offer says it.
pub(super) struct Pay {
    pub(super) range: Option<(i64, i64)>,
    pub(super) period: Period,
    pub(super) currency: Currency,
}

pub(super) const UNSAID: Pay = Pay {
    range: None,
    period: Period::Year,
    currency: Currency::Eur,
};

/// Euros a year.
pub(super) const fn year(min: i64, max: i64) -> Pay {
    pay(min, max, Period::Year, Currency::Eur)
}

/// Pounds a year.
pub(super) const fn pounds(min: i64, max: i64) -> Pay {
    pay(min, max, Period::Year, Currency::Gbp)
}

/// Swiss francs a year.
pub(super) const fn francs(min: i64, max: i64) -> Pay {
    pay(min, max, Period::Year, Currency::Chf)
}

/// Euros a month.
pub(super) const fn month(min: i64, max: i64) -> Pay {
    pay(min, max, Period::Month, Currency::Eur)
}

/// Euros a day.
pub(super) const fn day(min: i64, max: i64) -> Pay {
    pay(min, max, Period::Day, Currency::Eur)
}

/// Cents an hour: `14_50` is € 14.50.
pub(super) const fn hour(min: i64, max: i64) -> Pay {
    Pay {
        range: Some((min, max)),
        period: Period::Hour,
        currency: Currency::Eur,
    }
}

const fn pay(min: i64, max: i64, period: Period, currency: Currency) -> Pay {
    Pay {
        range: Some((min * 100, max * 100)),
        period,
        currency,
    }
}
