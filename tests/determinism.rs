//! The same input gives the same bytes, for any number of threads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use postferry::{DateTime, Dialect, Format};
use postferry_archive::{Input, Job, Report, Target, Volumes, convert};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn run(out: &Path, threads: usize, volumes: Volumes) -> Report {
    let mut job = Job::new(Target::from_path(out));
    job.inputs.push(Input::find(&Path::new(ROOT).join("examples/newspaper")).expect("the example is there"));
    job.formats = vec![
        Format::Markdown(Dialect::Gfm),
        Format::Markdown(Dialect::Kramdown),
        Format::Json,
        Format::JsonLines,
        Format::Html,
        Format::Epub,
    ];
    job.read.time = DateTime::parse("2026-01-01T00:00:00+00:00").expect("it is a date");
    job.threads = Some(threads);
    job.volumes = volumes;
    convert(&job, &mut ()).expect("the run goes through")
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("the folder can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below").to_owned();
                found.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

#[test]
fn threads_change_no_byte() {
    for volumes in [Volumes::None, Volumes::Post, Volumes::Year, Volumes::Category] {
        let mut first = None;
        for threads in [1, 2, 8] {
            let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("determinism-{volumes:?}-{threads}"));
            let _ = std::fs::remove_dir_all(&out);
            let report = run(&out, threads, volumes);
            assert_eq!((report.converted, report.failed), (13, 0));
            let files = files(&out);
            let books = files.keys().filter(|name| name.extension().is_some_and(|e| e == "epub")).count();
            let expected = match volumes {
                Volumes::None => 1,
                Volumes::Post => 13,
                Volumes::Year => 2,
                Volumes::Category => 4,
            };
            assert_eq!(books, expected, "{volumes:?}");
            assert_eq!(files.len(), 13 * 4 + 1 + books);
            match &first {
                None => first = Some(files),
                Some(first) => {
                    for (name, bytes) in first {
                        assert!(files.get(name) == Some(bytes), "{} differs with {threads} threads", name.display());
                    }
                }
            }
        }
    }
}
