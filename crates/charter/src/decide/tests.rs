//! Owns: that the doors' questions are answered by the clause that decides. Doesn't own: the shipped charters.

use kernel::{Locale::Fr, Timestamp, Zone};
use proptest::prelude::*;

use super::*;

const GROUP: &str = include_str!("../../tests/group.toml");
const FIRM: &str = include_str!("../../tests/firm.toml");

fn group() -> Charter {
    Charter::parse(GROUP).unwrap()
}

fn conditions(charter: &Charter, role: &str, purpose: &str, field: &str) -> Vec<Condition> {
    charter
        .may_read(role, purpose, field)
        .map_or_else(|_| Vec::new(), |reading| reading.conditions.iter().collect())
}

/// A form of three choices, each of which may wait for another.
fn chained(first: &str, second: &str, third: &str) -> Charter {
    let field = |name: &str, when: &str| {
        let when = match when {
            "" => String::new(),
            other => format!("when = {{ field = \"{other}\", is = \"yes\" }}\n"),
        };
        format!(
            "[field.{name}]\nnecessity = \"conditional\"\nchoices = [{{ value = \"yes\", fr = \"Oui\", en = \"Yes\" }}, \
             {{ value = \"no\", fr = \"Non\", en = \"No\" }}]\n{when}\n"
        )
    };
    let asks = "asks = [\"given_name\", \"family_name\", \"email\", \"phone\", \"cv\", \"documents?\"";
    assert!(GROUP.contains(asks));
    let text = GROUP.replace(asks, &format!("{asks}, \"position\", \"company\", \"subject\""));
    let fields = [
        field("position", first),
        field("company", second),
        field("subject", third),
    ];
    Charter::parse(&format!("{text}\n{}", fields.concat())).unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn a_field_with_a_condition_is_asked_after_its_answer_only() {
    let charter = chained("", "position", "company");
    let form = charter.form("application").unwrap();
    let asked = |position, company| {
        let answer = move |name: &str| match name {
            "position" => position,
            "company" => company,
            _ => None,
        };
        ["position", "company", "subject", "birth_date"].map(|name| form.asks(name, answer))
    };
    assert_eq!(asked(None, None), [true, false, false, false]);
    assert_eq!(asked(Some("no"), Some("yes")), [true, false, false, false]);
    assert_eq!(asked(Some("yes"), None), [true, true, false, false]);
    assert_eq!(asked(Some("yes"), Some("yes")), [true, true, true, false]);
    assert!(form.field("company").unwrap().required && !form.field("position").unwrap().required);
    assert!(
        charter
            .check()
            .iter()
            .all(|finding| finding.rule != "form.circle")
    );

    // Conditions that wait for each other never hold, and the check says so.
    let circle = chained("subject", "position", "company");
    let form = circle.form("application").unwrap();
    assert!(!form.asks("position", |_| Some("yes")));
    let found = circle.check();
    let circles: Vec<_> = found.iter().filter(|one| one.rule == "form.circle").collect();
    assert!(circles.len() >= 3, "{found:?}");
    assert!(
        circles
            .iter()
            .all(|one| one.place.is_some() && one.level == crate::Level::Error)
    );
}

#[test]
fn a_form_takes_what_it_lists_and_nothing_else() {
    let charter = group();
    assert!(charter.may_collect("application", "cv").unwrap().required);
    assert!(!charter.may_collect("application", "documents").unwrap().required);
    let refusal = charter.may_collect("application", "birth_date").unwrap_err();
    assert_eq!(
        (refusal.clause.as_str(), refusal.reason),
        ("form.application", RefusalReason::NotAsked)
    );
    assert_eq!(
        refusal.to_string(),
        "Refused for “birth_date”: this form doesn’t ask this field (clause form.application)."
    );
    assert!(
        refusal
            .message(Fr)
            .starts_with("Refusé pour «\u{202f}birth_date\u{202f}»\u{202f}: ce formulaire")
    );
    assert_eq!(
        charter.may_collect("aplication", "cv").unwrap_err().reason,
        RefusalReason::NoForm
    );
    // What the service makes can't be sent in.
    assert_eq!(
        charter.may_collect("application", "status").unwrap_err().reason,
        RefusalReason::NotAsked
    );
}

#[test]
fn a_refusal_quotes_a_name_and_never_much_of_it() {
    let long = "x".repeat(10_000);
    let refusal = group().may_collect("application", &long).unwrap_err();
    assert_eq!(refusal.subject.len(), 64);
}

#[test]
fn a_role_reads_what_a_purpose_lets_it() {
    let charter = group();
    assert!(
        charter
            .may_read("recruiter", "apply", "cv")
            .unwrap()
            .conditions
            .always()
    );
    assert_eq!(
        charter
            .may_read("recruiter", "apply", "cv")
            .unwrap()
            .clause
            .as_str(),
        "purpose.apply"
    );
    assert_eq!(conditions(&charter, "it", "apply", "cv"), [Condition::Technical]);
    assert_eq!(
        conditions(&charter, "sales", "apply", "cv"),
        [Condition::ClientRequested]
    );
    // Sales reads the profile, not the phone number or the recruiters' notes.
    for field in ["phone", "email", "note"] {
        assert_eq!(
            charter.may_read("sales", "apply", field).unwrap_err().reason,
            RefusalReason::NotAReader
        );
    }
    for (role, purpose, field, reason) in [
        ("admin", "apply", "cv", RefusalReason::NotAReader),
        ("boss", "apply", "cv", RefusalReason::NoRole),
        ("recruiter", "newsletter", "cv", RefusalReason::NoPurpose),
        ("recruiter", "contact", "cv", RefusalReason::NotUsed),
        ("recruiter", "apply", "salary", RefusalReason::NotUsed),
    ] {
        assert_eq!(
            charter.may_read(role, purpose, field).unwrap_err().reason,
            reason,
            "{role} {purpose} {field}"
        );
    }
}

#[test]
fn several_ways_to_read_add_up() {
    let both = FIRM.replacen(
        "readers = [{ role = \"consultant\", when = \"assigned\" }, ",
        "readers = [{ role = \"consultant\", when = \"assigned\" }, { role = \"consultant\", when = \"break_glass\", fields = [\"phone\"] }, ",
        1,
    );
    let charter = Charter::parse(&both).unwrap();
    assert_eq!(
        conditions(&charter, "consultant", "apply", "phone"),
        [Condition::Assigned, Condition::BreakGlass]
    );
    assert_eq!(
        conditions(&charter, "consultant", "apply", "cv"),
        [Condition::Assigned]
    );
}

#[test]
fn a_recipient_gets_what_its_share_says_and_nothing_else() {
    let charter = Charter::parse(include_str!("../../tests/whole.toml")).unwrap();
    let share = charter
        .may_share("clients", "apply", &["given_name", "cv"])
        .unwrap();
    assert_eq!(share.rule.clause.as_str(), "share.clients");
    for (share, purpose, field, reason, clause) in [
        (
            "clients",
            "apply",
            "phone",
            RefusalReason::MustNotReceive,
            "share.clients",
        ),
        (
            "clients",
            "apply",
            "email",
            RefusalReason::NotReceived,
            "share.clients",
        ),
        (
            "clients",
            "apply",
            "connection",
            RefusalReason::NotUsed,
            "purpose.apply",
        ),
        (
            "clients",
            "secure",
            "connection",
            RefusalReason::NotServed,
            "share.clients",
        ),
        ("nobody", "apply", "cv", RefusalReason::NoProcessor, "share"),
    ] {
        let refusal = charter.may_share(share, purpose, &[field]).unwrap_err();
        assert_eq!(
            (refusal.reason, refusal.clause.as_str()),
            (reason, clause),
            "{share} {purpose} {field}"
        );
    }
}

#[test]
fn a_processor_gets_its_fields_for_its_purposes() {
    let charter = group();
    let sending = charter
        .may_send("mail", "apply", &["given_name", "email", "exchange"])
        .unwrap();
    assert_eq!(
        (sending.shape, sending.clause.as_str()),
        (Shape::Fields, "processor.mail")
    );
    assert_eq!(sending.processor.entity, None);
    for (processor, purpose, field, reason, clause) in [
        (
            "mail",
            "apply",
            "cv",
            RefusalReason::MustNotReceive,
            "processor.mail",
        ),
        (
            "mail",
            "apply",
            "phone",
            RefusalReason::NotReceived,
            "processor.mail",
        ),
        (
            "mail",
            "apply_unsolicited",
            "vacancy",
            RefusalReason::NotUsed,
            "purpose.apply_unsolicited",
        ),
        (
            "mail",
            "secure",
            "connection",
            RefusalReason::NotServed,
            "processor.mail",
        ),
        ("mail", "screen", "cv", RefusalReason::NoPurpose, "purpose"),
        ("model", "apply", "cv", RefusalReason::NoProcessor, "processor"),
    ] {
        let refusal = charter
            .may_send(processor, purpose, &["email", field])
            .unwrap_err();
        assert_eq!(
            (refusal.reason, refusal.clause.as_str()),
            (reason, clause),
            "{processor} {purpose} {field}"
        );
    }
    assert_eq!(
        charter.may_send("hosting", "apply", &["cv"]).unwrap().shape,
        Shape::Fields
    );
}

#[test]
fn what_identifies_nobody_names_no_field() {
    let model = "\n[processor.model]\nservice = \"language_model\"\nentity = \"Modèle Exemple\"\nstorage = [\"FR\"]\n\
                 purposes = [\"apply\"]\nreceives = \"anonymous\"\nmust_not_receive = [\"email\"]\n";
    let charter = Charter::parse(&format!("{GROUP}{model}")).unwrap();
    assert_eq!(
        charter.may_send("model", "apply", &[]).unwrap().shape,
        Shape::Anonymous
    );
    assert_eq!(
        charter.may_send("model", "apply", &["cv"]).unwrap_err().reason,
        RefusalReason::NotReceived
    );
    assert_eq!(
        charter.may_send("model", "apply", &["email"]).unwrap_err().reason,
        RefusalReason::MustNotReceive
    );
}

#[test]
fn the_shortest_clock_decides() {
    let (charter, zone) = (group(), Zone::paris());
    let at = |text: &str| Timestamp::parse(text).unwrap();
    let contact = (Trigger::LastContact, at("2026-11-21T09:00:00Z"));
    assert!(charter.until("apply", &[], &zone).is_none());
    let until = charter.until("apply", &[contact], &zone).unwrap();
    assert_eq!(
        (until.retention.name.as_str(), until.at.rfc3339().as_str()),
        ("application", "2027-11-21T23:00:00Z")
    );
    let withdrawn = (Trigger::Withdrawn, at("2026-12-01T09:00:00Z"));
    let until = charter.until("apply", &[contact, withdrawn], &zone).unwrap();
    assert_eq!(
        (until.retention.name.as_str(), until.at.rfc3339().as_str()),
        ("withdrawn", "2027-01-01T23:00:00Z")
    );
    // A withdrawal in the last days doesn't prolong.
    let late = (Trigger::Withdrawn, at("2027-11-20T09:00:00Z"));
    assert_eq!(
        charter
            .until("apply", &[contact, late], &zone)
            .unwrap()
            .retention
            .name,
        "application"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever a floor or an archive names, nobody reads or is sent more, and nothing is kept in use longer.
    #[test]
    fn a_floor_never_widens_a_use(
        key in proptest::sample::select(vec!["min", "archive"]),
        years in 1u8..20,
        field in proptest::sample::select(vec!["cv", "decision", "phone", "connection"]),
        reader in proptest::sample::select(vec!["consultant", "it", "webmaster", "dpo", "admin"]),
    ) {
        let application = "from = \"last_contact\"\nmax = \"P12M\"\n";
        let kept = format!(
            "{application}{key} = {{ period = \"P{years}Y\", ref = \"x\", fields = [\"{field}\"], readers = [\"{reader}\"] }}\n"
        );
        let (plain, floored) = (Charter::parse(FIRM).unwrap(), Charter::parse(&FIRM.replacen(application, &kept, 1)).unwrap());
        for purpose in plain.purposes() {
            for field in plain.fields() {
                let read = |charter: &Charter, role: &str| conditions(charter, role, &purpose.name, &field.name);
                for role in plain.roles() {
                    prop_assert_eq!(read(&plain, &role.name), read(&floored, &role.name));
                }
                for processor in plain.processors() {
                    let sent = |charter: &Charter| charter.may_send(&processor.name, &purpose.name, &[&field.name]).is_ok();
                    prop_assert_eq!(sent(&plain), sent(&floored));
                }
            }
            let happened = [(Trigger::LastContact, Timestamp::from_millis(0)), (Trigger::Withdrawn, Timestamp::from_millis(1))];
            let end = |charter: &Charter| charter.until(&purpose.name, &happened, &Zone::paris()).map(|until| until.at);
            prop_assert_eq!(end(&plain), end(&floored));
        }
    }
}

proptest! {
    /// However many clocks a purpose has and whatever happened, the earliest end rules, and more clocks never
    /// prolong.
    #[test]
    fn the_shortest_retention_always_wins(
        months in proptest::collection::vec((1i16..60, 0usize..4), 1..6),
        happened in proptest::collection::vec((0usize..4, 0i64..1_000_000_000_000), 1..5),
    ) {
        let triggers = [Trigger::LastContact, Trigger::Withdrawn, Trigger::Decision, Trigger::Submitted];
        let words = ["last_contact", "withdrawn", "decision", "submitted"];
        let charter = |months: &[(i16, usize)]| {
            let names: Vec<String> = (0..months.len()).map(|at| format!("\"r{at}\"")).collect();
            let rules: String = months.iter().enumerate()
                .map(|(at, (months, from))| format!("[retention.r{at}]\nfrom = \"{}\"\nmax = \"P{months}M\"\n", words[*from]))
                .collect();
            Charter::parse(&format!(
                "[charter]\nid = \"x\"\nversion = 1\neffective = 2026-01-01\nlanguages = [\"fr\"]\n[controller]\nname = \"X\"\n\
                 [purpose.apply]\npeople = \"candidate\"\nasks = [\"email\"]\nbasis = \"consent\"\nreaders = []\n\
                 retention = [{}]\n{rules}", names.join(", "))).unwrap()
        };
        let happened: Vec<_> = happened.iter().map(|(at, ms)| (triggers[*at], Timestamp::from_millis(*ms))).collect();
        let zone = Zone::paris();
        let (all, fewer) = (charter(&months), charter(&months[..months.len() - 1]));
        let end = all.until("apply", &happened, &zone).map(|until| until.at);
        let each = all.retentions().iter().filter_map(|retention| retention.until(&happened, &zone)).min();
        prop_assert_eq!(end, each);
        if let Some(before) = fewer.until("apply", &happened, &zone) {
            prop_assert!(end.is_some_and(|end| end <= before.at));
        }
    }

    /// So too where an answer is awaited and where the last of several events rules: waiting counts as keeping, and no
    /// clock is outlived by another.
    #[test]
    fn the_shortest_wins_with_questions_and_with_the_last_of_several(
        clocks in proptest::collection::vec((1i16..60, proptest::option::of(1i16..4), 0usize..4, 0usize..4, any::<bool>()), 1..5),
        happened in proptest::collection::vec((0usize..4, 0i64..1_000_000_000_000), 1..5),
    ) {
        let triggers = [Trigger::LastContact, Trigger::Withdrawn, Trigger::Decision, Trigger::Submitted];
        let words = ["last_contact", "withdrawn", "decision", "submitted"];
        let names: Vec<String> = (0..clocks.len()).map(|at| format!("\"r{at}\"")).collect();
        let rules: String = clocks.iter().enumerate().map(|(at, (months, silence, one, two, last))| {
            let combine = if *last { "last_of" } else { "first_of" };
            let ask = silence.map_or_else(String::new, |wait| format!("ask = {{ silence_after = \"P{wait}M\" }}\n"));
            let (one, two) = (words[*one], words[*two]);
            let from = if one == two { format!("\"{one}\"") } else { format!("[\"{one}\", \"{two}\"]") };
            format!("[retention.r{at}]\nfrom = {from}\ncombine = \"{combine}\"\nmax = \"P{months}M\"\n{ask}")
        }).collect();
        let charter = Charter::parse(&format!(
            "[charter]\nid = \"x\"\nversion = 1\neffective = 2026-01-01\nlanguages = [\"fr\"]\n[controller]\nname = \"X\"\n\
             [purpose.apply]\npeople = \"candidate\"\nasks = [\"email\"]\nbasis = \"precontract\"\nreaders = []\n\
             retention = [{}]\n{rules}", names.join(", "))).unwrap();
        let happened: Vec<_> = happened.iter().map(|(at, ms)| (triggers[*at], Timestamp::from_millis(*ms))).collect();
        let zone = Zone::paris();
        // By hand: each event's end, the wait added from within its last day; the first or the last of them.
        let ends = clocks.iter().filter_map(|(months, silence, one, two, last)| {
            let counts = [triggers[*one], triggers[*two]];
            let each = happened.iter().filter(|(event, _)| counts.contains(event)).map(|(_, at)| {
                let asked = kernel::Duration::months(*months).end(*at, &zone);
                silence.map_or(asked, |wait| kernel::Duration::months(wait).end(asked.plus_millis(-1), &zone))
            });
            if *last { each.max() } else { each.min() }
        });
        let until = charter.until("apply", &happened, &zone);
        prop_assert_eq!(until.map(|until| until.at), ends.min());
        if let Some(until) = until {
            prop_assert!(charter.retentions().iter().filter_map(|one| one.until(&happened, &zone)).all(|end| until.at <= end));
        }
    }

    /// Whatever is asked, nothing undeclared is ever allowed.
    #[test]
    fn what_is_not_declared_is_refused(role in "[a-z_]{0,9}", purpose in "[a-z_]{0,9}", field in "\\PC{0,9}") {
        let charter = group();
        let declared = charter.field(&field).is_some();
        prop_assume!(!declared);
        prop_assert!(charter.may_collect("contact", &field).is_err());
        prop_assert!(charter.may_read("recruiter", "apply", &field).is_err());
        prop_assert!(charter.may_read(&role, &purpose, &field).is_err());
        prop_assert!(charter.may_send("mail", "apply", &[&field]).is_err());
        prop_assert!(charter.may_send("hosting", "apply", &[&field]).is_err());
    }
}
