//! Owns: reading a site's `theme/` folder: templates, texts, tokens and pictures of its own. Doesn't own: what may
//! be in them ([`crate::theme`], [`crate::texts`]).

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use kernel::{Locale, Word as _};

use crate::{assets::Shelf, kit::KitError, texts::Source, theme};

/// Reads the folder over what the program has.
pub(crate) fn read(
    theme: &Path,
    templates: &mut BTreeMap<String, String>,
    sources: &mut Vec<Source>,
    shelf: &mut Shelf,
) -> Result<(), KitError> {
    let folder = theme.join("templates");
    for path in files_under(&folder)? {
        let name = path
            .strip_prefix(&folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        templates.insert(name, text(&path)?);
    }
    for locale in Locale::ALL {
        let path = theme.join("locales").join(format!("{}.ftl", locale.word()));
        if path.is_file() {
            let text = text(&path)?;
            sources.push(Source {
                file: path.display().to_string(),
                locale: *locale,
                text,
                overrides: true,
            });
        }
    }
    let tokens = theme.join("tokens.css");
    if tokens.is_file() {
        let css = text(&tokens)?;
        theme::check_tokens(&css).map_err(|(line, reason)| KitError::Tokens {
            path: tokens,
            line,
            reason,
        })?;
        shelf.add("theme.css", css.into_bytes());
    }
    for path in files_under(&theme.join("assets"))? {
        let bytes = fs::read(&path).map_err(|source| KitError::Theme {
            path: path.clone(),
            source,
        })?;
        if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
            shelf.add(name, bytes);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String, KitError> {
    fs::read_to_string(path).map_err(|source| KitError::Theme {
        path: path.to_owned(),
        source,
    })
}

/// All plain files below a folder, in order; none when it isn't there.
fn files_under(folder: &Path) -> Result<Vec<PathBuf>, KitError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let fault = |source| KitError::Theme {
            path: folder.clone(),
            source,
        };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(fault(error)),
        };
        for entry in entries {
            let path = entry.map_err(fault)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
