//! What a scaffold can fill in of a method that is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arm, ArmOutcome, Content, Conversion, Draft, Drafted, Method};

impl<T> Drafted<T> {
    /// Why there is no rule.
    pub(super) fn reason(&self) -> Option<&String> {
        match self {
            Self::Known(_) => None,
            Self::Open { reason, .. } => Some(reason),
        }
    }
}

/// Opens what would call a method that is not in the trait: what nobody needs is not asked, and so is not there.
pub(super) fn keep_what_exists<P: Ord>(methods: &mut BTreeMap<P, Method>) {
    let names: BTreeSet<String> = methods.values().map(|method| method.name.clone()).collect();
    for method in methods.values_mut() {
        match &mut method.draft {
            Draft::Whole => {}
            Draft::Struct { fields, .. } => {
                for field in fields {
                    if let Drafted::Known(Content::Field { name, schema_name, conversion }) = &field.content
                        && !exists(conversion, &names)
                    {
                        let reason = format!("`{schema_name}` is of a type that differs");
                        field.content = Drafted::Open { reason, from: Some(name.clone()) };
                    }
                }
            }
            Draft::Union(arms) => {
                for arm in arms {
                    if let Drafted::Known(known) = &arm.outcome
                        && !has_rule(known, &names)
                    {
                        let reason = format!("`{}` is of a type that differs", known.schema_name);
                        arm.outcome = Drafted::Open { reason, from: None };
                    }
                }
            }
        }
    }
}

fn has_rule(arm: &Arm, names: &BTreeSet<String>) -> bool {
    match &arm.outcome {
        ArmOutcome::Void(_) => true,
        ArmOutcome::Carried { conversion, .. } | ArmOutcome::Emptied { conversion, .. } => {
            exists(conversion, names)
        }
        ArmOutcome::Method { name, .. } => names.contains(name),
    }
}

/// Whether all methods that the conversion calls are there.
fn exists(conversion: &Conversion, names: &BTreeSet<String>) -> bool {
    match conversion {
        Conversion::Move
        | Conversion::From
        | Conversion::WidenFloat
        | Conversion::Narrow
        | Conversion::NarrowFloat => true,
        Conversion::Call(name) => names.contains(name),
        Conversion::Option(inner)
        | Conversion::List(inner)
        | Conversion::Array(inner)
        | Conversion::FixedList(inner)
        | Conversion::ArrayToHeap(inner)
        | Conversion::Boxed { inner, .. } => exists(inner, names),
        Conversion::Map(key, value) => exists(key, names) && exists(value, names),
    }
}
