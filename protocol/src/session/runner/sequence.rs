//! Whether a message is the next one (row 3).

use crate::session::{MessageIndex, Relation};

/// What the index of a message says about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sequence {
    /// It follows the last one: deliver it.
    Next,
    /// It was there before: drop it.
    Duplicate,
    /// So many messages are missing before it: 1 to 32767. The socket cannot go on.
    Gap(u16),
}

/// Compares the index of a message with that of the last one received. Total and without memory; 0 is an index like any
/// other, and one that is half the circle away counts as ahead.
#[must_use]
pub fn sequence(received: MessageIndex, index: MessageIndex) -> Sequence {
    match index.relation_to(received) {
        Relation::After(distance) if distance.get() == 1 => Sequence::Next,
        Relation::After(distance) => Sequence::Gap(distance.get() - 1),
        Relation::Opposite => Sequence::Gap(32_767),
        Relation::Equal | Relation::Before(_) => Sequence::Duplicate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_from_every_edge() {
        for received in [0, 1, 32_767, 32_768, 65_534, 65_535] {
            for distance in 0..=u16::MAX {
                let index = MessageIndex::from(received).plus(distance);
                let expected = match distance {
                    0 | 32_769.. => Sequence::Duplicate,
                    1 => Sequence::Next,
                    2..=32_768 => Sequence::Gap(distance - 1),
                };
                assert_eq!(sequence(received.into(), index), expected, "{index} after {received}");
            }
        }
    }
}
