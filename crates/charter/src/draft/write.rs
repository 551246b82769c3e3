//! Owns: the charter written from a table, its gaps quoted. Doesn't own: reading the table (`table`), what its words mean
//! (`guess`).

use std::collections::{BTreeMap, HashMap};

use kernel::{Date, Locale, Word as _};

use super::{
    guess::{self, Kept},
    table::{Cell, Line, Table},
};
use crate::{
    builtin,
    vocabulary::{BasisKind, FieldKind, PurposeKind, Trigger},
};

/// Characters of a cell that a title or a gap quotes at most.
const QUOTED: usize = 200;

/// The text of the charter.
pub(super) fn charter(table: &Table, effective: Date) -> String {
    let mut writer = Writer {
        locale: table.locale,
        text: String::new(),
        names: HashMap::new(),
        retentions: BTreeMap::new(),
    };
    writer.head(table, effective);
    table.lines.iter().for_each(|line| writer.purpose(line));
    writer.retentions();
    writer.text
}

struct Writer {
    locale: Locale,
    text: String,
    /// How often a kind was used.
    names: HashMap<PurposeKind, usize>,
    /// By name: duration and trigger, the trigger guessed or not.
    retentions: BTreeMap<String, (String, Option<Trigger>)>,
}

impl Writer {
    fn say(&self, fr: &str, en: &str) -> String {
        let said = match self.locale {
            Locale::Fr => fr,
            Locale::En => en,
        };
        crate::render::typeset(said, self.locale)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn comment(&mut self, fr: &str, en: &str) {
        let said = self.say(fr, en);
        self.line(&format!("# {said}"));
    }

    fn head(&mut self, table: &Table, effective: Date) {
        self.comment(
            "Ébauche d’après un tableau. Chaque « gaps » dit ce qui manque : complétez, puis retirez-le.",
            "A draft from a table. Each “gaps” says what is missing: fill it in, then take it out.",
        );
        self.comment(
            "« vivier charter check » les énumère avec ce que la loi demande encore.",
            "“vivier charter check” lists them with what the law still asks.",
        );
        if !table.unused.is_empty() {
            let unused = quoted(&table.unused.join(", "));
            let (fr, en) = (
                format!("Colonnes sans emploi ici : {unused}"),
                format!("Columns of no use here: {unused}"),
            );
            self.comment(&fr, &en);
        }
        let language = self.locale.word();
        self.line(&format!(
            "\n[charter]\nid = \"draft\"\nversion = 1\neffective = {effective}\nlanguages = [\"{language}\"]\n\n[controller]"
        ));
        let name = self.say("À compléter", "To be filled in");
        let gap = self.say(
            "name : qui répond des données ; le tableau ne le dit pas",
            "name: who answers for the data; the table doesn’t say",
        );
        self.line(&format!("name = {}", toml(&name)));
        self.gaps(&[gap]);
    }

    fn gaps(&mut self, gaps: &[String]) {
        if gaps.is_empty() {
            return;
        }
        let gaps: Vec<String> = gaps.iter().map(|gap| format!("  {},\n", toml(gap))).collect();
        self.comment("À COMPLÉTER, puis à retirer :", "TO FILL IN, then to take out:");
        self.line(&format!("gaps = [\n{}]", gaps.concat()));
    }

    fn purpose(&mut self, line: &Line) {
        let mut gaps = Vec::new();
        let kind = guess::purpose(&line.purpose).unwrap_or_else(|| {
            gaps.push(self.say(
                "kind : de quelle sorte est cette finalité ? « improve » tient la place",
                "kind: which kind of purpose is it? “improve” holds the place",
            ));
            PurposeKind::Improve
        });
        let count = self
            .names
            .entry(kind)
            .and_modify(|count| *count += 1)
            .or_insert(1);
        let (word, count) = (kind.word(), *count);
        let name = if count == 1 {
            word.to_owned()
        } else {
            format!("{word}_{count}")
        };
        self.line("");
        self.origin(line);
        self.line(&format!("[purpose.{name}]"));
        if count > 1 {
            self.line(&format!("kind = \"{word}\""));
        }
        let language = self.locale.word();
        self.line(&format!(
            "title = {{ {language} = {} }}",
            toml(&quoted(&line.purpose))
        ));
        self.people(&line.people, &mut gaps);
        self.data(&line.data, &mut gaps);
        self.basis(&line.basis, &mut gaps);
        self.line("readers = []");
        gaps.push(self.unsaid(
            &line.recipients,
            ("readers : qui lit ces données", "readers: who reads these data"),
        ));
        self.kept(&line.duration, &mut gaps);
        self.gaps(&gaps);
    }

    /// Where in the table it stands, and which cells were merged with those above.
    fn origin(&mut self, line: &Line) {
        let cells = [
            (&line.data, ("données", "data")),
            (&line.people, ("personnes", "people")),
            (&line.duration, ("durée", "duration")),
            (&line.basis, ("base", "basis")),
            (&line.recipients, ("destinataires", "recipients")),
        ];
        let merged = |fr: bool| {
            let cells = cells.iter().filter_map(|(cell, (in_fr, in_en))| {
                let from = cell.from?;
                Some(match fr {
                    true => format!(" ; {in_fr} : comme ligne {from}"),
                    false => format!("; {in_en}: as in line {from}"),
                })
            });
            cells.collect::<String>()
        };
        if let Some((number, title)) = &line.title {
            let title = quoted(title);
            let (fr, en) = (
                format!("Titre, ligne {number} : {title}"),
                format!("Title, line {number}: {title}"),
            );
            self.comment(&fr, &en);
        }
        let number = line.number;
        let (fr, en) = (
            format!("Ligne {number} du tableau{}", merged(true)),
            format!("Line {number} of the table{}", merged(false)),
        );
        self.comment(&fr, &en);
    }

    fn people(&mut self, cell: &Cell, gaps: &mut Vec<String>) {
        let people = guess::people(&cell.text);
        if people.is_empty() {
            gaps.push(self.unsaid(
                cell,
                ("people : de qui sont ces données", "people: whose data these are"),
            ));
        }
        self.list("people", people.iter().map(|people| people.word()));
    }

    fn data(&mut self, cell: &Cell, gaps: &mut Vec<String>) {
        let data = guess::data(&cell.text);
        let known = builtin::fields();
        let is_made = |name: &&str| {
            let field = known
                .iter()
                .find(|field| field.name == name.trim_end_matches('?'));
            field.is_some_and(|field| field.kind == FieldKind::Data)
        };
        let (made, asked): (Vec<&str>, Vec<&str>) = data.fields.iter().copied().partition(is_made);
        for (key, fields) in [("asks", asked), ("fields", made)] {
            if !fields.is_empty() {
                self.list(key, fields.into_iter());
            }
        }
        if !data.unknown.is_empty() || data.fields.is_empty() {
            let unknown = Cell {
                text: data.unknown.join(", "),
                from: None,
            };
            gaps.push(self.unsaid(&unknown, ("asks, fields : les données", "asks, fields: the data")));
        }
        if !data.card.is_empty() {
            let card = quoted(&data.card.join(", "));
            let (fr, en) = (
                format!("« {card} » : ne se garde pas ; cela ne va qu’à la page du prestataire de paiement"),
                format!("“{card}”: isn’t kept; it goes to the payment provider’s page only"),
            );
            gaps.push(self.say(&fr, &en));
        }
    }

    fn basis(&mut self, cell: &Cell, gaps: &mut Vec<String>) {
        let basis = guess::basis(&cell.text).unwrap_or_else(|| {
            let held = (
                "basis : la base légale ; « legitimate_interest » tient la place",
                "basis: the legal basis; “legitimate_interest” holds the place",
            );
            gaps.push(self.unsaid(cell, held));
            BasisKind::LegitimateInterest
        });
        self.line(&format!("basis = \"{}\"", basis.word()));
    }

    fn kept(&mut self, cell: &Cell, gaps: &mut Vec<String>) {
        let Kept::For(period, trigger) = guess::kept(&cell.text) else {
            gaps.push(self.unsaid(cell, ("retention : jusqu’à quand", "retention: until when")));
            self.line("retention = []");
            return;
        };
        let from = trigger.unwrap_or(Trigger::Collected).word();
        let mut name = format!("{}_{from}", period.to_lowercase());
        if trigger.is_none() {
            name.push_str("_or_else");
        }
        self.line(&format!("retention = \"{name}\""));
        self.retentions.insert(name, (period, trigger));
    }

    fn retentions(&mut self) {
        for (name, (period, trigger)) in std::mem::take(&mut self.retentions) {
            let from = trigger.unwrap_or(Trigger::Collected).word();
            self.line(&format!(
                "\n[retention.{name}]\nfrom = \"{from}\"\nmax = \"{period}\""
            ));
            if trigger.is_none() {
                let gap = self.say(
                    "from : à partir de quoi cette durée se compte ; « collected » tient la place",
                    "from: from what this period counts; “collected” holds the place",
                );
                self.gaps(&[gap]);
            }
        }
    }

    fn list<'w>(&mut self, key: &str, words: impl Iterator<Item = &'w str>) {
        let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
        self.line(&format!("{key} = [{}]", words.join(", ")));
    }

    /// A gap that quotes the cell, or says that there is none.
    fn unsaid(&self, cell: &Cell, (fr, en): (&str, &str)) -> String {
        let text = quoted(&cell.text);
        let (fr, en) = match text.is_empty() {
            true => (
                format!("{fr} ; le tableau ne le dit pas"),
                format!("{en}; the table doesn’t say"),
            ),
            false => (
                format!("{fr} ; le tableau dit « {text} »"),
                format!("{en}; the table says “{text}”"),
            ),
        };
        self.say(&fr, &en)
    }
}

/// The text, shortened, on one line.
fn quoted(text: &str) -> String {
    let visible = |letter: &char| !letter.is_control();
    if text.chars().count() <= QUOTED {
        return text.chars().filter(visible).collect();
    }
    let start: String = text.chars().take(QUOTED).filter(visible).collect();
    format!("{}…", start.trim_end())
}

/// A TOML string.
fn toml(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
