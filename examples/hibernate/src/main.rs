//! A client's WebSocket that outlives the sleep, the death and the network of its actor.
//!
//! Without a command this is the driver: it starts a gateway and a runner as processes of their own, sends numbered messages
//! as their client while it does them harm, and checks that each was handled in order. See `gateway` and `runner` for how the
//! machines of `barewire_protocol::session` are driven, which is what this example is for.

mod clock;
mod driver;
mod gateway;
mod link;
mod numbered;
mod runner;

use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use barewire_protocol::session::Version;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    about = "Sends numbered messages to an actor that sleeps, is killed and is cut off, and checks that none is lost"
)]
struct Arguments {
    /// The newest version of the protocol that the gateway speaks
    #[arg(long, default_value = "v3", value_parser = version)]
    gateway: Version,
    /// The newest version that the runner speaks
    #[arg(long, default_value = "v3", value_parser = version)]
    runner: Version,
    /// Draws what happens, and when, from this number
    #[arg(long)]
    seed: Option<u64>,
    #[command(subcommand)]
    process: Option<Process>,
}

/// What the driver calls this program as.
#[derive(Subcommand)]
#[command(hide = true)]
enum Process {
    Gateway {
        #[arg(value_parser = version)]
        version: Version,
    },
    Runner {
        #[arg(value_parser = version)]
        version: Version,
        port: u16,
        store: PathBuf,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { gateway, runner, seed, process } = Arguments::parse();
    let result = match process {
        None => driver::run(gateway, runner, seed).await,
        Some(Process::Gateway { version }) => {
            end_with_the_driver();
            gateway::run(version).await.map_err(Into::into)
        }
        Some(Process::Runner { version, port, store }) => {
            end_with_the_driver();
            runner::run(version, port, &store).await
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn version(text: &str) -> Result<Version, String> {
    let number = text.strip_prefix('v').and_then(|number| number.parse().ok());
    let number: u16 = number.ok_or("expected a version such as v3")?;
    Version::try_from(number).map_err(|error| error.to_string())
}

/// Whatever becomes of the driver, its end of the standard input closes with it.
fn end_with_the_driver() {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
}

/// A number that nobody can guess.
fn random() -> u64 {
    // The hasher has random keys.
    RandomState::new().hash_one(0)
}
