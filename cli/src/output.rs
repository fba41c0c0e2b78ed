//! Writing to the terminal or to whatever stands in its place.

use std::io::{self, BufWriter, IsTerminal as _, Write};

/// Standard output: buffered, and without colors where nobody sees them.
pub(crate) type Stdout = BufWriter<anstream::AutoStream<io::Stdout>>;

/// Whoever writes has to flush, since an error at the end would be lost otherwise.
pub(crate) fn stdout() -> Stdout {
    BufWriter::new(anstream::AutoStream::auto(io::stdout()))
}

/// Standard output for data, in which nothing is a color and everything stays.
pub(crate) fn data() -> Stdout {
    BufWriter::new(anstream::AutoStream::always_ansi(io::stdout()))
}

/// JSON in which what would act on a terminal stands as its escape.
///
/// Such characters stand in strings only, and those below U+0020 are escaped already.
pub(crate) fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    text
}

/// Writes a text to standard output.
pub(crate) fn say(text: &str) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a text to standard output in which everything stays as it is.
pub(crate) fn plain(text: &str) -> io::Result<()> {
    let mut out = data();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a text to standard error.
pub(crate) fn complain(text: &str) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stderr());
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A line in which what would act on the terminal stands as its escape; a tab stays one.
pub(crate) fn visible(line: &str) -> String {
    let mut visible = String::new();
    for c in line.chars() {
        match c.is_control() && c != '\t' {
            true => visible.extend(c.escape_default()),
            false => visible.push(c),
        }
    }
    visible
}

/// Whether somebody looks at standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}
