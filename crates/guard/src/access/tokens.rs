//! Owns: the tokens by which a program acts for a member of staff: made by themselves, known by a keyed hash, bound to
//! scopes and an end. Doesn't own: what the API answers, what the member's role may do (the charter).

use kernel::{Date, Id, Timestamp, Word as _, words};
use storage::{KeyedHash, PublicText, sql};
use vault::{Cell, DossierKey, Sealed};

use super::{Account, factors::FACTORS, is_token, random_token};
use crate::{Actor, Error, Guard, Shown, Staff, actor::Who};

/// Marks the id of a token, by which it is listed and revoked.
pub enum Token {}

/// A token's secret, shown once.
pub struct ApiToken(String);

impl ApiToken {
    /// The text for the `Authorization` header.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

words! {
    /// What a token may be used for. It narrows what its owner's role may do under the charter, and widens nothing.
    pub enum Scope {
        /// See drafts and closed vacancies.
        ReadVacancies = "vacancies:read",
        /// Write, publish and close vacancies.
        WriteVacancies = "vacancies:write",
        /// See applications, their stages and decisions.
        ReadApplications = "applications:read",
        /// Bring applications in, move them.
        WriteApplications = "applications:write",
        /// Download what people attached.
        ReadDocuments = "documents:read",
        /// Look people up.
        ReadPeople = "people:read",
    }
}

/// A token to be made.
pub struct NewToken<'a> {
    /// For whom it acts.
    pub staff: Id<Staff>,
    /// What they call it.
    pub name: &'a str,
    /// What it may be used for.
    pub scopes: &'a [Scope],
    /// Until when.
    pub ends_at: Timestamp,
}

/// A token as its owner sees it.
#[derive(serde::Serialize)]
pub struct TokenListed {
    /// Which.
    pub id: Id<Token>,
    /// What they call it.
    pub name: Shown<String>,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works.
    pub ends_at: Timestamp,
    /// The last day it was used, in the site's zone.
    pub used_on: Option<String>,
}

/// Who acts by a token, and for what it may be used. It gives its [`Actor`] out for a named scope only.
pub struct Bearer {
    actor: Actor,
    scopes: Vec<Scope>,
}

impl Bearer {
    /// The program, acting for the member of staff whose token it shows.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the token wasn't made for that.
    pub fn acting(&self, scope: Scope) -> Result<&Actor, Error> {
        if self.scopes.contains(&scope) {
            Ok(&self.actor)
        } else {
            Err(Error::OutOfScope(scope))
        }
    }
}

/// A token works for so many days at most.
pub const TOKEN_DAYS: i64 = 365;
/// A member of staff has so many at most.
pub const TOKENS: usize = 50;

impl Guard {
    /// Makes a token that acts for that member of staff until it ends or is revoked.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such member.
    pub async fn make_api_token(&self, new: NewToken<'_>) -> Result<ApiToken, Error> {
        let (token, id) = (ApiToken(random_token(&self.rng)), self.id::<Token>());
        let dossier = self.filed(new.staff.cast()).await?;
        let scopes: Vec<&str> = new.scopes.iter().map(|scope| scope.word()).collect();
        let name: Sealed<String> = dossier.key.seal(cell(&id), new.name.as_bytes());
        let mut tx = self.begin().await?;
        sql("INSERT INTO api_tokens (token, id, staff, name, scopes, made_at, ends_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(self.api_hash(&token.0))
            .bind(id)
            .bind(new.staff)
            .bind(name)
            .bind(PublicText::new(scopes.join(" ")))
            .bind(self.now())
            .bind(new.ends_at)
            .bind(self.charter().version())
            .run(&mut tx)
            .await?;
        let body = serde_json::json!({ "token": id, "scopes": scopes, "until": new.ends_at });
        self.note(&mut tx, "token_made", Some(&dossier.key), &body)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The actor's own tokens that work still, the newest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to who isn't staff.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<TokenListed>, Error> {
        let staff = actor.staff().ok_or(Error::Forbidden)?;
        let rows = sql(
            "SELECT id, name, scopes, made_at, ends_at, used_on FROM api_tokens \
             WHERE staff = $1 AND ends_at > $2 ORDER BY made_at DESC, id DESC",
        )
        .bind(staff)
        .bind(self.now())
        .all(&self.db)
        .await?;
        let key = self.filed(staff.cast()).await?.key;
        rows.iter()
            .map(|row| {
                let id: Id<Token> = row.get("id")?;
                Ok(TokenListed {
                    id,
                    name: name(&key, id, &row.get("name")?)?,
                    scopes: scopes(&row.get("scopes")?),
                    made_at: row.get("made_at")?,
                    ends_at: row.get("ends_at")?,
                    used_on: row.get::<Option<Date>, _>("used_on")?.map(|day| day.to_string()),
                })
            })
            .collect()
    }

    /// Ends one of the actor's own tokens at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they have no such token.
    pub async fn revoke_token(&self, actor: &Actor, id: Id<Token>) -> Result<(), Error> {
        let staff = actor.staff().ok_or(Error::Forbidden)?;
        let dossier = self.filed(staff.cast()).await?;
        let mut tx = self.begin().await?;
        let gone = sql("DELETE FROM api_tokens WHERE id = $1 AND staff = $2")
            .bind(id)
            .bind(staff)
            .run(&mut tx)
            .await?;
        if gone == 0 {
            return Err(Error::NotFound);
        }
        let body = serde_json::json!({ "token": id });
        self.note(&mut tx, "token_revoked", Some(&dossier.key), &body)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Who acts by that token: a program, in the name of a member of staff. It reads what their role may now; it
    /// decides nothing. `None` for any text that is no working token of this site, by one and the same question; and
    /// where the charter asks that role for a second factor and its owner has set none up yet.
    ///
    /// # Errors
    /// The storage's.
    pub async fn bearer(&self, token: &str) -> Result<Option<Bearer>, Error> {
        if !is_token(token) {
            return Ok(None);
        }
        let hash = self.api_hash(token);
        let row = sql(
            "SELECT t.staff, t.scopes, t.used_on, s.role FROM api_tokens t JOIN staff s ON s.id = t.staff \
             WHERE t.token = $1 AND t.ends_at > $2 AND s.ended_at IS NULL",
        )
        .bind(hash)
        .bind(self.now())
        .optional(&self.db)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (staff, role): (Id<Staff>, PublicText) = (row.get("staff")?, row.get("role")?);
        let account = Account::staff(staff);
        if self.two_factors_of(&role).is_some() && !self.has_means(&self.db, &account, &FACTORS).await? {
            return Ok(None);
        }
        if row.get::<Option<Date>, _>("used_on")? != Some(self.now().date(&self.zone)) {
            self.note_use(hash).await?;
        }
        Ok(Some(Bearer {
            actor: Actor::new(Who::Staff {
                id: staff,
                role: role.into_string(),
                human: false,
            }),
            scopes: scopes(&row.get("scopes")?),
        }))
    }

    /// Once a day, so that a busy program writes no more than an idle one.
    async fn note_use(&self, token: KeyedHash) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("UPDATE api_tokens SET used_on = $2 WHERE token = $1")
            .bind(token)
            .bind(self.now().date(&self.zone))
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    fn api_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("api", token.as_bytes())
    }
}

fn cell(id: &Id<Token>) -> Cell<'_> {
    Cell {
        table: "api_tokens",
        column: "name",
        row: id.as_bytes(),
    }
}

fn name(key: &DossierKey, id: Id<Token>, sealed: &Sealed<String>) -> Result<Shown<String>, Error> {
    let plain = key.open(cell(&id), sealed)?;
    Ok(Shown::new(String::from_utf8_lossy(&plain).into_owned()))
}

fn scopes(words: &PublicText) -> Vec<Scope> {
    words
        .split(' ')
        .filter_map(|word| Scope::from_word(word).ok())
        .collect()
}
