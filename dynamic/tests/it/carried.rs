//! Generated code and values agree on every message that needs no decision to get to another version: what becomes of
//! it, and which part of it has no place there.

use barewire::{Decode, Limits, Message, Migrated};
use barewire_codegen::plan::{Body, Kind, Type};
use barewire_dynamic::{CarryError, MessageType};
use barewire_protocol::Migrations;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::Label;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};

use crate::strategies;
use crate::told::{ACTOR, RUNNER, STEPS, Told};

/// Whoever answers a question panics: nothing may be asked here.
fn golden() -> barewire_golden::scaffold::Migrations {
    barewire_golden::scaffold::Migrations::strict()
}

/// Lists methods of generated steps; each step is a test.
macro_rules! steps {
    ($($case:ident: $told:ident by $migrations:expr, $from:literal to $to:literal $step:path
        { $($method:ident),* $(,)? })*) => {
        /// The methods that are compared.
        const COMPARED: &[(&str, &str, &str, &str)] = &[
            $($(($told.name, $from, $to, stringify!($method)),)*)*
        ];

        $(#[test]
        fn $case() {
            let family = $told.family();
            $(agree(&$told, &family, ($from, $to), |from| <_ as $step>::$method(&mut $migrations, from));)*
        })*
    };
}

steps! {
    steps_v1_to_v2: STEPS by golden(), "v1" to "v2" barewire_golden::steps::migrate::V1ToV2 {
        numbers, fields, counted, added, walk, inline, cells, inner, wide, wide_union, large, ids, sizes,
        total, part2, begin2, each2, losses2, within2, old, new, r#match, from, clone, new_err, names,
    }
    steps_v2_to_v1: STEPS by golden(), "v2" to "v1" barewire_golden::steps::migrate::V2ToV1 {
        numbers, counted, added, colour, walk, inline, cells, inner, key, containers, wide, wide_union,
        large, ids, sizes, total, part2, begin2, each2, losses2, within2, old, new, r#match, from, clone,
        new_err, names,
    }
    steps_v2_to_v3: STEPS by golden(), "v2" to "v3" barewire_golden::steps::migrate::V2ToV3 {
        numbers, added, enums, nowadays, late, modern, holder,
    }
    steps_v3_to_v2: STEPS by golden(), "v3" to "v2" barewire_golden::steps::migrate::V3ToV2 {
        numbers, added, enums, nowadays, late, modern, holder,
    }
    steps_v2_older_to_v2: STEPS by golden(), "v2-older" to "v2" barewire_golden::steps::migrate::V2OlderToV2 {
        note,
    }
    steps_v3_narrow_to_v3: STEPS by golden(), "v3-narrow" to "v3" barewire_golden::steps::migrate::V3NarrowToV3 {
        sizes, only,
    }
    runner_v2_to_v3: RUNNER by Migrations::strict(), "v2" to "v3" barewire_protocol::runner::migrate::V2ToV3 {
        command_start_actor, command, command_wrapper, to_server_web_socket_message_ack,
    }
    runner_v3_to_v2: RUNNER by Migrations::strict(), "v3" to "v2" barewire_protocol::runner::migrate::V3ToV2 {
        to_server_web_socket_message_ack,
    }
}

/// Compares what both make of random values.
#[track_caller]
fn agree<A, B>(told: &Told, family: &Family, (from, to): (&str, &str), method: impl Fn(A) -> Migrated<B>)
where
    A: Message + for<'a> Decode<'a>,
    B: Message,
{
    let version = |label: &str| {
        let label = Label::parse(label).expect("a label");
        (family.find(&label).expect("a version"), label)
    };
    let ((before, from), (after, to)) = (version(from), version(to));
    let is_up = from.number < to.number || from.alternate.is_some();
    let step = told.migration((&before.schema, A::NAME), (&after.schema, B::NAME), is_up);
    let step = step.expect("nothing is asked");
    let old = MessageType::new(&before.schema, A::NAME).expect("a type");
    let new = MessageType::new(&after.schema, B::NAME).expect("a type");
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    let values = strategies::value(&before.schema, old.type_id());
    let result = TestRunner::new(config).run(&values, |value| {
        let octets = old.encode(&value)?;
        let message = A::decode_with(&octets, &Limits::trusted()).expect("octets of this type");
        same::<A, B>(method(message), step.migrate(&value), &new, to.number)
    });
    result.unwrap_or_else(|error| panic!("{} to {}: {error}", A::NAME, B::NAME));
}

fn same<A: Message, B: Message>(
    expected: Migrated<B>,
    found: Result<barewire_dynamic::Value, CarryError>,
    new: &MessageType<'_>,
    to: u16,
) -> TestCaseResult {
    match (expected, found) {
        (Ok(message), Ok(value)) => prop_assert_eq!(new.encode(&value)?, message.encode_to_vec()),
        (Err(error), Err(CarryError::Unrepresentable { path })) => {
            let expected = error.within(A::NAME).to_string();
            prop_assert_eq!(format!("version {to} has no place for this value in {path}"), expected);
        }
        (expected, found) => {
            let expected = expected.map(|message| message.encode_to_vec());
            return Err(TestCaseError::fail(format!("expected {expected:?}, found {found:?}")));
        }
    }
    Ok(())
}

/// Every method of every step that needs no decision, and takes a message.
#[test]
fn no_method_without_a_decision_is_left_out() {
    let mut missing = Vec::new();
    for told in [STEPS, RUNNER, ACTOR] {
        let family = told.family();
        let plan = told.config().plan_family(&family).expect("code is generated");
        let message = |label: &Label, name: &str| {
            let module = plan.modules.iter().find(|module| module.label.as_ref() == Some(label))?;
            // Inline types are no messages, and neither are other names for types.
            let items = module.definitions.iter().filter_map(|definition| definition.items.last());
            let item = items.into_iter().find(|item| item.name == name)?;
            (!matches!(item.kind, Kind::Alias(_))).then(|| item.schema_name.clone())
        };
        for step in &plan.steps {
            let schema = |label: &Label| &family.find(label).expect("a version").schema;
            let is_up = step.from.number < step.to.number || step.from.alternate.is_some();
            for method in step.methods.iter().filter(|method| !matches!(method.body, Body::Asked(_))) {
                let (Some(Type::Named { name: from, .. }), Type::Named { name: to, .. }) =
                    (&method.from, &method.to)
                else {
                    continue;
                };
                let (Some(from), Some(to)) = (message(&step.from, from), message(&step.to, to)) else {
                    continue;
                };
                let closed = told.migration((schema(&step.from), &from), (schema(&step.to), &to), is_up);
                let (before, after) = (step.from.to_string(), step.to.to_string());
                let is_compared = COMPARED.iter().any(|(family, from, to, name)| {
                    let name = name.trim_start_matches("r#");
                    (*family, *from, *to, name) == (told.name, &before, &after, &method.name)
                });
                if closed.is_ok() != is_compared {
                    missing.push((told.name, before, after, method.name.clone()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
