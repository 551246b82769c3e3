//! Owns: one person's HTTP client: a connection a request, cookies kept, redirects followed when asked, and raw
//! bytes for what no browser would send. Written here because the clients one can depend on tidy addresses and
//! headers up, and bad input is half of what is tested.

use crate::html::{self, Form, Part, Value};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer may take; a test that waits so long has found something.
const PATIENCE: Duration = Duration::from_secs(60);
const BOUNDARY: &str = "----a-part-of-a-form-of-a-test----";

/// Somebody at the other end of a connection.
#[derive(Debug, Clone)]
pub struct Client {
    server: SocketAddr,
    host: String,
    /// Sent with each request until set otherwise; `Accept-Language` at first.
    pub headers: Vec<(String, String)>,
    /// What the server asked to be told again.
    pub cookies: BTreeMap<String, String>,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back, whole: an answer that was cut off is an error.
#[derive(Debug, Clone)]
pub struct Answer {
    /// As in `200`.
    pub status: u16,
    /// In the order they came.
    pub headers: Vec<(String, String)>,
    /// Without transfer coding.
    pub body: Vec<u8>,
    /// The path that was asked for.
    pub path: String,
}

impl Request {
    /// A request for `path`, which is sent as it is written here.
    pub fn get(path: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A body of a kind.
    pub fn post(path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let request = Self {
            method: "POST".to_owned(),
            body: body.into(),
            ..Self::get(path)
        };
        request.header("Content-Type", kind)
    }

    /// Another method, as in `DELETE`.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// One header more; it replaces one that the client would send itself.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What a form sends when its button is pressed on the page at `page`.
    pub fn form(form: &Form, page: &str) -> Self {
        let path = if form.action.is_empty() {
            page
        } else {
            &form.action
        };
        if form.multipart {
            return Self::post(
                path,
                &format!("multipart/form-data; boundary={BOUNDARY}"),
                multipart(&form.parts),
            );
        }
        let pairs = form.parts.iter().map(|part| match &part.value {
            Value::Text(text) => format!("{}={}", percent(&part.name), percent(text)),
            Value::File { name, .. } => format!("{}={}", percent(&part.name), percent(name)),
        });
        let pairs = pairs.collect::<Vec<_>>().join("&");
        if form.method == "post" {
            Self::post(path, "application/x-www-form-urlencoded", pairs)
        } else {
            let path = path.split('?').next().unwrap_or_default();
            Self::get(&format!("{path}?{pairs}"))
        }
    }
}

impl Client {
    /// Somebody who knows nothing yet, speaking to `server` as `host`.
    pub fn new(server: SocketAddr, host: &str) -> Self {
        let headers = vec![("Accept-Language".to_owned(), "en".to_owned())];
        Self {
            server,
            host: host.to_owned(),
            headers,
            cookies: BTreeMap::new(),
        }
    }

    /// The same person, with all they were given, at another host.
    #[must_use]
    pub fn at(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// The same person reading another language, as in `fr`.
    #[must_use]
    pub fn speaking(mut self, language: &str) -> Self {
        self.headers.retain(|(name, _)| name != "Accept-Language");
        self.headers
            .push(("Accept-Language".to_owned(), language.to_owned()));
        self
    }

    /// The same person showing an API token.
    #[must_use]
    pub fn bearing(mut self, token: &str) -> Self {
        self.headers
            .push(("Authorization".to_owned(), format!("Bearer {token}")));
        self
    }

    /// Asks for a page, following no redirect.
    pub fn get(&mut self, path: &str) -> Answer {
        self.send(&Request::get(path))
    }

    /// Opens a page as a browser does, following redirects within the site, ten at most.
    pub fn open(&mut self, path: &str) -> Answer {
        let answer = self.get(path);
        self.follow(answer)
    }

    /// Presses a form's button on the page it stands on, following no redirect.
    pub fn submit(&mut self, form: &Form, page: &Answer) -> Answer {
        self.send(&Request::form(form, &page.path))
    }

    /// Follows an answer's redirects within the site, ten at most.
    pub fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            let Some(to) = answer
                .header("location")
                .filter(|_| (300..400).contains(&answer.status))
            else {
                return answer;
            };
            let path = to
                .strip_prefix(&format!("http://{}", self.host))
                .unwrap_or(to)
                .to_owned();
            assert!(
                path.starts_with('/') && !path.starts_with("//"),
                "a redirect leaves the site: {to}"
            );
            answer = self.get(&path);
        }
        panic!("redirected without end at {}", answer.path);
    }

    /// Asks; panics where no whole answer comes.
    pub fn send(&mut self, request: &Request) -> Answer {
        self.try_send(request)
            .unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path))
    }

    /// Asks; an error where no whole answer comes, since the server may have been killed meanwhile.
    pub fn try_send(&mut self, request: &Request) -> io::Result<Answer> {
        self.try_send_within(PATIENCE, request)
    }

    /// As [`Client::try_send`], hanging up when no answer comes within `patience`.
    pub fn try_send_within(&mut self, patience: Duration, request: &Request) -> io::Result<Answer> {
        let answer = raw_within(patience, self.server, &self.bytes(request))?;
        Ok(self.take(request, answer))
    }

    /// As [`Client::try_send`], with something that happens when half of the request is on its way.
    pub fn send_haltingly(&mut self, request: &Request, meanwhile: impl FnOnce()) -> io::Result<Answer> {
        let bytes = self.bytes(request);
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        let mut stream = connect(self.server)?;
        stream.write_all(first)?;
        meanwhile();
        stream.write_all(rest)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(self.take(request, parse(&answer)?))
    }

    fn take(&mut self, request: &Request, mut answer: Answer) -> Answer {
        request.path.clone_into(&mut answer.path);
        self.keep_cookies(&answer);
        answer
    }

    /// The request as it goes over the wire.
    fn bytes(&self, request: &Request) -> Vec<u8> {
        let mut headers: Vec<(&str, String)> =
            vec![("Host", self.host.clone()), ("Connection", "close".to_owned())];
        if !self.cookies.is_empty() {
            let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            headers.push(("Cookie", cookies.collect::<Vec<_>>().join("; ")));
        }
        if request.method != "GET" {
            headers.push(("Origin", format!("http://{}", self.host)));
            headers.push(("Content-Length", request.body.len().to_string()));
        }
        headers.extend(
            self.headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone())),
        );
        headers.retain(|(name, _)| {
            !request
                .headers
                .iter()
                .any(|(own, _)| own.eq_ignore_ascii_case(name))
        });
        headers.extend(
            request
                .headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone())),
        );

        let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method, request.path).into_bytes();
        for (name, value) in headers {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&request.body);
        bytes
    }

    /// Where the server listens, for [`raw`].
    pub fn server(&self) -> SocketAddr {
        self.server
    }

    /// The `Host` header it sends.
    pub fn host(&self) -> &str {
        &self.host
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, cookie) in answer
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if value.is_empty() || attributes.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(name.trim());
            } else {
                self.cookies
                    .insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// Sends exactly these bytes and reads what comes back.
pub fn raw(server: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    raw_within(PATIENCE, server, bytes)
}

fn raw_within(patience: Duration, server: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    let mut stream = connect(server)?;
    stream.set_read_timeout(Some(patience))?;
    // A server may answer "too large" and close before it has read all: what it said still counts.
    let sent = stream.write_all(bytes);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if answer.is_empty() => Err(sent.err().unwrap_or(error)),
        _ => parse(&answer),
    }
}

/// As [`raw`], for a request that ends before it should: our half closes after `bytes`.
pub fn cut_off(server: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    let mut stream = connect(server)?;
    stream.write_all(bytes)?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(&answer)
}

fn connect(server: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

impl Answer {
    /// A header's first value, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.path, self.text()))
    }

    /// The form that goes to `action`; panics where the page has none.
    pub fn form(&self, action: &str) -> Form {
        let forms = html::forms(&self.text());
        let actions: Vec<_> = forms.iter().map(|form| form.action.clone()).collect();
        let here = |form: &Form| form.action == action || (form.action.is_empty() && self.path == action);
        forms
            .into_iter()
            .find(here)
            .unwrap_or_else(|| panic!("{}: no form to {action} among {actions:?}", self.path))
    }

    /// The same answer, after making sure of its status.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }
}

fn parse(bytes: &[u8]) -> io::Result<Answer> {
    let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "the answer was cut off");
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or_else(cut)?;
    let (head, body) = (String::from_utf8_lossy(&bytes[..end]), &bytes[end + 4..]);
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let status = status.ok_or_else(cut)?;
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
        path: String::new(),
    };
    answer.body = if answer
        .header("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"))
    {
        unchunk(body).ok_or_else(cut)?
    } else {
        let length = answer
            .header("content-length")
            .and_then(|length| length.parse().ok());
        body.get(..length.unwrap_or(body.len())).ok_or_else(cut)?.to_vec()
    };
    Ok(answer)
}

fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = bytes.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[..line]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(bytes.get(line + 2..line + 2 + size)?);
        bytes = bytes.get(line + 2 + size + 2..)?;
    }
}

fn multipart(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for Part { name, value } in parts {
        let name = quoted(name);
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        match value {
            Value::Text(text) => body.extend(format!("\r\n\r\n{text}").bytes()),
            Value::File { name, kind, bytes } => {
                body.extend(
                    format!("; filename=\"{}\"\r\nContent-Type: {kind}\r\n\r\n", quoted(name)).bytes(),
                );
                body.extend(bytes);
            }
        }
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// As browsers write a name between quotes (WHATWG HTML, multipart/form-data).
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// As browsers write a form's value in an address.
fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => out.push(byte.into()),
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_whole_or_not_at_all() {
        let whole =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(parse(whole).unwrap().text(), "abcde");
        assert_eq!(
            parse(b"HTTP/1.1 303 See Other\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n")
                .unwrap()
                .header("Location"),
            Some("/x")
        );
        for cut in [
            &whole[..whole.len() - 9],
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\n",
            b"",
        ] {
            assert!(parse(cut).is_err(), "{}", String::from_utf8_lossy(cut));
        }
    }

    #[test]
    fn a_form_is_sent_as_a_browser_sends_it() {
        let mut form =
            html::forms(r#"<form action="/a" method="post"><input name="q"><input type=file name=f></form>"#)
                .remove(0);
        form.set("q", "d'été & co")
            .attach("f", "c\"v.pdf", "application/pdf", b"%PDF");
        assert_eq!(
            Request::form(&form, "/").body,
            b"q=d%27%C3%A9t%C3%A9+%26+co&f=c%22v.pdf"
        );
        form.multipart = true;
        let body = String::from_utf8(Request::form(&form, "/").body).unwrap();
        assert!(
            body.contains(
                "name=\"f\"; filename=\"c%22v.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"
            ),
            "{body}"
        );
        form.method = "get".to_owned();
        form.multipart = false;
        assert_eq!(
            Request::form(&form, "/").path,
            "/a?q=d%27%C3%A9t%C3%A9+%26+co&f=c%22v.pdf"
        );
    }
}
