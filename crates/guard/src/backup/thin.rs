//! Owns: which of a target's backups stay when the site makes them by itself. Doesn't own: removing the others and what
//! only they named ([`super::clear`]).

use kernel::{Id, Timestamp};

use super::Backup;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// For how long after it was made the last backup of each span stays: of each hour for a day, of each day for a month, of
/// each month for a year. Lengths in milliseconds; a month is thirty days.
const STAYS: [(i64, i64); 3] = [(HOUR, DAY), (DAY, 31 * DAY), (30 * DAY, 366 * DAY)];

/// Of these backups, oldest first, those that stay beside one that is made now. The one before always does: should
/// something be wrong with the new one, little is lost.
pub(super) fn staying(backups: &[String], now: Timestamp) -> Vec<String> {
    let made: Vec<Option<i64>> = backups.iter().map(|id| made_at(id)).collect();
    let stays = |nth: usize| {
        let Some(at) = made[nth] else { return true };
        let next = made[nth + 1..].iter().flatten().next().copied();
        let age = now.as_millis() - at;
        let is_last_of = |span: i64| next.unwrap_or(now.as_millis()).div_euclid(span) != at.div_euclid(span);
        nth + 1 == backups.len() || STAYS.iter().any(|(span, long)| age <= *long && is_last_of(*span))
    };
    let staying = (0..backups.len()).filter(|nth| stays(*nth));
    staying.map(|nth| backups[nth].clone()).collect()
}

/// When a backup was made; `None` of a name that we didn't give, and that nobody removes.
fn made_at(id: &str) -> Option<i64> {
    let id: Id<Backup> = id.parse().ok()?;
    Some(id.made_at().as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A backup a minute for four hundred days, but at night.
    #[test]
    fn few_stay_however_many_are_made_and_the_older_the_fewer() {
        let rng = kernel::Rng::seeded(1);
        let (start, mut backups) = (1_800_000_000_000 / DAY * DAY, Vec::<String>::new());
        let mut most = 0;
        for minute in (0..400 * 1_440).filter(|minute| minute % 1_440 > 360) {
            let now = Timestamp::from_millis(start + minute * 60_000);
            backups = staying(&backups, now);
            backups.push(Id::<Backup>::new(&rng, now).to_string());
            most = most.max(backups.len());
        }
        assert!(most <= 24 + 31 + 13 + 2, "{most}");
        let now = start + 400 * DAY;
        let ages: Vec<i64> = backups.iter().map(|id| now - made_at(id).unwrap()).collect();
        let within = |from: i64, to: i64| ages.iter().filter(|age| (from..to).contains(*age)).count();
        assert!(within(0, DAY) >= 17, "one of each hour of the last day: {ages:?}");
        assert_eq!(within(2 * DAY, 30 * DAY), 28, "one of each day of the last month");
        assert_eq!(
            within(60 * DAY, 360 * DAY),
            10,
            "one of each month of the last year"
        );
        assert_eq!(within(368 * DAY, 500 * DAY), 0);
        assert!(ages.windows(2).all(|two| two[0] > two[1]));
    }

    #[test]
    fn the_one_before_and_what_is_not_ours_stay() {
        let rng = kernel::Rng::seeded(1);
        let at = |seconds: i64| Timestamp::from_millis(1_800_000_000_000).plus_seconds(seconds);
        let id = |seconds: i64| Id::<Backup>::new(&rng, at(seconds)).to_string();
        let backups = vec![id(-400 * 86_400), id(0), id(60), id(120), "z".to_owned()];
        assert_eq!(staying(&backups, at(180)), ["z".to_owned()]);
        assert_eq!(staying(&backups[..4], at(180)), backups[3..4]);
        assert_eq!(
            staying(&backups[..1], at(180)),
            backups[..1],
            "better old than none"
        );
    }
}
