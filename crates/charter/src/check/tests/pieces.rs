//! Owns: what the tests add to the firm's charter, each in order by itself. Doesn't own: what is then made wrong in it.

use super::{FIRM, housed};

/// A purpose that screens with an estimate of suitability, whole.
pub(super) const SCREEN: &str = r#"
[purpose.screen]
people = ["candidate"]
fields = ["cv", "profile"]
basis = "consent"
readers = ["consultant"]
retention = "application"

[ai.suitability]
human = "decides"
contest = true
explain = true
log = "P6M"
dpia = "documents/dpia.pdf"
"#;

/// A backup that follows its original within the stated window.
pub(super) const BACKUP: &str = r#"
[copy.backup]
of = ["apply"]
at = "hosting"
mode = "backup"
lag = "PT24H"
retention = "copies"

[retention.copies]
from = "parent_deleted"
max = "P7D"
"#;

/// A restricted archive of what a claim may require.
pub(super) const ARCHIVE: &str = r#"then = "archive"
archive = { period = "P5Y", ref = "code du travail, art. L1134-5", fields = ["vacancy", "decision"], readers = ["dpo"] }
"#;

/// A copy of the backup.
pub(super) const SECOND: &str = r#"
[copy.third]
of = ["apply"]
from = "backup"
at = "hosting"
mode = "replica"
retention = "copies"
"#;

/// What the law has kept of an order.
pub(super) const BOOKS: &str = r#"
[purpose.account_books]
people = ["customer"]
fields = ["invoice"]
basis = { kind = "legal_obligation", ref = "code de commerce, art. L123-22" }
readers = ["dpo"]
retention = "books"

[retention.books]
from = "fiscal_year_end"
max = "P10Y"
min = { period = "P10Y", ref = "code de commerce, art. L123-22", fields = ["invoice"], readers = ["dpo"] }
"#;

/// Clients who receive the applications made to them.
pub(super) const SHARE: &str = r#"
[share.clients]
with = "client"
mode = "per_application"
purposes = ["apply"]
receives = ["cv"]
storage = ["FR"]
notice = "at_each"
passes_on = ["rectify", "erase", "restrict"]
"#;

/// A machine that puts profiles in an order for those who recruit.
pub(super) const PROFILES: &str = r#"
[purpose.profiles]
kind = "recommend_profiles"
people = ["staff"]
fields = ["search"]
basis = "contract"
readers = ["consultant"]
retention = "application"

[ai.recommend]
human = "decides"
contest = true
explain = true
log = "P6M"
dpia = "documents/dpia.pdf"
"#;

/// A model that learns from the stages of applications.
pub(super) const TRAIN: &str = r#"
[purpose.train_ai]
people = ["candidate"]
fields = ["status"]
basis = { kind = "legitimate_interest", interest = { fr = "mieux lire les CV", en = "reading CVs better" }, balancing = "documents/balancing.pdf" }
objection = "switch"
readers = ["consultant"]
retention = "application"
"#;

/// Candidates who agreed to be kept for other vacancies.
pub(super) const POOL: &str = r#"
[purpose.talent_pool]
people = ["candidate"]
fields = ["cv"]
basis = "consent"
readers = ["consultant"]
retention = "application"
"#;

/// A purpose that writes to its readers.
pub(super) const NEWS: &str = r#"
[purpose.newsletter]
people = ["newsletter_reader"]
asks = ["email"]
basis = "consent"
readers = ["consultant"]
retention = "news"
by = ["email"]
opt_in = "double"
stop = ["link"]

[retention.news]
from = ["consent_given"]
max = "P12M"
ask = { silence_after = "P1M", on_silence = "erase" }
"#;

/// The firm's charter with an archive behind its applications and these sections added.
pub(super) fn firm(more: &str) -> String {
    let applications = "ask = { silence_after = \"P1M\", on_silence = \"erase\" }\n";
    assert!(FIRM.contains(applications));
    housed(&format!(
        "{}\n{more}",
        FIRM.replacen(applications, &format!("{applications}{ARCHIVE}"), 1)
    ))
}

/// A tracker of a kind and a class.
pub(super) fn tracker(kind: &str, class: &str, rest: &str) -> String {
    format!(
        "[tracker.t]\nkind = \"{kind}\"\nclass = \"{class}\"\nabout = {{ fr = \"A.\", en = \"B.\" }}\n{rest}\n"
    )
}
