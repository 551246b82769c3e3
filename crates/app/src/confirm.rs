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
    /// The address, when it does; counted in the transaction that files the form.
    pub(crate) async fn address(
        self,
        tx: &mut Tx,
        guard: &Guard,
        answers: &Answers,
    ) -> Result<Option<Personal<String>>, Error> {
        let Some(to) = answers.value("email") else {
            return Ok(None);
        };
        let goes = match self {
            Self::No => false,
            Self::Yes => true,
            Self::Typed(caller) => guard.may_mail_unproven(tx, &to, caller).await?,
        };
        Ok(goes.then_some(to))
    }
}
