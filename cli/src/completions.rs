//! `barewire completions`: what a shell needs to complete commands.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::failure::{Outcome, Result};
use crate::{args, output};

/// Prints the completions for a shell, as in `barewire completions bash > ~/.local/share/bash-completion/completions/barewire`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut args::Args::command(), "barewire", &mut text);
        output::plain(&String::from_utf8_lossy(&text))?;
        Ok(Outcome::Clean)
    }
}
