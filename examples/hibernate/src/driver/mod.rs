//! The driver: it starts everything, is the client, does the harm and judges what came of it.

mod check;
mod client;
mod network;
mod process;
mod schedule;
mod timeline;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use barewire_protocol::session::Version;
use tokio::time::sleep;

use crate::driver::check::{Happened, check};
use crate::driver::client::Client;
use crate::driver::network::{Network, State};
use crate::driver::process::Process;
use crate::driver::schedule::Step;
use crate::driver::timeline::{Line, Timeline, Who, counted};
use crate::runner::store::Store;
use crate::runner::tally;

/// The time between two messages of the client.
const PACE: Duration = Duration::from_millis(4);

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

struct Driver {
    timeline: Timeline,
    network: Network,
    /// The arguments of a runner.
    arguments: [String; 4],
    /// Nothing after it was killed.
    runner: Option<Process>,
    client: Client,
    sent: u32,
}

pub(crate) async fn run(gateway: Version, runner: Version, seed: Option<u64>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("actors.redb");
    let mut timeline = Timeline::new();
    let lines = timeline.lines.clone();
    let _gateway = Process::start(Who::Gateway, &["gateway".into(), format!("v{gateway}")], lines.clone())?;
    let (clients, runners) = timeline.until("the gateway", 0, ports).await?;
    let network = Network::before(runners).await?;
    let path = store.to_str().ok_or("the folder for temporary files has a name that is not UTF-8")?;
    let arguments = ["runner".into(), format!("v{runner}"), network.port.to_string(), path.to_owned()];
    let runner = Process::start(Who::Runner, &arguments, lines.clone())?;
    timeline.until("the runner", 0, |line| said(line, Who::Gateway, "runner is connected in")).await?;
    let client = Client::connect(clients, lines).await?;
    let mut driver = Driver { timeline, network, arguments, runner: Some(runner), client, sent: 0 };
    if driver.is_refused().await? {
        println!("\nThe client was refused, and told why, before it could lose a message.");
        return Ok(());
    }
    // Until then a crash ends the socket, and its client is told so.
    driver.timeline.until("the socket to be stored", 0, |line| said(line, Who::Runner, "stores")).await?;
    driver.timeline.print_runs();
    let drawn = seed.map(schedule::drawn);
    for step in drawn.as_deref().unwrap_or(schedule::DEFAULT) {
        driver.take(*step).await?;
    }
    driver.finish(&store).await
}

impl Driver {
    /// Whether the actor did not take the client.
    async fn is_refused(&mut self) -> Result<bool> {
        let answered = |line: &Line| {
            let closed = said(line, Who::Client, "is closed").map(|()| true);
            closed.or(said(line, Who::Gateway, "client is active").map(|()| false))
        };
        Ok(self.timeline.until("an answer to the client", 0, answered).await?)
    }

    async fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Send(count) => {
                for _ in 0..count {
                    self.send().await?;
                    sleep(PACE).await;
                }
            }
            Step::Burst(count) => {
                for _ in 0..count {
                    self.send().await?;
                }
            }
            Step::Pause(millis) => sleep(Duration::from_millis(millis)).await,
            Step::Settle => self.until_stored().await?,
            Step::Sleep => {
                self.until_stored().await?;
                let status = |line: &Line| line.text.starts_with("client is ");
                let last = self.timeline.seen.iter().rposition(status).unwrap_or(0);
                let hibernates = |line: &Line| said(line, Who::Gateway, "client is hibernating");
                self.timeline.until("the client to hibernate", last, hibernates).await?;
            }
            Step::Kill => {
                if let Some(runner) = self.runner.take() {
                    runner.kill().await?;
                    self.timeline.say(Who::Driver, KILLED);
                }
            }
            Step::Restart => {
                let lines = self.timeline.lines.clone();
                self.timeline.say(Who::Driver, "starts another runner");
                self.runner = Some(Process::start(Who::Runner, &self.arguments, lines)?);
            }
            Step::Swallow => {
                self.timeline.say(Who::Driver, "lets the network swallow what is sent");
                self.network.set(State::Swallowing);
            }
            Step::Break => {
                self.timeline.say(Who::Driver, "breaks the network");
                self.network.set(State::Broken);
            }
            Step::Mend => {
                self.timeline.say(Who::Driver, "mends the network");
                self.network.set(State::Up);
            }
        }
        Ok(())
    }

    async fn send(&mut self) -> Result<()> {
        self.sent += 1;
        self.timeline.say(Who::Client, format!("sends {}", self.sent));
        if let Err(error) = self.client.send(self.sent).await {
            // It may be closed for a reason, which is a line of the timeline.
            self.timeline.catch_up();
            self.timeline.print_runs();
            return Err(format!("the client cannot send: {error}").into());
        }
        Ok(())
    }

    async fn until_stored(&mut self) -> Result<()> {
        let sent = self.sent;
        let stored = |line: &Line| (counted(&line.text) == Some(("stores", sent))).then_some(());
        self.timeline.until("all messages to be stored", 0, stored).await?;
        self.timeline.print_runs();
        Ok(())
    }

    /// Lets the client leave while the actor sleeps, which is woken to learn of it, and judges.
    async fn finish(mut self, store: &Path) -> Result<()> {
        self.take(Step::Sleep).await?;
        self.client.close().await?;
        self.timeline.say(Who::Client, "leaves");
        let forgotten = |line: &Line| said(line, Who::Runner, "forgets the socket");
        self.timeline.until("the socket to be forgotten", 0, forgotten).await?;
        if let Some(runner) = self.runner.take() {
            runner.kill().await?;
        }
        self.timeline.catch_up();
        self.timeline.print_runs();

        let (actor, conns) = Store::open(store)?.load("tally")?;
        let count = actor.as_ref().map_or(Ok(0), tally::count)?;
        let happened: Vec<_> = self.timeline.seen.iter().filter_map(happened).collect();
        println!("\n{}", check(&happened, self.sent, count).map_err(|wrong| wrong.to_string())?);
        if !conns.is_empty() {
            return Err("the socket of the client that has left is still stored".into());
        }
        Ok(())
    }
}

/// What the driver says when it has killed the runner.
const KILLED: &str = "has killed the runner";

/// What the judge is to know.
fn happened(line: &Line) -> Option<Happened> {
    match (line.who, counted(&line.text)) {
        (Who::Runner, Some(("handles", number))) => Some(Happened::Handled(number)),
        (Who::Runner, Some(("stores", number))) => Some(Happened::Stored(number)),
        (Who::Driver, None) if line.text == KILLED => Some(Happened::Killed),
        _ => None,
    }
}

/// Where the gateway listens for clients and for runners.
fn ports(line: &Line) -> Option<(u16, u16)> {
    let ports = line.text.strip_prefix("listens on ")?;
    let (clients, runners) = ports.split_once(" and ")?;
    Some((clients.parse().ok()?, runners.parse().ok()?))
}

fn said(line: &Line, who: Who, what: &str) -> Option<()> {
    (line.who == who && line.text.starts_with(what)).then_some(())
}
