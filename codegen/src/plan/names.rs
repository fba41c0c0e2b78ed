//! Rust names for the names of a schema.
//!
//! A schema name is informative, so respelling it is free, but two names may become one.
//! A name that the schema spells just so keeps it; the others take the first free suffix, in the order of the text,
//! so that the same schema always gets the same names.

use std::collections::{BTreeMap, BTreeSet};

/// The names taken in one Rust namespace: the types of a module, the fields of a struct, the variants of an enum.
#[derive(Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The next suffix to try for a name that was asked for before.
    suffixes: BTreeMap<String, u32>,
}

impl Scope {
    /// `wanted`, or with the first suffix that makes it free.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let wanted = escape(wanted);
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        // `Self_2` would not be in camel case.
        let stem = wanted.trim_end_matches('_');
        // `V1` and 2 would read as `V12`. An underscore between digits is no matter for the case lints.
        let joint = if stem.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
        let suffix = self.suffixes.entry(stem.to_owned()).or_insert(2);
        loop {
            let name = format!("{stem}{joint}{suffix}");
            *suffix += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// A Rust name for each of `names`, respelled by `respell`.
    pub(super) fn claim_all<'n>(
        &mut self,
        names: impl Iterator<Item = &'n str> + Clone,
        respell: fn(&str) -> String,
    ) -> Vec<String> {
        let exact: Vec<Option<String>> =
            names.clone().map(|name| (escape(&respell(name)) == name).then(|| self.claim(name))).collect();
        names.zip(exact).map(|(name, exact)| exact.unwrap_or_else(|| self.claim(&respell(name)))).collect()
    }
}

/// Type names keep their spelling: they begin with an upper-case letter and have no underscore.
pub(super) fn type_name(name: &str) -> String {
    name.to_owned()
}

/// `lastMsgIndex` becomes `last_msg_index`, `actorID` becomes `actor_id`.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let letters: Vec<char> = name.chars().collect();
    for (position, &letter) in letters.iter().enumerate() {
        let before = position.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(position + 1);
        let begins_word = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || after.is_some_and(|after| after.is_ascii_lowercase())
            });
        // `non_snake_case` refuses two underscores in a row.
        if (begins_word || letter == '_') && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        if letter != '_' {
            snake.push(letter.to_ascii_lowercase());
        }
    }
    snake
}

/// `CUSTOMER_SERVICE` becomes `CustomerService`; `V1_0` stays, as `V10` is another name.
pub(super) fn variant(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let between_digits = camel.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if between_digits {
            camel.push('_');
        }
        let (first, rest) = word.split_at(1);
        camel.push_str(first);
        camel.push_str(&rest.to_ascii_lowercase());
    }
    camel
}

/// `orderLines` becomes `OrderLines`: a part of the name of an inline type.
pub(crate) fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// The name of what belongs to the type `name`: its view, or an inline type in it.
pub(super) fn derived(name: &str, part: &str) -> String {
    // `Self_View` would not be in camel case.
    format!("{}{part}", name.trim_end_matches('_'))
}

/// The words that cannot be written as `r#word` either.
const PATH_WORDS: [&str; 4] = ["Self", "crate", "self", "super"];

fn escape(name: &str) -> String {
    if PATH_WORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// Whether `name` has to be written as `r#name`.
pub(crate) fn is_keyword(name: &str) -> bool {
    // In the order of the Rust reference: strict and reserved keywords of the 2024 edition.
    const KEYWORDS: [&str; 48] = [
        "as", "break", "const", "continue", "else", "enum", "extern", "false", "fn", "for", "if", "impl",
        "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct",
        "trait", "true", "type", "unsafe", "use", "where", "while", "async", "await", "dyn", "abstract",
        "become", "box", "do", "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield",
        "try", "gen",
    ];
    KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_snake(name: &str, expected: &str) {
        assert_eq!(snake(name), expected);
    }

    #[test]
    fn respells_fields_as_words() {
        check_snake("lastMsgIndex", "last_msg_index");
        check_snake("actorID", "actor_id");
        check_snake("JSONDocument", "json_document");
        check_snake("sha256Hash", "sha256_hash");
        check_snake("a__b", "a_b");
        check_snake("Name", "name");
        check_snake("x_", "x_");
    }

    #[test]
    fn keeps_digits_of_enum_values_apart() {
        assert_eq!(variant("V1_0"), "V1_0");
        assert_eq!(variant("V10"), "V10");
        assert_eq!(variant("CUSTOMER_SERVICE"), "CustomerService");
        assert_eq!(variant("A_1"), "A1");
    }

    #[test]
    fn a_name_spelled_just_so_wins() {
        let mut scope = Scope::default();
        assert_eq!(scope.claim_all(["fooBar", "foo_bar"].into_iter(), snake), ["foo_bar2", "foo_bar"]);
        let mut scope = Scope::default();
        assert_eq!(scope.claim_all(["A_1", "A1", "SELF"].into_iter(), variant), ["A1_2", "A1", "Self_"]);
        let mut scope = Scope::default();
        assert_eq!(scope.claim_all(["SELF", "SELF_"].into_iter(), variant), ["Self_", "Self2"]);
    }
}
