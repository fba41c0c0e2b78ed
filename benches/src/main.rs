//! `cargo run --release --manifest-path benches/Cargo.toml -- help`

use std::process::ExitCode;

use barewire_benches::operation::Operation;
use barewire_benches::section::Section;
use barewire_benches::{compile, instructions, report};

const HELP: &str = "\
benches                       measures everything and writes the tables into README.md
benches PART                  measures one part: peers, drawn, versions, segments, socket, lookup, schema or compile
  --op NAME --case NAME       measures these only, and prints the tables; both may be repeated
  --rounds N                  measures so many rounds instead of 5
  --dry                       prints everything instead of writing it
benches instructions          counts the instructions of ours by callgrind into instructions.txt
benches instructions --check  fails where they have grown by more than 5 %";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let mut rest = arguments.iter().map(String::as_str).peekable();
    let command = rest.next_if(|argument| !argument.starts_with('-'));
    if command == Some(instructions::ONE) {
        return instructions::one(&rest.collect::<Vec<_>>());
    }
    let mut asked = Asked::default();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("`{argument}` has no value"));
        match argument {
            "--rounds" => asked.rounds = Some(value()?.parse().map_err(|_| "expected a number of rounds")?),
            "--op" => asked.operations.push(operation(value()?)?),
            "--case" => asked.cases.push(known_case(value()?)?),
            "--check" => asked.check = true,
            "--dry" => asked.dry = true,
            other => return Err(format!("unknown argument `{other}`\n\n{HELP}")),
        }
    }
    match command {
        None => {
            measure(Section::all(), &asked)?;
            if asked.is_whole() { compile(&asked) } else { Ok(()) }
        }
        Some(compile::PART) => compile(&asked),
        Some("instructions") => instructions::run(&asked.cases, &asked.operations, asked.check),
        Some("help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(part) => {
            let section = Section::all().into_iter().find(|section| section.name == part);
            measure([section.ok_or_else(|| format!("unknown command `{part}`\n\n{HELP}"))?], &asked)
        }
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    rounds: Option<usize>,
    operations: Vec<Operation>,
    cases: Vec<String>,
    check: bool,
    dry: bool,
}

impl Asked {
    /// Whether everything of a part is asked for.
    fn is_whole(&self) -> bool {
        self.cases.is_empty() && self.operations.is_empty()
    }

    fn rounds(&self) -> usize {
        self.rounds.unwrap_or(5)
    }
}

fn operation(name: &str) -> Result<Operation, String> {
    let names = Operation::ALL.map(Operation::name).join(", ");
    let found = Operation::ALL.into_iter().find(|operation| operation.name() == name);
    found.ok_or_else(|| format!("`{name}` is no operation: expected one of {names}"))
}

fn known_case(name: &str) -> Result<String, String> {
    let known = Section::all().iter().any(|section| section.cases.iter().any(|case| case == name));
    if known { Ok(name.to_owned()) } else { Err(format!("`{name}` is no case")) }
}

fn measure(sections: impl IntoIterator<Item = Section>, asked: &Asked) -> Result<(), String> {
    for section in sections {
        let section = section.only(&asked.cases, &asked.operations);
        if section.cases.is_empty() || section.operations.is_empty() {
            continue;
        }
        let text =
            report::measure(&section, asked.rounds(), |round, case| progress(section.name, round, case));
        publish(section.name, &text, asked)?;
    }
    Ok(())
}

fn compile(asked: &Asked) -> Result<(), String> {
    let text = compile::measure(asked.rounds(), |round, of| progress(compile::PART, round, of))?;
    publish(compile::PART, &text, asked)
}

fn progress(part: &str, round: usize, of: &str) {
    eprintln!("{part}, round {}: {of}", round + 1);
}

fn publish(part: &str, text: &str, asked: &Asked) -> Result<(), String> {
    if asked.is_whole() && !asked.dry {
        return report::write(part, text);
    }
    println!("{text}");
    Ok(())
}
