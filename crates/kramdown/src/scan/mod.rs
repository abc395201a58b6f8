//! Reading pieces of text: functions of bytes and positions that know nothing of the tree.

pub(crate) mod attributes;
pub(crate) mod fence;
pub(crate) mod lines;
pub(crate) mod memo;
pub(crate) mod parens;
pub(crate) mod tags;
pub(crate) mod ticks;
