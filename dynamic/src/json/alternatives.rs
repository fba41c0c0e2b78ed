//! What may stand at a place, in the text of an error.

/// The names, if they are few and short: an error is a line.
pub(super) fn alternatives<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
    const FEW: usize = 8;
    const SHORT: usize = 80;
    if names.clone().nth(FEW).is_some() || names.clone().map(str::len).sum::<usize>() > SHORT {
        return None;
    }
    let quoted: Vec<String> = names.map(|name| format!("{name:?}")).collect();
    let (last, rest) = quoted.split_last()?;
    Some(if rest.is_empty() { last.clone() } else { format!("{} or {last}", rest.join(", ")) })
}
