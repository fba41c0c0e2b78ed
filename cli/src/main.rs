//! The `barewire` command: checks, formats, compares and freezes schemas, and shows what octets mean by them.
//!
//! Each command has a module of its own, which reads arguments, asks a library, and writes what it says.

#![forbid(unsafe_code)]

mod args;
mod changes;
mod check;
mod choice;
mod completions;
mod config;
mod convert;
mod diff;
mod excerpt;
mod explain;
mod failure;
mod family;
mod fmt;
mod frames;
mod freeze;
mod generate;
mod inspect;
mod octets;
mod output;
mod paint;
mod renamed;
mod report;
mod scaffold;
mod schema;
mod stats;
mod targets;

use std::process::ExitCode;

use clap::Parser as _;

use crate::failure::Outcome;

fn main() -> ExitCode {
    let args = args::Args::parse();
    args.color.write_global();
    match args.command.run() {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Err(failure) => failure.report(),
    }
}
