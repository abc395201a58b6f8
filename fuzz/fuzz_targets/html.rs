#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postferry_html::check_any_bytes(bytes));
