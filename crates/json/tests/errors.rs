//! Errors say what is wrong and where.

use postferry_json::read;

fn error(json: &str) -> String {
    read(json).expect_err(json).to_string()
}

#[test]
fn errors_name_the_place() {
    for (json, expected) in [
        ("", "line 1, column 1: expected a value"),
        ("{\"schema\":1}}", "line 1, column 13: something after the end"),
        ("{\"title\":null}", "line 1, column 1: the key `schema` is missing"),
        ("{\"schema\":2}", "line 1, column 11: schema `2` is not known; this version reads 1"),
        ("{\"schema\":1,\n \"title\":7}", "line 2, column 10: expected a string, found a number"),
        ("{\"schema\":1,\"date\":\"2022-01-11\"}", "line 1, column 21: `2022-01-11` is not a date with time and offset"),
        ("{\"schema\":1,\"draft\":\"no\"}", "line 1, column 22: expected `true` or `false`, found a string"),
        ("{\"schema\":1,\"title\":\"héé\\q\"}", "line 1, column 25: an unknown escape"),
        ("{\"schema\":1,\"title\":\"\\ud800\"}", "line 1, column 22: an escape that is no character"),
        ("{\"schema\":1,\"title\":\"\n\"}", "line 1, column 22: a control character in a string"),
        ("{\"schema\":1,\"schema\":1}", "line 1, column 14: `schema` is there twice"),
        ("{\"schema\":01}", "line 1, column 13: a number that JSON does not know"),
        ("{\"schema\":1,\"extra\":{\"a\":{\"$date\":\"x\"}}}", "line 1, column 36: `x` is not a value of the type `$date`"),
        ("{\"schema\":1,\"extra\":{\"$a\":1}}", "line 1, column 23: `$a` is no type of ours"),
        ("{\"schema\":1,\"blocks\":[{}]}", "line 1, column 23: the key `type` is missing"),
        ("{\"schema\":1,\"blocks\":[{\"type\":\"para\"}]}", "line 1, column 23: `para` is no type of a block"),
        (
            "{\"schema\":1,\"blocks\":[{\"type\":\"paragraph\",\"contents\":[]}]}",
            "line 1, column 44: the key `contents` is not known here",
        ),
        ("{\"schema\":1,\"blocks\":[{\"type\":\"heading\",\"level\":7}]}", "line 1, column 49: `7` is no level of a heading"),
        (
            "{\"schema\":1,\"blocks\":[{\"type\":\"plain\",\"content\":[{\"type\":\"note_reference\",\"label\":\"1\"}]}]}",
            "line 1, column 1: no note has the label `1`",
        ),
    ] {
        assert_eq!(error(json), expected, "{json}");
    }
}

#[test]
fn what_is_missing_takes_its_default() {
    let document = read("{\"schema\":1,\"more\":{\"of\":[\"this\"]},\"blocks\":[{\"type\":\"list\",\"kind\":\"ordered\"}]}");
    assert!(document.is_ok_and(|d| d.blocks.len() == 1 && d.meta == postferry_doc::Meta::default()));
}
