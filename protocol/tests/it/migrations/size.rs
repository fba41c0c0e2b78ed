//! What has to be written by hand stays little: it is what the schemas leave open.

use std::fs;
use std::path::Path;

/// The lines of the Rust files in a folder of `src/migrations`, without comments and blank lines.
fn lines(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/migrations").join(folder);
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let texts = files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).expect("a text"));
    texts.map(|text| text.lines().filter(|line| is_code(line)).count()).sum()
}

fn is_code(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim().starts_with("//")
}

#[test]
fn few_lines_are_written_by_hand() {
    let (shared, runner, actor) = (lines(""), lines("runner"), lines("actor"));
    println!("both families: {shared}, runner protocol: {runner}, actor: {actor}");
    assert!(shared + runner <= 350);
    assert!(actor <= 250);
}
