//! What has to reach the other side once and in order, over connections that break: the commands of an engine and the
//! events of a runner.

use std::collections::VecDeque;

/// Items that the other side has not acknowledged.
pub(crate) struct Numbered<T> {
    /// The number of the oldest one, or of the next one if there is none.
    first: i64,
    items: VecDeque<T>,
    /// How many of them went over the connection at hand.
    sent: usize,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { first: 0, items: VecDeque::new(), sent: 0 }
    }
}

impl<T: Clone> Numbered<T> {
    pub(crate) fn push(&mut self, item: T) {
        self.items.push_back(item);
    }

    /// Takes what is to be sent next, which stays here until it is acknowledged.
    pub(crate) fn next(&mut self) -> Option<(i64, T)> {
        let item = self.items.get(self.sent)?.clone();
        let number = self.first + self.sent as i64;
        self.sent += 1;
        Some((number, item))
    }

    pub(crate) fn acknowledged(&mut self, last: i64) {
        while self.first <= last && self.items.pop_front().is_some() {
            self.first += 1;
            self.sent = self.sent.saturating_sub(1);
        }
    }

    /// There is another connection to the same peer, which has all up to `last`: what follows is sent over it.
    pub(crate) fn resume_after(&mut self, last: i64) {
        self.acknowledged(last);
        self.sent = 0;
    }

    /// There is another peer, which has no use for what the old one was told.
    pub(crate) fn forget(&mut self) {
        self.first += self.items.len() as i64;
        self.items.clear();
        self.sent = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(numbered: &mut Numbered<char>) -> Vec<(i64, char)> {
        std::iter::from_fn(|| numbered.next()).collect()
    }

    #[test]
    fn what_is_not_acknowledged_is_sent_over_the_next_connection() {
        let mut numbered = Numbered::default();
        "abc".chars().for_each(|item| numbered.push(item));
        assert_eq!(all(&mut numbered), [(0, 'a'), (1, 'b'), (2, 'c')]);
        assert_eq!(all(&mut numbered), []);
        numbered.acknowledged(0);
        numbered.push('d');
        assert_eq!(all(&mut numbered), [(3, 'd')]);
        numbered.resume_after(1);
        assert_eq!(all(&mut numbered), [(2, 'c'), (3, 'd')]);
        numbered.forget();
        numbered.push('e');
        assert_eq!(all(&mut numbered), [(4, 'e')]);
    }
}
