#![no_main]

use libfuzzer_sys::fuzz_target;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

// The bytes are a document in JSON, or the seed of a random one.
fuzz_target!(|bytes: &[u8]| {
    let read = std::str::from_utf8(bytes).ok().and_then(|text| postferry::read_json(text).ok());
    let throw = || {
        let mut seed = [0; 32];
        bytes.iter().enumerate().for_each(|(n, byte)| seed[n % 32] ^= byte.rotate_left((n / 32) as u32));
        let dice = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, dice);
        postferry_doc::arbitrary::document().new_tree(&mut runner).ok().map(|tree| tree.current())
    };
    let Some(document) = read.or_else(throw) else { return };
    // As a seed or a regression it is wanted in JSON.
    if let Some(path) = std::env::var_os("DOCUMENT_OUT") {
        let mut options = postferry_json::WriteOptions::default();
        options.pretty = true;
        std::fs::write(path, postferry_json::write(&document, &options)).expect("the file can be written");
    }
    postferry::check_any_document(&document);
});
