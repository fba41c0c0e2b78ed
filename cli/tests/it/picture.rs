//! `cli/inspect.svg`: what a terminal shows of a broken message, drawn from what the command writes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// An acknowledgement of version 2, taken for one of version 3.
const FRAME: &str = "06000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f060201";

const COLUMN: f32 = 8.4;
const LINE: usize = 20;
const MARGIN: usize = 16;

#[test]
fn the_picture_shows_what_the_command_writes() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO_BIN_EXE_barewire"))
        .args(["--color", "always", "inspect", "schema/runner", "--type", "ToServer", "--hex", FRAME])
        .current_dir(repository)
        .output()
        .expect("the command runs");
    let shown = String::from_utf8(output.stdout).expect("text");
    assert!(shown.contains('\x1b'));
    let svg = drawn(&format!(
        "\x1b[1m$ barewire inspect schema/runner --type ToServer --hex {}…\x1b[0m\n\n{shown}",
        &FRAME[..24]
    ));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("inspect.svg");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &svg).expect("a writable file");
    }
    assert!(
        fs::read_to_string(path).unwrap_or_default() == svg,
        "`cli/inspect.svg` is stale; BLESS=1 draws it"
    );
}

/// How the text that follows looks.
#[derive(Clone, Copy, Default)]
struct Style {
    is_bold: bool,
    color: Option<&'static str>,
}

impl Style {
    fn apply(&mut self, codes: &str) {
        for code in codes.split(';') {
            match code {
                "" | "0" => *self = Self::default(),
                "1" => self.is_bold = true,
                "33" => self.color = Some("#e5c07b"),
                "90" => self.color = Some("#7f8792"),
                "91" => self.color = Some("#ff6b6b"),
                "94" => self.color = Some("#6cb6ff"),
                other => panic!("no color is known for {other}"),
            }
        }
    }
}

/// A picture of a text with the escapes of a terminal.
fn drawn(text: &str) -> String {
    // Longer lines run out of the picture, as they would out of a window.
    const COLUMNS: usize = 112;
    let lines: Vec<&str> = text.lines().collect();
    let width = (COLUMNS as f32).mul_add(COLUMN, 2.0 * MARGIN as f32).round() as usize;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1c2128\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"14\" fill=\"#e6edf3\" xml:space=\"preserve\">\n"
    );
    let mut style = Style::default();
    for (i, line) in lines.iter().enumerate() {
        let y = MARGIN + LINE * i + 14;
        let mut column = 0;
        for (at, piece) in line.split('\x1b').enumerate() {
            let piece = match at {
                0 => piece,
                _ => {
                    let (codes, rest) = piece.split_once('m').expect("a style ends in `m`");
                    style.apply(codes.trim_start_matches('['));
                    rest
                }
            };
            let piece: String = piece.chars().take(COLUMNS.saturating_sub(column)).collect();
            if piece.trim().is_empty() {
                column += piece.chars().count();
                continue;
            }
            let x = (column as f32).mul_add(COLUMN, MARGIN as f32);
            let bold = if style.is_bold { " font-weight=\"bold\"" } else { "" };
            let color = style.color.map(|color| format!(" fill=\"{color}\"")).unwrap_or_default();
            let length = piece.chars().count() as f32 * COLUMN;
            let escaped = piece.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"{bold}{color}>{escaped}</text>"
            )
            .expect("a string takes any text");
            column += piece.chars().count();
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}
