//! Owns: the twenty checks before a charter can be activated, each tripped by a charter that trips nothing else.
//! Doesn't own: the checks beyond them.

use kernel::Date;

use super::{pieces::*, *};

/// A number, a charter in order, what to replace in it and by what, and the one finding that follows.
pub(super) struct Case(
    pub(super) u8,
    pub(super) String,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
);

#[rustfmt::skip] // a table
pub(super) fn cases() -> Vec<Case> {
    vec![
        // 1: what GDPR art. 13, 14 and 30 want said.
        Case(1, firm(""), "authority = \"CNIL\"\n", "", "controller.incomplete"),
        Case(1, firm(""), "[change]\nby = [\"site\"]\n", "", "change.missing"),
        Case(1, firm(""), "people = [\"contact\", \"client_contact\"]", "people = []", "purpose.no-people"),
        Case(1, firm("[purpose.legal_duty]\npeople = [\"staff\"]\nfields = [\"consent\"]\nbasis = { kind = \"legal_obligation\", ref = \"x\" }\nreaders = []\nretention = \"contact\"\n"), "fields = [\"consent\"]\n", "", "purpose.no-data"),
        Case(1, firm("[purpose.legal_duty]\npeople = [\"staff\"]\nfields = [\"consent\"]\nbasis = { kind = \"legal_obligation\", ref = \"x\" }\nreaders = []\nretention = \"contact\"\n"), "{ kind = \"legal_obligation\", ref = \"x\" }", "\"legal_obligation\"", "basis.no-reference"),
        Case(1, firm(""), "basis = { kind = \"legitimate_interest\", interest = { fr = \"la sécurité du site\", en = \"the security of the site\" } }", "basis = \"legitimate_interest\"", "basis.no-interest"),
        Case(1, firm(TRAIN), ", balancing = \"documents/balancing.pdf\"", "", "basis.no-balancing"),
        Case(1, firm(""), "offers = [\"access\", ", "offers = [", "right.not-named"),
        Case(1, firm(""), "by = [\"email\", \"post\"]", "by = []", "right.no-way"),
        Case(1, firm(""), "deadline = \"P1M\"", "deadline = \"P2M\"", "right.too-slow"),
        Case(1, firm(""), "authority = \"PT72H\"", "authority = \"PT96H\"", "breach.too-late"),
        Case(1, firm(""), "service = \"hosting\"", "service = \"backup\"", "processor.no-hosting"),
        Case(1, firm(""), "service = \"mail\"", "service = \"calendar\"", "processor.no-mail"),
        Case(1, firm(""), "contract = \"documents/dpa-hosting.pdf\"\n", "", "processor.no-contract"),
        Case(1, firm(""), "storage = [\"FR\"]\ntransfer = \"none\"\nreceives = \"all\"", "storage = []\ntransfer = \"none\"\nreceives = \"all\"", "processor.no-country"),
        Case(1, firm("[processor.idle]\nservice = \"automation\"\nentity = \"controller\"\nstorage = [\"FR\"]\npurposes = []\nreceives = \"nothing_personal\"\ndeletion = \"ttl\"\n"), "nothing_personal", "all", "processor.no-purpose"),
        Case(1, firm(""), "may = [\"protect\"]", "may = []", "role.nobody-protects"),
        // 2: each field has a purpose, each purpose a retention.
        Case(2, firm("[field.licence]\ncategory = \"skills\"\nkind = \"text\"\nlabel = { fr = \"Permis\", en = \"Licence\" }\nwhy = { fr = \"Pour conduire.\", en = \"To drive.\" }\n").replacen("\"position?\"]", "\"position?\", \"licence?\"]", 1),
            "\"position?\", \"licence?\"]", "\"position?\"]", "field.unused"),
        Case(2, firm(""), "SAS\"\npurposes = [\"contact\", ", "SAS\"\npurposes = [", "purpose.no-place"),
        Case(2, firm(""), "retention = \"account\"", "retention = [\"account\", \"withdrawn\"]", ""),
        Case(2, firm(""), "retention = \"rights_requests\"", "retention = []", "purpose.no-retention retention.unused"),
        Case(2, firm(""), "readers = [{ role = \"consultant\" }, ", "readers = [{ role = \"webmaster\" }, ", "role.reads-without-need"),
        Case(2, firm(""), "{ role = \"it\", when = \"technical\" }]\nretention = [\"application\"", "\"it\"]\nretention = [\"application\"", "role.technical-always"),
        Case(2, firm(""), "\"decide\", ", "", "role.nobody-decides"),
        Case(2, firm(""), "[retention.withdrawn]", "[retention.spare]\nfrom = \"submitted\"\nmax = \"P1M\"\n[retention.withdrawn]", "retention.unused"),
        Case(2, firm(BACKUP), "lag = \"PT24H\"", "lag = \"PT24H\"\nreaders = [\"webmaster\"]", "copy.reads-more"),
        // 3: each retention starts and ends.
        Case(3, firm(""), "from = \"withdrawn\"", "from = []", "retention.no-start"),
        Case(3, firm(""), "from = \"withdrawn\"\nmax = \"P1M\"", "from = \"withdrawn\"\nmax = \"P1M\"\nthen = \"restrict\"", "retention.endless"),
        // 4: durations within the law file's figures, or with a reason.
        Case(4, firm(""), "from = \"last_contact\"\nmax = \"P12M\"", "from = \"last_contact\"\nmax = \"P5Y\"", "retention.too-long"),
        // 5: floors and archives restrict, they don't widen.
        Case(5, firm(""), "readers = [\"dpo\"] }", "readers = [\"consultant\"] }", "retention.floor-widens"),
        Case(5, firm(""), "fields = [\"vacancy\", \"decision\"], readers", "fields = [\"vacancy\", \"photo\"], readers", "retention.floor-widens"),
        Case(5, firm(""), "fields = [\"vacancy\", \"decision\"], readers", "readers", "retention.archive-whole"),
        Case(5, firm(BOOKS), "fields = [\"invoice\"], readers", "readers", "retention.floor-whole"),
        Case(5, firm(BOOKS), "readers = [\"dpo\"] }", "readers = [\"consultant\"] }", "retention.floor-widens"),
        // 6: a processor receives what its purposes use.
        Case(6, firm(""), "\"decision\", \"exchange\"]\nmust", "\"decision\", \"exchange\", \"photo\"]\nmust", "processor.receives-uncollected"),
        Case(6, firm(""), "must_not_receive = [\"cv\", ", "must_not_receive = [\"email\", ", "processor.contradiction"),
        Case(6, firm(SHARE), "receives = [\"cv\"]", "receives = [\"cv\", \"photo\"]", "share.receives-uncollected"),
        Case(6, firm(SHARE), "receives = [\"cv\"]", "receives = [\"cv\"]\nmust_not_receive = [\"cv\"]", "share.contradiction"),
        Case(6, firm(BACKUP), "lag = \"PT24H\"", "lag = \"PT24H\"\nfields = [\"photo\"]", "copy.beyond-purpose"),
        Case(6, firm("[source.forms]\nkind = \"form\"\npurposes = [\"apply\"]\nfields = [\"cv\"]\n"), "purposes = [\"apply\"]\nfields = [\"cv\"]", "purposes = [\"apply\"]\nfields = [\"photo\"]", "source.beyond-purpose"),
        // 7: what leaves the European Economic Area has its basis.
        Case(7, firm(""), "storage = [\"FR\"]\ntransfer = \"none\"", "storage = [\"US\"]\ntransfer = \"none\"", "processor.no-transfer-basis"),
        Case(7, firm(""), "storage = [\"FR\"]\ntransfer = \"none\"", "storage = [\"IN\"]\ntransfer = \"adequacy\"", "transfer.not-covered"),
        Case(7, firm(""), "storage = [\"FR\"]\ntransfer = \"none\"", "storage = [\"FR\"]\ntransit = [\"IN\"]\ntransfer = \"adequacy\"", "transfer.not-covered"),
        Case(7, firm(""), "storage = [\"FR\"]\ntransfer = \"none\"", "storage = [\"CH\"]\ntransfer = \"dpf\"", "transfer.not-covered"),
        Case(7, firm(SHARE), "storage = [\"FR\"]\nnotice", "storage = [\"US\"]\nnotice", "share.no-transfer-basis"),
        // 8: protected grounds are neither searched, matched nor weighed.
        Case(8, firm("[field.birth_date]\nsearched = false\n").replacen("\"company?\", \"position?\"]", "\"company?\", \"position?\", \"birth_date?\"]", 1),
            "searched = false", "searched = true", "field.protected"),
        Case(8, firm(SCREEN).replacen("\"company?\", \"position?\"]", "\"company?\", \"position?\", \"photo?\"]", 1),
            "human = \"decides\"", "human = \"decides\"\nuses = [\"photo\"]", "ai.protected"),
        Case(8, firm(SCREEN), "fields = [\"cv\", \"profile\"]", "fields = [\"cv\", \"profile\", \"photo\"]", "ai.protected"),
        Case(8, firm(&NEWS.replace("asks = [\"email\"]", "asks = [\"email\", \"nationality?\"]")), "opt_in = \"double\"", "groups_by = [\"nationality\"]\nopt_in = \"double\"", "ai.protected"),
        Case(8, firm(""), "\"company?\", \"position?\"]", "\"company?\", \"position?\", \"title\"]", "field.title-required"),
        Case(8, firm("[field.position]\nsensitivity = \"high\"\n"), "sensitivity = \"high\"", "sensitivity = \"special\"", "field.special"),
        Case(8, firm("[field.position]\nsensitivity = \"high\"\n"), "sensitivity = \"high\"", "sensitivity = \"criminal\"", "field.criminal"),
        // 9: a score has its human, contest, explanation, log and impact assessment.
        Case(9, firm(SCREEN), "human = \"decides\"", "human = \"verifies\"", "ai.nobody-decides"),
        Case(9, firm(SCREEN), "contest = true\n", "", "ai.no-contest"),
        Case(9, firm(SCREEN), "explain = true\n", "", "ai.no-contest"),
        Case(9, firm(SCREEN), "log = \"P6M\"", "log = \"P90D\"", "ai.log-too-short"),
        Case(9, firm(SCREEN), "log = \"P6M\"\n", "", "ai.no-log"),
        Case(9, firm(SCREEN), "dpia = \"documents/dpia.pdf\"\n", "", "ai.no-dpia"),
        Case(9, firm(SCREEN), "[ai.suitability]", "[ai.summary]", ""),
        Case(9, firm(SCREEN).replacen("\"profile\"]", "\"profile\", \"match_score\"]", 1), "[ai.suitability]", "[ai.summary]", "ai.score-undeclared"),
        Case(9, firm(PROFILES), "human = \"decides\"", "human = \"verifies\"", "ai.nobody-decides"),
        Case(9, firm(PROFILES), "dpia = \"documents/dpia.pdf\"\n", "", "ai.no-dpia"),
        Case(9, firm(PROFILES), "kind = \"recommend_profiles\"", "kind = \"survey\"", "ai.no-purpose"),
        Case(9, firm(SCREEN), "human = \"decides\"", "human = \"decides\"\nuses = [\"skills\"]", "ai.beyond-purpose"),
        Case(9, firm(SCREEN), "human = \"decides\"", "human = \"decides\"\ntrain_on = \"opt_in\"", "ai.trains"),
        Case(9, firm(TRAIN), "objection = \"switch\"\n", "", "train.no-objection"),
        // 10: trackers within 13, 25 and 6 months, of a class that says whether they wait for a yes.
        Case(10, firm(""), "[tracker.vivier_session]", "[tracker.another_session]", "account.no-session-tracker"),
        Case(10, firm(&tracker("cookie", "audience_exempt", "consent = \"exempt\"\nmax_age = \"P13M\"")), "max_age = \"P13M\"", "max_age = \"P5Y\"", "tracker.too-long"),
        Case(10, firm(&tracker("cookie", "audience_exempt", "consent = \"exempt\"\nmax_age = \"P13M\"\ndata_max_age = \"P25M\"")), "data_max_age = \"P25M\"", "data_max_age = \"P26M\"", "tracker.data-too-long"),
        Case(10, firm(&tracker("cookie", "choice", "consent = \"exempt\"\nmax_age = \"P6M\"")), "class = \"choice\"\nabout = { fr = \"A.\", en = \"B.\" }\nconsent = \"exempt\"\nmax_age = \"P6M\"", "class = \"choice\"\nabout = { fr = \"A.\", en = \"B.\" }\nconsent = \"exempt\"\nmax_age = \"P13M\"", "tracker.too-long"),
        Case(10, firm(&tracker("cookie", "audience_exempt", "consent = \"exempt\"\nmax_age = \"P13M\"")), "class = \"audience_exempt\"", "renews = true\nclass = \"audience_exempt\"", "tracker.renews"),
        Case(10, firm(&tracker("cookie", "advertising", "consent = \"opt_in\"\nmax_age = \"P6M\"")).replace("\"ad_tracker\", \"individual_tracking\"", "\"train_ai\""), "consent = \"opt_in\"", "consent = \"exempt\"", "tracker.needs-consent"),
        // 11: pixels wait for a consent of their own.
        Case(11, firm(&tracker("pixel", "preference", "consent = \"opt_in\"\nmax_age = \"P6M\"")), "consent = \"opt_in\"", "consent = \"exempt\"", "tracker.pixel-exempt"),
        Case(11, firm(NEWS), "opt_in = \"double\"", "counts = [\"email_opens\"]\nopt_in = \"double\"", "pixel.no-consent"),
        // 12: prohibitions are contradicted by nothing.
        Case(12, firm(""), "rules = [\"sell\", ", "rules = [\"store_card\", \"leave_eea\", ", ""),
        Case(12, firm(&tracker("redirect", "email_click", "max_age = \"P6M\"")), "rules = [\"sell\", ", "rules = [\"email_tracking\", ", "never.contradiction"),
        // 13: what is kept elsewhere can be erased there.
        Case(13, firm(""), "receives = \"all\"\ndeletion = \"cascade\"", "receives = \"all\"", "processor.no-deletion"),
        Case(13, firm(BACKUP), "from = \"parent_deleted\"", "from = \"collected\"", "copy.outlives"),
        Case(13, firm(SHARE), "passes_on = [\"rectify\", \"erase\", \"restrict\"]\n", "", "share.rights-not-passed-on"),
        // 14: each clause has something behind it, or is shown as declared.
        Case(14, firm(""), "\"role_access\",", "\"role_access\", { measure = \"staff_rules\", evidence = [\"declared\"] },", ""),
        Case(14, firm(""), "  \"access_records\",\n]", "  \"access_records\",\n  \"second_factor\",\n]", "security.second-factor"),
        Case(14, firm(""), "\"role_access\",", "\"role_access\", \"staff_rules\",", "evidence.missing"),
        Case(14, firm(""), "\"role_access\",", "{ measure = \"role_access\", evidence = [\"attested\"] },", "evidence.nobody-signs"),
        Case(14, firm(""), "\"role_access\",", "\"role_access\", \"environments_apart\",", "evidence.missing"),
        Case(14, firm(""), "rules = [\"sell\", ", "rules = [\"vendor_access\", ", "evidence.missing"),
        Case(14, firm(""), "attest = { by = \"dpo\", every = \"P12M\", document = \"documents/dpa-hosting.pdf\" }\n", "", "evidence.missing"),
        // 15: both languages say the same clauses.
        Case(15, firm("[clause.x]\nabout = \"right\"\nfr = \"Écrivez-nous quand vous voulez.\"\nen = \"Write to us whenever you like.\"\n"),
            "Écrivez-nous quand vous voulez.", "Write to us whenever you like.", "text.untranslated"),
        Case(15, firm(""), "fr = \"les consultants du cabinet\", en = \"the firm’s consultants\"", "fr = \"the firm’s own consultants\", en = \"the firm’s own consultants\"", "text.untranslated"),
        Case(15, firm(""), "fr = \"répondre aux demandes qui nous sont adressées\"", "fr = \"answering the requests we receive\"", "text.untranslated"),
        // 16: a change that is only announced; the rest takes two versions.
        Case(16, firm(""), "[change]\nby = [\"site\"]", "[change]\nby = [\"site\"]\nnew_purpose = \"notice\"", "change.notice-only"),
        // 17: silence never prolongs, and a pool takes a consent.
        Case(17, firm(NEWS), "on_silence = \"erase\"", "on_silence = \"restrict\"", "retention.silence-keeps"),
        Case(17, firm(POOL), "basis = \"consent\"", "basis = \"contract\"", "basis.pool-without-consent"),
        // 18: people found elsewhere are told within a month.
        Case(18, firm("[notice]\nsourced = \"P1M\"\n"), "sourced = \"P1M\"", "sourced = \"P2M\"", "notice.too-late"),
        Case(18, firm("[source.library]\nkind = \"cv_library\"\npurposes = [\"apply\"]\n[notice]\nsourced = \"P1M\"\n"), "[notice]\nsourced = \"P1M\"\n", "", "notice.missing"),
        // 19: backups forget within the stated window.
        Case(19, firm(BACKUP), "from = \"parent_deleted\"\nmax = \"P7D\"", "from = \"parent_deleted\"\nmax = \"P30D\"", "copy.backup-too-long"),
        Case(19, firm(BACKUP), "backup_window = \"P7D\"\n", "", "security.no-backup-window"),
        // 20: words that promise most, only beside what holds them.
        Case(20, firm("[clause.x]\nabout = \"retention.contact\"\nfr = \"L’effacement est automatique.\"\nen = \"Erasure is automatic.\"\n"), "about = \"retention.contact\"", "about = \"controller\"", "text.strong-word"),
        Case(20, firm("[clause.x]\nabout = \"never\"\nfr = \"Nous ne vendons jamais.\"\nen = \"We never sell.\"\n"), "about = \"never\"", "about = \"change\"", "text.strong-word"),
        Case(20, firm(&format!("{NEWS}[clause.x]\nabout = \"purpose.newsletter\"\nfr = \"Le désabonnement est immédiat.\"\nen = \"Unsubscribing is immediate.\"\n")), "about = \"purpose.newsletter\"", "about = \"purpose.contact\"", "text.strong-word"),
    ]
}

#[test]
fn each_check_is_tripped_alone_and_says_what_to_do() {
    for case in cases() {
        case.trips();
        let Case(number, .., rules) = case;
        for rule in rules.split(' ').filter(|rule| !rule.is_empty()) {
            assert_eq!(crate::check::numbers::of(rule), Some(number), "{rule}");
        }
    }
}

impl Case {
    /// Panics unless the replacement leads to what it says and nothing else, and each finding says what to do.
    pub(super) fn trips(&self) {
        let Self(number, text, from, to, rules) = self;
        assert_eq!(findings(text), [], "{number}: before {to}");
        let (before, after) = text
            .rsplit_once(from)
            .unwrap_or_else(|| panic!("{number}: {from}"));
        let found = findings(&format!("{before}{to}{after}"));
        let mut names: Vec<&str> = found.iter().map(|one| one.rule).collect();
        names.sort_unstable();
        let wanted: Vec<&str> = rules.split(' ').filter(|rule| !rule.is_empty()).collect();
        assert_eq!(names, wanted, "{number}: {to}");
        found.iter().for_each(says_what_to_do);
    }
}

/// 2, 15 and 17 begin in the parser: what isn't there can't be checked.
#[test]
fn what_the_language_has_no_word_for() {
    let problems = |from: &str, to: &str| {
        let text = firm(NEWS);
        assert!(text.contains(from), "{from}");
        let found = Charter::parse(&text.replacen(from, to, 1)).unwrap_err();
        assert_eq!(found.len(), 1, "{found:#?}");
        (found[0].rule, found[0].suggestion.clone())
    };
    assert_eq!(
        problems("basis = \"precontract\"\n", ""),
        ("charter.missing-key", None)
    );
    assert_eq!(
        problems(", en = \"the webmaster\"", ""),
        ("charter.missing-key", None)
    );
    // "keep" is no word: silence never prolongs.
    assert_eq!(
        problems("on_silence = \"erase\"", "on_silence = \"keep\""),
        ("charter.unknown-word", None)
    );
    let restricted = firm(NEWS).replace(
        "max = \"P12M\"\nask = { silence_after = \"P1M\", on_silence = \"erase\" }\n",
        "max = \"P12M\"\nask = { silence_after = \"P1M\", on_silence = \"restrict\" }\n",
    );
    let rules: Vec<&str> = findings(&restricted).iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["retention.silence-keeps"]);
}

/// 16: a newer charter keeps the old promise, or asks.
#[test]
fn a_version_follows_another_openly() {
    let day = |text: &str| Date::parse(text).unwrap();
    let running = Charter::parse(&firm(NEWS)).unwrap();
    let next = |edits: &[(&str, &str)], on: &str| {
        let mut text = firm(NEWS).replacen("version = 1", "version = 2", 1);
        text = text.replacen("effective = 2026-09-01", "effective = 2027-03-01", 1);
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        let found = Charter::parse(&text).unwrap().check_after(&running, day(on));
        found
            .iter()
            .map(|one| (one.level, one.rule, one.clause.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(next(&[], "2027-03-01"), []);
    assert_eq!(
        next(&[], "2027-03-02"),
        error("charter.effective-past", "charter")
    );
    assert_eq!(
        next(&[("version = 2", "version = 1")], "2027-03-01"),
        error("charter.old-version", "charter")
    );
    assert_eq!(
        next(&[("id = \"agency\"", "id = \"other\"")], "2027-03-01"),
        error("charter.other-id", "charter")
    );
    let longer = (
        "from = [\"consent_given\"]\nmax = \"P12M\"",
        "from = [\"consent_given\"]\nmax = \"P24M\"",
    );
    assert_eq!(
        next(&[longer], "2027-03-01"),
        warning("change.needs-consent", "retention.news")
    );
    let notice = (
        "[change]\nby = [\"site\"]",
        "[change]\nby = [\"site\"]\nnew_purpose = \"notice\"",
    );
    assert_eq!(
        next(&[longer, notice], "2027-03-01"),
        error("change.needs-consent", "retention.news")
    );
}

#[test]
fn a_promised_lead_is_kept() {
    let text = firm("").replacen(
        "[change]\nby = [\"site\"]",
        "[change]\nby = [\"site\"]\nlead = \"P30D\"",
        1,
    );
    let running = Charter::parse(&text).unwrap();
    let next = text.replacen("version = 1", "version = 2", 1).replacen(
        "effective = 2026-09-01",
        "effective = 2027-03-01",
        1,
    );
    let wider = next.replacen(
        "entity = \"Hébergeur Exemple SAS\"",
        "entity = \"Autre Exemple SAS\"",
        1,
    );
    let rules = |text: &str, on: &str| {
        let found = Charter::parse(text)
            .unwrap()
            .check_after(&running, Date::parse(on).unwrap());
        found.iter().map(|one| one.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(&next, "2027-02-28"), [""; 0]);
    assert_eq!(rules(&wider, "2027-01-30"), [""; 0]);
    assert_eq!(rules(&wider, "2027-01-31"), ["charter.too-soon"]);
}
