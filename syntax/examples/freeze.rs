//! Creates or updates the `frozen.txt` of a family.
//!
//! ```text
//! freeze DIR VERSION…             freezes versions, such as v1 v2 v2-older
//! freeze DIR --retired VERSION…   marks versions as given up
//! ```

#![forbid(unsafe_code)]

use barewire_syntax::family::Family;
use barewire_syntax::frozen::{FILE_NAME, Label, State, update};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(path) => {
            println!("wrote `{}`", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<PathBuf, String> {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().ok_or("usage: freeze DIR [--retired] VERSION…")?);
    let mut states = Vec::new();
    let mut is_retired = false;
    for arg in args {
        if arg == "--retired" {
            is_retired = true;
            continue;
        }
        let label = Label::parse(&arg)
            .ok_or_else(|| format!("`{arg}` names no version: expected one such as `v3` or `v2-older`"))?;
        let state = match (&label.alternate, is_retired) {
            (_, true) => State::Retired,
            (Some(_), false) => State::Alternate,
            (None, false) => State::Frozen,
        };
        states.push((label, state));
    }
    // A frozen version that changed is refused here, before anything is written.
    let family = Family::load(&dir).map_err(|error| error.to_string())?;
    let text = update(&family, &states).map_err(|error| error.to_string())?;
    let path = dir.join(FILE_NAME);
    fs::write(&path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    Ok(path)
}
