//! A vector that grows by pieces of one size, so that nothing is moved and little is spare however long it is.

use alloc::vec::Vec;

/// Values by their number.
#[derive(Clone, Debug)]
pub(crate) struct Pieces<T>(Vec<Vec<T>>);

impl<T> Pieces<T> {
    /// How many values one piece holds. Only the first grows by doubling, for those who have few.
    const PIECE: usize = 1024;

    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * Self::PIECE + last.len())
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.0.get(index / Self::PIECE)?.get(index % Self::PIECE)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.0.get_mut(index / Self::PIECE)?.get_mut(index % Self::PIECE)
    }

    pub(crate) fn push(&mut self, value: T) {
        match self.0.last_mut() {
            Some(last) if last.len() < Self::PIECE => last.push(value),
            last => {
                let mut piece = Vec::with_capacity(if last.is_some() { Self::PIECE } else { 1 });
                piece.push(value);
                self.0.push(piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_a_vector_holds_and_little_more() {
        let mut pieces = Pieces::new();
        assert_eq!((pieces.len(), pieces.get(0)), (0, None));
        for index in 0..5_000 {
            pieces.push(index);
            assert_eq!(pieces.len(), index + 1);
            let room: usize = pieces.0.iter().map(Vec::capacity).sum();
            assert!(room <= (2 * pieces.len()).min(pieces.len() + 1024).max(4), "{room} for {index}");
        }
        *pieces.get_mut(1_024).expect("it is there") = 0;
        for index in 0..5_000 {
            assert_eq!(pieces.get(index), Some(&if index == 1_024 { 0 } else { index }));
        }
        assert_eq!(pieces.get(5_000), None);
        assert_eq!(pieces.get_mut(usize::MAX), None);
    }
}
