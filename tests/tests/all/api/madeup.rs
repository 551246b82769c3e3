//! Owns: input made up by machine from the API's own document (schemathesis): no answer is a 5xx, none is outside the
//! document. Doesn't own: installing it (`cargo xtask test` does).

use crate::house::root;
use crate::own::Own;
use acceptance::demo::Site;
use acceptance::http::Client;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;

/// The same inputs each time.
const SEED: &str = "20261121";
/// So many of each operation, for each who asks.
const EXAMPLES: &str = "8";

#[test]
fn what_a_machine_makes_up_is_answered_as_documented() {
    let program = root().join("tests/schemathesis/.venv/bin/schemathesis");
    assert!(
        program.exists(),
        "{} isn't there: `cargo xtask test` installs it from tests/schemathesis/requirements.txt",
        program.display()
    );
    let own = Own::new();
    let demo = own.demo().start();
    let mut who: Vec<(&Site, &str, Option<&str>)> = Vec::new();
    for site in demo.sites() {
        who.push((site, "nobody", None));
        for user in site.users.iter().filter(|user| user.token.is_some()) {
            if !who
                .iter()
                .any(|(other, role, _)| other.name == site.name && *role == user.role)
            {
                who.push((site, &user.role, user.token.as_deref()));
            }
        }
    }
    // Two at a time: there are two cores.
    let failed: Vec<String> = thread::scope(|scope| {
        let halves: Vec<_> = (0..2)
            .map(|half| {
                let who: Vec<_> = who.iter().skip(half).step_by(2).collect();
                let program = &program;
                scope.spawn(move || {
                    let runs = who
                        .into_iter()
                        .map(|(site, role, token)| run(program, site, role, *token));
                    runs.filter_map(Result::err).collect::<Vec<_>>()
                })
            })
            .collect();
        halves
            .into_iter()
            .flat_map(|half| half.join().expect("a run"))
            .collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    // Whatever it wrote, the site still stands.
    for site in demo.sites() {
        site.stranger().get("/jobs").expect_status(200);
        site.recruiter().open("/desk/applications").expect_status(200);
    }
}

fn run(program: &std::path::Path, site: &Site, role: &str, token: Option<&str>) -> Result<(), String> {
    let mut client: Client = site.stranger();
    let document = client.get("/api/openapi.json").expect_status(200);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("openapi.json");
    fs::write(&file, &document.body).expect("written");
    let mut command = Command::new(program);
    command
        .arg("--config-file")
        .arg(root().join("tests/schemathesis/schemathesis.toml"))
        .arg("run")
        .arg(&file)
        .args(["--url", &format!("http://{}", site.server())])
        .args(["--header", &format!("Host: {}", site.host())])
        .args(["--seed", SEED, "--max-examples", EXAMPLES])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    // The edges of every parameter, one by one, for whom most is open; the others are refused before it matters.
    if !["recruiter", "consultant"].contains(&role) {
        command.args(["--phases", "fuzzing"]);
    }
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{role} at {}:\n{}{}",
        site.name,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}
