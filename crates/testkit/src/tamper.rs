//! Owns: changing what is sealed, as somebody with the disk in their hands could. Doesn't own: noticing it (`vault`).

use std::path::Path;

use app::applications::model::Application;
use kernel::Id;
use storage::{Db, Location, sql};

use crate::{Error, wait};

/// Changes one byte in the middle of the sealed family name of an application's person, in the site's `data.db`.
///
/// # Errors
/// When there is no such application.
pub fn flip_a_name(site: &Path, application: &str) -> Result<(), Error> {
    let id: Id<Application> = application.parse()?;
    wait(async {
        let db = Db::open(&Location::Sqlite(site.join("data.db"))).await?;
        let mut tx = db.begin().await?;
        // SQLite only: a demo's engine.
        let changed = sql("UPDATE people SET family_name = CAST(substr(family_name, 1, length(family_name) / 2) \
             || CASE substr(family_name, length(family_name) / 2 + 1, 1) WHEN x'55' THEN x'AA' ELSE x'55' END \
             || substr(family_name, length(family_name) / 2 + 2) AS BLOB) \
             WHERE id = (SELECT person FROM applications WHERE id = $1)")
        .bind(id)
        .run(&mut tx)
        .await?;
        tx.commit().await?;
        db.close().await;
        if changed == 1 {
            Ok(())
        } else {
            Err("no such application".into())
        }
    })
}
