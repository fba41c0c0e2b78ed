//! A meter without an operating system, which speaks two versions.
//!
//! `no_std` with `alloc`, as everything in it that barewire generates: this crate is compiled for a processor that has
//! no `std` at all, so that nothing of it can have crept in.
//!
//! ```
//! use no_std::meter::latest::{Order, Rename, Valve};
//! use no_std::{Meter, meter};
//!
//! let mut head = meter::Codec::new(1, no_std::Migrations::strict())?;
//! let mut meter = Meter::new(1, *b"00000042")?;
//! meter.measure(60, 125);
//! meter.obey(&head.encode(&Order::Rename(Rename { label: "cellar".into() }))?)?;
//!
//! let mut buffer = [0; 64];
//! let len = meter.report(&mut buffer)?;
//! let report: meter::latest::Report = head.decode(&buffer[..len])?;
//! assert_eq!((&*report.label, report.valve, report.battery), ("cellar", Valve::Open, None));
//! # Ok::<(), no_std::Refused>(())
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod device;
mod migrations;

/// The messages of each version, the steps between them, and the codec.
pub mod meter {
    barewire::include_schema!("meter");
}

pub use device::{Meter, Refused};
pub use migrations::Migrations;
