//! Values of rows as Rust expressions.
//!
//! The JSON form is that of part D of the specification; the plan of the generator says which Rust it becomes.

use std::collections::BTreeMap;
use std::num::ParseFloatError;

use barewire_codegen::plan::{Item, Kind, Layout, Module, Place, Plan, Primitive, Type};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::hex;

const OCTET: Type = Type::Primitive(Primitive::U8);

/// The items that a schema becomes, to be found by their names.
pub(crate) struct Items<'p> {
    by_rust_name: BTreeMap<&'p str, &'p Item>,
    by_schema_name: BTreeMap<&'p str, &'p Item>,
}

impl<'p> Items<'p> {
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let definitions = || plan.modules.iter().flat_map(|Module { definitions, .. }| definitions);
        let by_rust_name =
            definitions().flat_map(|definition| &definition.items).map(|item| (item.name.as_str(), item));
        // The items before the last one are inline types, which have no name in the schema.
        let by_schema_name = definitions()
            .filter_map(|definition| definition.items.last())
            .map(|item| (item.schema_name.as_str(), item));
        Self { by_rust_name: by_rust_name.collect(), by_schema_name: by_schema_name.collect() }
    }

    /// The item of the definition `name`.
    pub(crate) fn root(&self, name: &str) -> Result<&'p Item, String> {
        let item = self.by_schema_name.get(name).copied();
        item.ok_or_else(|| format!("\"type\": expected a type of the schema, found `{name}`"))
    }

    /// What `item` is another name for, unless that is a type with a codec of its own.
    pub(crate) fn plain_alias(&self, item: &'p Item) -> Result<Option<&'p Place>, String> {
        match &item.kind {
            Kind::Alias(Place { owned: Type::Named { name, .. }, .. }) => self.plain_alias(self.named(name)?),
            Kind::Alias(place) => Ok(Some(place)),
            Kind::Struct(_) | Kind::Enum { .. } | Kind::Union(_) | Kind::Unit | Kind::Newtype(_) => Ok(None),
        }
    }

    /// The expression for `value`, a value of `item`, where its types are in the module `schema`.
    pub(crate) fn expression(&self, item: &Item, value: &Value) -> Result<TokenStream, String> {
        let name = ident(&item.name);
        match &item.kind {
            Kind::Alias(place) => self.held(place, value),
            Kind::Newtype(place) => {
                let content = self.held(place, value)?;
                Ok(quote! { schema::#name(#content) })
            }
            Kind::Unit => null(value).map(|()| quote! { schema::#name }),
            Kind::Enum { values, .. } => {
                let wanted = string(value, "the name of an enum value")?;
                let found = values.iter().find(|value| value.schema_name == wanted);
                let found =
                    found.ok_or_else(|| format!("expected a value of `{}`, found {value}", item.name))?;
                let variant = ident(&found.name);
                Ok(quote! { schema::#name::#variant })
            }
            Kind::Struct(fields) => {
                let object = object(value)?;
                let has_field = |name: &String| fields.iter().any(|field| field.schema_name == *name);
                if let Some(unknown) = object.keys().find(|name| !has_field(name)) {
                    return Err(format!("expected the fields of `{}`, found `{unknown}`", item.name));
                }
                let fields = fields.iter().map(|field| {
                    let value = object.get(&field.schema_name);
                    let value = value.ok_or_else(|| format!("expected the field `{}`", field.schema_name))?;
                    let content =
                        self.held(&field.place, value).map_err(within(&format!(".{}", field.schema_name)))?;
                    let field = ident(&field.name);
                    Ok(quote! { #field: #content })
                });
                let fields = fields.collect::<Result<Vec<_>, String>>()?;
                Ok(quote! { schema::#name { #(#fields),* } })
            }
            Kind::Union(members) => {
                let object = object(value)?;
                let tag = object.get("tag").ok_or("expected a union, with the key \"tag\"")?;
                let tag: u64 = integer(tag)?;
                let content = object.get("value").ok_or("expected a union, with the key \"value\"")?;
                let member = members.iter().find(|member| member.tag == tag);
                let member =
                    member.ok_or_else(|| format!("expected a tag of `{}`, found {tag}", item.name))?;
                let variant = ident(&member.name);
                match &member.place {
                    Some(place) => {
                        let content = self.held(place, content).map_err(within(".value"))?;
                        Ok(quote! { schema::#name::#variant(#content) })
                    }
                    None => null(content).map(|()| quote! { schema::#name::#variant }),
                }
            }
        }
    }

    fn held(&self, place: &Place, value: &Value) -> Result<TokenStream, String> {
        self.typed(&place.owned, &place.layout, value)
    }

    fn typed(&self, ty: &Type, layout: &Layout, value: &Value) -> Result<TokenStream, String> {
        match ty {
            Type::Primitive(primitive) => self::primitive(*primitive, value),
            Type::Named { name, .. } => self.expression(self.named(name)?, value),
            Type::Str => string(value, "a text").map(|text| quote! { ::barewire::Str::from(#text) }),
            Type::String => string(value, "a text").map(|text| quote! { String::from(#text) }),
            Type::Bytes => data(value).map(|data| quote! { ::barewire::Bytes::from_static(#data) }),
            Type::ByteVec => data(value).map(|data| quote! { #data.to_vec() }),
            Type::FixedData(len) => {
                fixed_data(value, *len).map(|data| quote! { ::barewire::FixedData::from(#data) })
            }
            // `data[n]` and `list<u8>[n]` are the same array, and tell themselves apart by the layout.
            Type::Array(element, len) if **element == OCTET && *layout == Layout::Plain => {
                fixed_data(value, *len).map(|data| quote! { *#data })
            }
            Type::Array(element, len) => {
                let elements = self.elements(element, layout, value, Some(*len))?;
                Ok(quote! { [#(#elements),*] })
            }
            Type::FixedList(element, len) => {
                let elements = self.elements(element, layout, value, Some(*len))?;
                Ok(quote! { ::barewire::FixedList::try_from(vec![#(#elements),*]).unwrap() })
            }
            Type::Vec(element) => {
                let elements = self.elements(element, layout, value, None)?;
                Ok(quote! { vec![#(#elements),*] })
            }
            Type::Option(inner) => match value {
                Value::Null => Ok(quote! { None }),
                Value::Object(object) if object.len() == 1 && object.contains_key("some") => {
                    let inner = self.typed(inner, layout, &object["some"]).map_err(within(".some"))?;
                    Ok(quote! { Some(#inner) })
                }
                other => Err(format!("expected null or {{\"some\": …}}, found {other}")),
            },
            Type::Box(inner) => {
                let inner = self.typed(inner, layout, value)?;
                Ok(quote! { Box::new(#inner) })
            }
            Type::Map(key, content) => {
                let (key_layout, content_layout) = match layout {
                    Layout::Pair(key, content) => (&**key, &**content),
                    Layout::Plain | Layout::Varint | Layout::Elements => (layout, layout),
                };
                let pairs = list(value)?.iter().enumerate().map(|(index, pair)| {
                    let Some([first, second]) = pair.as_array().map(Vec::as_slice) else {
                        return Err(format!("[{index}]: expected a pair of a key and a value, found {pair}"));
                    };
                    let first =
                        self.typed(key, key_layout, first).map_err(within(&format!("[{index}].key")))?;
                    let second =
                        self.typed(content, content_layout, second).map_err(within(&format!("[{index}]")))?;
                    Ok(quote! { (#first, #second) })
                });
                let pairs = pairs.collect::<Result<Vec<_>, String>>()?;
                Ok(quote! { ::barewire::Map::try_from_pairs(vec![#(#pairs),*]).unwrap() })
            }
            Type::View(_)
            | Type::RefStr
            | Type::RefBytes
            | Type::RefArray(_)
            | Type::ListView(..)
            | Type::FixedListView(..)
            | Type::MapView(..)
            | Type::LazyView(..) => Err(format!("expected an owned type in the plan, found {ty:?}")),
        }
    }

    fn elements(
        &self,
        element: &Type,
        layout: &Layout,
        value: &Value,
        len: Option<u64>,
    ) -> Result<Vec<TokenStream>, String> {
        let values = list(value)?;
        if let Some(len) = len
            && values.len() as u64 != len
        {
            return Err(format!("expected {len} elements, found {}", values.len()));
        }
        let elements = values.iter().enumerate();
        elements
            .map(|(index, value)| self.typed(element, layout, value).map_err(within(&format!("[{index}]"))))
            .collect()
    }

    fn named(&self, name: &str) -> Result<&'p Item, String> {
        let item = self.by_rust_name.get(name).copied();
        item.ok_or_else(|| format!("expected an item `{name}` in the plan, found none"))
    }
}

/// An identifier for a name that the plan made.
pub(crate) fn ident(name: &str) -> Ident {
    // Words that are keywords in some edition only are no keywords for `syn`.
    if name != "gen"
        && let Ok(ident) = syn::parse_str(name)
    {
        return ident;
    }
    Ident::new_raw(name, Span::call_site())
}

fn primitive(primitive: Primitive, value: &Value) -> Result<TokenStream, String> {
    match primitive {
        Primitive::U8 => integer::<u8>(value).map(|number| quote! { #number }),
        Primitive::U16 => integer::<u16>(value).map(|number| quote! { #number }),
        Primitive::U32 => integer::<u32>(value).map(|number| quote! { #number }),
        Primitive::U64 => integer::<u64>(value).map(|number| quote! { #number }),
        Primitive::I8 => integer::<i8>(value).map(|number| quote! { #number }),
        Primitive::I16 => integer::<i16>(value).map(|number| quote! { #number }),
        Primitive::I32 => integer::<i32>(value).map(|number| quote! { #number }),
        Primitive::I64 => integer::<i64>(value).map(|number| quote! { #number }),
        Primitive::F32 => {
            // Not by way of a binary64: of 7.038531e-26, for one, that makes another number.
            let bits = u32::from_be_bytes(float(value, |number| number.parse().map(f32::to_be_bytes))?);
            Ok(quote! { f32::from_bits(#bits) })
        }
        Primitive::F64 => {
            let bits = u64::from_be_bytes(float(value, |number| number.parse().map(f64::to_be_bytes))?);
            Ok(quote! { f64::from_bits(#bits) })
        }
        Primitive::Bool => match value {
            Value::Bool(truth) => Ok(quote! { #truth }),
            other => Err(format!("expected true or false, found {other}")),
        },
    }
}

/// A JSON number, or a string of decimal digits where JSON's numbers may lose some.
fn integer<T: TryFrom<i128>>(value: &Value) -> Result<T, String> {
    let number = match value {
        Value::Number(number) => number.as_u64().map(i128::from).or_else(|| number.as_i64().map(i128::from)),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    };
    number
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| format!("expected {}, found {value}", std::any::type_name::<T>()))
}

/// The octets of a float, most significant first; `convert` makes them from the text of a number.
fn float<const N: usize>(
    value: &Value,
    convert: impl Fn(&str) -> Result<[u8; N], ParseFloatError>,
) -> Result<[u8; N], String> {
    let octets = match value {
        Value::Number(number) => convert(&number.to_string()).ok(),
        Value::String(name) if name == "Infinity" => convert("inf").ok(),
        Value::String(name) if name == "-Infinity" => convert("-inf").ok(),
        Value::Object(object) => match object.get("bits") {
            Some(Value::String(bits)) => hex::octets(bits)?.try_into().ok(),
            _ => None,
        },
        _ => None,
    };
    octets.ok_or_else(|| {
        format!("expected a number, \"Infinity\", \"-Infinity\" or {N} octets of \"bits\", found {value}")
    })
}

fn null(value: &Value) -> Result<(), String> {
    match value {
        Value::Null => Ok(()),
        other => Err(format!("expected null for void, found {other}")),
    }
}

fn string<'v>(value: &'v Value, what: &str) -> Result<&'v str, String> {
    value.as_str().ok_or_else(|| format!("expected {what}, found {value}"))
}

fn list(value: &Value) -> Result<&[Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| format!("expected an array, found {value}"))
}

fn object(value: &Value) -> Result<&Map<String, Value>, String> {
    value.as_object().ok_or_else(|| format!("expected an object, found {value}"))
}

fn data(value: &Value) -> Result<Literal, String> {
    let octets = hex::octets(string(value, "a string of hexadecimal digits")?)?;
    Ok(Literal::byte_string(&octets))
}

fn fixed_data(value: &Value, len: u64) -> Result<Literal, String> {
    let digits = string(value, "a string of hexadecimal digits")?;
    if digits.len() as u64 / 2 != len {
        return Err(format!("expected {len} octets, found {value}"));
    }
    data(value)
}

/// Puts a step from a value to its part before what is wrong with the part.
pub(crate) fn within(step: &str) -> impl Fn(String) -> String + use<'_> {
    move |problem| match problem.starts_with(['.', '[']) {
        true => format!("{step}{problem}"),
        false => format!("{step}: {problem}"),
    }
}
