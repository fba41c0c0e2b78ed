//! Makes the text of a value shorter, so that it can be read at a glance.

/// Shortens the lines of `{:#?}`, which gives each octet of an id a line of its own.
pub(crate) fn fold(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = Vec::new();
    for line in debug.lines() {
        lines.push(line.to_owned());
        if line.ends_with(['{', '(', '[']) {
            open.push(lines.len() - 1);
        } else if line.trim_start().starts_with(['}', ')', ']']) {
            let group = lines.split_off(open.pop().unwrap_or_default());
            lines.extend(fold_group(group));
        }
    }
    lines.join("\n")
}

/// Fewer lines for a group, the first line of which opens it and the last of which closes it.
fn fold_group(lines: Vec<String>) -> Vec<String> {
    const WIDTH: usize = 110;
    let [open, parts @ .., close] = &lines[..] else { return lines };
    let one_line = join(open, parts, close);
    if one_line.trim_start().len() <= WIDTH {
        return vec![one_line];
    }
    // A group that holds nothing but another group is opened and closed on the lines of that.
    match parts {
        [first, inner @ .., last]
            if !open.ends_with('{') && inner.iter().all(|line| indent(line) > indent(first)) =>
        {
            let first = format!("{open}{}", first.trim());
            let last = format!("{}{}", last[4..].trim_end_matches(','), close.trim());
            let inner = inner.iter().map(|line| line[4..].to_owned());
            [first].into_iter().chain(inner).chain([last]).collect()
        }
        _ => lines,
    }
}

fn join(open: &str, parts: &[String], close: &str) -> String {
    let parts = parts.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let parts = parts.trim_end_matches(',');
    let space = if open.ends_with('{') { " " } else { "" };
    format!("{open}{space}{parts}{space}{}", close.trim())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
