//! One direction of the link between gateway and runner.

use std::collections::VecDeque;

use super::choices::Choices;
use super::counts::{Class, Counts};

/// Frames on their way, each with the life of the link that it was sent in.
#[derive(Clone, Debug)]
pub(super) struct Link<T> {
    frames: VecDeque<(u32, T)>,
}

/// What a link may do to frames while it is up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Conduct {
    /// They arrive once and in order, or the link breaks.
    Stream,
    /// They arrive twice now and then.
    Repeating,
    /// They are lost, come twice, and overtake each other.
    Datagrams,
}

impl<T: Clone> Link<T> {
    pub(super) fn new() -> Self {
        Self { frames: VecDeque::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub(super) fn send(&mut self, epoch: u32, frame: T) {
        self.frames.push_back((epoch, frame));
    }

    /// The next frame, and the life of the link that it is from.
    pub(super) fn deliver(
        &mut self,
        conduct: Conduct,
        choices: &mut Choices<'_>,
        counts: &mut Counts,
    ) -> Option<(u32, T)> {
        if conduct == Conduct::Datagrams && self.frames.len() > 1 && choices.once_in(24) {
            counts.add(Class::Reorder);
            self.frames.swap(0, 1);
        }
        let (epoch, frame) = self.frames.pop_front()?;
        if conduct == Conduct::Datagrams && choices.once_in(32) {
            counts.add(Class::Drop);
            return None;
        }
        if conduct != Conduct::Stream && choices.once_in(16) {
            counts.add(Class::Repeat);
            let later = if conduct == Conduct::Datagrams {
                choices.below(self.frames.len() as u32 + 1) as usize
            } else {
                0
            };
            self.frames.insert(later, (epoch, frame.clone()));
        }
        Some((epoch, frame))
    }

    /// The link breaks: what is on its way is lost, but for the first `arrived`.
    pub(super) fn cut(&mut self, arrived: usize) -> impl Iterator<Item = T> + use<T> {
        self.frames.split_off(arrived).into_iter().map(|(_, frame)| frame)
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }
}
