//! Owns: the tokens by which a program acts for a member of staff. Doesn't own: what the API answers.

use kernel::{Id, Timestamp};
use storage::{KeyedHash, sql};

use super::{is_token, random_token};
use crate::{Actor, Error, Guard, Staff, actor::Who};

/// A token's secret, shown once.
pub struct ApiToken(String);

impl ApiToken {
    /// The text for the `Authorization` header.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl Guard {
    /// Makes a token that acts for that member of staff until it ends.
    ///
    /// # Errors
    /// The storage's.
    pub async fn make_api_token(&self, staff: Id<Staff>, ends_at: Timestamp) -> Result<ApiToken, Error> {
        let token = ApiToken(random_token(&self.rng));
        let mut tx = self.begin().await?;
        sql("INSERT INTO api_tokens (token, staff, made_at, ends_at) VALUES ($1, $2, $3, $4)")
            .bind(self.api_hash(&token.0))
            .bind(staff)
            .bind(self.now())
            .bind(ends_at)
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Who acts by that token: a program, in the name of a member of staff. It reads what they may; it decides
    /// nothing.
    ///
    /// # Errors
    /// The storage's.
    pub async fn actor_of_token(&self, token: &str) -> Result<Actor, Error> {
        if !is_token(token) {
            return Ok(Actor::stranger());
        }
        let row = sql("SELECT staff FROM api_tokens WHERE token = $1 AND ends_at > $2")
            .bind(self.api_hash(token))
            .bind(self.now())
            .optional(&self.db)
            .await?;
        let Some(row) = row else {
            return Ok(Actor::stranger());
        };
        let id: Id<Staff> = row.get("staff")?;
        let role = self.role_of(id).await?;
        Ok(role.map_or_else(Actor::stranger, |role| {
            Actor::new(Who::Staff {
                id,
                role,
                human: false,
            })
        }))
    }

    fn api_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("api", token.as_bytes())
    }
}
