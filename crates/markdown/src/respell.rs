//! Respelling: how far a run or a block has gone from the plainest spelling.

/// How a run is spelled; each is tried when the one before it came back different.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeafLevel {
    /// Escapes only what would be read as markup.
    #[default]
    Plain,
    /// Escapes whatever could be read as markup.
    Careful,
    /// Written by the second writer.
    Second,
    /// Marks and links as HTML tags.
    Tags,
}

impl LeafLevel {
    /// The next spelling, if there is one.
    pub fn next(self) -> Option<Self> {
        match self {
            LeafLevel::Plain => Some(LeafLevel::Careful),
            LeafLevel::Careful => Some(LeafLevel::Second),
            LeafLevel::Second => Some(LeafLevel::Tags),
            LeafLevel::Tags => None,
        }
    }
}

/// How a top-level block is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnitLevel {
    /// By the writer.
    #[default]
    Written,
    /// As HTML.
    Html,
    /// As HTML though it comes back different: there is no spelling.
    GivenUp,
}
