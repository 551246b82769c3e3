//! What the shipped charters promise, row by row, as their policies do: which clause keeps a promise, with which
//! figures, fields, readers and action.

#![expect(
    clippy::unwrap_used,
    reason = "a charter that lacks what is asked of it fails its test"
)]

use charter::{
    Action, Charter, Condition, Duty, FormKind, Prohibition, PurposeKind, TrackerClass, Trigger, render,
};
use kernel::Locale::{self, En, Fr};

fn careers() -> Charter {
    Charter::parse(include_str!("../../../charters/careers.toml")).unwrap()
}

fn agency() -> Charter {
    Charter::parse(include_str!("../../../charters/agency.toml")).unwrap()
}

/// The fields of a form in order, `?` for those that may be left out.
fn asked(charter: &Charter, form: &str) -> String {
    let fields = &charter.form(form).unwrap().fields;
    let names = fields
        .iter()
        .map(|field| format!("{}{}", field.name, if field.required { "" } else { "?" }));
    names.collect::<Vec<_>>().join(" ")
}

/// Role and condition of each reader of a purpose.
fn readers(charter: &Charter, purpose: &str) -> Vec<(String, Condition)> {
    let readers = &charter.purpose(purpose).unwrap().readers;
    readers
        .iter()
        .map(|reader| (reader.role.clone(), reader.when))
        .collect()
}

fn reader(role: &str, when: Condition) -> (String, Condition) {
    (role.to_owned(), when)
}

fn retention(charter: &Charter, name: &str) -> (Vec<Trigger>, String, Action) {
    let retention = charter.retention(name).unwrap();
    (retention.from.clone(), retention.max.to_string(), retention.then)
}

fn carries(promises: &[String], row: &str) {
    assert!(
        promises.iter().any(|promise| promise == row),
        "{row} isn't carried"
    );
}

fn says(charter: &Charter, locale: Locale, what: &str) {
    let text = render::to_markdown(&render::policy(charter, locale));
    assert!(text.contains(&render::typeset(what, locale)), "{what}");
}

#[test]
fn a01_the_controller_is_named() {
    let charter = careers();
    let controller = charter.controller();
    assert!(controller.address.is_some() && controller.register.is_some() && controller.dpo.is_some());
    assert!(charter.updated().is_some());
    carries(&controller.rule.promises, "A01");
    says(
        &charter,
        Fr,
        "applicable à partir du 1er septembre 2026, mise à jour le 1er septembre 2026",
    );
}

#[test]
fn a02_the_contact_form_asks_five_things() {
    let charter = careers();
    assert_eq!(
        asked(&charter, "contact"),
        "family_name given_name email message phone?"
    );
    carries(&charter.form("contact").unwrap().rule.promises, "A02");
}

#[test]
fn a03_an_application_asks_name_email_phone_cv_and_documents() {
    let charter = careers();
    for form in ["application", "unsolicited"] {
        assert_eq!(
            asked(&charter, form),
            "given_name family_name email phone cv documents?"
        );
        carries(&charter.form(form).unwrap().rule.promises, "A03");
    }
    for locale in [Fr, En] {
        assert_eq!(
            charter
                .form_of(FormKind::TargetedApplication, locale)
                .unwrap()
                .name,
            "application"
        );
        assert_eq!(
            charter
                .form_of(FormKind::UnsolicitedApplication, locale)
                .unwrap()
                .name,
            "unsolicited"
        );
    }
}

#[test]
fn a09_recruitment_reads_sales_and_it_under_conditions_and_nobody_else() {
    let charter = careers();
    for purpose in ["contact", "apply", "apply_unsolicited"] {
        assert_eq!(
            readers(&charter, purpose),
            [
                reader("recruiter", Condition::All),
                reader("sales", Condition::ClientRequested),
                reader("it", Condition::Technical),
            ]
        );
        carries(&charter.purpose(purpose).unwrap().rule.promises, "A09");
        for role in ["admin", "dpo"] {
            assert!(charter.may_read(role, purpose, "email").is_err());
        }
    }
    assert!(charter.role("recruiter").unwrap().has(Duty::Decide));
    says(&charter, Fr, "Le service commercial, lorsque la demande l’exige");
    says(&charter, En, "The IT department, for strictly technical reasons");
}

#[test]
fn a18_to_a22_how_long() {
    let charter = careers();
    for (name, row, from, max) in [
        ("contact", "A18", Trigger::Submitted, "P12M"),
        ("application", "A19", Trigger::LastContact, "P12M"),
        ("account", "A20", Trigger::LastActivity, "P12M"),
        ("logs", "A22", Trigger::Connection, "P90D"),
    ] {
        assert_eq!(
            retention(&charter, name),
            (vec![from], max.to_owned(), Action::Erase)
        );
        carries(&charter.retention(name).unwrap().rule.promises, row);
        assert_eq!(charter.retention(name).unwrap().ask, None);
    }
    let clocks = |purpose: &str| {
        charter
            .clocks(purpose)
            .map(|clock| clock.name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(clocks("apply"), ["application", "withdrawn"]);
    assert_eq!(clocks("apply_unsolicited"), ["application", "withdrawn"]);
    assert_eq!(clocks("candidate_account"), ["account"]);
    assert_eq!(clocks("secure"), ["logs"]);
    says(&charter, Fr, "12 mois après votre dernier contact");
    says(&charter, En, "12 months after your last contact");
}

#[test]
fn a07_a10_a11_a17_what_is_not_done() {
    let charter = careers();
    let never = &charter.never().unwrap().rules;
    for (word, row) in [
        (Prohibition::Sell, "A07"),
        (Prohibition::ShareForProspecting, "A07"),
        (Prohibition::VendorAccess, "A10"),
        (Prohibition::SoleAutomatedDecision, "A11"),
        (Prohibition::AdTracker, "A17"),
        (Prohibition::IndividualTracking, "A17"),
    ] {
        carries(
            &never.iter().find(|item| item.word == word).unwrap().rule.promises,
            row,
        );
    }
    assert!(
        charter
            .trackers()
            .iter()
            .all(|one| matches!(one.class, TrackerClass::Security | TrackerClass::Preference))
    );
    says(&charter, Fr, "Nous ne vendons pas vos données.");
}

#[test]
fn d12_three_forms_in_french_and_two_in_english() {
    let charter = agency();
    let kinds = [
        FormKind::Contact,
        FormKind::TargetedApplication,
        FormKind::UnsolicitedApplication,
    ];
    let offered = |locale| kinds.map(|kind| charter.form_of(kind, locale).is_some());
    assert_eq!(offered(Fr), [true, true, true]);
    assert_eq!(offered(En), [true, false, true]);
    for form in ["contact", "application", "unsolicited"] {
        carries(&charter.form(form).unwrap().rule.promises, "D12");
    }
}

#[test]
fn d13_d14_the_forms_ask_the_minimum() {
    let charter = agency();
    assert_eq!(
        asked(&charter, "contact"),
        "given_name family_name email phone subject company? position? message"
    );
    for form in ["application", "unsolicited"] {
        assert_eq!(
            asked(&charter, form),
            "given_name family_name email phone subject motivation cv"
        );
    }
    let subject = |form: &str| charter.may_collect(form, "subject").unwrap();
    let choices: Vec<&str> = subject("contact")
        .choices
        .iter()
        .map(|choice| choice.label(Fr))
        .collect();
    assert_eq!(choices, ["Candidat", "Recruteur", "Autre"]);
    assert_eq!(
        subject("application").prefilled,
        Some(charter::Prefill::VacancyReference)
    );
    assert!(
        subject("unsolicited")
            .hint(Fr)
            .unwrap()
            .contains("intitulé du poste")
    );
    let company = charter.may_collect("contact", "company").unwrap();
    assert!(!company.required && company.hint(En).unwrap().contains("Strongly advised"));
}

#[test]
fn d15_d17_d20_who_reads_what() {
    let charter = agency();
    assert_eq!(
        readers(&charter, "contact"),
        [
            reader("webmaster", Condition::All),
            reader("consultant", Condition::Addressed)
        ]
    );
    assert_eq!(
        readers(&charter, "apply"),
        [
            reader("consultant", Condition::Assigned),
            reader("it", Condition::Technical)
        ]
    );
    assert_eq!(
        readers(&charter, "apply_unsolicited"),
        [
            reader("consultant", Condition::All),
            reader("it", Condition::Technical)
        ]
    );
    assert!(charter.may_read("webmaster", "apply", "cv").is_err());
}

#[test]
fn d16_a_question_after_twelve_months_and_silence_erases() {
    let charter = agency();
    let application = charter.retention("application").unwrap();
    assert_eq!(retention(&charter, "application").1, "P12M");
    assert_eq!(application.ask.unwrap().silence_after.to_string(), "P1M");
    carries(&application.rule.promises, "D16");
    // What a form left in the back office is never renewed: twelve months at most (D23).
    assert_eq!(
        retention(&charter, "contact"),
        (vec![Trigger::Submitted], "P12M".to_owned(), Action::Erase)
    );
    assert_eq!(charter.retention("contact").unwrap().ask, None);
    says(
        &charter,
        Fr,
        "sans réponse de votre part pendant 1 mois, nous les effaçons",
    );
    says(&charter, En, "if you don’t answer for 1 month, we erase them");
    // Wherever a period stands alone too, the month of the question is in it.
    says(
        &charter,
        Fr,
        "12 mois après votre dernier contact, plus 1 mois pour nous répondre",
    );
    says(
        &charter,
        En,
        "12 months after your last contact, plus 1 month for your answer",
    );
}

#[test]
fn d11_d26_rights_and_breaches() {
    let charter = agency();
    assert_eq!(charter.breach().unwrap().persons.unwrap().to_string(), "PT48H");
    carries(&charter.rights().unwrap().rule.promises, "D26");
    says(&charter, Fr, "vous en êtes informé dans un délai de 48 heures");
}

#[test]
fn both_let_an_application_be_withdrawn_followed_and_answered() {
    for charter in [careers(), agency()] {
        assert_eq!(
            retention(&charter, "withdrawn"),
            (vec![Trigger::Withdrawn], "P1M".to_owned(), Action::Erase)
        );
        for kind in [
            PurposeKind::Apply,
            PurposeKind::ApplyUnsolicited,
            PurposeKind::TrackApplication,
            PurposeKind::ManageAccount,
            PurposeKind::Secure,
        ] {
            assert!(charter.offers(kind), "{kind:?}");
        }
        for purpose in ["apply", "apply_unsolicited", "track_application"] {
            let mail = charter.may_send(
                "mail",
                purpose,
                &["given_name", "family_name", "email", "exchange"],
            );
            assert!(mail.is_ok_and(|sending| sending.processor.entity.is_none()));
            assert!(charter.may_send("mail", purpose, &["cv"]).is_err());
        }
        for purpose in ["staff_accounts", "candidate_account"] {
            assert!(charter.may_send("mail", purpose, &["email"]).is_ok(), "{purpose}");
        }
    }
}
