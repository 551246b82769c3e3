//! Owns: [`Causes`], an error in one line with what lies beneath it. Doesn't own: where the line goes.

use std::{error::Error, fmt};

/// An error and its causes, `one: of: those`. A cause whose words the error above already ends with isn't said twice.
pub struct Causes<'a>(pub &'a (dyn Error + 'a));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.0.to_string();
        f.write_str(&said)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let words = error.to_string();
            if !said.ends_with(&words) {
                write!(f, ": {words}")?;
            }
            (said, cause) = (words, error.source());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Fault {
        #[error("the disk is full")]
        Disk,
        #[error("files: {0}")]
        Whole(#[source] Box<Fault>),
        #[error("site one")]
        Outer(#[source] Box<Fault>),
    }

    #[test]
    fn each_cause_is_said_once() {
        let whole = Fault::Whole(Box::new(Fault::Disk));
        assert_eq!(Causes(&whole).to_string(), "files: the disk is full");
        let outer = Fault::Outer(Box::new(whole));
        assert_eq!(Causes(&outer).to_string(), "site one: files: the disk is full");
        let apart = Fault::Outer(Box::new(Fault::Disk));
        assert_eq!(Causes(&apart).to_string(), "site one: the disk is full");
    }
}
