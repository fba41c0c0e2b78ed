//! Printing what a codec has to know: the versions of the family, and the way of each message through them.

use barewire_syntax::frozen::Label;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::migrate::step_name;
use super::{ident, version_module};
use crate::plan::{Message, MessageLayout, MessageStep, Plan, Unchanged};

/// The family and its messages; nothing for a schema without versions.
pub(super) fn family(plan: &Plan) -> TokenStream {
    let numbers = plan.modules.iter().filter(|module| !module.is_alternate());
    let mut numbers = numbers.filter_map(|module| module.label.as_ref()).map(|label| label.number);
    let Some(first) = numbers.next() else { return TokenStream::new() };
    let latest = numbers.next_back().unwrap_or(first);
    let (first, latest) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(latest));
    let name = &plan.family;
    let retired = plan.retired.iter().map(|version| Literal::u16_unsuffixed(*version));
    let retired =
        (!plan.retired.is_empty()).then(|| quote! { const RETIRED: &'static [u16] = &[#(#retired),*]; });
    let messages = plan.messages.iter().map(message);
    let versions = plan.modules.iter().filter_map(|module| module.label.as_ref()).map(version_module);
    // A single version has no steps, and no module for them.
    let steps = (!plan.steps.is_empty()).then(|| quote! { migrate::*, });
    quote! {
        #[allow(dead_code, unreachable_pub, unused_imports, reason = "a program uses what it needs of them")]
        mod codec {
            use ::barewire::{Coded, Downgrade, Migrated, NoCommonVersion, Payload, Target, Unchanged, Union, Upgrade, Versioned};
            use ::core::{ops::RangeInclusive, option::Option::{self, Some}, result::Result::{self, Ok}};
            use super::{#steps #(#versions),*};
            /// The versions of the schema.
            #[derive(Clone, Copy, Debug)]
            pub struct Family;
            impl ::barewire::Family for Family {
                const NAME: &'static str = #name;
                const FIRST: u16 = #first;
                const LATEST: u16 = LATEST;
                #retired
            }
            /// Decodes every version, and encodes the one that a peer speaks; `M` answers what the schemas leave open.
            pub type Codec<M> = ::barewire::Codec<Family, M>;
            /// The newest version.
            pub const LATEST: u16 = #latest;
            /// The versions that this program reads; it speaks those of them that are not retired.
            pub const SUPPORTED: RangeInclusive<u16> = #first..=LATEST;
            /// The highest version that is also in `peer`, and not retired.
            ///
            /// # Errors
            ///
            /// If there is none.
            pub fn negotiate(peer: RangeInclusive<u16>) -> Result<u16, NoCommonVersion> {
                <Family as ::barewire::Family>::negotiate(peer)
            }
            #(#messages)*
        }
        #[allow(unreachable_pub, unused_imports, reason = "a program uses what it needs of them")]
        pub use self::codec::{Codec, Family, LATEST, SUPPORTED, negotiate};
    }
}

fn message(message: &Message) -> TokenStream {
    let newest = message.layouts.last().expect("a message has the layout of the newest version");
    let oldest = message.layouts.first().expect("a message has the layout of the newest version");
    let (module, name) = (version_module(&Label::version(newest.last)), ident(&newest.name));
    let name = quote! { #module::#name };
    let since = Literal::u16_unsuffixed(oldest.first);
    let same_since = Literal::u32_unsuffixed(newest.first.into());
    let read_since = read_since(newest);
    let read_since = (read_since > u32::from(newest.first)).then(|| {
        let read_since = Literal::u32_unsuffixed(read_since);
        quote! { const READ_SINCE: u32 = #read_since; }
    });
    let unchanged = message.unchanged.iter().map(|Unchanged { first, last, steps, tags }| {
        let (first, last) = (Literal::u16_unsuffixed(*first), Literal::u16_unsuffixed(*last));
        let steps = Literal::usize_unsuffixed(*steps);
        let tags = tags.iter().map(|tag| Literal::u64_unsuffixed(*tag));
        quote! { Unchanged::new(#first..=#last, #steps, &[#(#tags),*]) }
    });
    let unchanged = (!message.unchanged.is_empty()).then(|| {
        quote! {
            const UNCHANGED: &'static [Unchanged] = &[#(#unchanged),*];
            fn union_tag(&self) -> Option<u64> {
                Some(Union::tag(self))
            }
        }
    });
    let upgrade = upgrade(&name, &message.layouts);
    let downgrade = downgrade(&name, &message.layouts);
    quote! {
        impl Versioned<Family> for #name {
            const SINCE: u16 = #since;
            const SAME_SINCE: u32 = #same_since;
            #read_since
            #unchanged
        }
        #upgrade
        #downgrade
    }
}

/// Who migrates, and the steps that it has to implement.
fn migrator(steps: &[TokenStream]) -> TokenStream {
    match steps {
        [] => quote! { <M> },
        steps => quote! { <M: #(#steps)+*> },
    }
}

/// The step between two versions as a trait.
fn step(from: &Label, to: &Label) -> TokenStream {
    let name = step_name(from, to);
    quote! { #name }
}

/// The step from the newest version of `older` to the oldest of `newer`.
fn step_up(older: &MessageLayout, newer: &MessageLayout) -> TokenStream {
    step(&Label::version(older.last), &Label::version(newer.first))
}

fn step_down(newer: &MessageLayout, older: &MessageLayout) -> TokenStream {
    step(&Label::version(newer.first), &Label::version(older.last))
}

fn upgrade(name: &TokenStream, layouts: &[MessageLayout]) -> TokenStream {
    let newest = layouts.last().expect("a message has the layout of the newest version");
    let has_steps = layouts.len() > 1 || !newest.alternates.is_empty();
    let mut steps: Vec<TokenStream> = layouts.windows(2).map(|pair| step_up(&pair[0], &pair[1])).collect();
    for layout in layouts {
        steps.extend(layout.alternates.iter().map(|(label, _)| step(label, &Label::version(label.number))));
    }
    let migrator = migrator(&steps);
    let body = has_steps.then(|| {
        let value = match layouts {
            [only] => decoded(only),
            _ => {
                let (before, value) = raised(layouts, read_since(newest) > u32::from(newest.first));
                quote! { #before Ok(#value) }
            }
        };
        quote! {
            fn upgrade(payload: &mut Payload<'_>, m: &mut M) -> Coded<Self> {
                #value
            }
        }
    });
    quote! { impl #migrator Upgrade<Family, M> for #name { #body } }
}

/// The message in the last of `layouts`, decoded or migrated, and the statements before. Frames that have this layout
/// already come here only if `is_met`.
fn raised(layouts: &[MessageLayout], is_met: bool) -> (TokenStream, TokenStream) {
    let (newest, older) = layouts.split_last().expect("a message has a layout");
    let decoded = decoded(newest);
    let decoded = quote! { #decoded? };
    let Some(before) = older.last() else { return (TokenStream::new(), decoded) };
    let step = step_up(before, newest);
    let MessageStep { up, .. } = before.next.as_ref().expect("only the newest layout has no next");
    let (up, (statements, value)) = (ident(up), raised(older, true));
    let migrated = quote! {
        #statements
        let message = #value;
    };
    let message = quote! { #step::#up(m, message)? };
    if !is_met {
        return (migrated, message);
    }
    let last = Literal::u16_unsuffixed(before.last);
    let value = quote! {
        if payload.version() > #last {
            #decoded
        } else {
            #migrated
            #message
        }
    };
    (TokenStream::new(), value)
}

/// The message that has this layout already, or an error.
fn decoded(layout: &MessageLayout) -> TokenStream {
    if layout.alternates.is_empty() {
        return quote! { payload.decode(m) };
    }
    let alternates = layout.alternates.iter().map(|(label, method)| {
        let (number, name) = (Literal::u16_unsuffixed(label.number), label.alternate.as_deref());
        let (step, method) = (step(label, &Label::version(label.number)), ident(method));
        quote! {
            (#number, #name, |payload, m| {
                let message = payload.decode(m)?;
                Ok(#step::#method(m, message)?)
            })
        }
    });
    quote! { payload.decode_among(m, &[#(#alternates),*]) }
}

fn downgrade(name: &TokenStream, layouts: &[MessageLayout]) -> TokenStream {
    let steps: Vec<TokenStream> =
        layouts.windows(2).rev().map(|pair| step_down(&pair[1], &pair[0])).collect();
    let migrator = migrator(&steps);
    let body = (!steps.is_empty()).then(|| {
        let lowered = layouts.windows(2).rev().enumerate().map(|(position, pair)| {
            let (older, step) = (&pair[0], step_down(&pair[1], &pair[0]));
            let MessageStep { down, .. } = older.next.as_ref().expect("only the newest layout has no next");
            let (down, first) = (ident(down), Literal::u16_unsuffixed(older.first));
            let newer = if position == 0 {
                quote! { self }
            } else {
                quote! { message }
            };
            let migrated = quote! { let message = #step::#down(m, #newer)?; };
            // The oldest layout is that of all versions that are left.
            let written = (older.first > layouts[0].first).then(|| {
                quote! {
                    if target.version() >= #first {
                        return target.write(&message);
                    }
                }
            });
            quote! { #migrated #written }
        });
        quote! {
            fn downgrade(self, target: Target<'_>, m: &mut M) -> Migrated<()> {
                #(#lowered)*
                target.write(&message)
            }
        }
    });
    quote! { impl #migrator Downgrade<Family, M> for #name { #body } }
}

/// The first version from which on a frame can only have the newest layout.
fn read_since(newest: &MessageLayout) -> u32 {
    let alternates = newest.alternates.iter().map(|(label, _)| u32::from(label.number) + 1);
    alternates.max().unwrap_or(0).max(newest.first.into())
}
