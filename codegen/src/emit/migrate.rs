//! Printing the steps between versions: a trait for each, with a method for each type that differs.

use barewire_syntax::frozen::Label;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::ty::{number, ty_of};
use super::{described, doc, ident, version_module};
use crate::plan::{Arm, ArmOutcome, Body, Content, Conversion, Method, Outcome, Plan, Step, Void, names};

/// The module `migrate`; nothing for a schema without versions.
pub(super) fn steps(plan: &Plan) -> TokenStream {
    if plan.steps.is_empty() {
        return TokenStream::new();
    }
    let versions = plan.modules.iter().filter_map(|module| module.label.as_ref()).map(version_module);
    let steps = plan.steps.iter().map(step);
    quote! {
        /// The steps between neighbouring versions; the methods without a body are what the schemas leave open.
        ///
        /// Methods of several steps have the same name: a file that calls them imports one step only.
        #[allow(
            dead_code,
            missing_docs,
            unreachable_pub,
            unused_imports,
            clippy::new_ret_no_self,
            clippy::wrong_self_convention,
            reason = "a program implements the steps that it takes, and overrides what it wants to do itself"
        )]
        pub mod migrate {
            use ::barewire::{Map, MigrateError, Migrated, Migrator, alloc::boxed::Box, alloc::vec::Vec, migrate as carry};
            use ::core::{convert::From, option::Option::None, result::Result::{Err, Ok}};
            use super::{#(#versions),*};
            #(#steps)*
        }
    }
}

/// `V2ToV3`.
pub(super) fn step_name(from: &Label, to: &Label) -> Ident {
    let name = |label: &Label| match &label.alternate {
        None => format!("V{}", label.number),
        Some(name) => format!("V{}{}", label.number, names::camel(name)),
    };
    format_ident!("{}To{}", name(from), name(to))
}

fn step(step: &Step) -> TokenStream {
    let name = step_name(&step.from, &step.to);
    let way = format!("from {} to {}", described(&step.from), described(&step.to));
    let (old, new) = (version_module(&step.from), version_module(&step.to));
    // In the rendered signatures both have the same names.
    let docs =
        doc(&format!("The step {way}: methods take types of [`{old}`] and return those of [`{new}`]."));
    let message = format!("`{{Self}}` does not say how to migrate {way}");
    let label = format!("the step `{name}` is missing");
    let note = answer(step, &name);
    let methods = step.methods.iter().map(|method| self::method(step, method));
    quote! {
        #docs
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        pub trait #name: Migrator { #(#methods)* }
    }
}

/// How many questions an error of the compiler lists.
const LISTED: usize = 8;

/// What somebody has to write who has no `step` yet, for the error of the compiler.
fn answer(step: &Step, name: &Ident) -> String {
    let asked = step.methods.iter().filter_map(|method| {
        let Body::Asked(reasons) = &method.body else { return None };
        Some(format!("`{}` ({})", method.name, reasons.join("; ")))
    });
    let asked: Vec<String> = asked.collect();
    if asked.is_empty() {
        // Single braces would be parameters.
        return format!("nothing is asked: write `impl migrate::{name} for {{Self}} {{{{}}}}`");
    }
    let more = match asked.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let listed = asked.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
    let listed = listed.replace('{', "{{").replace('}', "}}");
    format!("write `impl migrate::{name} for {{Self}}` with an answer for {listed}{more}")
}

fn method(step: &Step, method: &Method) -> TokenStream {
    let name = ident(&method.name);
    let (old, new) = (version_module(&step.from), version_module(&step.to));
    let to = ty_of(&new, &method.to);
    let from = method.from.as_ref().map(|from| ty_of(&old, from));
    let parameter = |name: TokenStream| from.as_ref().map(|from| quote! { , #name: #from });
    let version = number(step.to.number.into());
    let (docs, name_of_old, body) = match &method.body {
        Body::Asked(reasons) => {
            (Some(doc(&format!("Asked: {}.", reasons.join("; ")))), quote! { from }, None)
        }
        Body::Refused => {
            let error = quote! { MigrateError::unrepresentable(#version) };
            (None, quote! { _from }, Some(quote! { Err(#error) }))
        }
        Body::Unit => {
            let value = ty_of(&new, &method.to);
            (None, quote! { _from }, Some(quote! { Ok(#value) }))
        }
        Body::Value { is_wrapped, conversion, wrap } => {
            let old = if *is_wrapped {
                quote! { from.0 }
            } else {
                quote! { from }
            };
            let wrap = wrap.as_ref().map(|wrap| ident(wrap)).map(|wrap| quote! { #new::#wrap });
            let value = match (infallible(conversion, &old), wrap) {
                (Some(value), Some(wrap)) => quote! { Ok(#wrap(#value)) },
                (Some(value), None) => quote! { Ok(#value) },
                (None, wrap) => {
                    let value = applied(conversion, &quote! { self }, &old, &version);
                    let wrap = wrap.map(|wrap| quote! { .map(#wrap) });
                    quote! { #value #wrap }
                }
            };
            (None, quote! { from }, Some(value))
        }
        Body::Struct(fields) => {
            let fields = fields.iter().map(|field| {
                let name = ident(&field.name);
                let content = content(&field.content, &version);
                quote! { #name: #content, }
            });
            (None, quote! { from }, Some(quote! { Ok(#to { #(#fields)* }) }))
        }
        Body::Enum(arms) => {
            let arms = arms.iter().map(|(value, outcome)| {
                let value = ident(value);
                let outcome = match outcome {
                    Outcome::Variant(variant) => {
                        let variant = ident(variant);
                        quote! { Ok(New::#variant) }
                    }
                    Outcome::Method(method, schema_name) => {
                        let method = ident(method);
                        quote! { self.within(#schema_name, Self::#method) }
                    }
                };
                quote! { Old::#value => #outcome, }
            });
            (None, quote! { from }, Some(matched(from.as_ref(), &to, arms)))
        }
        Body::Union(arms) => {
            let counted = arms.iter().any(|arm| arm.unchanged.is_some()).then(|| {
                let [from_number, to_number] =
                    [&step.from, &step.to].map(|label| Literal::u16_unsuffixed(label.number));
                quote! { carry::generated::<Self, #from>(self, #from_number, #to_number); }
            });
            let arms = arms.iter().map(|arm| self::arm(arm, &old, &version));
            let matched = matched(from.as_ref(), &to, arms);
            (None, quote! { from }, Some(quote! { #counted #matched }))
        }
    };
    let parameter = parameter(name_of_old);
    let signature = quote! { #docs fn #name(&mut self #parameter) -> Migrated<#to> };
    match body {
        Some(body) => quote! { #signature { #body } },
        None => quote! { #signature; },
    }
}

fn content(content: &Content, version: &Literal) -> TokenStream {
    match content {
        Content::Field { name, schema_name, conversion } => {
            let name = ident(name);
            part(conversion, schema_name, &quote! { from.#name }, version)
        }
        Content::None => quote! { None },
        Content::EmptyList => quote! { Vec::new() },
        Content::EmptyMap => quote! { Map::new() },
    }
}

/// The body of a method that looks at the variant of `from`.
pub(super) fn matched(
    from: Option<&TokenStream>,
    to: &TokenStream,
    arms: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    quote! {
        use #from as Old;
        use #to as New;
        match from { #(#arms)* }
    }
}

pub(super) fn arm(arm: &Arm, old: &Ident, version: &Literal) -> TokenStream {
    let name = ident(&arm.name);
    let pattern = if arm.holds {
        quote! { Old::#name(v) }
    } else {
        quote! { Old::#name }
    };
    let schema_name = &arm.schema_name;
    let outcome = match &arm.outcome {
        ArmOutcome::Void(variant) => {
            let variant = ident(variant);
            quote! { Ok(New::#variant) }
        }
        ArmOutcome::Carried { variant, void, conversion } => {
            let variant = ident(variant);
            let value = match void {
                None => quote! { v },
                Some(Void { name, is_alias }) => {
                    let name = ident(name);
                    let braces = is_alias.then(|| quote! { {} });
                    quote! { #old::#name #braces }
                }
            };
            match infallible(conversion, &value) {
                Some(value) => quote! { Ok(New::#variant(#value)) },
                None => {
                    let carried = asked(conversion, schema_name, &value, version);
                    quote! { #carried.map(New::#variant) }
                }
            }
        }
        ArmOutcome::Emptied { variant, conversion } => {
            let (variant, function) = (ident(variant), function(conversion, version));
            quote! { self.part(#schema_name, v, #function).map(|_| New::#variant) }
        }
        ArmOutcome::Method { name, unbox } => {
            let method = ident(name);
            if !arm.holds {
                quote! { self.within(#schema_name, Self::#method) }
            } else {
                let value = if *unbox {
                    quote! { *v }
                } else {
                    quote! { v }
                };
                quote! { self.part(#schema_name, #value, Self::#method) }
            }
        }
    };
    quote! { #pattern => #outcome, }
}

/// The value of the field `name`, carried over.
pub(super) fn part(
    conversion: &Conversion,
    name: &str,
    value: &TokenStream,
    version: &Literal,
) -> TokenStream {
    infallible(conversion, value).unwrap_or_else(|| {
        let carried = asked(conversion, name, value, version);
        quote! { #carried? }
    })
}

/// The new value of the field or member `name` or an error, with that name in its path.
fn asked(conversion: &Conversion, name: &str, value: &TokenStream, version: &Literal) -> TokenStream {
    let (way, function) = match conversion {
        Conversion::List(element) => (ident("each"), function(element, version)),
        _ => (ident("part"), function(conversion, version)),
    };
    quote! { self.#way(#name, #value, #function) }
}

/// The new value, if no old one is refused and no method is asked.
fn infallible(conversion: &Conversion, value: &TokenStream) -> Option<TokenStream> {
    match conversion {
        Conversion::Move => Some(value.clone()),
        Conversion::From => Some(quote! { From::from(#value) }),
        Conversion::WidenFloat => Some(quote! { carry::widen_f32(#value) }),
        Conversion::Boxed { unbox, rebox: false, inner } => {
            let value = if *unbox { quote! { *#value } } else { value.clone() };
            infallible(inner, &value)
        }
        Conversion::Narrow
        | Conversion::NarrowFloat
        | Conversion::Call(_)
        | Conversion::Option(_)
        | Conversion::List(_)
        | Conversion::Array(_)
        | Conversion::FixedList(_)
        | Conversion::ArrayToHeap(_)
        | Conversion::Map(..)
        // The box is charged to the heap budget.
        | Conversion::Boxed { rebox: true, .. } => None,
    }
}

/// A function from who migrates and the old value to the new one.
fn function(conversion: &Conversion, version: &Literal) -> TokenStream {
    if let Conversion::Call(method) = conversion {
        let method = ident(method);
        return quote! { Self::#method };
    }
    let m = if uses_migrator(conversion) {
        quote! { m }
    } else {
        quote! { _ }
    };
    let value = applied(conversion, &m, &quote! { v }, version);
    quote! { |#m, v| #value }
}

fn uses_migrator(conversion: &Conversion) -> bool {
    match conversion {
        Conversion::Move
        | Conversion::From
        | Conversion::WidenFloat
        | Conversion::Narrow
        | Conversion::NarrowFloat => false,
        Conversion::Call(_)
        | Conversion::Option(_)
        | Conversion::List(_)
        | Conversion::Array(_)
        | Conversion::FixedList(_)
        | Conversion::ArrayToHeap(_)
        | Conversion::Map(..) => true,
        Conversion::Boxed { rebox, inner, .. } => *rebox || uses_migrator(inner),
    }
}

/// The new value or an error, made of the old one by `m`.
fn applied(conversion: &Conversion, m: &TokenStream, value: &TokenStream, version: &Literal) -> TokenStream {
    let container = |name: &str, inner: &Conversion| {
        let (name, inner) = (ident(name), function(inner, version));
        quote! { carry::#name(#m, #value, #inner) }
    };
    match conversion {
        Conversion::Move => quote! { Ok(#value) },
        Conversion::From => quote! { Ok(From::from(#value)) },
        Conversion::WidenFloat => {
            quote! { Ok(carry::widen_f32(#value)) }
        }
        Conversion::Narrow => quote! { carry::narrow(#value, #version) },
        Conversion::NarrowFloat => quote! { carry::narrow_f64(#value, #version) },
        Conversion::Call(method) => {
            let method = ident(method);
            quote! { Self::#method(#m, #value) }
        }
        Conversion::Option(inner) => container("option", inner),
        Conversion::List(inner) => container("list", inner),
        Conversion::Array(inner) => container("array", inner),
        Conversion::FixedList(inner) => container("fixed_list", inner),
        Conversion::ArrayToHeap(inner) => container("array_to_heap", inner),
        Conversion::Map(key, inner) if **key == Conversion::Move => container("map_values", inner),
        Conversion::Map(key, inner) => {
            let (key, inner) = (function(key, version), function(inner, version));
            quote! { carry::map(#m, #value, #key, #inner) }
        }
        Conversion::Boxed { unbox, rebox, inner } => {
            let function = function(inner, version);
            match (unbox, rebox) {
                (true, true) => quote! { carry::reboxed(#m, #value, #function) },
                (false, true) => quote! { carry::boxed(#m, #value, #function) },
                (true, false) => applied(inner, m, &quote! { *#value }, version),
                (false, false) => applied(inner, m, value, version),
            }
        }
    }
}
