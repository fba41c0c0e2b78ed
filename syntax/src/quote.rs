//! Pieces of a schema text inside messages: in backticks, short, and without characters that could disturb a terminal.

/// Longer pieces end in an ellipsis: a name may have a million characters, a message may not.
const MAX_CHARS: usize = 40;

/// The text in backticks, clipped and escaped.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", clip(text))
}

/// The text without the backticks, for a piece of something that is quoted as a whole.
pub(crate) fn clip(text: &str) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == MAX_CHARS {
            out.push('…');
            break;
        }
        push_visible(&mut out, c);
    }
    out
}

/// The whole text, escaped: the name of a file may hold anything.
pub(crate) fn visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        push_visible(&mut out, c);
        out
    })
}

/// Writes a character, or its escape where it would be invisible or act on the terminal.
pub(crate) fn push_visible(out: &mut String, c: char) {
    if is_invisible(c) {
        out.extend(c.escape_unicode());
    } else {
        out.push(c);
    }
}

/// Control characters, marks that reorder text, and characters of no width.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
