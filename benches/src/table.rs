//! The table of a run: ours beside the best of the peers and the goal.

use std::fmt::Write as _;

use crate::goals;
use crate::measure::{Figure, Row, median, spread};
use crate::operation::Operation;
use crate::peers::{BASE, MEMCPY, OURS};

const WRITES: &str = "writing to a string does not fail";

const MISSED: &str = "missed";

/// All rows of ours in Markdown, ordered by operation.
pub fn print(rows: &[Row]) -> String {
    let mut out = String::from(
        "| Operation | Case | barewire | spread | goal | | best peer | serde_bare | ns | × memcpy |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| row.operation);
    for row in rows {
        if let Some(ours) = row.figure(OURS) {
            line(&mut out, row, ours);
        }
    }
    out
}

/// The ratios of all ways but `base`, whose nanoseconds stand there instead; bold where they miss a goal.
pub fn print_all(rows: &[Row], ways: &[&str], base: &str) -> String {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| row.operation);
    let ways: Vec<_> = ways.iter().filter(|way| ![base, MEMCPY].contains(way)).collect();
    let mut out = format!("| Operation | Case | {base}, ns |");
    for way in &ways {
        write!(out, " {way} |").expect(WRITES);
    }
    writeln!(out, "\n|---|---|---{}|", "|---".repeat(ways.len())).expect(WRITES);
    for row in rows {
        let base = row.figure(base).map_or_else(none, ns);
        write!(out, "| {} | {} | {base} |", row.operation.title(), row.case).expect(WRITES);
        for way in &ways {
            let cell = row.figure(way).map_or_else(none, |figure| with_spread(row, figure));
            write!(out, " {cell} |").expect(WRITES);
        }
        out.push('\n');
    }
    out
}

fn with_spread(row: &Row, figure: &Figure) -> String {
    let cell = format!("{} ±{:.2}", ratio(figure), spread(&figure.ratios));
    let missed = figure.of == OURS && verdict(row, figure).1 == MISSED;
    if missed { format!("**{cell}**") } else { cell }
}

/// What stands where a way has no such operation.
fn none() -> String {
    "–".to_owned()
}

fn line(out: &mut String, row: &Row, ours: &Figure) {
    let (goal, verdict) = verdict(row, ours);
    let best = best_peer(row).map_or_else(none, |(ratio, name)| format!("{ratio:.2} {name}"));
    let serde_bare = row.figure("serde_bare").map_or_else(none, ratio);
    writeln!(
        out,
        "| {} | {} | {} | ±{:.2} | {goal} | {verdict} | {best} | {serde_bare} | {} | {:.2} |",
        row.operation.title(),
        row.case,
        ratio(ours),
        spread(&ours.ratios),
        ns(ours),
        median(&mut ours.copies.clone()),
    )
    .expect(WRITES);
}

/// The goal, and whether it is met: the median may be above it by as much as the rounds differ.
fn verdict(row: &Row, ours: &Figure) -> (String, &'static str) {
    let of = |met: bool| if met { "met" } else { MISSED };
    if row.operation == Operation::Validate && row.case == "mesh50k" {
        let took = median(&mut ours.ns.clone());
        let met = took <= goals::VALIDATE_MESH_NS + spread(&ours.ns);
        return (format!("{:.0} ns", goals::VALIDATE_MESH_NS), of(met));
    }
    match goals::of(row.operation, &row.case) {
        Some(goal) => {
            (format!("{goal:.2}"), of(median(&mut ours.ratios.clone()) <= goal + spread(&ours.ratios)))
        }
        None => ("–".to_owned(), ""),
    }
}

/// The peer that takes the least, by the median of its rounds.
fn best_peer(row: &Row) -> Option<(f64, &'static str)> {
    let peers = row.figures.iter().filter(|figure| ![OURS, BASE, MEMCPY].contains(&figure.of));
    let figures = peers.map(|figure| (median(&mut figure.ratios.clone()), figure.of));
    figures.min_by(|a, b| a.0.total_cmp(&b.0))
}

fn ratio(figure: &Figure) -> String {
    format!("{:.2}", median(&mut figure.ratios.clone()))
}

fn ns(figure: &Figure) -> String {
    let ns = median(&mut figure.ns.clone());
    if ns < 100.0 { format!("{ns:.1}") } else { format!("{ns:.0}") }
}
