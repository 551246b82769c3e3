//! What a question to the charter costs: `cargo bench -p charter` shows time and allocations. Each opened value asks
//! one; the aim is 200 ns and no allocation (the test `asking_allocates_nothing` holds the second).

use charter::Charter;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const WHOLE: &str = include_str!("../tests/whole.toml");
const GROUP: &str = include_str!("../tests/group.toml");

/// What ships.
const FIVE: [(&str, &str); 5] = [
    ("careers", include_str!("../../../charters/careers.toml")),
    ("portal", include_str!("../../../charters/portal.toml")),
    ("jobboard", include_str!("../../../charters/jobboard.toml")),
    ("agency", include_str!("../../../charters/agency.toml")),
    ("experts", include_str!("../../../charters/experts.toml")),
];

#[expect(
    clippy::print_stdout,
    reason = "a bench says beside its figures what they are held against"
)]
fn main() {
    divan::main();
    println!("aim: each question (may_*, of_five) at most 200 ns, no allocation");
}

/// May the last reader of the last purpose read its last field: in each of the five.
#[divan::bench(args = FIVE.map(|(name, _)| name))]
fn of_five(bencher: Bencher<'_, '_>, name: &str) {
    let (_, text) = FIVE.iter().find(|(other, _)| *other == name).unwrap_or(&FIVE[0]);
    let charter = charter(text);
    let read =
        |purpose: &&charter::Purpose| !purpose.readers.is_empty() && purpose.field_names().next().is_some();
    let purpose = charter.purposes().iter().rfind(read).map(|purpose| {
        let role = purpose.readers.last().map_or("", |reader| reader.role.as_str());
        (
            role,
            purpose.name.as_str(),
            purpose.field_names().last().unwrap_or_default(),
        )
    });
    let (role, purpose, field) = purpose.unwrap_or_default();
    assert!(
        charter.may_read(role, purpose, field).is_ok(),
        "{name}: {role}, {purpose}, {field}"
    );
    bencher.bench_local(|| {
        charter
            .may_read(black_box(role), black_box(purpose), black_box(field))
            .is_ok()
    });
}

fn charter(text: &str) -> Charter {
    Charter::parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// May the recruiter read this field for this purpose: yes.
#[divan::bench]
fn may_read(bencher: Bencher<'_, '_>) {
    let charter = charter(GROUP);
    bencher.bench_local(|| {
        charter
            .may_read(black_box("recruiter"), black_box("apply"), black_box("cv"))
            .is_ok()
    });
}

/// May sales, who read some of its fields only.
#[divan::bench]
fn may_read_some(bencher: Bencher<'_, '_>) {
    let charter = charter(GROUP);
    bencher.bench_local(|| {
        charter
            .may_read(black_box("sales"), black_box("apply"), black_box("cv"))
            .is_ok()
    });
}

/// May the form take this field: yes.
#[divan::bench]
fn may_collect(bencher: Bencher<'_, '_>) {
    let charter = charter(GROUP);
    bencher.bench_local(|| {
        charter
            .may_collect(black_box("application"), black_box("cv"))
            .is_ok()
    });
}

/// May the mail server get these three fields: yes.
#[divan::bench]
fn may_send(bencher: Bencher<'_, '_>) {
    let charter = charter(GROUP);
    bencher.bench_local(|| {
        charter
            .may_send(
                black_box("mail"),
                black_box("apply"),
                black_box(&["given_name", "email", "exchange"]),
            )
            .is_ok()
    });
}

/// A whole charter read, as at a start.
#[divan::bench]
fn parse() -> bool {
    Charter::parse(black_box(WHOLE)).is_ok()
}

/// And checked, as at the DPO's desk.
#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let charter = charter(WHOLE);
    bencher.bench_local(|| charter.check().len());
}
