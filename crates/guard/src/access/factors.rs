//! Owns: the second factor of who signs in with a password: the codes of an app (TOTP, RFC 6238), and codes on paper for
//! the day the telephone is lost. Doesn't own: passkeys, which are both factors in one ([`super::passkeys`]).

use charter::ClauseId;
use kernel::Id;
use serde::Serialize;
use storage::{Tx, sql};
use totp_rs::{Builder, Secret, Totp};

use super::{
    Account, AccountKind, Caller, Credential, SignedIn,
    credentials::Means,
    joined::lock,
    limits::{Limit, Rate},
    sessions::{Entry, Stage},
};
use crate::{Actor, Error, Guard, Shown, Staff, actor::Who, hex};

/// How a member of staff signs in, beside their password.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SecondFactor {
    /// An app gives codes.
    pub app: bool,
    /// So many codes on paper are left.
    pub codes: usize,
    /// The charter asks their role for a second factor.
    pub required: bool,
}

/// An app's secret that waits for its first code.
#[derive(Serialize)]
pub struct Proposal {
    /// In base 32, for typing in.
    pub secret: Shown<String>,
    /// As apps read it (`otpauth://`).
    pub uri: Shown<String>,
    /// The same as a QR code: an SVG path of unit squares.
    pub path: Shown<String>,
    /// Its side, in squares, with the quiet zone of four on each side (ISO/IEC 18004).
    pub side: i32,
}

/// What follows a first code.
pub struct Confirmed {
    /// The codes on paper, shown this once.
    pub codes: Vec<Shown<String>>,
    /// The session, whole from now on, when it wasn't before.
    pub signed_in: Option<SignedIn>,
}

/// Guesses at a code; a right password came before each.
const CODES: Rate = Rate {
    burst: 10,
    seconds: 300,
};
/// A code of the app's has so many digits; one on paper has more letters.
const DIGITS: usize = 6;
/// So many codes on paper.
const PAPER: usize = 10;
/// Crockford's base 32: no letter that is taken for a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What the charter takes for a second factor: an app's codes, or a passkey, which is both in one.
pub(super) const FACTORS: [Means; 2] = [Means::App, Means::Passkey];

/// Which means a code is of; of an app's, its step of thirty seconds.
enum Found {
    App(Id<Credential>, i64),
    Paper(Id<Credential>),
}

impl Guard {
    /// The clause by which the charter asks that role for two factors, if it does.
    pub(super) fn two_factors_of(&self, role: &str) -> Option<ClauseId> {
        let charter = self.charter();
        let security = charter.security()?;
        let asked = security.two_factors.iter().any(|asked| asked == role);
        asked.then(|| security.rule.clause.clone())
    }

    /// In the transaction that took one of the acting account's factors away: is there another, where the charter asks
    /// for one?
    pub(super) async fn keep_a_factor(&self, tx: &mut Tx, actor: &Actor) -> Result<(), Error> {
        let (Some(id), Some(clause)) = (
            actor.staff(),
            actor.role().and_then(|role| self.two_factors_of(role)),
        ) else {
            return Ok(());
        };
        match self.has_means(tx, &Account::staff(id), &FACTORS).await? {
            true => Ok(()),
            false => Err(Error::LastFactor(clause)),
        }
    }

    /// How far a right password alone takes.
    pub(super) async fn stage_after_password(&self, kind: AccountKind, id: Id<()>) -> Result<Stage, Error> {
        if kind == AccountKind::Person {
            return Ok(Stage::Whole);
        }
        let account = Account::staff(id.cast());
        if self.has_means(&self.db, &account, &[Means::App]).await? {
            return Ok(Stage::Code);
        }
        let role = self.role_of(id.cast()).await?.ok_or(Error::NotFound)?;
        if self.two_factors_of(&role).is_none() {
            return Ok(Stage::Whole);
        }
        // Whoever has a passkey signs in with it, not with a password.
        match self.has_means(&self.db, &account, &[Means::Passkey]).await? {
            true => Ok(Stage::Code),
            false => Ok(Stage::Setup),
        }
    }

    /// How the acting member of staff signs in beside their password; nothing for a person.
    ///
    /// # Errors
    /// The storage's.
    pub async fn second_factor(&self, actor: &Actor) -> Result<Option<SecondFactor>, Error> {
        let (Some(id), Some(role)) = (actor.staff(), actor.role()) else {
            return Ok(None);
        };
        let account = Account::staff(id);
        Ok(Some(SecondFactor {
            app: self.has_means(&self.db, &account, &[Means::App]).await?,
            codes: self.means_of(&account, Means::Paper).await?.len(),
            required: self.two_factors_of(role).is_some(),
        }))
    }

    /// Whether the code that is asked of who is halfway could come from an app; else only their passkey takes them on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when no code is waited for.
    pub async fn takes_code(&self, actor: &Actor) -> Result<bool, Error> {
        let Who::Halfway { id, setup: false } = actor.who() else {
            return Err(Error::Forbidden);
        };
        self.has_means(&self.db, &Account::staff(*id), &[Means::App])
            .await
    }

    /// Gives the code that is asked after the password: one of the app's, or one on paper. The session is whole from
    /// then on, under a new secret.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when no code is waited for, [`Error::NotFound`] for a wrong or used one,
    /// [`Error::TooOften`] after too many of those.
    pub async fn give_code(
        &self,
        actor: &Actor,
        cookie: &str,
        code: &str,
        caller: &Caller,
    ) -> Result<SignedIn, Error> {
        let Who::Halfway { id, setup: false } = actor.who() else {
            return Err(Error::Forbidden);
        };
        let account = Account::staff(*id);
        let limit = self.code_limit(&account, caller).await?;
        self.take(&[limit]).await?;
        let found = self.find_code(&account, code).await?.ok_or(Error::NotFound)?;
        let known = self.knows(caller, &[account.id]).await?;
        let mut tx = self.begin().await?;
        if !self.use_code(&mut tx, found).await? {
            return Err(Error::NotFound);
        }
        self.forget_tries(&mut tx, limit).await?;
        let signed_in = self
            .complete(&mut tx, *id, (cookie, Entry::Code), (caller, known))
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Guesses from browsers that are known to the account are counted apart, as with passwords; but all of them
    /// together: whoever has the mailbox gets a new mark with each new password, and no new guesses by it.
    async fn code_limit(&self, account: &Account, caller: &Caller) -> Result<Limit, Error> {
        let known = self.knows(caller, &[account.id]).await?;
        Ok(self.limit(CODES, "code", &[account.id.as_bytes(), &[u8::from(known)]]))
    }

    pub(super) async fn complete(
        &self,
        tx: &mut Tx,
        id: Id<Staff>,
        (cookie, entry): (&str, Entry),
        (caller, known): (&Caller, bool),
    ) -> Result<SignedIn, Error> {
        sql("DELETE FROM sessions WHERE token = $1")
            .bind(self.session_hash(cookie))
            .run(&mut *tx)
            .await?;
        let device = match known {
            true => None,
            false => Some(self.add_device(tx, id.cast()).await?),
        };
        let whole = (AccountKind::Staff, id.cast());
        let session = self
            .add_session(tx, whole, caller.device, (Stage::Whole, entry))
            .await?;
        Ok(SignedIn {
            session,
            device,
            stage: Stage::Whole,
        })
    }

    /// The means that a code is of.
    async fn find_code(&self, account: &Account, code: &str) -> Result<Option<Found>, Error> {
        let code: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        if code.len() == DIGITS {
            let apps = self.means_of(account, Means::App).await?;
            let found = apps
                .iter()
                .find_map(|app| Some(Found::App(app.id, self.step_of(&app.secret, &code)?)));
            return Ok(found);
        }
        let given = self.paper_mark(account, &code);
        let papers = self.means_of(account, Means::Paper).await?;
        let found = papers.iter().find(|paper| *paper.secret == given);
        Ok(found.map(|paper| Found::Paper(paper.id)))
    }

    /// Uses a code up. False when somebody was faster: each works once (RFC 6238 §5.2).
    async fn use_code(&self, tx: &mut Tx, found: Found) -> Result<bool, Error> {
        let used = match found {
            Found::App(id, step) => {
                sql(
                    "UPDATE credentials SET used_step = $2, used_on = $3 WHERE id = $1 \
                     AND (used_step IS NULL OR used_step < $2)",
                )
                .bind(id)
                .bind(step)
                .bind(self.now().date(&self.zone))
                .run(tx)
                .await?
            }
            Found::Paper(id) => {
                sql("DELETE FROM credentials WHERE id = $1")
                    .bind(id)
                    .run(tx)
                    .await?
            }
        };
        Ok(used == 1)
    }

    /// The step of thirty seconds that the code is of: this one, the one before or the one after (RFC 6238 §5.2).
    fn step_of(&self, secret: &str, code: &str) -> Option<i64> {
        let now = u64::try_from(self.now().as_millis() / 1_000).ok()?;
        let step = totp(secret, None)?.check(code, now)?;
        i64::try_from(step).ok()
    }

    /// A code on paper as it is kept: a keyed hash, so that two can be compared in any time.
    fn paper_mark(&self, account: &Account, code: &str) -> String {
        let name = [
            account.id.as_bytes().as_slice(),
            code.to_ascii_lowercase().as_bytes(),
        ]
        .concat();
        hex(&self.vault.token_mac("paper", &name).0)
    }

    /// Proposes a secret to the acting member of staff's app. Who is signed in gives their password again.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others, [`Error::NotFound`] for a wrong password.
    pub async fn propose_app(&self, actor: &Actor, current: &str) -> Result<(), Error> {
        let account = self.with_password(actor, current).await?;
        let secret = Secret::new_stack(self.rng.bytes()).to_base32();
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        self.drop_means(&mut tx, &account, Means::Proposed).await?;
        self.add_means(
            &mut tx,
            &account,
            &home,
            Means::Proposed,
            (secret.as_str(), super::Device::UNKNOWN),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// The secret that waits for its first code; `issuer` and `name` are how the app lists it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others.
    pub async fn proposed_app(
        &self,
        actor: &Actor,
        issuer: &str,
        name: &str,
    ) -> Result<Option<Proposal>, Error> {
        let account = owner_of_app(actor)?;
        let Some(proposed) = self.means_of(&account, Means::Proposed).await?.into_iter().next() else {
            return Ok(None);
        };
        let refused = || Error::Invalid("the app's secret can't be shown");
        let uri = totp(&proposed.secret, Some((issuer, name)))
            .and_then(|totp| totp.to_url().ok())
            .ok_or_else(refused)?;
        let code =
            qrcodegen::QrCode::encode_text(&uri, qrcodegen::QrCodeEcc::Medium).map_err(|_| refused())?;
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let squares = dark.filter(|(x, y)| code.get_module(*x, *y));
        let path = squares
            .map(|(x, y)| format!("M{} {}h1v1h-1z", x + 4, y + 4))
            .collect();
        Ok(Some(Proposal {
            secret: Shown::new(proposed.secret.to_string()),
            uri: Shown::new(uri),
            path: Shown::new(path),
            side: code.size() + 8,
        }))
    }

    /// The app's first code: from then on the account asks for one. Other sessions end, which a password alone began.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a wrong code or without a proposal, [`Error::TooOften`] after too many wrong ones.
    pub async fn confirm_app(
        &self,
        actor: &Actor,
        cookie: &str,
        code: &str,
        caller: &Caller,
    ) -> Result<Confirmed, Error> {
        let account = owner_of_app(actor)?;
        let proposed = self.means_of(&account, Means::Proposed).await?;
        let secret = &proposed.first().ok_or(Error::NotFound)?.secret;
        let limit = self.limit(CODES, "first-code", &[account.id.as_bytes()]);
        self.take(&[limit]).await?;
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = self.step_of(secret, &code).ok_or(Error::NotFound)?;
        let home = self.home(&account).await?;
        let known = self.knows(caller, &[account.id]).await?;
        let mut tx = self.begin().await?;
        for means in [Means::Proposed, Means::App] {
            self.drop_means(&mut tx, &account, means).await?;
        }
        let app = self
            .add_means(
                &mut tx,
                &account,
                &home,
                Means::App,
                (secret.as_str(), super::Device::UNKNOWN),
            )
            .await?;
        sql("UPDATE credentials SET used_step = $2 WHERE id = $1")
            .bind(app)
            .bind(step)
            .run(&mut tx)
            .await?;
        let codes = self.put_codes(&mut tx, &account, &home).await?;
        self.forget_tries(&mut tx, limit).await?;
        self.end_sessions_of(&mut tx, &account, Some(cookie)).await?;
        let signed_in = match actor.who() {
            Who::Halfway { id, .. } => Some(
                self.complete(&mut tx, *id, (cookie, Entry::Code), (caller, known))
                    .await?,
            ),
            _ => None,
        };
        self.note(
            &mut tx,
            "second_factor_set",
            Some(&home.filed.key),
            &serde_json::json!({}),
        )
        .await?;
        tx.commit().await?;
        Ok(Confirmed { codes, signed_in })
    }

    /// New codes on paper; those before are worth nothing any more.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others and without an app, [`Error::NotFound`] for a wrong password.
    pub async fn new_codes(&self, actor: &Actor, current: &str) -> Result<Vec<Shown<String>>, Error> {
        let account = self.with_password(actor, current).await?;
        if !self.has_means(&self.db, &account, &[Means::App]).await? {
            return Err(Error::Forbidden);
        }
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        let codes = self.put_codes(&mut tx, &account, &home).await?;
        tx.commit().await?;
        Ok(codes)
    }

    async fn put_codes(
        &self,
        tx: &mut Tx,
        account: &Account,
        home: &super::credentials::Home,
    ) -> Result<Vec<Shown<String>>, Error> {
        self.drop_means(tx, account, Means::Paper).await?;
        let mut codes = Vec::with_capacity(PAPER);
        for _ in 0..PAPER {
            let letters = self.rng.bytes::<10>().map(|byte| LETTERS[usize::from(byte & 31)]);
            let code: String = letters.iter().map(|letter| char::from(*letter)).collect();
            let mark = self.paper_mark(account, &code);
            self.add_means(
                tx,
                account,
                home,
                Means::Paper,
                (mark.as_str(), super::Device::UNKNOWN),
            )
            .await?;
            codes.push(Shown::new(format!("{}-{}", &code[..5], &code[5..])));
        }
        Ok(codes)
    }

    /// The account asks for no code any more.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others, [`Error::NotFound`] for a wrong password, [`Error::LastFactor`] where the charter
    /// asks for a second factor and the account has no other.
    pub async fn remove_app(&self, actor: &Actor, current: &str) -> Result<(), Error> {
        let account = self.with_password(actor, current).await?;
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        lock(&mut tx, account.id.cast()).await?;
        for means in [Means::App, Means::Proposed, Means::Paper] {
            self.drop_means(&mut tx, &account, means).await?;
        }
        self.keep_a_factor(&mut tx, actor).await?;
        self.note(
            &mut tx,
            "second_factor_removed",
            Some(&home.filed.key),
            &serde_json::json!({}),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// The owner of the account, who gave their password just now or gives it again.
    async fn with_password(&self, actor: &Actor, current: &str) -> Result<Account, Error> {
        let account = owner_of_app(actor)?;
        if actor.staff().is_some() {
            self.confirm_password(&account, current).await?;
        }
        Ok(account)
    }
}

/// The account whose second factor the actor looks after: one's own, at the desk or on the way there.
fn owner_of_app(actor: &Actor) -> Result<Account, Error> {
    match actor.who() {
        Who::Staff { id, human: true, .. } | Who::Halfway { id, setup: true } => Ok(Account::staff(*id)),
        _ => Err(Error::Forbidden),
    }
}

/// As apps have it by default: SHA-1, six digits, thirty seconds, one step of tolerance on each side.
fn totp(secret: &str, listed: Option<(&str, &str)>) -> Option<Totp> {
    let builder = Builder::new().with_secret(Secret::try_from_base32(secret).ok()?);
    // A colon parts issuer and name.
    let plain = |text: &str| text.replace(':', " ");
    let (issuer, name) = listed.unwrap_or(("Vivier", "Vivier"));
    let builder = builder
        .with_account_name(plain(name))
        .with_issuer(Some(plain(issuer)));
    builder.build().ok()
}
