//! The bodies of the fuzz targets over `fuzz/seeds` and `fuzz/regressions`: what a fuzzer once found stays found.

use std::path::Path;

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
