//! `cargo run --release --manifest-path benches/Cargo.toml -- help`

use std::process::ExitCode;

use barewire_benches::measure::{self, Plan};
use barewire_benches::operation::Operation;
use barewire_benches::{case, instructions, peers, table};

const HELP: &str = "\
benches                       measures everything and writes the table into README.md
benches --op NAME --case NAME measures these only, and prints the table; both may be repeated
benches instructions          counts the instructions of ours by callgrind and writes instructions.txt
benches instructions --check  fails where they have grown by more than 5 %
  --rounds N                  measures so many rounds instead of 5
  --drawn                     measures the cases of many scripts and drawn lengths, too";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let mut rest = arguments.iter().map(String::as_str).peekable();
    let command = rest.next_if(|argument| !argument.starts_with('-')).unwrap_or("table");
    if command == instructions::ONE {
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
            "--drawn" => asked.drawn = true,
            "--help" => return help(),
            other => return Err(format!("unknown argument `{other}`\n\n{HELP}")),
        }
    }
    match command {
        "table" => measure(&asked),
        "instructions" => instructions::run(&asked.cases(), &asked.operations(), asked.check),
        "help" => help(),
        other => Err(format!("unknown command `{other}`\n\n{HELP}")),
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    rounds: Option<usize>,
    operations: Vec<Operation>,
    cases: Vec<String>,
    check: bool,
    drawn: bool,
}

impl Asked {
    fn cases(&self) -> Vec<String> {
        match (self.cases.is_empty(), self.drawn) {
            (false, _) => self.cases.clone(),
            (true, true) => case::names(),
            (true, false) => case::NAMES.map(str::to_owned).to_vec(),
        }
    }

    fn operations(&self) -> Vec<Operation> {
        let all = || Operation::ALL.into_iter().filter(|operation| *operation != Operation::Copy);
        if self.operations.is_empty() { all().collect() } else { self.operations.clone() }
    }
}

fn operation(name: &str) -> Result<Operation, String> {
    let names = Operation::ALL.map(Operation::name).join(", ");
    let found = Operation::ALL.into_iter().find(|operation| operation.name() == name);
    found.ok_or_else(|| format!("`{name}` is no operation: expected one of {names}"))
}

fn known_case(name: &str) -> Result<String, String> {
    let names = case::names();
    let is_known = names.iter().any(|known| known == name);
    is_known
        .then(|| name.to_owned())
        .ok_or_else(|| format!("`{name}` is no case: expected one of {}", names.join(", ")))
}

fn help() -> Result<(), String> {
    println!("{HELP}");
    Ok(())
}

fn measure(asked: &Asked) -> Result<(), String> {
    let plan =
        Plan { rounds: asked.rounds.unwrap_or(5), cases: asked.cases(), operations: asked.operations() };
    let rows = measure::run(&plan, peers::ALL, |round, case| eprintln!("round {}: {case}", round + 1));
    print!("{}\n{}", table::print(&rows), table::print_all(&rows));
    Ok(())
}
