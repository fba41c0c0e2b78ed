//! Text that owns its octets without an allocation of its own.
//!
//! Short text, such as ids, names and header keys, is held inline, so that it never keeps a frame alive.
//! Longer text shares the buffer that it was decoded from.

#![allow(
    unsafe_code,
    reason = "text is checked once, when it is made; checked at each use, comparing it takes 2.5 to 3.6 times as long; \
              and short text is copied by whole words"
)]

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::Bytes;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use core::str::{FromStr, Utf8Error};

use crate::{Decode, Detach, Encode, Failed, Reader, Sink, unique};

/// The longest text in octets that is held inline: it makes a [`Str`] 40 octets.
const INLINE: usize = 38;

/// Owned text: inline up to 38 octets, otherwise a part of a shared buffer.
///
/// It behaves as `str` wherever text is read, hashed or compared, and it is never changed in place.
/// Cloning it copies no text.
/// Decoded from [`Bytes`](crate::Input::Shared), a long text keeps that whole buffer alive;
/// [`Detach::detach`] gives it octets of its own.
///
/// # Examples
///
/// ```
/// use barewire::{Detach, Str};
///
/// let name = Str::from("actor-7");
/// assert!(name.starts_with("actor"));
/// assert_eq!(name, "actor-7");
/// assert_eq!(name.retained_len(), 0);
/// ```
#[derive(Clone)]
pub struct Str(Repr);

/// The octets of either form are always UTF-8.
#[derive(Clone)]
enum Repr {
    /// Text of at most [`INLINE`] octets.
    Inline(Inline),
    /// Longer text.
    Shared(Bytes),
}

/// Text in place: the first `len` of `octets`.
#[derive(Clone, Copy)]
#[repr(C)]
struct Inline {
    octets: [u8; INLINE],
    len: u8,
    /// Always `false`; its other values tell that a text is not inline.
    mark: bool,
}

impl Inline {
    /// The first `len` octets of `input`, at most [`INLINE`]: what follows them is copied, too, and never looked at.
    ///
    /// It is put together in registers and stored by whole words, as it is loaded when the text moves: processors wait
    /// for a load that spans several stores, and decoding short texts then takes up to 1.4 times as long.
    #[inline]
    fn copied(input: &[u8; size_of::<Self>()], len: u8) -> Self {
        let (words, _) = input.as_chunks::<8>();
        let last = u64::from_le_bytes(words[4]) & 0xffff_ffff_ffff | u64::from(len) << 48;
        let words = [words[0], words[1], words[2], words[3], last.to_le_bytes()];
        // SAFETY: `transmute` requires that both types have the same size, which is checked where it is compiled, and that
        // the octets are a valid `Inline`. That is `repr(C)` of parts whose alignment is 1, so without padding: 38 octets
        // and `len`, for which any octets are valid, and `mark` behind them, the last octet. The highest octet of `last` is
        // zero, since both of its parts are below 2^56, and it stands last in little-endian order; zero is `false`.
        unsafe { core::mem::transmute::<[[u8; 8]; 5], Self>(words) }
    }
}

impl Str {
    /// The text in `octets`, which long text shares.
    ///
    /// # Errors
    ///
    /// [`Utf8Error`] if `octets` are not UTF-8.
    pub fn from_utf8(octets: Bytes) -> Result<Self, Utf8Error> {
        let text = core::str::from_utf8(&octets)?;
        Ok(match Self::inline(text) {
            Some(short) => short,
            None => Self(Repr::Shared(octets)),
        })
    }

    /// `text` if it is short enough to be held inline.
    #[inline]
    fn inline(text: &str) -> Option<Self> {
        let mut octets = [0; INLINE];
        octets.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        // Lossless: the length is at most `INLINE`.
        Some(Self(Repr::Inline(Inline { len: text.len() as u8, octets, mark: false })))
    }

    /// The text.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        let octets = match &self.0 {
            Repr::Inline(inline) => &inline.octets[..usize::from(inline.len)],
            Repr::Shared(octets) => octets,
        };
        // SAFETY: `from_utf8_unchecked` requires that the octets are UTF-8.
        // `Repr` is private to this module, and every place that makes or changes one keeps to it:
        // `inline` copies a whole `str`, whose length becomes `len`; `read` copies what begins with one, of that length;
        // `default` has no octets;
        // `from_utf8` keeps the very buffer that it validated; `From<String>` keeps that of a `String`;
        // `read` keeps what `Reader::share` makes of exactly the octets of a `str`, a part of the same buffer or a copy;
        // `detach` replaces a buffer by a copy of it. `Bytes` cannot be changed.
        unsafe { core::str::from_utf8_unchecked(octets) }
    }
}

impl Detach for Str {
    fn detach(&mut self) {
        if let Repr::Shared(octets) = &mut self.0 {
            octets.detach();
        }
    }

    fn retained_len(&self) -> usize {
        match &self.0 {
            Repr::Inline(_) => 0,
            Repr::Shared(octets) => octets.retained_len(),
        }
    }
}

impl<'a> Decode<'a> for Str {
    #[inline]
    fn precedes(&self, next: &Self) -> bool {
        unique::precedes(self.as_bytes(), next.as_bytes())
    }

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let (text, input) = r.str_in_input()?;
        if text.len() > INLINE {
            return Ok(Self(Repr::Shared(r.share(text.as_bytes())?)));
        }
        Ok(match input.first_chunk() {
            // Copying as much as there is room for is faster than copying a length that is not known before.
            Some(octets) => Self(Repr::Inline(Inline::copied(octets, text.len() as u8))),
            None => Self::inline(text).expect("checked: short"),
        })
    }
}

impl Encode for Str {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match &self.0 {
            Repr::Inline(inline) => s.start(&inline.octets, inline.len),
            Repr::Shared(octets) => s.data(octets),
        }
    }
}

impl Deref for Str {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for Str {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self
    }
}

impl Default for Str {
    /// The empty text.
    fn default() -> Self {
        Self(Repr::Inline(Inline { len: 0, octets: [0; INLINE], mark: false }))
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl Eq for Str {}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Ord for Str {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Str {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Str {
    /// As `str` does, so that a map with `Str` keys can be asked for a `&str`.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

macro_rules! compare_with {
    ($($text:ty),*) => {$(
        impl PartialEq<$text> for Str {
            fn eq(&self, other: &$text) -> bool {
                let other: &str = other;
                self.as_str() == other
            }
        }

        impl PartialEq<Str> for $text {
            fn eq(&self, other: &Str) -> bool {
                other == self
            }
        }
    )*};
}

compare_with!(str, &str, String, Cow<'_, str>);

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        match Self::inline(text) {
            Some(short) => short,
            None => Self::from(text.to_owned()),
        }
    }
}

impl From<&String> for Str {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Str {
    /// Long text keeps its buffer.
    fn from(text: String) -> Self {
        match Self::inline(&text) {
            Some(short) => short,
            None => Self(Repr::Shared(Bytes::from(text))),
        }
    }
}

impl From<Box<str>> for Str {
    fn from(text: Box<str>) -> Self {
        Self::from(String::from(text))
    }
}

impl From<Cow<'_, str>> for Str {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from(text),
            Cow::Owned(text) => Self::from(text),
        }
    }
}

impl From<char> for Str {
    fn from(character: char) -> Self {
        Self::from(&*character.encode_utf8(&mut [0; 4]))
    }
}

impl FromIterator<char> for Str {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        Self::from(String::from_iter(characters))
    }
}

impl FromStr for Str {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl From<Str> for String {
    /// A copy, even of a buffer that nobody else uses: that may be a whole frame around the text.
    fn from(text: Str) -> Self {
        text.as_str().to_owned()
    }
}

impl From<Str> for Bytes {
    /// Long text keeps sharing its buffer.
    fn from(text: Str) -> Self {
        match text.0 {
            Repr::Inline(_) => Self::from(Vec::from(text.as_bytes())),
            Repr::Shared(octets) => octets,
        }
    }
}
