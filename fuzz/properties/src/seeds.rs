//! What the fuzzer begins with: the recorded messages, the rows of the specification, the schemas, a drawn value of each type,
//! and drawn schedules of sessions.

use std::error::Error;
use std::fs;
use std::path::Path;

use arbitrary::Unstructured;

use crate::migrate::COURSES;
use crate::random::{Size, entropy, octets};
use crate::subject::numbered;

/// An input for the target that it names.
pub type Seed = (&'static str, Vec<u8>);

/// All of them, read from the vectors in this tree.
///
/// # Errors
///
/// If a file cannot be read, or a row is not understood.
pub fn seeds() -> Result<Vec<Seed>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seeds = Vec::new();
    recorded_messages(&mut seeds, &root.join("protocol/vectors"))?;
    drawn_values(&mut seeds)?;
    schemas(&mut seeds, &root)?;
    schedules(&mut seeds);
    Ok(seeds)
}

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn recorded_messages(seeds: &mut Vec<Seed>, vectors: &Path) -> Outcome {
    for file in ["runner.txt", "actor.txt", "migrations.txt", "refused.txt"] {
        for line in fs::read_to_string(vectors.join(file))?.lines() {
            let words: Vec<_> = line.split('#').next().unwrap_or("").split_whitespace().collect();
            match words[..] {
                [version, ty, hex] => recorded(seeds, version, ty, hex),
                [_, family, versions, ty, from, to] => {
                    let (older, newer) = versions.split_once('>').ok_or("two versions")?;
                    recorded(seeds, &format!("{family} v{older}"), ty, from);
                    recorded(seeds, &format!("{family} v{newer}"), ty, to);
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn drawn_values(seeds: &mut Vec<Seed>) -> Outcome {
    for (index, subject) in numbered().iter().enumerate() {
        let entropy = entropy(index as u64, 256);
        let number = subject.number().to_le_bytes();
        if subject.schema().min_len(subject.ty()) < 1 << 12 {
            let mut u = Unstructured::new(&entropy);
            let drawn = octets(subject.schema(), subject.ty(), &mut u, Size::SMALL)?;
            message(seeds, subject.title, subject.name, &drawn);
        }
        // A stream of two frames, the second mostly cut, in pieces of three octets.
        let stream = [&[64, 0][..], &[3; 8], &[2, 0, 0, 0, 7, 8, 5, 0, 0, 0], &entropy[..index % 8]];
        seeds.push(("frames", stream.concat()));
        seeds.push(("encode", [&number, &entropy[..]].concat()));
        seeds.push(("value", entropy));
    }
    Ok(())
}

fn schemas(seeds: &mut Vec<Seed>, root: &Path) -> Outcome {
    for family in ["runner", "actor"] {
        for version in ["v1", "v2", "v3"] {
            let file = root.join("schema").join(family).join(version).with_extension("bare");
            seeds.push(("schema", fs::read(file)?));
        }
    }
    for folder in ["vectors", "more"] {
        for file in ["good-schemas.jsonl", "bad-schemas.jsonl"] {
            for line in fs::read_to_string(root.join("conformance").join(folder).join(file))?.lines() {
                let row: serde_json::Value = serde_json::from_str(line)?;
                let text = row["schema"].as_str().ok_or("a row has a schema")?;
                seeds.push(("schema", text.as_bytes().to_vec()));
            }
        }
    }
    Ok(())
}

fn recorded(seeds: &mut Vec<Seed>, version: &str, ty: &str, hex: &str) {
    // A message that does not exist in the other version has no octets there.
    if let Some(octets) = from_hex(hex) {
        message(seeds, version, ty, &octets);
    }
}

/// Octets that are, or are nearly, the message `ty` of a version, such as `v1` or `runner v1`.
fn message(seeds: &mut Vec<Seed>, version: &str, ty: &str, octets: &[u8]) {
    for subject in numbered().iter().filter(|subject| subject.title.ends_with(version) && subject.name == ty)
    {
        seeds.push(("decode", [&subject.number().to_le_bytes(), octets].concat()));
    }
    for (index, course) in COURSES.iter().enumerate() {
        for (layout, (_, title, name)) in course.layouts.iter().enumerate() {
            if title.ends_with(version) && *name == ty {
                seeds.push(("migrate", [&[index as u8, layout as u8], octets].concat()));
            }
        }
    }
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Choices for whole schedules, and for operations on each machine.
fn schedules(seeds: &mut Vec<Seed>) {
    for seed in 0..48 {
        let mut input = vec![u8::from(seed % 2 == 1), (seed / 2 % 2) as u8];
        input.extend(entropy(seed, 1024));
        seeds.push(("session", input));
    }
}
