//! Owns: what a charter says to people: words for its rules, the public policy, HTML and Markdown of it.
//! Doesn't own: the page around the policy (`web`), the marks beside its clauses (`guard::prove`).

mod html;
mod policy;

pub use html::{HtmlOptions, to_html};
use kernel::{Duration, Locale};
pub use policy::{Block, Cell, Policy, PublicClause, Section, policy};

use crate::{model::Basis, vocabulary::*};

/// x
pub fn to_markdown(policy: &Policy) -> String {
    policy.title.clone()
}
/// x
pub fn duration_words(d: Duration, _l: Locale) -> String {
    d.to_string()
}
/// x
pub fn basis_words(b: &Basis, _l: Locale) -> String {
    use kernel::Word as _;
    b.kind.word().to_owned()
}
/// x
pub(crate) fn form_title(_k: FormKind, _l: Locale) -> &'static str {
    "Form"
}
/// x
pub(crate) fn purpose_title(_k: PurposeKind, _l: Locale) -> &'static str {
    "Purpose"
}
