//! What is true whatever the machines believe: plain lists of what was sent, handled and stored.
//!
//! Nothing here is a type of the machines, so that no mistake of theirs is repeated. A message is its number, 1 for the first of
//! a client; what is on the wire is a number of 16 bits, compared by how far it lies behind the first.

/// One client and its socket, seen from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Oracle {
    /// Whether it can hibernate, and so loses nothing.
    pub(super) durable: bool,
    /// The length of each message that the gateway has taken, from message 1 on.
    sent: Vec<usize>,
    /// The index on the wire of the message before the first.
    base: Option<u16>,
    /// The last message that its index on the wire was looked at.
    last_index: Option<u16>,
    /// What the actor that runs has handled since it was created, as far as it remembers.
    pub(super) handled: Vec<u32>,
    /// What the storage remembers of that.
    pub(super) stored: Vec<u32>,
    /// The last message that was delivered in this life of the socket; nothing if it has no life.
    delivered: Option<u32>,
    /// What the client has received, the last of it.
    received: u32,
    /// How often each side was told of the end.
    client_told: u32,
    runner_told: u32,
    /// Lives of the socket at runners that may each say once that they end.
    may_close: u32,
    /// Whether the client was accepted.
    accepted: bool,
    /// Whether the runner has ended the life at work, or the last one, which its gateway may never hear.
    runner_ends: bool,
    /// Whether the client has left by itself.
    pub(super) client_left: bool,
    /// Whether the runner has ended the socket, as its gateway knows.
    runner_ended: bool,
    /// Whether the gateway cannot know how the runner sees the socket, so that it may end.
    pub(super) in_doubt: bool,
    /// Whether the gateway has said that nothing more comes.
    pub(super) gone: bool,
}

/// What was found to be wrong.
pub(super) type Finding = Result<(), String>;

fn check(holds: bool, what: impl FnOnce() -> String) -> Finding {
    if holds { Ok(()) } else { Err(what()) }
}

impl Oracle {
    /// A socket that goes on behind `base`, of which all before is forgotten.
    #[must_use]
    pub(super) fn behind(base: u16) -> Self {
        Self { durable: true, accepted: true, base: Some(base), last_index: Some(base), ..Self::default() }
    }

    /// How many messages the gateway has taken.
    #[must_use]
    pub(super) fn sent(&self) -> u32 {
        self.sent.len() as u32
    }

    /// The gateway has taken the next message, under this index.
    pub(super) fn accepted(&mut self, index: u16, len: usize) -> Finding {
        self.base.get_or_insert(index.wrapping_sub(1));
        self.sent.push(len);
        self.last_index = Some(index);
        self.has_index(self.sent(), index)
    }

    fn has_index(&self, number: u32, index: u16) -> Finding {
        let Some(base) = self.base else { return Err("a message before any was taken".into()) };
        let expected = base.wrapping_add(number as u16);
        check(index == expected, || format!("message {number} has index {index}, expected {expected}"))
    }

    /// A life of the socket begins at a runner.
    pub(super) fn begins(&mut self, restored: bool) {
        // Whatever this life is told begins behind what the actor knows.
        self.runner_ends = false;
        self.delivered = Some(if restored { self.handled.len() as u32 } else { 0 });
        self.may_close += 1;
    }

    /// A close may come that belongs to no life: an open was refused, or the socket is not stored.
    pub(super) fn refused(&mut self) {
        self.may_close += 1;
    }

    /// The life of the socket is over, which its gateway is told or not.
    pub(super) fn ends(&mut self, told: bool) {
        self.delivered = None;
        self.runner_ends = told;
        if !told {
            self.may_close = self.may_close.saturating_sub(1);
        }
    }

    /// The actor is gone, and its lives with it; it remembers what is stored.
    pub(super) fn forgotten(&mut self) {
        self.handled.clone_from(&self.stored);
        self.delivered = None;
        self.may_close = 0;
    }

    /// The runner has handed a message to the actor. What cannot hibernate is in order if its link is.
    pub(super) fn delivered(&mut self, number: u32, index: u16, link_in_order: bool) -> Finding {
        let last = self.delivered.replace(number);
        let Some(last) = last else { return Err(format!("message {number} for a socket without a life")) };
        check(number <= self.sent(), || format!("message {number} of {} was never sent", self.sent()))?;
        self.has_index(number, index)?;
        let follows = match (self.durable, link_in_order) {
            (true, _) => number == last + 1,
            (false, true) => number >= last,
            (false, false) => true,
        };
        check(follows, || format!("message {number} delivered behind {last}"))
    }

    /// The actor has handled a message.
    pub(super) fn handled(&mut self, number: u32) -> Finding {
        self.handled.push(number);
        let expected = self.handled.len() as u32;
        check(!self.durable || number == expected, || {
            format!("message {number} handled where {expected} was expected: lost, doubled or out of order")
        })
    }

    /// The runner acknowledges everything up to an index.
    pub(super) fn acknowledged(&self, index: u16) -> Finding {
        let stored = self.stored.len() as u32;
        let Some(base) = self.base else {
            return check(stored == 0, || "an acknowledgement before any message".into());
        };
        let behind = u32::from(base.wrapping_add(stored as u16).wrapping_sub(index));
        check(behind <= stored, || {
            format!("index {index} acknowledged with {stored} messages stored behind index {base}")
        })
    }

    /// The gateway keeps this many messages and octets: the last ones.
    pub(super) fn kept(&self, count: usize, bytes: usize) -> Finding {
        let Some(forgotten) = self.sent.len().checked_sub(count) else {
            return Err(format!("the gateway keeps {count} messages of {}", self.sent()));
        };
        let sum: usize = self.sent[forgotten..].iter().sum();
        check(bytes == sum, || format!("the gateway counts {bytes} octets in {count} messages of {sum}"))
    }

    /// The gateway keeps this many messages of a socket that goes on: all others have to be stored.
    pub(super) fn forgotten_by_gateway(&self, kept: usize) -> Finding {
        let (forgotten, stored) = (self.sent.len().saturating_sub(kept), self.stored.len());
        check(!self.durable || forgotten <= stored, || {
            format!("the gateway has forgotten {forgotten} messages of which {stored} are stored")
        })
    }

    /// The client is accepted.
    pub(super) fn client_accepted(&mut self) -> Finding {
        let twice = std::mem::replace(&mut self.accepted, true);
        check(!twice, || "the client was accepted twice".into())
    }

    /// Whether the client was told that it is kept while its actor sleeps, dies or moves, and so has to be.
    #[must_use]
    pub(super) fn is_to_survive(&self) -> bool {
        self.durable && self.accepted && !self.runner_ends && !self.in_doubt
    }

    /// The client has received a message.
    pub(super) fn received(&mut self, number: u32, in_order: bool) -> Finding {
        check(self.client_told == 0 && !self.client_left, || "data behind the close of the client".into())?;
        check(!in_order || number > self.received, || {
            format!("the client received {number} behind {}", self.received)
        })?;
        self.received = self.received.max(number);
        Ok(())
    }

    /// The client is told of the end.
    pub(super) fn client_told(&mut self) -> Finding {
        self.client_told += 1;
        check(self.client_told == 1, || "the client was told of the end twice".into())?;
        check(!self.client_left, || "the client was told of its own close".into())
    }

    /// The runner is told of the end.
    pub(super) fn runner_told(&mut self) -> Finding {
        self.runner_told += 1;
        check(self.runner_told == 1, || "the runner was told of the end twice".into())?;
        check(!self.runner_ended, || "the runner was told of its own close".into())
    }

    /// The runner says that the socket ends.
    pub(super) fn runner_closes(&mut self, life_over_by_gateway: bool) -> Finding {
        check(!life_over_by_gateway, || "the runner echoes a close".into())?;
        check(self.may_close > 0, || "the runner says twice that the socket ends".into())?;
        self.may_close -= 1;
        Ok(())
    }

    /// The gateway has taken such a close as the end.
    pub(super) fn runner_ended(&mut self) {
        self.runner_ended = true;
    }

    /// The gateway has said that nothing more comes.
    pub(super) fn gone(&mut self) -> Finding {
        let twice = std::mem::replace(&mut self.gone, true);
        check(!twice, || "the gateway has said twice that nothing more comes".into())?;
        check(self.client_told == 1 || self.client_left, || {
            "a socket ended, and nobody told its client".into()
        })
    }

    /// Something comes of the socket.
    pub(super) fn active(&self) -> Finding {
        check(!self.gone, || "something came of a socket behind its end".into())
    }

    /// Everything has come to rest: what the gateway keeps of a socket that it still has.
    pub(super) fn at_rest(&self, kept: Option<usize>) -> Finding {
        match kept {
            None => check(self.gone, || "a socket has vanished without an end".into()),
            Some(count) if self.durable => {
                check(count == 0, || format!("{count} messages still wait"))?;
                let (handled, stored) = (self.handled.len(), self.stored.len());
                check(handled == self.sent.len() && stored == handled, || {
                    format!("{} messages sent, {handled} handled, {stored} stored", self.sent())
                })
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether the last message that was taken has index 0.
    #[must_use]
    pub(super) fn has_wrapped(&self) -> bool {
        self.last_index == Some(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A socket that can hibernate, whose two messages have the indices 65535 and 0.
    fn two_sent() -> Oracle {
        let mut oracle = Oracle::behind(65_534);
        oracle.accepted(65_535, 5).expect("the next one");
        oracle.accepted(0, 7).expect("the next one");
        oracle.begins(false);
        oracle
    }

    #[track_caller]
    fn finds(finding: Finding, expected: &str) {
        assert_eq!(finding, Err(expected.to_owned()));
    }

    #[test]
    fn what_goes_well_is_no_finding() {
        let mut oracle = two_sent();
        for (number, index) in [(1, 65_535), (2, 0)] {
            oracle.delivered(number, index, true).expect("in order");
            oracle.handled(number).expect("in order");
        }
        oracle.stored = vec![1, 2];
        oracle.acknowledged(0).expect("it is stored");
        assert_eq!(
            (oracle.kept(0, 0), oracle.forgotten_by_gateway(0), oracle.at_rest(Some(0))),
            (Ok(()), Ok(()), Ok(()))
        );
        oracle.client_left = true;
        assert_eq!((oracle.runner_told(), oracle.gone(), oracle.at_rest(None)), (Ok(()), Ok(()), Ok(())));
    }

    #[test]
    fn a_message_that_is_lost_doubled_or_out_of_order_is_found() {
        finds(two_sent().delivered(2, 0, true), "message 2 delivered behind 0");
        let mut twice = two_sent();
        twice.delivered(1, 65_535, true).expect("in order");
        finds(twice.delivered(1, 65_535, true), "message 1 delivered behind 1");
        finds(two_sent().delivered(3, 1, true), "message 3 of 2 was never sent");
        finds(two_sent().delivered(1, 0, true), "message 1 has index 0, expected 65535");
        finds(two_sent().handled(2), "message 2 handled where 1 was expected: lost, doubled or out of order");
        let mut over = two_sent();
        over.ends(true);
        finds(over.delivered(1, 65_535, true), "message 1 for a socket without a life");
    }

    #[test]
    fn what_is_acknowledged_or_forgotten_before_it_is_stored_is_found() {
        let mut oracle = two_sent();
        oracle.stored = vec![1];
        finds(oracle.acknowledged(0), "index 0 acknowledged with 1 messages stored behind index 65534");
        finds(oracle.forgotten_by_gateway(0), "the gateway has forgotten 2 messages of which 1 are stored");
        finds(oracle.kept(1, 12), "the gateway counts 12 octets in 1 messages of 7");
        finds(oracle.at_rest(Some(1)), "1 messages still wait");
        finds(oracle.at_rest(Some(0)), "2 messages sent, 0 handled, 1 stored");
        finds(oracle.at_rest(None), "a socket has vanished without an end");
    }

    #[test]
    fn a_close_that_comes_twice_or_back_is_found() {
        let mut oracle = two_sent();
        finds(oracle.runner_closes(true), "the runner echoes a close");
        oracle.runner_closes(false).expect("the first");
        finds(oracle.runner_closes(false), "the runner says twice that the socket ends");
        oracle.runner_ended();
        finds(oracle.runner_told(), "the runner was told of its own close");
        finds(two_sent().gone(), "a socket ended, and nobody told its client");
        let mut told = two_sent();
        told.client_told().expect("the first");
        finds(told.client_told(), "the client was told of the end twice");
        let mut left = two_sent();
        left.client_left = true;
        finds(left.client_told(), "the client was told of its own close");
    }
}
