//! What may stand on the command line.

use clap::{Parser, Subcommand, ValueEnum};

use crate::failure::Result;
use crate::{check, completions, convert, diff, explain, fmt, freeze, generate, inspect, scaffold, stats};

/// Checks, formats, compares and freezes BARE schemas, and shows what octets mean by them.
///
/// Findings go to standard output. The exit code is 0 if there are none, 1 if there are, and 2 if a command could not do its work.
#[derive(Debug, Parser)]
#[command(name = "barewire", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Whether to write colors.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to write colors.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    pub(crate) fn write_global(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Check),
    Explain(explain::Explain),
    Fmt(fmt::Fmt),
    Diff(diff::Diff),
    Freeze(freeze::Freeze),
    Retire(freeze::Retire),
    Generate(generate::Generate),
    Scaffold(scaffold::Scaffold),
    Inspect(inspect::Inspect),
    Convert(convert::Convert),
    Stats(stats::Stats),
    Completions(completions::Completions),
}

impl Command {
    pub(crate) fn run(&self) -> Result {
        match self {
            Self::Check(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Fmt(command) => command.run(),
            Self::Diff(command) => command.run(),
            Self::Freeze(command) => command.run(),
            Self::Retire(command) => command.run(),
            Self::Generate(command) => command.run(),
            Self::Scaffold(command) => command.run(),
            Self::Inspect(command) => command.run(),
            Self::Convert(command) => command.run(),
            Self::Stats(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_of_all_commands_fit_together() {
        super::Args::command().debug_assert();
    }
}
