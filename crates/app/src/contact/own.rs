//! Owns: what of a person's own messages is kept, as they are told. Doesn't own: the pages of their area
//! ([`crate::account`]).

use std::collections::HashMap;

use guard::{Actor, DossierId, Error, Guard, Person};
use kernel::{Id, Timestamp};

use super::store;
use crate::{Site, answers::OF_MESSAGES};

/// A message of the acting person.
pub struct Own {
    /// What it holds, by the charter's names; nothing of it is opened.
    pub fields: Vec<String>,
}

/// The messages of the acting person, by dossier.
///
/// # Errors
/// The storage's.
pub async fn sent(site: &Site, actor: &Actor) -> Result<HashMap<DossierId, Own>, Error> {
    let guard = site.guard();
    let mut sent = HashMap::new();
    for message in store::of_people(guard.db(), actor.people()).await? {
        let fields = OF_MESSAGES.fields(guard, message.dossier()).await?;
        sent.insert(message.dossier(), Own { fields });
    }
    Ok(sent)
}

/// When those people sent their messages, whom [`Guard::duplicates`] gave or who are joined; nothing of them is opened.
///
/// # Errors
/// The storage's.
pub async fn sent_by(guard: &Guard, people: &[Id<Person>]) -> Result<Vec<(Id<Person>, Timestamp)>, Error> {
    let messages = store::of_people(guard.db(), people).await?;
    Ok(messages
        .into_iter()
        .map(|message| (message.person, message.submitted_at))
        .collect())
}
