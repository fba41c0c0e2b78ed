//! What waits to be taken, the oldest first, with the sum of its octets.

use alloc::collections::VecDeque;

use barewire::{Map, Str};

/// Something that holds octets of others.
pub(crate) trait Octets {
    /// How many of them, which must not change while it waits.
    fn octets(&self) -> usize;
}

impl Octets for Str {
    fn octets(&self) -> usize {
        self.len()
    }
}

impl Octets for Map<Str, Str> {
    fn octets(&self) -> usize {
        self.iter().map(|(name, value)| name.len() + value.len()).sum()
    }
}

impl<T: Octets> Octets for Option<T> {
    fn octets(&self) -> usize {
        self.as_ref().map_or(0, T::octets)
    }
}

/// A queue that knows how much it holds.
#[derive(Clone, Debug)]
pub(crate) struct Queue<T> {
    items: VecDeque<T>,
    /// The sum over `items`. Changed where these are and nowhere else.
    octets: usize,
    /// How many have left at the front.
    taken: u64,
}

/// Where something waits, or has waited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket(u64);

/// How much may wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub(crate) count: usize,
    pub(crate) octets: usize,
}

impl Bound {
    /// What is left of it if so much waits elsewhere.
    pub(crate) fn without(self, count: usize, octets: usize) -> Self {
        Self { count: self.count.saturating_sub(count), octets: self.octets.saturating_sub(octets) }
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { items: VecDeque::new(), octets: 0, taken: 0 }
    }
}

impl<T: Octets> Queue<T> {
    /// Whether nothing more is to be let in until something was taken.
    pub(crate) fn is_full(&self, bound: Bound) -> bool {
        self.items.len() >= bound.count || self.octets >= bound.octets
    }

    /// Whether this one would be within the bound, too.
    pub(crate) fn has_room(&self, item: &T, bound: Bound) -> bool {
        self.items.len() < bound.count && item.octets() <= bound.octets.saturating_sub(self.octets)
    }

    /// Lets something in, whatever the bound: who calls this has asked before, or knows another one.
    pub(crate) fn push(&mut self, item: T) -> Ticket {
        let ticket = Ticket(self.taken + self.items.len() as u64);
        self.octets += item.octets();
        self.items.push_back(item);
        ticket
    }

    pub(crate) fn front(&self) -> Option<&T> {
        self.items.front()
    }

    pub(crate) fn pop(&mut self) -> Option<T> {
        let item = self.items.pop_front()?;
        self.octets -= item.octets();
        self.taken += 1;
        Some(item)
    }

    /// What waits there, unless it was taken. Nothing may have been forgotten since.
    pub(crate) fn at_mut(&mut self, ticket: Ticket) -> Option<&mut T> {
        let at = usize::try_from(ticket.0.checked_sub(self.taken)?).ok()?;
        self.items.get_mut(at)
    }

    /// Forgets what is not to be kept. Costs a look at everything.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let Self { items, octets, .. } = self;
        items.retain(|item| {
            let kept = keep(item);
            *octets -= if kept { 0 } else { item.octets() };
            kept
        });
    }

    /// Forgets everything; returns how many that were.
    pub(crate) fn clear(&mut self) -> usize {
        let dropped = self.items.len();
        self.taken += dropped as u64;
        self.items.clear();
        self.octets = 0;
        dropped
    }

    /// How many wait, and their octets.
    pub(crate) fn len(&self) -> (usize, usize) {
        (self.items.len(), self.octets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Octets for usize {
        fn octets(&self) -> usize {
            *self
        }
    }

    #[test]
    fn knows_the_sum_of_what_it_holds() {
        let mut queue = Queue::default();
        for octets in 1..=10 {
            queue.push(octets);
        }
        assert_eq!((queue.len(), queue.pop()), ((10, 55), Some(1)));
        queue.retain(|octets| octets % 2 == 0);
        assert_eq!((queue.len(), queue.front()), ((5, 30), Some(&2)));
        assert_eq!((queue.clear(), queue.len(), queue.pop()), (5, (0, 0), None));
    }

    #[test]
    fn a_ticket_finds_what_has_not_left() {
        let mut queue = Queue::default();
        let tickets = [1, 2, 3].map(|octets| queue.push(octets));
        queue.pop();
        assert_eq!(tickets.map(|ticket| queue.at_mut(ticket).copied()), [None, Some(2), Some(3)]);
        queue.clear();
        let ticket = queue.push(4);
        assert_eq!([tickets[1], ticket].map(|ticket| queue.at_mut(ticket).copied()), [None, Some(4)]);
    }

    #[test]
    fn is_full_by_number_or_by_octets() {
        let bound = Bound { count: 2, octets: 10 };
        let mut queue = Queue::default();
        assert!(!queue.is_full(bound) && queue.has_room(&10, bound) && !queue.has_room(&11, bound));
        queue.push(10);
        assert!(queue.is_full(bound) && queue.has_room(&0, bound) && !queue.has_room(&1, bound));
        queue.push(0);
        assert!(!queue.has_room(&0, bound));
    }
}
