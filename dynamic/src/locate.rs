//! From a path back to the type that is there.

use barewire_syntax::ir::{Type, TypeId};

use crate::{MessageType, PathSegment};

impl MessageType<'_> {
    /// The type at a path, such as that of an error: as it is written there, but behind optionals, which are no step of a path.
    ///
    /// Returns `None` if no value of this type has such a path.
    ///
    /// # Examples
    ///
    /// ```
    /// use barewire_dynamic::MessageType;
    /// use barewire_syntax::{Source, check};
    ///
    /// let schema = check(&Source::new("order.bare", "type Order struct { lines: list<struct { count: u8 }> }"))?;
    /// let order = MessageType::new(&schema, "Order")?;
    /// let error = order.decode(&[2, 1]).unwrap_err();
    /// let ty = order.type_at(error.path()).expect("the path is one of the type");
    /// assert_eq!(schema.canonical_type(ty), "list<struct{count:u8}>");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn type_at<'n>(&self, path: impl IntoIterator<Item = PathSegment<'n>>) -> Option<TypeId> {
        let mut path = path.into_iter();
        // The first step is the name of the message.
        path.next()?;
        let mut at = self.id;
        for step in path {
            let mut id = self.schema.resolve(at);
            while let Type::Optional(inner) = self.schema.ty(id) {
                id = self.schema.resolve(*inner);
            }
            at = match (self.schema.ty(id), step) {
                (Type::Struct(body), PathSegment::Name(name)) => body.fields[self.names.find(id, name)?].ty,
                (Type::Union(body), PathSegment::Name(name)) => body.members[self.names.find(id, name)?].ty,
                (Type::List { element, .. }, PathSegment::Index(_)) => *element,
                (Type::Map { value, .. }, PathSegment::Index(_)) => *value,
                (Type::Map { key, .. }, PathSegment::Key(_)) => *key,
                _ => return None,
            };
        }
        Some(at)
    }
}
