//! What a step between two versions generates, and what it asks.
//!
//! The walk begins with the messages and follows the parts that both versions have. A type is asked for only where
//! generated code needs the answer: what stands in a type that is written by hand anyway is left to that hand, and
//! only what can be generated is offered to it.

use std::collections::{BTreeMap, BTreeSet};

use barewire_syntax::Checked;
use barewire_syntax::diff::{Comparison, Match};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir;

use super::convert::{At, Pair, Side, Sides};
use super::method_names::MethodNames;
use super::{
    Arm, ArmOutcome, Body, Content, Conversion, Draft, DraftArm, DraftField, Drafted, Field, Filled, Kind,
    Member, Method, Module, Outcome, Step, Type, Value, Void,
};

/// A version as a step sees it.
#[derive(Clone, Copy)]
pub(super) struct Version<'p> {
    pub(super) label: &'p Label,
    pub(super) schema: &'p Checked<ir::Schema>,
    pub(super) module: &'p Module,
}

/// The place of a method among the others: by its type in the newer version, then by that in the older one, then the
/// position among the methods of this pair.
type Place = (ir::TypeId, ir::TypeId, usize);

/// Plans one step.
pub(super) struct Planner<'p> {
    sides: Sides<'p>,
    /// What was reached, and whether generated code needs it.
    reached: BTreeMap<Pair, bool>,
    open: Vec<Pair>,
    methods: BTreeMap<Place, Method>,
    /// The methods for whole messages.
    messages: BTreeSet<String>,
}

impl<'p> Planner<'p> {
    /// A step without methods, where `renamed` holds names in `from` and those in `to`.
    pub(super) fn new(from: Version<'p>, to: Version<'p>, renamed: &[(String, String)], is_up: bool) -> Self {
        let newer = if is_up { to } else { from };
        let items = newer.module.definitions.iter().flat_map(|definition| &definition.items);
        let names = MethodNames::new(items.map(|item| item.name.as_str()), is_up);
        let comparison = Comparison::with_renamed(from.schema, to.schema, renamed);
        let side = |version: Version<'p>| Side::new(version.label.clone(), version.schema, version.module);
        Self {
            sides: Sides { from: side(from), to: side(to), comparison, is_up, names },
            reached: BTreeMap::new(),
            open: Vec::new(),
            methods: BTreeMap::new(),
            messages: BTreeSet::new(),
        }
    }

    /// The definition of the source that `to` is.
    pub(super) fn counterpart(&self, to: ir::DefId) -> Option<ir::DefId> {
        self.sides.comparison.counterpart(to)
    }

    /// The method for the message that is `to` in the target; `None` if the source has no such message.
    pub(super) fn message(&mut self, to: ir::DefId) -> Option<Carried> {
        let from = self.sides.comparison.counterpart(to)?;
        if self.sides.is_shared(from, to) {
            return Some(Carried::Moved);
        }
        let pair = Pair { from: self.sides.from.spot(from), to: self.sides.to.spot(to) };
        let name = self.sides.names.of(&pair);
        self.messages.insert(name.clone());
        self.reach(pair, true);
        Some(Carried::By(name))
    }

    /// The step with all that its messages need.
    pub(super) fn finish(mut self) -> Step {
        while let Some(pair) = self.open.pop() {
            self.carry(&pair);
        }
        super::draft::keep_what_exists(&mut self.methods);
        // Codecs look at the tags of messages, and read no alternate without its step.
        let is_between_versions = self.sides.from.label.alternate.is_none();
        for method in self.methods.values_mut() {
            if let Body::Union(arms) = &mut method.body
                && !(is_between_versions && self.messages.contains(&method.name))
            {
                arms.iter_mut().for_each(|arm| arm.unchanged = None);
            }
        }
        let is_asked = |method: &Method| matches!(method.body, Body::Asked(_));
        let (asked, generated): (Vec<_>, Vec<_>) = self.methods.into_values().partition(is_asked);
        Step {
            from: self.sides.from.label,
            to: self.sides.to.label,
            methods: asked.into_iter().chain(generated).collect(),
        }
    }

    fn reach(&mut self, pair: Pair, is_needed: bool) {
        let before = self.reached.get(&pair);
        if before.is_none_or(|was_needed| is_needed && !was_needed) {
            self.reached.insert(pair.clone(), is_needed);
            self.open.push(pair);
        }
    }

    /// Adds the method for `pair`, and reaches what it needs.
    fn carry(&mut self, pair: &Pair) {
        let mut calls = Vec::new();
        let (body, members) = match self.body(pair, &mut calls) {
            Ok(parts) => parts,
            Err(Open { reasons, draft }) => {
                calls.into_iter().for_each(|call| self.reach(call, false));
                if self.reached[pair] {
                    self.add(pair, Body::Asked(reasons), draft);
                }
                return;
            }
        };
        calls.into_iter().for_each(|call| self.reach(call, true));
        self.add(pair, body, Draft::Whole);
        for (position, method) in members.into_iter().enumerate() {
            self.methods.insert(self.place(pair, position + 1), method);
        }
    }

    fn place(&self, pair: &Pair, position: usize) -> Place {
        let (newer, older) = if self.sides.is_up { (&pair.to, &pair.from) } else { (&pair.from, &pair.to) };
        (newer.id, older.id, position)
    }

    fn add(&mut self, pair: &Pair, body: Body, draft: Draft) {
        let name = self.sides.names.of(pair);
        let (from, to) = (rust_type(&pair.from.name), rust_type(&pair.to.name));
        let place = self.place(pair, 0);
        self.methods.insert(place, Method { name, from: Some(from), to, body, draft });
    }

    /// How `pair` is carried, with the methods for those of its parts that the target lacks.
    ///
    /// # Errors
    ///
    /// What the schemas leave open.
    fn body(&self, pair: &Pair, calls: &mut Vec<Pair>) -> Result<(Body, Vec<Method>), Open> {
        let (from, to) = (self.sides.from.item(&pair.from.name), self.sides.to.item(&pair.to.name));
        let (from_schema, to_schema) = (self.sides.from.schema, self.sides.to.schema);
        match (&from.kind, &to.kind) {
            (Kind::Unit, Kind::Unit) => Ok((Body::Unit, Vec::new())),
            (Kind::Struct(from_fields), Kind::Struct(to_fields)) => {
                let (ir::Type::Struct(a), ir::Type::Struct(b)) =
                    (from_schema.ty(pair.from.id), to_schema.ty(pair.to.id))
                else {
                    unreachable!("a struct of the schema is a struct in Rust")
                };
                Ok((self.structure((a, from_fields), (b, to_fields), calls)?, Vec::new()))
            }
            (Kind::Enum { values: from_values, .. }, Kind::Enum { values: to_values, .. }) => {
                let (ir::Type::Enum(a), ir::Type::Enum(b)) =
                    (from_schema.ty(pair.from.id), to_schema.ty(pair.to.id))
                else {
                    unreachable!("an enum of the schema is an enum in Rust")
                };
                Ok(self.enumeration(pair, (a, from_values), (b, to_values)))
            }
            (Kind::Union(from_members), Kind::Union(to_members)) => {
                let (ir::Type::Union(a), ir::Type::Union(b)) =
                    (from_schema.ty(pair.from.id), to_schema.ty(pair.to.id))
                else {
                    unreachable!("a union of the schema is an enum in Rust")
                };
                self.union(pair, (a, from_members), (b, to_members), calls)
            }
            (
                Kind::Alias(from_place) | Kind::Newtype(from_place),
                Kind::Alias(to_place) | Kind::Newtype(to_place),
            ) => {
                let old = At { id: pair.from.id, ty: &from_place.owned };
                let new = At { id: pair.to.id, ty: &to_place.owned };
                let conversion = self
                    .sides
                    .convert(old, new, calls)
                    .map_err(|reason| Open::whole(format!("it {reason}")))?;
                let is_wrapped = matches!(from.kind, Kind::Newtype(_));
                let wrap = matches!(to.kind, Kind::Newtype(_)).then(|| to.name.clone());
                Ok((Body::Value { is_wrapped, conversion, wrap }, Vec::new()))
            }
            (from, to) => Err(Open::whole(format!("it is {} instead of {}", kind(to), kind(from)))),
        }
    }

    fn structure(
        &self,
        (from, from_fields): (&ir::Struct, &[Field]),
        (to, to_fields): (&ir::Struct, &[Field]),
        calls: &mut Vec<Pair>,
    ) -> Result<Body, Open> {
        let matching = self.sides.comparison.fields(from, to);
        let mut fields = Vec::new();
        for ((field, planned), found) in to.fields.iter().zip(to_fields).zip(&matching.new) {
            let content = match *found {
                Match::Same(at) => {
                    let (old, old_planned) = (&from.fields[at], &from_fields[at]);
                    let old_place = At { id: old.ty, ty: &old_planned.place.owned };
                    let place = At { id: field.ty, ty: &planned.place.owned };
                    match self.sides.convert(old_place, place, calls) {
                        Ok(conversion) => Drafted::Known(Content::Field {
                            name: old_planned.name.clone(),
                            schema_name: old.name.clone(),
                            conversion,
                        }),
                        Err(reason) => Drafted::Open {
                            reason: format!("`{}` {reason}", field.name),
                            from: Some(old_planned.name.clone()),
                        },
                    }
                }
                Match::Renamed(at) => Drafted::Open {
                    reason: format!("`{}` may be `{}`", field.name, from.fields[at].name),
                    from: Some(from_fields[at].name.clone()),
                },
                Match::None => match empty(self.sides.to.schema, field.ty) {
                    Some(content) => Drafted::Known(content),
                    None => Drafted::Open { reason: format!("`{}` is new", field.name), from: None },
                },
            };
            fields.push(DraftField { name: planned.name.clone(), content });
        }
        let dropped: Vec<(String, String)> = matching
            .dropped
            .iter()
            .map(|at| (from_fields[*at].name.clone(), format!("`{}` has no place", from.fields[*at].name)))
            .collect();
        let reasons: Vec<String> = fields
            .iter()
            .filter_map(|field| field.content.reason())
            .chain(dropped.iter().map(|(_, reason)| reason))
            .cloned()
            .collect();
        if !reasons.is_empty() {
            let from = from_fields.iter().map(|field| field.name.clone()).collect();
            return Err(Open { reasons, draft: Draft::Struct { from, fields, dropped } });
        }
        let filled = fields.into_iter().filter_map(|DraftField { name, content }| match content {
            Drafted::Known(content) => Some(Filled { name, content }),
            Drafted::Open { .. } => None,
        });
        Ok(Body::Struct(filled.collect()))
    }

    fn enumeration(
        &self,
        pair: &Pair,
        (from, from_values): (&ir::Enum, &[Value]),
        (to, to_values): (&ir::Enum, &[Value]),
    ) -> (Body, Vec<Method>) {
        let matching = self.sides.comparison.values(from, to);
        let targets = targets(&matching.new, from.values.len());
        let has_unmatched = has_unmatched(&matching.new);
        let mut methods = Vec::new();
        let mut arms = Vec::new();
        for (value, target) in from_values.iter().zip(targets) {
            let outcome = match target {
                Some(at) => Outcome::Variant(to_values[at].name.clone()),
                None => {
                    let method = self.part(pair, &value.name, None, &value.schema_name, has_unmatched);
                    let name = method.name.clone();
                    methods.push(method);
                    Outcome::Method(name, value.schema_name.clone())
                }
            };
            arms.push((value.name.clone(), outcome));
        }
        (Body::Enum(arms), methods)
    }

    fn union(
        &self,
        pair: &Pair,
        (from, from_members): (&ir::Union, &[Member]),
        (to, to_members): (&ir::Union, &[Member]),
        calls: &mut Vec<Pair>,
    ) -> Result<(Body, Vec<Method>), Open> {
        let matching = self.sides.comparison.members(from, to);
        let targets = targets(&matching.new, from.members.len());
        let has_unmatched = has_unmatched(&matching.new);
        let mut methods = Vec::new();
        let mut arms = Vec::new();
        let mut reasons = Vec::new();
        for ((member, planned), target) in from.members.iter().zip(from_members).zip(targets) {
            let has_same_octets = target.is_some_and(|at| {
                let target = &to.members[at];
                member.tag == target.tag && self.sides.comparison.is_same(member.ty, target.ty)
            });
            let outcome = match target {
                Some(at) => {
                    let target = (&to.members[at], &to_members[at]);
                    self.matched((member, planned), target, calls)
                }
                None => {
                    let held = planned.place.as_ref().map(|place| &place.owned);
                    let (held, unbox) = match held {
                        Some(Type::Box(inner)) => (Some(&**inner), true),
                        held => (held, false),
                    };
                    let method =
                        self.part(pair, &planned.name, held.cloned(), &planned.schema_name, has_unmatched);
                    let name = method.name.clone();
                    methods.push(method);
                    Ok(ArmOutcome::Method { name, unbox })
                }
            };
            // A part that a method carries is for that method to decide, although nothing of it differs.
            let is_moved = matches!(
                outcome,
                Ok(ArmOutcome::Void(_)
                    | ArmOutcome::Carried { void: None, conversion: Conversion::Move, .. })
            );
            let (name, holds) = (planned.name.clone(), planned.place.is_some());
            let outcome = match outcome {
                Ok(outcome) => Drafted::Known(Arm {
                    name: name.clone(),
                    schema_name: planned.schema_name.clone(),
                    holds,
                    unchanged: (is_moved && has_same_octets).then_some(member.tag),
                    outcome,
                }),
                Err(reason) => {
                    let reason = format!("`{}` {reason}", planned.schema_name);
                    reasons.push(reason.clone());
                    Drafted::Open { reason, from: None }
                }
            };
            arms.push(DraftArm { name, holds, outcome });
        }
        if !reasons.is_empty() {
            return Err(Open { reasons, draft: Draft::Union(arms) });
        }
        let arms = arms.into_iter().filter_map(|arm| match arm.outcome {
            Drafted::Known(arm) => Some(arm),
            Drafted::Open { .. } => None,
        });
        Ok((Body::Union(arms.collect()), methods))
    }

    /// A member that both unions have.
    fn matched(
        &self,
        (from, from_planned): (&ir::Member, &Member),
        (to, to_planned): (&ir::Member, &Member),
        calls: &mut Vec<Pair>,
    ) -> Result<ArmOutcome, String> {
        let variant = to_planned.name.clone();
        match (&from_planned.place, &to_planned.place) {
            (None, None) => Ok(ArmOutcome::Void(variant)),
            (Some(old), Some(new)) => {
                let (old, new) = (At { id: from.ty, ty: &old.owned }, At { id: to.ty, ty: &new.owned });
                let conversion = self.sides.convert(old, new, calls)?;
                Ok(ArmOutcome::Carried { variant, void: None, conversion })
            }
            // Members of the same name, of which one is void: both are definitions.
            (None, Some(new)) => {
                let (name, conversion) = self.named(from, to, calls);
                let conversion = match &new.owned {
                    Type::Box(_) => {
                        Conversion::Boxed { unbox: false, rebox: true, inner: Box::new(conversion) }
                    }
                    _ => conversion,
                };
                let is_alias = matches!(self.sides.from.item(&name).kind, Kind::Alias(_));
                Ok(ArmOutcome::Carried { variant, void: Some(Void { name, is_alias }), conversion })
            }
            (Some(old), None) => {
                let (_, conversion) = self.named(from, to, calls);
                let conversion = match &old.owned {
                    Type::Box(_) => {
                        Conversion::Boxed { unbox: true, rebox: false, inner: Box::new(conversion) }
                    }
                    _ => conversion,
                };
                Ok(ArmOutcome::Emptied { variant, conversion })
            }
        }
    }

    /// The call that carries the definitions that two members name, and what the first is called in Rust.
    fn named(&self, from: &ir::Member, to: &ir::Member, calls: &mut Vec<Pair>) -> (String, Conversion) {
        let (ir::Type::Named(a), ir::Type::Named(b)) =
            (self.sides.from.schema.ty(from.ty), self.sides.to.schema.ty(to.ty))
        else {
            unreachable!("an inline type that is the same is void in both or in neither")
        };
        let pair = Pair { from: self.sides.from.spot(*a), to: self.sides.to.spot(*b) };
        let conversion = Conversion::Call(self.sides.names.of(&pair));
        let name = pair.from.name.clone();
        calls.push(pair);
        (name, conversion)
    }

    /// The method for a member or value that the target lacks.
    fn part(
        &self,
        pair: &Pair,
        variant: &str,
        held: Option<Type>,
        schema_name: &str,
        has_unmatched: bool,
    ) -> Method {
        let name = self.sides.names.of_part(pair, variant);
        // Old data must stay readable. A message to an older version may be refused, unless the member is only
        // called otherwise there.
        let body = if self.sides.is_up {
            Body::Asked(vec![format!("`{schema_name}` is no more")])
        } else if has_unmatched {
            Body::Asked(vec![format!("`{schema_name}` may have another name")])
        } else {
            Body::Refused
        };
        Method { name, from: held, to: rust_type(&pair.to.name), body, draft: Draft::Whole }
    }
}

/// What the schemas leave open about a type, and what they determine nevertheless.
struct Open {
    reasons: Vec<String>,
    draft: Draft,
}

impl Open {
    fn whole(reason: String) -> Self {
        Self { reasons: vec![reason], draft: Draft::Whole }
    }
}

/// How a message gets from one version to the next.
pub(super) enum Carried {
    /// It is of the same type.
    Moved,
    /// By this method.
    By(String),
}

/// For each part of the source its place in the target.
fn targets(new: &[Match], len: usize) -> Vec<Option<usize>> {
    let mut targets = vec![None; len];
    for (at, found) in new.iter().enumerate() {
        if let Match::Same(from) = found {
            targets[*from] = Some(at);
        }
    }
    targets
}

/// Whether the target has a part that the source lacks.
fn has_unmatched(new: &[Match]) -> bool {
    new.iter().any(|found| !matches!(found, Match::Same(_)))
}

/// The empty value of a type that has one.
fn empty(schema: &ir::Schema, id: ir::TypeId) -> Option<Content> {
    match schema.ty(schema.resolve(id)) {
        ir::Type::Optional(_) => Some(Content::None),
        ir::Type::List { len: None, .. } => Some(Content::EmptyList),
        ir::Type::Map { .. } => Some(Content::EmptyMap),
        ir::Type::Primitive(_)
        | ir::Type::Data { .. }
        | ir::Type::List { len: Some(_), .. }
        | ir::Type::Enum(_)
        | ir::Type::Struct(_)
        | ir::Type::Union(_)
        | ir::Type::Named(_) => None,
    }
}

fn rust_type(name: &str) -> Type {
    Type::Named { name: name.to_owned(), strategy: String::new() }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Struct(_) => "a struct",
        Kind::Enum { .. } => "an enum",
        Kind::Union(_) => "a union",
        Kind::Unit => "void",
        Kind::Alias(_) | Kind::Newtype(_) => "an alias",
    }
}
