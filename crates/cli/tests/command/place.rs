//! Runs the command, each test in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A run of the command that has ended.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The diagnostics of `--diagnostics json`.
    pub fn diagnostics(&self) -> Vec<serde_json::Value> {
        let lines = self.err.lines().filter(|line| line.starts_with('{'));
        lines.map(|line| serde_json::from_str(line).expect("a diagnostic is JSON")).collect()
    }
}

/// A folder that is empty at the beginning of a test; the command runs in it.
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// Makes the folder anew; `name` is the test's.
    pub fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("the folder can be made");
        Self { root }
    }

    /// The path of something in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    /// Reads a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}; there are {:?}", self.names(".")))
    }

    /// The names of all files below a folder, hidden ones too.
    pub fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }

    /// All files below a folder with their bytes.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let top = self.path(folder);
        let (mut found, mut folders) = (BTreeMap::new(), vec![top.clone()]);
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next).into_iter().flatten() {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&top).expect("it is below").to_string_lossy().into_owned();
                    found.insert(name, fs::read(&path).expect("the file can be read"));
                }
            }
        }
        found
    }

    /// The command, to be started in the folder.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
        command.args(arguments.split_whitespace()).current_dir(&self.root).env("TZ", "UTC").env_remove("NO_COLOR");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the command; arguments are split at blanks.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_with(arguments, b"")
    }

    /// Runs the command with standard input.
    pub fn run_with(&self, arguments: &str, input: &[u8]) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("it was asked for");
        // A command that reads no input closes it.
        let _ = stdin.write_all(input);
        drop(stdin);
        let done = child.wait_with_output().expect("the command ends");
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        Run { status: done.status.code().expect("no signal ended it"), out: text(done.stdout), err: text(done.stderr) }
    }
}

/// A post with a title and a date.
pub fn post(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2022-01-11 09:16:54 +0800\n---\n{body}\n")
}
