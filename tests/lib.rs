//! Tests that look at the whole house: layering, golden cases, determinism, the command.
