//! The report of a run, and its places in `README.md`.

use std::path::PathBuf;
use std::process::Command;
use std::{fs, thread};

use crate::measure::run;
use crate::section::Section;
use crate::{peers, table};

/// Measures a section in so many rounds, and returns the report in Markdown.
pub fn measure(section: &Section, rounds: usize, progress: impl FnMut(usize, &str)) -> String {
    let rows = run(section, rounds, progress);
    let all = table::print_all(&rows, &section.ways, section.base);
    let head = format!("Rounds: {rounds}. Machine: {}.", machine());
    if section.name == Section::peers().name {
        let ours = table::print(&rows);
        return format!("{head}\n\n{ours}\nAll libraries, as ratios to {}:\n\n{all}", peers::BASE);
    }
    format!("{head}\n\n{all}")
}

/// Puts `text` between the lines of `README.md` that name `part`.
///
/// # Errors
///
/// If it has no such lines, or cannot be written.
pub fn write(part: &str, text: &str) -> Result<(), String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let before = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let (begin, end) = (format!("<!-- {part}: begin -->\n"), format!("<!-- {part}: end -->"));
    let parts = before.split_once(&begin).and_then(|(head, rest)| Some((head, rest.split_once(&end)?.1)));
    let (head, tail) = parts.ok_or_else(|| format!("`{}` has no place for {part}", path.display()))?;
    fs::write(path, format!("{head}{begin}\n{text}\n{end}{tail}")).map_err(|error| error.to_string())
}

/// The processor, the compiler and the day.
pub fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let day =
        Command::new("date").args(["-u", "+%F"]).output().map(|output| output.stdout).unwrap_or_default();
    let day = String::from_utf8_lossy(&day);
    format!("{model}, {cores} cores, {}, {}", env!("RUSTC_VERSION"), day.trim())
}
