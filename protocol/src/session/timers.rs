//! One deadline for each place of a table, in a wheel: setting, moving and clearing one takes constant time.

use alloc::boxed::Box;
use alloc::vec;

use crate::session::Instant;
use crate::session::pieces::Pieces;
use crate::session::table::Place;

/// Milliseconds that one slot of the wheel stands for.
const TICK: u64 = 64;
/// Slots of the wheel: together they stand for two minutes, so that no default timeout goes round it.
const SLOTS: usize = 2048;
/// The bits of `occupied` in one word.
const WORD: usize = u64::BITS as usize;
/// The end of a list.
const NONE: u32 = u32::MAX;

/// Deadlines of the places of a table.
///
/// A slot is a list of places through `links`, 24 octets a place. A deadline beyond the end of the wheel waits in its last
/// slot and is looked at when that is due. [`Timers::next`] is at most one tick late, and sometimes early for nothing;
/// [`Timers::take_due`] is never early.
#[derive(Clone, Debug)]
pub(crate) struct Timers {
    /// The tick that was looked at last; nothing lies before it.
    tick: u64,
    heads: Box<[u32]>,
    /// A bit for each slot whose list is not empty.
    occupied: Box<[u64]>,
    links: Pieces<Link>,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    deadline: Instant,
    next: u32,
    previous: u32,
    slot: u32,
}

impl Link {
    /// In no list.
    const UNSET: Self =
        Self { deadline: Instant::from_millis(u64::MAX), next: NONE, previous: NONE, slot: NONE };
}

impl Timers {
    pub(crate) fn new() -> Self {
        Self {
            tick: 0,
            heads: vec![NONE; SLOTS].into_boxed_slice(),
            occupied: vec![0; SLOTS / WORD].into_boxed_slice(),
            links: Pieces::new(),
            len: 0,
        }
    }

    /// Lets `place` come up at `deadline`, unless it comes up earlier anyway: who is woken too early asks again.
    pub(crate) fn at_latest(&mut self, place: Place, deadline: Instant) {
        let index = place.index();
        while self.links.len() <= index {
            self.links.push(Link::UNSET);
        }
        match self.links.get(index) {
            Some(link) if link.slot != NONE && link.deadline <= deadline => {}
            _ => {
                self.clear(place);
                self.insert(index, deadline);
            }
        }
    }

    /// Forgets the deadline of `place`, if it has one.
    pub(crate) fn clear(&mut self, place: Place) {
        let Some(link) = self.links.get_mut(place.index()) else { return };
        let Link { deadline: _, next, previous, slot } = core::mem::replace(link, Link::UNSET);
        if slot == NONE {
            return;
        }
        self.len -= 1;
        match self.links.get_mut(previous as usize) {
            Some(previous) => previous.next = next,
            None => self.heads[slot as usize] = next,
        }
        if let Some(next) = self.links.get_mut(next as usize) {
            next.previous = previous;
        }
        if self.heads[slot as usize] == NONE {
            self.occupied[slot as usize / WORD] &= !(1 << (slot as usize % WORD));
        }
    }

    /// When to look again: the end of the tick in which the earliest deadline lies, or that deadline if it has passed.
    ///
    /// Costs a look at 32 words at most, whatever the number of deadlines.
    pub(crate) fn next(&self) -> Option<Instant> {
        let distance = self.first_occupied()?;
        Some(Instant::from_millis((self.tick + distance).saturating_mul(TICK).saturating_add(TICK - 1)))
    }

    /// Takes out one place whose deadline has come.
    pub(crate) fn take_due(&mut self, now: Instant) -> Option<Place> {
        let today = now.as_millis() / TICK;
        if today >= self.tick.saturating_add(SLOTS as u64) {
            self.jump_to(today);
        }
        loop {
            let Some(distance) = self.first_occupied() else {
                self.tick = self.tick.max(today);
                return None;
            };
            if self.tick + distance > today {
                self.tick = self.tick.max(today);
                return None;
            }
            self.tick += distance;
            if let Some(place) = self.take_due_of_tick(now) {
                return Some(place);
            }
            if self.tick == today {
                return None;
            }
            self.tick += 1;
        }
    }

    /// Lays the wheel anew where the clock has gone farther than once round it. Costs a look at every place.
    fn jump_to(&mut self, tick: u64) {
        self.tick = tick;
        for index in 0..self.links.len() {
            if let Some(&Link { deadline, slot, .. }) = self.links.get(index)
                && slot != NONE
                && let Some(place) = Place::from_index(index)
            {
                self.clear(place);
                self.insert(index, deadline);
            }
        }
    }

    /// Takes one that is due out of the slot of this tick, and moves those on that only waited there.
    fn take_due_of_tick(&mut self, now: Instant) -> Option<Place> {
        let mut at = self.heads[slot_of(self.tick)];
        while let Some(&Link { deadline, next, .. }) = self.links.get(at as usize) {
            let place = Place::from_index(at as usize)?;
            if deadline <= now {
                self.clear(place);
                return Some(place);
            }
            if deadline.as_millis() / TICK != self.tick {
                self.clear(place);
                self.insert(at as usize, deadline);
            }
            at = next;
        }
        None
    }

    /// Puts a place that is in no list into that of its deadline.
    fn insert(&mut self, index: usize, deadline: Instant) {
        // What is overdue is found in the tick at hand, and what is beyond the wheel in the farthest.
        let tick = (deadline.as_millis() / TICK).clamp(self.tick, self.tick + SLOTS as u64 - 1);
        let slot = slot_of(tick);
        let (head, link) = (self.heads[slot], self.links.get_mut(index));
        let Some(link) = link else { return };
        *link = Link { deadline, next: head, previous: NONE, slot: slot as u32 };
        let index = index as u32;
        if let Some(head) = self.links.get_mut(head as usize) {
            head.previous = index;
        }
        self.heads[slot] = index;
        self.occupied[slot / WORD] |= 1 << (slot % WORD);
        self.len += 1;
    }

    /// How many ticks from now the first slot is that is not empty.
    fn first_occupied(&self) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        let start = slot_of(self.tick);
        let (word, bit) = (start / WORD, start % WORD);
        let words = self.occupied.len();
        // The first word is looked at twice: first from the slot at hand on, at last before it.
        (0..=words).find_map(|step| {
            let mask = match step {
                0 => u64::MAX << bit,
                _ if step == words => !(u64::MAX << bit),
                _ => u64::MAX,
            };
            let at = (word + step) % words;
            let found = self.occupied[at] & mask;
            let slot = at * WORD + found.trailing_zeros() as usize;
            (found != 0).then(|| ((slot + SLOTS - start) % SLOTS) as u64)
        })
    }
}

fn slot_of(tick: u64) -> usize {
    (tick % SLOTS as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::table::mix;
    use alloc::collections::BTreeMap;

    fn place(index: usize) -> Place {
        Place::from_index(index).expect("small")
    }

    /// Against a map: nothing comes early, everything comes when `next` says, and nothing is forgotten.
    #[test]
    fn does_what_a_sorted_map_does() {
        let (mut timers, mut map) = (Timers::new(), BTreeMap::new());
        let (mut now, mut number) = (0, 1);
        for round in 0..30_000 {
            number = mix(number, round);
            let (index, far) = ((number % 97) as usize, number >> 32);
            match number % 5 {
                0 | 1 => {
                    let deadline = now + far % [50, 5_000, 300_000][(far % 3) as usize];
                    timers.at_latest(place(index), Instant::from_millis(deadline));
                    let earliest = map.get(&index).map_or(deadline, |&set| deadline.min(set));
                    map.insert(index, earliest);
                }
                2 => {
                    timers.clear(place(index));
                    map.remove(&index);
                }
                3 => {
                    // A clock that goes back changes nothing.
                    assert_eq!(timers.take_due(Instant::from_millis(now.saturating_sub(1))), None);
                }
                _ => {
                    let next = timers.next().map(Instant::as_millis);
                    let earliest = map.values().min().copied();
                    match (next, earliest) {
                        (Some(next), Some(earliest)) => {
                            assert!(next <= earliest.max(now) + TICK, "{next} is late for {earliest}");
                        }
                        (next, earliest) => assert_eq!((next, earliest), (None, None)),
                    }
                    now = match far % 4 {
                        0 => now + far % 100,
                        1 => now + far % 400_000,
                        _ => next.unwrap_or(now).max(now),
                    };
                    while let Some(due) = timers.take_due(Instant::from_millis(now)) {
                        assert!(map.remove(&due.index()).is_some_and(|deadline| deadline <= now));
                    }
                    assert!(map.values().all(|&deadline| deadline > now), "{now}: {map:?}");
                }
            }
            assert_eq!(timers.len, map.len());
        }
    }

    #[test]
    fn the_end_of_time_is_a_deadline() {
        let mut timers = Timers::new();
        timers.at_latest(place(0), Instant::from_millis(u64::MAX));
        assert_eq!(timers.take_due(Instant::from_millis(u64::MAX - 1)), None);
        assert_eq!(timers.take_due(Instant::from_millis(u64::MAX)), Some(place(0)));
        assert_eq!(timers.next(), None);
    }
}
