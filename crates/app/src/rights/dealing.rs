//! Owns: what is done about a request at the desk, each step with its mail in one transaction. Doesn't own: what a step
//! takes (`guard::rights`), the page ([`super::desk`]).

use charter::Right;
use guard::{
    Actor, Error, Person,
    rights::{
        Request, Way,
        request::{Asker, NewRequest},
    },
};
use kernel::{Id, Locale, Timestamp, words};

use super::letters::{self, Mail};
use crate::{Site, account::people};

words! {
    /// What may be done about a request.
    pub(super) enum Doing {
        Take = "take",
        Identity = "identity",
        Extend = "extend",
        Answer = "answer",
        Refuse = "refuse",
        Restrict = "restrict",
        Lift = "lift",
        Erase = "erase",
        Death = "death",
    }
}

impl Doing {
    /// The word of the message that says it was done.
    pub(super) const fn done(self) -> &'static str {
        match self {
            Self::Take => "request-taken",
            Self::Identity => "identity-asked",
            Self::Extend => "request-extended",
            Self::Answer => "request-answered",
            Self::Refuse => "request-refused",
            Self::Restrict => "person-restricted",
            Self::Lift => "person-lifted",
            Self::Erase => "person-erasing",
            Self::Death => "death-noted",
        }
    }

    /// Whether it takes words: a reason, an answer.
    pub(super) const fn takes_words(self) -> bool {
        matches!(self, Self::Identity | Self::Extend | Self::Answer | Self::Refuse)
    }
}

/// Does it, and tells the person what they are to be told.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::TooLate`], [`Error::Invalid`] as `guard::rights::desk` says.
pub(super) async fn step(
    site: &Site,
    actor: &Actor,
    id: Id<Request>,
    doing: Doing,
    text: &str,
) -> Result<(), Error> {
    let guard = site.guard();
    let at = guard.request_at_hand(actor, id).await?;
    let needs = match doing {
        Doing::Restrict => Some(Right::Restrict),
        Doing::Erase => Some(Right::Erase),
        _ => None,
    };
    if needs.is_some_and(|right| !guard.rights_offered().contains(&right)) {
        return Err(Error::Invalid("the charter declares no such right"));
    }
    let to = (&at.filed, at.to.as_ref());
    match doing {
        Doing::Restrict => return guard.restrict_for(actor, &at).await,
        Doing::Death => return guard.note_death(actor, &at).await,
        Doing::Erase => {
            guard.erase_on_request(actor, &at).await?;
            site.ring();
            return Ok(());
        }
        _ => {}
    }
    let mut lifted = Vec::new();
    let mut tx = guard.begin().await?;
    match doing {
        Doing::Identity => {
            guard.ask_identity(&mut tx, actor, &at, text).await?;
            letters::queue(site, &mut tx, to, &at.request, Mail::Identity(text)).await?;
        }
        Doing::Extend => {
            let request = guard.extend_request(&mut tx, actor, &at, text).await?;
            letters::queue(site, &mut tx, to, &request, Mail::Extended(text)).await?;
        }
        Doing::Answer => {
            guard.answer_request(&mut tx, actor, &at, text).await?;
            letters::queue(site, &mut tx, to, &at.request, Mail::Answered(text)).await?;
        }
        Doing::Refuse => {
            guard.refuse_request(&mut tx, actor, &at, text).await?;
            letters::queue(site, &mut tx, to, &at.request, Mail::Refused(text)).await?;
        }
        Doing::Lift => {
            lifted = guard.lift_for(&mut tx, actor, &at).await?;
            letters::queue(site, &mut tx, to, &at.request, Mail::Lifted).await?;
        }
        Doing::Take | Doing::Restrict | Doing::Death | Doing::Erase => {
            guard.take_in_work(&mut tx, actor, &at).await?;
        }
    }
    tx.commit().await?;
    guard.lifted_for(&lifted).await?;
    site.ring();
    Ok(())
}

/// A request that came by another way than the area, entered at the desk.
pub(super) struct Entered<'a> {
    pub(super) person: Id<Person>,
    pub(super) kind: Right,
    pub(super) way: Way,
    pub(super) received_at: Timestamp,
    pub(super) who: [&'a str; 3],
    pub(super) text: &'a str,
}

/// Files it for somebody whom the same look-up finds still, and tells whoever wrote that it came.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] when the look-up doesn't find that person, [`Error::Invalid`].
pub(super) async fn enter(
    site: &Site,
    actor: &Actor,
    entered: &Entered<'_>,
    locale: Locale,
) -> Result<Id<Request>, Error> {
    let guard = site.guard();
    let [given_name, family_name, email] = entered.who;
    let name = format!("{given_name} {family_name}");
    let found = guard.find_for_request(actor, email, &name).await?;
    if !found.iter().any(|one| one.person == entered.person) {
        return Err(Error::NotFound);
    }
    let asker = Asker::typed(given_name, family_name, email);
    let filed = guard.new_request(entered.person).await?;
    let language = people::language(guard, entered.person).await?.unwrap_or(locale);
    let new = NewRequest {
        kind: entered.kind,
        way: entered.way,
        received_at: entered.received_at,
        language,
        asker: &asker,
        text: entered.text,
    };
    let mut tx = guard.begin().await?;
    let request = guard.file_request(&mut tx, &filed, new).await?;
    let to = (&filed, asker.email.as_ref());
    letters::queue(site, &mut tx, to, &request, Mail::Received).await?;
    tx.commit().await?;
    site.ring();
    Ok(request.id)
}
