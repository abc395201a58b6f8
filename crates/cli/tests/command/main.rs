//! The command from outside: arguments, exit statuses, files, what is said.

mod inputs;
mod outputs;
mod place;
mod statuses;
mod talk;
