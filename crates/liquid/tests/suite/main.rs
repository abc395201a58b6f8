//! Everything that is checked from outside: answers of Jekyll, hostile templates, tolerance, dates.

mod conformance;
mod corpora;
mod limits;
mod oddities;
mod site;
mod times;
mod tolerant;
