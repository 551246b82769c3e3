//! Owns: the files of a form: received one by one, the first beside the making of the keys; removed when nobody owns them.
//! Doesn't own: what a file is, sealing it ([`crate::files`]).

use bytes::Bytes;
use charter::{FieldKind, FormField};
use futures_util::{Stream, StreamExt as _};
use kernel::Id;
use vault::{DossierId, SealedFile};

use super::{Collecting, Flaw, keys::Keys};
use crate::{
    Error, Guard,
    files::{FileProblem, Received},
};

impl Collecting {
    /// Takes a file part; an input left empty (no name, no bytes) is no answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for an undeclared one, [`Error::Repeated`] for a second file where one is asked,
    /// [`Error::Broken`] when the upload breaks off.
    pub async fn file<S>(&mut self, name: &str, file_name: &str, mut stream: S) -> Result<(), Error>
    where
        S: Stream<Item = Result<Bytes, Error>> + Unpin,
    {
        let field = self.form.may_collect(name)?.clone();
        if !field.kind.is_file() {
            return Err(Error::Broken);
        }
        if file_name.is_empty() {
            return match stream.next().await {
                None => Ok(()),
                Some(Ok(bytes)) if bytes.is_empty() => Ok(()),
                Some(Ok(_)) => Err(Error::Broken),
                Some(Err(error)) => Err(error),
            };
        }
        if field.kind == FieldKind::File {
            self.answers_once(&field)?;
        }
        if !self.filed && !self.room_for(&field) {
            self.problem(name, Flaw::TooManyFiles(field.max_files));
            return Ok(());
        }
        if self.filed {
            while let Some(chunk) = stream.next().await {
                chunk?;
            }
            return Ok(());
        }
        let received = match &self.keys {
            Some(keys) => {
                self.guard
                    .receive_file(&keys.dossier, &field, file_name, stream)
                    .await?
            }
            None => {
                let Some(received) = self.first_file(&field, file_name, stream).await? else {
                    return Ok(());
                };
                received
            }
        };
        match received {
            Ok(received) => {
                let kept = received.settle().await?;
                self.brought.push(kept.id);
                self.draft.files.push(kept);
            }
            Err(FileProblem::Empty) => self.problem(name, Flaw::FileEmpty),
            Err(FileProblem::TooLarge) => self.problem(name, Flaw::FileTooLarge(field.max_megabytes)),
            Err(FileProblem::WrongType) => self.problem(name, Flaw::FileType(field.accepts.clone())),
        }
        Ok(())
    }

    /// Receives a file beside the making of the keys, each of which waits for the disk. It comes into its place only
    /// after they are durable. None when the form turns out to be filed.
    async fn first_file<S>(
        &mut self,
        field: &FormField,
        file_name: &str,
        stream: S,
    ) -> Result<Option<Result<Received, FileProblem>>, Error>
    where
        S: Stream<Item = Result<Bytes, Error>> + Unpin,
    {
        let fresh = self.fresh_keys();
        let under = fresh.keys.dossier.clone();
        let receiving = self.guard.receive_file(&under, field, file_name, stream);
        let (held, received) = tokio::join!(self.hold(&fresh), receiving);
        let received = received?;
        if held? {
            self.made(fresh);
            return Ok(Some(received));
        }
        let Some(Keys { dossier: key, .. }) = self.keys().await? else {
            return Ok(None);
        };
        let key = key.clone();
        Ok(Some(match received {
            Ok(received) => Ok(self.guard.seal_anew(received, under, &key).await?),
            wrong => wrong,
        }))
    }

    /// Whether one more file may come for the field. A single file given anew takes the earlier one's place.
    fn room_for(&mut self, field: &FormField) -> bool {
        self.problems
            .retain(|problem| problem.field != field.name || problem.flaw != Flaw::FileLost);
        if field.kind == FieldKind::File {
            let (old, rest) = std::mem::take(&mut self.draft.files)
                .into_iter()
                .partition(|kept| kept.field == field.name);
            self.draft.files = rest;
            // Removed when the form is filed without it, not before: it may be filed with it at this moment.
            self.draft.replaced.extend(old.iter().map(|kept| kept.id));
            return true;
        }
        self.draft
            .files
            .iter()
            .filter(|kept| kept.field == field.name)
            .count()
            < field.max_files
    }
}

impl Drop for Collecting {
    fn drop(&mut self) {
        if self.armed {
            self.guard.drop_files(self.draft.dossier, &self.brought);
        }
    }
}

impl Guard {
    pub(super) fn drop_files(&self, dossier: DossierId, files: &[Id<SealedFile>]) {
        for file in files {
            if let Err(error) = self.files.remove(dossier, *file) {
                tracing::warn!(%error, "a file that nobody needs stays until its dossier ends");
            }
        }
    }
}
