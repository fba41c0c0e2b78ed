//! Every recorded message of the protocol, cut at every octet and with every octet changed: `inspect` shows all that was
//! read and, under the octet where it stopped, why.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// One recorded message.
struct Vector {
    family: &'static str,
    version: String,
    ty: String,
    octets: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut vectors = Vec::new();
    for family in ["runner", "actor"] {
        let path = repository.join(format!("protocol/vectors/{family}.txt"));
        for line in fs::read_to_string(path).expect("the vectors are there").lines() {
            let line = line.split('#').next().expect("a line");
            if let [version, ty, hex] = line.split_whitespace().collect::<Vec<_>>()[..] {
                let octet = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
                vectors.push(Vector {
                    family,
                    // The name of a module of Rust.
                    version: version.replace('_', "-"),
                    ty: ty.to_owned(),
                    octets: (0..hex.len()).step_by(2).map(octet).collect(),
                });
            }
        }
    }
    assert!(vectors.len() > 50);
    vectors
}

impl Vector {
    /// The message, its beginnings, and what becomes of it when an octet is another one.
    fn inputs(&self) -> Vec<Vec<u8>> {
        let cut = (0..=self.octets.len()).map(|len| self.octets[..len].to_vec());
        let changed = (0..self.octets.len()).flat_map(|at| {
            [0x00, 0x7f, 0xff, self.octets[at] ^ 0x81].map(|octet| {
                let mut octets = self.octets.clone();
                octets[at] = octet;
                octets
            })
        });
        cut.chain(changed).collect()
    }

    /// What `inspect` writes of all inputs, which are one stream.
    fn inspect(&self, inputs: &[Vec<u8>], format: &str) -> String {
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(self.family);
        let mut child = Command::new(env!("CARGO_BIN_EXE_barewire"))
            .arg("inspect")
            .arg(schema)
            .args(["--type", &self.ty, "--version", &self.version, "--frames", "--format", format])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut stdin = child.stdin.take().expect("it is piped");
        let stream: Vec<u8> = inputs
            .iter()
            .flat_map(|octets| [&(octets.len() as u32).to_le_bytes(), &octets[..]].concat())
            .collect();
        let writer = std::thread::spawn(move || stdin.write_all(&stream).expect("all of it is read"));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("it does not panic");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }
}

#[test]
fn what_was_read_is_shown_and_the_error_under_its_octet() {
    let mut broken = 0;
    for vector in vectors() {
        let inputs = vector.inputs();
        let text = vector.inspect(&inputs, "text");
        let texts: Vec<&str> = text.split("\nframe ").collect();
        let documents = vector.inspect(&inputs, "json");
        let documents: Vec<Json> =
            documents.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!((texts.len(), documents.len()), (inputs.len(), inputs.len()));
        for ((octets, text), document) in inputs.iter().zip(texts).zip(&documents) {
            let read: String = document["values"]
                .as_array()
                .expect("values")
                .iter()
                .map(|value| value["octets"].as_str().expect("digits"))
                .collect();
            let given: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            assert!(given.starts_with(&read), "{read} of {given}");
            let error = &document["error"];
            if error.is_null() {
                assert!(read == given && !text.contains("error:"), "{text}");
                continue;
            }
            broken += 1;
            let offset = error["offset"].as_u64().expect("an offset") as usize;
            let message = error["message"].as_str().expect("a message");
            assert!(text.contains(&format!("\nerror: {message}\n")), "{text}");
            assert_eq!(marked(text), offset, "{text}");
            // A key that stands twice, or octets behind the message, are read before they are wrong.
            let is_read = matches!(error["rule"].as_str(), Some("D9" | "D11"));
            assert!(2 * offset >= read.len() || is_read, "{text}");
        }
    }
    assert!(broken > 3_000, "{broken}");
}

/// The octet above the first sign of the mark.
fn marked(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_mark =
        |line: &&str| line.trim_start().strip_prefix("| ").is_some_and(|it| it.trim_start().starts_with('^'));
    let mut marks = lines.iter().enumerate().filter(|(_, line)| is_mark(line));
    let (at, mark) = marks.next().expect("a mark");
    assert!(marks.next().is_none(), "{text}");
    let (start, _) = lines[at - 1].trim_start().split_once(" |").expect("a line of octets");
    let column = mark.find('^').expect("a sign") - mark.find('|').expect("a frame") - 2;
    assert_eq!(column % 3, 0, "{text}");
    usize::from_str_radix(start, 16).expect("an offset") + column / 3
}
