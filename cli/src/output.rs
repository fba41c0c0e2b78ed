//! Writing to the terminal or to whatever stands in its place.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

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
///
/// That nobody reads on, as in `barewire … | head`, is no error: what is left to do is done, and the exit code counts.
pub(crate) fn say(text: &str) -> io::Result<()> {
    whole(&mut stdout(), text)
}

/// Writes a text to standard output in which everything stays as it is.
pub(crate) fn plain(text: &str) -> io::Result<()> {
    whole(&mut data(), text)
}

/// Writes a text to standard error.
pub(crate) fn complain(text: &str) -> io::Result<()> {
    whole(&mut anstream::AutoStream::auto(io::stderr()), text)
}

fn whole(out: &mut impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// `` `a`, `b` and `c` ``; of many names the first.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 12;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", name.as_ref())).collect();
    match (quoted.as_slice(), names.len().saturating_sub(SHOWN)) {
        ([], _) => "none".to_owned(),
        ([only], _) => only.clone(),
        ([rest @ .., last], 0) => format!("{} and {last}", rest.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
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

/// The name of a file, which may hold anything.
pub(crate) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// Whether somebody looks at standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}
