//! Owns: what search engines and job sites fetch: the sitemap, and the feed of all published offers in the XML dialect
//! that aggregators read (`source`, `job`). Doesn't own: the `JobPosting` on an offer's own page ([`super::pages`]).

use axum::{
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use futures_util::{Stream, stream};
use guard::Error as Closed;
use kernel::Word as _;
use quick_xml::{
    Writer,
    events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use web::Error;

use super::{model::Vacancy, service, store};
use crate::Site;

/// Addresses in one sitemap: the protocol's limit (sitemaps.org).
const ADDRESSES: u32 = 50_000;
/// Offers read from the database at a time.
const BATCH: u32 = 200;

/// `/sitemap.xml`: the index of the sitemaps, one for each 50,000 addresses.
pub(super) async fn sitemap(State(site): State<Site>) -> Response {
    let parts = (site.published().count() + PAGES.len()).div_ceil(ADDRESSES as usize);
    let mut xml = Xml::begin();
    xml.open("sitemapindex", SITEMAP);
    for part in 0..parts {
        xml.open("sitemap", None);
        xml.text("loc", &site.url(&format!("/sitemap/{part}")));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    answer(Body::from(xml.take()))
}

/// One of its parts; the pages that every site has stand in the first.
pub(super) async fn part(State(site): State<Site>, Path(part): Path<String>) -> Result<Response, Error> {
    let part: u32 = part.parse().map_err(|_| Error::NotFound)?;
    let pages = if part == 0 { PAGES } else { &[] };
    let before = part.checked_mul(ADDRESSES).ok_or(Error::NotFound)?;
    // The pages take their places from the first part's offers.
    let skipped = before.saturating_sub(u32::try_from(PAGES.len()).unwrap_or_default());
    let count = ADDRESSES - u32::try_from(pages.len()).unwrap_or_default();
    let offers = store::addresses(site.guard().db(), skipped, count)
        .await
        .map_err(Closed::from)?;
    if part > 0 && offers.is_empty() {
        return Err(Error::NotFound);
    }
    let mut xml = Xml::begin();
    xml.open("urlset", SITEMAP);
    for path in pages {
        xml.open("url", None);
        xml.text("loc", &site.url(path));
        xml.close("url");
    }
    for (slug, changed_at) in offers {
        xml.open("url", None);
        xml.text("loc", &site.url(&format!("/jobs/{slug}")));
        xml.text("lastmod", &changed_at.rfc3339());
        xml.close("url");
    }
    xml.close("urlset");
    Ok(answer(Body::from(xml.take())))
}

/// `/jobs.xml`: every published offer, streamed, in an order that doesn't change.
pub(super) async fn feed(State(site): State<Site>) -> Response {
    answer(Body::from_stream(chunks(site)))
}

const SITEMAP: Option<&str> = Some("http://www.sitemaps.org/schemas/sitemap/0.9");
const PAGES: &[&str] = &["/jobs", "/privacy"];

/// Where a feed stands: before it, after an offer, or at its end.
enum Place {
    Before,
    After(Option<kernel::Id<Vacancy>>),
    End,
}

fn chunks(site: Site) -> impl Stream<Item = Result<Vec<u8>, Closed>> {
    stream::try_unfold((site, Place::Before), |(site, place)| async move {
        let mut xml = Xml::go_on();
        let next = match place {
            Place::End => return Ok(None),
            Place::Before => {
                xml = Xml::begin();
                xml.open("source", None);
                xml.text("publisher", &site.guard().charter().controller().name);
                xml.text("publisherurl", &site.url("/"));
                xml.text("lastBuildDate", &site.guard().now().rfc3339());
                Place::After(None)
            }
            Place::After(last) => {
                let offers = store::published_after(site.guard().db(), last, BATCH).await?;
                for offer in &offers {
                    job(&mut xml, &site, offer);
                }
                match offers.last() {
                    Some(last) => Place::After(Some(last.id)),
                    None => {
                        xml.close("source");
                        Place::End
                    }
                }
            }
        };
        Ok(Some((xml.take(), (site, next))))
    })
}

fn job(xml: &mut Xml, site: &Site, vacancy: &Vacancy) {
    let offer = &vacancy.offer;
    xml.open("job", None);
    xml.text("referencenumber", &vacancy.reference);
    xml.text("title", &offer.title);
    xml.text("url", &site.url(&format!("/jobs/{}", vacancy.slug)));
    if let Some(at) = vacancy.published_at {
        xml.text("date", &at.rfc3339());
    }
    xml.text("company", &site.guard().charter().controller().name);
    xml.text("city", &offer.place);
    xml.text("country", &offer.country);
    xml.text("language", offer.language.word());
    xml.text("jobtype", offer.contract.word());
    xml.text("remotetype", offer.remote.word());
    if let Some(salary) = service::salary_range(offer) {
        xml.text("salary", &salary);
    }
    xml.html("description", &web::markdown::html(&offer.description, 3));
    xml.close("job");
}

fn answer(body: Body) -> Response {
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response()
}

/// XML as it is written. Into memory, so that no writing fails.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn go_on() -> Self {
        Self(Writer::new(Vec::new()))
    }

    fn begin() -> Self {
        let mut xml = Self::go_on();
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    fn open(&mut self, name: &str, namespace: Option<&str>) {
        let mut start = BytesStart::new(name);
        start.extend_attributes(namespace.map(|uri| ("xmlns", uri)));
        self.write(Event::Start(start));
    }

    fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.open(name, None);
        self.write(Event::Text(BytesText::new(&legal(text))));
        self.close(name);
    }

    fn html(&mut self, name: &str, html: &str) {
        self.open(name, None);
        for part in BytesCData::escaped(&legal(html)) {
            self.write(Event::CData(part));
        }
        self.close(name);
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory doesn't fail.
        let _ = self.0.write_event(event);
    }

    fn take(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

/// The text without the control characters that XML 1.0 can't hold, escaped or not.
fn legal(text: &str) -> String {
    let illegal = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(|c| !illegal(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_is_read_back() {
        let typed = "R&D <b>\u{1}\u{8} ]]> \"é\" \u{FFFF}";
        let mut xml = Xml::begin();
        xml.open("job", Some("urn:example?a&b"));
        xml.text("title", typed);
        xml.html("description", typed);
        xml.close("job");
        let bytes = xml.take();
        let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(&bytes).unwrap());
        let mut read = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Text(text) => read.push_str(&text),
                Event::CData(text) => read.push_str(&text),
                Event::GeneralRef(name) => read.push_str(match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("{other}"),
                }),
                _ => {}
            }
        }
        assert_eq!(read, "R&D <b> ]]> \"é\" ".repeat(2));
    }
}
