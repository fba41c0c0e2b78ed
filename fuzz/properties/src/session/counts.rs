//! How often each kind of event occurred, so that a simulation that never met one is noticed.

use std::fmt;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $text:literal)*) => {
        /// A kind of event that the schedules have to meet.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum Class {
            $($(#[$doc])* $name,)*
        }

        impl Class {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it is called in the report.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

classes! {
    /// A gateway has taken a message of a client.
    Taken "messages taken"
    /// An actor has handled a message.
    Handled "messages handled"
    /// A message of a client has index 0.
    Wrap "index wraps"
    /// The runner's process ended between two of its outputs.
    Crash "crash between two outputs"
    /// A save was neither stored nor acknowledged.
    FailedSave "failed save"
    /// A save was stored and reported as failed.
    DoubtfulSave "save stored and reported as failed"
    /// Time passed while a save was on its way.
    SlowSave "slow save"
    /// A save began while another was on its way.
    OverlappingSaves "overlapping saves"
    /// A process ended with saves on their way of which some were stored.
    HalfSaved "crash behind a save that nobody heard of"
    /// A message was sent to a runner again.
    Replay "replay"
    /// A runner missed a message.
    Gap "gap"
    /// A runner had a message already.
    Duplicate "duplicate"
    /// A window was full.
    WindowOverflow "overflow of a window"
    /// The queue of a runner was full.
    QueueOverflow "overflow of a runner's queue"
    /// What a runner holds for an actor that starts was full.
    HeldOverflow "overflow of what an actor has to read"
    /// The link broke.
    Cut "link cut"
    /// Time passed while a frame was on its way.
    Delay "frames delayed"
    /// A frame was lost on a link that went on.
    Drop "frame dropped"
    /// A frame came twice.
    Repeat "frame repeated"
    /// A frame came before one that was sent earlier.
    Reorder "frames reordered"
    /// An actor went to sleep.
    Sleep "sleep"
    /// A socket woke its actor.
    Wake "wake"
    /// Several sockets waited for an actor that started.
    Several "several sockets of one actor wait"
    /// A socket was restored.
    Restore "restore"
    /// A socket was listed and not stored.
    Zombie "zombie"
    /// A socket was stored and not listed.
    Stale "stale"
    /// An open was tried again.
    Retry "open retried"
    /// The clock went back or far ahead.
    Jump "clock jump"
    /// A runner has ended as it should.
    Shutdown "runner shut down"
    /// Another runner was put in the place of one.
    Eviction "runner evicted"
    /// A runner was given up by its engine.
    Lost "runner given up"
    /// A client left.
    ClientCloses "client closes"
    /// An actor closed a socket.
    ActorCloses "actor closes"
    /// An actor was destroyed.
    Destroy "actor destroyed"
    /// A client left while its actor slept.
    LateClose "client closes while hibernating"
    /// A schedule without silent losses ended with every socket alive.
    Survived "all sockets survived"
    /// Something ended a socket, and its client was told.
    Ended "socket ended with a reason"
}

/// How often each class occurred.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Counts([u64; Class::ALL.len()]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; Class::ALL.len()])
    }
}

impl Counts {
    /// Counts one.
    pub fn add(&mut self, class: Class) {
        self.0[class as usize] += 1;
    }

    /// Counts one if it occurred.
    pub fn add_if(&mut self, occurred: bool, class: Class) {
        self.0[class as usize] += u64::from(occurred);
    }

    /// Adds those of another schedule.
    pub fn merge(&mut self, other: &Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    /// The classes that never occurred.
    #[must_use]
    pub fn missing(&self) -> Vec<Class> {
        Class::ALL.iter().copied().filter(|class| self.0[*class as usize] == 0).collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for class in Class::ALL {
            writeln!(f, "{:>12}  {}", self.0[*class as usize], class.text())?;
        }
        Ok(())
    }
}
