//! Owns: that the browser's eyes see: a page without fault passes, each kind of fault is found.

use acceptance::browser::{Page, axe, shots};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

/// A page as ours are made, in the language asked for.
fn good(language: &str) -> String {
    format!(
        "<!doctype html><html lang='{language}'><meta charset='utf-8'><title>Offres</title>\
         <meta name='viewport' content='width=device-width'><style>@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #eee }} }}</style>\
         <main><h1>Offres</h1><p>Une page.</p>\
         <form method='get' action='/answer'><label>Ville <input name='q' required></label> <button>Oui</button></form></main>"
    )
}

/// Each fault, in what it adds to the page, and the word that the report has for it.
const FAULTS: [(&str, &str, &str); 7] = [
    (
        "/image",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
        "image-alt",
    ),
    (
        "/grey",
        "<style>@media (prefers-color-scheme: dark) { p { color: #333 } }</style>",
        "color-contrast",
    ),
    (
        "/wide",
        "<div style='width: 900px; height: 1px'></div>",
        "wider than the window",
    ),
    (
        "/error",
        "<script>throw new Error('broken')</script>",
        "script: broken",
    ),
    (
        "/elsewhere",
        "<link rel='stylesheet' href='http://fonts.example/a.css'>",
        "request elsewhere",
    ),
    (
        "/menu",
        "<nav tabindex='0' style='display: flex; overflow-x: auto'><p style='flex: none; width: 900px'>Offres</p>\
         <a href='/' aria-current='page'>Demandes</a></nav>",
        "out of sight",
    ),
    ("/answer", "<p><input name='nameless'></p>", "label"),
];

/// Serves the pages; the thread ends with the process.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty());
            let asked = request.next().unwrap_or_default();
            let language = if request.any(|line| line.to_lowercase().starts_with("accept-language: fr")) {
                "fr"
            } else {
                "en"
            };
            let path = asked.split([' ', '?']).nth(1).unwrap_or_default();
            let fault = FAULTS
                .iter()
                .find(|(at, _, _)| *at == path)
                .map_or("", |(_, fault, _)| fault);
            let page = good(language).replace("</main>", &format!("{fault}</main>"));
            // A form that comes back with what is wrong says so by its status.
            let status = if path == "/answer" {
                "422 Unprocessable Content"
            } else {
                "200 OK"
            };
            let head = "Content-Type: text/html\r\nConnection: close";
            let _gone = write!(
                stream,
                "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {}\r\n\r\n{page}",
                page.len()
            );
        }
    });
    format!("http://careers.localhost:{}", address.port())
}

#[test]
fn a_good_page_passes_and_each_fault_is_found() {
    let base = serve();
    axe(&base, &[Page::new("/")]).expect("nothing to find");
    let mut pages: Vec<Page> = FAULTS.iter().map(|(path, _, _)| Page::new(path)).collect();
    pages.pop();
    pages.push(Page::new("/").after_sending("form"));
    let report = axe(&base, &pages).expect_err("seven faults");
    for (path, _, word) in FAULTS {
        assert!(report.contains(word), "{path}: no {word} in\n{report}");
    }
    let (_, grey) = report
        .split_once("/grey")
        .expect("the grey page is in the report");
    let seen = grey
        .lines()
        .find(|line| line.contains("seen in:"))
        .unwrap_or_default();
    assert!(
        seen.contains("dark") && !seen.contains("light"),
        "contrast fails in the dark only: {seen}"
    );
}

#[test]
fn pictures_are_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    shots(&serve(), &[Page::new("/")], folder.path()).expect("pictures");
    let mut names: Vec<String> = folder
        .path()
        .read_dir()
        .expect("a folder")
        .flatten()
        .map(|file| file.file_name().to_string_lossy().into())
        .collect();
    names.sort();
    assert_eq!(names.len(), 8, "{names:?}");
    assert_eq!(names[0], "home-en-1440-dark.png");
}
