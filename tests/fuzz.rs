//! The bodies of the fuzz targets over `fuzz/seeds` and `fuzz/regressions`: what a fuzzer once found stays found.

use std::path::Path;

use postferry_doc::arbitrary;
use proptest::test_runner::{Config, RngSeed, TestRunner};

fn check(target: &str, body: fn(&[u8])) {
    for folder in ["seeds", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(folder).join(target);
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .map(|entries| entries.map(|entry| entry.expect("it can be listed").path()).collect())
            .unwrap_or_default();
        files.sort();
        assert!(folder.ends_with(Path::new("regressions").join(target)) || files.len() >= 3, "there are seeds of {target}");
        for file in files {
            println!("{}", file.display());
            let bytes = std::fs::read(&file).expect("the file can be read");
            // A worker's stack: the limit on depth is made for that.
            let worker = std::thread::Builder::new().stack_size(8 << 20).spawn(move || {
                body(&bytes);
                // Every file is also cut short, as a fuzzer does.
                (1..8).for_each(|n| body(&bytes[..bytes.len() * n / 8]));
            });
            assert!(worker.expect("a thread can be made").join().is_ok(), "{}", file.display());
        }
    }
}

/// Documents in JSON that a fuzzer once fell over, and some that are thrown at random.
#[test]
fn document() {
    let body = |bytes: &[u8]| {
        if let Some(document) = std::str::from_utf8(bytes).ok().and_then(|text| postferry::read_json(text).ok()) {
            postferry::check_any_document(&document);
        }
    };
    check("document", body);
    let config = Config { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..Config::default() };
    let thrown = TestRunner::new(config).run(&arbitrary::document(), |document| {
        postferry::check_any_document(&document);
        Ok(())
    });
    thrown.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn frontmatter() {
    check("frontmatter", postferry_frontmatter::check_any_bytes);
}

#[test]
fn html() {
    check("html", postferry_html::check_any_bytes);
}

#[test]
fn json() {
    check("json", postferry_json::check_any_bytes);
}

#[test]
fn kramdown() {
    check("kramdown", kramdown::check_any_bytes);
}

#[test]
fn liquid() {
    check("liquid", postferry_liquid::check_any_bytes);
}

#[test]
fn post() {
    check("post", postferry::check_any_bytes);
}
