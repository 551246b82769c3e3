//! Owns: sealed files: received as a stream, checked for what they really are, sealed on the way to the disk; opened
//! as a stream under a permit. Never whole in memory. Doesn't own: the folder (`gateway`), the format (`vault`), what
//! a document says (a child process, later).

use bytes::Bytes;
use charter::{Charter, FileType, FormField};
use futures_util::{Stream, StreamExt as _};
use gateway::files::{Incoming, Whole};
use kernel::{Id, Word as _};
use serde::{Deserialize, Serialize};
use storage::{PublicText, Tx, sql};
use tokio::io::AsyncReadExt as _;
use vault::{Cell, DossierId, DossierKey, FileSealer, Sealed, SealedFile};

use crate::{Error, Guard, Permit, Reading, Shown, View};

/// A file as it lies in its dossier.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Which.
    pub id: Id<SealedFile>,
    /// The charter's field it answers.
    pub field: String,
    /// What it is.
    pub kind: FileType,
    /// How long it is, in bytes.
    pub size: u64,
    /// Its name, sealed.
    name: Sealed<String>,
}

/// A file that is on the disk, sealed, and not yet in a row.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: Id<SealedFile>,
    pub(crate) field: String,
    pub(crate) kind: FileType,
    pub(crate) size: u64,
    pub(crate) name: String,
}

/// What is wrong with a file, for its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileProblem {
    Empty,
    TooLarge,
    WrongType,
}

/// An opened file: its head, and its bytes as they come.
pub struct ShownFile<S> {
    /// Its name.
    pub name: Shown<String>,
    /// What it is.
    pub kind: FileType,
    /// How many bytes will come.
    pub size: u64,
    /// The bytes. An error in between means that the file was tampered with: what came is not the whole.
    pub bytes: S,
}

/// Where a file's name lies.
pub(crate) const CELL: (&str, &str) = ("files", "name");
/// How many bytes of a file tell what it is.
const HEAD: usize = 8 * 1024;

/// A file that came whole and is in order, sealed and synced, not yet in its place.
pub(crate) struct Received {
    kept: Kept,
    whole: Whole,
}

impl Received {
    /// Puts it in its place: its key is durable by now.
    pub(crate) async fn settle(self) -> Result<Kept, Error> {
        self.whole.settle().await?;
        Ok(self.kept)
    }
}

impl Guard {
    /// Receives one file: `Ok(Err(..))` says what is wrong with it, and nothing of it is left.
    pub(crate) async fn receive_file<S>(
        &self,
        key: &DossierKey,
        field: &FormField,
        name: &str,
        mut stream: S,
    ) -> Result<Result<Received, FileProblem>, Error>
    where
        S: Stream<Item = Result<Bytes, Error>> + Unpin,
    {
        let id: Id<SealedFile> = self.id();
        let mut sealing = self.sealing(key, id);
        let (mut size, mut head) = (0u64, Vec::with_capacity(HEAD));
        while let Some(chunk) = stream.next().await {
            let chunk = chunk?;
            size += chunk.len() as u64;
            if size > field.max_bytes() {
                return Ok(Err(FileProblem::TooLarge));
            }
            if head.len() < HEAD {
                head.extend_from_slice(
                    chunk
                        .get(..(HEAD - head.len()).min(chunk.len()))
                        .unwrap_or_default(),
                );
            }
            sealing.take(&chunk).await?;
        }
        if size == 0 {
            return Ok(Err(FileProblem::Empty));
        }
        let Some(kind) = what_it_is(&head, name).filter(|kind| field.accepts.contains(kind)) else {
            return Ok(Err(FileProblem::WrongType));
        };
        let kept = Kept {
            id,
            field: field.name.clone(),
            kind,
            size,
            name: tidy(name),
        };
        let whole = sealing.whole().await?;
        Ok(Ok(Received { kept, whole }))
    }

    /// Seals a received file anew, under another key of its dossier's: the one it was sealed with came to nothing.
    pub(crate) async fn seal_anew(
        &self,
        received: Received,
        from: DossierKey,
        to: &DossierKey,
    ) -> Result<Received, Error> {
        let Received { mut kept, whole } = received;
        let plain = opened(whole.read().await?, from, kept.id);
        kept.id = self.id();
        let whole = self.seal_all(plain, to, kept.id).await?;
        Ok(Received { kept, whole })
    }

    /// Copies a file of an opened dossier into another, sealed anew under that one's key; it has no row yet.
    pub(crate) async fn copy_file(
        &self,
        reading: &Reading<'_>,
        from: DossierId,
        file: &Listed,
        to: &DossierKey,
    ) -> Result<Kept, Error> {
        let key = reading.key(from, &file.field)?.clone();
        let cell = Cell {
            table: CELL.0,
            column: CELL.1,
            row: file.id.as_bytes(),
        };
        let name = String::from_utf8_lossy(&key.open(cell, &file.name)?).into_owned();
        let plain = opened(self.files.read(from, file.id).await?, key, file.id);
        let id: Id<SealedFile> = self.id();
        self.seal_all(plain, to, id).await?.settle().await?;
        Ok(Kept {
            id,
            field: file.field.clone(),
            kind: file.kind,
            size: file.size,
            name,
        })
    }

    /// Writes what was opened under a new id, sealed.
    async fn seal_all(
        &self,
        plain: impl Stream<Item = std::io::Result<Bytes>>,
        to: &DossierKey,
        id: Id<SealedFile>,
    ) -> Result<Whole, Error> {
        let mut plain = std::pin::pin!(plain);
        let mut sealing = self.sealing(to, id);
        while let Some(chunk) = plain.next().await {
            sealing.take(&chunk.map_err(|_| vault::Error::Tampered)?).await?;
        }
        sealing.whole().await
    }

    fn sealing(&self, key: &DossierKey, id: Id<SealedFile>) -> Sealing {
        Sealing {
            sealer: key.file_sealer(id),
            incoming: self.files.begin(key.id(), id),
            sealed: Vec::new(),
        }
    }

    /// Puts a received file into its row.
    pub(crate) async fn file_file(
        &self,
        tx: &mut Tx,
        key: &DossierKey,
        kept: &Kept,
        charter: &Charter,
    ) -> Result<(), Error> {
        let cell = Cell {
            table: CELL.0,
            column: CELL.1,
            row: kept.id.as_bytes(),
        };
        let name: Sealed<String> = key.seal(cell, kept.name.as_bytes());
        sql("INSERT INTO files (id, dossier, field, kind, size, name, added_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(kept.id)
            .bind(key.id())
            .bind(PublicText::new(kept.field.as_str()))
            .bind(kept.kind)
            .bind(i64::try_from(kept.size).unwrap_or(i64::MAX))
            .bind(name)
            .bind(self.now())
            .bind(charter.version())
            .later(tx)
            .await?;
        Ok(())
    }

    /// The files of a dossier, in the order they came.
    ///
    /// # Errors
    /// The storage's.
    pub async fn files_of(&self, dossier: DossierId) -> Result<Vec<Listed>, Error> {
        let rows = sql("SELECT id, field, kind, size, name FROM files WHERE dossier = $1 ORDER BY id")
            .bind(dossier)
            .all(&self.db)
            .await?;
        rows.iter().map(listed).collect()
    }

    /// The name of a listed file, under a reading.
    ///
    /// # Errors
    /// The vault's.
    pub fn file_name(
        &self,
        reading: &crate::Reading<'_>,
        dossier: DossierId,
        file: &Listed,
    ) -> Result<Option<Shown<String>>, Error> {
        reading.show(dossier, &file.field, CELL, file.id, &file.name)
    }

    /// The dossier a file lies in.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn dossier_of_file(&self, file: Id<SealedFile>) -> Result<DossierId, Error> {
        let row = sql("SELECT dossier FROM files WHERE id = $1")
            .bind(file)
            .optional(&self.db)
            .await?;
        Ok(row.ok_or(Error::NotFound)?.get("dossier")?)
    }

    /// Opens a file: the opening is recorded, then its bytes come as a stream.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none that this permit reaches.
    pub async fn open_file(
        &self,
        permit: &Permit,
        file: Id<SealedFile>,
    ) -> Result<ShownFile<impl Stream<Item = std::io::Result<Bytes>> + use<>>, Error> {
        let row = sql("SELECT id, dossier, field, kind, size, name FROM files WHERE id = $1")
            .bind(file)
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let (dossier, listed) = (row.get::<DossierId, _>("dossier")?, listed(&row)?);
        let reading = self.read(permit, View::One, &[dossier]).await?;
        let key = reading.key(dossier, &listed.field)?.clone();
        let cell = Cell {
            table: CELL.0,
            column: CELL.1,
            row: file.as_bytes(),
        };
        let name = key.open(cell, &listed.name)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        let handle = self.files.read(dossier, file).await?;
        Ok(ShownFile {
            name: Shown::new(name),
            kind: listed.kind,
            size: listed.size,
            bytes: opened(handle, key, file),
        })
    }
}

/// A file on its way to the disk.
struct Sealing {
    sealer: FileSealer,
    incoming: Incoming,
    sealed: Vec<u8>,
}

impl Sealing {
    /// A fast network brings hundreds of kilobytes at once, to hundreds of uploads.
    async fn take(&mut self, chunk: &[u8]) -> Result<(), Error> {
        for piece in chunk.chunks(vault::CHUNK) {
            self.sealer.push(piece, &mut self.sealed);
            self.incoming.write(&self.sealed).await?;
            self.sealed.clear();
        }
        Ok(())
    }

    async fn whole(mut self) -> Result<Whole, Error> {
        self.sealer.finish(&mut self.sealed);
        self.incoming.write(&self.sealed).await?;
        Ok(self.incoming.whole().await?)
    }
}

fn listed(row: &storage::Row) -> Result<Listed, Error> {
    let field: PublicText = row.get("field")?;
    Ok(Listed {
        id: row.get("id")?,
        field: field.to_string(),
        kind: row.get("kind")?,
        size: u64::try_from(row.get::<i64, _>("size")?).unwrap_or(0),
        name: row.get("name")?,
    })
}

/// The plain bytes of a sealed file, chunk by chunk.
pub(crate) fn opened(
    file: tokio::fs::File,
    key: DossierKey,
    id: Id<SealedFile>,
) -> impl Stream<Item = std::io::Result<Bytes>> {
    let tampered =
        |_| std::io::Error::new(std::io::ErrorKind::InvalidData, "a sealed file was tampered with");
    let start = Some((file, key.file_opener(id)));
    futures_util::stream::try_unfold(start, move |state| async move {
        let Some((mut file, mut opener)) = state else {
            return Ok(None);
        };
        let mut buffer = vec![0; 64 * 1024];
        let read = file.read(&mut buffer).await?;
        let mut plain = Vec::with_capacity(read);
        if read == 0 {
            opener.finish(&mut plain).map_err(tampered)?;
            return Ok(Some((Bytes::from(plain), None)));
        }
        buffer.truncate(read);
        opener.push(&buffer, &mut plain).map_err(tampered)?;
        Ok(Some((Bytes::from(plain), Some((file, opener)))))
    })
}

/// What a file really is: by its first bytes, and by its name only where those leave it open (plain text). `None`
/// when the two contradict each other.
fn what_it_is(head: &[u8], name: &str) -> Option<FileType> {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    let claimed = FileType::ALL.iter().copied().find(|kind| {
        extension
            .as_deref()
            .is_some_and(|extension| kind.extensions().contains(&extension))
    })?;
    let real = match infer::get(head).map(|found| found.extension()) {
        Some("pdf") => FileType::Pdf,
        Some("docx") => FileType::Docx,
        Some("doc") => FileType::Doc,
        Some("odt") => FileType::Odt,
        Some("rtf") => FileType::Rtf,
        Some("jpg") => FileType::Jpeg,
        Some("png") => FileType::Png,
        // A zip whose first entries don't tell: an office file written in another order.
        Some("zip") if matches!(claimed, FileType::Docx | FileType::Odt) => claimed,
        None if claimed == FileType::Txt && !head.contains(&0) => FileType::Txt,
        _ => return None,
    };
    (real == claimed).then_some(real)
}

/// The last part of what a browser gave as name, without control characters, at most 120 characters.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_and_its_name_agree_on() {
        let pdf = b"%PDF-1.7\n1 0 obj";
        assert_eq!(what_it_is(pdf, "cv.PDF"), Some(FileType::Pdf));
        assert_eq!(what_it_is(pdf, "cv.docx"), None);
        assert_eq!(what_it_is(b"MZ\x90\0", "cv.pdf"), None);
        assert_eq!(what_it_is(b"<html><script>", "cv.pdf"), None);
        assert_eq!(what_it_is(b"plain words", "cv.txt"), Some(FileType::Txt));
        assert_eq!(what_it_is(pdf, "cv"), None);
    }

    #[test]
    fn a_name_is_tidied() {
        assert_eq!(tidy("..\\..\\etc/pass\r\nwd.pdf"), "passwd.pdf");
    }
}
