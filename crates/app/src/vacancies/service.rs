//! Owns: what can be done with vacancies: write, publish, close, search. Doesn't own: their form and pages.

use std::collections::HashMap;

use charter::Duty;
use guard::{Actor, Error, Guard, Staff};
use kernel::{Cursor, Id, Page};
use search::{Entry, Index, Query};
use storage::On;

use super::{
    model::{Offer, State, Vacancy, slug},
    store,
};

/// The index of what is public, with what the list shows, so that a list asks no database.
#[derive(Default)]
pub struct Published {
    index: Index<Vacancy>,
    cards: HashMap<Id<Vacancy>, Vacancy>,
    /// In the order of their names in the address.
    by_slug: Vec<Id<Vacancy>>,
}

/// What a visitor looks for; of several values of one kind, any will do.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    /// Words of the title, the place, the text.
    pub words: String,
    /// Values of the facets [`FACETS`].
    pub facets: Vec<(&'static str, Vec<String>)>,
}

/// What a list of offers can be narrowed by: kind of contract, work from elsewhere, town.
pub const FACETS: [&str; 3] = ["contract", "remote", "place"];

/// What was found.
pub struct Found<'a> {
    /// One page.
    pub page: Page<&'a Vacancy>,
    /// How many in all.
    pub total: usize,
}

impl Published {
    /// Reads what is public and indexes it.
    ///
    /// # Errors
    /// The storage's.
    pub async fn load(guard: &Guard) -> Result<Self, Error> {
        Ok(Self::of(store::published(guard.db()).await?))
    }

    fn of(vacancies: Vec<Vacancy>) -> Self {
        let entry = |vacancy: &Vacancy| Entry {
            id: vacancy.id,
            rank: vacancy.published_at.map_or(0, kernel::Timestamp::as_millis),
            texts: vec![
                vacancy.offer.title.clone(),
                vacancy.offer.place.clone(),
                vacancy.offer.summary.clone(),
                vacancy.offer.description.clone(),
                vacancy.reference.clone(),
            ],
            facets: vec![
                ("contract", kernel::Word::word(vacancy.offer.contract).to_owned()),
                ("remote", kernel::Word::word(vacancy.offer.remote).to_owned()),
                ("place", vacancy.offer.place.clone()),
            ],
        };
        let index = Index::build(vacancies.iter().map(entry).collect());
        let mut named: Vec<_> = vacancies
            .iter()
            .map(|vacancy| (vacancy.slug.as_str(), vacancy.id))
            .collect();
        named.sort_unstable();
        let by_slug = named.into_iter().map(|(_, id)| id).collect();
        // The list shows the summary; the text itself is read when a page is opened.
        let card = |mut vacancy: Vacancy| {
            vacancy.offer.description = String::new();
            (vacancy.id, vacancy)
        };
        Self {
            index,
            cards: vacancies.into_iter().map(card).collect(),
            by_slug,
        }
    }

    /// The one of that name in the address, without its text.
    #[must_use]
    pub fn named(&self, slug: &str) -> Option<&Vacancy> {
        let card = |id: &Id<Vacancy>| self.cards.get(id);
        let nth = self
            .by_slug
            .binary_search_by(|id| card(id).map_or("", |found| found.slug.as_str()).cmp(slug));
        card(self.by_slug.get(nth.ok()?)?)
    }

    /// One page of what fits, newest first.
    #[must_use]
    pub fn search(&self, wanted: &Wanted, after: Option<&Cursor>, size: usize) -> Found<'_> {
        let facets = wanted
            .facets
            .iter()
            .map(|(name, values)| (*name, values.iter().map(String::as_str).collect()));
        let facets = facets.collect();
        let (ids, total) = self.index.search(
            &Query {
                words: &wanted.words,
                facets,
            },
            after,
            size,
        );
        let rows = ids.rows.iter().filter_map(|id| self.cards.get(id)).collect();
        Found {
            page: Page { rows, next: ids.next },
            total,
        }
    }

    /// Published offers like that one, at most `count`: those that share most words of the title, then the town.
    #[must_use]
    pub fn like(&self, offer: &Offer, count: usize) -> Vec<&Vacancy> {
        let asks = search::words(&offer.title)
            .into_iter()
            .filter(|word| word.chars().count() > 3);
        let asks = asks.map(|words| Wanted {
            words,
            facets: Vec::new(),
        });
        let town = Wanted {
            words: String::new(),
            facets: vec![("place", vec![offer.place.clone()])],
        };
        let mut shared: Vec<(usize, &Vacancy)> = Vec::new();
        for wanted in asks.chain([town]) {
            for found in self.search(&wanted, None, 4 * count).page.rows {
                match shared.iter_mut().find(|(_, known)| known.id == found.id) {
                    Some((hits, _)) => *hits += 1,
                    None => shared.push((1, found)),
                }
            }
        }
        shared.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
        shared
            .into_iter()
            .take(count)
            .map(|(_, vacancy)| vacancy)
            .collect()
    }

    /// The values of one of [`FACETS`] and how many offers have each, most first.
    #[must_use]
    pub fn values(&self, facet: &'static str) -> Vec<(&str, usize)> {
        self.index.values(facet)
    }

    /// How many are public.
    #[must_use]
    pub fn count(&self) -> usize {
        self.cards.len()
    }
}

/// Writes a draft. Whoever writes it answers for it.
///
/// # Errors
/// [`Error::Forbidden`] without the duty to recruit or publish.
pub async fn write(guard: &Guard, actor: &Actor, offer: Offer) -> Result<Vacancy, Error> {
    write_as(guard, actor, guard.id(), offer).await
}

/// As [`write`], under an id that was chosen before; one that was written under it already is found, not doubled.
///
/// # Errors
/// As [`write`].
pub async fn write_as(guard: &Guard, actor: &Actor, id: Id<Vacancy>, offer: Offer) -> Result<Vacancy, Error> {
    let recruiter = on_duty(guard, actor)?;
    loop {
        if let Some(written) = store::find(guard.db(), id).await? {
            return Ok(written);
        }
        match insert(guard, recruiter, id, offer.clone()).await {
            // Somebody wrote another at the same moment, and it has the number.
            Err(Error::Storage(error)) if error.is_duplicate() => {}
            done => return done,
        }
    }
}

async fn insert(
    guard: &Guard,
    recruiter: Id<Staff>,
    id: Id<Vacancy>,
    offer: Offer,
) -> Result<Vacancy, Error> {
    let mut tx = guard.begin().await?;
    let reference = format!(
        "{}-{:04}",
        guard.charter().id().to_uppercase(),
        store::count(&mut tx).await? + 1
    );
    let vacancy = Vacancy {
        id,
        slug: slug(&offer.title, &reference),
        reference,
        state: State::Draft,
        offer,
        recruiter: Some(recruiter),
        made_at: guard.now(),
        published_at: None,
        closed_at: None,
    };
    store::insert(&mut tx, &vacancy).await?;
    tx.commit().await?;
    Ok(vacancy)
}

/// Puts a vacancy that was written elsewhere: an import, a demo.
///
/// # Errors
/// The storage's.
pub async fn put(guard: &Guard, vacancies: &[Vacancy]) -> Result<(), Error> {
    let mut tx = guard.begin().await?;
    for vacancy in vacancies {
        store::insert(&mut tx, vacancy).await?;
    }
    Ok(tx.commit().await?)
}

/// Changes what a reader learns; the address stays.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn change(guard: &Guard, actor: &Actor, id: Id<Vacancy>, offer: &Offer) -> Result<(), Error> {
    on_duty(guard, actor)?;
    let mut tx = guard.begin().await?;
    found(store::update_offer(&mut tx, id, offer, guard.now()).await?)?;
    Ok(tx.commit().await?)
}

/// Makes a vacancy public.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::TooLate`] when it is public already.
pub async fn publish(guard: &Guard, actor: &Actor, id: Id<Vacancy>) -> Result<(), Error> {
    on_duty(guard, actor)?;
    let mut tx = guard.begin().await?;
    store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if store::publish(&mut tx, id, guard.now()).await? == 0 {
        return Err(Error::TooLate);
    }
    Ok(tx.commit().await?)
}

/// Closes a vacancy: no more applications. Those that are there go on; nobody is refused by it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::TooLate`] when it isn't public.
pub async fn close(guard: &Guard, actor: &Actor, id: Id<Vacancy>) -> Result<(), Error> {
    on_duty(guard, actor)?;
    let mut tx = guard.begin().await?;
    store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if store::close(&mut tx, id, guard.now()).await? == 0 {
        return Err(Error::TooLate);
    }
    Ok(tx.commit().await?)
}

/// Publishes or closes a vacancy; one that stands there already stays as it is.
///
/// # Errors
/// As [`publish`] and [`close`].
pub async fn set_state(guard: &Guard, actor: &Actor, vacancy: &Vacancy, to: State) -> Result<(), Error> {
    on_duty(guard, actor)?;
    match to {
        to if to == vacancy.state => Ok(()),
        State::Published => publish(guard, actor, vacancy.id).await,
        State::Closed => close(guard, actor, vacancy.id).await,
        State::Draft => Err(Error::TooLate),
    }
}

/// A vacancy, as staff see it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(on: impl Into<On<'_>>, id: Id<Vacancy>) -> Result<Vacancy, Error> {
    store::find(on, id).await?.ok_or(Error::NotFound)
}

/// A vacancy that is or was public, by its name in the address.
///
/// # Errors
/// [`Error::NotFound`]; a draft is none.
pub async fn find_public(guard: &Guard, slug: &str) -> Result<Vacancy, Error> {
    let vacancy = store::find_by_slug(guard.db(), slug).await?;
    vacancy
        .filter(|vacancy| vacancy.state != State::Draft)
        .ok_or(Error::NotFound)
}

/// The vacancies of those ids.
///
/// # Errors
/// The storage's.
pub async fn find_all(guard: &Guard, ids: &[Id<Vacancy>]) -> Result<HashMap<Id<Vacancy>, Vacancy>, Error> {
    let vacancies = store::find_all(guard.db(), ids).await?;
    Ok(vacancies
        .into_iter()
        .map(|vacancy| (vacancy.id, vacancy))
        .collect())
}

/// The desk's list, newest first.
///
/// # Errors
/// [`Error::Forbidden`] to who isn't staff.
pub async fn list(
    guard: &Guard,
    actor: &Actor,
    state: Option<State>,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Vacancy>, Error> {
    actor.staff().ok_or(Error::Forbidden)?;
    Ok(store::list(guard.db(), state, after, size).await?)
}

/// Titles for a filter.
///
/// # Errors
/// The storage's.
pub async fn titles(guard: &Guard) -> Result<Vec<(Id<Vacancy>, String)>, Error> {
    Ok(store::titles(guard.db()).await?)
}

/// The pay as job sites read it, in whole units: `38000-45000 EUR/year`.
#[must_use]
pub fn salary_range(offer: &Offer) -> Option<String> {
    let whole = |cents: i64| (cents / 100).to_string();
    let range = match (offer.salary_min, offer.salary_max) {
        (Some(min), Some(max)) if min != max => format!("{}-{}", whole(min), whole(max)),
        (one, other) => whole(one.or(other)?),
    };
    let (currency, period) = (offer.currency, kernel::Word::word(offer.salary_period));
    Some(format!("{range} {}/{period}", kernel::Word::word(currency)))
}

/// Whether the actor may write and publish.
#[must_use]
pub fn may_write(guard: &Guard, actor: &Actor) -> bool {
    on_duty(guard, actor).is_ok()
}

fn on_duty(guard: &Guard, actor: &Actor) -> Result<Id<Staff>, Error> {
    let charter = guard.charter();
    actor
        .on_duty(&charter, Duty::Recruit)
        .or_else(|_| actor.on_duty(&charter, Duty::Publish))
}

fn found(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::NotFound) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use kernel::{Rng, Timestamp};

    use super::*;
    use crate::tests::doing;

    fn vacancy(title: &str, place: &str) -> Vacancy {
        let at = Timestamp::parse("2026-11-21T08:00:00Z").unwrap();
        Vacancy {
            id: Id::new(&Rng::system(), at),
            slug: slug(title, "EX-1"),
            reference: "EX-1".to_owned(),
            state: State::Published,
            offer: Offer {
                title: title.to_owned(),
                place: place.to_owned(),
                ..doing::offer()
            },
            recruiter: None,
            made_at: at,
            published_at: Some(at),
            closed_at: None,
        }
    }

    #[test]
    fn an_offer_is_known_by_its_name_in_the_address() {
        let offers = ["Soudeuse", "Comptable", "Boulangère"].map(|title| vacancy(title, "Nantes"));
        let published = Published::of(offers.to_vec());
        for offer in &offers {
            assert_eq!(published.named(&offer.slug).map(|found| found.id), Some(offer.id));
        }
        for none in ["", "comptable", "soudeuse-ex-2", "zzz"] {
            assert!(published.named(none).is_none(), "{none}");
        }
    }

    #[test]
    fn what_is_like_an_offer_shares_its_title_then_its_town() {
        let published = Published::of(vec![
            vacancy("Comptable", "Nantes"),
            vacancy("Soudeuse confirmée", "Lyon"),
            vacancy("Soudeuse confirmée", "Nantes"),
            vacancy("Boulangère", "Lille"),
            vacancy("Chef de la cuisine", "Lille"),
        ]);
        let like = |title: &str, place: &str, count| -> Vec<String> {
            let found = published.like(&vacancy(title, place).offer, count);
            found
                .iter()
                .map(|found| format!("{} {}", found.offer.title, found.offer.place))
                .collect()
        };
        let three = like("Soudeuse confirmée", "Nantes", 3);
        assert_eq!(
            three[..2],
            ["Soudeuse confirmée Nantes", "Soudeuse confirmée Lyon"]
        );
        assert_eq!(three[2], "Comptable Nantes");
        assert_eq!(like("Soudeuse confirmée", "Nantes", 1).len(), 1);
        // Words that every title has say nothing, and where nothing is like it nothing is offered.
        assert!(like("Une vie de la rue", "Brest", 3).is_empty());
        assert!(
            Published::default()
                .like(&vacancy("Soudeuse", "Nantes").offer, 3)
                .is_empty()
        );
    }
}
