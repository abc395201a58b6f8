//! The postferry command.

fn main() {}
