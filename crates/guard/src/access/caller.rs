//! Owns: where a request comes from, as far as that is told and kept: an address for the limits alone, a device in
//! words of a closed list. Doesn't own: how the address is known (`web`).

use std::net::IpAddr;

use kernel::words;
use serde::Serialize;

words! {
    /// A browser, as a person would name it.
    pub enum Browser {
        /// Mozilla's.
        Firefox = "firefox",
        /// Microsoft's.
        Edge = "edge",
        /// Opera's.
        Opera = "opera",
        /// Google's, and what calls itself so.
        Chrome = "chrome",
        /// Apple's.
        Safari = "safari",
        /// Another, or none.
        Other = "other",
    }
}

words! {
    /// What it runs on.
    pub enum System {
        /// Windows.
        Windows = "windows",
        /// Android.
        Android = "android",
        /// iPhone and iPad.
        Ios = "ios",
        /// macOS.
        Mac = "mac",
        /// Linux.
        Linux = "linux",
        /// Another, or unknown.
        Other = "other",
    }
}

/// A device in two words: enough for its owner to know it again, not for anybody to be told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// What it runs on.
    pub system: System,
}

impl Device {
    /// One of which nothing is known.
    pub const UNKNOWN: Self = Self {
        browser: Browser::Other,
        system: System::Other,
    };

    /// Reads a `User-Agent` header (RFC 9110 §10.1.5). Browsers name their ancestors too, so the order counts.
    #[must_use]
    pub fn of(user_agent: &str) -> Self {
        const BROWSERS: [(&str, Browser); 8] = [
            ("Firefox/", Browser::Firefox),
            ("FxiOS/", Browser::Firefox),
            ("Edg", Browser::Edge),
            ("OPR/", Browser::Opera),
            ("CriOS/", Browser::Chrome),
            ("Chrome/", Browser::Chrome),
            ("Chromium/", Browser::Chrome),
            ("Safari/", Browser::Safari),
        ];
        const SYSTEMS: [(&str, System); 6] = [
            ("Android", System::Android),
            ("iPhone", System::Ios),
            ("iPad", System::Ios),
            ("Windows", System::Windows),
            ("Mac OS X", System::Mac),
            ("Linux", System::Linux),
        ];
        let named = |mark: &str| user_agent.contains(mark);
        Self {
            browser: BROWSERS
                .iter()
                .find(|(mark, _)| named(mark))
                .map_or(Browser::Other, |(_, browser)| *browser),
            system: SYSTEMS
                .iter()
                .find(|(mark, _)| named(mark))
                .map_or(System::Other, |(_, system)| *system),
        }
    }
}

/// Who knocks, before anybody knows who it is.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The client's address, as far as it can be trusted. Kept only within a keyed hash, and for hours at most.
    pub address: IpAddr,
    /// The device.
    pub device: Device,
    /// What the browser brought to show that it entered here before.
    pub known: Option<String>,
}

impl Caller {
    /// The address as limits count it: an IPv6 network of 64 bits is one subscriber (RFC 6177).
    pub(super) fn place(&self) -> Vec<u8> {
        match self.address.to_canonical() {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets()[..8].to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_two_words() {
        for (agent, browser, system) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                Browser::Firefox,
                System::Linux,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                Browser::Edge,
                System::Windows,
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                Browser::Chrome,
                System::Android,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                Browser::Safari,
                System::Ios,
            ),
            ("curl/8", Browser::Other, System::Other),
            ("", Browser::Other, System::Other),
        ] {
            assert_eq!(Device::of(agent), Device { browser, system }, "{agent}");
        }
    }

    #[test]
    fn one_subscriber_is_one_place() {
        let place = |address: &str| {
            let caller = Caller {
                address: address.parse().unwrap(),
                device: Device::UNKNOWN,
                known: None,
            };
            caller.place()
        };
        assert_eq!(place("2001:db8:1:2::3"), place("2001:db8:1:2:ffff::4"));
        assert_ne!(place("2001:db8:1:2::3"), place("2001:db8:1:3::3"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
    }
}
