//! Proof that a value went through its check.

use crate::{Diagnostic, ir};
use std::ops::Deref;

/// A value that was checked, together with what the check warned about.
///
/// There is no public constructor: whoever takes a `Checked<ir::Schema>` may rely on every rule of the language.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    value: T,
    warnings: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Called by the check, after it found no error.
    pub(crate) fn new(value: T, warnings: Vec<Diagnostic>) -> Checked<T> {
        Checked { value, warnings }
    }
}

impl Checked<ir::Schema> {
    /// What is legal but deserves a second look, in the order of the text.
    ///
    /// At most a hundred; a [`Report`](crate::Report) renders them.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
