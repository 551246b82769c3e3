//! Owns: [`MasterKey`], read from a file or made. Doesn't own: where that file is (`platform`'s configuration).

use std::{
    fmt::Write as _,
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    path::Path,
};

use kernel::Rng;
use zeroize::Zeroizing;

use crate::{Error, crypto, crypto::Secret};

/// The key above all others of a site: 32 random bytes that lie neither with the site's data nor with the key
/// store. It can't be shown by accident: no `Debug`, no `Serialize`.
pub struct MasterKey(pub(crate) Secret);

impl MasterKey {
    /// A new one.
    #[must_use]
    pub fn generate(rng: &Rng) -> Self {
        Self(crypto::random(rng))
    }

    /// Reads a file: 64 hexadecimal digits, or 32 raw bytes.
    ///
    /// # Errors
    /// [`Error::MasterKeyFile`] when it can't be read, when others than its owner may read it, or when it holds
    /// anything else.
    pub fn from_file(path: &Path) -> Result<Self, Error> {
        let problem = problem(path);
        let file = File::open(path).map_err(|_| problem("can't be read"))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let metadata = file.metadata().map_err(|_| problem("can't be read"))?;
            if metadata.permissions().mode() & 0o077 != 0 {
                return Err(problem("others may read it; run `chmod 600` on it"));
            }
        }
        // One byte more than the longest form tells that there is more; room for it all, so that nothing moves.
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        file.take(128)
            .read_to_end(&mut bytes)
            .map_err(|_| problem("can't be read"))?;
        Self::read(&bytes).ok_or_else(|| problem("must hold 64 hexadecimal digits or 32 bytes"))
    }

    /// Writes a new file that only its owner may read, durably.
    ///
    /// # Errors
    /// [`Error::MasterKeyFile`] when it exists already or can't be written.
    pub fn write_new(&self, path: &Path) -> Result<(), Error> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(path).and_then(|mut file| {
            file.write_all(self.recovery_key().as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        });
        written.map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                problem(path)("exists already; a master key is never overwritten")
            }
            _ => problem(path)("can't be written"),
        })
    }

    /// The key in words to print and lock away: 64 hexadecimal digits.
    #[must_use]
    pub fn recovery_key(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in self.0.iter() {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        if let Ok(raw) = <&[u8; 32]>::try_from(bytes) {
            return Some(Self(Zeroizing::new(*raw)));
        }
        let digits = <&[u8; 64]>::try_from(bytes.trim_ascii()).ok()?;
        let mut key = Secret::default();
        for (byte, pair) in key.iter_mut().zip(digits.as_chunks::<2>().0) {
            let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
            *byte = u8::try_from(high? * 16 + low?).ok()?;
        }
        Some(Self(key))
    }
}

fn problem(path: &Path) -> impl Fn(&'static str) -> Error + '_ {
    |problem| Error::MasterKeyFile {
        path: path.display().to_string(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn refused(path: &Path) -> String {
        MasterKey::from_file(path).err().unwrap().to_string()
    }

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let key = MasterKey::generate(&Rng::seeded(1));
        key.write_new(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(*MasterKey::from_file(&path).unwrap().0, *key.0);
        assert!(
            key.write_new(&path)
                .err()
                .unwrap()
                .to_string()
                .contains("never overwritten")
        );

        std::fs::write(&path, *key.0).unwrap();
        assert_eq!(*MasterKey::from_file(&path).unwrap().0, *key.0);
        for bad in [&b"short"[..], &[b'g'; 64], &[1; 33], &[b'a'; 200], b""] {
            std::fs::write(&path, bad).unwrap();
            assert!(refused(&path).contains("64 hexadecimal digits"));
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(refused(&path).contains("chmod 600"));
        assert!(refused(&folder.path().join("none")).contains("can't be read"));
    }
}
