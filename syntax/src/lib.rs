#![doc = include_str!("../README.md")]
//!
//! # Where what is
//!
//! In barewire's pipeline it stands first: `barewire-codegen` takes the schemas that it has checked, and nothing else.
//! [`check`] takes one [`Source`] and returns a [`Checked`] [`ir::Schema`], or a [`Report`] of everything that is wrong with it.
//! [`examine`] says all there is to say about the files of a family, and [`format`](format()) writes a text in the one layout.
//! [`Source::load`] reads a file, [`family::Family`] does all of this for a directory of versions, [`diff`] compares two of them, and [`frozen`] keeps what was released from changing.
//! Nothing that stands in a schema text makes this crate panic, overflow the stack, or take more than linear time.
//!
//! The way of a text: `lex` cuts it into tokens, `parse` builds the [`ast`], `check` applies the static rules and numbers everything, and [`ir`] is what the later stages read.

#![forbid(unsafe_code)]

pub mod ast;
mod check;
mod checked;
pub mod code;
mod diagnostic;
pub mod diff;
mod examine;
pub mod family;
mod findings;
mod format;
pub mod frozen;
pub mod ir;
mod lex;
mod load;
mod parse;
mod primitive;
mod quote;
mod render;
mod report;
mod source;
mod suggest;

pub use check::check;
pub use checked::Checked;
pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Severity};
pub use examine::{examine, examine_file};
pub use format::format;
pub use parse::parse;
pub use report::{Painted, Palette, Place, Position, Report};
pub use source::{MAX_TEXT_LEN, Source, SourceId, Span};
