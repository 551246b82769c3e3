//! Owns: passkeys (WebAuthn level 3): registering, listing, removing, signing in. A passkey is both factors in one: what
//! one has, and the finger, face or PIN that opens it. Doesn't own: the script that asks the browser (`web`).
//!
//! What the library must remember between its two steps travels sealed through the browser; the row that makes it
//! worth something is here, and is used once.

use kernel::{Date, Id, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use storage::sql;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    Account, AccountKind, Caller, Credential, Device, SignedIn,
    credentials::Means,
    joined::lock,
    limits::Rate,
    random_token,
    sessions::{Entry, Stage},
};
use crate::{Actor, Error, Guard, actor::Who};

/// What the browser is asked, and what it brings back with its answer.
#[derive(Serialize)]
pub struct Ceremony {
    /// The options of `navigator.credentials`, bytes in base64url.
    pub options: serde_json::Value,
    /// Sealed.
    pub state: String,
}

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPasskey {
    /// Which.
    pub id: Id<Credential>,
    /// From which device it was added.
    pub device: Device,
    /// When.
    pub added_at: Timestamp,
    /// The day it was last used on.
    pub used_on: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct Begun<S> {
    token: String,
    account: Option<Id<()>>,
    state: S,
}

const REGISTER: &str = "passkey-register";
const ENTER: &str = "passkey-enter";
/// A ceremony takes at most so many seconds.
const SECONDS: i64 = 300;
/// Ceremonies that one caller may begin.
const BEGIN: Rate = Rate {
    burst: 60,
    seconds: 10,
};
/// So many passkeys at most.
const MOST: usize = 20;

impl Guard {
    /// Begins to register a passkey for the acting account, which gives its password again where it has one; who is on
    /// the way in and must set up a second factor gave it just now. `origin` is the site's address, `label` what the
    /// device lists it under.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to a stranger, [`Error::NotFound`] for a wrong password, [`Error::TooLate`] when there are
    /// as many as there may be.
    pub async fn begin_passkey(
        &self,
        actor: &Actor,
        current: &str,
        (origin, label): (&str, &str),
    ) -> Result<Ceremony, Error> {
        let account = owner(actor)?;
        if actor.account().is_some() {
            self.confirm_password(&account, current).await?;
        }
        let held = self.passkeys_of(&account).await?;
        if held.len() >= MOST {
            return Err(Error::TooLate);
        }
        let exclude = held
            .iter()
            .map(|(_, passkey)| passkey.cred_id().clone())
            .collect();
        let handle = Uuid::from_bytes(*account.id.as_bytes());
        let (challenge, state) = relying_party(origin, label)?
            .start_passkey_registration(handle, label, label, Some(exclude))
            .map_err(refused)?;
        let mut options = serde_json::to_value(challenge).map_err(|_| Error::Broken)?;
        // Signing in asks for no address, so the device must find the passkey by itself.
        let selection = &mut options["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        let state = self.begin_ceremony(REGISTER, Some(account.id), state).await?;
        Ok(Ceremony { options, state })
    }

    /// Keeps the passkey that the browser made. Who is on the way in is signed in by it: their other sessions, which a
    /// password alone began, end.
    ///
    /// # Errors
    /// [`Error::Broken`] when the answer can't be read, [`Error::NotFound`] when it doesn't fit what was asked, or was
    /// used; [`Error::Forbidden`] on the way in, once the account has a second factor.
    pub async fn keep_passkey(
        &self,
        actor: &Actor,
        (cookie, origin): (&str, &str),
        (state, answer): (&str, &str),
        caller: &Caller,
    ) -> Result<Option<SignedIn>, Error> {
        let account = owner(actor)?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let begun: Begun<PasskeyRegistration> = self.end_ceremony(REGISTER, state).await?;
        if begun.account != Some(account.id) {
            return Err(Error::NotFound);
        }
        if actor.halfway().is_some()
            && self.stage_after_password(account.kind, account.id).await? != Stage::Setup
        {
            return Err(Error::Forbidden);
        }
        let passkey = relying_party(origin, "")?
            .finish_passkey_registration(&answer, &begun.state)
            .map_err(refused)?;
        let secret = serde_json::to_string(&passkey).map_err(|_| Error::Broken)?;
        let home = self.home(&account).await?;
        let known = self.knows(caller, &[account.id]).await?;
        let mut tx = self.begin().await?;
        self.add_means(
            &mut tx,
            &account,
            &home,
            Means::Passkey,
            (secret.as_str(), caller.device),
        )
        .await?;
        self.note(
            &mut tx,
            "passkey_added",
            Some(&home.filed.key),
            &serde_json::json!({}),
        )
        .await?;
        let signed_in = match actor.who() {
            Who::Halfway { id, .. } => {
                self.end_sessions_of(&mut tx, &account, Some(cookie)).await?;
                Some(
                    self.complete(&mut tx, *id, (cookie, Entry::Passkey), (caller, known))
                        .await?,
                )
            }
            _ => {
                self.end_setups(&mut tx, &account).await?;
                None
            }
        };
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The acting account's passkeys, newest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to a stranger.
    pub async fn own_passkeys(&self, actor: &Actor) -> Result<Vec<OwnPasskey>, Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        let rows = sql("SELECT id, browser, system, added_at, used_on FROM credentials \
             WHERE kind = $1 AND account IN ($list) ORDER BY id DESC")
        .bind(Means::Passkey)
        .bind_list(account.ids())
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OwnPasskey {
                    id: row.get("id")?,
                    device: Device {
                        browser: row.get("browser")?,
                        system: row.get("system")?,
                    },
                    added_at: row.get("added_at")?,
                    used_on: row.get("used_on")?,
                })
            })
            .collect()
    }

    /// Removes one of the acting account's passkeys; its password is asked again where it has one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a wrong password and when it has none of that id, [`Error::LastFactor`] where the charter
    /// asks for a second factor and the account has no other.
    pub async fn remove_passkey(
        &self,
        actor: &Actor,
        current: &str,
        id: Id<Credential>,
    ) -> Result<(), Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        self.confirm_password(&account, current).await?;
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        lock(&mut tx, account.id.cast()).await?;
        let gone = sql("DELETE FROM credentials WHERE id = $1 AND kind = $2 AND account IN ($list)")
            .bind(id)
            .bind(Means::Passkey)
            .bind_list(account.ids())
            .run(&mut tx)
            .await?;
        if gone == 0 {
            return Err(Error::NotFound);
        }
        self.keep_a_factor(&mut tx, actor).await?;
        self.note(
            &mut tx,
            "passkey_removed",
            Some(&home.filed.key),
            &serde_json::json!({}),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Begins to sign somebody in by a passkey; who, the device tells.
    ///
    /// # Errors
    /// [`Error::TooOften`] when the caller began too many.
    pub async fn begin_entering(&self, origin: &str, caller: &Caller) -> Result<Ceremony, Error> {
        self.take(&[self.limit(BEGIN, "passkey", &[&caller.place()])])
            .await?;
        let (challenge, state) = relying_party(origin, "")?
            .start_discoverable_authentication()
            .map_err(refused)?;
        let mut options = serde_json::to_value(challenge).map_err(|_| Error::Broken)?;
        // A button asks for it, not a field's suggestions.
        if let Some(options) = options.as_object_mut() {
            options.remove("mediation");
        }
        let state = self.begin_ceremony(ENTER, None, state).await?;
        Ok(Ceremony { options, state })
    }

    /// Signs in whoever the passkey is of: both factors were given.
    ///
    /// # Errors
    /// [`Error::Broken`] when the answer can't be read, [`Error::NotFound`] when it opens no account.
    pub async fn enter_by_passkey(
        &self,
        origin: &str,
        (state, answer): (&str, &str),
        caller: &Caller,
    ) -> Result<(AccountKind, SignedIn), Error> {
        let answer: PublicKeyCredential = read(answer)?;
        let begun: Begun<DiscoverableAuthentication> = self.end_ceremony(ENTER, state).await?;
        let party = relying_party(origin, "")?;
        let (handle, found) = party
            .identify_discoverable_authentication(&answer)
            .map_err(refused)?;
        let id: Id<()> = handle.simple().to_string().parse().map_err(|_| Error::NotFound)?;
        let kind = self.kind_of(id).await?;
        let account = self.account(kind, id).await?;
        let held = self.passkeys_of(&account).await?;
        let (opened, mut passkey) = held
            .into_iter()
            .find(|(_, passkey)| passkey.cred_id().as_slice() == found)
            .ok_or(Error::NotFound)?;
        let result = party
            .finish_discoverable_authentication_v2(&answer, begun.state, &passkey)
            .map_err(refused)?;
        passkey.update_credential(&result);
        let secret = serde_json::to_string(&passkey).map_err(|_| Error::Broken)?;
        let filed = self.filed(opened.dossier).await?;
        let sealed = super::credentials::seal(&filed, &opened.id, &secret);
        let mut tx = self.begin().await?;
        let kept =
            sql("UPDATE credentials SET secret = $2, used_on = $3, charter_version = $4 WHERE id = $1")
                .bind(opened.id)
                .bind(sealed)
                .bind(self.now().date(&self.zone))
                .bind(self.charter().version())
                .run(&mut tx)
                .await?;
        if kept == 0 {
            return Err(Error::NotFound);
        }
        self.account_used(&mut tx, opened.dossier).await?;
        let session = self
            .add_session(&mut tx, (kind, id), caller.device, (Stage::Whole, Entry::Passkey))
            .await?;
        tx.commit().await?;
        Ok((
            kind,
            SignedIn {
                session,
                device: None,
                stage: Stage::Whole,
            },
        ))
    }

    /// Whose account it is; one that has ended is nobody's.
    async fn kind_of(&self, id: Id<()>) -> Result<AccountKind, Error> {
        if self.role_of(id.cast()).await?.is_some() {
            return Ok(AccountKind::Staff);
        }
        match self.is_staff(id.cast()).await? {
            true => Err(Error::NotFound),
            false => Ok(AccountKind::Person),
        }
    }

    async fn passkeys_of(
        &self,
        account: &Account,
    ) -> Result<Vec<(super::credentials::Opened, Passkey)>, Error> {
        let mut passkeys = Vec::new();
        for opened in self.means_of(account, Means::Passkey).await? {
            let passkey = serde_json::from_str(&opened.secret).map_err(|_| vault::Error::Tampered)?;
            passkeys.push((opened, passkey));
        }
        Ok(passkeys)
    }

    async fn begin_ceremony<S: Serialize>(
        &self,
        context: &str,
        account: Option<Id<()>>,
        state: S,
    ) -> Result<String, Error> {
        let token = random_token(&self.rng);
        let mut tx = self.begin().await?;
        sql("INSERT INTO ceremonies (token, ends_at) VALUES ($1, $2)")
            .bind(self.vault.token_mac(context, token.as_bytes()))
            .bind(self.now().plus_seconds(SECONDS))
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        let begun = Begun {
            token,
            account,
            state,
        };
        let plain = serde_json::to_vec(&begun).map_err(|_| Error::Broken)?;
        Ok(URL_SAFE_NO_PAD.encode(self.vault.seal_token(context, &plain)))
    }

    /// Opens what was begun, and uses it up.
    async fn end_ceremony<S: DeserializeOwned>(
        &self,
        context: &str,
        sealed: &str,
    ) -> Result<Begun<S>, Error> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Error::NotFound)?;
        let plain = self.vault.open_token(context, &sealed).ok_or(Error::NotFound)?;
        let begun: Begun<S> = serde_json::from_slice(&plain).map_err(|_| Error::NotFound)?;
        let mut tx = self.begin().await?;
        let used = sql("DELETE FROM ceremonies WHERE token = $1 AND ends_at > $2")
            .bind(self.vault.token_mac(context, begun.token.as_bytes()))
            .bind(self.now())
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        if used == 1 {
            Ok(begun)
        } else {
            Err(Error::NotFound)
        }
    }
}

/// The account whose passkeys the actor looks after: one's own, signed in or on the way to a first second factor.
fn owner(actor: &Actor) -> Result<Account, Error> {
    match actor.who() {
        Who::Halfway { id, setup: true } => Ok(Account::staff(*id)),
        _ => actor.account().ok_or(Error::Forbidden),
    }
}

/// The site, as WebAuthn knows it: by its host.
fn relying_party(origin: &str, name: &str) -> Result<Webauthn, Error> {
    let unfit = || Error::Invalid("passkeys need a site that is reached under a host's name");
    let url = Url::parse(origin).map_err(|_| unfit())?;
    let host = url.domain().ok_or_else(unfit)?;
    WebauthnBuilder::new(host, &url)
        .and_then(|builder| builder.rp_name(name).build())
        .map_err(|_| unfit())
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T, Error> {
    serde_json::from_str(answer).map_err(|_| Error::Broken)
}

/// Why isn't told: an answer that doesn't fit opens nothing.
fn refused(_: webauthn_rs::prelude::WebauthnError) -> Error {
    Error::NotFound
}
