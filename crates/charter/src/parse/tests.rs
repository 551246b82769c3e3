use crate::Charter;

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const AGENCY: &str = include_str!("../../../../charters/agency.toml");

#[test]
fn the_shipped_charters_parse() {
    for text in [CAREERS, AGENCY] {
        if let Err(problems) = Charter::parse(text) {
            panic!(
                "{}",
                problems
                    .iter()
                    .map(|p| p.to_string())
                    .collect::<Vec<_>>()
                    .join("\n")
            );
        }
    }
}
