//! Owns: what a charter says to people: words for its rules, the public policy, HTML and Markdown of it.
//! Doesn't own: the page around the policy (`web`), the marks beside its clauses (`guard::prove`), what is built (`app`).

mod compare;
mod html;
mod markdown;
mod offer;
mod policy;
mod words;

pub use compare::{Compared, Comparison};
pub use html::{HtmlOptions, clause_to_html, to_html, to_page};
pub use markdown::to_markdown;
pub use offer::{Backups, Offer};
pub use policy::{
    Block, Policy, PublicClause, Row, Section, Table, Term, policy, policy_where, register, register_csv,
};
pub use words::{
    ack_label, action_words, basis_words, condition_words, consent_label, country_name, date_words,
    duration_words, duty_words, list_words, people_words, reader_words, retention_rule, retention_words,
    source_kind as source_words, status_words, strength_words, trigger_words, typeset,
};
pub(crate) use words::{capitalised, form_title, places, places::in_eea, purpose_title};
