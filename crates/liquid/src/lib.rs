//! Renders Jekyll's Liquid: its tags, filters and includes.
