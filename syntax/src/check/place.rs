//! Rules R1 and R4: where void may stand, and what may be a map key.

use super::{Check, id};
use crate::ast::TypeId;
use crate::code;
use crate::ir::{Primitive, Type};
use crate::quote::quote;

impl Check<'_, '_> {
    /// Reports a part that is void, directly or through user types.
    pub(super) fn reject_void(&mut self, part: TypeId, what: &str, remedy: &str) {
        if self.schema.is_void(id(part)) {
            self.report_void(part, what, remedy);
        }
    }

    #[cold]
    fn report_void(&mut self, part: TypeId, what: &str, remedy: &str) {
        let span = self.tree.ty(part).span;
        let mut error = self.error(code::VOID, format!("{what} cannot be void"), span, "");
        if let Some((_, definition)) = self.named(part) {
            let label = format!("{} is void", quote(&definition.name));
            error = error.and(self.findings, definition.name_span, label);
        }
        error.note(remedy).push(self.findings);
    }

    /// Reports a map key that is neither a primitive fit for one, nor data, nor an enum.
    pub(super) fn check_key(&mut self, key: TypeId) {
        let resolved = self.schema.resolve(id(key));
        let kind = match self.schema.ty(resolved) {
            Type::Primitive(Primitive::Void) => {
                return self.report_void(key, "a map key", "a map with at most one key is an `optional`");
            }
            Type::Primitive(Primitive::F32 | Primitive::F64) => "a floating-point number",
            Type::Primitive(
                Primitive::Uint
                | Primitive::Int
                | Primitive::U8
                | Primitive::U16
                | Primitive::U32
                | Primitive::U64
                | Primitive::I8
                | Primitive::I16
                | Primitive::I32
                | Primitive::I64
                | Primitive::Bool
                | Primitive::Str,
            )
            | Type::Data { .. }
            | Type::Enum(_) => return,
            Type::Optional(_) => "an optional",
            Type::List { .. } => "a list",
            Type::Map { .. } => "a map",
            Type::Struct(_) => "a struct",
            Type::Union(_) => "a union",
            // A resolved type is not named.
            Type::Named(_) => return,
        };
        self.report_key(key, kind);
    }

    #[cold]
    fn report_key(&mut self, key: TypeId, kind: &str) {
        let span = self.tree.ty(key).span;
        let mut error = self.error(code::MAP_KEY, format!("{kind} cannot be a map key"), span, "");
        if let Some((_, definition)) = self.named(key) {
            let label = format!("{} is {kind}", quote(&definition.name));
            error = error.and(self.findings, definition.name_span, label);
        }
        error
            .note("a key is an integer, `bool`, `str`, `data` or an enum; for other keys, use a list of structs")
            .push(self.findings);
    }
}
