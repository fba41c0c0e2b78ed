//! What a million sockets that hibernate cost a gateway: octets for each, and the time for what is done to one of them.
//!
//! `cargo bench -p barewire-protocol --bench sockets` holds a million and more; `cargo test` runs the same with fewer. Either fails
//! where a socket takes more than 200 octets, or where the time for one grows with the number of the others or with what
//! waits in its window. What a time is depends on the machine, so only ratios within one run are judged. Among a thousand
//! times as many, one is found some ten times slower, since it is in no cache; looking at all of them would be a thousand
//! times slower. The square root of the growth lies between.

#[allow(dead_code, reason = "the properties, whose allocator it is, also ask for peaks and refusals")]
#[path = "../../../fuzz/properties/tests/it/allocator.rs"]
mod allocator;
mod gateway;

use std::time::Duration;

use gateway::{Cost, Crowd, Window};

/// The most octets that a socket may take: its key, its state, its timer, its actor, and what tables have to spare.
const OCTETS: usize = 200;
/// The longest window there is, less the one message that a round adds before it takes another out.
const LONGEST: u16 = (1 << 15) - 2;

/// One more than a power of two: whatever doubles has most to spare there.
const SOME: u32 = (1 << 16) + 1;
/// A million, and such a number.
const MANY: u32 = (1 << 20) + 1;
/// How often something is done, of which the median counts.
const TIMES: u32 = 5000;

fn main() {
    // Cargo says so for `cargo bench`, and not for `cargo test`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let counts: &[u32] = if is_bench { &[1_000, 10_000, 100_000, 1_000_000, MANY] } else { &[1_000, SOME] };
    println!("  sockets  of an actor  octets each  sweep each       wake        ack");
    for siblings in [100, 1] {
        let rows: Vec<Row> = counts.iter().map(|&count| Row::measure(count, siblings)).collect();
        judge(&rows);
    }
    println!("   window");
    let [short, long] = [1, LONGEST].map(|len| {
        let cost = Window::of(len).wake_again(TIMES);
        println!("{len:9} {:37} {:>10} {:>10}", "", nanos(cost.wake), nanos(cost.ack));
        cost
    });
    let growth = LONGEST.into();
    within(long.wake, short.wake, growth, "waking a socket by what waits in its window");
    within(long.ack, short.ack, growth, "an acknowledgement by what waits in the window");
}

struct Row {
    count: u32,
    octets: usize,
    sweep: Duration,
    cost: Cost,
}

impl Row {
    fn measure(count: u32, siblings: u32) -> Self {
        let before = allocator::held();
        let mut crowd = Crowd::hibernating(count, siblings);
        let octets = (allocator::held() - before) / count as usize;
        let sweep = crowd.sweep();
        let cost = crowd.wake_some(TIMES);
        let [sweep_nanos, wake, ack] = [sweep, cost.wake, cost.ack].map(nanos);
        println!("{count:9} {siblings:12} {octets:12} {sweep_nanos:>11} {wake:>10} {ack:>10}");
        Self { count, octets, sweep, cost }
    }
}

/// Judges rows with more and more sockets.
fn judge(rows: &[Row]) {
    let [few, .., many] = rows else { unreachable!("two counts at least") };
    for Row { count, octets, .. } in rows {
        assert!(*octets <= OCTETS, "{octets} octets a socket of {count}");
    }
    let growth = f64::from(many.count) / f64::from(few.count);
    within(many.sweep, few.sweep, growth, "writing a record by the number of sockets");
    within(many.cost.wake, few.cost.wake, growth, "waking a socket by the number of sockets");
    within(many.cost.ack, few.cost.ack, growth, "an acknowledgement by the number of sockets");
}

fn within(large: Duration, small: Duration, growth: f64, what: &str) {
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    assert!(ratio <= growth.sqrt(), "{what}: {large:?} is {ratio:.1} times {small:?}");
}

fn nanos(time: Duration) -> String {
    format!("{} ns", time.as_nanos())
}
