//! Owns: sample values for the page that shows the kit. Doesn't own: the page, `kit/showcase.html`.

use minijinja::Value;

/// The context of `kit/showcase.html`.
#[must_use]
pub fn showcase() -> Value {
    let _ = crate::icons::names();
    Value::from(())
}
