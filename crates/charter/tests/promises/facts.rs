//! Owns: a parsed charter as facts, clause by clause: the words the tables of promises are written in. Doesn't own: which
//! fact keeps which promise (the tables).

use std::collections::BTreeMap;

use charter::{
    Ai, Archive, Basis, Charter, Copy, Form, Item, Keep, Processor, Purpose, Reader, Retention, Rule, Share,
    Source, Tracker, What,
    model::{Controller, Rights},
};
use kernel::Word;

/// What a clause promises and says.
#[derive(Default)]
pub(crate) struct Clause {
    /// The rows it claims to keep.
    pub(crate) promises: Vec<String>,
    /// What it says, by the charter's own keys.
    pub(crate) says: BTreeMap<&'static str, String>,
}

/// Every clause of a charter by its id.
pub(crate) struct Facts(pub(crate) BTreeMap<String, Clause>);

impl Facts {
    /// Of a whole charter.
    pub(crate) fn of(charter: &Charter) -> Self {
        let mut facts = Self(BTreeMap::new());
        facts.once(charter);
        charter
            .roles()
            .iter()
            .for_each(|role| facts.add(&role.rule, [("may", words(&role.may))]));
        charter
            .purposes()
            .iter()
            .for_each(|purpose| facts.purpose(purpose));
        charter.forms().iter().for_each(|form| facts.form(form));
        charter
            .retentions()
            .iter()
            .for_each(|retention| facts.retention(retention));
        charter
            .processors()
            .iter()
            .for_each(|processor| facts.processor(processor));
        charter.copies().iter().for_each(|copy| facts.copy(copy));
        charter.shares().iter().for_each(|share| facts.share(share));
        charter.sources().iter().for_each(|source| facts.source(source));
        charter
            .trackers()
            .iter()
            .for_each(|tracker| facts.tracker(tracker));
        charter.ai().iter().for_each(|ai| facts.ai(ai));
        for clause in charter.clauses() {
            facts.add(
                &clause.rule,
                [
                    ("about", clause.about.to_string()),
                    ("fr", clause.text(kernel::Locale::Fr).to_owned()),
                    ("en", clause.text(kernel::Locale::En).to_owned()),
                ],
            );
        }
        facts
    }

    fn add<const N: usize>(&mut self, rule: &Rule, says: [(&'static str, String); N]) {
        let mut says = BTreeMap::from(says);
        says.insert(
            "reason",
            if rule.reason.is_some() { "given" } else { "" }.to_owned(),
        );
        if let Some(attest) = &rule.attest {
            says.insert("attest", format!("{} {}", attest.by, attest.every));
        }
        says.retain(|_, said| !said.is_empty());
        let promises = rule.promises.clone();
        self.0.insert(rule.clause.to_string(), Clause { promises, says });
    }

    fn items<W: Word>(&mut self, items: &[Item<W>]) {
        for item in items {
            self.add(
                &item.rule,
                [
                    ("word", item.word.word().to_owned()),
                    ("purposes", item.purposes.join(" ")),
                ],
            );
        }
    }

    /// The sections that stand once.
    fn once(&mut self, charter: &Charter) {
        let header = charter.header();
        self.add(
            &header.rule,
            [
                ("effective", header.effective.to_string()),
                (
                    "updated",
                    header.updated.map(|day| day.to_string()).unwrap_or_default(),
                ),
                ("languages", words(&header.languages)),
                (
                    "annexed_to",
                    header
                        .annexed_to(kernel::Locale::Fr)
                        .unwrap_or_default()
                        .to_owned(),
                ),
            ],
        );
        self.controller(charter.controller());
        if let Some(rights) = charter.rights() {
            self.rights(rights);
        }
        if let Some(notice) = charter.sourcing() {
            self.add(&notice.rule, [("sourced", shown(notice.sourced))]);
            self.items(&notice.at);
        }
        if let Some(change) = charter.change() {
            self.add(
                &change.rule,
                [
                    ("by", words(&change.by)),
                    ("new_purpose", change.new_purpose.word().to_owned()),
                    (
                        "opposition",
                        change.opposition.map(Word::word).unwrap_or_default().to_owned(),
                    ),
                    ("use_accepts", yes(change.use_accepts)),
                ],
            );
        }
        if let Some(breach) = charter.breach() {
            let authority = breach.authority.to_string();
            self.add(
                &breach.rule,
                [("authority", authority), ("persons", shown(breach.persons))],
            );
        }
        if let Some(security) = charter.security() {
            self.add(&security.rule, [("backup_window", shown(security.backup_window))]);
            self.items(&security.measures);
        }
        if let Some(never) = charter.never() {
            self.add(&never.rule, []);
            self.items(&never.rules);
        }
    }

    fn controller(&mut self, controller: &Controller) {
        let told = [
            ("name", Some(&controller.name)),
            ("form", controller.form.as_ref()),
            ("capital", controller.capital.as_ref()),
            ("address", controller.address.as_ref()),
            ("register", controller.register.as_ref()),
            ("site", controller.site.as_ref()),
            ("contact", controller.contact.as_ref()),
            ("phone", controller.phone.as_ref()),
            ("dpo", controller.dpo.as_ref()),
            ("authority", controller.authority.as_ref()),
            ("authority_url", controller.authority_url.as_ref()),
        ];
        let tells: Vec<&str> = told
            .into_iter()
            .filter_map(|(key, told)| told.and(Some(key)))
            .collect();
        self.add(&controller.rule, [("tells", tells.join(" "))]);
    }

    fn rights(&mut self, rights: &Rights) {
        let offers: Vec<&str> = rights.offers.iter().map(|item| item.word.word()).collect();
        self.add(
            &rights.rule,
            [
                ("offers", offers.join(" ")),
                ("by", words(&rights.by)),
                ("questions_by", words(&rights.questions_by)),
                ("deadline", rights.deadline.to_string()),
                ("identity", rights.identity.word().to_owned()),
            ],
        );
        self.items(&rights.offers);
    }

    fn purpose(&mut self, purpose: &Purpose) {
        let asks = purpose
            .asks
            .iter()
            .map(|asked| format!("{}{}", asked.field, if asked.required { "" } else { "?" }));
        let messages = &purpose.communication;
        let lists: Vec<&str> = messages.lists.iter().map(|list| list.value.as_str()).collect();
        self.add(
            &purpose.rule,
            [
                ("kind", purpose.kind.word().to_owned()),
                ("people", words(&purpose.people)),
                ("asks", asks.collect::<Vec<_>>().join(" ")),
                ("fields", purpose.uses.join(" ")),
                ("basis", basis(Some(&purpose.basis))),
                ("optional_basis", basis(purpose.optional_basis.as_ref())),
                ("readers", readers(&purpose.readers)),
                ("retention", purpose.retention.join(" ")),
                (
                    "only_when",
                    purpose.only_when.map(Word::word).unwrap_or_default().to_owned(),
                ),
                ("intake", purpose.intake.word().to_owned()),
                ("objection", purpose.objection.word().to_owned()),
                ("groups_by", purpose.groups_by.join(" ")),
                ("counts", words(&purpose.statistics.counts)),
                ("at_least", shown(purpose.statistics.at_least)),
                ("by", words(&messages.by)),
                (
                    "opt_in",
                    messages.opt_in.map(Word::word).unwrap_or_default().to_owned(),
                ),
                ("stop", words(&messages.stop)),
                ("lists", lists.join(" ")),
            ],
        );
    }

    fn form(&mut self, form: &Form) {
        let asks = form.fields.iter().map(|field| {
            let may = if field.required { "" } else { "?" };
            let prefilled = field
                .prefilled
                .map(|it| format!("={}", it.word()))
                .unwrap_or_default();
            let choices: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
            let choices = if choices.is_empty() {
                String::new()
            } else {
                format!("({})", choices.join("|"))
            };
            format!("{}{may}{prefilled}{choices}", field.name)
        });
        self.add(
            &form.rule,
            [
                ("kind", form.kind.word().to_owned()),
                ("purpose", form.purpose.clone()),
                ("languages", words(&form.languages)),
                ("ack", form.ack.word().to_owned()),
                ("consents", form.consents.join(" ")),
                ("asks", asks.collect::<Vec<_>>().join(" ")),
            ],
        );
    }

    fn retention(&mut self, retention: &Retention) {
        let ask = retention
            .ask
            .map(|ask| format!("{} {}", ask.silence_after, ask.on_silence.word()));
        let archive = |one: &Archive| {
            format!(
                "{} {} @ {}",
                one.period,
                one.fields.join(" "),
                one.readers.join(" ")
            )
        };
        let min = retention.min.as_ref().map(|one| {
            format!(
                "{} {} @ {}",
                one.period,
                one.fields.join(" "),
                one.readers.join(" ")
            )
        });
        let several = retention.from.len() > 1;
        self.add(
            &retention.rule,
            [
                ("from", words(&retention.from)),
                (
                    "combine",
                    if several {
                        retention.combine.word().to_owned()
                    } else {
                        String::new()
                    },
                ),
                ("max", retention.max.to_string()),
                ("then", retention.then.word().to_owned()),
                ("ask", ask.unwrap_or_default()),
                (
                    "min",
                    min.map(|said| said.trim_end_matches([' ', '@']).to_owned())
                        .unwrap_or_default(),
                ),
                (
                    "archive",
                    retention.archive.as_ref().map(archive).unwrap_or_default(),
                ),
                ("review", shown(retention.review)),
                ("hold", words(&retention.hold)),
            ],
        );
    }

    fn processor(&mut self, one: &Processor) {
        let keeps = match one.keeps {
            Keep::WithUs => "with_us".to_owned(),
            Keep::Nothing => "none".to_owned(),
            Keep::For(long) => long.to_string(),
        };
        let theirs = match &one.readers {
            None => String::new(),
            Some(nobody) if nobody.is_empty() => "nobody".to_owned(),
            Some(some) => readers(some),
        };
        self.add(
            &one.rule,
            [
                ("service", one.service.word().to_owned()),
                (
                    "by",
                    if one.entity.is_some() {
                        "other"
                    } else {
                        "controller"
                    }
                    .to_owned(),
                ),
                ("purposes", one.purposes.join(" ")),
                ("storage", one.storage.join(" ")),
                ("transit", one.transit.join(" ")),
                ("transfer", one.transfer.word().to_owned()),
                ("receives", what(&one.receives)),
                ("never", one.must_not_receive.join(" ")),
                ("keeps", keeps),
                (
                    "deletion",
                    one.deletion.map(Word::word).unwrap_or_default().to_owned(),
                ),
                (
                    "logging",
                    one.logging.map(Word::word).unwrap_or_default().to_owned(),
                ),
                ("readers", theirs),
                ("standards", words(&one.standards)),
                ("contract", yes(one.contract.is_some())),
                (
                    "takes_itself",
                    yes(one.takes_itself(kernel::Locale::Fr).is_some()),
                ),
                ("about", yes(one.about(kernel::Locale::Fr).is_some())),
            ],
        );
    }

    fn copy(&mut self, copy: &Copy) {
        self.add(
            &copy.rule,
            [
                ("of", copy.of.join(" ")),
                ("from", copy.from.clone().unwrap_or_default()),
                ("at", copy.at.clone()),
                ("mode", copy.mode.word().to_owned()),
                ("fields", copy.fields.clone().unwrap_or_default().join(" ")),
                (
                    "lag",
                    copy.lag
                        .map_or_else(|| "together".to_owned(), |lag| lag.to_string()),
                ),
                ("readers", readers(&copy.readers)),
                ("retention", copy.retention.join(" ")),
            ],
        );
    }

    fn share(&mut self, share: &Share) {
        self.add(
            &share.rule,
            [
                ("with", share.with.word().to_owned()),
                ("mode", share.mode.word().to_owned()),
                ("purposes", share.purposes.join(" ")),
                ("receives", what(&share.receives)),
                ("never", share.must_not_receive.join(" ")),
                ("at_least", shown(share.at_least)),
                ("basis", basis(share.basis.as_ref())),
                ("notice", share.notice.word().to_owned()),
                ("party", share.party.word().to_owned()),
                ("passes_on", words(&share.passes_on)),
                ("contact", yes(share.contact(kernel::Locale::Fr).is_some())),
            ],
        );
    }

    fn source(&mut self, source: &Source) {
        self.add(
            &source.rule,
            [
                ("kind", source.kind.word().to_owned()),
                ("purposes", source.purposes.join(" ")),
                ("fields", source.fields.join(" ")),
                ("fresh", shown(source.fresh)),
            ],
        );
    }

    fn tracker(&mut self, tracker: &Tracker) {
        self.add(
            &tracker.rule,
            [
                ("kind", tracker.kind.word().to_owned()),
                ("class", tracker.class.word().to_owned()),
                ("consent", tracker.consent.word().to_owned()),
                ("max", tracker.max_age.to_string()),
                ("data", shown(tracker.data_max_age)),
            ],
        );
    }

    fn ai(&mut self, ai: &Ai) {
        self.add(
            &ai.rule,
            [
                ("input", ai.input.word().to_owned()),
                ("human", ai.human.word().to_owned()),
                ("contest", yes(ai.contest)),
                ("explain", yes(ai.explain)),
                ("train_on", ai.train_on.word().to_owned()),
                ("uses", ai.uses.join(" ")),
                ("log", shown(ai.log)),
                ("dpia", yes(ai.dpia.is_some())),
            ],
        );
    }
}

fn words<W: Word + Clone>(words: &[W]) -> String {
    let words: Vec<&str> = words.iter().cloned().map(Word::word).collect();
    words.join(" ")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn yes(it: bool) -> String {
    if it { "yes" } else { "" }.to_owned()
}

fn basis(basis: Option<&Basis>) -> String {
    basis
        .map(|basis| basis.kind.word().to_owned())
        .unwrap_or_default()
}

/// `recruiter sales@client_requested it@technical[email language]`; nobody is `nobody`.
fn readers(readers: &[Reader]) -> String {
    let readers: Vec<String> = readers
        .iter()
        .map(|reader| {
            let when = match reader.when.word() {
                "all" => String::new(),
                when => format!("@{when}"),
            };
            let fields = reader
                .fields
                .as_ref()
                .map(|fields| format!("[{}]", fields.join(" ")));
            format!("{}{when}{}", reader.role, fields.unwrap_or_default())
        })
        .collect();
    if readers.is_empty() {
        "nobody".to_owned()
    } else {
        readers.join(" ")
    }
}

fn what(what: &What) -> String {
    match what {
        What::Fields(fields) => fields.join(" "),
        What::Shape(shape) => shape.word().to_owned(),
    }
}
