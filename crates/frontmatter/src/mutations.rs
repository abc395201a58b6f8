//! Heads that were broken at random: nothing panics, what is valid is valid to libyaml too, and most can be recovered.

use std::time::Instant;

use postferry_doc::Value;
use serde::de::IgnoredAny;

use crate::parse::{Event, Events};
use crate::{Mode, Status, check_any_bytes, read};

/// Made-up heads of the kinds that archives hold.
const HEADS: [&str; 12] = [
    "layout: post\ntitle: \"The Harbour Wakes\"\ndate: 2021-03-04 09:15:00 +0100\ncategories: news local\ntags: [harbour, ships, 'the sea']\n",
    "layout: post\ntitle: 港口醒来了\ndate: 2021-03-04\ncategory: 新闻\ntags:\n- 港口\n- 船\n",
    "title: 'It''s late'\nauthor:\n  name: Ann Onym\n  email: ann@example.com\n  links: {home: \"http://example.com\", page: 2}\nid: 0012\n",
    "# head\ntitle: Notes\nsubtitle: on a ship\nsummary: |\n  First line.\n\n    indented\n  Last: line.\nversion: 1.10\n",
    "title: Folded\ntext: >-\n  one\n  two\n\n  three\nnext: yes\nnone:\nempty: ''\n",
    "title: \"a \\\"quoted\\\" \\u4e2d word\"\npermalink: /:year/:title/\nredirect_from:\n  - /old/\n  - /older/\nsitemap: false\n",
    "title: Anchors\nbase: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\nagain: *base\n",
    "{\"title\": \"JSON\", \"tags\": [\"a\", \"b\"], \"n\": null, \"deep\": {\"x\": [1, 2.5, true]}}\n",
    "layout: default\nnav:\n  - title: Home\n    url: /\n  - title: About\n    url: /about/\n    children:\n    - a\n    - b\nweight: -3\n",
    "title: ! 'Old export'\nstatus: publish\nmeta:\n  _edit_last: '1'\n  count: 1,000\ntime: 12:30\ndate: 2010-01-02T03:04:05Z\n",
    "title: Multi\n  line plain\n  value\nquoted: \"over\n  lines\"\nlist: [a,\nb,\nc]\n? complex key\n: complex value\n",
    "title: Comments # not part\n# between\ntags: a, b, c # neither\n\nlast: one\n\n# the end\n",
];

/// A small generator of random numbers (xorshift64*), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// Pieces that heads break on.
const PIECES: [&str; 44] = [
    ":", ": ", " :", "\"", "'", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "*", "!", "!!str ", "|", ">", "|\n", ">-\n",
    "%", "@", "`", "-", "- ", "? ", "?", "\t", " ", "  ", "\n", "\r\n", "\n\n", "---\n", "...\n", "\u{85}", "\u{2028}",
    "\u{FEFF}", "\u{7}", "\\", "“", "<<: *a\n", "{{ x }}",
];

fn place(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let at = place(&text, random);
        match random.below(4) {
            0 | 1 => text.insert_str(at, PIECES[random.below(PIECES.len())]),
            2 => {
                let end = place(&text, random).clamp(at, text.len().min(at + 20));
                let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(at);
                text.replace_range(at..end, "");
            }
            _ => {
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                if lines.is_empty() {
                    continue;
                }
                let (from, to) = (random.below(lines.len()), random.below(lines.len()));
                let mut lines = lines.clone();
                let line = lines[from];
                lines.insert(to, line);
                text = lines.concat();
            }
        }
    }
    text
}

/// Whether the events of a text can be read, and whether there is only one document.
fn is_valid(text: &str) -> (bool, bool) {
    let mut events = Events::new(text);
    loop {
        match events.next_event() {
            Err(_) => return (false, true),
            Ok(Some(spanned)) if spanned.event != Event::DocumentEnd => {}
            Ok(_) => return (true, events.is_last_document()),
        }
    }
}

#[test]
fn thirty_thousand_mutations() {
    let mut random = Random(0x5EED);
    let mut valid = 0;
    for round in 0..30_000 {
        let text = mutate(HEADS[round % HEADS.len()], &mut random);
        check_any_bytes(format!("---\n{text}").as_bytes());
        let (ours, alone) = is_valid(&text);
        valid += usize::from(ours);
        // The other reader knows no alias without an anchor, reads on behind the first document and checks characters first.
        if !alone || text.contains(['*', '\u{7}']) || text.contains("<<") || text.contains('!') || text.trim().is_empty() {
            continue;
        }
        let theirs = serde_yaml::from_str::<IgnoredAny>(&text);
        assert_eq!(ours, theirs.is_ok(), "{text:?} {theirs:?}");
    }
    assert!((6_000..27_000).contains(&valid), "{valid} of 30,000 are valid: too easy a test");
}

#[test]
fn most_keys_of_a_head_survive_one_insertion() {
    let mut random = Random(0xBEEF);
    let (mut keys, mut kept, mut heads, mut nearly_whole) = (0, 0, 0, 0);
    for round in 0..12_000 {
        let text = HEADS[round % HEADS.len()];
        if text.starts_with('{') {
            continue;
        }
        let whole = read(text, Mode::Strict, 1);
        let at = place(text, &mut random);
        let piece = PIECES[random.below(PIECES.len())];
        let broken = format!("{}{piece}{}", &text[..at], &text[at..]);
        let recovered = read(&broken, Mode::Recover, 1);
        if !matches!(recovered.status, Status::Recovered | Status::Invalid { .. }) {
            continue;
        }
        let data = recovered.data();
        let same = whole.entries.iter().filter(|entry| data.get(&entry.key) == Some(&entry.value)).count();
        heads += 1;
        keys += whole.entries.len();
        kept += same;
        nearly_whole += usize::from(same + 1 >= whole.entries.len());
    }
    println!("{heads} broken heads: {kept} of {keys} keys the same; {nearly_whole} heads lost at most one");
    assert!(heads > 1_000);
    assert!(kept * 100 >= keys * 78, "{kept} of {keys}");
}

#[test]
fn time_is_linear() {
    let families: [fn(usize) -> String; 14] = [
        |n| "[".repeat(n),
        |n| "{a: ".repeat(n),
        |n| "- ".repeat(n),
        |n| (0..n / 8).map(|i| format!("k{i}: v\n")).collect(),
        |n| format!("a: [{}]\n", "x, ".repeat(n / 3)),
        |n| format!("a: \"{}\"\n", "\\n".repeat(n / 2)),
        |n| format!("a: |\n{}", "  x\n\n".repeat(n / 5)),
        |n| format!("a: 1{}\n", "0".repeat(n)),
        |n| format!("a: 0x{}\n", "F".repeat(n)),
        |n| format!("a: &a {}\nb: [{}]\n", "x".repeat(n / 2), "*a,".repeat(n / 6)),
        |n| (0..n / 10).map(|i| format!("k{i}: [\n")).collect(),
        |n| format!("{{{}}}\n", (0..n / 9).map(|i| format!("k{i}: v, ")).collect::<String>()),
        |n| "a: 'x\n".repeat(n / 6),
        |n| format!("a: b\n{}\nb: [", "# c\n".repeat(n / 4)),
    ];
    for (family, make) in families.iter().enumerate() {
        let time = |size: usize| {
            let text = make(size);
            let start = Instant::now();
            let head = read(&text, Mode::Recover, 1);
            std::hint::black_box(head);
            start.elapsed().as_secs_f64()
        };
        let (small, large) = (time(50_000).max(0.002), time(800_000));
        // Sixteen times the size; four times more is allowed for a busy machine.
        assert!(large < small * 64.0, "family {family}: {small} s, {large} s");
    }
}

#[test]
fn aliases_cannot_multiply() {
    let mut text = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..30 {
        text.push_str(&format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
    }
    assert!(matches!(read(&text, Mode::Jekyll, 1).status, Status::Invalid { .. }));
    assert_eq!(crate::read_yaml("a: &x [1]\nb: *x\nc: *nope\n").map(|value| value.as_map().map(|map| map.len())), Ok(Some(3)));
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    for text in ["[".repeat(200_000), "- ".repeat(200_000), "{a: ".repeat(100_000)] {
        assert_eq!(crate::read_yaml(&text).map_err(|error| error.message), Err("nested too deep".to_owned()));
    }
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(matches!(crate::read_yaml(&deep), Ok(Value::List(_))));
}
