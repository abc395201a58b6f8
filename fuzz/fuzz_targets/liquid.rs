#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| postferry_liquid::check_any_bytes(bytes));
