//! Dates as Ruby 3.1 reads them, in three zones; the answers in `data/dates.jsonl` are Ruby's.

mod support;

use postferry_jekyll::{Zone, parse_date};
use support::json_lines;

const ZONES: [&str; 3] = ["UTC", "Asia/Shanghai", "America/New_York"];

#[test]
fn dates_are_rubys() {
    let now = Zone::utc().at(1_795_395_661);
    let mut wrong = Vec::new();
    for case in json_lines("dates.jsonl") {
        let text = case["text"].as_str().expect("every case has a text");
        for name in ZONES {
            let zone = Zone::by_name(name).expect("it is in the database");
            let found = parse_date(text, &zone, &now).map(|date| date.to_string());
            if found.as_deref() != case[name].as_str() {
                wrong.push(format!("{text:?} in {name}: {found:?}, Ruby has {}", case[name]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
