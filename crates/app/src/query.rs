//! Owns: a list's state in its address: reading a query, and the addresses with one thing more or less. Doesn't own:
//! what the words mean.

use serde::Serialize;

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

    /// The value of a name as an enumeration, an id, a cursor.
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

    /// The address of the next page.
    pub(crate) fn next(&self, path: &str, next: Option<&kernel::Cursor>) -> Option<String> {
        next.map(|cursor| self.href(path, "after", &cursor.to_string()))
    }

    /// The address of the first page, when this isn't it.
    pub(crate) fn first(&self, path: &str) -> Option<String> {
        (!self.get("after").is_empty()).then(|| self.href(path, "after", ""))
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
        assert!(query.first("/jobs").is_some());
        assert_eq!(Query::read("").href("/jobs", "q", ""), "/jobs");
        let two = Query::read("place=Lyon&place=Nantes");
        assert_eq!(two.all("place"), ["Lyon", "Nantes"]);
        assert_eq!(two.without("/jobs", "place", "Lyon"), "/jobs?place=Nantes");
    }
}
