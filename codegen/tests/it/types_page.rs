//! `docs/types.md` says what the generator writes: each row of its tables is a field that is generated, and what it shows
//! of the definitions stands in their code.

use std::fmt::Write as _;

use barewire_codegen::Config;
use barewire_syntax::Source;
use quote::ToTokens;

const PAGE: &str = include_str!("../../../docs/types.md");

#[test]
fn each_value_is_of_the_type_in_the_table() {
    let table = PAGE.lines().skip_while(|line| !line.starts_with("| BARE | Owned | View |")).skip(2);
    let rows: Vec<[Vec<String>; 3]> = table.take_while(|line| line.starts_with('|')).map(row).collect();
    let each = |column: usize| rows.iter().flat_map(move |row| row[column].iter());
    assert!(each(0).count() > 25, "{rows:?}");

    let mut schema = String::from("type T struct {\n");
    for (at, ty) in each(0).enumerate() {
        writeln!(schema, "  f{at}: {ty}").expect("a string");
    }
    schema.push('}');
    for (item, column) in [("T", 1), ("TView", 2)] {
        let fields = fields(&schema, item);
        assert_eq!(fields.len(), each(0).count());
        for ((bare, ty), found) in each(0).zip(each(column)).zip(&fields) {
            assert_eq!(found, &ty.replace(' ', ""), "for `{bare}` in `{item}`");
        }
    }
}

#[test]
fn the_definitions_are_those_that_are_shown() {
    let [schema, shown] = ["bare", "rs"].map(|language| {
        let (_, rest) = PAGE.split_once(&format!("```{language}\n")).expect(language);
        rest.split_once("```").expect("an end").0
    });
    let generated = last_parts(&generate(schema));
    let mut rest = generated.as_str();
    for line in shown.lines().map(str::trim).filter(|line| line.len() > 2) {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("`{line}` is not behind what is before it")).1;
    }
}

/// What a row says of each of its types: in BARE, owned and in a view.
fn row(line: &str) -> [Vec<String>; 3] {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let (bare, owned) = (code(cells[1]), code(cells[2]));
    let view = if cells[3] == "the same" { owned.clone() } else { code(cells[3]) };
    assert!(bare.len() == owned.len() && owned.len() == view.len(), "{line}");
    [bare, owned, view]
}

/// What stands in backticks.
fn code(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn generate(schema: &str) -> String {
    Config::new().generate_source(&Source::new("page.bare", schema)).expect("a schema").schema
}

/// The types of the fields of a struct that is generated, without spaces.
fn fields(schema: &str, name: &str) -> Vec<String> {
    let file = syn::parse_file(&generate(schema)).expect("Rust");
    let modules = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => module.content,
        _ => None,
    });
    let mut items = modules.flat_map(|(_, items)| items);
    let found = items.find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == name => Some(item.fields),
        _ => None,
    });
    let types = found.expect("the struct").into_iter().map(|field| field.ty.into_token_stream().to_string());
    types.map(|ty| last_parts(&ty.replace(' ', ""))).collect()
}

/// Code with nothing but the last part of each path.
fn last_parts(code: &str) -> String {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut short = String::new();
    let mut rest = code;
    while !rest.is_empty() {
        let (path, behind) = rest.split_at(rest.find(|c| !is_path(c)).unwrap_or(rest.len()));
        let from = path.trim_end_matches(':').rfind("::").map_or(0, |at| at + 2);
        let (other, behind) = behind.split_at(behind.find(is_path).unwrap_or(behind.len()));
        short.push_str(&path[from..]);
        short.push_str(other);
        rest = behind;
    }
    short
}
