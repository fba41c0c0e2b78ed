//! Printing an implementation of a step whose mechanical lines are filled in, and whose decisions are marked.

use proc_macro2::TokenStream;
use quote::quote;

use super::migrate::{arm, matched, part, step_name};
use super::ty::{number, ty_of};
use super::{described, doc, ident, text, version_module};
use crate::plan::{Body, Content, Conversion, Draft, DraftArm, DraftField, Drafted, Method, Step};
use crate::scaffold::Names;

/// The file for one step. A decision is a call of `decide!`, which nothing defines, so that the compiler names those left.
pub(crate) fn step(step: &Step, names: &Names) -> String {
    let asked: Vec<&Method> =
        step.methods.iter().filter(|method| matches!(method.body, Body::Asked(_))).collect();
    let methods = asked.iter().map(|method| self::method(step, method));
    let (name, ty) = (step_name(&step.from, &step.to), &names.ty);
    // A method begins with its reasons.
    let body = text(quote! { impl #name for #ty { #(#methods)* } })
        .replace("\n    }\n    ///", "\n    }\n\n    ///");
    format!("{}\n{}\n{body}", head(step, asked.len()), imports(step, names, &body))
}

fn head(step: &Step, asked: usize) -> String {
    let way = format!("From {} to {}", described(&step.from), described(&step.to));
    match asked {
        0 => format!("//! {way}: nothing is asked.\n"),
        1 => format!(
            "//! {way}: one method is asked.\n//!\n//! Replace each `decide!` by what becomes of the value.\n"
        ),
        _ => format!(
            "//! {way}: {asked} methods are asked.\n//!\n//! Replace each `decide!` by what becomes of the value.\n"
        ),
    }
}

/// What the text of the implementation uses.
fn imports(step: &Step, names: &Names, body: &str) -> String {
    // A call may be broken over lines.
    let body: String = body.split_whitespace().collect();
    let uses = |names: &[&str]| names.iter().any(|name| body.contains(name));
    let mut imports = String::new();
    let mut runtime = Vec::new();
    for (name, uses) in [
        ("Map", uses(&[":Map::new("])),
        ("Migrated", uses(&["Migrated<"])),
        ("Migrator as _", uses(&["self.part(", "self.each(", "self.within("])),
        ("migrate as carry", uses(&["carry::"])),
    ] {
        if uses {
            runtime.push(name);
        }
    }
    match runtime[..] {
        [] => {}
        [only] => imports.push_str(&format!("use barewire::{only};\n")),
        _ => imports.push_str(&format!("use barewire::{{{}}};\n", runtime.join(", "))),
    }
    if !imports.is_empty() {
        imports.push('\n');
    }
    let module = &names.module;
    imports.push_str(&format!("use {module}::migrate::{};\n", step_name(&step.from, &step.to)));
    let mut versions: Vec<String> = [&step.from, &step.to]
        .into_iter()
        .map(|label| version_module(label).to_string())
        .filter(|module| uses(&[&format!("{module}::")]))
        .collect();
    versions.sort();
    match &versions[..] {
        [] => {}
        [only] => imports.push_str(&format!("use {module}::{only};\n")),
        _ => imports.push_str(&format!("use {module}::{{{}}};\n", versions.join(", "))),
    }
    imports
}

fn method(step: &Step, method: &Method) -> TokenStream {
    let name = ident(&method.name);
    let (old, new) = (version_module(&step.from), version_module(&step.to));
    let to = ty_of(&new, &method.to);
    let from = method.from.as_ref().map(|from| ty_of(&old, from));
    let parameter = from.as_ref().map(|from| quote! { , from: #from });
    let version = number(step.to.number.into());
    let reasons: Vec<String> = match &method.body {
        Body::Asked(reasons) => reasons.clone(),
        _ => Vec::new(),
    };
    let docs = doc(&format!("{}.", reasons.join("; ")));
    let body = match &method.draft {
        Draft::Whole => {
            let value = from.as_ref().map(|_| quote! { from });
            decide(&reasons.join("; "), value)
        }
        Draft::Struct { from: fields, fields: filled, dropped } => {
            let fields = fields.iter().map(|field| ident(field));
            let dropped = dropped.iter().map(|(field, reason)| {
                let field = ident(field);
                let decide = decide(reason, Some(quote! { #field }));
                quote! { #decide; }
            });
            let filled = filled.iter().map(|DraftField { name, content }| {
                let field = ident(name);
                if let Drafted::Known(Content::Field { name: old, conversion: Conversion::Move, .. }) =
                    content
                    && old == name
                {
                    return quote! { #field, };
                }
                let value = value(content, &version);
                quote! { #field: #value, }
            });
            quote! {
                let #from { #(#fields),* } = from;
                #(#dropped)*
                Ok(#to { #(#filled)* })
            }
        }
        Draft::Union(arms) => {
            let arms = arms.iter().map(|DraftArm { name, holds, outcome }| match outcome {
                Drafted::Known(known) => arm(known, &old, &version),
                Drafted::Open { reason, .. } => {
                    let name = ident(name);
                    if *holds {
                        let decide = decide(reason, Some(quote! { v }));
                        quote! { Old::#name(v) => #decide, }
                    } else {
                        let decide = decide(reason, None);
                        quote! { Old::#name => #decide, }
                    }
                }
            });
            matched(from.as_ref(), &to, arms)
        }
    };
    quote! {
        #docs
        fn #name(&mut self #parameter) -> Migrated<#to> { #body }
    }
}

/// What a field of the target holds.
fn value(content: &Drafted<Content>, version: &proc_macro2::Literal) -> TokenStream {
    match content {
        Drafted::Known(Content::Field { name, schema_name, conversion }) => {
            let name = ident(name);
            match conversion {
                Conversion::Move => quote! { #name },
                _ => part(conversion, schema_name, &quote! { #name }, version),
            }
        }
        Drafted::Known(Content::None) => quote! { None },
        Drafted::Known(Content::EmptyList) => quote! { Vec::new() },
        Drafted::Known(Content::EmptyMap) => quote! { Map::new() },
        Drafted::Open { reason, from } => {
            let from = from.as_ref().map(|from| ident(from)).map(|from| quote! { #from });
            decide(reason, from)
        }
    }
}

/// A decision, with the value that it is about.
fn decide(reason: &str, value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote! { decide!(#reason, #value) },
        None => quote! { decide!(#reason) },
    }
}
