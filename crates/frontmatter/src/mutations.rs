//! Heads that were broken at random: nothing panics, what is valid is valid to libyaml too, and most can be recovered.

use std::time::Instant;

use postferry_doc::Value;
use serde::de::IgnoredAny;

use crate::parse::{Event, Events, STEPS};
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
        let file = format!("---\n{text}---\nbody\n");
        if round % 8 == 0 {
            check_any_bytes(file.as_bytes());
        } else {
            read(&text, Mode::Recover, 1);
        }
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

/// What became of heads that one insertion broke.
#[derive(Default)]
struct Recovery {
    heads: usize,
    keys: usize,
    same: usize,
    nearly_whole: usize,
}

impl Recovery {
    /// Inserts a piece at a random place; counts if that breaks the head.
    fn break_once(&mut self, text: &str, random: &mut Random) {
        let whole = read(text, Mode::Strict, 1);
        let at = place(text, random);
        let piece = PIECES[random.below(PIECES.len())];
        let broken = format!("{}{piece}{}", &text[..at], &text[at..]);
        let recovered = read(&broken, Mode::Recover, 1);
        if !matches!(recovered.status, Status::Recovered | Status::Invalid { .. }) {
            return;
        }
        let data = recovered.data();
        let same = whole.entries.iter().filter(|entry| data.get(&entry.key) == Some(&entry.value)).count();
        self.heads += 1;
        self.keys += whole.entries.len();
        self.same += same;
        self.nearly_whole += usize::from(same + 1 >= whole.entries.len());
    }

    fn check(&self, keys: usize, nearly_whole: usize) {
        let Self { heads, .. } = self;
        println!("{heads} heads: {} of {} keys the same, {} lost at most one", self.same, self.keys, self.nearly_whole);
        assert!(*heads > 500, "too few broken heads");
        assert!(self.same * 100 >= self.keys * keys && self.nearly_whole * 100 >= heads * nearly_whole);
    }
}

#[test]
fn most_keys_of_a_head_survive_one_insertion() {
    let mut random = Random(0xBEEF);
    let mut recovery = Recovery::default();
    for round in 0..8_000 {
        let text = HEADS[round % HEADS.len()];
        // What stands in braces has no lines to be read alone.
        if !text.starts_with('{') {
            recovery.break_once(text, &mut random);
        }
    }
    // These heads have four keys: one that is lost is a quarter.
    recovery.check(74, 85);
}

#[test]
fn most_keys_of_real_shaped_heads_survive_one_insertion() {
    let Some(data) = crate::conformance::shared("mutated_heads.jsonl") else { return };
    let mut random = Random(0xF00D);
    let mut recovery = Recovery::default();
    for line in data.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a line of the data is JSON");
        let text = case["text"].as_str().expect("a text");
        let whole = read(text, Mode::Strict, 1);
        if whole.status == Status::Parsed && whole.entries.iter().all(|entry| !entry.raw.is_empty()) {
            recovery.break_once(text, &mut random);
        }
    }
    recovery.check(78, 90);
}

/// So many times a text with its number and another text behind it.
fn numbered(count: usize, before: &str, after: &str) -> String {
    (0..count).flat_map(|number| [before.to_owned(), number.to_string(), after.to_owned()]).collect()
}

#[test]
fn work_is_linear() {
    let families: [fn(usize) -> String; 14] = [
        |n| "[".repeat(n),
        |n| "{a: ".repeat(n),
        |n| "- ".repeat(n),
        |n| numbered(n / 8, "k", ": v\n"),
        |n| format!("a: [{}]\n", "x, ".repeat(n / 3)),
        |n| format!("a: \"{}\"\n", "\\n".repeat(n / 2)),
        |n| format!("a: |\n{}", "  x\n\n".repeat(n / 5)),
        |n| format!("a: 1{}\n", "0".repeat(n)),
        |n| format!("a: 0x{}\n", "F".repeat(n)),
        |n| format!("a: &a {}\nb: [{}]\n", "x".repeat(n / 2), "*a,".repeat(n / 6)),
        |n| numbered(n / 10, "k", ": [\n"),
        |n| format!("{{{}}}\n", numbered(n / 9, "k", ": v, ")),
        |n| "a: 'x\n".repeat(n / 6),
        |n| format!("a: b\n{}\nb: [", "# c\n".repeat(n / 4)),
    ];
    for (family, make) in families.iter().enumerate() {
        let steps = |size: usize| {
            let text = make(size);
            STEPS.set(0);
            let start = Instant::now();
            std::hint::black_box(read(&text, Mode::Recover, 1));
            // What is not counted in steps must not hang either.
            assert!(start.elapsed().as_secs() < 60, "family {family} hangs");
            STEPS.get()
        };
        let (small, large) = (steps(10_000), steps(160_000));
        assert!(large <= 20 * small.max(10_000), "family {family}: {small} steps, sixteen times the size {large} steps");
    }
}

#[test]
fn aliases_cannot_multiply() {
    let mut text = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..30 {
        let below = level - 1;
        let line = format!("a{level}: &a{level} [*a{below}, *a{below}]\n");
        text.push_str(&line);
    }
    assert!(matches!(read(&text, Mode::Jekyll, 1).status, Status::Invalid { .. }));
    assert_eq!(
        crate::read_yaml("a: &x [1]\nb: *x\nc: *nope\n").map(|value| value.as_map().map(postferry_doc::Map::len)),
        Ok(Some(3))
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    for text in ["[".repeat(200_000), "- ".repeat(200_000), "{a: ".repeat(100_000)] {
        assert_eq!(crate::read_yaml(&text).map_err(|error| error.message), Err("nested too deep".to_owned()));
    }
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(matches!(crate::read_yaml(&deep), Ok(Value::List(_))));
}
