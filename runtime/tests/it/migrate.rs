//! Carrying containers: what changes in an element is said with its place, and values keep theirs.

use barewire::{FixedList, Losses, Map, MigrateError, Migrated, Migrator, migrate};

/// Who migrates, and records.
struct Recorder(Losses);

impl Migrator for Recorder {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

/// Numbers above 9 lose their first digits; those above 99 are refused.
fn digit(m: &mut Recorder, number: u32) -> Migrated<u8> {
    if number > 99 {
        return Err(MigrateError::unrepresentable(1).within("digit"));
    }
    if number > 9 {
        m.0.dropped("digits", 1)?;
    }
    Ok((number % 10) as u8)
}

fn losses(m: &Recorder) -> Vec<String> {
    m.0.as_slice().iter().map(ToString::to_string).collect()
}

/// What `migrate` makes of a container, and what it records on the way.
#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(
    migrate: impl FnOnce(&mut Recorder) -> Migrated<T>,
    expected: T,
    recorded: &[&str],
) {
    let mut m = Recorder(Losses::recorded());
    assert_eq!(m.within("part", migrate).unwrap(), expected);
    assert_eq!(losses(&m), recorded);
}

#[track_caller]
fn check_refused<T: std::fmt::Debug>(migrate: impl FnOnce(&mut Recorder) -> Migrated<T>, expected: &str) {
    let mut m = Recorder(Losses::recorded());
    assert_eq!(m.within("part", migrate).unwrap_err().to_string(), expected);
}

fn map(pairs: &[(u32, u32)]) -> Map<u32, u32> {
    Map::try_from_pairs(pairs.to_vec()).unwrap()
}

#[test]
fn losses_name_their_element() {
    check(|m| migrate::option(m, None, digit), None, &[]);
    check(|m| migrate::option(m, Some(12), digit), Some(2), &["dropped in part.digits"]);
    let lost = ["dropped in part[1].digits", "dropped in part[2].digits"];
    check(|m| migrate::list(m, vec![1, 12, 13], digit), vec![1, 2, 3], &lost);
    check(|m| migrate::array(m, [1, 12, 13], digit), [1, 2, 3], &lost);
    check(
        |m| migrate::array_to_heap(m, [1, 12, 13], digit),
        FixedList::<u8, 3>::try_from(vec![1, 2, 3]).unwrap(),
        &lost,
    );
    check(
        |m| migrate::map_values(m, map(&[(11, 1), (12, 12)]), digit),
        Map::try_from_pairs(vec![(11, 1), (12, 2)]).unwrap(),
        &["dropped in part[1].digits"],
    );
    check(
        |m| migrate::map(m, map(&[(1, 11), (12, 2)]), digit, digit),
        Map::try_from_pairs(vec![(1, 1), (2, 2)]).unwrap(),
        &["dropped in part[0].digits", "dropped in part[1].key.digits"],
    );
}

#[test]
fn errors_name_their_element() {
    let text = |part: &str| format!("version 1 has no place for this value in {part}");
    check_refused(|m| migrate::option(m, Some(100), digit), &text("part.digit"));
    check_refused(|m| migrate::list(m, vec![1, 100], digit), &text("part[1].digit"));
    check_refused(|m| migrate::array::<_, _, _, 2>(m, [1, 100], digit), &text("part[1].digit"));
    check_refused(|m| migrate::fixed_list(m, FixedList::from([1, 100]), digit), &text("part[1].digit"));
    check_refused(|m| migrate::map_values(m, map(&[(1, 1), (2, 100)]), digit), &text("part[1].digit"));
    check_refused(|m| migrate::map(m, map(&[(1, 1), (100, 2)]), digit, digit), &text("part[1].key.digit"));
    check_refused(|m| migrate::map(m, map(&[(1, 1), (2, 100)]), digit, digit), &text("part[1].digit"));
}

#[test]
fn keys_that_become_one_are_refused() {
    check_refused(
        |m| migrate::map(m, map(&[(1, 1), (2, 2), (12, 3)]), digit, digit),
        "map key becomes that of pair 1 in part[2].key",
    );
}

/// The place of a loss is that of its own element, whatever was recorded before it.
#[test]
fn losses_in_nested_containers_have_the_whole_way() {
    let list = |m: &mut Recorder, numbers: Vec<u32>| migrate::list(m, numbers, digit);
    check(
        |m| migrate::list(m, vec![vec![12], vec![1, 13]], list),
        vec![vec![2], vec![1, 3]],
        &["dropped in part[0][0].digits", "dropped in part[1][1].digits"],
    );
}

/// A program that keeps nothing else needs no type of its own.
#[test]
fn losses_migrate_by_themselves() {
    let narrow = |_: &mut Losses, number: u32| migrate::narrow::<u32, u8>(number, 1);
    assert_eq!(migrate::list(&mut Losses::refused(), vec![1, 2], narrow).unwrap(), [1, 2]);
    let error = Losses::refused().each("numbers", vec![1, 256], narrow).unwrap_err();
    assert_eq!(error.to_string(), "version 1 has no place for this value in numbers[1]");
}

/// A union member or enum value is a part whose name its parent has put into the path.
#[test]
fn a_value_can_be_lost_as_a_whole() {
    let mut m = Losses::recorded();
    m.part("C", (), |m, ()| m.dropped_here(1)).unwrap();
    m.part("D", (), |m, ()| m.altered_here("only once")).unwrap();
    let lost: Vec<String> = m.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(lost, ["dropped in C", "altered in D"]);

    let error = Losses::refused().part("C", (), |m, ()| m.dropped_here(1)).unwrap_err();
    assert_eq!(error.to_string(), "version 1 has no place for this value in C");
    let error = Losses::refused().part("D", (), |m, ()| m.altered_here("only once")).unwrap_err();
    assert_eq!(error.to_string(), "only once in D");
}

/// The old elements are gone as the new ones come: a list of as many octets takes no other allocation.
#[test]
fn elements_that_are_not_larger_take_the_place_of_the_old() {
    fn check<T: Clone, U>(value: T, migrate: impl Fn(T) -> U, is_in_place: bool) {
        let values = vec![value; 1000];
        let before = values.as_ptr().addr();
        let mut m = Losses::refused();
        let migrated = migrate::list(&mut m, values, |_, value| Ok(migrate(value))).unwrap();
        assert_eq!(migrated.as_ptr().addr() == before, is_in_place);
        assert_eq!(migrated.len(), 1000);
    }
    check(1_u64, |value| value + 1, true);
    check(1_u8, |value| value + 1, true);
    check([1_u64; 3], |[a, ..]| a, true);
    check(String::from("a"), |text| text.into_bytes(), true);
    check(1_u32, u64::from, false);

    let keys: Map<u64, u64> = (0..1000).map(|key| (key, key)).collect();
    let before = keys.as_slice().as_ptr().addr();
    let mut m = Losses::refused();
    let values = migrate::map_values(&mut m, keys, |_, value| Ok(value + 1)).unwrap();
    let both = migrate::map(&mut m, values, |_, key| Ok(key + 1), |_, value| Ok(value)).unwrap();
    assert_eq!(both.as_slice().as_ptr().addr(), before);
    assert_eq!(both.as_slice()[999], (1000, 1000));
}

#[test]
fn a_long_path_is_shown_by_its_ends() {
    let mut error = MigrateError::unrepresentable(1);
    for _ in 0..50 {
        error = error.within("somewhere");
    }
    let text = error.within("Message").to_string();
    assert_eq!(text.chars().count(), 200);
    assert!(
        text.starts_with("version 1 has no place for this value in Message.somewhere.somewhere."),
        "{text}"
    );
    assert!(text.contains('…') && text.ends_with(".somewhere"), "{text}");
}
