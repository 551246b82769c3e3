//! Owns: the people who apply while things break: each under a token found nowhere else, sending the same form until
//! it is acknowledged. Doesn't own: what breaks.

use acceptance::demo::Site;
use acceptance::http::{Client, Request};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Repeatable chance (SplitMix64).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Evenly from 0 to `end`, without it.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    /// Once in `many` times.
    pub(super) fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    pub(super) fn millis(&mut self, end: u64) -> Duration {
        Duration::from_micros(self.below(end * 1_000))
    }
}

/// Somebody who applies.
#[derive(Debug, Clone)]
pub(super) struct Applicant {
    nth: usize,
    pub(super) token: String,
}

impl Applicant {
    pub(super) fn new(seed: u64, nth: usize) -> Self {
        // Letters and digits of which none is a word of anybody else.
        let token = format!("Vvcrash{seed:x}n{nth:04}");
        Self { nth, token }
    }

    pub(super) fn given_name(&self) -> String {
        format!("Ada {}", self.token)
    }

    pub(super) fn email(&self) -> String {
        format!("{}@crash.example", self.token.to_lowercase())
    }

    /// From some bytes to more than the sealed format's chunks.
    pub(super) fn cv(&self) -> Vec<u8> {
        let mut dice = Dice::new(self.nth as u64);
        let length = if dice.one_in(8) {
            dice.below(300_000)
        } else {
            dice.below(20_000)
        };
        let mut bytes = format!("%PDF-1.4\n{}\n", self.token).into_bytes();
        bytes.extend((0..length).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)));
        bytes.extend(b"\n%%EOF");
        bytes
    }

    /// The form, filled, as it will be sent however often; `None` when the page can't be had now.
    pub(super) fn form(&self, client: &mut Client, page: &str) -> Option<Request> {
        let answer = client
            .try_send(&Request::get(page))
            .ok()
            .filter(|answer| answer.status == 200)?;
        let shown = acceptance::html::forms(&answer.text());
        let mut form = shown
            .into_iter()
            .find(|form| form.controls.iter().any(|name| name == "cv"))?;
        assert!(
            form.value("_draft").is_some_and(|draft| !draft.is_empty()),
            "{page} carries no draft"
        );
        let values = [
            ("given_name", self.given_name()),
            ("family_name", self.token.clone()),
            ("email", self.email()),
            ("phone", "06 39 98 12 34".to_owned()),
        ];
        for (name, value) in values {
            form.set(name, &value);
        }
        form.attach(
            "cv",
            &format!("{}.pdf", self.token),
            "application/pdf",
            &self.cv(),
        );
        Some(Request::form(&form, page))
    }
}

/// What the applicants know.
#[derive(Debug, Default)]
pub(super) struct Tally {
    next: AtomicUsize,
    /// Those who got their 303.
    pub(super) acknowledged: Mutex<Vec<Applicant>>,
    /// How many sendings were answered by nothing, by a 503, or not waited for.
    pub(super) unanswered: AtomicUsize,
    pub(super) unavailable: AtomicUsize,
    pub(super) hung_up: AtomicUsize,
    /// What must not happen.
    pub(super) wrong: Mutex<Vec<String>>,
    /// Set when there is no use in going on.
    pub(super) over: AtomicBool,
}

impl Tally {
    pub(super) fn count(&self) -> usize {
        self.acknowledged.lock().expect("no panic").len()
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    fn note(&self, wrong: String) {
        self.wrong.lock().expect("no panic").push(wrong);
        self.over.store(true, Ordering::SeqCst);
    }
}

/// Applies, one applicant after the other, until all of `many` have.
pub(super) fn apply(
    mut client: Client,
    pages: &[String],
    seed: u64,
    many: usize,
    tally: &Tally,
    mut dice: Dice,
) {
    while !tally.is_over() {
        let nth = tally.next.fetch_add(1, Ordering::SeqCst);
        if nth >= many {
            return;
        }
        let applicant = Applicant::new(seed, nth);
        let page = &pages[nth % pages.len()];
        match one(&applicant, &mut client, page, tally, &mut dice) {
            Ok(true) => tally.acknowledged.lock().expect("no panic").push(applicant),
            Ok(false) => return,
            Err(wrong) => return tally.note(wrong),
        }
    }
}

/// True when acknowledged, false when it is over.
fn one(
    applicant: &Applicant,
    client: &mut Client,
    page: &str,
    tally: &Tally,
    dice: &mut Dice,
) -> Result<bool, String> {
    let mut form = None;
    while !tally.is_over() {
        if form.is_none() {
            form = applicant.form(client, page);
        }
        let Some(request) = &form else {
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let sent = if dice.one_in(10) {
            // Some don't wait for the answer.
            tally.hung_up.fetch_add(1, Ordering::SeqCst);
            client.try_send_within(dice.millis(120).max(Duration::from_millis(1)), request)
        } else {
            client.try_send(request)
        };
        match sent {
            Ok(answer) if answer.status == 303 => return Ok(true),
            Ok(answer) if answer.status == 503 => drop(tally.unavailable.fetch_add(1, Ordering::SeqCst)),
            Ok(answer) => {
                return Err(format!(
                    "{}: {} {}",
                    applicant.token,
                    answer.status,
                    answer.text()
                ));
            }
            Err(_) => drop(tally.unanswered.fetch_add(1, Ordering::SeqCst)),
        }
        thread::sleep(dice.millis(80));
    }
    Ok(false)
}

/// The recruiter, refusing one application in sixteen as soon as it is there; gives those refused.
pub(super) fn refuse(
    site: &Site,
    token: &str,
    mut client: Client,
    tally: &Tally,
    many: usize,
) -> Vec<Applicant> {
    let mut api = site.stranger().bearing(token);
    let mut refused: Vec<Applicant> = Vec::new();
    while !tally.is_over() {
        let next = tally
            .acknowledged
            .lock()
            .expect("no panic")
            .get(refused.len() * 16 + 8)
            .cloned();
        match next {
            Some(applicant) => match refuse_one(&applicant, &mut api, &mut client) {
                Ok(true) => refused.push(applicant),
                Ok(false) => {}
                Err(wrong) => {
                    tally.note(wrong);
                    break;
                }
            },
            None if tally.count() == many => break,
            None => {}
        }
        thread::sleep(Duration::from_millis(20));
    }
    refused
}

/// True when it is refused now, by this try or by one whose answer was lost; false when it can't be told.
fn refuse_one(applicant: &Applicant, api: &mut Client, desk: &mut Client) -> Result<bool, String> {
    let found = Request::get(&format!("/api/v1/applications?q={}", applicant.token));
    let Ok(found) = api.try_send(&found) else {
        return Ok(false);
    };
    if found.status == 503 {
        return Ok(false);
    }
    if found.status != 200 {
        return Err(format!("the API: {} {}", found.status, found.text()));
    }
    let found = found.json();
    let Some(item) = found["items"].as_array().and_then(|items| items.first()) else {
        return Err(format!("{} is acknowledged and not there", applicant.token));
    };
    if item["stage"] == "refused" {
        return Ok(true);
    }
    let path = format!("/desk/applications/{}", item["id"].as_str().unwrap_or_default());
    let page = desk.try_send(&Request::get(&format!("{path}?reason=experience")));
    let Ok(page) = page.map(|page| page.text()) else {
        return Ok(false);
    };
    let action = format!("{path}/refuse");
    let forms = acceptance::html::forms(&page);
    let Some(form) = forms.iter().find(|form| form.action.starts_with(&action)) else {
        return Ok(false);
    };
    Ok(desk
        .try_send(&Request::form(form, &path))
        .is_ok_and(|answer| answer.status == 303))
}
