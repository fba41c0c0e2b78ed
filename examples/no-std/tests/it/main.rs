//! What the meter says is what a head of the line reads, whatever both speak.

use no_std::meter::latest::{Order, Report, SetValve, Valve};
use no_std::{Meter, Migrations, Refused, meter};

/// What a meter reports that has measured twice, as a head reads it.
fn reported(version: u16) -> Report {
    let mut device = Meter::new(version, *b"00000042").expect("a version that it speaks");
    device.measure(60, 125);
    device.measure(120, 1 << 40);
    device.charge(80);
    let mut buffer = [0; 64];
    let len = device.report(&mut buffer).expect("room enough");
    let mut head = meter::Codec::new(version, Migrations::strict()).expect("a version that it speaks");
    head.decode(&buffer[..len]).expect("a report")
}

#[test]
fn reports_in_both_versions() {
    let (old, new) = (reported(1), reported(2));
    assert_eq!(new.battery, Some(80));
    // Version 1 has no place for it, and the meter is told to go on.
    assert_eq!(old, Report { battery: None, ..new });
}

#[test]
fn obeys_in_both_versions() {
    for version in [1, 2] {
        let mut head = meter::Codec::new(version, Migrations::strict()).expect("a version that it speaks");
        let order = head.encode(&Order::SetValve(SetValve { valve: Valve::Closed })).expect("an order");
        let mut device = Meter::new(version, [0; 8]).expect("a version that it speaks");
        device.obey(&order).expect("an order");
        let mut buffer = [0; 64];
        let len = device.report(&mut buffer).expect("room enough");
        let report: Report = head.decode(&buffer[..len]).expect("a report");
        assert_eq!(report.valve, Valve::Closed);
    }
}

#[test]
fn keeps_what_the_buffer_has_no_room_for() {
    let mut device = Meter::new(2, [0; 8]).expect("a version that it speaks");
    device.measure(60, 125);
    let error = device.report(&mut [0; 4]).expect_err("four octets");
    assert!(matches!(error, Refused::Buffer(_)), "{error}");
    let mut buffer = [0; 64];
    let len = device.report(&mut buffer).expect("room enough");
    let mut head = meter::Codec::new(2, Migrations::strict()).expect("a version that it speaks");
    let report: Report = head.decode(&buffer[..len]).expect("a report");
    assert_eq!(report.samples.len(), 1);
}

#[test]
fn refuses_what_is_no_order() {
    let mut device = Meter::new(2, [0; 8]).expect("a version that it speaks");
    let error = device.obey(&[0, 2]).expect_err("there are two states");
    assert_eq!(error.to_string(), "unknown enum value 2 at byte 1 in Order.SetValve.valve");
}
