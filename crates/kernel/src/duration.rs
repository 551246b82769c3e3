//! Owns: [`Duration`], a calendar duration as charters write it. Doesn't own: which duration applies to whom.

use std::{fmt, str::FromStr};

use jiff::Unit;
use serde::{Deserialize, Serialize};

use crate::{Timestamp, Zone};

/// A duration of ISO 8601 (`P12M`, `P90D`, `PT30S`), kept as written: a month is a month of the calendar.
///
/// One with a date part is *due at the end of the local day* after calendar addition (31 January + `P1M` is the
/// end of February's last day); one of time alone is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    years: i16,
    months: i16,
    weeks: i16,
    days: i32,
    seconds: i64,
}

/// The text isn't a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a duration: write it as ISO 8601, such as P12M, P90D or PT30S")]
pub struct DurationError;

impl Duration {
    /// So many months.
    #[must_use]
    pub const fn months(months: i16) -> Self {
        Self {
            years: 0,
            months,
            weeks: 0,
            days: 0,
            seconds: 0,
        }
    }

    /// So many days.
    #[must_use]
    pub const fn days(days: i32) -> Self {
        Self {
            years: 0,
            months: 0,
            weeks: 0,
            days,
            seconds: 0,
        }
    }

    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self {
            years: 0,
            months: 0,
            weeks: 0,
            days: 0,
            seconds,
        }
    }

    /// Years, months, weeks, days, seconds, as written: what a renderer puts into words.
    #[must_use]
    pub const fn parts(self) -> (i16, i16, i16, i32, i64) {
        (self.years, self.months, self.weeks, self.days, self.seconds)
    }

    /// True for a duration of time alone (`PT30S`).
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.years == 0 && self.months == 0 && self.weeks == 0 && self.days == 0
    }

    /// The first moment at which it has passed since `from`: for a calendar duration the midnight, in the zone,
    /// that ends the due day.
    #[must_use]
    pub fn end(self, from: Timestamp, zone: &Zone) -> Timestamp {
        if self.is_exact() {
            return from.plus_seconds(self.seconds);
        }
        let span = jiff::Span::new()
            .years(self.years)
            .months(self.months)
            .weeks(self.weeks)
            .days(self.days);
        let due = from.zoned(zone).checked_add(span);
        let midnight = due
            .and_then(|due| due.checked_add(jiff::Span::new().seconds(self.seconds)))
            .and_then(|due| due.tomorrow())
            .and_then(|next| next.start_of_day());
        midnight.map_or(Timestamp::from_millis(i64::MAX), |moment| {
            Timestamp::from_zoned(&moment)
        })
    }

    /// Length in days by the calendar's average (a month is 30.44 days): for comparing ceilings only.
    #[must_use]
    pub fn approximate_days(self) -> f64 {
        f64::from(self.years) * 365.25
            + f64::from(self.months) * 30.4375
            + f64::from(self.weeks) * 7.0
            + f64::from(self.days)
            + self.seconds as f64 / 86_400.0
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        if text.len() > 24 || !text.starts_with('P') || text.contains([',', '.', '-', '+', ' ']) {
            return Err(DurationError);
        }
        let span: jiff::Span = text.parse().map_err(|_| DurationError)?;
        let time = jiff::Span::new()
            .hours(span.get_hours())
            .minutes(span.get_minutes())
            .seconds(span.get_seconds());
        let seconds = time.total(Unit::Second).map_err(|_| DurationError)?;
        let duration = Self {
            years: span.get_years(),
            months: i16::try_from(span.get_months()).map_err(|_| DurationError)?,
            weeks: i16::try_from(span.get_weeks()).map_err(|_| DurationError)?,
            days: span.get_days(),
            seconds: seconds as i64,
        };
        if duration == Self::default() || span.is_negative() {
            Err(DurationError)
        } else {
            Ok(duration)
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P")?;
        for (count, letter) in [
            (i64::from(self.years), 'Y'),
            (i64::from(self.months), 'M'),
            (i64::from(self.weeks), 'W'),
            (i64::from(self.days), 'D'),
        ] {
            if count != 0 {
                write!(f, "{count}{letter}")?;
            }
        }
        if self.seconds != 0 {
            write!(f, "T")?;
            for (count, letter) in [
                (self.seconds / 3_600, 'H'),
                (self.seconds / 60 % 60, 'M'),
                (self.seconds % 60, 'S'),
            ] {
                if count != 0 {
                    write!(f, "{count}{letter}")?;
                }
            }
        }
        Ok(())
    }
}

impl Serialize for Duration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn end(from: &str, duration: &str) -> String {
        let from = Timestamp::parse(from).unwrap();
        duration
            .parse::<Duration>()
            .unwrap()
            .end(from, &Zone::paris())
            .rfc3339()
    }

    #[test]
    fn ends_with_the_local_day_after_calendar_addition() {
        // 31 January + a month: the end of 28 February, Paris being at UTC+1.
        assert_eq!(end("2026-01-31T09:00:00Z", "P1M"), "2026-02-28T23:00:00Z");
        assert_eq!(end("2024-02-29T09:00:00Z", "P1Y"), "2025-02-28T23:00:00Z");
        // Across the change to summer time the day still ends at local midnight.
        assert_eq!(end("2026-03-28T23:30:00Z", "P1D"), "2026-03-30T22:00:00Z");
        assert_eq!(end("2026-01-01T00:00:00Z", "PT30S"), "2026-01-01T00:00:30Z");
    }

    #[test]
    fn refuses_what_is_not_a_duration() {
        for bad in [
            "",
            "12M",
            "P",
            "PT",
            "P0D",
            "P-1M",
            "-P1M",
            "P1.5M",
            "1 month",
            "P99999999999Y",
            "P1M ",
        ] {
            assert_eq!(bad.parse::<Duration>(), Err(DurationError), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(y in 0i16..50, m in 0i16..50, w in 0i16..50, d in 0i32..500, s in 0i64..90_000) {
            let duration = Duration { years: y, months: m, weeks: w, days: d, seconds: s };
            prop_assume!(duration != Duration::default());
            prop_assert_eq!(duration.to_string().parse(), Ok(duration));
        }

        #[test]
        fn never_ends_before_it_starts(from in 0i64..4_000_000_000_000, d in 1i32..4_000) {
            let from = Timestamp::from_millis(from);
            prop_assert!(Duration::days(d).end(from, &Zone::paris()) > from);
        }
    }
}
