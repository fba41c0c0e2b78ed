//! A WebSocket as the loop of a process sees it: what is to be sent goes into a queue, and what comes is an input.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::SplitStream;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// How many messages may wait for a peer that reads slowly.
const QUEUE: usize = 4096;
/// As long as so many places are free, there is room for what need not be sent at once.
const ROOM: usize = QUEUE / 2;
/// How long the one that closes waits for the other: with its connection, what was said last could be lost.
const LINGER: Duration = Duration::from_secs(1);

/// What came: a message or a close frame; at last nothing, when the connection has ended.
pub(crate) type Heard = Option<Message>;

/// The loop's end of a WebSocket. Dropping it sends what waits, and closes.
pub(crate) struct Link {
    queue: mpsc::Sender<Message>,
    resume: Arc<Notify>,
}

/// The peer is gone, or so slow that it may as well be.
pub(crate) struct Gone;

impl Link {
    /// Carries `socket` in a task of its own. What comes is made an input, one after each [`Link::resume`]: who is not done
    /// with a message reads no other.
    pub(crate) fn carry<S, I>(
        socket: WebSocketStream<S>,
        inputs: mpsc::Sender<I>,
        input: impl Fn(Heard) -> I + Send + Sync + 'static,
    ) -> Self
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
        I: Send + 'static,
    {
        let (queue, mut queued) = mpsc::channel(QUEUE);
        let resume = Arc::new(Notify::new());
        let (mut sink, mut stream) = socket.split();
        let resumed = resume.clone();
        tokio::spawn(async move {
            let reading = async {
                loop {
                    resumed.notified().await;
                    let Some(message) = next(&mut stream).await else { return };
                    let is_last = matches!(message, Message::Close(_));
                    if inputs.send(input(Some(message))).await.is_err() || is_last {
                        return;
                    }
                }
            };
            let writing = async {
                while let Some(message) = queued.recv().await {
                    if sink.send(message).await.is_err() {
                        return;
                    }
                }
                let _ = sink.close().await;
            };
            tokio::select! {
                () = reading => {}
                () = writing => {}
            }
            let _ = inputs.send(input(None)).await;
            let _ = timeout(LINGER, async { while next(&mut stream).await.is_some() {} }).await;
        });
        Self { queue, resume }
    }

    /// Whether the peer keeps up. What can wait in a machine should, until it does: a machine bounds what waits, and does not
    /// keep a second copy of it.
    pub(crate) fn has_room(&self) -> bool {
        self.queue.capacity() >= ROOM || self.queue.is_closed()
    }

    pub(crate) async fn room(&self) {
        // It fails when the peer is gone, which the next to send will notice.
        let _ = self.queue.reserve_many(ROOM).await;
    }

    pub(crate) fn send(&self, message: Message) -> Result<(), Gone> {
        self.queue.try_send(message).map_err(|_| Gone)
    }

    /// Lets the next message come.
    pub(crate) fn resume(&self) {
        self.resume.notify_one();
    }
}

/// The next message. Pings are answered by the library.
async fn next<S>(stream: &mut SplitStream<WebSocketStream<S>>) -> Option<Message>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        match stream.next().await?.ok()? {
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            message @ (Message::Text(_) | Message::Binary(_) | Message::Close(_)) => return Some(message),
        }
    }
}
