//! Limits: what keeps every stage linear and every recursion bounded.

/// What one post may cost. A limit that is met is a `limit/…` diagnostic, or fails the post where nothing sensible
/// can be made of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a source file; default 16 MiB.
    pub post_bytes: usize,
    /// Bytes of a head; default 1 MiB.
    pub head_bytes: usize,
    /// Depth of the tree, blocks and inlines together; default 512.
    pub depth: usize,
    /// Nested live formatting elements while HTML is read; default 64.
    pub formatting: usize,
    /// Attributes of one element; default 256.
    pub attributes: usize,
    /// Steps of a Liquid render; default 10,000,000.
    pub liquid_steps: u64,
    /// Bytes that Liquid may make of one post; default 64 MiB.
    pub liquid_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            post_bytes: 16 << 20,
            head_bytes: 1 << 20,
            depth: 512,
            formatting: 64,
            attributes: 256,
            liquid_steps: 10_000_000,
            liquid_bytes: 64 << 20,
        }
    }
}
