//! Cuts the head off a Jekyll post, reads its YAML as SafeYAML does, writes heads in YAML and TOML.
