//! The network between the runner and the gateway, which can swallow what is sent, break and be mended.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum State {
    Up,
    /// Nothing arrives, and nobody has noticed yet. Only a break leads out of here, since octets are missing.
    Swallowing,
    /// Connections are broken, and there are no others.
    Broken,
}

pub(super) struct Network {
    /// Where runners find the gateway.
    pub(super) port: u16,
    state: watch::Sender<State>,
}

impl Network {
    pub(super) async fn before(gateway: u16) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let (state, states) = watch::channel(State::Up);
        tokio::spawn(async move {
            while let Ok((runner, _)) = listener.accept().await {
                tokio::spawn(carry(runner, gateway, states.clone()));
            }
        });
        Ok(Self { port, state })
    }

    pub(super) fn set(&self, state: State) {
        self.state.send_replace(state);
    }
}

/// Carries one connection until either side ends it or the network breaks.
async fn carry(runner: TcpStream, gateway: u16, mut states: watch::Receiver<State>) -> io::Result<()> {
    if *states.borrow() != State::Up {
        return Ok(());
    }
    let gateway = TcpStream::connect(("127.0.0.1", gateway)).await?;
    runner.set_nodelay(true)?;
    gateway.set_nodelay(true)?;
    let (from_runner, to_runner) = runner.into_split();
    let (from_gateway, to_gateway) = gateway.into_split();
    let (up, down) = (states.clone(), states.clone());
    tokio::select! {
        result = copy(from_runner, to_gateway, up) => result,
        result = copy(from_gateway, to_runner, down) => result,
        _ = states.wait_for(|state| *state == State::Broken) => Ok(()),
    }
}

async fn copy(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    states: watch::Receiver<State>,
) -> io::Result<()> {
    let mut octets = [0; 4096];
    loop {
        let len = from.read(&mut octets).await?;
        if len == 0 {
            return Ok(());
        }
        if *states.borrow() == State::Up {
            to.write_all(&octets[..len]).await?;
        }
    }
}
