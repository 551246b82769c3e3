//! Owns: [`Clock`], [`Timestamp`], [`Date`], [`Zone`]. Doesn't own: durations ([`crate::Duration`]).

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment moved by milliseconds, forward or back.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// This moment moved by whole seconds, forward or back.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(1_000))
    }

    /// The day it falls on in the zone.
    #[must_use]
    pub fn date(self, zone: &Zone) -> Date {
        Date(self.zoned(zone).date())
    }

    /// RFC 3339 in UTC, to the second: `2026-11-21T08:00:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let seconds = jiff::Timestamp::from_second(self.0.div_euclid(1_000)).unwrap_or_default();
        seconds.to_string()
    }

    /// Reads RFC 3339.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|moment| Self(moment.as_millisecond()))
    }

    pub(crate) fn zoned(self, zone: &Zone) -> jiff::Zoned {
        jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or_default()
            .to_zoned(zone.0.clone())
    }

    pub(crate) fn from_zoned(zoned: &jiff::Zoned) -> Self {
        Self(zoned.timestamp().as_millisecond())
    }

    /// Hour and minute in the zone, 24-hour clock.
    #[must_use]
    pub fn time_of_day(self, zone: &Zone) -> (u8, u8) {
        let zoned = self.zoned(zone);
        (
            u8::try_from(zoned.hour()).unwrap_or(0),
            u8::try_from(zoned.minute()).unwrap_or(0),
        )
    }
}

/// A day of the calendar, written `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub(crate) jiff::civil::Date);

impl Date {
    /// The day, when it exists.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2026-11-21`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 10).then(|| text.parse().ok().map(Self)).flatten()
    }

    /// Its first moment in the zone.
    #[must_use]
    pub fn start(self, zone: &Zone) -> Timestamp {
        self.0
            .to_zoned(zone.0.clone())
            .map_or(Timestamp(0), |zoned| Timestamp::from_zoned(&zoned))
    }

    /// Year, month 1–12, day 1–31.
    #[must_use]
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The day `days` later, or earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(
            self.0
                .saturating_add(jiff::Span::new().days(days.clamp(-4_000_000, 4_000_000))),
        )
    }

    /// Whole days from `other` to this one.
    #[must_use]
    pub fn days_since(self, other: Self) -> i32 {
        self.0.since(other.0).map_or(0, |span| span.get_days())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A time zone (IANA). A site's days begin and end in its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(pub(crate) jiff::tz::TimeZone);

impl Zone {
    /// The zone of that IANA name, from the database built into the program.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().map(Self)
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self(jiff::tz::TimeZone::UTC)
    }

    /// Europe/Paris, where the shipped charters live.
    #[must_use]
    pub fn paris() -> Self {
        Self::named("Europe/Paris").unwrap_or_else(Self::utc)
    }
}

/// Time as a parameter.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    /// The system's clock, moved by so many milliseconds (zero on a real site).
    System(i64),
    /// Stands still until a test moves it.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(0))
    }

    /// The system's clock as if it were `then` now: a demo in which a year passes.
    #[must_use]
    pub fn starting_at(then: Timestamp) -> Self {
        Self(Source::System(then.0 - system_millis()))
    }

    /// A clock that stands still; see [`Clock::advance`].
    #[must_use]
    pub fn manual(now: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(now.0))))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System(offset) => Timestamp(system_millis() + offset),
            Source::Manual(millis) => Timestamp(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock by so many seconds; the system's clock isn't ours to move.
    pub fn advance(&self, seconds: i64) {
        if let Source::Manual(millis) = &self.0 {
            millis.fetch_add(seconds * 1_000, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
fn system_millis() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_zone_s_own() {
        let late = Timestamp::parse("2026-06-30T22:30:00Z").unwrap();
        assert_eq!(late.date(&Zone::paris()).to_string(), "2026-07-01");
        assert_eq!(late.date(&Zone::utc()).to_string(), "2026-06-30");
        assert_eq!(late.rfc3339(), "2026-06-30T22:30:00Z");
        assert_eq!(
            late.date(&Zone::paris()).start(&Zone::paris()).rfc3339(),
            "2026-06-30T22:00:00Z"
        );
    }

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = Clock::manual(Timestamp::from_millis(5));
        clock.clone().advance(1);
        assert_eq!(clock.now().as_millis(), 1_005);
    }

    #[test]
    fn dates_count_days() {
        let day = Date::parse("2026-03-01").unwrap();
        assert_eq!(day.plus_days(-1).to_string(), "2026-02-28");
        assert_eq!(day.days_since(Date::new(2026, 2, 1).unwrap()), 28);
        assert_eq!(Date::parse("2026-02-30"), None);
    }
}
