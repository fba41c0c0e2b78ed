//! Prints the schema of protobuf for the same types, and what compares the values of the types that are made from it.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::shape::{Kind, Shape, Shapes, Ty, ident, snake};

/// The library that made the types.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Maker {
    Prost,
    Buffa,
}

/// The schema.
///
/// Four octets are `fixed32`, which is faster than `bytes`; small signed numbers are `sint32`. The members of a union are
/// those of a `oneof`, and members that hold nothing or a list have a message of their own. A map cannot be absent.
pub fn schema(shapes: &Shapes) -> String {
    let mut out = String::from("syntax = \"proto3\";\npackage bench;\n\nmessage Void {}\n");
    for shape in &shapes.0 {
        write_shape(&mut out, shape).expect("writing to a string does not fail");
    }
    out
}

fn write_shape(out: &mut String, shape: &Shape) -> std::fmt::Result {
    let name = &shape.name;
    match &shape.kind {
        Kind::Struct(fields) => {
            writeln!(out, "message {name} {{")?;
            for (number, (field, ty)) in (1..).zip(fields) {
                writeln!(out, "  {} {field} = {number};", declared(ty))?;
            }
            writeln!(out, "}}")
        }
        Kind::Union(members) => {
            for (member, ty) in members {
                if let Some(Ty::List(_)) = ty {
                    let items = declared(ty.as_ref().expect("just matched"));
                    writeln!(out, "message {member} {{ {items} items = 1; }}")?;
                }
            }
            writeln!(out, "message {name} {{\n  oneof kind {{")?;
            for (number, (member, ty)) in (1..).zip(members) {
                let held = ty.as_ref().map_or("Void", |_| member);
                writeln!(out, "    {held} {} = {number};", snake(member))?;
            }
            writeln!(out, "  }}\n}}")
        }
        Kind::Enum(values) => {
            writeln!(out, "enum {name} {{")?;
            for (number, value) in values.iter().enumerate() {
                let constant = format!("{}_{value}", snake(name)).to_ascii_uppercase();
                writeln!(out, "  {constant} = {number};")?;
            }
            writeln!(out, "}}")
        }
    }
}

fn declared(ty: &Ty) -> String {
    match ty {
        Ty::Number("u8" | "u16" | "u32") => "uint32".to_owned(),
        Ty::Number("u64") => "uint64".to_owned(),
        Ty::Number("i8" | "i16") => "sint32".to_owned(),
        Ty::Number("i32") => "int32".to_owned(),
        Ty::Number("i64") => "int64".to_owned(),
        Ty::Number("f32") => "float".to_owned(),
        Ty::Number(other) => panic!("no schema has `{other}`"),
        Ty::Bool => "bool".to_owned(),
        Ty::Str => "string".to_owned(),
        Ty::Data => "bytes".to_owned(),
        Ty::Octets(4) => "fixed32".to_owned(),
        Ty::Octets(other) => panic!("no schema has `data[{other}]`"),
        Ty::Optional(inner) if matches!(**inner, Ty::Map(..)) => declared(inner),
        Ty::Optional(inner) => format!("optional {}", declared(inner)),
        Ty::List(element) => format!("repeated {}", declared(element)),
        Ty::Map(key, value) => format!("map<{}, {}>", declared(key), declared(value)),
        Ty::Named { name, .. } => name.clone(),
    }
}

/// The macros for values of both libraries.
pub fn macros(shapes: &Shapes) -> TokenStream {
    let of_prost = shapes.0.iter().map(|shape| mirror(shape, Maker::Prost));
    let of_buffa = shapes.0.iter().map(|shape| mirror(shape, Maker::Buffa));
    let sums = shapes.0.iter().map(sum);
    quote! {
        macro_rules! mirrors_of_prost {
            () => { #(#of_prost)* };
        }
        macro_rules! mirrors_of_buffa {
            () => { #(#of_buffa)* };
        }
        macro_rules! sums_of_buffa {
            () => { #(#sums)* };
        }
        pub(crate) use { mirrors_of_buffa, mirrors_of_prost, sums_of_buffa };
    }
}

fn mirror(shape: &Shape, maker: Maker) -> TokenStream {
    let name = ident(&shape.name);
    let (of, ours) = match &shape.kind {
        Kind::Enum(_) => return mirror_of_enum(shape, maker),
        Kind::Struct(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, _)| ident(name)).collect();
            (
                quote!(Self { #(#fields: crate::mirror::Mirror::of(&ours.#fields),)* }),
                quote!(crate::ours::#name { #(#fields: crate::mirror::Mirror::ours(&self.#fields),)* }),
            )
        }
        Kind::Union(members) => {
            let kind = kind_of(shape, maker);
            let of = members.iter().map(|(member, held)| {
                let member = ident(member);
                match held {
                    None => quote!(crate::ours::#name::#member => #kind::#member(Default::default())),
                    Some(Ty::List(_)) => quote!(crate::ours::#name::#member(held) => {
                        let items = crate::mirror::Mirror::of(held);
                        #kind::#member(#member { items, })
                    }),
                    Some(_) => quote!(crate::ours::#name::#member(held) => {
                        #kind::#member(crate::mirror::Mirror::of(held))
                    }),
                }
            });
            let ours = members.iter().map(|(member, held)| {
                let member = ident(member);
                match held {
                    None => quote!(Some(#kind::#member(_)) => crate::ours::#name::#member),
                    Some(Ty::List(_)) => quote!(Some(#kind::#member(held)) => {
                        crate::ours::#name::#member(crate::mirror::Mirror::ours(&held.items))
                    }),
                    Some(_) => quote!(Some(#kind::#member(held)) => {
                        crate::ours::#name::#member(crate::mirror::Mirror::ours(held))
                    }),
                }
            });
            (
                quote!(Self { kind: Some(match ours { #(#of,)* }), }),
                quote!(match &self.kind { #(#ours,)* None => panic!("every union has a member") }),
            )
        }
    };
    let field = mirror_of_field(shape, maker);
    quote! {
        impl<'o> crate::mirror::Mirror<'o, crate::ours::#name> for #name {
            fn of(ours: &'o crate::ours::#name) -> Self { #of }
            fn ours(&self) -> crate::ours::#name { #ours }
        }
        #field
    }
}

/// Where a message is a field of another, which may be absent by the rules of protobuf.
fn mirror_of_field(shape: &Shape, maker: Maker) -> TokenStream {
    let name = ident(&shape.name);
    match maker {
        Maker::Prost => quote! {
            impl<'o> crate::mirror::Mirror<'o, crate::ours::#name> for Option<#name> {
                fn of(ours: &'o crate::ours::#name) -> Self { Some(crate::mirror::Mirror::of(ours)) }
                fn ours(&self) -> crate::ours::#name {
                    crate::mirror::Mirror::ours(self.as_ref().expect("every field is there"))
                }
            }
        },
        Maker::Buffa => quote! {
            impl<'o> crate::mirror::Mirror<'o, crate::ours::#name> for super::Field<#name> {
                fn of(ours: &'o crate::ours::#name) -> Self { Self::some(crate::mirror::Mirror::of(ours)) }
                fn ours(&self) -> crate::ours::#name {
                    crate::mirror::Mirror::ours(self.as_option().expect("every field is there"))
                }
            }
            impl<'o> crate::mirror::Mirror<'o, Option<crate::ours::#name>> for super::Field<#name> {
                fn of(ours: &'o Option<crate::ours::#name>) -> Self {
                    ours.as_ref().map_or_else(Self::none, |ours| Self::some(crate::mirror::Mirror::of(ours)))
                }
                fn ours(&self) -> Option<crate::ours::#name> {
                    self.as_option().map(crate::mirror::Mirror::ours)
                }
            }
        },
    }
}

fn mirror_of_enum(shape: &Shape, maker: Maker) -> TokenStream {
    let name = ident(&shape.name);
    let (own, number) = match maker {
        Maker::Prost => (quote!(i32), quote!(*self)),
        Maker::Buffa => (quote!(::buffa::EnumValue<#name>), quote!(self.to_i32())),
    };
    quote! {
        impl<'o> crate::mirror::Mirror<'o, crate::ours::#name> for #own {
            fn of(ours: &'o crate::ours::#name) -> Self { (*ours as i32).into() }
            fn ours(&self) -> crate::ours::#name {
                u64::try_from(#number).ok().and_then(|number| number.try_into().ok()).expect("a known value")
            }
        }
    }
}

/// Reads every field of a view by buffa.
fn sum(shape: &Shape) -> TokenStream {
    let name = ident(&shape.name);
    let view = format_ident!("{}View", shape.name);
    let (own, body) = match &shape.kind {
        Kind::Enum(_) => (quote!(::buffa::EnumValue<#name>), quote!(self.to_i32() as u64)),
        Kind::Struct(fields) => {
            let fields = fields.iter().map(|(name, ty)| {
                let name = ident(name);
                let value = match ty {
                    Ty::Octets(_) => quote!(self.#name.to_le_bytes()),
                    _ => quote!(self.#name),
                };
                quote!(.wrapping_add(crate::sum::Sum::sum(&#value)))
            });
            (quote!(#view<'_>), quote!(0u64 #(#fields)*))
        }
        Kind::Union(members) => {
            let module = ident(&snake(&shape.name));
            let kind = quote!(__buffa::view::oneof::#module::Kind);
            let arms = (0u64..).zip(members).map(|(tag, (member, held))| {
                let member = ident(member);
                match held {
                    None => quote!(Some(#kind::#member(_)) => #tag),
                    Some(Ty::List(_)) => quote!(Some(#kind::#member(held)) => {
                        crate::sum::Sum::sum(&held.items).wrapping_add(#tag)
                    }),
                    Some(_) => quote!(Some(#kind::#member(held)) => {
                        crate::sum::Sum::sum(&**held).wrapping_add(#tag)
                    }),
                }
            });
            (quote!(#view<'_>), quote!(match &self.kind { #(#arms,)* None => 0 }))
        }
    };
    quote! {
        impl crate::sum::Sum for #own {
            #[inline]
            fn sum(&self) -> u64 { #body }
        }
    }
}

fn kind_of(shape: &Shape, maker: Maker) -> TokenStream {
    let module = ident(&snake(&shape.name));
    match maker {
        Maker::Prost => quote!(#module::Kind),
        Maker::Buffa => quote!(__buffa::oneof::#module::Kind),
    }
}
