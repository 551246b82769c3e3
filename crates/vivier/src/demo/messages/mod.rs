//! Owns: the invented people who write by the contact form, and what the house does with their messages. Doesn't own:
//! who they are ([`super::people`]), what they write ([`words`]).

mod words;

use anyhow::{Context as _, bail};
use app::{
    Site,
    confirm::Confirm,
    contact::{
        arrival, dealing,
        model::{Message, Sender, Verdict},
        service,
    },
};
use charter::{Condition, Duty, Form, FormKind};
use guard::{Actor, Guard, Staff, collect::Collected};
use kernel::{Id, Locale, Rng, Word as _};

use super::{Kind, offers::typeset, people::Invented};

/// Who deals with messages at a site.
pub(super) struct Inbox {
    /// Reads them all.
    pub(super) reader: Id<Staff>,
    /// Of whom each may be addressed to one.
    addressees: Vec<Id<Staff>>,
}

impl Inbox {
    /// Whom the charter has read them, of the demo's staff.
    pub(super) fn of(guard: &Guard, kind: &Kind, staff: &[Id<Staff>]) -> anyhow::Result<Self> {
        let charter = guard.charter();
        let purpose = charter
            .form_of(FormKind::Contact, Locale::Fr)
            .and_then(|form| charter.purpose(&form.purpose))
            .context("the demo's charters take messages")?;
        let under = |condition: Condition| -> Vec<Id<Staff>> {
            let reads = |role: &str| {
                let named = purpose.readers.iter().find(|reader| reader.role == role);
                named.is_some_and(|reader| reader.when == condition)
            };
            let members = kind.staff.iter().zip(staff);
            members
                .filter(|((role, ..), _)| reads(role))
                .map(|(_, id)| *id)
                .collect()
        };
        Ok(Self {
            reader: *under(Condition::All).first().context("somebody reads them")?,
            addressees: under(Condition::Addressed),
        })
    }
}

/// Somebody writes; gives what they wrote as whom.
pub(super) async fn write(
    site: &Site,
    kind: &Kind,
    person: &Invented,
    confirm: Confirm<'_>,
    rng: &Rng,
) -> anyhow::Result<(Id<Message>, Sender)> {
    let guard = site.guard();
    let sender = *rng.pick(Sender::ALL).context("somebody")?;
    let charter = guard.charter();
    let form = charter
        .form_of(FormKind::Contact, person.language)
        .context("the demo's charters take messages")?;
    let Collected::Complete(answers) = fill(guard, kind, form, person, sender, rng).await? else {
        bail!("an invented person's message isn't complete");
    };
    let id = arrival::submit(site, *answers, person.language, confirm).await?;
    Ok((id, sender))
}

async fn fill(
    guard: &Guard,
    kind: &Kind,
    form: &Form,
    person: &Invented,
    sender: Sender,
    rng: &Rng,
) -> anyhow::Result<Collected> {
    let language = person.language;
    let mut collecting = guard.collect(&form.name, language)?;
    let (position_fr, position_en) = *rng.pick(&words::POSITIONS).context("a position")?;
    for field in &form.fields {
        let text = match field.name.as_str() {
            "given_name" => person.given_name.clone(),
            "family_name" => person.family_name.clone(),
            "email" => person.email.clone(),
            "phone" if field.required || rng.below(2) == 0 => person.phone.clone(),
            "subject" => match sender {
                Sender::Client => "recruiter".to_owned(),
                Sender::Candidate => "candidate".to_owned(),
                Sender::Other => "other".to_owned(),
            },
            "company" if sender == Sender::Client => {
                (*rng.pick(&words::COMPANIES).context("a company")?).to_owned()
            }
            "position" if sender == Sender::Client && rng.below(2) == 0 => match language {
                Locale::Fr => position_fr.to_owned(),
                Locale::En => position_en.to_owned(),
            },
            "message" => letter(kind, person, sender, rng),
            _ => continue,
        };
        collecting.text(&field.name, text).await?;
    }
    Ok(collecting.finish().await?)
}

/// What they write, with the token that is found nowhere else.
fn letter(kind: &Kind, person: &Invented, sender: Sender, rng: &Rng) -> String {
    let language = person.language;
    let letters = words::letters(kind.name, sender, language);
    let text = rng.pick(letters).copied().unwrap_or_default();
    let reference = match language {
        Locale::Fr => "Ma référence :",
        Locale::En => "My reference:",
    };
    typeset(language, &format!("{text}\n\n{reference} {}", person.token))
}

/// What the house did with it: by chance, in the proportions of an ordinary month.
pub(super) async fn deal_with(
    site: &Site,
    actor: &Actor,
    inbox: &Inbox,
    (id, sender): (Id<Message>, Sender),
    language: Locale,
    rng: &Rng,
) -> anyhow::Result<()> {
    let chance = rng.below(100);
    if chance < 35 {
        return Ok(());
    }
    service::open(site, actor, id).await?;
    let charter = site.guard().charter();
    let sells = charter.roles().iter().any(|role| role.has(Duty::Sell));
    if sender == Sender::Client && sells {
        dealing::pass_on(site, actor, id, true).await?;
    }
    let addressee = rng.pick(&inbox.addressees).copied();
    if addressee.is_some() && sender != Sender::Other {
        dealing::address(site, actor, id, addressee).await?;
    }
    match chance {
        35..55 => {}
        55..80 => {
            let answer = rng.pick(words::answers(language)).copied().unwrap_or_default();
            let answer = typeset(language, answer);
            dealing::answer(site, actor, id, site.guard().id(), &answer).await?;
        }
        80..90 => dealing::judge(site, actor, id, Verdict::Relevant).await?,
        _ => dealing::judge(site, actor, id, Verdict::Irrelevant).await?,
    }
    Ok(())
}
