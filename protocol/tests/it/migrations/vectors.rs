//! The recorded migrations of `vectors/migrations.txt`.

use super::carry;
use crate::rows::octets;
use barewire::{CodecError, Downgrade, Family, Upgrade};
use barewire_protocol::{Migrations, actor, runner};

struct Row {
    accepted_by: &'static str,
    versions: (u16, u16),
    from: Vec<u8>,
    /// Nothing if nobody accepts it.
    to: Option<Vec<u8>>,
    line: &'static str,
}

#[test]
fn recorded_migrations_come_out_as_recorded() {
    let text = include_str!("../../../vectors/migrations.txt");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (words, _) = line.split_once('#').expect("a row says where it comes from");
        let words: Vec<_> = words.split_whitespace().collect();
        let [accepted_by, family, versions, message, from, to] = words[..] else {
            panic!("a row has six words: {line}")
        };
        let (old, new) = versions.split_once('>').expect("two versions");
        let number = |text: &str| text.parse().expect("a number");
        let versions = (number(old), number(new));
        let to = (to != "-").then(|| octets(to));
        let row = Row { accepted_by, versions, from: octets(from), to, line };
        match (family, message) {
            ("runner", "ToServer") => check::<runner::Family, runner::latest::ToServer>(&row),
            ("runner", "ToClient") => check::<runner::Family, runner::latest::ToClient>(&row),
            ("runner", "ToRunner") => check::<runner::Family, runner::latest::ToRunner>(&row),
            ("runner", "ToGateway") => check::<runner::Family, runner::latest::ToGateway>(&row),
            ("runner", "ToServerlessServer") => {
                check::<runner::Family, runner::latest::ToServerlessServer>(&row);
            }
            ("actor", "Actor") => check::<actor::Family, actor::latest::Actor>(&row),
            ("actor", "Conn") => check::<actor::Family, actor::latest::Conn>(&row),
            _ => panic!("no such message: {line}"),
        }
    }
}

#[track_caller]
fn check<F: Family, T>(row: &Row)
where
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone,
{
    let Row { accepted_by, versions, from, to, line } = row;
    let (strict, _) = carry::<F, T>(from, *versions, Migrations::strict());
    let (lenient, migrations) = carry::<F, T>(from, *versions, Migrations::lenient());
    let is_loss = |error: &CodecError| matches!(error, CodecError::Migrate(_));
    match (*accepted_by, to) {
        ("both", Some(to)) => {
            assert_eq!(&strict.expect(line)[..], to, "{line}");
            assert_eq!(&lenient.expect(line)[..], to, "{line}");
            assert_eq!(migrations.lost(), [], "{line}");
        }
        ("lenient", Some(to)) => {
            assert!(is_loss(&strict.expect_err(line)), "{line}");
            assert_eq!(&lenient.expect(line)[..], to, "{line}");
            // The losses of decoding are forgotten when encoding begins.
            let loses_at_encoding = versions.1 < versions.0;
            assert_eq!(migrations.lost().len(), usize::from(loses_at_encoding), "{line}");
        }
        ("nobody", None) => {
            let errors = [strict.expect_err(line), lenient.expect_err(line)];
            let is_refusal = |error: &CodecError| {
                matches!(error, CodecError::Migrate(_) | CodecError::UnsupportedVersion(_))
            };
            assert!(errors.iter().all(is_refusal), "{line}: {errors:?}");
        }
        _ => panic!("expected both, lenient or nobody: {line}"),
    }
}
