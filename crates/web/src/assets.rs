//! Owns: stylesheets, scripts and pictures, served under names that change with their content. Doesn't own: the
//! route; a site answers `/assets/{file}` with [`Shelf::serve`].

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use sha2::{Digest as _, Sha256};

use crate::theme;

/// What a page of any site may load, by name.
static OWN: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let own: [(&'static str, &'static str); 6] = [
        (
            "desk.css",
            concat!(
                include_str!("../assets/base.css"),
                include_str!("../assets/desk.css")
            ),
        ),
        ("desk.js", include_str!("../assets/desk.js")),
        ("favicon.svg", include_str!("../assets/favicon.svg")),
        ("passkey.js", include_str!("../assets/passkey.js")),
        (
            "public.css",
            concat!(
                include_str!("../assets/base.css"),
                include_str!("../assets/public.css")
            ),
        ),
        ("public.js", include_str!("../assets/public.js")),
    ];
    own.into_iter()
        .map(|(name, text)| (name, Asset::new(Cow::Borrowed(text.as_bytes()))))
        .collect()
});

#[derive(Clone)]
struct Asset {
    hash: String,
    body: Cow<'static, [u8]>,
}

impl Asset {
    fn new(body: Cow<'static, [u8]>) -> Self {
        let digest = Sha256::digest(&body);
        let hash = digest.iter().take(6).fold(String::new(), |mut hash, byte| {
            // Writing to a string can't fail.
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        Self { hash, body }
    }

    /// The stylesheet with the rules of an accent after it; `None` when that isn't a colour. Its hash is made of
    /// theirs, half and half: it is asked for with every page.
    fn dyed(self, accent: &str) -> Option<Self> {
        let rules = Self::new(Cow::Owned(theme::accent(accent)?.css().into_bytes()));
        let half = self.hash.len() / 2;
        Some(Self {
            hash: format!("{}{}", &self.hash[..half], &rules.hash[..half]),
            body: [self.body, rules.body].concat().into(),
        })
    }
}

/// The assets of one site: the kit's own and its theme's, which come first.
#[derive(Clone, Default)]
pub struct Shelf {
    theme: BTreeMap<String, Asset>,
}

impl Shelf {
    pub(crate) fn add(&mut self, name: &str, body: Vec<u8>) {
        self.theme.insert(name.to_owned(), Asset::new(Cow::Owned(body)));
    }

    /// The asset of that name. `0b6b57.public.css` is `public.css` with the rules of that accent after it, made from
    /// its name, so that no state is needed to serve it.
    fn find(&self, name: &str) -> Option<Asset> {
        let plain = |name: &str| self.theme.get(name).or_else(|| OWN.get(name)).cloned();
        plain(name).or_else(|| {
            let (hex, sheet) = name
                .split_once('.')
                .filter(|(_, sheet)| sheet.ends_with(".css"))?;
            plain(sheet)?.dyed(&format!("#{hex}"))
        })
    }

    /// Where the asset of that name is: `/assets/0a1b2c3d4e5f-public.css`.
    #[must_use]
    pub fn href(&self, name: &str) -> Option<String> {
        self.find(name)
            .map(|asset| format!("/assets/{}-{name}", asset.hash))
    }

    /// The asset's bytes, by its hashed file name.
    #[must_use]
    pub fn bytes(&self, file: &str) -> Option<Vec<u8>> {
        let (hash, name) = file.split_once('-')?;
        let asset = self.find(name)?;
        (asset.hash == hash).then(|| asset.body.into_owned())
    }

    /// Answers `/assets/{file}`: cached for ever, since another content has another name; else 404.
    #[must_use]
    pub fn serve(&self, file: &str) -> Response {
        let found = file.split_once('-').and_then(|(hash, name)| {
            let asset = self.find(name)?;
            (asset.hash == hash).then_some((asset, content_type(name)?))
        });
        match found {
            None => StatusCode::NOT_FOUND.into_response(),
            Some((asset, kind)) => (
                [
                    (header::CONTENT_TYPE, kind),
                    (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                ],
                match asset.body {
                    Cow::Borrowed(bytes) => Body::from(bytes),
                    Cow::Owned(bytes) => Body::from(bytes),
                },
            )
                .into_response(),
        }
    }
}

fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        _ => return None,
    })
}

/// Names and sizes in bytes of the kit's own assets.
#[must_use]
pub fn sizes() -> Vec<(&'static str, usize)> {
    OWN.iter()
        .map(|(name, asset)| (*name, asset.body.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_and_scripts_stay_small() {
        for (name, size) in sizes() {
            let limit = if name.ends_with(".css") { 30_000 } else { 15_000 };
            assert!(size < limit, "{name}: {size} bytes");
        }
    }

    #[test]
    fn an_asset_is_served_under_its_own_hash_only() {
        let mut shelf = Shelf::default();
        shelf.add("logo.svg", b"<svg/>".to_vec());
        shelf.add("page.html", b"<script>".to_vec());
        for name in ["public.css", "desk.js", "logo.svg"] {
            let file = shelf.href(name).unwrap().replace("/assets/", "");
            let response = shelf.serve(&file);
            assert_eq!(response.status(), StatusCode::OK);
            assert!(
                response.headers()[header::CACHE_CONTROL]
                    .to_str()
                    .unwrap()
                    .contains("immutable")
            );
        }
        let page = shelf.href("page.html").unwrap().replace("/assets/", "");
        for file in [
            "public.css",
            "000000000000-public.css",
            "x-../../etc/passwd",
            "",
            "-",
            page.as_str(),
        ] {
            assert_eq!(shelf.serve(file).status(), StatusCode::NOT_FOUND, "{file}");
        }
    }

    #[test]
    fn an_accent_comes_with_the_stylesheet() {
        let shelf = Shelf::default();
        let file = |name| shelf.href(name).map(|href| href.replace("/assets/", ""));
        let (plain, dyed) = (file("public.css").unwrap(), file("c2185b.public.css").unwrap());
        let (plain, dyed) = (shelf.bytes(&plain).unwrap(), shelf.bytes(&dyed).unwrap());
        assert!(dyed.starts_with(&plain) && dyed.len() > plain.len());
        assert_ne!(file("c2185b.public.css"), file("0b6b57.public.css"));
        for none in [
            "red.public.css",
            "12345.public.css",
            "c2185b.public.js",
            "c2185b.none.css",
        ] {
            assert_eq!(file(none), None, "{none}");
        }
    }
}
