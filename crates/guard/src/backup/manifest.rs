//! Owns: [`Manifest`], what one backup consists of, and the list of files within. Doesn't own: the pieces it names.

use kernel::Id;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use storage::copy::Shape;
use vault::{BlobName, DossierId, SealedFile};

/// Plain bytes of a piece of a file.
pub(super) const PART: u64 = 4 * 1024 * 1024;

/// One backup.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    /// When the database was copied.
    pub(super) taken_at: i64,
    /// The backups that were there already.
    pub(super) before: Vec<String>,
    /// The migrations that made the tables.
    pub(super) migrations: Vec<String>,
    pub(super) tables: Vec<Table>,
    pub(super) files: Files,
    /// What else lies in the site's folder: its configuration, its charter's draft, its theme.
    pub(super) folder: Vec<FolderFile>,
}

/// What a backup itself leaves in the data.
const OUR_OWN: [&str; 2] = ["backups", "ledger_queue"];

impl Manifest {
    /// Whether both are of the same data, whatever was noted about the backups themselves.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        fn content(manifest: &Manifest) -> impl Iterator<Item = (&str, &[BlobName])> {
            let files = [("", manifest.files.pieces.0.as_slice())];
            let folder = (manifest.folder.iter()).map(|file| (file.path.as_str(), file.pieces.0.as_slice()));
            let tables = (manifest.tables.iter())
                .filter(|table| !OUR_OWN.contains(&table.shape.table.as_str()))
                .map(|table| (table.shape.table.as_str(), table.pieces.0.as_slice()));
            files.into_iter().chain(folder).chain(tables)
        }
        self.migrations == other.migrations && content(self).eq(content(other))
    }
}

/// One table.
#[derive(Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) shape: Shape,
    pub(super) rows: u64,
    pub(super) pieces: Pieces,
}

/// The list of sealed files, in pieces like a table.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Files {
    pub(super) count: u64,
    pub(super) bytes: u64,
    pub(super) pieces: Pieces,
}

/// A file of the site's folder.
#[derive(Serialize, Deserialize)]
pub(super) struct FolderFile {
    /// Its path within, `/` between folders.
    pub(super) path: String,
    pub(super) pieces: Pieces,
}

/// Names of pieces in their order; in JSON one text of hexadecimal digits.
#[derive(Default, Clone)]
pub(super) struct Pieces(pub(super) Vec<BlobName>);

impl Serialize for Pieces {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&crate::hex(&self.0.concat()))
    }
}

impl<'de> Deserialize<'de> for Pieces {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom("no names of pieces");
        let (digits, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = Vec::with_capacity(digits.len());
        for pair in digits {
            let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
            let (high, low) = (high.ok_or_else(wrong)?, low.ok_or_else(wrong)?);
            bytes.push(u8::try_from(high * 16 + low).map_err(D::Error::custom)?);
        }
        let (names, left) = bytes.as_chunks::<16>();
        if !rest.is_empty() || !left.is_empty() {
            return Err(wrong());
        }
        Ok(Self(names.to_vec()))
    }
}

/// A sealed file as the list has it: dossier (16), file (16), size (8).
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) dossier: DossierId,
    pub(super) id: Id<SealedFile>,
    pub(super) size: u64,
}

impl Listed {
    const LENGTH: usize = 40;

    pub(super) fn write(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..16].copy_from_slice(self.dossier.as_bytes());
        bytes[16..32].copy_from_slice(self.id.as_bytes());
        bytes[32..].copy_from_slice(&self.size.to_be_bytes());
        bytes
    }

    /// The files of a piece of the list; `None` when it isn't one.
    pub(super) fn read_all(piece: &[u8]) -> Option<Vec<Self>> {
        let (files, rest) = piece.as_chunks::<{ Self::LENGTH }>();
        let read = |file: &[u8; Self::LENGTH]| {
            Some(Self {
                dossier: crate::hex(&file[..16]).parse().ok()?,
                id: crate::hex(&file[16..32]).parse().ok()?,
                size: u64::from_be_bytes(*file.last_chunk()?),
            })
        };
        rest.is_empty()
            .then(|| files.iter().map(read).collect())
            .flatten()
    }

    /// How many pieces it has; an empty file has none.
    pub(super) fn parts(&self) -> u64 {
        self.size.div_ceil(PART)
    }

    /// The name of one of its pieces: a file never changes, so its ids and its size stand for its bytes.
    pub(super) fn part(&self, seal: &vault::BackupSeal, nth: u64) -> BlobName {
        let bytes = [self.write().as_slice(), &nth.to_be_bytes()].concat();
        seal.name("file", &bytes)
    }
}
