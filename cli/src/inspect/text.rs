//! What was found of a message as a table, and what is wrong with it below.

use std::io::{self, Write as _};

use super::rows::{self, Row, RowKind};
use super::{Inspect, Inspected, broken};
use crate::octets::spaced;
use crate::output::{Stdout, counted};
use crate::paint;

/// How many octets are shown on a line of the table.
const OCTETS: usize = 8;

/// Longer fields and types do not make room for themselves.
const WIDEST: usize = 48;

pub(super) fn write(inspected: &Inspected<'_>, options: &Inspect, out: &mut Stdout) -> io::Result<()> {
    let Inspected { schemas, label, chosen, octets, annotated, prefix, .. } = inspected;
    let name = chosen.message.name();
    let strong = paint::STRONG;
    let head = schemas.described(name, label);
    writeln!(out, "{strong}{head}, {}{strong:#}\n", counted(octets.len(), "octet"))?;
    let rows = rows::of(&chosen.message, &inspected.version.schema, annotated, octets.len(), options.full);
    let table = Table::new(inspected, options, &rows);
    table.head(out)?;
    if !prefix.is_empty() {
        let value = format!("{}, from behind which offsets count", label.number);
        table.line(out, None, [&spaced(prefix), "version", "u16", &value], paint::PLAIN)?;
    }
    for row in &rows {
        table.row(out, row)?;
    }
    if let Some(error) = annotated.error() {
        out.write_all(broken::text(inspected, error).as_bytes())?;
    }
    for note in notes(inspected) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

/// The widths of the columns.
struct Table<'a> {
    octets: &'a [u8],
    offset: usize,
    field: usize,
    ty: usize,
    is_full: bool,
    has_paths: bool,
}

impl<'a> Table<'a> {
    fn new(inspected: &Inspected<'a>, options: &Inspect, rows: &[Row]) -> Self {
        let octets = inspected.octets;
        let mut table = Self {
            octets,
            offset: format!("{:x}", octets.len()).len().max("offset".len()),
            field: "field".len(),
            ty: "type".len(),
            is_full: options.full,
            has_paths: options.paths,
        };
        for row in rows {
            let widest = if options.paths { usize::MAX } else { WIDEST };
            table.field = table.field.max(table.name(row).chars().count().min(widest));
            table.ty = table.ty.max(row.ty.chars().count().min(WIDEST));
        }
        table
    }

    fn name(&self, row: &Row) -> String {
        match self.has_paths {
            true => row.path.clone(),
            false => format!("{}{}", "  ".repeat(row.depth), row.name),
        }
    }

    fn head(&self, out: &mut Stdout) -> io::Result<()> {
        let (offset, field, ty) = (self.offset, self.field, self.ty);
        let octets = 3 * OCTETS + 1;
        let gutter = paint::GUTTER;
        let head =
            format!("{:offset$}  {:octets$}  {:field$}  {:ty$}  value", "offset", "octets", "field", "type");
        writeln!(out, "{gutter}{head}{gutter:#}")
    }

    fn row(&self, out: &mut Stdout, row: &Row) -> io::Result<()> {
        let octets = &self.octets[row.span.clone()];
        let style = match row.kind {
            RowKind::Field => paint::PLAIN,
            RowKind::Elided => paint::FAINT,
            RowKind::Failed => paint::ERROR,
        };
        let is_whole = octets.len() <= OCTETS || self.is_full && row.kind == RowKind::Field;
        let first = &octets[..octets.len().min(OCTETS)];
        let shown = match (is_whole, row.kind) {
            (_, RowKind::Elided) => "…".to_owned(),
            (true, _) => spaced(first),
            (false, _) => format!("{} …", spaced(first)),
        };
        let name = self.name(row);
        let at = (!octets.is_empty()).then_some(row.span.start);
        self.line(out, at, [&shown, &name, &row.ty, &row.value], style)?;
        if is_whole {
            for (i, more) in octets.chunks(OCTETS).enumerate().skip(1) {
                let at = row.span.start + i * OCTETS;
                self.line(out, Some(at), [&spaced(more), "", "", ""], style)?;
            }
        }
        Ok(())
    }

    fn line(
        &self,
        out: &mut Stdout,
        at: Option<usize>,
        [octets, name, ty, value]: [&str; 4],
        style: anstyle::Style,
    ) -> io::Result<()> {
        let at = at.map_or_else(String::new, |at| format!("{at:04x}"));
        let cells = [
            (at.as_str(), self.offset, paint::GUTTER),
            (octets, 3 * OCTETS + 1, style),
            (name, self.field, style),
            (ty, self.ty, paint::FAINT),
            (value, 0, style),
        ];
        // What does not fit its column moves the rest of its line, and nothing stands behind the last cell.
        let last = cells.iter().rposition(|(text, ..)| !text.is_empty()).unwrap_or(0);
        for (i, (text, width, style)) in cells.into_iter().enumerate().take(last + 1) {
            let (gap, width) = (if i == 0 { "" } else { "  " }, if i == last { 0 } else { width });
            write!(out, "{gap}{style}{text:width$}{style:#}")?;
        }
        writeln!(out)
    }
}

/// Under what else the octets decode, and what they may be.
fn notes(inspected: &Inspected<'_>) -> Vec<String> {
    let strong = paint::STRONG;
    let mut notes = Vec::new();
    for reading in &inspected.also {
        let what = inspected.schemas.described(&reading.ty, &reading.label);
        let how = if reading.is_embedded { " with its version in front (`--embedded`)" } else { "" };
        notes.push(format!("{strong}also tried:{strong:#} the octets decode as {what}{how}"));
    }
    let is_broken = inspected.annotated.error().is_some();
    if is_broken && inspected.also.is_empty() && inspected.schemas.all().count() > 1 {
        let name = inspected.chosen.message.name();
        notes.push(format!(
            "{strong}also tried:{strong:#} `{name}` of the other versions, none of which fits"
        ));
    }
    notes.extend(inspected.hint.iter().map(|hint| format!("{strong}hint:{strong:#} {hint}")));
    if notes.is_empty() {
        return notes;
    }
    notes.insert(0, String::new());
    notes
}
