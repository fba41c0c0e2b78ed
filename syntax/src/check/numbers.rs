//! The numbers of enum values and the tags of union members: counted where not written, unique, ascending, at most 2^64-1.

use super::Check;
use crate::ast::{Member, Number, Value};
use crate::quote::quote;
use crate::{Code, Span, code};
use std::collections::HashMap;

/// Something that carries a number.
pub(super) trait Numbered {
    fn number(&self) -> Option<Number>;
    fn span(&self) -> Span;
    fn describe(&self, cx: &Check<'_, '_>) -> String;
}

impl Numbered for Value<'_> {
    fn number(&self) -> Option<Number> {
        self.number
    }

    fn span(&self) -> Span {
        self.span
    }

    fn describe(&self, _: &Check<'_, '_>) -> String {
        quote(self.name.text)
    }
}

impl Numbered for Member {
    fn number(&self) -> Option<Number> {
        self.number
    }

    fn span(&self) -> Span {
        self.span
    }

    fn describe(&self, cx: &Check<'_, '_>) -> String {
        cx.describe(self.ty)
    }
}

/// What is different between enums and unions here.
pub(super) struct Words {
    item: &'static str,
    number: &'static str,
    duplicate: Code,
    descending: Code,
    too_large: Code,
}

pub(super) const ENUM: Words = Words {
    item: "enum value",
    number: "number",
    duplicate: code::DUPLICATE_VALUE,
    descending: code::DESCENDING_VALUE,
    too_large: code::VALUE_TOO_LARGE,
};

pub(super) const UNION: Words = Words {
    item: "union member",
    number: "tag",
    duplicate: code::DUPLICATE_TAG,
    descending: code::DESCENDING_TAG,
    too_large: code::TAG_TOO_LARGE,
};

impl Check<'_, '_> {
    /// The number of each item; something is given for the items behind a mistake, too.
    pub(super) fn number<T: Numbered>(&mut self, words: &Words, items: &[T]) -> Vec<u64> {
        let mut numbers: Vec<u64> = Vec::with_capacity(items.len());
        // The items whose numbers are known, by number: built only once they do not ascend.
        let mut first: Option<HashMap<u64, usize>> = None;
        // The known item before, and whether none is unknown since: after a mistake, counted numbers depend on how it will be corrected.
        let mut last_known: Option<usize> = None;
        let mut unknown = vec![];
        let mut counting = true;
        for (i, item) in items.iter().enumerate() {
            let written = item.number();
            let number = match (written, numbers.last()) {
                (Some(Number { value, .. }), _) => value,
                (None, Some(last)) => last.checked_add(1),
                (None, None) => Some(0),
            };
            numbers.push(number.unwrap_or(u64::MAX));
            if written.is_none() && !counting {
                unknown.push(i);
                continue;
            }
            counting = true;
            let Some(number) = number else {
                self.report_too_large(words, item);
                unknown.push(i);
                counting = false;
                continue;
            };
            let last = last_known.replace(i);
            if first.is_none() && last.is_some_and(|last| number <= numbers[last]) {
                first = Some(first_known(&numbers[..i], &unknown));
            }
            // While numbers ascend there is nothing to look up.
            let earlier = first.as_mut().map_or(i, |first| *first.entry(number).or_insert(i));
            if earlier != i {
                self.report_duplicate(words, number, &items[earlier], item);
                counting = false;
            } else if let Some(last) = last.filter(|last| number < numbers[*last]) {
                self.report_descending(words, [number, numbers[last]], &items[last], item);
                counting = false;
            }
        }
        numbers
    }

    #[cold]
    fn report_duplicate<T: Numbered>(&mut self, words: &Words, number: u64, first: &T, again: &T) {
        let Words { item, number: what, .. } = words;
        let (name, first_name) = (again.describe(self), first.describe(self));
        let message = format!("{item} {name} has the {what} {number}, which {first_name} already has");
        let mut error =
            self.error(words.duplicate, message, again.span(), &format!("the same {what} again")).and(
                self.findings,
                first.number().map_or(first.span(), |number| number.span),
                format!("{first_name} has the {what} {number}"),
            );
        if again.number().is_none() {
            error = error
                .note(format!("without a {what} of its own, it takes that of the {item} before it plus one"));
        }
        error.push(self.findings);
    }

    #[cold]
    fn report_descending<T: Numbered>(&mut self, words: &Words, numbers: [u64; 2], before: &T, item: &T) {
        let Words { item: kind, number: what, .. } = words;
        let [number, last] = numbers;
        let (name, before_name) = (item.describe(self), before.describe(self));
        let message =
            format!("{kind} {name} has the {what} {number}, below the {last} of {before_name} before it");
        self.error(words.descending, message, item.span(), &format!("lower {what}"))
            .and(self.findings, before.span(), format!("{before_name} has the {what} {last}"))
            .note(format!("since draft -12 each {what} is above the one before"))
            .note(format!("the order is not on the wire: write out every {what}, then sort"))
            .push(self.findings);
    }

    #[cold]
    fn report_too_large<T: Numbered>(&mut self, words: &Words, item: &T) {
        let Words { item: kind, number: what, .. } = words;
        let name = item.describe(self);
        let message = match item.number() {
            Some(_) => format!("the {what} of the {kind} {name} is above 2^64-1"),
            None => format!("{kind} {name} would have the {what} 2^64"),
        };
        let span = item.number().map_or(item.span(), |number| number.span);
        self.error(words.too_large, message, span, "")
            .note(format!("the largest {what} is 18446744073709551615"))
            .push(self.findings);
    }
}

/// Which item has each number, apart from the unknown ones; both slices ascend.
fn first_known(numbers: &[u64], unknown: &[usize]) -> HashMap<u64, usize> {
    let known = (0..numbers.len()).filter(|i| unknown.binary_search(i).is_err());
    known.map(|i| (numbers[i], i)).collect()
}
