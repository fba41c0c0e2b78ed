//! What is to be reached, as ratios to vbare 0.2.0 in the same run; to the newest version where versions are compared.

use crate::operation::Operation;

/// The goal of an operation on a case, if it has one.
pub fn of(operation: Operation, case: &str) -> Option<f64> {
    let goals = match operation {
        Operation::EncodeFresh => ENCODE_FRESH,
        Operation::EncodeReused => ENCODE_REUSED,
        Operation::Decode => DECODE,
        Operation::Validate => VALIDATE,
        Operation::ReadAll => READ_ALL,
        Operation::Upgrade => return Some(UPGRADE),
        Operation::EncodeSlice
        | Operation::EncodeSegments
        | Operation::DecodeSlice
        | Operation::ReadOne
        | Operation::Downgrade
        | Operation::Read
        | Operation::Write
        | Operation::LookUp
        | Operation::Parse
        | Operation::Generate
        | Operation::Copy => return None,
    };
    goals.iter().find(|(name, _)| *name == case).map(|(_, goal)| *goal)
}

/// Of decoding an older version, to decoding the newest.
const UPGRADE: f64 = 1.15;

type Goals = &'static [(&'static str, f64)];

const ENCODE_FRESH: Goals = &[
    ("ws32", 0.66),
    ("ws1k", 0.89),
    ("ws64k", 1.05),
    ("ws1m", 1.05),
    ("close", 0.45),
    ("req12", 0.35),
    ("events100", 0.65),
    ("hello50", 0.35),
    ("log10k", 0.60),
    ("mesh50k", 0.33),
    ("game1k", 0.68),
];

const ENCODE_REUSED: Goals = &[
    ("ws32", 0.45),
    ("ws1k", 0.77),
    ("ws64k", 1.05),
    ("ws1m", 1.05),
    ("close", 0.31),
    ("req12", 0.38),
    ("events100", 0.69),
    ("hello50", 0.36),
    ("log10k", 0.69),
    ("mesh50k", 0.36),
    ("game1k", 0.76),
];

const DECODE: Goals = &[
    ("ws32", 0.63),
    ("ws1k", 0.72),
    ("ws64k", 0.78),
    ("ws1m", 0.72),
    ("close", 0.52),
    ("req12", 0.61),
    ("events100", 0.75),
    ("hello50", 0.45),
    ("log10k", 0.75),
    ("mesh50k", 0.14),
    ("game1k", 0.84),
];

/// `mesh50k` has a goal in nanoseconds instead: [`VALIDATE_MESH_NS`].
const VALIDATE: Goals = &[
    ("ws32", 0.28),
    ("ws1k", 0.28),
    ("ws64k", 0.41),
    ("ws1m", 0.43),
    ("close", 0.34),
    ("req12", 0.21),
    ("events100", 0.30),
    ("hello50", 0.12),
    ("log10k", 0.21),
    ("game1k", 0.44),
];

/// What validating any number of floats may take, in nanoseconds.
pub const VALIDATE_MESH_NS: f64 = 50.0;

const READ_ALL: Goals = &[
    ("ws32", 0.10),
    ("ws1k", 0.10),
    ("ws64k", 0.15),
    ("ws1m", 0.14),
    ("close", 0.12),
    ("req12", 0.19),
    ("events100", 0.18),
    ("hello50", 0.16),
    ("log10k", 0.27),
    ("mesh50k", 0.03),
    ("game1k", 0.21),
];
