//! Owns: what the tests need beside Rust, and installing what is missing on a bare Debian.

use crate::run::{cargo, command, root, run};
use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

/// Debian's packages, each with the path that shows it is there already, or the program that may be anywhere.
const DEBIAN: [(&str, &str); 7] = [
    ("postgresql", "/usr/lib/postgresql"),
    ("procps", "kill"),                // what tells a server to stop
    ("git", "git"),                    // the house's rules are read over the files that git has
    ("chromium", "/usr/bin/chromium"), // not its headless shell, which shows no PDF: a CV lies beside its application
    ("fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu"),
    ("python3-venv", "ensurepip"), // a module, not a program
    ("fonts-liberation", "/usr/share/fonts/truetype/liberation"),
];

const CARGO_DENY: &str = "0.20.2";

/// Installs with apt what is missing. Needs root for that only.
pub(crate) fn debian() -> Result<(), String> {
    let search: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let there = |path: &str| {
        if path == DEBIAN[0].1 {
            postgres_bin().is_some()
        } else if path == "ensurepip" {
            let asked = command("python3", ["-c", "import ensurepip"]).output();
            asked.is_ok_and(|asked| asked.status.success())
        } else {
            // `join` keeps an absolute path as it is.
            search.iter().any(|folder| folder.join(path).exists())
        }
    };
    let missing: Vec<&str> = DEBIAN
        .iter()
        .filter(|(_, path)| !there(path))
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root() {
        return Err(format!(
            "missing here: run `apt-get install {}` as root",
            missing.join(" ")
        ));
    }
    println!("installing {}", missing.join(" "));
    let apt = |words: &[&str]| {
        let patience = ["-qq", "-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=5"];
        run(command("apt-get", patience.iter().chain(words)).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    retried(|| apt(&["update"]))?;
    retried(|| apt(&[&["install", "-y", "--no-install-recommends"], &missing[..]].concat()))
}

/// Installs the browser tests' packages, unless what is installed came from the lock file as it is.
/// No browser is downloaded: they drive Debian's Chromium.
pub(crate) fn npm() -> Result<(), String> {
    let folder = root().join("tests/browser");
    let lock = fs::read(folder.join("package-lock.json")).map_err(|error| error.to_string())?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    retried(|| {
        run(
            command("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(&folder)
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )
    })?;
    fs::write(installed, lock).map_err(|error| error.to_string())
}

/// Installs schemathesis into an environment of its own, unless what is installed came from the list as it is.
pub(crate) fn schemathesis() -> Result<(), String> {
    let folder = root().join("tests/schemathesis");
    let list = folder.join("requirements.txt");
    let (wanted, installed) = (fs::read(&list), folder.join(".venv/installed.txt"));
    let wanted = wanted.map_err(|error| error.to_string())?;
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let pip = folder.join(".venv/bin/pip");
    run(command("python3", ["-m", "venv", "--clear", ".venv"]).current_dir(&folder))?;
    retried(|| {
        let words = [
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary",
            ":all:",
        ];
        run(command(&pip.to_string_lossy(), words)
            .arg("--requirement")
            .arg(&list))
    })?;
    fs::write(installed, wanted).map_err(|error| error.to_string())
}

/// Installs cargo-deny beside our build, once: 70 s on two cores unoptimised, which is quick enough to run (as
/// against 3 minutes optimised), so that the licences are checked on every machine and not only where it stands.
pub(crate) fn cargo_deny() -> Result<PathBuf, String> {
    let tools = beside_us("tools")?;
    let deny = tools.join(format!("cargo-deny-{CARGO_DENY}/bin/cargo-deny"));
    if !deny.exists() {
        let words = format!(
            "install --quiet --debug --locked --no-default-features cargo-deny --version {CARGO_DENY}"
        );
        retried(|| {
            run(cargo(&words)
                .arg("--root")
                .arg(tools.join(format!("cargo-deny-{CARGO_DENY}")))
                .env("CARGO_PROFILE_DEV_DEBUG", "false")
                .env("CARGO_TARGET_DIR", tools.join("build")))
        })?;
        fs::remove_dir_all(tools.join("build")).map_err(|error| error.to_string())?;
    }
    Ok(deny)
}

/// The newest PostgreSQL's folder of programs.
pub(crate) fn postgres_bin() -> Option<String> {
    let versions = fs::read_dir(DEBIAN[0].1).ok()?.flatten();
    let newest = versions
        .filter(|version| version.path().join("bin/initdb").exists())
        .max_by_key(|version| {
            version
                .file_name()
                .to_string_lossy()
                .parse::<u32>()
                .unwrap_or_default()
        })?;
    Some(newest.path().join("bin").to_string_lossy().into_owned())
}

/// Whether we run as root.
pub(crate) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|us| us.uid() == 0)
}

/// Says how to come by a component of the toolchain that a minimal one is without.
pub(crate) fn component(word: &str, component: &str) -> Result<(), String> {
    let there = cargo(word).arg("--version").output();
    if there.is_ok_and(|there| there.status.success()) {
        return Ok(());
    }
    Err(format!(
        "this toolchain has no `cargo {word}`: run `rustup component add {component}`"
    ))
}

/// Whether `cargo nextest` is there.
pub(crate) fn has_nextest() -> bool {
    cargo("nextest --version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A folder in the target folder that this program was built into.
pub(crate) fn beside_us(name: &str) -> Result<PathBuf, String> {
    let us = std::env::current_exe().map_err(|error| error.to_string())?;
    us.ancestors()
        .nth(2)
        .map(|target| target.join(name))
        .ok_or("no target folder".into())
}

/// Networks hiccup: five tries, five seconds apart.
fn retried(mut step: impl FnMut() -> Result<(), String>) -> Result<(), String> {
    for _ in 0..4 {
        match step() {
            Ok(()) => return Ok(()),
            Err(why) => println!("again in 5 s: {why}"),
        }
        std::thread::sleep(Duration::from_secs(5));
    }
    step()
}
