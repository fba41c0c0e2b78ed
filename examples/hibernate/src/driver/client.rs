//! The client: an ordinary WebSocket, which knows nothing of what happens behind its gateway.

use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::driver::timeline::{Line, Who};

pub(super) struct Client {
    sink: SplitSink<WebSocketStream<TcpStream>, Message>,
}

impl Client {
    /// Connects to the actor `tally`. What comes from there becomes lines of the timeline.
    pub(super) async fn connect(gateway: u16, lines: UnboundedSender<Line>) -> Result<Self, Error> {
        let stream = TcpStream::connect(("127.0.0.1", gateway)).await?;
        stream.set_nodelay(true)?;
        let (socket, _) = client_async(format!("ws://127.0.0.1:{gateway}/tally"), stream).await?;
        let (sink, mut stream) = socket.split();
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let text = match message {
                    Message::Text(answer) => format!("is answered {answer}"),
                    Message::Close(Some(frame)) => format!("is closed: {} {}", frame.code, frame.reason),
                    Message::Close(None) => "is closed".into(),
                    Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => continue,
                };
                let _ = lines.send(Line { who: Who::Client, text });
            }
        });
        Ok(Self { sink })
    }

    pub(super) async fn send(&mut self, number: u32) -> Result<(), Error> {
        self.sink.send(Message::text(number.to_string())).await
    }

    pub(super) async fn close(&mut self) -> Result<(), Error> {
        self.sink.send(Message::Close(None)).await
    }
}
