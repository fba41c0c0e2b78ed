//! What is wrong with a message, below the octets where it is.

use std::fmt::Write as _;

use barewire::DecodeErrorKind;
use barewire_dynamic::DecodeError;
use barewire_syntax::ir::Type;

use super::{Inspected, rows};
use crate::octets::spaced;
use crate::output::counted;
use crate::paint;

/// How many octets are shown on a line.
const LINE: usize = 16;

/// What is wrong, below the octets where it is.
pub(super) fn text(inspected: &Inspected<'_>, error: &DecodeError) -> String {
    let (style, strong, gutter) = (paint::ERROR, paint::STRONG, paint::GUTTER);
    let octets = inspected.octets;
    let at = error.offset().min(octets.len());
    let mut text = format!("\n{style}error{style:#}{strong}: {error}{strong:#}\n");
    // The line before, for context; and if the place is the end of a full line, that line.
    let line = if at > 0 && at == octets.len() { (at - 1) / LINE } else { at / LINE };
    let width = format!("{:x}", octets.len()).len().max(4);
    let _ = writeln!(text, " {:width$} {gutter}|{gutter:#}", "");
    for line in line.saturating_sub(1)..=line {
        let range = line * LINE..((line + 1) * LINE).min(octets.len());
        let _ = writeln!(
            text,
            " {gutter}{:0width$x} |{gutter:#} {}",
            range.start,
            spaced(&octets[range.clone()])
        );
    }
    let before = 3 * (at - line * LINE);
    let count = match error.kind() {
        DecodeErrorKind::TrailingBytes { count } => count.min((line + 1) * LINE - at).max(1),
        _ => 1,
    };
    let marks = "^".repeat(3 * count - 1);
    let what = caption(error);
    let _ = writeln!(text, " {:width$} {gutter}|{gutter:#} {:before$}{style}{marks} {what}{style:#}", "", "");
    for note in expected(inspected, error) {
        let _ = writeln!(text, " {:width$} {gutter}={gutter:#} {strong}note{strong:#}: {note}", "");
    }
    text
}

/// What is said below the place.
fn caption(error: &DecodeError) -> String {
    match (error.kind(), error.needed()) {
        (DecodeErrorKind::TrailingBytes { .. }, _) => "behind the message".to_owned(),
        (DecodeErrorKind::LengthBeyondInput { announced, .. }, _) => format!("announces {announced}"),
        (_, Some(needed)) => format!("{} needed here", counted(needed, "more octet")),
        (_, None) => match error.kind().rule() {
            Some(rule) => format!("refused by rule {rule}"),
            None => "here".to_owned(),
        },
    }
}

/// What the schema has at the place.
fn expected(inspected: &Inspected<'_>, error: &DecodeError) -> Vec<String> {
    const SHOWN: usize = 8;
    let schema = &inspected.version.schema;
    let Some(ty) = inspected.chosen.message.type_at(error.path()) else { return Vec::new() };
    let mut id = schema.resolve(ty);
    while let Type::Optional(inner) = schema.ty(id) {
        id = schema.resolve(*inner);
    }
    let known: Vec<String> = match (error.kind(), schema.ty(id)) {
        (DecodeErrorKind::UnknownTag { .. }, Type::Union(body)) => body
            .members
            .iter()
            .map(|member| format!("{} {}", member.tag, rows::written(schema, member.ty)))
            .collect(),
        (DecodeErrorKind::UnknownEnumValue { .. }, Type::Enum(body)) => {
            body.values.iter().map(|value| format!("{} {}", value.value, value.name)).collect()
        }
        _ => return Vec::new(),
    };
    let more = known.len().saturating_sub(SHOWN);
    let mut text = known.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 {
        let _ = write!(text, " and {more} more");
    }
    vec![format!("there are {text}")]
}
