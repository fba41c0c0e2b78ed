//! Values by key and by place, at a cost that does not grow with their number.

use core::mem;
use core::num::NonZeroU32;

use hashbrown::HashTable;

use crate::session::pieces::Pieces;

/// A value that knows its own key.
pub(crate) trait Keyed {
    type Key: ?Sized;

    /// The key, which stays the same as long as the value is in a table.
    fn key(&self) -> &Self::Key;
}

/// What a key is hashed by.
pub(crate) trait HashKey: Eq {
    fn hash(&self, seed: u64) -> u64;
}

/// Where a value lies in its [`Table`], until it is removed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place(NonZeroU32);

impl Place {
    pub(crate) fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    pub(crate) fn from_index(index: usize) -> Option<Self> {
        NonZeroU32::new(u32::try_from(index).ok()?.wrapping_add(1)).map(Self)
    }
}

/// Values in one row of pieces, found by their keys through a hash table of places.
///
/// Finding, inserting and removing take constant time, but for the growth of the hash table; a place takes 6 octets to 12 there,
/// as it doubles when it is full.
#[derive(Clone, Debug)]
pub(crate) struct Table<T> {
    seed: u64,
    slots: Pieces<Slot<T>>,
    /// The place that is free next, at the end of a list through the vacant slots.
    free: Option<Place>,
    places: HashTable<Place>,
}

#[derive(Clone, Debug)]
enum Slot<T> {
    Vacant { next: Option<Place> },
    Taken(T),
}

impl<T: Keyed> Table<T>
where
    T::Key: HashKey,
{
    /// An empty table. Nobody who does not know `seed` can choose keys that all lie at one place.
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, slots: Pieces::new(), free: None, places: HashTable::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn find(&self, key: &T::Key) -> Option<Place> {
        let same = |place: &Place| self.at(*place).is_some_and(|value| value.key() == key);
        self.places.find(key.hash(self.seed), same).copied()
    }

    pub(crate) fn at(&self, place: Place) -> Option<&T> {
        match self.slots.get(place.index()) {
            Some(Slot::Taken(value)) => Some(value),
            Some(Slot::Vacant { .. }) | None => None,
        }
    }

    pub(crate) fn at_mut(&mut self, place: Place) -> Option<&mut T> {
        match self.slots.get_mut(place.index()) {
            Some(Slot::Taken(value)) => Some(value),
            Some(Slot::Vacant { .. }) | None => None,
        }
    }

    /// Inserts a value whose key is not in the table; nothing if there are 2^32 places in use.
    pub(crate) fn insert(&mut self, value: T) -> Option<Place> {
        debug_assert!(self.find(value.key()).is_none(), "a key stands once");
        let hash = value.key().hash(self.seed);
        let place = match self.free {
            Some(place) => {
                let slot = self.slots.get_mut(place.index())?;
                let Slot::Vacant { next } = mem::replace(slot, Slot::Taken(value)) else { return None };
                self.free = next;
                place
            }
            None => {
                let place = Place::from_index(self.slots.len())?;
                self.slots.push(Slot::Taken(value));
                place
            }
        };
        let Self { seed, slots, places, .. } = self;
        places.insert_unique(hash, place, |place| match slots.get(place.index()) {
            Some(Slot::Taken(value)) => value.key().hash(*seed),
            Some(Slot::Vacant { .. }) | None => 0,
        });
        Some(place)
    }

    pub(crate) fn remove(&mut self, place: Place) -> Option<T> {
        let hash = self.at(place)?.key().hash(self.seed);
        let vacant = Slot::Vacant { next: self.free };
        let slot = mem::replace(self.slots.get_mut(place.index())?, vacant);
        self.free = Some(place);
        if let Ok(entry) = self.places.find_entry(hash, |other| *other == place) {
            entry.remove();
        }
        match slot {
            Slot::Taken(value) => Some(value),
            Slot::Vacant { .. } => None,
        }
    }
}

impl HashKey for str {
    fn hash(&self, seed: u64) -> u64 {
        self.as_bytes().chunks(8).fold(mix(self.len() as u64, seed), |hash, chunk| {
            let mut octets = [0; 8];
            octets[..chunk.len()].copy_from_slice(chunk);
            mix(hash ^ u64::from_le_bytes(octets), seed)
        })
    }
}

/// Mixes a number with the seed so that each bit of the result depends on each of both.
pub(crate) fn mix(number: u64, seed: u64) -> u64 {
    // An odd number without a pattern: the golden ratio in 64 bits.
    const PHI: u64 = 0x9e37_79b9_7f4a_7c15;
    let folded = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        (product as u64) ^ ((product >> 64) as u64)
    };
    folded(folded(number ^ seed, PHI) ^ seed.rotate_left(32), PHI ^ 0xa5a5_a5a5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::rc::Rc;
    use core::cell::Cell;

    impl HashKey for u64 {
        fn hash(&self, seed: u64) -> u64 {
            mix(*self, seed)
        }
    }

    struct Entry(u64, u64);

    impl Keyed for Entry {
        type Key = u64;

        fn key(&self) -> &u64 {
            &self.0
        }
    }

    #[test]
    fn holds_what_a_map_holds() {
        let (mut table, mut map) = (Table::<Entry>::new(7), BTreeMap::new());
        let mut number = 1;
        for round in 0..20_000 {
            number = mix(number, round);
            let key = number % 512;
            match table.find(&key) {
                Some(place) => {
                    assert_eq!(table.at(place).map(|entry| entry.1), map.remove(&key));
                    assert!(table.remove(place).is_some());
                    assert!(table.at(place).is_none() && table.remove(place).is_none());
                }
                None => {
                    assert_eq!(map.insert(key, round), None);
                    let place = table.insert(Entry(key, round)).expect("room");
                    assert_eq!(table.find(&key), Some(place));
                }
            }
            assert_eq!(table.len(), map.len());
        }
        for (key, value) in map {
            assert_eq!(table.find(&key).and_then(|place| table.at(place)).map(|entry| entry.1), Some(value));
        }
        assert!(table.slots.len() <= 512, "places are used again: {}", table.slots.len());
    }

    /// Counts how often anything is asked for its key.
    struct Counted(u64, Rc<Cell<usize>>);

    impl Keyed for Counted {
        type Key = u64;

        fn key(&self) -> &u64 {
            self.1.set(self.1.get() + 1);
            &self.0
        }
    }

    #[test]
    fn d03_one_of_many_is_found_without_looking_at_the_others() {
        let asked = Rc::new(Cell::new(0));
        let mut table = Table::<Counted>::new(7);
        for key in 0..2_000 {
            table.insert(Counted(key, Rc::clone(&asked))).expect("room");
        }
        asked.set(0);
        for key in 0..2_000 {
            let place = table.find(&key).expect("it was inserted");
            table.remove(place).expect("it was found");
        }
        // Once to find it, once to remove it, and a few whose hashes look alike.
        assert!(asked.get() < 3 * 2_000, "{} keys asked for 2000", asked.get());
    }

    #[test]
    fn neighbouring_numbers_differ_in_all_bits() {
        let (mut ones, mut zeros) = (0, 0);
        for number in 0..64 {
            let mixed = mix(number, 3);
            ones |= mixed;
            zeros |= !mixed;
        }
        assert_eq!((ones, zeros), (u64::MAX, u64::MAX));
    }
}
