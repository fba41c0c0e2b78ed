//! The judge: a plain list of what was sent, handled and stored, and the rules by which it must look.

use std::fmt;
use std::ops::RangeInclusive;

/// Something that happened in the runner, in this order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Happened {
    /// The actor has handled the message of this number.
    Handled(u32),
    /// Storage has confirmed all up to it.
    Stored(u32),
    /// The process was killed.
    Killed,
}

/// What was found to be right.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Summary {
    handled: u32,
    /// What was handled again, after a kill that fell between its handling and its storage.
    again: Vec<RangeInclusive<u32>>,
}

/// What is wrong.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Wrong {
    /// The message after those that were handled is this one, and another came.
    Expected { number: u32, found: u32 },
    /// It was stored, and is handled again.
    HandledThoughStored(u32),
    /// Storage has confirmed what nobody has handled.
    StoredUnhandled(u32),
    /// So many were sent.
    Lost { handled: u32, sent: u32 },
    /// The actor has stored that it has handled another number of messages.
    Count { stored: u32, handled: u32 },
}

/// Judges a run in which the messages 1 to `sent` were sent, and the store at last holds a count of `count`.
pub(super) fn check(happened: &[Happened], sent: u32, count: u32) -> Result<Summary, Wrong> {
    let mut again = Vec::new();
    let (mut handled, mut stored, mut killed) = (0, 0, false);
    for event in happened {
        match *event {
            Happened::Handled(number) if number == handled + 1 => (handled, killed) = (number, false),
            // The first message after a kill may be any that was not stored.
            Happened::Handled(number) if killed && number <= handled => {
                if number <= stored {
                    return Err(Wrong::HandledThoughStored(number));
                }
                again.push(number..=handled);
                (handled, killed) = (number, false);
            }
            Happened::Handled(found) => return Err(Wrong::Expected { number: handled + 1, found }),
            Happened::Stored(number) if number > handled => return Err(Wrong::StoredUnhandled(number)),
            Happened::Stored(number) => stored = stored.max(number),
            Happened::Killed => killed = true,
        }
    }
    if handled != sent {
        return Err(Wrong::Lost { handled, sent });
    }
    if count != handled {
        return Err(Wrong::Count { stored: count, handled });
    }
    Ok(Summary { handled, again })
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "All {} messages were handled, in order.", self.handled)?;
        for again in &self.again {
            let (first, last) = (again.start(), again.end());
            let what = if first == last { format!("{first} was") } else { format!("{first} to {last} were") };
            write!(
                f,
                "\n{what} handled twice: the runner was killed after it had handled and before it had stored."
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { number, found } => {
                write!(f, "message {found} was handled where {number} was due")
            }
            Self::HandledThoughStored(number) => {
                write!(f, "message {number} was handled again, though it was stored")
            }
            Self::StoredUnhandled(number) => write!(f, "message {number} was stored before it was handled"),
            Self::Lost { handled, sent } => write!(f, "{sent} messages were sent, and {handled} handled"),
            Self::Count { stored, handled } => {
                write!(f, "the actor has stored a count of {stored}, and handled {handled} messages")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Happened::{Handled, Killed, Stored};
    use super::*;

    #[test]
    fn a_repetition_is_right_only_after_a_kill_and_before_storage() {
        let again = |again| Ok(Summary { handled: 3, again });
        let run = |happened: &[Happened]| check(happened, 3, 3);
        assert_eq!(run(&[Handled(1), Stored(1), Handled(2), Handled(3)]), again(vec![]));
        assert_eq!(
            run(&[Handled(1), Stored(1), Handled(2), Killed, Handled(2), Handled(3)]),
            again(vec![2..=2])
        );
        assert_eq!(run(&[Handled(1), Stored(1), Killed, Handled(2), Handled(3)]), again(vec![]));
        let twice = Wrong::Expected { number: 2, found: 1 };
        assert_eq!(run(&[Handled(1), Handled(1), Handled(2), Handled(3)]), Err(twice));
        let stored = Wrong::HandledThoughStored(1);
        assert_eq!(run(&[Handled(1), Stored(1), Killed, Handled(1), Handled(2), Handled(3)]), Err(stored));
    }

    #[test]
    fn what_is_lost_or_out_of_order_is_wrong() {
        let run = |happened: &[Happened]| check(happened, 3, 3);
        let gap = Wrong::Expected { number: 2, found: 3 };
        assert_eq!(run(&[Handled(1), Handled(3), Handled(2)]), Err(gap));
        assert_eq!(run(&[Handled(1), Killed, Handled(3)]), Err(Wrong::Expected { number: 2, found: 3 }));
        assert_eq!(run(&[Handled(1), Handled(2)]), Err(Wrong::Lost { handled: 2, sent: 3 }));
        assert_eq!(run(&[Handled(1), Stored(2)]), Err(Wrong::StoredUnhandled(2)));
        let all = [Handled(1), Handled(2), Handled(3)];
        assert_eq!(check(&all, 3, 4), Err(Wrong::Count { stored: 4, handled: 3 }));
    }
}
