//! Owns: links to choose a password, for who forgot theirs and for who is invited: each works once and ends soon.
//! Doesn't own: the words of the mail that carries one (`app`).

use std::collections::HashSet;

use charter::Trigger;
use kernel::{Id, words};
use storage::{KeyedHash, Tx, sql};
use vault::LookupKind;

use super::{
    Account, AccountKind, Caller, ChosenPassword, DeviceToken, LinkToken,
    credentials::Means,
    is_token,
    limits::{Limit, Rate},
    random_token,
};
use crate::{
    Actor, Error, Filed, Guard, Personal,
    actor::Who,
    send::{MailKind, NewMail},
};

words! {
    /// What a link to choose a password is for.
    pub enum PasswordLinkKind {
        /// The password was forgotten.
        Recovery = "recovery",
        /// A colleague is invited.
        Invitation = "invitation",
    }
}

impl PasswordLinkKind {
    /// How long it works, in seconds.
    const fn seconds(self) -> i64 {
        match self {
            Self::Recovery => 3_600,
            Self::Invitation => 7 * 86_400,
        }
    }

    const fn mail(self) -> MailKind {
        match self {
            Self::Recovery => MailKind::Recovery,
            Self::Invitation => MailKind::Invitation,
        }
    }
}

/// What a mail says around its link.
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The charter's fields that it carries, the address it goes to among them.
    pub fields: Vec<&'static str>,
}

/// Mails from one of the doors to one address that anybody may ask for.
const MAILBOX: Rate = Rate {
    burst: 5,
    seconds: 600,
};
/// Mails to whatever addresses that one caller may ask for.
const CALLER: Rate = Rate {
    burst: 60,
    seconds: 60,
};

/// Mails to one address that somebody typed and nobody has proven: more than anybody applies in an hour.
const UNPROVEN: Rate = Rate {
    burst: 20,
    seconds: 600,
};
/// Mails to whatever such addresses that one caller typed: a class or an employment office shares one.
const TYPED: Rate = Rate {
    burst: 100,
    seconds: 30,
};

impl Guard {
    /// Counts a mail to an address that somebody typed and nobody has proven, in the transaction that queues it: few to
    /// one address, some from one caller. Where that many went, its commit fails as [`Error::is_used_up`] knows, and
    /// nothing of it is written or counted.
    ///
    /// # Errors
    /// The storage's.
    pub async fn count_unproven(
        &self,
        tx: &mut Tx,
        to: &Personal<String>,
        caller: &Caller,
    ) -> Result<(), Error> {
        self.take_with(tx, &self.unproven(to, caller)).await
    }

    /// What limits mails to an address that somebody typed and nobody has proven.
    pub(super) fn unproven(&self, to: &Personal<String>, caller: &Caller) -> Vec<Limit> {
        let mailbox = self
            .vault
            .blind(LookupKind::Email, &crate::collect::normal_email(to.value()));
        let mut limits = vec![self.limit(UNPROVEN, "unproven", &[&mailbox.0])];
        // This machine's own address is a proxy's that says nothing of who is behind it: everybody would share it.
        if !caller.address.to_canonical().is_loopback() {
            limits.push(self.limit(TYPED, "typed", &[&caller.place()]));
        }
        limits
    }

    /// Whether that caller may ask for another mail, whatever the addresses.
    ///
    /// # Errors
    /// [`Error::TooOften`] when they asked for too many.
    pub async fn may_ask_for_mail(&self, caller: &Caller) -> Result<(), Error> {
        self.take(&[self.limit(CALLER, "mail-caller", &[&caller.place()])])
            .await
    }

    /// Whether a mail that a stranger asked for may go to an address now: asked only when one would, so that asking at
    /// a door that knows nobody of that address uses nothing up. The links of the mails before still work, so nobody is
    /// kept out who may not.
    pub(super) async fn may_mail(&self, door: AccountKind, email: &str) -> Result<bool, Error> {
        let email = crate::collect::normal_email(email);
        let door = kernel::Word::word(door).as_bytes();
        self.has_room(&[self.limit(MAILBOX, "mailbox", &[door, email.as_bytes()])])
            .await
    }

    /// Sends a link to every account of that kind that has a password and whose mailbox it is; gives how many. None
    /// when that many were asked for lately.
    ///
    /// # Errors
    /// [`Error::Refused`] when the charter lets no such mail leave; the vault's and the storage's.
    pub async fn send_recovery(
        &self,
        kind: AccountKind,
        email: &str,
        write: &(dyn Fn(&LinkToken) -> Letter + Send + Sync),
    ) -> Result<usize, Error> {
        let mut sent = HashSet::new();
        let to = Personal::new(email.trim().to_owned());
        for id in self.accounts_of_email(kind, email).await? {
            let account = self.account(kind, id).await?;
            let has_one = !self.means_of(&account, Means::Password).await?.is_empty();
            if !has_one || !self.is_filed(id.cast()).await? || sent.contains(&account.id) {
                continue;
            }
            if sent.is_empty() && !self.may_mail(kind, email).await? {
                break;
            }
            sent.insert(account.id);
            let filed = self.filed(id.cast()).await?;
            let mut tx = self.begin().await?;
            self.send_password_link(&mut tx, (kind, &filed), PasswordLinkKind::Recovery, &to, write)
                .await?;
            tx.commit().await?;
        }
        Ok(sent.len())
    }

    /// Makes a link and queues its mail, under the dossier that holds the address.
    pub(super) async fn send_password_link(
        &self,
        tx: &mut Tx,
        (account, filed): (AccountKind, &Filed),
        kind: PasswordLinkKind,
        to: &Personal<String>,
        write: &(dyn Fn(&LinkToken) -> Letter + Send + Sync),
    ) -> Result<(), Error> {
        let token = LinkToken::new(random_token(&self.rng));
        let now = self.now();
        sql("INSERT INTO password_links (token, kind, account, purpose, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(self.password_link_hash(token.secret()))
            .bind(account)
            .bind(filed.person())
            .bind(kind)
            .bind(now)
            .bind(now.plus_seconds(kind.seconds()))
            .run(&mut *tx)
            .await?;
        let Letter {
            subject,
            body,
            fields,
        } = write(&token);
        let mail = NewMail {
            kind: kind.mail(),
            dossier: filed,
            purpose: &self.account_purpose(account)?,
            fields: &fields,
            to,
            subject,
            body,
            leaves_at: now,
            decision: None,
        };
        self.queue_mail(tx, mail).await.map(drop)
    }

    /// Whose password a link chooses, and why; looking doesn't use it up, since mail scanners look too.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of ours, was used or has ended.
    pub async fn password_link(&self, token: &str) -> Result<(AccountKind, PasswordLinkKind), Error> {
        let (kind, _, purpose) = self.open_password_link(token).await?;
        Ok((kind, purpose))
    }

    /// The person whose password a link chooses, who reads their mailbox; a stranger for anybody else's.
    ///
    /// # Errors
    /// As [`Guard::password_link`].
    pub async fn person_of_password_link(&self, token: &str) -> Result<Actor, Error> {
        match self.open_password_link(token).await? {
            (AccountKind::Person, id, _) => {
                let people = self.joined(&self.db, id.cast()).await?;
                Ok(Actor::new(Who::Person(people)))
            }
            (AccountKind::Staff, ..) => Ok(Actor::stranger()),
        }
    }

    async fn open_password_link(
        &self,
        token: &str,
    ) -> Result<(AccountKind, Id<()>, PasswordLinkKind), Error> {
        if !is_token(token) {
            return Err(Error::NotFound);
        }
        let row = sql("SELECT kind, account, purpose FROM password_links WHERE token = $1 AND ends_at > $2")
            .bind(self.password_link_hash(token))
            .bind(self.now())
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        Ok((row.get("kind")?, row.get("account")?, row.get("purpose")?))
    }

    /// Chooses a password by a link, once. Every session of the account ends and no browser is known to it any more but
    /// this one; what others guessed at the account counts no more, so that none of it keeps the owner out.
    ///
    /// # Errors
    /// [`Error::NotFound`] as [`Guard::password_link`]; [`Error::Weak`] when the password isn't taken, and the link
    /// still works.
    pub async fn choose_password(
        &self,
        token: &str,
        chosen: ChosenPassword<'_>,
        caller: &Caller,
    ) -> Result<(AccountKind, DeviceToken), Error> {
        let (kind, id, purpose) = self.open_password_link(token).await?;
        let account = self.account(kind, id).await?;
        let hash = self.hash_chosen(&account, chosen).await?;
        let guesses = self.guesses_at(&account, caller).await?;
        let home = self.home(&account).await?;
        let mut tx = self.begin().await?;
        let used = sql("DELETE FROM password_links WHERE token = $1 AND ends_at > $2")
            .bind(self.password_link_hash(token))
            .bind(self.now())
            .run(&mut tx)
            .await?;
        if used == 0 {
            return Err(Error::NotFound);
        }
        self.put_password(&mut tx, &account, &home, (&hash, None)).await?;
        self.forget_devices(&mut tx, &account).await?;
        let device = self.add_device(&mut tx, id).await?;
        for limit in guesses {
            self.forget_tries(&mut tx, limit).await?;
        }
        if purpose == PasswordLinkKind::Invitation {
            self.accept_invitation(&mut tx, id.cast()).await?;
        }
        self.happened(&mut tx, home.filed.id(), Trigger::LastActivity, self.now())
            .await?;
        tx.commit().await?;
        if kind == AccountKind::Person {
            self.prove_mailbox(id.cast()).await?;
        }
        Ok((kind, device))
    }

    pub(super) async fn forget_devices(&self, tx: &mut Tx, account: &Account) -> Result<(), Error> {
        sql("DELETE FROM devices WHERE account IN ($list)")
            .bind_list(account.ids())
            .run(tx)
            .await?;
        Ok(())
    }

    /// Until when the newest invitation of each account works.
    pub(super) async fn invited_until(
        &self,
        id: Id<crate::Staff>,
    ) -> Result<Option<kernel::Timestamp>, Error> {
        let row = sql(
            "SELECT ends_at FROM password_links WHERE account = $1 AND purpose = $2 AND ends_at > $3 \
             ORDER BY ends_at DESC LIMIT 1",
        )
        .bind(id)
        .bind(PasswordLinkKind::Invitation)
        .bind(self.now())
        .optional(&self.db)
        .await?;
        Ok(row.map(|row| row.get("ends_at")).transpose()?)
    }

    fn password_link_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("password-link", token.as_bytes())
    }
}
