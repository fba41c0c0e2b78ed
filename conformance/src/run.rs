//! A run: from directories of rows to what became of each row.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::cases::{Case, module_name};
use crate::row::{self, Claim, File, Place, Row};
use crate::{Error, Workshop, front};

/// What became of the rows.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many rows `vectors.jsonl` has.
    pub vectors: usize,
    /// How many rows `bad-bytes.jsonl` has.
    pub bad_bytes: usize,
    /// How many rows `good-schemas.jsonl` has.
    pub good_schemas: usize,
    /// How many rows `bad-schemas.jsonl` has.
    pub bad_schemas: usize,
    /// Good schemas that the front end accepts and the generator declines, and the limit they exceed.
    pub beyond_generator: Vec<(Place, String)>,
    /// Bad schemas that are refused by other rules than the row names. They hold all the same:
    /// the rules overlap, and `type A Struct { a: u8 }` breaks the grammar for one reader
    /// and uses an unknown type for another.
    pub other_rules: Vec<(Place, String)>,
    /// The rows that fail, in their order.
    pub failures: Vec<Failure>,
}

/// A row that does not hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// Where the row stands.
    pub place: Place,
    /// What was expected, and what was found.
    pub problem: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl Outcome {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.vectors + self.bad_bytes + self.good_schemas + self.bad_schemas
    }
}

impl fmt::Display for Outcome {
    /// The line of counts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "conformance: {} vectors, {} bad bytes, {} good schemas, {} bad schemas: {} rows, {} failed",
            self.vectors,
            self.bad_bytes,
            self.good_schemas,
            self.bad_schemas,
            self.rows(),
            self.failures.len()
        )
    }
}

/// Judges the rows of all files in `dirs`, compiling in `workshop`.
///
/// # Errors
///
/// [`Error`] if a directory has no data file, or files and programs cannot be used. A row that fails is no error.
pub fn run(dirs: &[impl AsRef<Path>], workshop: &Workshop) -> Result<Outcome, Error> {
    let mut rows = Vec::new();
    for dir in dirs {
        rows.extend(row::read(dir.as_ref())?);
    }
    if rows.is_empty() {
        return Err(Error::NoRows);
    }
    let mut judging = Judging::default();
    for (number, row) in rows.iter().enumerate() {
        judging.outcome.count(row.file);
        judging.take(number, row);
    }
    let Judging { schemas, mut problems, mut outcome } = judging;
    let cases: Vec<Case> = schemas.into_values().filter_map(Schema::into_case).collect();
    let compiled = workshop.judge(&cases)?;
    for case in &cases {
        for (&number, name) in &case.rows {
            if let Some(problem) = compiled.problem(&case.module, name.as_deref()) {
                problems.insert(number, problem);
            }
        }
    }
    outcome.failures = problems
        .into_iter()
        .map(|(number, problem)| Failure { place: rows[number].place.clone(), problem })
        .collect();
    Ok(outcome)
}

/// What is known of the rows before anything is compiled.
#[derive(Default)]
struct Judging<'r> {
    /// What became of each schema text, so that rows with the same text share a module.
    schemas: BTreeMap<&'r str, Schema>,
    problems: BTreeMap<usize, String>,
    outcome: Outcome,
}

enum Schema {
    Case(Box<Case>),
    BeyondGenerator(String),
    Refused(String),
}

impl Schema {
    fn new(text: &str) -> Self {
        match front::generate(text) {
            front::Verdict::Generated(generated) => {
                Self::Case(Box::new(Case::new(module_name(text), generated)))
            }
            front::Verdict::BeyondGenerator(limit) => Self::BeyondGenerator(limit),
            front::Verdict::Refused(reason) => Self::Refused(reason),
        }
    }

    fn into_case(self) -> Option<Case> {
        match self {
            Self::Case(case) => Some(*case),
            Self::BeyondGenerator(_) | Self::Refused(_) => None,
        }
    }
}

impl<'r> Judging<'r> {
    fn take(&mut self, number: usize, row: &'r Row) {
        let result = match &row.claim {
            Err(problem) => Err(problem.clone()),
            Ok(Claim::NoSchema { text, line, rule }) => front::refuses(text, *line).map(|rules| {
                if let Some(rule) = rule
                    && !rules.contains(&rule.as_str())
                {
                    let note = format!("the row says {rule}, the findings go back to {rules:?}");
                    self.outcome.other_rules.push((row.place.clone(), note));
                }
            }),
            Ok(Claim::Schema { text }) => match self.schema(text) {
                Schema::Case(case) => {
                    case.add_schema(number);
                    Ok(())
                }
                Schema::BeyondGenerator(limit) => {
                    let limit = limit.clone();
                    self.outcome.beyond_generator.push((row.place.clone(), limit));
                    Ok(())
                }
                Schema::Refused(reason) => Err(format!("expected the schema to be accepted, found {reason}")),
            },
            Ok(Claim::Message { root, octets, value }) => {
                self.case(&root.schema).and_then(|case| case.add_message(number, root, octets, value))
            }
            Ok(Claim::NoMessage { root, octets, rule }) => {
                self.case(&root.schema).and_then(|case| case.add_no_message(number, root, octets, rule))
            }
        };
        if let Err(problem) = result {
            self.problems.insert(number, problem);
        }
    }

    fn schema(&mut self, text: &'r str) -> &mut Schema {
        self.schemas.entry(text).or_insert_with(|| Schema::new(text))
    }

    fn case(&mut self, text: &'r str) -> Result<&mut Case, String> {
        match self.schema(text) {
            Schema::Case(case) => Ok(case),
            Schema::BeyondGenerator(reason) | Schema::Refused(reason) => {
                Err(format!("expected a schema that code can be generated for, found {reason}"))
            }
        }
    }
}

impl Outcome {
    fn count(&mut self, file: File) {
        *match file {
            File::Vectors => &mut self.vectors,
            File::BadBytes => &mut self.bad_bytes,
            File::GoodSchemas => &mut self.good_schemas,
            File::BadSchemas => &mut self.bad_schemas,
        } += 1;
    }
}
