//! Owns: `vivier serve`: every site of a folder, each by its hosts. Doesn't own: opening one (`place`).

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use platform::config;
use tokio::net::TcpListener;

use crate::{hosts::Hosts, output, place::Place};

#[derive(Args)]
pub(super) struct Arguments {
    /// Folder with one folder per site.
    #[arg(long)]
    sites: Option<PathBuf>,
    /// Address to serve on.
    #[arg(long)]
    listen: Option<String>,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let place = Place::configured(arguments.sites);
    let (clock, moved) = config::clock()?;
    let mut hosts = Hosts::default();
    hosts.behind(config::proxies()?);
    let mut served = 0;
    for name in place.names()? {
        // One that is broken stops no other.
        let opened = async {
            let (guard, file) = place.open(&name, clock.clone()).await?;
            if moved && !guard.is_demo() {
                anyhow::bail!("VIVIER_NOW moves the clock of a real site: unset it");
            }
            let site = place.start(guard, &file).await?;
            anyhow::Ok((site, file))
        };
        match opened.await {
            Ok((site, file)) => {
                hosts.add(&file.hosts, &app::router(&site));
                output::complain(&format!("{name}: {}", file.url));
                served += 1;
            }
            Err(error) if moved => return Err(error),
            Err(error) => output::complain(&format!("{name} is not served: {}", output::line(&error))),
        }
    }
    if served == 0 {
        anyhow::bail!("{}: no site to serve", place.sites.display());
    }
    let listen = arguments.listen.unwrap_or_else(config::listen);
    let listener = TcpListener::bind(&listen)
        .await
        .with_context(|| format!("can't serve on {listen}"))?;
    output::complain(&format!("serving on {}", listener.local_addr()?));
    hosts.serve(listener).await?;
    Ok(ExitCode::SUCCESS)
}
