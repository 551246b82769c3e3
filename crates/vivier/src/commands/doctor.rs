//! Owns: `vivier doctor`: every variable with its value, and what keeps a site from being served. Doesn't own: mending.

use std::{path::PathBuf, process::ExitCode};

use kernel::Clock;
use platform::config::{VARIABLES, variable};

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
    let mut good = true;
    let mut judge = |what: &str, wrong: Option<String>| match wrong {
        None => output::say(&format!("ok    {what}")),
        Some(why) => {
            good = false;
            output::say(&format!("wrong {what}: {why}"));
        }
    };
    let master = place.master_key.display().to_string();
    judge(
        "the master key's file",
        (!place.master_key.is_file()).then(|| format!("{master} isn't there; `vivier site new` makes it")),
    );
    match place.names() {
        Err(error) => judge("the sites' folder", Some(output::line(&error))),
        Ok(names) => {
            for name in names {
                let wrong = match place.open(&name, Clock::system()).await {
                    Ok((guard, _)) => {
                        let answer = guard.ready().await.err().map(|error| error.to_string());
                        guard.close().await;
                        answer
                    }
                    Err(error) => Some(output::line(&error)),
                };
                judge(&format!("site {name}"), wrong);
            }
        }
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
