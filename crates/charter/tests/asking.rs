//! That a question to the charter allocates nothing: it is asked for every value that is opened.

use charter::Charter;

#[test]
fn asking_allocates_nothing() {
    let charter =
        Charter::parse(include_str!("group.toml")).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let asked = allocation_counter::measure(|| {
        for (role, field) in [("recruiter", "cv"), ("it", "note"), ("sales", "given_name")] {
            assert!(charter.may_read(role, "apply", field).is_ok());
        }
        assert!(charter.may_collect("application", "cv").is_ok());
        assert!(charter.may_send("mail", "apply", &["email", "exchange"]).is_ok());
    });
    assert_eq!(asked.count_total, 0, "{asked:?}");
    // The counter counts: a refusal writes down what was refused.
    let refused = allocation_counter::measure(|| assert!(charter.may_read("admin", "apply", "cv").is_err()));
    assert!(refused.count_total > 0);
}
