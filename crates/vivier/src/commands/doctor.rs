//! Owns: `vivier doctor`: every variable with its value, and what keeps a site from being served. Changes nothing.
//! Doesn't own: mending.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use kernel::Clock;
use platform::{
    config::{self, VARIABLES, variable},
    telemetry,
};

use crate::{output, place::Place};

pub(super) async fn run(sites: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    for known in VARIABLES {
        let value = variable(known.name);
        // A URL may hold a password.
        let shown = match &value {
            Some(value) if value.contains("://") => "(a URL)",
            Some(value) => value.as_str(),
            None => known.default,
        };
        let set = if value.is_some() { "set" } else { "default" };
        output::say(&format!("{:<24} {shown}  ({set}; {})", known.name, known.meaning));
    }
    let place = Place::configured(sites);
    let mut findings = Findings { good: true };
    findings.variables().await;
    findings.folders(&place);
    match place.names() {
        Err(error) => findings.judge("the sites' folder", Some(output::line(&error))),
        Ok(names) => {
            for name in names {
                findings.site(&place, &name).await;
            }
        }
    }
    Ok(if findings.good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What was found, said as it is found.
struct Findings {
    good: bool,
}

impl Findings {
    fn judge(&mut self, what: &str, wrong: Option<String>) {
        match wrong {
            None => output::say(&format!("ok    {what}")),
            Some(why) => {
                self.good = false;
                output::say(&format!("wrong {what}: {why}"));
            }
        }
    }

    /// The variables that can be written wrongly.
    async fn variables(&mut self) {
        let listen = config::listen();
        // Looking up is enough: where `serve` runs, the address is taken.
        let unknown = tokio::net::lookup_host(&listen).await.err();
        let unknown = unknown.map(|error| format!("{listen:?} is no address to serve on: {error}"));
        self.judge("VIVIER_LISTEN", unknown);
        self.judge("VIVIER_NOW", config::clock().err().map(|error| error.to_string()));
        self.judge(
            "VIVIER_PROXIES",
            config::proxies().err().map(|error| error.to_string()),
        );
        let log = variable("VIVIER_LOG").and_then(|filter| telemetry::flaw(&filter));
        self.judge("VIVIER_LOG", log);
    }

    fn folders(&mut self, place: &Place) {
        let master = place.master_key.display().to_string();
        self.judge(
            "the master key's file",
            (!place.master_key.is_file())
                .then(|| format!("{master} isn't there; `vivier site new` makes it")),
        );
        let keys = Path::new(&place.keys);
        if keys.is_dir() {
            self.judge("the keys' folder", unwritable(keys));
        }
    }

    async fn site(&mut self, place: &Place, name: &str) {
        let folder = place.folder(name);
        for part in [folder.clone(), folder.join("files")] {
            if part.is_dir() {
                let what = if part == folder { "the folder" } else { "the files" };
                self.judge(&format!("site {name}, {what}"), unwritable(&part));
            }
        }
        let what = format!("site {name}");
        match place.look(name, Clock::system()).await {
            Err(error) => self.judge(&what, Some(output::line(&error))),
            Ok(Err(pending)) => self.judge(&what, Some(super::migrations_pending(&pending))),
            Ok(Ok(guard)) => {
                let answer = guard.ready().await.err().map(|error| error.to_string());
                self.judge(&what, answer);
                let kept_out = guard.greet_mail_server().await.err();
                self.judge(&format!("site {name}, the mail server"), kept_out);
                guard.close().await;
            }
        }
    }
}

/// Why nothing can be written into the folder.
fn unwritable(folder: &Path) -> Option<String> {
    let tried = tempfile::tempfile_in(folder);
    tried.err().map(|error| format!("{}: {error}", folder.display()))
}
