//! Owns: finding the templates, texts and samples of every capability on disk. Doesn't own: reading them as a
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

/// Every capability with templates: `crates/app/src/*/templates`.
pub(crate) fn all() -> Vec<Room> {
    let capabilities = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut folders: Vec<PathBuf> = fs::read_dir(capabilities)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter(|folder| folder.join("templates").is_dir())
        .map(|folder| room(folder))
        .collect()
}

fn room(folder: &Path) -> Room {
    let capability = folder.file_name().unwrap().to_str().unwrap();
    let mut templates = Vec::new();
    for entry in fs::read_dir(folder.join("templates")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "html") {
            let name = format!("{capability}/{}", path.file_name().unwrap().to_str().unwrap());
            templates.push((leak(name), leak(fs::read_to_string(&path).unwrap())));
        }
    }
    templates.sort_unstable();
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
        samples: samples(capability, &folder.join("templates/samples.json")),
    }
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
