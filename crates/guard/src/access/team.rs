//! Owns: what the administrator does with the accounts of the staff: inviting, changing a role, ending. Doesn't own: any
//! candidate; what a role may do (the charter).

use charter::{Duty, PurposeKind, Trigger};
use kernel::{Id, Timestamp, words};
use serde::Serialize;
use storage::{PublicText, Row, Tx, sql};

use super::{Account, AccountKind, Letter, LinkToken, PasswordLinkKind, credentials::Means, limits::Rate};
use crate::{Actor, Error, Guard, Personal, Reading, Shown, Staff, View};

/// A colleague to be invited.
pub struct NewColleague<'a> {
    /// One of the charter's roles.
    pub role: &'a str,
    /// Given name.
    pub given_name: &'a str,
    /// Family name.
    pub family_name: &'a str,
    /// Where the invitation goes; the address to sign in with.
    pub email: &'a str,
}

words! {
    /// Where an account stands.
    pub enum TeamState {
        /// Invited, and not come yet.
        Invited = "invited",
        /// Open.
        Open = "open",
        /// Ended.
        Ended = "ended",
    }
}

/// An account, as the administrator sees it: what the charter shows of it to that role.
#[derive(Serialize)]
pub struct TeamMember {
    /// Whose.
    pub id: Id<Staff>,
    /// In which role.
    pub role: String,
    /// Where it stands.
    pub state: TeamState,
    /// The name in full.
    pub name: Shown<String>,
    /// The address to sign in with.
    pub email: Option<Shown<String>>,
    /// When it was last signed in to.
    pub seen_at: Option<Timestamp>,
    /// Until when an invitation works.
    pub invited_until: Option<Timestamp>,
    /// The one who looks.
    pub own: bool,
}

/// One invitation to an address, then another after so long: a form sent twice invites once.
const INVITATION: Rate = Rate {
    burst: 1,
    seconds: 30,
};

impl Guard {
    /// The accounts of the staff, those that haven't ended first. Reading names is recorded.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty to administer.
    pub async fn team(&self, actor: &Actor) -> Result<Vec<TeamMember>, Error> {
        let own = actor.on_duty(&self.charter(), Duty::Administer)?;
        let permit = self.permit(actor, &[PurposeKind::ManageAccount])?;
        let rows = sql("SELECT staff.id, role, given_name, family_name, email, joined_at, ended_at, moments.at AS seen_at \
             FROM staff LEFT JOIN moments ON moments.dossier = staff.id AND moments.event = $1 ORDER BY role, added_at, staff.id")
            .bind(Trigger::LastActivity)
            .all(&self.db)
            .await?;
        let dossiers: Vec<_> = rows
            .iter()
            .map(|row| Ok(row.get::<Id<Staff>, _>("id")?.cast()))
            .collect::<Result<_, Error>>()?;
        let reading = self.read(&permit, View::List, &dossiers).await?;
        let mut team = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut member = member(&reading, row, own)?;
            if member.state == TeamState::Invited {
                member.invited_until = self.invited_until(member.id).await?;
                member.seen_at = None;
            }
            team.push(member);
        }
        team.sort_by_key(|member| member.state == TeamState::Ended);
        Ok(team)
    }

    /// Invites a colleague: an account without a way in, and a mail with a link to choose its password.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty, [`Error::NotFound`] for a role that the charter doesn't know,
    /// [`Error::Invalid`] for an address that is none, [`Error::Taken`] for one that a colleague signs in with. An
    /// address that only a candidate uses is as any other: nothing is learnt of them.
    pub async fn invite(
        &self,
        actor: &Actor,
        new: NewColleague<'_>,
        write: &(dyn Fn(&LinkToken) -> Letter + Send + Sync),
    ) -> Result<Id<Staff>, Error> {
        actor.on_duty(&self.charter(), Duty::Administer)?;
        let email = crate::collect::normal_email(new.email);
        self.take(&[self.limit(INVITATION, "invitation", &[email.as_bytes()])])
            .await?;
        let made = self.make_staff(&new).await?;
        let id: Id<Staff> = made.filed.id().cast();
        let to = Personal::new(new.email.trim().to_owned());
        let mut tx = self.begin().await?;
        self.file_staff(&mut tx, &made, None).await?;
        let kind = PasswordLinkKind::Invitation;
        self.send_password_link(&mut tx, (AccountKind::Staff, &made.filed), kind, &to, write)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Sends the invitation again; the link before it works no more.
    ///
    /// # Errors
    /// As [`Guard::invite`]; [`Error::TooLate`] when the account isn't waiting for its owner any more.
    pub async fn invite_again(
        &self,
        actor: &Actor,
        id: Id<Staff>,
        write: &(dyn Fn(&LinkToken) -> Letter + Send + Sync),
    ) -> Result<(), Error> {
        actor.on_duty(&self.charter(), Duty::Administer)?;
        self.take(&[self.limit(INVITATION, "invitation-again", &[id.as_bytes()])])
            .await?;
        let row = sql("SELECT email FROM staff WHERE id = $1 AND joined_at IS NULL AND ended_at IS NULL")
            .bind(id)
            .optional(&self.db)
            .await?
            .ok_or(Error::TooLate)?;
        let permit = self.permit(actor, &[PurposeKind::ManageAccount])?;
        let reading = self.read(&permit, View::One, &[id.cast()]).await?;
        let to = reading
            .open(id.cast(), "email", ("staff", "email"), id, &row.get("email")?)?
            .ok_or(Error::NotFound)?;
        let filed = self.filed(id.cast()).await?;
        let mut tx = self.begin().await?;
        sql("DELETE FROM password_links WHERE account = $1")
            .bind(id)
            .run(&mut tx)
            .await?;
        let kind = PasswordLinkKind::Invitation;
        self.send_password_link(&mut tx, (AccountKind::Staff, &filed), kind, &to, write)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The invitation was accepted.
    pub(super) async fn accept_invitation(&self, tx: &mut Tx, id: Id<Staff>) -> Result<(), Error> {
        let joined =
            sql("UPDATE staff SET joined_at = $2 WHERE id = $1 AND joined_at IS NULL AND ended_at IS NULL")
                .bind(id)
                .bind(self.now())
                .run(tx)
                .await?;
        if joined == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Gives an account another role. Its sessions and tokens end: what it may is asked for anew.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty and on one's own account, so that somebody always administers;
    /// [`Error::NotFound`] for an unknown role or account, and one that has ended.
    pub async fn change_role(&self, actor: &Actor, id: Id<Staff>, role: &str) -> Result<(), Error> {
        self.may_change(actor, id)?;
        if self.charter().role(role).is_none() {
            return Err(Error::NotFound);
        }
        let filed = self.filed(id.cast()).await?;
        let mut tx = self.begin().await?;
        let changed = sql("UPDATE staff SET role = $2 WHERE id = $1 AND ended_at IS NULL AND role <> $2")
            .bind(id)
            .bind(PublicText::new(role))
            .run(&mut tx)
            .await?;
        if changed == 0 {
            // Nothing to do, or nobody to do it to.
            drop(tx);
            return self.role_of(id).await?.map(drop).ok_or(Error::NotFound);
        }
        self.end_access(&mut tx, id).await?;
        let body = serde_json::json!({ "role": role });
        self.note(&mut tx, "staff_role_changed", Some(&filed.key), &body)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Ends an account, or takes an invitation back: its sessions, tokens and means of entry go now, the rest when the
    /// charter's retention ends.
    ///
    /// # Errors
    /// As [`Guard::change_role`].
    pub async fn end_account(&self, actor: &Actor, id: Id<Staff>) -> Result<(), Error> {
        self.may_change(actor, id)?;
        let filed = self.filed(id.cast()).await?;
        let now = self.now();
        let mut tx = self.begin().await?;
        let ended = sql("UPDATE staff SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
            .bind(id)
            .bind(now)
            .run(&mut tx)
            .await?;
        if ended == 0 {
            return Err(Error::NotFound);
        }
        self.end_access(&mut tx, id).await?;
        for statement in [
            "DELETE FROM credentials WHERE account = $1",
            "DELETE FROM password_links WHERE account = $1",
            "DELETE FROM devices WHERE account = $1",
        ] {
            sql(statement).bind(id).run(&mut tx).await?;
        }
        self.happened(&mut tx, id.cast(), Trigger::AccountClosed, now)
            .await?;
        self.note(&mut tx, "staff_ended", Some(&filed.key), &serde_json::json!({}))
            .await?;
        Ok(tx.commit().await?)
    }

    /// Takes a colleague's second factors away, who lost them; their sessions end, and their password asks for new ones
    /// where the charter does.
    ///
    /// # Errors
    /// As [`Guard::change_role`].
    pub async fn reset_factors(&self, actor: &Actor, id: Id<Staff>) -> Result<(), Error> {
        self.may_change(actor, id)?;
        self.role_of(id).await?.ok_or(Error::NotFound)?;
        let filed = self.filed(id.cast()).await?;
        let account = Account::staff(id);
        let mut tx = self.begin().await?;
        for means in [Means::App, Means::Proposed, Means::Paper, Means::Passkey] {
            self.drop_means(&mut tx, &account, means).await?;
        }
        self.end_access(&mut tx, id).await?;
        self.note(
            &mut tx,
            "second_factor_reset",
            Some(&filed.key),
            &serde_json::json!({}),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    fn may_change(&self, actor: &Actor, id: Id<Staff>) -> Result<(), Error> {
        let own = actor.on_duty(&self.charter(), Duty::Administer)?;
        if own == id { Err(Error::Forbidden) } else { Ok(()) }
    }

    async fn end_access(&self, tx: &mut Tx, id: Id<Staff>) -> Result<(), Error> {
        self.end_sessions_of(tx, &Account::staff(id), None).await?;
        sql("DELETE FROM api_tokens WHERE staff = $1")
            .bind(id)
            .run(tx)
            .await?;
        Ok(())
    }
}

fn member(reading: &Reading<'_>, row: &Row, own: Id<Staff>) -> Result<TeamMember, Error> {
    let id: Id<Staff> = row.get("id")?;
    let show =
        |column: &'static str| reading.show(id.cast(), column, ("staff", column), id, &row.get(column)?);
    let (given, family) = (show("given_name")?, show("family_name")?);
    let (joined, ended): (Option<Timestamp>, Option<Timestamp>) =
        (row.get("joined_at")?, row.get("ended_at")?);
    Ok(TeamMember {
        id,
        role: row.get::<PublicText, _>("role")?.into_string(),
        state: match (joined, ended) {
            (_, Some(_)) => TeamState::Ended,
            (None, None) => TeamState::Invited,
            (Some(_), None) => TeamState::Open,
        },
        name: Shown::full_name(given.as_ref(), family.as_ref()),
        email: show("email")?,
        seen_at: row.get("seen_at")?,
        invited_until: None,
        own: id == own,
    })
}
