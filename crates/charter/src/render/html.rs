//! Owns: x
use super::Policy;

/// How the policy sits in the page.
#[derive(Debug, Clone, Copy)]
pub struct HtmlOptions {
    /// The level of a section's heading, 1 to 5; a clause's is one more.
    pub heading: u8,
}

impl Default for HtmlOptions {
    fn default() -> Self {
        Self { heading: 2 }
    }
}

/// HTML
#[must_use]
pub fn to_html(policy: &Policy, _options: HtmlOptions) -> String {
    policy.title.clone()
}
