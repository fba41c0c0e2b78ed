//! Shows a notebook of any version, and adds to it.
//!
//! ```text
//! own-schema FILE                          shows what the file holds
//! own-schema FILE add TEXT                 adds a note, and writes the newest version
//! own-schema FILE add TEXT --as N          writes version N, for programs that are older than this one
//! own-schema FILE add TEXT --as N --lossy  even if that loses something
//! ```

#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use barewire::CodecError;
use own_schema::notes::{self, latest::Notebook};
use own_schema::{Migrations, Store, StoreError};

const USAGE: &str = "usage: own-schema FILE [add TEXT [--as VERSION] [--lossy]]";

fn main() -> ExitCode {
    let text = Arguments::parse(std::env::args_os().skip(1)).and_then(run);
    let written = match &text {
        Ok(text) => io::stdout().write_all(text.as_bytes()),
        Err(reason) => writeln!(io::stderr(), "{reason}"),
    };
    // Who stopped reading has seen enough.
    match (text, written) {
        (Ok(_), Ok(())) => ExitCode::SUCCESS,
        (Ok(_), Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        (Ok(_), Err(_)) | (Err(_), _) => ExitCode::FAILURE,
    }
}

struct Arguments {
    file: PathBuf,
    add: Option<Add>,
}

struct Add {
    text: String,
    version: u16,
    migrations: Migrations,
}

impl Arguments {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let file = PathBuf::from(args.next().ok_or(USAGE)?);
        let mut args = args.map(|arg| {
            arg.into_string().map_err(|arg| format!("`{}` is not Unicode\n{USAGE}", arg.display()))
        });
        let Some(command) = args.next().transpose()? else { return Ok(Self { file, add: None }) };
        if command != "add" {
            return Err(format!("expected `add`, found `{command}`\n{USAGE}"));
        }
        let text = args.next().transpose()?.ok_or_else(|| format!("expected a text after `add`\n{USAGE}"))?;
        let mut add = Add { text, version: notes::LATEST, migrations: Migrations::strict() };
        while let Some(option) = args.next().transpose()? {
            match option.as_str() {
                "--as" => {
                    let version = args.next().transpose()?.unwrap_or_default();
                    add.version = version.parse().map_err(|_| {
                        format!("expected a version such as 1 after `--as`, found `{version}`\n{USAGE}")
                    })?;
                }
                "--lossy" => add.migrations = Migrations::lenient(),
                _ => return Err(format!("expected `--as` or `--lossy`, found `{option}`\n{USAGE}")),
            }
        }
        Ok(Self { file, add: Some(add) })
    }
}

/// Does what the arguments ask for; returns what to print.
fn run(Arguments { file, add }: Arguments) -> Result<String, String> {
    match add {
        None => show(file),
        Some(add) => write(file, add),
    }
}

fn show(file: PathBuf) -> Result<String, String> {
    let missing =
        format!("`{0}` does not exist\nnote: `own-schema {0} add TEXT` begins a notebook", file.display());
    let mut store =
        Store::new(file, notes::LATEST, Migrations::strict()).map_err(|error| error.to_string())?;
    let stored = store.read().map_err(explained)?.ok_or(missing)?;
    Ok(format!("version {}, revision {}\n{}", stored.version, stored.notebook.revision, stored.notebook))
}

fn write(file: PathBuf, Add { text, version, migrations }: Add) -> Result<String, String> {
    let mut store = Store::new(file, version, migrations).map_err(|error| error.to_string())?;
    let mut notebook = store.read().map_err(explained)?.map_or(Notebook::empty(), |stored| stored.notebook);
    notebook.add_note(&text);
    let losses = store.write(&notebook).map_err(explained)?;
    let losses: String = losses.iter().map(|loss| format!("lost: {loss}\n")).collect();
    Ok(format!("wrote version {version}, revision {}\n{losses}", notebook.revision))
}

/// The message for `error`, with what to do about it.
fn explained(error: StoreError) -> String {
    let note = match &error {
        StoreError::Codec { error: CodecError::UnsupportedVersion(error), .. }
            if error.version > notes::LATEST =>
        {
            "a newer program wrote the file, or it is no notebook"
        }
        StoreError::Codec { error: CodecError::UnsupportedVersion(_), .. } => "the file is no notebook",
        StoreError::Codec { error: CodecError::Decode(error), .. } if error.needed().is_some() => {
            "the file is cut: a copy of it may be whole"
        }
        StoreError::Codec { error: CodecError::Decode(_), .. } => {
            "the file was damaged, or it is no notebook"
        }
        StoreError::Codec { error: CodecError::Migrate(_), .. } => {
            "the file is as it was: without `--as` all is kept, with `--lossy` titles and states may be lost"
        }
        _ => return error.to_string(),
    };
    format!("{error}\nnote: {note}")
}
