//! Owns: finding the templates, texts and samples of every capability, and of the demo, on disk. Doesn't own: reading them as a
//! site does; that is `web::Kit`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kernel::Locale;
use serde_json::{Map, Value};
use web::Texts;

/// Template → sample → context.
pub(crate) type Samples = BTreeMap<String, Contexts>;
/// Sample → context.
type Contexts = BTreeMap<String, Map<String, Value>>;

pub(crate) struct Room {
    pub(crate) texts: Texts,
    pub(crate) samples: Samples,
}

/// Every folder with texts: `crates/app/src/*/locales`, `crates/vivier/src/*/locales`.
pub(crate) fn all() -> Vec<Room> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = ["app/src", "vivier/src"]
        .map(|home| entries(&crates.join(home)))
        .concat();
    folders.retain(|folder| folder.join("locales").is_dir());
    folders.iter().map(|folder| room(folder)).collect()
}

fn room(folder: &Path) -> Room {
    let capability = folder.file_name().unwrap().to_str().unwrap();
    let home = folder.join("templates");
    let mut templates = Vec::new();
    let mut folders = vec![home.clone()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "html" || ext == "txt") {
                let name = format!("{capability}/{}", path.strip_prefix(&home).unwrap().display());
                templates.push((leak(name), leak(fs::read_to_string(&path).unwrap())));
            }
        }
    }
    let locales = [(Locale::Fr, "fr.ftl"), (Locale::En, "en.ftl")].map(|(locale, file)| {
        (
            locale,
            leak(fs::read_to_string(folder.join("locales").join(file)).unwrap()),
        )
    });
    let texts = Texts {
        templates: templates.leak(),
        locales: Box::leak(Box::new(locales)),
    };
    Room {
        texts,
        samples: samples(capability, &home.join("samples.json")),
    }
}

/// What is in a folder, in order; nothing when there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

fn samples(capability: &str, file: &Path) -> Samples {
    let text = fs::read_to_string(file).unwrap_or_else(|_| "{}".to_owned());
    let read: BTreeMap<String, Option<Contexts>> =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut all = Samples::new();
    for (template, samples) in read {
        let samples = samples.unwrap_or_default();
        let whole = samples
            .iter()
            .map(|(name, context)| (name.clone(), like(&samples, context)));
        all.insert(format!("{capability}/{template}"), whole.collect());
    }
    all
}

/// The sample with what it leaves to the one it is like.
fn like(samples: &Contexts, context: &Map<String, Value>) -> Map<String, Value> {
    let Some(base) = context
        .get("_like")
        .and_then(Value::as_str)
        .and_then(|name| samples.get(name))
    else {
        return context.clone();
    };
    let mut whole = like(samples, base);
    whole.extend(context.clone());
    whole
}

fn leak(text: String) -> &'static str {
    text.leak()
}
