//! Owns: the one layout of a charter's text: what is laid out once is laid out the same again, byte for byte. Doesn't
//! own: the order of rules and the comments, which stay the author's.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::{Charter, Problem};

/// A list is written on one line up to so many columns.
const WIDTH: usize = 120;

impl Charter {
    /// A charter's text in the layout that all charters share: one blank line between rules, lists broken where they
    /// don't fit, nothing at the ends of lines. Comments, order and meaning stay.
    ///
    /// # Errors
    /// As [`Charter::parse`]: what is no charter isn't laid out.
    pub fn laid_out(text: &str) -> Result<String, Vec<Problem>> {
        Self::parse(text)?;
        // What parses as a charter is TOML; should the two readers ever differ, the text stays as it is.
        Ok(text
            .parse::<DocumentMut>()
            .map_or_else(|_| text.to_owned(), |document| lay_out(&document)))
    }
}

fn lay_out(document: &DocumentMut) -> String {
    let mut out = String::new();
    let mut tables: Vec<(isize, Vec<&str>, &Table, bool)> = Vec::new();
    collect(document.as_table(), &[], &mut tables);
    tables.sort_by_key(|(position, ..)| *position);
    keys(&mut out, document.as_table(), &[]);
    for (_, path, table, listed) in tables {
        header(&mut out, &path, table, listed);
        keys(&mut out, table, &[]);
    }
    let trailing = comments(raw(Some(document.trailing())));
    if !trailing.is_empty() {
        blank(&mut out);
        out.push_str(&trailing);
    }
    out
}

/// The tables that have a heading of their own, wherever they stand.
fn collect<'d>(table: &'d Table, path: &[&'d str], found: &mut Vec<(isize, Vec<&'d str>, &'d Table, bool)>) {
    for (key, item) in table {
        let path = [path, &[key]].concat();
        match item {
            Item::Table(inner) => {
                if !inner.is_implicit() && !inner.is_dotted() {
                    found.push((inner.position().unwrap_or(0), path.clone(), inner, false));
                }
                collect(inner, &path, found);
            }
            Item::ArrayOfTables(list) => {
                for inner in list {
                    found.push((inner.position().unwrap_or(0), path.clone(), inner, true));
                    collect(inner, &path, found);
                }
            }
            Item::None | Item::Value(_) => {}
        }
    }
}

fn header(out: &mut String, path: &[&str], table: &Table, listed: bool) {
    blank(out);
    out.push_str(&comments(raw(table.decor().prefix())));
    let (open, close) = if listed { ("[[", "]]") } else { ("[", "]") };
    let path: Vec<String> = path
        .iter()
        .map(|key| toml_edit::Key::new(*key).display_repr().into_owned())
        .collect();
    out.push_str(&format!("{open}{}{close}", path.join(".")));
    end_of_line(out, raw(table.decor().suffix()));
}

/// One blank line, unless nothing stands before.
fn blank(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

/// The keys of a table, those under dots written with them.
fn keys(out: &mut String, table: &Table, before: &[String]) {
    let mut first = before.is_empty();
    for (name, item) in table {
        let Some(key) = table.key(name) else { continue };
        let path = [before, &[key.display_repr().into_owned()]].concat();
        match item {
            Item::Value(value) => {
                let above = raw(key.leaf_decor().prefix());
                if !first && above.trim_end_matches([' ', '\t']).starts_with("\n") {
                    blank(out);
                }
                out.push_str(&comments(above));
                let start = format!("{} = ", path.join("."));
                out.push_str(&start);
                out.push_str(&laid(value, 0, start.chars().count()));
                end_of_line(out, raw(value.decor().suffix()));
                first = false;
            }
            Item::Table(inner) if inner.is_dotted() => keys(out, inner, &path),
            _ => {}
        }
    }
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

/// What stands behind a value on its line.
fn end_of_line(out: &mut String, suffix: &str) {
    let comment = suffix.trim();
    if !comment.is_empty() {
        out.push(' ');
        out.push_str(comment);
    }
    out.push('\n');
}

/// The comments above something, each on its line; a blank line between two groups stays.
fn comments(above: &str) -> String {
    let mut said = String::new();
    let mut gap = false;
    for line in above.lines() {
        let line = line.trim();
        if line.is_empty() {
            gap = !said.is_empty();
            continue;
        }
        if gap {
            said.push('\n');
        }
        said.push_str(line);
        said.push('\n');
        gap = false;
    }
    if gap && above.ends_with("\n\n") {
        said.push('\n');
    }
    said
}

/// A value at that depth of indentation, starting at that column.
fn laid(value: &Value, depth: usize, column: usize) -> String {
    match value {
        Value::String(it) => it.display_repr().into_owned(),
        Value::Integer(it) => it.display_repr().into_owned(),
        Value::Float(it) => it.display_repr().into_owned(),
        Value::Boolean(it) => it.display_repr().into_owned(),
        Value::Datetime(it) => it.display_repr().into_owned(),
        Value::Array(list) => laid_list(list, depth, column),
        Value::InlineTable(table) => laid_table(table, depth, column),
    }
}

fn laid_list(list: &Array, depth: usize, column: usize) -> String {
    if !has_comment_in(list) {
        let items: Vec<String> = list.iter().map(|item| laid(item, depth, column)).collect();
        let line = format!("[{}]", items.join(", "));
        if column + line.chars().count() <= WIDTH && !line.contains('\n') {
            return line;
        }
    }
    let indent = "  ".repeat(depth + 1);
    let mut out = "[\n".to_owned();
    for item in list {
        within(&mut out, raw(item.decor().prefix()), &indent);
        out.push_str(&format!("{indent}{},", laid(item, depth + 1, indent.len())));
        end_of_line(&mut out, raw(item.decor().suffix()));
    }
    within(&mut out, raw(Some(list.trailing())), &indent);
    out.push_str(&format!("{}]", "  ".repeat(depth)));
    out
}

/// The comments between two items of a list: the first may stand behind the item before.
fn within(out: &mut String, between: &str, indent: &str) {
    for (at, line) in between.lines().enumerate() {
        let comment = line.trim();
        if comment.is_empty() {
            continue;
        }
        let behind = at == 0 && out.ends_with(",\n");
        if behind {
            out.pop();
            out.push_str(&format!(" {comment}\n"));
        } else {
            out.push_str(&format!("{indent}{comment}\n"));
        }
    }
}

fn laid_table(table: &InlineTable, depth: usize, column: usize) -> String {
    if table.is_empty() {
        return "{}".to_owned();
    }
    let written = table.to_string();
    if table.iter().any(|(name, value)| {
        let key = table.key(name).map(toml_edit::Key::leaf_decor);
        key.is_some_and(has_comment) || has_comment(value.decor())
    }) {
        // Comments inside braces: left as they are.
        return written.trim().to_owned();
    }
    let mut out = "{ ".to_owned();
    let mut first = true;
    for (name, value) in table.get_values() {
        if !first {
            out.push_str(", ");
        }
        first = false;
        let path: Vec<String> = name.iter().map(|key| key.display_repr().into_owned()).collect();
        out.push_str(&format!("{} = ", path.join(".")));
        let last = out.rsplit('\n').next().unwrap_or_default().chars().count();
        let at = if out.contains('\n') { last } else { column + last };
        out.push_str(&laid(value, depth, at));
    }
    out.push_str(" }");
    out
}

fn has_comment(decor: &Decor) -> bool {
    raw(decor.prefix()).contains('#') || raw(decor.suffix()).contains('#')
}

fn has_comment_in(list: &Array) -> bool {
    list.iter().any(|item| has_comment(item.decor())) || raw(Some(list.trailing())).contains('#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHARTERS: [&str; 3] = [
        include_str!("../tests/whole.toml"),
        include_str!("../tests/firm.toml"),
        include_str!("../tests/group.toml"),
    ];

    fn laid_out(text: &str) -> String {
        Charter::laid_out(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    /// The comments of a text, in order.
    fn said(text: &str) -> Vec<&str> {
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix('#'));
        lines.map(str::trim).collect()
    }

    #[test]
    fn a_second_time_changes_nothing_and_neither_does_the_meaning() {
        for text in CHARTERS {
            let once = laid_out(text);
            assert_eq!(laid_out(&once), once);
            assert_eq!(
                Charter::parse(text)
                    .unwrap()
                    .diff(&Charter::parse(&once).unwrap()),
                []
            );
            assert_eq!(said(text), said(&once));
            assert!(once.ends_with('\n') && !once.contains("\n\n\n") && !once.contains(" \n"));
        }
    }

    #[test]
    fn a_text_written_any_way_is_laid_out_one_way() {
        let plain = "[charter]\nid = \"x\"\nversion = 1\neffective = 2026-01-01\nlanguages = [\"fr\"]\n\n# Who.\n[controller]\nname = \"X\" # invented\nsite = \"https://x.example\"\n";
        let wild = "\n\n[charter]\n\n  id=\"x\"\nversion =   1\neffective= 2026-01-01\nlanguages = [ \"fr\" ,\n ]\n# Who.\n[controller]   \nname = \"X\"     # invented\nsite='https://x.example'\n\n\n";
        assert_eq!(laid_out(plain), plain);
        assert_eq!(laid_out(&wild.replace('\'', "\"")), plain);
        let long = format!(
            "{plain}\n[role.a]\nlabel = {{ fr = \"a\" }}\nmay = [\"recruit\", # first\n  \"decide\",\n  # then\n  \"publish\" # last\n]\n"
        );
        assert!(
            laid_out(&long).ends_with(
                "may = [\n  \"recruit\", # first\n  \"decide\",\n  # then\n  \"publish\", # last\n]\n"
            ),
            "{}",
            laid_out(&long)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Blank lines, spaces and comments anywhere between two lines.
        #[test]
        fn whatever_stands_between_is_laid_out_once(at in 0usize..400, more in proptest::sample::select(vec!["\n", "\n\n", "  ", "# a\n", "\n# a\n\n# b\n\n", "\t# é\n"])) {
            let lines: Vec<&str> = CHARTERS[0].split_inclusive('\n').collect();
            let at = at % lines.len();
            let text = [&lines[..at].concat(), more, &lines[at..].concat()].concat();
            if let Ok(once) = Charter::laid_out(&text) {
                prop_assert_eq!(Charter::laid_out(&once).unwrap(), once.clone());
                prop_assert_eq!(said(&text), said(&once));
            }
        }
    }
}
