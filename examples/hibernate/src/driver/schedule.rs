//! What the driver does, one step after another.

/// A step. [`Step::Kill`] is followed by [`Step::Restart`] at some time, and [`Step::Swallow`] by [`Step::Break`] and
/// [`Step::Mend`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// The client sends so many messages, a few milliseconds apart.
    Send(u32),
    /// The client sends so many messages at once.
    Burst(u32),
    /// So many milliseconds pass.
    Pause(u64),
    /// The client waits until all that it has sent is stored.
    Settle,
    /// The client waits until the actor sleeps.
    Sleep,
    /// The runner is killed.
    Kill,
    /// There is a runner again, in another process.
    Restart,
    /// The network swallows what is sent over it.
    Swallow,
    /// The network breaks, which both sides notice.
    Break,
    /// Both can connect again.
    Mend,
}

use Step::{Break, Burst, Kill, Mend, Pause, Restart, Send, Settle, Sleep, Swallow};

/// Each harm once, and then two of them at once.
pub(super) const DEFAULT: &[Step] = &[
    Send(10),
    Sleep,
    Send(10),
    Settle,
    Send(10),
    Kill,
    Send(5),
    Restart,
    Settle,
    Swallow,
    Send(5),
    Break,
    Send(5),
    Mend,
    Settle,
    Sleep,
    Kill,
    Send(5),
    Restart,
];

/// A schedule that the seed determines.
pub(super) fn drawn(seed: u64) -> Vec<Step> {
    let mut draw = Draw(seed);
    let mut steps = vec![Send(draw.below(10) as u32)];
    for _ in 0..6 {
        let (some, more, pause) = (draw.below(16) as u32, draw.below(16) as u32, draw.below(150));
        match draw.below(5) {
            0 => steps.push(Sleep),
            1 => steps.extend([Kill, Send(some), Pause(pause), Restart]),
            2 => steps.extend([Swallow, Send(some), Break, Pause(pause), Send(more), Mend]),
            // More than the queue of a connection holds.
            3 => steps.extend([Kill, Burst(6000), Pause(pause), Restart]),
            // The runner is killed while the network is down, or the network fails while there is no runner.
            _ if pause % 2 == 0 => {
                steps.extend([Swallow, Send(some), Kill, Break, Send(more), Mend, Restart])
            }
            _ => steps.extend([Kill, Send(some), Swallow, Restart, Pause(pause), Break, Mend]),
        }
        steps.extend([Send(draw.below(16) as u32), Pause(draw.below(2) * draw.below(150))]);
    }
    steps
}

/// Numbers that look random (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
