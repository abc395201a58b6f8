//! What must hold for any bytes: the body of the fuzz target.

use crate::{WriteOptions, read, write};

/// Reads any bytes; what is a document is valid, and what is written of it is stable.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let Ok(document) = read(&String::from_utf8_lossy(bytes)) else { return };
    assert_eq!(document.validate(), Ok(()), "what is read is valid");
    let written = write(&document, &WriteOptions::default());
    let again = read(&written).expect("what is written reads back");
    // Compared as texts: a float that is no number equals nothing.
    assert_eq!(write(&again, &WriteOptions::default()), written, "what reads back is equal");
}
