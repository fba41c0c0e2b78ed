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
    // Spans of several backticks may hold single ones: telling them apart is not worth a parser.
    let has_spans = !text.contains("``") && text.matches('`').count().is_multiple_of(2);
    let mut doc = String::with_capacity(text.len() + 8);
    let mut in_code = false;
    for (position, word) in text.split(' ').enumerate() {
        if position > 0 {
            doc.push(' ');
        }
        let link = if in_code { None } else { link(word) };
        let (before, after) = match link {
            Some((before, link, after)) => {
                escape(before, has_spans, &mut in_code, &mut doc);
                doc.push('<');
                doc.push_str(link);
                doc.push('>');
                ("", after)
            }
            None => (word, ""),
        };
        escape(before, has_spans, &mut in_code, &mut doc);
        escape(after, has_spans, &mut in_code, &mut doc);
    }
    doc
}

/// The address in a word, with what stands before and behind it.
fn link(word: &str) -> Option<(&str, &str, &str)> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min()?;
    let (before, rest) = word.split_at(start);
    let is_part = |letter: char| letter.is_ascii_graphic() && !"<>`\\\"'()[]{}|".contains(letter);
    let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let (link, _) = rest.split_at(end);
    let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
    let host = link.split_once("://").is_some_and(|(_, host)| !host.is_empty());
    host.then(|| (before, link, &rest[link.len()..]))
}

fn escape(text: &str, has_spans: bool, in_code: &mut bool, doc: &mut String) {
    for letter in text.chars() {
        match letter {
            '`' if has_spans => {
                *in_code = !*in_code;
                doc.push('`');
            }
            '`' | '\\' | '[' | ']' | '<' | '>' | '*' | '_' | '&' | '~' if !*in_code => {
                doc.push('\\');
                doc.push(letter);
            }
            // Control characters, and those that reorder text: rustc refuses them in doc comments.
            letter if letter.is_control() || is_reordering(letter) => doc.push(' '),
            letter => doc.push(letter),
        }
    }
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
        check("https://a.example/\u{202e}b", &["<https://a.example/> b"]);
        check("https://a.example/\rb", &["<https://a.example/> b"]);
        check("(https://a.example/x) there", &["(<https://a.example/x>) there"]);
        check("``a ` b`` <b> `", &["\\`\\`a \\` b\\`\\` \\<b\\> \\`"]);
        check("https:// alone", &["https:// alone"]);
    }
}
