//! What a meter knows, and how it is asked and told.

use core::fmt;

use barewire::{CodecError, EncodeError, Latest, Map, Str, UnsupportedVersion};

use crate::Migrations;
use crate::meter;
use crate::meter::latest::{Order, OrderView, Report, Sample, Valve};

/// A meter that speaks one version with the head of the line.
#[derive(Debug)]
pub struct Meter {
    codec: meter::Codec<Migrations>,
    report: Report,
}

impl Meter {
    /// A meter that has measured nothing yet.
    ///
    /// # Errors
    ///
    /// [`Refused::Version`] if there is no such version.
    pub fn new(version: u16, serial: [u8; 8]) -> Result<Self, Refused> {
        let codec = meter::Codec::new(version, Migrations::lenient())?;
        let report = Report {
            serial,
            label: Str::default(),
            valve: Valve::Open,
            battery: None,
            samples: alloc::vec::Vec::new(),
            parts: Map::new(),
        };
        Ok(Self { codec, report })
    }

    /// Notes down what has flowed.
    pub fn measure(&mut self, at: u64, flow: u64) {
        self.report.samples.push(Sample { at, flow });
    }

    /// Notes down what is left in the battery.
    pub fn charge(&mut self, percent: u8) {
        self.report.battery = Some(percent);
    }

    /// Does what the head says. Of an order in the newest version nothing is copied but a name that is kept.
    ///
    /// # Errors
    ///
    /// [`Refused::Message`] if the frame is none of this version.
    pub fn obey(&mut self, frame: &[u8]) -> Result<(), Refused> {
        match self.codec.read::<Order>(frame)? {
            Latest::View(OrderView::SetValve(order)) => self.report.valve = order.valve,
            Latest::View(OrderView::Rename(order)) => self.report.label = order.label.into(),
            Latest::Owned(Order::SetValve(order)) => self.report.valve = order.valve,
            Latest::Owned(Order::Rename(order)) => self.report.label = order.label,
        }
        Ok(())
    }

    /// Writes what was measured into a buffer of the radio, and forgets it; how many octets that are.
    ///
    /// # Errors
    ///
    /// [`Refused::Buffer`] if it has no room, and [`Refused::Message`] if the version cannot hold a value.
    pub fn report(&mut self, buffer: &mut [u8]) -> Result<usize, Refused> {
        let frame = self.codec.encode(&self.report)?;
        let available = buffer.len();
        let Some(room) = buffer.get_mut(..frame.len()) else {
            return Err(EncodeError::BufferTooShort { needed: frame.len(), available }.into());
        };
        room.copy_from_slice(&frame);
        self.report.samples.clear();
        Ok(frame.len())
    }
}

/// Why a meter does not do what it is told.
#[derive(Debug)]
pub enum Refused {
    /// It does not speak this version.
    Version(UnsupportedVersion),
    /// The message is none, or none of its version.
    Message(CodecError),
    /// There is no room for the message.
    Buffer(EncodeError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(error) => error.fmt(f),
            Self::Message(error) => error.fmt(f),
            Self::Buffer(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Refused {}

impl From<UnsupportedVersion> for Refused {
    fn from(error: UnsupportedVersion) -> Self {
        Self::Version(error)
    }
}

impl From<CodecError> for Refused {
    fn from(error: CodecError) -> Self {
        Self::Message(error)
    }
}

impl From<EncodeError> for Refused {
    fn from(error: EncodeError) -> Self {
        Self::Buffer(error)
    }
}
