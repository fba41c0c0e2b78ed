//! Schema comments as documentation: the text stays, its markup does not.
//!
//! A comment is prose. In rustdoc it must not become an example, a broken link or an HTML tag,
//! and must not trip a lint of the user's.

/// The lines of a doc comment for the schema comment `text`; empty if there is none.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}

fn line(text: &str) -> String {
    let text = text.trim();
    let mut doc = String::with_capacity(text.len() + 8);
    // `- item` and `1. item` would begin a list, whose next line would have to be indented.
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if text.starts_with(['-', '+', '*', '=', '~', '#', '|', ':']) {
        doc.push('\\');
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) {
        doc.push_str(&text[..digits]);
        doc.push('\\');
        return doc + &inline(&text[digits..]);
    }
    doc + &inline(text)
}

/// Escapes what markdown would act on; `code spans` are kept where they are closed on the same line.
fn inline(text: &str) -> String {
    let spans = !text.contains("```") && text.matches('`').count().is_multiple_of(2);
    let mut doc = String::with_capacity(text.len() + 8);
    let mut in_code = false;
    for (position, word) in text.split(' ').enumerate() {
        if position > 0 {
            doc.push(' ');
        }
        let is_link = !in_code
            && (word.starts_with("http://") || word.starts_with("https://"))
            && !word.contains(['<', '>', '`', '\\']);
        if is_link {
            let end = word.trim_end_matches(['.', ',', ')', ';', ':', '!', '?']).len();
            doc.push('<');
            doc.push_str(&word[..end]);
            doc.push('>');
            doc.push_str(&word[end..]);
            continue;
        }
        for letter in word.chars() {
            match letter {
                '`' if spans => {
                    in_code = !in_code;
                    doc.push('`');
                }
                '`' | '\\' | '[' | ']' | '<' | '>' | '*' | '_' | '&' | '~' if !in_code => {
                    doc.push('\\');
                    doc.push(letter);
                }
                // Control characters, and those that reorder text: rustc refuses them in doc comments.
                letter if letter.is_control() || is_reordering(letter) => doc.push(' '),
                letter => doc.push(letter),
            }
        }
    }
    doc
}

fn is_reordering(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[track_caller]
    fn check(comment: &str, expected: &[&str]) {
        assert_eq!(lines(comment), expected);
    }

    #[test]
    fn keeps_prose_and_closed_code_spans() {
        check("The `index` of the last message.\n", &["The `index` of the last message."]);
    }

    #[test]
    fn defuses_markup() {
        check("a <b> [c] `d", &["a \\<b\\> \\[c\\] \\`d"]);
        check("```rust", &["\\`\\`\\`rust"]);
        check("    indented", &["indented"]);
        check("- one\n1. two", &["\\- one", "1\\. two"]);
        check("see https://example.org/a_b.", &["see <https://example.org/a_b>."]);
        check("left\u{202e}right", &["left right"]);
    }
}
