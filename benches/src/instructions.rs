//! Instructions that an operation of ours takes, which no other program on the machine changes.
//!
//! `callgrind` counts them while [`counted`] runs and at no other time. Each operation on each case has a process of its
//! own, so that its count does not depend on what ran before.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::{fs, thread};

use crate::case::Case;
use crate::migrate;
use crate::operation::{Operation, Timed};
use crate::peers::{ALL, OURS};
use crate::section::Section;

/// The command for one operation on one case in one way, so many times.
pub const ONE: &str = "one";

/// Growth above this many percent fails.
const TOLERATED: u64 = 5;

/// How often the operation runs while it is counted, behind once when it is not.
const TIMES: u64 = 10;

/// How the C library copies and fills: always in the same way, where it would else ask how large the caches are.
const TUNABLES: &str = "glibc.cpu.x86_rep_movsb_threshold=0x40000000:\
    glibc.cpu.x86_rep_stosb_threshold=0x40000000:\
    glibc.cpu.x86_non_temporal_threshold=0x40000000";

/// The function that is counted, as callgrind names it.
const COUNTED: &str = "barewire_benches::instructions::counted";

/// Does one operation on one case in one way: the names of the three, and how often.
///
/// # Errors
///
/// If there is no such operation, case or way.
pub fn one(arguments: &[&str]) -> Result<(), String> {
    let [operation, case, way, times] = arguments else {
        return Err(format!("expected `{ONE} OPERATION CASE WAY TIMES`"));
    };
    let times = times.parse().map_err(|_| format!("`{times}` is no number"))?;
    let case = Case::named(case).ok_or_else(|| format!("`{case}` is no case"))?;
    let mut known = ALL.iter().chain(migrate::WAYS);
    let known = known.find(|known| known.name == *way).ok_or_else(|| format!("`{way}` is no way"))?;
    let operations = (known.operations)(&case.value).0;
    let timed = operations.into_iter().find(|timed| timed.operation.name() == *operation);
    let mut timed = timed.ok_or_else(|| format!("`{way}` has no operation `{operation}`"))?;
    timed.repeat(1);
    counted(&mut timed, times);
    Ok(())
}

/// What callgrind counts.
#[inline(never)]
fn counted(timed: &mut Timed, times: u64) {
    timed.repeat(times);
}

/// Counts ours and the steps from version to version, all of it or what is named, and writes the counts or compares them
/// with those written before.
///
/// # Errors
///
/// If callgrind cannot be run, or if something was to be checked and has grown.
pub fn run(cases: &[String], operations: &[Operation], check: bool) -> Result<(), String> {
    let mut jobs = Vec::new();
    for section in [Section::peers(), Section::versions()] {
        let section = section.only(cases, operations);
        let ways = section.ways.into_iter().filter(|way| *way == OURS || migrate::OLDER.contains(way));
        let ways: Vec<_> = ways.collect();
        for operation in section.operations {
            for case in &section.cases {
                jobs.extend(ways.iter().map(|way| Job { operation, case: case.clone(), way }));
            }
        }
    }
    let counts = count_all(&jobs)?;
    if check { compare(&counts) } else { record(&counts) }
}

/// What is counted.
struct Job {
    operation: Operation,
    case: String,
    way: &'static str,
}

impl Job {
    /// Its line in the file, such as `decode ws32` or `upgrade ws32 v1`.
    fn name(&self) -> String {
        match self.way {
            OURS => format!("{} {}", self.operation.name(), self.case),
            way => format!("{} {} {way}", self.operation.name(), self.case),
        }
    }

    fn count(&self) -> Result<u64, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new("valgrind")
            .env("GLIBC_TUNABLES", TUNABLES)
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
            .arg(format!("--toggle-collect={COUNTED}"))
            .arg(program)
            .args([ONE, self.operation.name(), &self.case, self.way, &TIMES.to_string()])
            .output()
            .map_err(|error| format!("cannot run valgrind: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let collected = said.lines().find_map(|line| line.split_once("Collected :"));
        let collected = collected.and_then(|(_, count)| count.trim().parse::<u64>().ok());
        match collected {
            Some(count) if output.status.success() && count > 0 => Ok(count / TIMES),
            _ => Err(format!("callgrind counted nothing of {}:\n{said}", self.name())),
        }
    }
}

/// The names of jobs, and the instructions.
type Counts = BTreeMap<String, u64>;

fn count_all(jobs: &[Job]) -> Result<Counts, String> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut counts = Counts::new();
    thread::scope(|scope| {
        let of_worker = |worker: usize| {
            scope.spawn(move || {
                let own = jobs.iter().skip(worker).step_by(workers);
                own.map(|job| Ok((job.name(), job.count()?))).collect::<Result<Vec<_>, String>>()
            })
        };
        let running: Vec<_> = (0..workers).map(of_worker).collect();
        for worker in running {
            counts.extend(worker.join().map_err(|_| "a worker panicked")??);
        }
        Ok(counts)
    })
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instructions.txt")
}

/// Counts that are not asked for stay as they are.
fn record(counts: &Counts) -> Result<(), String> {
    let mut all = fs::read_to_string(path()).map(|text| parse(&text)).unwrap_or_default();
    all.extend(counts.iter().map(|(name, count)| (name.clone(), *count)));
    let mut text = format!("# Instructions of one operation, by callgrind; {}.\n", compiler());
    for (name, count) in &all {
        writeln!(text, "{name} {count}").expect("writing to a string does not fail");
    }
    fs::write(path(), text).map_err(|error| error.to_string())
}

fn compare(counts: &Counts) -> Result<(), String> {
    let text = fs::read_to_string(path()).map_err(|error| format!("{}: {error}", path().display()))?;
    let before = parse(&text);
    let mut report = String::new();
    for (name, count) in counts {
        let Some(before) = before.get(name) else {
            writeln!(report, "{name}: not recorded").expect("writing to a string does not fail");
            continue;
        };
        if count * 100 > before * (100 + TOLERATED) {
            let percent = (count * 100 / before).saturating_sub(100);
            writeln!(report, "{name}: {count} instructions, {percent} % more than {before}")
                .expect("writing to a string does not fail");
        }
    }
    if report.is_empty() {
        println!("{} counts, none grew by more than {TOLERATED} %", counts.len());
        return Ok(());
    }
    let recorded = text.lines().next().unwrap_or_default();
    Err(format!("{report}\n{recorded}\n# Here: {}.", compiler()))
}

fn parse(text: &str) -> Counts {
    let counts = text.lines().filter(|line| !line.starts_with('#'));
    counts
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(name, count)| Some((name.to_owned(), count.parse().ok()?)))
        .collect()
}

/// The compiler, since another makes other instructions.
fn compiler() -> String {
    env!("RUSTC_VERSION").to_owned()
}
