//! Printing strategies for property tests: for each type a function that draws its values.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::number;
use super::{described, doc, ident, version_module};
use crate::plan::{Definition, Item, Kind, Layout, Member, Module, Place, Plan, Primitive, Type};

pub(super) fn all(plan: &Plan) -> TokenStream {
    let modules = plan.modules.iter().map(|module| {
        let Some(label) = &module.label else {
            return definitions(module, &quote! { super });
        };
        let name = version_module(label);
        let doc = doc(&format!("Strategies for {}.", described(label)));
        let functions = definitions(module, &quote! { super::super::#name });
        quote! {
            #doc
            #[allow(unused_imports, reason = "a schema may define more than its user needs")]
            pub mod #name { #functions }
        }
    });
    quote! {
        /// Strategies that draw values of each type, the boundary values of every width among them.
        #[allow(clippy::disallowed_names, dead_code, unreachable_pub, reason = "a schema may define more than its tests need")]
        pub mod strategies { #(#modules)* }
    }
}

fn definitions(module: &Module, types: &TokenStream) -> TokenStream {
    module.definitions.iter().map(|definition| functions(definition, types)).collect()
}

fn functions(definition: &Definition, types: &TokenStream) -> TokenStream {
    if let Some(origin) = &definition.origin {
        let version = version_module(&origin.label);
        let uses = definition.items.iter().zip(&origin.strategies).map(|(item, first)| {
            let (name, first_name) = (ident(&item.strategy), ident(first));
            if item.strategy == *first {
                quote! { pub use super::#version::#name; }
            } else {
                quote! { pub use super::#version::#first_name as #name; }
            }
        });
        return uses.collect();
    }
    definition.items.iter().map(|item| function(item, types)).collect()
}

fn function(item: &Item, types: &TokenStream) -> TokenStream {
    let name = ident(&item.strategy);
    let ty = ident(&item.name);
    let ty = quote! { #types::#ty };
    let body = match &item.kind {
        Kind::Alias(place) => strategy(&place.owned, &place.layout),
        Kind::Newtype(place) => {
            let content = strategy(&place.owned, &place.layout);
            quote! { ::barewire::strategies::map_value(#content, #ty) }
        }
        Kind::Unit => quote! { ::barewire::strategies::just(#ty) },
        Kind::Enum { .. } => quote! { ::barewire::strategies::select(#ty::ALL) },
        Kind::Struct(fields) => {
            let names: Vec<_> = fields.iter().map(|field| ident(&field.name)).collect();
            let strategies = fields.iter().map(|field| strategy(&field.place.owned, &field.place.layout));
            // Nested pairs: tuples of strategies end at twelve.
            let pattern = nested(names.iter().map(|name| quote! { #name }));
            let pairs = nested(strategies);
            quote! { ::barewire::strategies::map_value(#pairs, |#pattern| #ty { #(#names),* }) }
        }
        Kind::Union(members) => {
            let members = members.iter().map(|member| self::member(member, &ty));
            quote! { ::barewire::strategies::one_of([#(#members),*]) }
        }
    };
    let doc = doc(&format!("Values of `{}`.", item.name));
    quote! {
        #doc
        pub fn #name() -> ::barewire::strategies::BoxedStrategy<#ty> { #body }
    }
}

fn member(member: &Member, ty: &TokenStream) -> TokenStream {
    let name = ident(&member.name);
    match &member.place {
        Some(Place { owned, layout, .. }) => {
            let content = strategy(owned, layout);
            quote! { ::barewire::strategies::map_value(#content, #ty::#name) }
        }
        None => quote! { ::barewire::strategies::just(#ty::#name) },
    }
}

fn nested(mut parts: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    let last = parts.next_back().expect("checked: a struct has a field");
    parts.rev().fold(last, |rest, part| quote! { (#part, #rest) })
}

fn strategy(ty: &Type, layout: &Layout) -> TokenStream {
    let path = quote! { ::barewire::strategies };
    match ty {
        Type::Primitive(primitive) => match (primitive, layout) {
            (Primitive::U64, Layout::Varint) => quote! { #path::uint() },
            (Primitive::I64, Layout::Varint) => quote! { #path::int() },
            (primitive, _) => {
                let name = super::ty::primitive(*primitive);
                quote! { #path::#name() }
            }
        },
        Type::Named { strategy, .. } => {
            let name = ident(strategy);
            quote! { #name() }
        }
        Type::Str => quote! { #path::text() },
        Type::String => quote! { #path::string() },
        Type::Bytes => quote! { #path::data() },
        Type::ByteVec => quote! { #path::vec_u8() },
        Type::FixedData(len) => {
            let len = number(*len);
            quote! { #path::fixed_data::<#len>() }
        }
        Type::Vec(element) => {
            let element = strategy(element, layout);
            quote! { #path::list(#element) }
        }
        Type::Option(inner) => {
            let inner = strategy(inner, layout);
            quote! { #path::optional(#inner) }
        }
        Type::Box(inner) => {
            let inner = strategy(inner, layout);
            quote! { #path::boxed(#inner) }
        }
        Type::Array(element, len) => {
            let (element, len) = (strategy(element, layout), number(*len));
            quote! { #path::array::<_, #len>(#element) }
        }
        Type::FixedList(element, len) => {
            let (element, len) = (strategy(element, layout), number(*len));
            quote! { #path::fixed_list::<_, #len>(#element) }
        }
        Type::Map(key, value) => {
            let (key_layout, value_layout) = match layout {
                Layout::Pair(key, value) => (&**key, &**value),
                Layout::Plain | Layout::Varint | Layout::Elements => (layout, layout),
            };
            let (key, value) = (strategy(key, key_layout), strategy(value, value_layout));
            quote! { #path::map(#key, #value) }
        }
        Type::View(_)
        | Type::RefStr
        | Type::RefBytes
        | Type::RefArray(_)
        | Type::ListView(..)
        | Type::FixedListView(..)
        | Type::MapView(..)
        | Type::LazyView(..) => unreachable!("strategies draw owned values"),
    }
}
