//! Schedules of sessions. CI runs more of them: `examples/schedules.rs`.

use barewire_properties::session::{Class, Counts, Middle, schedule, story};

#[test]
fn schedules_keep_what_sessions_promise() {
    let middle = Middle::new();
    let mut counts = Counts::default();
    for seed in 0..400 {
        match schedule(seed, &middle) {
            Ok(found) => counts.merge(&found),
            Err(failure) => panic!("{failure}"),
        }
    }
    // So few need not meet everything, but a crash, a loss and a wake they do.
    let missing = counts.missing();
    for class in [
        Class::Wrap,
        Class::Crash,
        Class::FailedSave,
        Class::Replay,
        Class::Gap,
        Class::Duplicate,
        Class::Restore,
    ] {
        assert!(!missing.contains(&class), "{class:?} never occurred\n{counts}");
    }
}

#[test]
fn a_number_makes_the_same_schedule_each_time() {
    let middle = Middle::new();
    let first = story(7, &middle);
    assert!(first.len() > 80, "{first:?}");
    assert_eq!(first, story(7, &Middle::new()));
    assert_ne!(first, story(8, &middle));
}
