//! Owns: one ZIP of pages that are ready and files that are sealed, written as it is read: of a file there is never more
//! in memory than a piece. Doesn't own: what the pages say, the format itself (the crate `zip`).

use std::{
    collections::VecDeque,
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use futures_util::{
    Stream, StreamExt as _,
    stream::{self, BoxStream},
};
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{Copies, Copy, names};
use crate::{Guard, files::opened};

/// From this size on a file's place has the long form (ZIP64): a little below 4 GiB, since packing may lengthen what it
/// can't shorten.
const LONG: u64 = 0xF000_0000;
/// Most files are packed already: looking for more takes time and gains nothing.
const QUICK: i64 = 1;

/// A page of an archive: its name and its bytes.
pub type Entry = (&'static str, Vec<u8>);

impl Guard {
    /// The archive, piece by piece: first the pages, then every file that can be read. An error in between means that a
    /// file was lost or changed since it was looked at: what came is not the whole, and doesn't open.
    pub fn archive(
        &self,
        copies: Copies,
        pages: Vec<Entry>,
    ) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        let sink = Sink::default();
        let writing = Writing {
            guard: self.clone(),
            zip: Some(ZipWriter::new_stream(sink.clone())),
            sink,
            pages: pages.into(),
            files: copies.0.into(),
            file: None,
            made: self.made_at(),
        };
        stream::try_unfold(writing, |mut writing| async move {
            Ok(writing.next().await?.map(|piece| (piece, writing)))
        })
    }

    /// The present moment as a ZIP tells it: in the site's zone, from 1980 on.
    fn made_at(&self) -> DateTime {
        let now = self.now();
        let ((year, month, day), (hour, minute)) =
            (now.date(&self.zone).parts(), now.time_of_day(&self.zone));
        let small = |number: i8| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(year).unwrap_or(0);
        DateTime::from_date_and_time(year, small(month), small(day), hour, minute, 0).unwrap_or_default()
    }
}

/// Where the writer puts what it has, and whence it is sent on.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive that is being written.
struct Writing {
    guard: Guard,
    zip: Option<ZipWriter<StreamWriter<Sink>>>,
    sink: Sink,
    pages: VecDeque<Entry>,
    files: VecDeque<Copy>,
    /// The bytes of the file that is being written.
    file: Option<BoxStream<'static, io::Result<Bytes>>>,
    made: DateTime,
}

impl Writing {
    /// What comes next; `None` when all has come.
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let ready = self.sink.take();
            if !ready.is_empty() {
                return Ok(Some(ready.into()));
            }
            let Some(zip) = &mut self.zip else {
                return Ok(None);
            };
            if let Some(file) = &mut self.file {
                match file.next().await {
                    Some(piece) => zip.write_all(&piece?)?,
                    None => self.file = None,
                }
            } else if let Some((name, bytes)) = self.pages.pop_front() {
                zip.start_file(name, options(self.made, bytes.len() as u64, None))?;
                zip.write_all(&bytes)?;
            } else if let Some(copy) = self.files.pop_front() {
                let handle = self.guard.files.read(copy.dossier, copy.id).await;
                let handle = handle.map_err(io::Error::other)?;
                zip.start_file(
                    names::path(&copy.name),
                    options(self.made, copy.size, Some(QUICK)),
                )?;
                self.file = Some(opened(handle, copy.key, copy.id).boxed());
            } else if let Some(zip) = self.zip.take() {
                zip.finish()?;
            }
        }
    }
}

/// Packed always: a reader that takes an archive as it comes can tell the end of nothing else.
fn options(made: DateTime, size: u64, level: Option<i64>) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(level)
        .last_modified_time(made)
        .large_file(size >= LONG)
        .unix_permissions(0o600)
}
