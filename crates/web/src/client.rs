//! Owns: the client's address, as far as it can be trusted. Doesn't own: what is done with it (`guard`'s limits).

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::http::HeaderMap;

/// The address a request comes from, left in its extensions by who accepted the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Of a request that came over no network.
    pub const NONE: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

    /// The address of the client that talks to `peer` through so many proxies of the operator's own: that many hops from
    /// the right of `X-Forwarded-For`. What stands further left anybody can write; a header with fewer hops than there are
    /// proxies didn't come through them, and the peer speaks for itself.
    #[must_use]
    pub fn of(peer: IpAddr, headers: &HeaderMap, proxies: u8) -> Self {
        let hops = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(str::trim);
        let hops: Vec<&str> = hops.collect();
        let client = hops
            .len()
            .checked_sub(usize::from(proxies))
            .filter(|_| proxies > 0)
            .and_then(|nth| parse(hops.get(nth)?));
        Self(client.unwrap_or(peer))
    }
}

/// An address with or without a port, an IPv6 one with or without brackets.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(lines: &[&str], proxies: u8) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let peer = "192.0.2.1".parse().unwrap();
        ClientAddress::of(peer, &headers, proxies).0.to_string()
    }

    #[test]
    fn only_one_s_own_proxies_are_believed() {
        assert_eq!(seen(&[], 0), "192.0.2.1");
        assert_eq!(
            seen(&["203.0.113.9"], 0),
            "192.0.2.1",
            "no proxy: the header is made up"
        );
        assert_eq!(seen(&["203.0.113.9"], 1), "203.0.113.9");
        assert_eq!(
            seen(&["1.1.1.1, 203.0.113.9"], 1),
            "203.0.113.9",
            "what the client wrote stands left"
        );
        assert_eq!(seen(&["1.1.1.1", "203.0.113.9, 198.51.100.2"], 2), "203.0.113.9");
        assert_eq!(seen(&["203.0.113.9"], 2), "192.0.2.1");
        assert_eq!(seen(&["[2001:db8::9]:443"], 1), "2001:db8::9");
        assert_eq!(seen(&["2001:db8::9"], 1), "2001:db8::9");
        assert_eq!(seen(&["203.0.113.9:5000"], 1), "203.0.113.9");
        assert_eq!(seen(&["not an address"], 1), "192.0.2.1");
    }
}
