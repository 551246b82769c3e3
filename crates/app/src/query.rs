//! Owns: a list's state in its address: reading a query, the addresses with one thing more or less, those of other pages.
//! Doesn't own: what the words mean, what a cursor is ([`crate::cursor`]).

use kernel::Cursor;
use serde::Serialize;
use web::{Notice, Tone};

use crate::{Site, cursor, visit::Visit};

/// The query of a list's address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

/// A filter as the kit draws it.
#[derive(Serialize)]
pub(crate) struct Filter {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) options: Vec<Choice>,
}

/// One choice of a filter or a list.
#[derive(Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) count: Option<usize>,
    pub(crate) chosen: bool,
}

/// What is filtered, with the address without it.
#[derive(Serialize)]
pub(crate) struct Chip {
    pub(crate) label: String,
    pub(crate) href: String,
}

/// A page of a list: where it starts, and the addresses of others.
pub(crate) struct PageAsked<'q> {
    query: &'q Query,
    path: &'static str,
    /// After what it starts; the first page when there is nothing.
    pub(crate) after: Option<Cursor>,
    is_lost: bool,
}

impl PageAsked<'_> {
    /// The address of the next page.
    pub(crate) fn next(&self, site: &Site, next: Option<&Cursor>) -> Option<String> {
        let question = self.query.question(self.path);
        next.map(|place| {
            self.query
                .href(self.path, "after", &cursor::seal(site, &question, place))
        })
    }

    /// The address of the first page, when this isn't it.
    pub(crate) fn first(&self) -> Option<String> {
        self.after
            .is_some()
            .then(|| self.query.href(self.path, "after", ""))
    }

    /// What to say when the address asked for a page that isn't one of this list's: it was cut off, made up, or is of
    /// another question. The first page is shown.
    pub(crate) fn notice(&self, visit: &Visit) -> Option<Notice> {
        self.is_lost
            .then(|| Notice::new(Tone::Warn, visit.text("list-page-lost")))
    }
}

impl Query {
    /// Reads a query, without what belongs to the page and not to the list.
    pub(crate) fn read(query: &str) -> Self {
        let passing = ["lang", "done", "reason"];
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self(
            pairs
                .filter(|(name, value)| !value.is_empty() && !passing.contains(&name.as_str()))
                .collect(),
        )
    }

    /// The value of a name; empty when it isn't there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The value of a name as an enumeration, an id.
    pub(crate) fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }

    /// The value of a name as one of a closed list of words.
    pub(crate) fn word<T: kernel::Word>(&self, name: &str) -> Option<T> {
        T::from_word(self.get(name)).ok()
    }

    /// The address with that name set to that value, or without it when it is empty. A list narrowed anew starts at
    /// its first page.
    pub(crate) fn href(&self, path: &str, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (other, kept) in self
            .0
            .iter()
            .filter(|(other, _)| other != name && other != "after")
        {
            query.append_pair(other, kept);
        }
        if !value.is_empty() {
            query.append_pair(name, value);
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// The address without one value of a name.
    pub(crate) fn without(&self, path: &str, name: &str, value: &str) -> String {
        let rest = self
            .0
            .iter()
            .filter(|(other, kept)| other != name || kept != value)
            .cloned()
            .collect();
        Self(rest).href(path, "", "")
    }

    /// Which page of the list at that address is asked for.
    pub(crate) fn page(&self, site: &Site, path: &'static str) -> PageAsked<'_> {
        let text = self.get("after");
        let after = cursor::open(site, &self.question(path), text);
        PageAsked {
            query: self,
            path,
            is_lost: after.is_none() && !text.is_empty(),
            after,
        }
    }

    /// What a list is asked at that address, whatever the order of its parts and on whichever page.
    fn question(&self, path: &str) -> String {
        let mut pairs: Vec<_> = self.0.iter().filter(|(name, _)| name != "after").collect();
        pairs.sort();
        let pairs = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        format!("{path}?{pairs}")
    }

    /// The name-value pairs, for hidden inputs.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_state_and_narrowing_starts_anew() {
        let query = Query::read("q=c%2B%2B+dev&contract=permanent&after=5.x&lang=fr&empty=");
        assert_eq!(query.get("q"), "c++ dev");
        assert_eq!(query.href("/jobs", "contract", ""), "/jobs?q=c%2B%2B+dev");
        assert_eq!(
            query.href("/jobs", "remote", "full"),
            "/jobs?q=c%2B%2B+dev&contract=permanent&remote=full"
        );
        assert_eq!(
            query.question("/jobs"),
            Query::read("contract=permanent&after=6.y&q=c%2B%2B%20dev").question("/jobs")
        );
        assert_ne!(query.question("/jobs"), query.question("/desk/jobs"));
        assert_eq!(Query::read("").href("/jobs", "q", ""), "/jobs");
        let two = Query::read("place=Lyon&place=Nantes");
        assert_eq!(two.all("place"), ["Lyon", "Nantes"]);
        assert_eq!(two.without("/jobs", "place", "Lyon"), "/jobs?place=Nantes");
    }
}
