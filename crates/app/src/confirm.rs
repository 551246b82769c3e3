//! Owns: whether the mail goes out that tells whoever is said to have sent a form that it arrived. Doesn't own: the mail
//! (each capability's letters), what counts as too often (`guard`).

use guard::{Caller, Error, Guard, Personal, collect::Answers};
use storage::Tx;

/// To whom it goes.
#[derive(Debug, Clone, Copy)]
pub enum Confirm<'c> {
    /// To nobody.
    No,
    /// To the address that the form gives.
    Yes,
    /// The same, as often as an address that a stranger typed may be mailed. The form is filed whoever sends it.
    Typed(&'c Caller),
}

impl Confirm<'_> {
    /// The address, when it does.
    pub(crate) fn address(self, answers: &Answers) -> Option<Personal<String>> {
        match self {
            Self::No => None,
            Self::Yes | Self::Typed(_) => answers.value("email"),
        }
    }

    /// Commits what files the form and queues the mail to that address, which is counted with it. False when so many
    /// went that this one may not: nothing was written, and the form is to be filed without.
    ///
    /// # Errors
    /// As [`Answers::commit`].
    pub(crate) async fn commit(
        self,
        mut tx: Tx,
        guard: &Guard,
        answers: &mut Answers,
        to: Option<&Personal<String>>,
    ) -> Result<bool, Error> {
        if let (Self::Typed(caller), Some(to)) = (self, to) {
            guard.count_unproven(&mut tx, to, caller).await?;
        }
        match answers.commit(tx).await {
            Err(error) if to.is_some() && error.is_used_up() => Ok(false),
            done => done.map(|()| true),
        }
    }
}
