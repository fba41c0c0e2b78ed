//! The clients: what they say goes into the machine, one message after another.

use barewire::Map;
use barewire_protocol::session::gateway::{ClientMessage, Connect, MessageError, Status};
use barewire_protocol::session::{Close, CloseReason, RequestId};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::gateway::{Gateway, Input};
use crate::link::{Heard, Link};
use crate::random;

pub(super) struct Client {
    link: Link,
    /// A message for which there is no room. No other is read meanwhile.
    held: Option<ClientMessage>,
    /// The state that was printed last.
    pub(super) shown: Option<Status>,
}

/// Takes the upgrades of clients. It refuses none: a browser says why a WebSocket was closed, not why there is none.
#[expect(clippy::result_large_err, reason = "the library has it so")]
pub(super) async fn accept(listener: TcpListener, inputs: mpsc::Sender<Input>) {
    while let Ok((stream, _)) = listener.accept().await {
        let inputs = inputs.clone();
        tokio::spawn(async move {
            let mut path = String::new();
            let note_path = |request: &Request, response: Response| {
                path = request.uri().path().to_owned();
                Ok(response)
            };
            let _ = stream.set_nodelay(true);
            let Ok(socket) = accept_hdr_async(stream, note_path).await else { return };
            let [a, b, c, d, ..] = random().to_le_bytes();
            let request = RequestId([a, b, c, d]);
            let link = Link::carry(socket, inputs.clone(), move |heard| Input::Client { request, heard });
            let _ = inputs.send(Input::ClientConnected { request, path, link }).await;
        });
    }
}

impl Gateway {
    /// The actor is named by the path. The client is not listened to before the actor has taken it.
    pub(super) fn client_connected(&mut self, request: RequestId, path: &str, link: Link) {
        let connect = Connect {
            request,
            actor: path.trim_start_matches('/').into(),
            path: path.into(),
            headers: Map::default(),
            version: self.runner.as_ref().map_or(self.version, |runner| runner.version),
        };
        match self.machine.handle_connect(connect, self.clock.now()) {
            Ok(()) => drop(self.clients.insert(request, Client { link, held: None, shown: None })),
            Err(error) => println!("refuses a client: {error}"),
        }
    }

    pub(super) fn accept_client(&mut self, request: RequestId) {
        if let Some(client) = self.clients.get(&request) {
            client.link.resume();
        }
    }

    pub(super) fn client_said(&mut self, request: RequestId, heard: Heard) {
        match heard {
            Some(Message::Text(text)) => {
                self.take(request, ClientMessage { data: text.into(), binary: false });
            }
            Some(Message::Binary(data)) => self.take(request, ClientMessage { data, binary: true }),
            Some(Message::Close(frame)) => self.client_left(request, frame),
            Some(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) | None => {
                self.client_left(request, None);
            }
        }
    }

    fn take(&mut self, request: RequestId, message: ClientMessage) {
        let Some(client) = self.clients.get_mut(&request) else { return };
        let now = self.clock.now();
        match self.machine.handle_client_message(request, message, now) {
            Ok(_) => client.link.resume(),
            Err(MessageError::NoRoom(message) | MessageError::Full(message)) => client.held = Some(message),
            Err(MessageError::TooLarge(_)) => {
                let _ = self.machine.fail(request, CloseReason::PendingLimitReached, now);
            }
            // The socket has ended, and its client will be told.
            Err(MessageError::Command(_)) => {}
            Err(error) => {
                println!("cannot take a message: {error}");
                let _ = self.machine.fail(request, CloseReason::ServerError, now);
            }
        }
    }

    /// There may be room for what was held back.
    pub(super) fn client_has_room(&mut self, request: RequestId) {
        if let Some(message) = self.clients.get_mut(&request).and_then(|client| client.held.take()) {
            self.take(request, message);
        }
    }

    fn client_left(&mut self, request: RequestId, frame: Option<CloseFrame>) {
        let close = frame.map(|frame| Close::new(frame.code.into(), &frame.reason));
        // It is an error where the gateway has closed, which the client only answers.
        let _ = self.machine.handle_client_close(request, close, self.clock.now());
    }

    pub(super) fn send_client(&mut self, request: RequestId, ClientMessage { data, binary }: ClientMessage) {
        let Some(client) = self.clients.get(&request) else { return };
        let message = match Utf8Bytes::try_from(data.clone()) {
            Ok(text) if !binary => Message::Text(text),
            Ok(_) | Err(_) => Message::Binary(data),
        };
        if client.link.send(message).is_err() {
            let _ = self.machine.fail(request, CloseReason::BufferOverflow, self.clock.now());
        }
    }

    pub(super) fn close_client(&mut self, request: RequestId, close: &Close) {
        let Some(client) = self.clients.remove(&request) else { return };
        let frame = close.to_frame();
        let frame = frame.map(|(code, reason)| CloseFrame { code: code.into(), reason: reason.into() });
        let _ = client.link.send(Message::Close(frame));
    }
}
