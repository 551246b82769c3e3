//! Owns: a year and more of a site's people, day by day on both engines, held against a calendar of the test's own:
//! nobody is kept past the end of their last day plus 24 hours, nobody is lost before it. Doesn't own: each way to end by
//! itself ([`super::keeping`], `guard::keep`).

use std::collections::{BTreeMap, BTreeSet};

use charter::Right;
use guard::{DossierId, keep::renew::Answer};
use kernel::{Date, Id};

use super::*;
use crate::{rights, tests::doing};

const DAY: i64 = 86_400;
/// People come during so many days.
const COMING: usize = 90;

/// What somebody does in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Nothing more.
    FallsSilent,
    /// Is refused, which prolongs nothing, and ends it where the charter says so.
    IsRefused,
    /// Sent two and withdraws the first after forty days.
    WithdrawsOne,
    /// Wants everything erased after fifty days, and applies anew ten days later.
    ComesBack,
    /// Answers the question by the mail's link.
    Keeps,
    /// Answers the question in their area.
    KeepsInTheArea,
    /// Answers no.
    Declines,
    /// Dies after thirty days, and is asked nothing any more.
    Dies,
    /// Writes instead of applying, and objects after twenty days: it is used no more, and ends when it would have.
    Objects,
}

use Fate::{ComesBack, Declines, Dies, FallsSilent, IsRefused, Keeps, KeepsInTheArea, Objects, WithdrawsOne};

/// An application, or a message, that is expected to be there.
#[derive(Debug, Clone, Copy)]
struct Expected {
    who: usize,
    /// The last day on which it must be there.
    last: Date,
    /// The last day before which its person is asked.
    asks: Option<Date>,
}

struct Year {
    case: Case,
    people: usize,
    fates: &'static [Fate],
    /// Months after the last contact; then, where the charter asks, months of silence.
    months: (i16, Option<i16>),
    /// Whether a refusal ends it.
    judged: bool,
    there: BTreeMap<DossierId, Expected>,
    /// By day: who does what then.
    plans: BTreeMap<Date, Vec<(usize, Plan)>>,
}

enum Plan {
    Apply,
    Withdraw(Id<Application>),
    Erase(Id<Application>),
    Die(Id<Application>),
    Answer(Id<Application>, String),
    Object(DossierId),
}

/// The calendar's addition by hand: the same day so many months later, or that month's last.
fn later(day: Date, months: i16) -> Date {
    let (year, month, at) = day.parts();
    let count = i16::from(month) - 1 + months;
    let (year, month) = (year + count / 12, i8::try_from(count % 12 + 1).unwrap());
    (1..=at).rev().find_map(|at| Date::new(year, month, at)).unwrap()
}

impl Year {
    fn today(&self) -> Date {
        let guard = self.case.site.guard();
        guard.now().date(guard.zone())
    }

    fn fate(&self, who: usize) -> Fate {
        self.fates[who % self.fates.len()]
    }

    fn expect(&mut self, id: Id<Application>, who: usize) {
        let (months, silence) = self.months;
        let end = later(self.today(), months);
        let expected = Expected {
            who,
            last: silence.map_or(end, |silence| later(end, silence)),
            asks: silence.map(|_| end),
        };
        self.there.insert(id.cast(), expected);
    }

    /// Somebody writes by the contact form: twelve months, and nothing asked.
    async fn write(&mut self, who: usize) -> DossierId {
        let charter = self.case.site.guard().charter();
        let form = charter.form_of(FormKind::Contact, Locale::Fr).unwrap();
        let email = format!("vv{who}@people.example");
        let mut values = vec![
            ("given_name", "Élise"),
            ("family_name", "Exemple"),
            ("email", email.as_str()),
            ("phone", "06 39 98 00 01"),
            ("subject", "other"),
            ("message", "Vvtoken0004."),
        ];
        values.retain(|(name, _)| form.field(name).is_some());
        let id = doing::write(&self.case.site, &values).await.cast();
        let last = later(self.today(), 12);
        self.there.insert(
            id,
            Expected {
                who,
                last,
                asks: None,
            },
        );
        id
    }

    fn plan(&mut self, days: i32, who: usize, plan: Plan) {
        let day = self.today().plus_days(days);
        self.plans.entry(day).or_default().push((who, plan));
    }

    async fn apply(&mut self, who: usize) -> Id<Application> {
        let email = format!("vv{who}@people.example");
        let id = self.case.apply_with(None, &[("email", &email)]).await;
        self.expect(id, who);
        id
    }

    /// Somebody's first day.
    async fn arrive(&mut self, who: usize, recruiter: &Actor) {
        if self.fate(who) == Objects {
            let id = self.write(who).await;
            return self.plan(20, who, Plan::Object(id));
        }
        let id = self.apply(who).await;
        match self.fate(who) {
            IsRefused => {
                service::refuse(&self.case.site, recruiter, id, Reason::Experience)
                    .await
                    .unwrap();
                // Where what is of no interest goes at once, that is when the undo has ended (D18).
                if self.judged {
                    self.there.remove(&id.cast());
                }
            }
            WithdrawsOne => {
                self.apply(who).await;
                self.plan(40, who, Plan::Withdraw(id));
            }
            ComesBack => {
                self.plan(50, who, Plan::Erase(id));
                self.plan(60, who, Plan::Apply);
            }
            Dies => self.plan(30, who, Plan::Die(id)),
            FallsSilent | Keeps | KeepsInTheArea | Declines | Objects => {}
        }
    }

    async fn carry_out(&mut self, who: usize, plan: Plan, dpo: &Actor) {
        let (today, guard) = (self.today(), self.case.site.guard().clone());
        match plan {
            Plan::Apply => drop(self.apply(who).await),
            Plan::Withdraw(id) => {
                let actor = self.case.person(id).await;
                let other = guard.duplicates(&actor).await.unwrap()[0];
                guard.join(&actor, other).await.unwrap();
                let actor = self.case.person(id).await;
                own::withdraw(&self.case.site, &actor, id).await.unwrap();
                self.there.get_mut(&id.cast()).unwrap().last = later(today, 1);
            }
            Plan::Erase(id) => {
                let actor = self.case.person(id).await;
                guard.erase_own(&actor).await.unwrap();
                self.there.remove(&id.cast());
            }
            Plan::Die(id) => {
                let (site, actor) = (&self.case.site, self.case.person(id).await);
                let request = rights::own::ask(site, &actor, Right::Access, "Vvtoken, de sa part").await;
                let hand = guard.request_at_hand(dpo, request.unwrap()).await.unwrap();
                guard.note_death(dpo, &hand).await.unwrap();
                self.there.get_mut(&id.cast()).unwrap().asks = None;
            }
            Plan::Object(id) => {
                let row = sql("SELECT person FROM dossiers WHERE id = $1").bind(id);
                let person = row.one(guard.db()).await.unwrap().get("person").unwrap();
                let actor = doing::person(&self.case.site, person).await;
                guard.object_to(&actor, "contact").await.unwrap();
                assert!(guard.own_uses(&actor).await.unwrap()[0].is_stopped);
            }
            Plan::Answer(id, token) => {
                let yes = self.fate(who) != Declines;
                let answer = if yes { Answer::Keep } else { Answer::Erase };
                if self.fate(who) == KeepsInTheArea {
                    let actor = self.case.person(id).await;
                    guard.answer_own_renewal(&actor, id.cast(), answer).await.unwrap();
                } else {
                    guard.answer_renewal(&token, answer).await.unwrap();
                }
                assert!(
                    guard.answer_renewal(&token, Answer::Keep).await.is_err(),
                    "answered once"
                );
                match yes {
                    true => self.expect(id, who),
                    false => drop(self.there.remove(&id.cast())),
                }
            }
        }
    }

    /// Who was asked today, by the mails that say so, is who the calendar says; some plan an answer.
    async fn questions(&mut self) {
        let yesterday = self.today().plus_days(-1);
        let mut due: BTreeMap<String, (Id<Application>, usize)> = BTreeMap::new();
        for (id, expected) in self
            .there
            .iter()
            .filter(|(_, expected)| expected.asks == Some(yesterday))
        {
            due.insert(
                format!("vv{}@people.example", expected.who),
                (id.cast(), expected.who),
            );
        }
        if due.is_empty() {
            return;
        }
        let guard = self.case.site.guard().clone();
        let shown =
            |value: &guard::Shown<String>| serde_json::to_value(value).unwrap().as_str().unwrap().to_owned();
        let mails = guard.demo_mails(u32::try_from(due.len()).unwrap()).await.unwrap();
        for mail in &mails {
            let (to, body) = (shown(&mail.to), shown(&mail.body));
            let (id, who) = due
                .remove(&to)
                .unwrap_or_else(|| panic!("{to} isn't asked on {yesterday}"));
            let token = body
                .split("/renew/")
                .nth(1)
                .unwrap()
                .split_whitespace()
                .next()
                .unwrap();
            if matches!(self.fate(who), Keeps | KeepsInTheArea | Declines) {
                let days = i32::try_from(who % 25).unwrap() + 1;
                self.plan(days, who, Plan::Answer(id, token.to_owned()));
            }
        }
        assert!(due.is_empty(), "not asked: {due:?}");
    }

    /// What is there is what the calendar says, files and people included.
    async fn hold(&self) {
        let (db, today) = (self.case.site.guard().db(), self.today());
        let rows = sql("SELECT id FROM applications UNION ALL SELECT id FROM contact_messages");
        let rows = rows.all(db).await.unwrap();
        let there: BTreeSet<DossierId> = rows.iter().map(|row| row.get("id").unwrap()).collect();
        let expected: BTreeSet<_> = self.there.keys().copied().collect();
        let kept: Vec<_> = there.difference(&expected).collect();
        let lost: Vec<_> = expected.difference(&there).map(|id| self.there[id]).collect();
        assert!(
            kept.is_empty() && lost.is_empty(),
            "{today}: kept {kept:?}, lost {lost:?}"
        );
        assert_eq!(
            self.case.count("files").await,
            self.case.count("applications").await,
            "{today}: each has its CV"
        );
        let people: i64 = sql("SELECT COUNT(*) AS count FROM people")
            .one(db)
            .await
            .unwrap()
            .get("count")
            .unwrap();
        assert_eq!(
            people,
            i64::try_from(there.len()).unwrap(),
            "{today}: each came as a person of their own"
        );
        let oldest = sql("SELECT MIN(day) AS day FROM access_days")
            .one(db)
            .await
            .unwrap();
        let oldest: Option<Date> = oldest.get("day").unwrap();
        assert!(
            oldest.is_none_or(|day| later(day, 12) >= today),
            "{today}: who read on {oldest:?} is still recorded"
        );
    }

    async fn live(mut self, role: &str, days: usize) {
        let guard = self.case.site.guard().clone();
        let recruiter = self.case.staff(role, "r@staff.example").await;
        let dpo = self.case.staff("dpo", "dpo@staff.example").await;
        for day in 0..days {
            let today = self.today();
            guard.tend_once(true).await.unwrap();
            self.there.retain(|_, expected| expected.last >= today);
            self.hold().await;
            self.case.work().await;
            self.questions().await;
            for who in (0..self.people).filter(|who| who % COMING == day) {
                self.arrive(who, &recruiter).await;
            }
            for (who, plan) in self.plans.remove(&today).unwrap_or_default() {
                self.carry_out(who, plan, &dpo).await;
            }
            // What was refused is told before its day ends.
            self.case.clock.advance(UNDO_SECONDS + 1);
            self.case.work().await;
            self.case.clock.advance(DAY - UNDO_SECONDS - 1);
        }
        let kept = [Keeps, KeepsInTheArea];
        let prolonged = self
            .there
            .values()
            .filter(|expected| kept.contains(&self.fate(expected.who)))
            .count();
        assert_eq!(prolonged, self.there.len(), "all others have gone");
        assert_eq!(
            prolonged > 0,
            self.months.1.is_some(),
            "and who said yes is there"
        );
    }
}

on_both!(
    a_year_of_the_agency_keeps_nobody_too_long_and_loses_nobody,
    AGENCY,
    |case: Case| async move {
        let fates = &[
            FallsSilent,
            Keeps,
            IsRefused,
            WithdrawsOne,
            KeepsInTheArea,
            ComesBack,
            Declines,
            Dies,
            Objects,
        ];
        let (there, plans) = (BTreeMap::new(), BTreeMap::new());
        let year = Year {
            case,
            people: 1_000,
            fates,
            months: (12, Some(1)),
            judged: true,
            there,
            plans,
        };
        // Who came last and back, or was asked last, is gone by then; the leap day of 2028 is in it.
        year.live("consultant", COMING + 60 + 400).await;
    }
);

on_both!(
    a_year_of_a_careers_site_keeps_nobody_too_long_and_loses_nobody,
    CAREERS,
    |case: Case| async move {
        let fates = &[FallsSilent, IsRefused, WithdrawsOne, ComesBack, Dies, Objects];
        let (there, plans) = (BTreeMap::new(), BTreeMap::new());
        let year = Year {
            case,
            people: 200,
            fates,
            months: (12, None),
            judged: false,
            there,
            plans,
        };
        year.live("recruiter", COMING + 60 + 370).await;
    }
);
