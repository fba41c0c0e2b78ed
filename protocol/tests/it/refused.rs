//! The octets that lenient decoders may let pass and ours must not.

use crate::rows::{REFUSED, Row, octets, rows};
use barewire::{Bytes, Decode, Message};
use barewire_protocol::runner::v3;

#[test]
fn refuses_each_row_by_its_rule_at_its_place() {
    let mut refused = Refused { rows: rows(REFUSED) };
    refused.check::<v3::ToServer>("03ffff", "2 bytes left after the value at byte 1 in ToServer");
    refused.check::<v3::ToServer>("8300", "varint is longer than its number needs at byte 0 in ToServer");
    refused.check::<v3::ToServer>("07", "unknown union tag 7 at byte 0 in ToServer");
    refused.check::<v3::ToServerWebSocketOpen>(
        "02",
        "expected 00 or 01 for a bool, found 02 at byte 0 in ToServerWebSocketOpen.canHibernate",
    );
    refused.check::<v3::ToServerWebSocketClose>(
        "02e8030007",
        "expected 00 or 01 for an optional, found 02 at byte 0 in ToServerWebSocketClose.code",
    );
    refused.check::<v3::StopCode>("02", "unknown enum value 2 at byte 0 in StopCode");
    refused.check::<v3::ToServerlessServerInit>(
        "01ff",
        "string is not UTF-8, 0 bytes into it at byte 1 in ToServerlessServerInit.runnerId",
    );
    refused.check::<v3::ToClientWebSocketOpen>(
        "0161012f02016b0178016b0179",
        "map key repeats that of pair 0 at byte 9 in ToClientWebSocketOpen.headers[1].key",
    );
    refused.all_checked();
}

/// The rows of the file that have not been checked.
struct Refused {
    rows: Vec<Row>,
}

impl Refused {
    #[track_caller]
    fn check<M>(&mut self, hex: &str, expected: &str)
    where
        M: Message + for<'a> Decode<'a>,
    {
        let found = self.rows.iter().position(|row| row.hex == hex && row.ty == M::NAME);
        let row = self.rows.remove(found.expect("the file has the row"));
        assert_eq!(row.version, "v3");

        let octets = octets(row.hex);
        let errors = [
            M::decode(&octets).err(),
            M::decode(&Bytes::from(octets.clone())).err(),
            M::View::decode(&octets).err(),
        ];
        for error in errors {
            let error = error.expect("refused");
            assert_eq!(error.to_string(), expected);
            assert_eq!(error.kind().rule(), Some(row.mark));
            assert_eq!(error.needed(), None, "more octets would not help");
        }
    }

    #[track_caller]
    fn all_checked(&self) {
        let left: Vec<_> = self.rows.iter().map(|row| (row.ty, row.hex)).collect();
        assert!(left.is_empty(), "nothing is expected of {left:?}");
    }
}
