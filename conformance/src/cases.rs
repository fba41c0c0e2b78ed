//! The crate that judges rows by compiled code: a module for each schema, and a program that calls the judge.
//!
//! The library half holds nothing but generated code, under the strictest lints, so that every schema that compiles
//! also compiles without warnings.
//! The program half prints a verdict for each row.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::front::Generated;
use crate::root;
use crate::row::Root;
use crate::value::{Items, ident, within};

/// The judge as text: the file that is compiled into this crate too.
const JUDGE: &str = include_str!("judge.rs");

/// What the judge uses, likewise.
const PARTS: &str = include_str!("parts.rs");

/// The file with the generated code of a module, from the root of the package.
pub(crate) fn schema_file(module: &str) -> String {
    format!("src/{module}.rs")
}

/// The file with the rows of a module, from the root of the package.
pub(crate) fn rows_file(module: &str) -> String {
    format!("src/rows/{module}.rs")
}

/// A schema, its module, and the rows that are judged with it.
pub(crate) struct Case {
    pub(crate) module: String,
    generated: Generated,
    /// A statement for each row that needs compiled code.
    statements: Vec<TokenStream>,
    /// Newtypes that the statements name.
    roots: BTreeMap<String, TokenStream>,
    /// Every row that needs the module to compile, by its number, with what the program calls it if it judges it.
    pub(crate) rows: BTreeMap<usize, Option<String>>,
}

/// A name that stays the same when other schemas come and go, so that only what changed is compiled again.
/// By chance, two schemas of a run share none of 2^64 names.
pub(crate) fn module_name(schema: &str) -> String {
    let mut hasher = DefaultHasher::new();
    schema.hash(&mut hasher);
    format!("s{:016x}", hasher.finish())
}

impl Case {
    pub(crate) fn new(module: String, generated: Generated) -> Self {
        Self { module, generated, statements: Vec::new(), roots: BTreeMap::new(), rows: BTreeMap::new() }
    }

    /// Adds the row `number`, whose schema has to compile.
    pub(crate) fn add_schema(&mut self, number: usize) {
        self.rows.insert(number, None);
    }

    /// Adds the row `number`, whose octets are the message `value`.
    ///
    /// # Errors
    ///
    /// Why `value` is no value of the type.
    pub(crate) fn add_message(
        &mut self,
        number: usize,
        root: &Root,
        octets: &[u8],
        value: &Value,
    ) -> Result<(), String> {
        let items = Items::of(&self.generated.plan);
        let item = items.root(&root.name)?;
        let mut expected = items.expression(item, value).map_err(within("\"value\""))?;
        if let Some((name, tokens)) = newtype(&items, &root.name)? {
            let ty = format_ident!("{name}");
            expected = quote! { #ty(#expected) };
            self.roots.insert(name, tokens);
        }
        let octets = Literal::byte_string(octets);
        self.add(number, quote! { judge::message(#octets, &#expected) });
        Ok(())
    }

    /// Adds the row `number`, whose octets break `rule`.
    ///
    /// # Errors
    ///
    /// If the schema has no such type.
    pub(crate) fn add_no_message(
        &mut self,
        number: usize,
        root: &Root,
        octets: &[u8],
        rule: &str,
    ) -> Result<(), String> {
        let items = Items::of(&self.generated.plan);
        let ty = match newtype(&items, &root.name)? {
            Some((name, tokens)) => {
                let ty = format_ident!("{name}");
                self.roots.insert(name, tokens);
                quote! { #ty }
            }
            None => {
                let name = ident(&items.root(&root.name)?.name);
                quote! { schema::#name }
            }
        };
        let octets = Literal::byte_string(octets);
        self.add(number, quote! { judge::no_message::<#ty>(#octets, #rule) });
        Ok(())
    }

    fn add(&mut self, number: usize, judgement: TokenStream) {
        // Not `number`: it changes with every row before, and all modules would be compiled again.
        let name = format!("{}.{}", self.module, self.statements.len());
        self.statements.push(quote! { judge::row(#name, || #judgement); });
        self.rows.insert(number, Some(name));
    }

    fn rows(&self) -> String {
        let (module, roots, statements) = (ident(&self.module), self.roots.values(), &self.statements);
        print(quote! {
            use crate::judge;
            use conformance_schemas::#module as schema;

            #(#roots)*

            pub(crate) fn judge_all() { #(#statements)* }
        })
    }
}

/// The name and the definition of the newtype through which the type `name` is judged, if it has no codec of its own.
fn newtype(items: &Items<'_>, name: &str) -> Result<Option<(String, TokenStream)>, String> {
    let item = items.root(name)?;
    Ok(items.plain_alias(item)?.map(|place| {
        // Not the name alone: a schema may define `Option`, and the rows use that of Rust.
        let newtype = format!("{}Root", item.name);
        let tokens = root::newtype(&ident(&newtype), item, place);
        (newtype, tokens)
    }))
}

/// The sources of the package for `cases`, by their path in it.
pub(crate) fn sources(cases: &[&Case]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for case in cases {
        files.insert(schema_file(&case.module), case.generated.rust.clone());
        if !case.statements.is_empty() {
            files.insert(rows_file(&case.module), case.rows());
        }
    }
    let schemas = cases.iter().map(|case| {
        let module = ident(&case.module);
        quote! {
            #[doc = " A schema of the rows."]
            pub mod #module;
        }
    });
    let library = print(quote! {
        #![doc = " The schemas of the rows."]
        #![deny(missing_docs, warnings)]
        #![forbid(unsafe_code)]
        #(#schemas)*
    });
    let judged: Vec<_> =
        cases.iter().filter(|case| !case.statements.is_empty()).map(|case| ident(&case.module)).collect();
    let rows = print(quote! {
        #(mod #judged;)*

        pub(crate) fn judge_all() { #(#judged::judge_all();)* }
    });
    let program = print(quote! {
        #![allow(dead_code, reason = "not every run has every form of row")]
        #![forbid(unsafe_code)]

        mod judge;
        mod parts;
        mod rows;

        fn main() {
            // A panic is told in the verdict of its row.
            std::panic::set_hook(Box::new(|_| {}));
            rows::judge_all();
        }
    });
    files.insert("src/lib.rs".to_owned(), library);
    files.insert("src/main.rs".to_owned(), program);
    files.insert("src/rows/mod.rs".to_owned(), rows);
    files.insert("src/judge.rs".to_owned(), JUDGE.to_owned());
    files.insert("src/parts.rs".to_owned(), PARTS.to_owned());
    files
}

fn print(tokens: TokenStream) -> String {
    // The tokens come from the templates above and identifiers that the plan made: they are always a file.
    prettyplease::unparse(&syn::parse2(tokens).expect("printed tokens are items"))
}
