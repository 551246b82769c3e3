//! Owns: finding people without opening anything: by keyed hashes of whole words of their name, of e-mail, of
//! telephone. Doesn't own: the hashes' table (`vault`), who may see what is found ([`crate::read`]).

use kernel::Id;
use storage::sql;
use vault::{DossierId, LookupKind};

use crate::{
    Error, Guard, Person,
    collect::{name_pairs, name_words, normal_email, normal_phone},
};

/// How many people a look-up finds at most: order by name is made of so many opened rows.
const MOST: u32 = 500;

impl Guard {
    /// The people whom a word of their name, their e-mail or their phone finds, by keyed hash; at most 500.
    ///
    /// # Errors
    /// The vault's.
    pub async fn find_people(&self, typed: &str) -> Result<Vec<Id<Person>>, Error> {
        let phone = normal_phone(typed);
        let (kind, words) = if typed.contains('@') {
            (LookupKind::Email, vec![normal_email(typed)])
        } else if phone.len() >= 6 {
            (LookupKind::Phone, vec![phone])
        } else {
            by_name(name_words(typed))
        };
        let hashes: Vec<_> = words.iter().map(|word| self.vault.blind(kind, word)).collect();
        let found = self.vault.find_every(kind, &hashes, MOST).await?;
        Ok(found.into_iter().map(Id::cast).collect())
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

/// By which words of a name are looked up: one by itself, several two by two.
fn by_name(words: Vec<String>) -> (LookupKind, Vec<String>) {
    match words.len() {
        0 | 1 => (LookupKind::NameWord, words),
        _ => (LookupKind::NamePair, name_pairs(&words).collect()),
    }
}
