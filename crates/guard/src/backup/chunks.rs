//! Owns: cutting a stream of records into pieces where their content says, so that a row that came or went changes one
//! piece and leaves those after it alone. Doesn't own: sealing them.

/// A piece is no shorter, but for a table's last.
const LEAST: usize = 32 * 1024;
/// What is added to that on average.
const MEAN: u64 = 96 * 1024;
/// A piece ends with the record that takes it over this.
const MOST: usize = 512 * 1024;

/// Gathers records into pieces.
#[derive(Default)]
pub(super) struct Chunks {
    piece: Vec<u8>,
}

impl Chunks {
    /// Takes a record; gives a piece when one ends with it.
    pub(super) fn push(&mut self, record: &[u8]) -> Option<Vec<u8>> {
        self.piece.extend_from_slice(record);
        let long = self.piece.len() >= LEAST;
        (long && (self.piece.len() >= MOST || ends(record))).then(|| std::mem::take(&mut self.piece))
    }

    /// What is left.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.piece.is_empty()).then_some(self.piece)
    }
}

/// Whether a piece ends here: by chance in proportion to the record's length, the same chance every time.
fn ends(record: &[u8]) -> bool {
    let range = (u64::from(u32::MAX) + 1) / MEAN;
    let below = range.saturating_mul(record.len() as u64);
    (fnv(record) >> 32) < below
}

/// FNV-1a, mixed once more: its high bits alone hardly feel the last bytes.
fn fnv(bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(records: &[Vec<u8>]) -> Vec<Vec<u8>> {
        let mut chunks = Chunks::default();
        let mut pieces: Vec<Vec<u8>> = records.iter().filter_map(|record| chunks.push(record)).collect();
        pieces.extend(chunks.finish());
        pieces
    }

    #[test]
    fn a_record_that_goes_changes_the_piece_it_was_in() {
        let records: Vec<Vec<u8>> = (0..20_000_u32)
            .map(|nth| nth.to_be_bytes().repeat(50 + nth as usize % 30))
            .collect();
        let before = cut(&records);
        assert_eq!(before.concat(), records.concat());
        assert!((30..90).contains(&before.len()), "{} pieces", before.len());
        let mut without = records.clone();
        without.remove(7_000);
        let after = cut(&without);
        let new = after.iter().filter(|piece| !before.contains(piece)).count();
        assert!(new <= 2, "{new} pieces are new");
    }
}
