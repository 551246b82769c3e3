//! Owns: what a password must be, its hash, signing in with one, changing it. Doesn't own: where it lies sealed
//! ([`super::credentials`]).
//!
//! After NIST SP 800-63B-4 §3.1.1: length and a list of the commonest, no rules of composition, no expiry.

use std::fmt;

use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};
use kernel::{Id, words};
use storage::{KeyedHash, Tx, sql};
use unicode_normalization::UnicodeNormalization as _;
use vault::LookupKind;
use zeroize::Zeroizing;

use super::{
    Account, AccountKind, Caller, SessionToken,
    credentials::{Home, Means},
    is_token,
    limits::{Limit, Rate},
    random_token,
    sessions::{Entry, Stage},
};
use crate::{Actor, Error, Guard, Personal};

/// The least length of a password, in characters (SP 800-63B-4 §3.1.1.2, where it may be the only factor).
pub const MIN_PASSWORD: usize = 15;
/// The greatest, so that hashing is no way to tire the server (the same asks for 64 at least).
pub const MAX_PASSWORD: usize = 256;

words! {
    /// Why a password isn't taken.
    pub enum WeakPassword {
        /// Fewer than [`MIN_PASSWORD`] characters.
        Short = "short",
        /// More than [`MAX_PASSWORD`].
        Long = "long",
        /// Among the first that anybody would try.
        Common = "common",
    }
}

impl fmt::Display for WeakPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => write!(f, "the password is too short: at least {MIN_PASSWORD} characters"),
            Self::Long => write!(f, "the password is too long: at most {MAX_PASSWORD} characters"),
            Self::Common => f.write_str(
                "the password is among the first that anybody would try: take some unrelated words",
            ),
        }
    }
}

/// A password that somebody chooses.
#[derive(Clone, Copy)]
pub struct ChosenPassword<'a> {
    /// As it was typed.
    pub text: &'a str,
    /// A person's own address, which lies in a row of the capability's, so that nothing is taken that repeats it.
    pub address: Option<&'a Personal<String>>,
}

/// A known browser's mark, for its cookie alone.
pub struct DeviceToken(String);

impl DeviceToken {
    /// The text for the cookie.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

/// Somebody who signed in, as far as they have come.
pub struct SignedIn {
    /// Their session.
    pub session: SessionToken,
    /// The browser's mark, when it is new to the account.
    pub device: Option<DeviceToken>,
    /// How far it has come.
    pub stage: Stage,
}

/// One's guesses at one account from one address.
const PAIR: Rate = Rate {
    burst: 10,
    seconds: 60,
};
/// All wrong guesses from one address: an office shares one.
const ADDRESS: Rate = Rate {
    burst: 100,
    seconds: 10,
};
/// All wrong guesses at one account, from wherever (SP 800-63B-4 §3.2.2: at most 100 in a row).
const ACCOUNT: Rate = Rate {
    burst: 100,
    seconds: 60,
};
/// Wrong guesses from a browser that entered the account before; nobody else's count against it.
const KNOWN: Rate = Rate {
    burst: 20,
    seconds: 30,
};
/// A browser is known for so many seconds after it last signed in.
const DEVICE_SECONDS: i64 = 182 * 86_400;
/// An estimate of fewer guesses than this counts as one of the commonest (zxcvbn's "very guessable").
const COMMON_GUESSES: u64 = 1_000_000;

impl Guard {
    /// Signs in with a password. An unknown address takes as long as a wrong password, and says as much.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the two don't fit; which of them was wrong isn't told. [`Error::TooOften`] after too
    /// many wrong ones: from this address, or, where this browser never entered the account, from wherever. Where a
    /// second factor is asked the session acts for nobody until it is given.
    pub async fn sign_in(
        &self,
        kind: AccountKind,
        email: &str,
        password: &str,
        caller: &Caller,
    ) -> Result<SignedIn, Error> {
        let accounts = self.accounts_of_email(kind, email).await?;
        let known = self.knows(caller, &accounts).await?;
        let limits = self.guesses(kind, email, caller, known);
        self.take(&limits).await?;
        let found = self.newest_means(&accounts, Means::Password).await?;
        let stored = found.as_ref().map(|(_, opened)| opened.secret.clone());
        if !self.verify_password(password, stored).await? {
            return Err(Error::NotFound);
        }
        let (id, opened) = found.ok_or(Error::NotFound)?;
        let stage = self.stage_after_password(kind, id).await?;
        let mut tx = self.begin().await?;
        self.forgive(&mut tx, &limits).await?;
        self.account_used(&mut tx, opened.dossier).await?;
        // Only who came all the way is known from then on.
        let device = match known || stage != Stage::Whole {
            true => None,
            false => Some(self.add_device(&mut tx, id).await?),
        };
        let session = self
            .add_session(&mut tx, (kind, id), caller.device, (stage, Entry::Password))
            .await?;
        tx.commit().await?;
        Ok(SignedIn {
            session,
            device,
            stage,
        })
    }

    /// What counts wrong guesses, the closest first.
    fn guesses(&self, kind: AccountKind, email: &str, caller: &Caller, known: bool) -> Vec<Limit> {
        let mailbox = self
            .vault
            .blind(LookupKind::Email, &crate::collect::normal_email(email));
        match &caller.known {
            Some(device) if known => {
                let door = kernel::Word::word(kind).as_bytes();
                vec![self.limit(KNOWN, "known", &[door, &mailbox.0, device.as_bytes()])]
            }
            _ => {
                let [pair, account] = self.guesses_of(kind, &mailbox, caller);
                vec![pair, account, self.limit(ADDRESS, "address", &[&caller.place()])]
            }
        }
    }

    /// What counts wrong guesses at whoever is filed under that mailbox: the caller's, and everybody's.
    fn guesses_of(&self, kind: AccountKind, mailbox: &KeyedHash, caller: &Caller) -> [Limit; 2] {
        let door = kernel::Word::word(kind).as_bytes();
        [
            self.limit(PAIR, "pair", &[door, &mailbox.0, &caller.place()]),
            self.limit(ACCOUNT, "account", &[door, &mailbox.0]),
        ]
    }

    /// The same for an account, under every mailbox that it is entered by.
    pub(super) async fn guesses_at(&self, account: &Account, caller: &Caller) -> Result<Vec<Limit>, Error> {
        let mut limits = Vec::new();
        for id in account.ids() {
            let mailboxes = self.vault.lookups_of(id.cast(), LookupKind::Email).await?;
            let counted = mailboxes
                .iter()
                .flat_map(|mailbox| self.guesses_of(account.kind, mailbox, caller));
            limits.extend(counted);
        }
        Ok(limits)
    }

    /// The guess was right: those before it at this account count no more, those at others still do.
    async fn forgive(&self, tx: &mut Tx, limits: &[Limit]) -> Result<(), Error> {
        for (nth, limit) in limits.iter().enumerate() {
            if nth == 2 {
                self.give_back(tx, *limit).await?;
            } else {
                self.forget_tries(tx, *limit).await?;
            }
        }
        Ok(())
    }

    /// Whether the browser entered one of the accounts before.
    pub(super) async fn knows(&self, caller: &Caller, accounts: &[Id<()>]) -> Result<bool, Error> {
        let Some(token) = caller.known.as_deref().filter(|token| is_token(token)) else {
            return Ok(false);
        };
        let row = sql("SELECT account FROM devices WHERE token = $1 AND ends_at > $2")
            .bind(self.vault.token_mac("device", token.as_bytes()))
            .bind(self.now())
            .optional(&self.db)
            .await?;
        Ok(match row {
            Some(row) => accounts.contains(&row.get("account")?),
            None => false,
        })
    }

    pub(super) async fn add_device(&self, tx: &mut Tx, account: Id<()>) -> Result<DeviceToken, Error> {
        let token = DeviceToken(random_token(&self.rng));
        sql("INSERT INTO devices (token, account, ends_at) VALUES ($1, $2, $3)")
            .bind(self.vault.token_mac("device", token.0.as_bytes()))
            .bind(account)
            .bind(self.now().plus_seconds(DEVICE_SECONDS))
            .run(tx)
            .await?;
        Ok(token)
    }

    /// Whether the acting account has a password.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to a stranger.
    pub async fn has_password(&self, actor: &Actor) -> Result<bool, Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        self.has_means(&self.db, &account, &[Means::Password]).await
    }

    /// Changes the acting account's password, or sets its first. Every other session of it ends.
    ///
    /// # Errors
    /// [`Error::NotFound`] when `current` isn't the one it has, [`Error::TooOften`] after too many of those,
    /// [`Error::Weak`] when the new one isn't taken.
    pub async fn change_password(
        &self,
        actor: &Actor,
        cookie: &str,
        current: &str,
        new: ChosenPassword<'_>,
    ) -> Result<(), Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        self.confirm_password(&account, current).await?;
        let hash = self.hash_chosen(&account, new).await?;
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        self.put_password(&mut tx, &account, &home, (&hash, Some(cookie)))
            .await?;
        Ok(tx.commit().await?)
    }

    /// Asks for the password again, where the account has one: a session left open isn't enough to change how the
    /// account is entered.
    pub(super) async fn confirm_password(&self, account: &Account, current: &str) -> Result<(), Error> {
        let Some(held) = self.means_of(account, Means::Password).await?.into_iter().next() else {
            return Ok(());
        };
        let limit = self.limit(PAIR, "confirm", &[account.id.as_bytes()]);
        self.take(&[limit]).await?;
        if !self.verify_password(current, Some(held.secret)).await? {
            return Err(Error::NotFound);
        }
        let mut tx = self.begin().await?;
        self.forget_tries(&mut tx, limit).await?;
        Ok(tx.commit().await?)
    }

    /// Puts the password in place of any before; sessions end, but the spared one, and links to choose one.
    pub(super) async fn put_password(
        &self,
        tx: &mut Tx,
        account: &Account,
        home: &Home,
        (hash, spared): (&str, Option<&str>),
    ) -> Result<(), Error> {
        self.drop_means(tx, account, Means::Password).await?;
        self.add_means(tx, account, home, Means::Password, (hash, super::Device::UNKNOWN))
            .await?;
        self.end_sessions_of(tx, account, spared).await?;
        sql("DELETE FROM password_links WHERE account IN ($list)")
            .bind_list(account.ids())
            .run(&mut *tx)
            .await?;
        self.note(tx, "password_set", Some(&home.filed.key), &serde_json::json!({}))
            .await
    }

    /// The hash of what an account's owner chose.
    pub(super) async fn hash_chosen(
        &self,
        account: &Account,
        chosen: ChosenPassword<'_>,
    ) -> Result<String, Error> {
        let own = match account.kind {
            AccountKind::Staff => self.address_of_staff(account.id.cast()).await?,
            AccountKind::Person => None,
        };
        let address = chosen.address.or(own.as_ref()).map(Personal::value);
        self.hash_password(chosen.text, address.map_or("", String::as_str))
            .await
    }

    /// The password's hash, when it may be one: none that says little more than the account's address or whose site
    /// this is (SP 800-63B-4 §3.1.1.2).
    pub(super) async fn hash_password(&self, password: &str, address: &str) -> Result<String, Error> {
        let password = normal(password);
        let length = password.chars().count();
        if length < MIN_PASSWORD {
            return Err(Error::Weak(WeakPassword::Short));
        }
        if length > MAX_PASSWORD {
            return Err(Error::Weak(WeakPassword::Long));
        }
        let known = known_words(&[address, self.charter().controller().name.as_str(), self.name()]);
        let salt = self.rng.bytes::<16>();
        let _turn = self.hashing.acquire().await.map_err(|_| Error::TooLate)?;
        let hashed = platform::tasks::blocking(move || {
            let known: Vec<&str> = known.iter().map(|word| word.as_str()).collect();
            if zxcvbn::zxcvbn(&password, &known).guesses() < COMMON_GUESSES {
                return Err(Error::Weak(WeakPassword::Common));
            }
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|_| Error::Invalid("the password can't be hashed"))
        });
        hashed
            .await
            .unwrap_or(Err(Error::Invalid("the password can't be hashed")))
    }

    async fn verify_password(
        &self,
        password: &str,
        stored: Option<Zeroizing<String>>,
    ) -> Result<bool, Error> {
        if password.chars().count() > MAX_PASSWORD {
            return Ok(false);
        }
        let _turn = self.hashing.acquire().await.map_err(|_| Error::TooLate)?;
        let (password, known) = (normal(password), stored.is_some());
        let stored = stored.unwrap_or_else(|| Zeroizing::new(NOBODY.to_owned()));
        let fits = platform::tasks::blocking(move || {
            let Ok(hash) = PasswordHash::new(&stored) else {
                return false;
            };
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        Ok(fits.await.unwrap_or(false) && known)
    }
}

/// What anybody would try first who knows these: each whole, without what parts its words, and the words.
fn known_words(texts: &[&str]) -> Vec<Zeroizing<String>> {
    let mut known = Vec::new();
    for text in texts {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .collect();
        known.push(Zeroizing::new((*text).to_owned()));
        known.push(Zeroizing::new(words.concat()));
        known.extend(words.iter().map(|word| Zeroizing::new((*word).to_owned())));
    }
    known.retain(|word| !word.is_empty());
    known
}

/// One form for what looks the same, whatever keyboard it was typed on (SP 800-63B-4 §3.1.1.2: NFKC).
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfkc().collect())
}

/// The hash that a password is held against when there is no account: of no password, with the same parameters.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_hash_costs_what_anybody_s_does() {
        let fresh = Argon2::default()
            .hash_password_with_salt(b"any password", &[7; 16])
            .unwrap()
            .to_string();
        let (fresh, nobody) = (
            PasswordHash::new(&fresh).unwrap(),
            PasswordHash::new(NOBODY).unwrap(),
        );
        assert_eq!(nobody.algorithm, fresh.algorithm);
        assert_eq!(nobody.version, fresh.version);
        assert_eq!(nobody.params.to_string(), fresh.params.to_string());
        assert!(nobody.salt.is_some() && nobody.hash.is_some());
    }
}
