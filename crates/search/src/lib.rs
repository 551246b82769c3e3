//! Owns: the index of published vacancies, in memory: whole and beginning words, newest first, paged by key. Doesn't
//! own: what a vacancy is (it knows words, facets and a rank), people's search (sealed segments, later).

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Cursor, Id, Page};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What is indexed: its id, its rank (newest first: a time in milliseconds), its words and its facets.
pub struct Entry<K> {
    /// The id that a search answers with.
    pub id: Id<K>,
    /// Sorted by this, greatest first.
    pub rank: i64,
    /// Texts whose words find it.
    pub texts: Vec<String>,
    /// Exact values that a filter may ask for: `("contract", "permanent")`.
    pub facets: Vec<(&'static str, String)>,
}

/// What is asked.
#[derive(Debug, Default, Clone)]
pub struct Query<'a> {
    /// Each word must stand in the entry, or begin a word that does.
    pub words: &'a str,
    /// Each named facet must have one of these values.
    pub facets: Vec<(&'static str, Vec<&'a str>)>,
}

/// The index. Immutable: built anew when something is published or closed, then swapped in.
pub struct Index<K> {
    /// Newest first; a posting is a place in this list, so that postings in order are results in order.
    entries: Vec<(i64, Id<K>)>,
    words: BTreeMap<String, Vec<u32>>,
    facets: BTreeMap<(&'static str, String), Vec<u32>>,
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self::build(Vec::new())
    }
}

impl<K> Index<K> {
    /// Indexes the entries.
    #[must_use]
    pub fn build(mut entries: Vec<Entry<K>>) -> Self {
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.rank, entry.id)));
        let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut facets: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (place, entry) in (0u32..).zip(&entries) {
            let own: BTreeSet<String> = entry.texts.iter().flat_map(|text| fold(text)).collect();
            for word in own {
                words.entry(word).or_default().push(place);
            }
            for (name, value) in &entry.facets {
                facets.entry((*name, value.clone())).or_default().push(place);
            }
        }
        let entries = entries.into_iter().map(|entry| (entry.rank, entry.id)).collect();
        Self {
            entries,
            words,
            facets,
        }
    }

    /// One page of ids, newest first, after the cursor; and how many match in all.
    #[must_use]
    pub fn search(&self, query: &Query<'_>, after: Option<&Cursor>, size: usize) -> (Page<Id<K>>, usize) {
        let hits = self.hits(query);
        let total = hits.as_ref().map_or(self.entries.len(), Vec::len);
        let place = |nth: usize| {
            hits.as_ref()
                .map_or(Some(nth), |hits| hits.get(nth).map(|p| *p as usize))
        };
        let first = after.map_or(0, |cursor| {
            let passed = |nth: &usize| {
                place(*nth)
                    .and_then(|place| self.entries.get(place))
                    .is_some_and(|(rank, id)| (*rank, id.to_string()) >= (cursor.key, cursor.id.clone()))
            };
            partition_point(total, passed)
        });
        let rows: Vec<(i64, Id<K>)> = (first..total)
            .take(size + 1)
            .filter_map(|nth| self.entries.get(place(nth)?).copied())
            .collect();
        let page = Page::cut(rows, size, |(rank, id)| Cursor {
            key: *rank,
            id: id.to_string(),
        });
        (page.map(|(_, id)| id), total)
    }

    /// The values of a facet and how many entries have each, most first.
    #[must_use]
    pub fn values(&self, facet: &'static str) -> Vec<(&str, usize)> {
        let mut values: Vec<(&str, usize)> = self
            .facets
            .iter()
            .filter(|((name, _), _)| *name == facet)
            .map(|((_, value), places)| (value.as_str(), places.len()))
            .collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        values
    }

    /// `None` when nothing narrows the search: every entry.
    fn hits(&self, query: &Query<'_>) -> Option<Vec<u32>> {
        let words = fold(query.words)
            .into_iter()
            .map(|word| self.beginning_with(&word));
        let facets = query.facets.iter().map(|(name, values)| {
            let places = values
                .iter()
                .filter_map(|value| self.facets.get(&(*name, (*value).to_owned())));
            union(places)
        });
        words.chain(facets).reduce(|a, b| intersect(&a, &b))
    }

    fn beginning_with(&self, word: &str) -> Vec<u32> {
        let matching = self
            .words
            .range(word.to_owned()..)
            .take_while(|(found, _)| found.starts_with(word));
        union(matching.map(|(_, places)| places))
    }
}

/// The places of all these postings, in order, each once.
fn union<'a>(mut postings: impl Iterator<Item = &'a Vec<u32>>) -> Vec<u32> {
    let mut places = postings.next().cloned().unwrap_or_default();
    let single = places.len();
    places.extend(postings.flatten());
    if places.len() > single {
        places.sort_unstable();
        places.dedup();
    }
    places
}

fn partition_point(length: usize, before: impl Fn(&usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low.midpoint(high);
        if before(&middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn intersect(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short
        .iter()
        .copied()
        .filter(|place| long.binary_search(place).is_ok())
        .collect()
}

/// A text's words: accents and case folded, ligatures opened.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
        .replace('æ', "ae");
    plain
        .split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Its [`words`] as they are indexed: a French or English plural's `s` or `x` dropped.
#[must_use]
pub fn fold(text: &str) -> Vec<String> {
    let stem = |word: String| match word.strip_suffix(['s', 'x']) {
        Some(stem) if stem.chars().count() >= 3 => stem.to_owned(),
        _ => word,
    };
    words(text).into_iter().map(stem).collect()
}

#[cfg(test)]
mod tests {
    use kernel::{Rng, Timestamp};

    use super::*;

    enum Thing {}

    fn index(titles: &[&str]) -> (Index<Thing>, Vec<Id<Thing>>) {
        let rng = Rng::seeded(1);
        let entries: Vec<Entry<Thing>> = (0i64..)
            .zip(titles)
            .map(|(rank, title)| Entry {
                id: Id::new(&rng, Timestamp::from_millis(rank)),
                rank,
                texts: vec![(*title).to_owned()],
                facets: vec![("length", title.len().to_string())],
            })
            .collect();
        let ids = entries.iter().map(|entry| entry.id).collect();
        (Index::build(entries), ids)
    }

    #[test]
    fn finds_words_whatever_their_accents_case_and_plural() {
        let (index, ids) = index(&["Chargée de clientèle", "Développeurs C++", "Cœur de métier"]);
        for (words, expected) in [
            ("CLIENTELE", 0),
            ("chargees", 0),
            ("dévelop", 1),
            ("c++", 1),
            ("coeur metiers", 2),
        ] {
            let (page, _) = index.search(
                &Query {
                    words,
                    facets: vec![],
                },
                None,
                10,
            );
            assert_eq!(page.rows, [ids[expected]], "{words}");
        }
        let (page, total) = index.search(
            &Query {
                words: "clientele c++",
                facets: vec![],
            },
            None,
            10,
        );
        assert!(page.rows.is_empty() && total == 0);
    }

    #[test]
    fn pages_by_key_newest_first_and_without_a_gap() {
        let (index, mut ids) = index(&["a1", "a2", "a3", "a4", "a5"]);
        ids.reverse();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let (page, total) = index.search(&Query::default(), after.as_ref(), 2);
            assert_eq!(total, 5);
            seen.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ids);
    }

    #[test]
    fn a_facet_narrows() {
        let (index, ids) = index(&["one", "three"]);
        let (page, _) = index.search(
            &Query {
                words: "",
                facets: vec![("length", vec!["5", "9"])],
            },
            None,
            10,
        );
        assert_eq!(page.rows, [ids[1]]);
        assert_eq!(index.values("length"), [("3", 1), ("5", 1)]);
    }
}
