//! Rows 1, 2, 4 and 22: indices.

use barewire_protocol::session::{InvalidStoredIndex, MessageIndex, Relation, ReplyIndex, StoredIndex};

/// All 65,536 distances, from every edge that there is.
#[test]
fn every_distance_has_one_relation() {
    for other in [0, 1, 2, 257, 32_766, 32_767, 32_768, 32_769, 65_534, 65_535] {
        let other = MessageIndex::from(other);
        for distance in 0..=u16::MAX {
            let index = other.plus(distance);
            let (there, back) = (index.relation_to(other), other.relation_to(index));
            match distance {
                0 => assert_eq!((there, back), (Relation::Equal, Relation::Equal)),
                1..=32_767 => {
                    assert!(matches!(there, Relation::After(by) if by.get() == distance), "{there:?}");
                    assert!(matches!(back, Relation::Before(by) if by.get() == distance), "{back:?}");
                }
                32_768 => assert_eq!((there, back), (Relation::Opposite, Relation::Opposite)),
                32_769.. => {
                    let by = distance.wrapping_neg();
                    assert!(matches!(there, Relation::Before(n) if n.get() == by), "{there:?}");
                    assert!(matches!(back, Relation::After(n) if n.get() == by), "{back:?}");
                }
            }
            assert_eq!(index.minus(distance), other);
        }
    }
}

/// What the comparison in the field is known to answer.
#[test]
fn agrees_with_the_comparison_of_runners() {
    let after = |a: u16, b: u16| {
        matches!(MessageIndex::from(a).relation_to(MessageIndex::from(b)), Relation::After(_))
    };
    assert!(after(1, 65_535) && after(0, 65_535) && !after(65_535, 0));
    assert!(after(32_766, 0) && after(32_767, 0) && !after(32_768, 0) && !after(0, 32_768));
    assert!([65_534, 65_535, 0, 1].windows(2).all(|pair| after(pair[1], pair[0])));
}

#[test]
fn both_directions_wrap() {
    assert_eq!(MessageIndex::from(65_535).next(), MessageIndex::ZERO);
    assert_eq!(ReplyIndex::from(65_535).next().get(), 0);
}

#[test]
fn minus_one_is_none_and_nothing_else_is() {
    assert_eq!(StoredIndex::try_from(-1), Ok(StoredIndex::None));
    assert_eq!(i64::from(StoredIndex::None), -1);
    for index in 0..=u16::MAX {
        let stored = StoredIndex::Index(index.into());
        assert_eq!(StoredIndex::try_from(i64::from(index)), Ok(stored));
        assert_eq!((i64::from(stored), stored.baseline().get()), (i64::from(index), index));
    }
    for number in [-2, 65_536, 1 << 53, i64::MIN, i64::MAX] {
        assert_eq!(StoredIndex::try_from(number), Err(InvalidStoredIndex(number)));
    }
    let text = InvalidStoredIndex(65_536).to_string();
    assert_eq!(text, "expected -1 or an index up to 65535, found 65536");
}
