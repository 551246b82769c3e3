//! Owns: finding people without opening anything: by keyed hashes of whole words of their name, of e-mail, of
//! telephone. Doesn't own: the hashes' table (`vault`), who may see what is found ([`crate::read`]).

use kernel::Id;
use storage::sql;
use vault::{DossierId, LookupKind};

use crate::{
    Error, Guard, Person,
    collect::{name_words, normal_email, normal_phone},
};

impl Guard {
    /// The people whom a word of their name, their e-mail or their phone finds, by keyed hash; at most 500.
    ///
    /// # Errors
    /// The vault's.
    pub async fn find_people(&self, typed: &str) -> Result<Vec<Id<Person>>, Error> {
        let mut found: Option<Vec<DossierId>> = None;
        let mut narrow = |hits: Vec<DossierId>| {
            found = Some(match found.take() {
                None => hits,
                Some(before) => before
                    .into_iter()
                    .filter(|dossier| hits.contains(dossier))
                    .collect(),
            });
        };
        let phone = normal_phone(typed);
        if typed.contains('@') {
            let email = self.vault.blind(LookupKind::Email, &normal_email(typed));
            narrow(self.vault.find(LookupKind::Email, email).await?);
        } else if phone.len() >= 6 {
            narrow(
                self.vault
                    .find(LookupKind::Phone, self.vault.blind(LookupKind::Phone, &phone))
                    .await?,
            );
        } else {
            for word in name_words(typed) {
                let hash = self.vault.blind(LookupKind::NameWord, &word);
                narrow(self.vault.find(LookupKind::NameWord, hash).await?);
            }
        }
        let mut dossiers = found.unwrap_or_default();
        dossiers.sort_unstable_by(|a, b| b.cmp(a));
        dossiers.truncate(500);
        Ok(dossiers.into_iter().map(Id::cast).collect())
    }

    /// The people who gave that e-mail address, each as they are filed.
    pub(crate) async fn people_of_email(&self, email: &str) -> Result<Vec<DossierId>, Error> {
        let hash = self.vault.blind(LookupKind::Email, &normal_email(email));
        Ok(self.vault.find(LookupKind::Email, hash).await?)
    }

    /// Whether a dossier of that id is filed.
    pub(crate) async fn is_filed(&self, dossier: DossierId) -> Result<bool, Error> {
        let row = sql("SELECT id FROM dossiers WHERE id = $1")
            .bind(dossier)
            .optional(&self.db)
            .await?;
        Ok(row.is_some())
    }
}
