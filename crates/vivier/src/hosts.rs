//! Owns: the request's host picks the site; serving until told to stop. Doesn't own: what a site answers.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use web::ClientAddress;

use crate::patient::{Patient, Peer};

/// After so long without a byte in either direction a connection ends: longer than a phone is without a network between
/// two cells, and a stalled upload holds its half of a file no longer.
const IDLE: Duration = Duration::from_secs(60);

/// Which router answers for which host; one may answer for the rest.
#[derive(Clone, Default)]
pub(crate) struct Hosts {
    by_host: HashMap<String, Router>,
    rest: Option<Router>,
    proxies: u8,
}

impl Hosts {
    /// These hosts (without port) lead to that router.
    pub(crate) fn add(&mut self, hosts: &[String], router: &Router) {
        for host in hosts {
            self.by_host.insert(host.to_ascii_lowercase(), router.clone());
        }
    }

    /// Every other host leads there.
    pub(crate) fn rest(&mut self, router: Router) {
        self.rest = Some(router);
    }

    /// So many proxies of the operator's own stand before us.
    pub(crate) fn behind(&mut self, proxies: u8) {
        self.proxies = proxies;
    }

    /// Serves until the process is told to stop; requests under way are finished.
    pub(crate) async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let router = Router::new().fallback(pick).with_state(Arc::new(self));
        axum::serve(
            Patient::new(listener, IDLE),
            router.into_make_service_with_connect_info::<Peer>(),
        )
        .with_graceful_shutdown(told_to_stop())
        .await
    }
}

async fn pick(
    State(hosts): State<Arc<Hosts>>,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    mut request: Request<Body>,
) -> Response {
    let client = ClientAddress::of(peer.ip(), request.headers(), hosts.proxies);
    request.extensions_mut().insert(client);
    // HTTP/1.1 names it in the header; an absolute request line would in the URI.
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = request
        .uri()
        .host()
        .or(host)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host.as_str(), |(name, _)| name);
    match hosts.by_host.get(name).or(hosts.rest.as_ref()) {
        Some(router) => match router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        None => (
            StatusCode::MISDIRECTED_REQUEST,
            "no site of this server has that name\n",
        )
            .into_response(),
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    // Without signals there is nobody to tell us.
    let _ = interrupt.await;
}
