//! Owns: by when a request is answered: the charter's deadline by the calendar from the day it was received, and its one
//! extension (GDPR art. 12(3); Regulation 1182/71 counts months so). Doesn't own: the figures (the charter).
//!
//! Asking for a proof of identity doesn't stop the clock: nothing in the law's text says that it does.

use charter::model::Rights;
use kernel::{Timestamp, Zone};

/// The first moment at which an answer is late: the midnight that ends the last day.
#[must_use]
pub fn first_due(rights: &Rights, received: Timestamp, zone: &Zone) -> Timestamp {
    rights.deadline.end(received, zone)
}

/// The same once extended: the charter's extension counts from the last day of the first term. `None` where the charter
/// has none.
#[must_use]
pub fn extended(rights: &Rights, first_due: Timestamp, zone: &Zone) -> Option<Timestamp> {
    let extension = rights.extension?;
    Some(extension.end(first_due.plus_millis(-1), zone))
}

#[cfg(test)]
mod tests {
    use charter::Charter;
    use kernel::Date;
    use proptest::prelude::*;

    use super::*;

    fn charter() -> Charter {
        Charter::parse(include_str!("../../../../charters/careers.toml")).unwrap()
    }

    /// The last days of both terms, of what was received at that moment.
    fn days(received: &str, zone: &Zone) -> [String; 2] {
        let charter = charter();
        let rights = charter.rights().unwrap();
        let first = first_due(rights, Timestamp::parse(received).unwrap(), zone);
        let second = extended(rights, first, zone).unwrap();
        [first, second].map(|due| due.plus_millis(-1).date(zone).to_string())
    }

    #[test]
    fn a_month_is_the_calendars_and_ends_with_its_last_day() {
        let paris = Zone::paris();
        for (received, first, second) in [
            ("2026-01-31T09:00:00Z", "2026-02-28", "2026-04-28"),
            ("2028-01-31T09:00:00Z", "2028-02-29", "2028-04-29"),
            ("2028-02-29T09:00:00Z", "2028-03-29", "2028-05-29"),
            ("2026-03-31T09:00:00Z", "2026-04-30", "2026-06-30"),
            ("2026-12-31T22:59:59Z", "2027-01-31", "2027-03-31"),
            // In Paris it is the first of January already.
            ("2026-12-31T23:00:00Z", "2027-02-01", "2027-04-01"),
            // Received before the clocks go forward and back, due after.
            ("2026-03-01T12:00:00Z", "2026-04-01", "2026-06-01"),
            ("2026-10-24T22:30:00Z", "2026-11-25", "2027-01-25"),
        ] {
            assert_eq!(days(received, &paris), [first, second], "{received}");
        }
        let auckland = Zone::named("Pacific/Auckland").unwrap();
        assert_eq!(
            days("2026-01-30T12:00:00Z", &auckland),
            ["2026-02-28", "2026-04-28"]
        );
    }

    #[test]
    fn without_an_extension_in_the_charter_there_is_none() {
        let text = include_str!("../../../../charters/careers.toml").replacen("extension = \"P2M\"\n", "", 1);
        let charter = Charter::parse(&text).unwrap();
        let rights = charter.rights().unwrap();
        assert!(extended(rights, Timestamp::from_millis(0), &Zone::paris()).is_none());
    }

    /// The last day of a term of months from a day, counted by hand: the same day of the month, or the month's last.
    fn counted((year, month, day): (i16, i8, i8), months: i8) -> Date {
        let ahead = month - 1 + months;
        let (year, month) = (year + i16::from(ahead / 12), ahead % 12 + 1);
        (1..=day)
            .rev()
            .find_map(|day| Date::new(year, month, day))
            .expect("a month has a first day")
    }

    proptest! {
        #[test]
        fn whatever_the_day_the_hour_and_the_zone(day in 0i32..40_000, second in 0i64..86_400, zone in 0usize..5) {
            let zones = ["Europe/Paris", "Pacific/Auckland", "America/St_Johns", "America/Sao_Paulo", "UTC"];
            let zone = Zone::named(zones[zone]).unwrap();
            let charter = charter();
            let rights = charter.rights().unwrap();
            let date = Date::new(1990, 1, 1).unwrap().plus_days(day);
            let received = date.start(&zone).plus_seconds(second);
            // A day that the clocks shorten ends sooner: what counts is the day that it was there.
            let date = received.date(&zone);
            let first = first_due(rights, received, &zone);
            let last = first.plus_millis(-1).date(&zone);
            prop_assert_eq!(last, counted(date.parts(), 1));
            prop_assert_eq!(first, last.plus_days(1).start(&zone));
            let second = extended(rights, first, &zone).unwrap();
            let end = second.plus_millis(-1).date(&zone);
            prop_assert_eq!(end, counted(last.parts(), 2));
            prop_assert_eq!(second, end.plus_days(1).start(&zone));
            prop_assert!(received < first && first < second);
        }
    }
}
