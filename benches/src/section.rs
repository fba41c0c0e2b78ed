//! What is measured together: ways that do the same, and the one that ratios are formed to.

use crate::case::{self, Case, DRAWN};
use crate::operation::{Operation, Timed};
use crate::peers::{self, Library};
use crate::{lookup, migrate, schema, segments, socket};

/// One part of the report.
pub struct Section {
    /// What the command line and the marks in `README.md` call it.
    pub name: &'static str,
    /// The libraries, or the other ways.
    pub ways: Vec<&'static str>,
    /// The way that ratios are formed to.
    pub base: &'static str,
    /// The names of the cases.
    pub cases: Vec<String>,
    /// The operations.
    pub operations: Vec<Operation>,
    timed: fn(&str) -> Vec<(&'static str, Timed)>,
}

impl Section {
    /// Ours and its peers, on values as programs send them.
    pub fn peers() -> Self {
        Self {
            name: "peers",
            ways: names(peers::ALL),
            base: peers::BASE,
            cases: case::NAMES.map(str::to_owned).to_vec(),
            operations: peers::OPERATIONS.to_vec(),
            timed: |case| of_all(peers::ALL, case),
        }
    }

    /// The same on values with text of many scripts and drawn lengths.
    pub fn drawn() -> Self {
        let cases = case::NAMES.map(|name| format!("{name}{DRAWN}")).to_vec();
        Self { name: "drawn", cases, ..Self::peers() }
    }

    /// The newest version and the older ones.
    pub fn versions() -> Self {
        Self {
            name: "versions",
            ways: names(migrate::WAYS),
            base: migrate::DIRECT,
            cases: migrate::CASES.map(str::to_owned).to_vec(),
            operations: migrate::OPERATIONS.to_vec(),
            timed: |case| of_all(migrate::WAYS, case),
        }
    }

    /// A message in one piece and in several.
    pub fn segments() -> Self {
        Self {
            name: "segments",
            ways: names(segments::WAYS),
            base: segments::COPY,
            cases: segments::CASES.map(str::to_owned).to_vec(),
            operations: segments::OPERATIONS.to_vec(),
            timed: |case| of_all(segments::WAYS, case),
        }
    }

    /// Ways to a socket.
    pub fn socket() -> Self {
        Self {
            name: "socket",
            ways: names(socket::WAYS),
            base: socket::COPY,
            cases: socket::CASES.map(str::to_owned).to_vec(),
            operations: socket::OPERATIONS.to_vec(),
            timed: |case| of_all(socket::WAYS, case),
        }
    }

    /// Ways to find a key in a map.
    pub fn lookup() -> Self {
        Self {
            name: "lookup",
            ways: lookup::WAYS.to_vec(),
            base: lookup::TREE,
            cases: lookup::CASES.map(str::to_owned).to_vec(),
            operations: lookup::OPERATIONS.to_vec(),
            timed: lookup::timed,
        }
    }

    /// Ways from schemas to code.
    pub fn schema() -> Self {
        Self {
            name: "schema",
            ways: schema::WAYS.to_vec(),
            base: peers::BASE,
            cases: schema::CASES.map(str::to_owned).to_vec(),
            operations: schema::OPERATIONS.to_vec(),
            timed: schema::timed,
        }
    }

    /// All of them.
    pub fn all() -> [Self; 7] {
        [
            Self::peers(),
            Self::drawn(),
            Self::versions(),
            Self::segments(),
            Self::socket(),
            Self::lookup(),
            Self::schema(),
        ]
    }

    /// What each way does with the case.
    ///
    /// # Panics
    ///
    /// If the section has no such case, or a way does not get back what it encoded.
    pub fn timed(&self, case: &str) -> Vec<(&'static str, Timed)> {
        (self.timed)(case)
    }

    /// What is left where only some cases and operations are asked for; none at all stand for all.
    #[must_use]
    pub fn only(mut self, cases: &[String], operations: &[Operation]) -> Self {
        self.cases.retain(|case| cases.is_empty() || cases.contains(case));
        self.operations.retain(|operation| operations.is_empty() || operations.contains(operation));
        self
    }
}

fn names(ways: &[Library]) -> Vec<&'static str> {
    ways.iter().map(|way| way.name).collect()
}

fn of_all(ways: &[Library], case: &str) -> Vec<(&'static str, Timed)> {
    let value = Case::named(case).expect("a section has known cases").value;
    let of = |way: &Library| {
        let name = way.name;
        (way.operations)(&value).0.into_iter().map(move |timed| (name, timed))
    };
    ways.iter().flat_map(of).collect()
}
