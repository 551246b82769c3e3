//! What a question to the charter costs: `cargo bench -p charter` shows time and allocations. Each opened value asks
//! one; the aim is 200 ns and no allocation (the test `asking_allocates_nothing` holds the second).

use charter::Charter;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const WHOLE: &str = include_str!("../tests/whole.toml");
const GROUP: &str = include_str!("../tests/group.toml");

fn main() {
    divan::main();
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
