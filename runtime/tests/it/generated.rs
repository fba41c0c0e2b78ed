//! Small types, written by hand as the generator writes them: one for each shape that the format has.
//!
//! ```bare
//! type Nothing void
//! type Letter enum { FOO BAR = 255 BUZZ }
//! type Last enum { A = 18446744073709551615 }
//! type Number union { int | uint = 255 | str }
//! type MaybeOctet union { u8 | void }
//! type Mixed struct { foo: uint bar: int buzz: str }
//! type Pixel struct { a: u8 b: bool }
//! type Deep struct {
//!     pixels: list<Pixel> lists: list<list<uint>> ids: map<uint><list<Pixel>[2]>
//!     large: list<u16>[40] blob: data[20]
//! }
//! ```

use barewire::{
    Decode, Encode, Failed, FixedData, FixedList, FixedListView, LazyView, ListView, Map, MapView, Message,
    Pair, Plain, Reader, Sink, Str, UnknownValue, Varint, Width,
};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Nothing;

barewire::void!(Nothing, "Nothing");

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Letter {
    Foo = 0,
    Bar = 255,
    Buzz = 256,
}

impl TryFrom<u64> for Letter {
    type Error = UnknownValue;

    fn try_from(value: u64) -> Result<Self, UnknownValue> {
        Ok(match value {
            0 => Self::Foo,
            255 => Self::Bar,
            256 => Self::Buzz,
            unknown => return Err(UnknownValue(unknown)),
        })
    }
}

impl<'a> Decode<'a> for Letter {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.enumeration()
    }
}

impl Encode for Letter {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.uint(*self as u64);
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u64)]
pub enum Last {
    A = u64::MAX,
}

impl TryFrom<u64> for Last {
    type Error = UnknownValue;

    fn try_from(value: u64) -> Result<Self, UnknownValue> {
        match value {
            u64::MAX => Ok(Self::A),
            unknown => Err(UnknownValue(unknown)),
        }
    }
}

impl<'a> Decode<'a> for Last {
    const MIN_LEN: usize = 10;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.enumeration()
    }
}

impl Encode for Last {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.uint(*self as u64);
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Number {
    Int(i64),
    Uint(u64),
    Str(Str),
}

impl<'a> Decode<'a> for Number {
    const MIN_LEN: usize = 2;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(match r.uint()? {
            0 => Self::Int(r.field_as::<Varint, _>("int")?),
            255 => Self::Uint(r.field_as::<Varint, _>("uint")?),
            256 => Self::Str(r.field("str")?),
            tag => return Err(r.unknown_tag(tag)),
        })
    }
}

impl Encode for Number {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self {
            Self::Int(member) => s.member_as::<Varint, _>(0, member),
            Self::Uint(member) => s.member_as::<Varint, _>(255, member),
            Self::Str(member) => s.member(256, member),
        }
    }
}

impl Message for Number {
    const NAME: &'static str = "Number";
    type View<'a> = Self;
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MaybeOctet {
    U8(u8),
    Void,
}

impl<'a> Decode<'a> for MaybeOctet {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(match r.uint()? {
            0 => Self::U8(r.field("u8")?),
            1 => Self::Void,
            tag => return Err(r.unknown_tag(tag)),
        })
    }
}

impl Encode for MaybeOctet {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self {
            Self::U8(member) => s.member(0, member),
            Self::Void => s.uint(1),
        }
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mixed {
    pub foo: u64,
    pub bar: i64,
    pub buzz: Str,
}

impl<'a> Decode<'a> for Mixed {
    const MIN_LEN: usize = 3;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            foo: r.field_as::<Varint, _>("foo")?,
            bar: r.field_as::<Varint, _>("bar")?,
            buzz: r.field("buzz")?,
        })
    }
}

impl Encode for Mixed {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field_as::<Varint, _>(&self.foo);
        s.field_as::<Varint, _>(&self.bar);
        s.field(&self.buzz);
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Pixel {
    pub a: u8,
    pub b: bool,
}

impl<'a> Decode<'a> for Pixel {
    const MIN_LEN: usize = 2;
    const WIDTH: Width = Width::Fixed;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self { a: r.field("a")?, b: r.field("b")? })
    }
}

impl Encode for Pixel {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.a);
        s.field(&self.b);
    }
}

impl Message for Pixel {
    const NAME: &'static str = "Pixel";
    type View<'a> = Self;
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deep {
    pub pixels: Vec<Pixel>,
    pub lists: Vec<Vec<u64>>,
    pub ids: Map<u64, [Pixel; 2]>,
    pub large: FixedList<u16, 40>,
    pub blob: FixedData<20>,
}

impl<'a> Decode<'a> for Deep {
    const MIN_LEN: usize = 103;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            pixels: r.field("pixels")?,
            lists: r.field_as::<Varint, _>("lists")?,
            ids: r.field_as::<Pair<Varint, Plain>, _>("ids")?,
            large: r.field("large")?,
            blob: r.field("blob")?,
        })
    }
}

impl Encode for Deep {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.pixels);
        s.field_as::<Varint, _>(&self.lists);
        s.field_as::<Pair<Varint, Plain>, _>(&self.ids);
        s.field(&self.large);
        s.field(&self.blob);
    }
}

impl Message for Deep {
    const NAME: &'static str = "Deep";
    type View<'a> = DeepView<'a>;
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeepView<'a> {
    pub pixels: LazyView<'a, ListView<'a, Pixel>>,
    pub lists: ListView<'a, ListView<'a, u64, Varint>, Varint>,
    pub ids: MapView<'a, u64, FixedListView<'a, Pixel, 2>, Pair<Varint, Plain>>,
    pub large: FixedListView<'a, u16, 40>,
    pub blob: &'a [u8; 20],
}

impl<'a> Decode<'a> for DeepView<'a> {
    const MIN_LEN: usize = 103;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            pixels: r.field("pixels")?,
            lists: r.field_as::<Varint, _>("lists")?,
            ids: r.field_as::<Pair<Varint, Plain>, _>("ids")?,
            large: r.field("large")?,
            blob: r.field("blob")?,
        })
    }
}

impl Encode for DeepView<'_> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.pixels);
        s.field_as::<Varint, _>(&self.lists);
        s.field_as::<Pair<Varint, Plain>, _>(&self.ids);
        s.field(&self.large);
        s.field(&self.blob);
    }
}

impl Message for DeepView<'_> {
    const NAME: &'static str = "Deep";
    type View<'a> = DeepView<'a>;
}

/// A value with something in every part.
pub fn deep() -> Deep {
    let pixels = [Pixel { a: 1, b: true }, Pixel { a: 2, b: false }];
    Deep {
        pixels: pixels.to_vec(),
        lists: vec![vec![0, 127, 128], vec![], vec![u64::MAX]],
        ids: Map::from([(300, pixels), (2, pixels), (1 << 40, pixels)]),
        large: FixedList::from_fn(|index| index as u16),
        blob: FixedData::from([9; 20]),
    }
}
