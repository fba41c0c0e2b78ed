//! What all unions can be asked.

/// A union, owned or as a view.
pub trait Union {
    /// The tag and the name in the schema of the member that this is.
    #[doc(hidden)]
    fn member(&self) -> (u64, &'static str);

    /// The tag of the member on the wire.
    fn tag(&self) -> u64 {
        self.member().0
    }

    /// The name of the member in the schema.
    fn name(&self) -> &'static str {
        self.member().1
    }
}
