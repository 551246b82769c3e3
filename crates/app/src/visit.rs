//! Owns: [`Visit`], one request as a handler sees it: who acts, in which language, on which page; [`Posted`], a small
//! form whose token was checked. Doesn't own: answers that are errors ([`crate::edge`]).

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use charter::Duty;
use guard::{Actor, Caller, Device, Staff};
use kernel::{Id, Locale};
use serde::Serialize;
use web::{ClientAddress, Cookie, Error, MenuItem, Notice, Page, Say, Slot, Tone, Viewer, cookie};

use crate::{Audience, Site};

/// The cookie of a session; declared by the charter as a tracker of class `security`.
pub(crate) const SESSION_COOKIE: &str = charter::SESSION_TRACKER;
/// The cookie by which a browser is known to have signed in before; declared likewise.
pub(crate) const DEVICE_COOKIE: &str = "vivier_device";
/// Half a year, as the charters declare it.
const DEVICE_SECONDS: u32 = 182 * 86_400;
/// The context of the token that forms carry.
const CSRF: &str = "csrf";

/// One request.
pub(crate) struct Visit {
    pub(crate) site: Site,
    pub(crate) actor: Actor,
    pub(crate) locale: Locale,
    /// Whether that language was chosen in this browser, and not just what the browser asks for.
    pub(crate) has_chosen_language: bool,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) session: Option<String>,
    pub(crate) caller: Caller,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Error> {
        let session = cookie::read(&parts.headers, SESSION_COOKIE, site.is_https()).map(str::to_owned);
        let actor = match &session {
            Some(session) => site.guard().actor_of_session(session).await?,
            None => Actor::stranger(),
        };
        Ok(Self {
            actor,
            locale: language(site, parts.uri.query(), &parts.headers),
            has_chosen_language: cookie::read(&parts.headers, web::LANGUAGE_COOKIE, site.is_https())
                .is_some(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            caller: caller(parts, site.is_https()),
            session,
            site: site.clone(),
        })
    }
}

/// Where a request comes from.
pub(crate) fn caller(parts: &Parts, https: bool) -> Caller {
    let address = parts.extensions.get::<ClientAddress>().copied();
    let agent = parts.headers.get(header::USER_AGENT);
    Caller {
        address: address.unwrap_or(ClientAddress::NONE).0,
        device: Device::of(agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default()),
        known: cookie::read(&parts.headers, DEVICE_COOKIE, https).map(str::to_owned),
    }
}

/// The language a request asks for.
pub(crate) fn language(site: &Site, query: Option<&str>, headers: &HeaderMap) -> Locale {
    let asked = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    let chosen = cookie::read(headers, web::LANGUAGE_COOKIE, site.is_https());
    let browser = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    web::language(asked, chosen, browser, site.guard().charter().languages())
}

impl Visit {
    /// A text in the visit's language.
    pub(crate) fn text(&self, key: &str) -> String {
        self.site.kit().text(self.locale, key, &[])
    }

    /// The page's frame: face, menu, viewer, form token, and a message of the step before.
    pub(crate) async fn page(&self, notice: Option<Notice>) -> Result<Page, Error> {
        let guard = self.site.guard();
        let mut page = Page::new(
            self.site.face(self.locale),
            self.locale,
            self.path.clone(),
            guard.now(),
        );
        page.query.clone_from(&self.query);
        page.csrf = self.csrf();
        page.notice = notice.or_else(|| self.notice());
        if self.actor.staff().is_some() {
            let name = guard.own_name(&self.actor).await?;
            let charter = guard.charter();
            let role = self.actor.role().and_then(|role| charter.role(role));
            page.viewer = Viewer::Staff {
                name: Slot::of(name),
                role: role
                    .map(|role| role.label(self.locale).to_owned())
                    .unwrap_or_default(),
            };
            page.menu = self.menu().await?;
        } else if self.actor.person().is_some() {
            page.viewer = Viewer::Candidate { name: None };
            page.menu = crate::account::area_menu(self.site.kit(), self.locale);
            if guard.rights_purpose().is_err() {
                page.menu.retain(|entry| entry.href != crate::rights::HERE);
            }
        }
        Ok(page)
    }

    /// Draws a page.
    pub(crate) async fn draw(&self, template: &str, context: impl Serialize) -> Result<Response, Error> {
        self.draw_with(StatusCode::OK, template, context).await
    }

    /// Draws a page with another status: a form that came back.
    pub(crate) async fn draw_with(
        &self,
        status: StatusCode,
        template: &str,
        context: impl Serialize,
    ) -> Result<Response, Error> {
        self.draw_under(status, None, template, context).await
    }

    /// Draws a page under a message.
    pub(crate) async fn draw_noticed(
        &self,
        notice: Option<Notice>,
        template: &str,
        context: impl Serialize,
    ) -> Result<Response, Error> {
        self.draw_under(StatusCode::OK, notice, template, context).await
    }

    async fn draw_under(
        &self,
        status: StatusCode,
        notice: Option<Notice>,
        template: &str,
        context: impl Serialize,
    ) -> Result<Response, Error> {
        let page = self.page(notice).await?;
        let html = self
            .site
            .kit()
            .render(self.locale, template, &page, context)
            .map_err(Error::internal)?;
        Ok((status, Html(html)).into_response())
    }

    /// Who acts, charged with that duty by the charter, and nobody else.
    ///
    /// # Errors
    /// As [`Visit::staff`]; [`Error::Forbidden`] without the duty.
    pub(crate) fn on_duty(&self, duty: Duty) -> Result<Id<Staff>, Error> {
        self.staff()?;
        Ok(self.actor.on_duty(&self.site.guard().charter(), duty)?)
    }

    /// Member of staff, or asked to sign in.
    pub(crate) fn staff(&self) -> Result<(), Error> {
        if self.actor.staff().is_some() {
            Ok(())
        } else {
            Err(Error::SignIn)
        }
    }

    /// A person in their own area, or asked for a link.
    pub(crate) fn person(&self) -> Result<(), Error> {
        if self.actor.person().is_some() {
            Ok(())
        } else {
            Err(Error::SignIn)
        }
    }

    /// Whether that is the token of the session that it came with.
    pub(crate) fn is_own_token(&self, given: Option<&str>) -> bool {
        self.csrf()
            .is_some_and(|expected| same(&expected, given.unwrap_or_default()))
    }

    fn csrf(&self) -> Option<String> {
        let session = self
            .session
            .as_deref()
            .filter(|_| self.actor.account().is_some() || self.actor.halfway().is_some())?;
        Some(self.site.guard().seal_of(CSRF, session.as_bytes()))
    }

    async fn menu(&self) -> Result<Vec<MenuItem>, Error> {
        let (guard, kit) = (self.site.guard(), self.site.kit());
        let waiting = crate::waiting(guard, &self.actor).await?;
        let entries = crate::capabilities();
        let entries = entries
            .iter()
            .flat_map(|capability| (capability.menu)(guard, kit, &self.actor, self.locale));
        Ok(entries
            .map(|entry| {
                let waits = waiting.iter().find(|(href, _)| *href == entry.href);
                match waits {
                    Some((_, count)) => entry.count(*count),
                    None => entry,
                }
            })
            .filter(|entry| !entry.is_rare || entry.count.is_some())
            .collect())
    }

    /// The message a redirect asked for: `?done=moved` shows the text `done-moved`, and nothing that was typed.
    fn notice(&self) -> Option<Notice> {
        let word = self
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix("done="))?;
        let plain = word.len() <= 30 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let key = format!("done-{word}");
        (plain && self.site.kit().has_text(&key)).then(|| Notice::new(Tone::Good, self.text(&key)))
    }

    /// The query without what a redirect added, and with that.
    pub(crate) fn back(&self, path: &str, done: &str) -> Redirect {
        let rest = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("done=") && !pair.starts_with("reason="));
        let query: Vec<String> = rest.map(str::to_owned).chain([format!("done={done}")]).collect();
        Redirect::to(&format!("{path}?{}", query.join("&")))
    }

    /// The `Set-Cookie` of a new session.
    pub(crate) fn session_cookie(site: &Site, token: &guard::SessionToken) -> HeaderMap {
        set_cookie(Cookie::new(SESSION_COOKIE, token.secret()), site.is_https())
    }

    /// The `Set-Cookie` of a browser that signed in, where the charter declares it.
    pub(crate) fn device_cookie(site: &Site, device: Option<&guard::DeviceToken>) -> HeaderMap {
        let declared = site.guard().charter().tracker(DEVICE_COOKIE).is_some();
        device.filter(|_| declared).map_or_else(HeaderMap::new, |device| {
            let cookie = Cookie::new(DEVICE_COOKIE, device.secret()).seconds(DEVICE_SECONDS);
            set_cookie(cookie, site.is_https())
        })
    }

    /// The `Set-Cookie` that ends one.
    pub(crate) fn no_session_cookie(&self) -> HeaderMap {
        set_cookie(Cookie::cleared(SESSION_COOKIE), self.site.is_https())
    }
}

fn set_cookie(cookie: Cookie, https: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(value) = cookie.header(https) {
        headers.insert(header::SET_COOKIE, value);
    }
    headers
}

/// A small form, whose token fits the session it came with.
pub(crate) struct Posted {
    pub(crate) visit: Visit,
    fields: Vec<(String, String)>,
}

/// What a route's small form takes, and from whom.
#[derive(Clone, Copy)]
pub(crate) struct Takes {
    pub(crate) audience: Audience,
    pub(crate) fields: &'static [&'static str],
}

impl Takes {
    /// Who may first; then whether anything came that isn't asked.
    fn check(self, visit: &Visit, fields: &[(String, String)]) -> Result<(), Error> {
        match self.audience {
            Audience::Staff => visit.staff()?,
            Audience::Person => visit.person()?,
            Audience::Public | Audience::Program | Audience::Demo => {}
        }
        let unknown = fields
            .iter()
            .find(|(name, _)| name != "_csrf" && !self.fields.contains(&name.as_str()));
        match unknown {
            None => Ok(()),
            Some((name, _)) => Err(Error::Unprocessable {
                field: name.chars().take(64).collect(),
                clause: None,
                message: Some(Say::new("problem-unknown-field")),
            }),
        }
    }
}

/// A small form may be so long, in bytes.
const SMALL: usize = 64 * 1024;

impl FromRequest<Site> for Posted {
    type Rejection = Error;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, site).await?;
        let body: Bytes = axum::body::to_bytes(body, SMALL)
            .await
            .map_err(|_| Error::TooLarge {
                limit: Some(SMALL as u64),
            })?;
        let fields = form_urlencoded::parse(&body).into_owned().collect();
        let posted = Self { visit, fields };
        if let Some(expected) = posted.visit.csrf() {
            // Strangers' forms carry no session to misuse: where they come from is checked at the edge.
            if !same(&expected, posted.field("_csrf")) {
                return Err(Error::forbidden());
            }
        }
        let takes = parts.extensions.get::<Takes>().ok_or(Error::NotFound)?;
        takes.check(&posted.visit, &posted.fields)?;
        Ok(posted)
    }
}

impl Posted {
    /// A field's value; empty when it isn't there.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field: of boxes that are ticked.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let named = self.fields.iter().filter(|(field, _)| field == name);
        named.map(|(_, value)| value.as_str()).collect()
    }
}

/// Compares in a time that tells nothing of where two texts differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |differs, (a, b)| differs | (a ^ b))
            == 0
}
