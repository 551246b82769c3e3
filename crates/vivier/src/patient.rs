//! Owns: [`Patient`], a listener whose connections end once nothing has passed on them for too long: a head that is
//! never finished, an upload that falls silent, an answer that nobody takes; and read in sips. Doesn't own: what is said on them.

use std::{
    future::Future as _,
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    time::{Instant, Sleep},
};

/// So much is read at once, in bytes: hyper's buffer grows to 400 kB a connection where it can be filled.
const SIP: usize = 32 * 1024;

/// A listener that waits for nobody longer than that.
pub(crate) struct Patient {
    listener: TcpListener,
    idle: Duration,
}

impl Patient {
    /// Ends a connection after so long without a byte in either direction.
    pub(crate) fn new(listener: TcpListener, idle: Duration) -> Self {
        Self { listener, idle }
    }
}

impl Listener for Patient {
    type Io = Watched;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Watched, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        let watched = Watched {
            stream,
            idle: self.idle,
            silence: Box::pin(tokio::time::sleep(self.idle)),
        };
        (watched, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Who is at the other end of a connection.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, Patient>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A connection and its silence.
pub(crate) struct Watched {
    stream: TcpStream,
    idle: Duration,
    silence: Pin<Box<Sleep>>,
}

impl Watched {
    /// What came of a step: one that waits fails when the silence has lasted too long, any other ends the silence.
    fn heard<T>(&mut self, context: &mut Context<'_>, step: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if step.is_pending() {
            ready!(self.silence.as_mut().poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.silence.as_mut().reset(Instant::now() + self.idle);
        step
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.remaining().min(SIP);
        let mut sip = ReadBuf::new(buffer.initialize_unfilled_to(room));
        let step = Pin::new(&mut self.stream).poll_read(context, &mut sip);
        let read = sip.filled().len();
        buffer.advance(read);
        self.heard(context, step)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.heard(context, step)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.heard(context, step)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        sync::{Arc, Mutex},
    };

    use axum::{Router, body::Body, extract::State, routing::post};

    use super::*;

    type Heard = Arc<Mutex<Vec<Result<usize, String>>>>;

    async fn take(State(heard): State<Heard>, body: Body) -> &'static str {
        let whole = axum::body::to_bytes(body, 1_000).await;
        let heard_now = whole.map(|bytes| bytes.len()).map_err(|error| error.to_string());
        heard.lock().unwrap().push(heard_now);
        "taken"
    }

    /// Says that and then nothing; gives all that is answered until the connection ends.
    #[expect(clippy::disallowed_methods, reason = "a visitor of the test's own")]
    async fn say_and_fall_silent(address: SocketAddr, text: &'static str) -> String {
        let visitor = tokio::task::spawn_blocking(move || {
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            let mut answer = String::new();
            // Ended or reset: either way it is over.
            let _ = stream.read_to_string(&mut answer);
            answer
        });
        visitor.await.unwrap()
    }

    #[tokio::test]
    async fn who_falls_silent_holds_neither_connection_nor_upload() {
        let heard = Heard::default();
        let router = Router::new()
            .route("/", post(take))
            .with_state(Arc::clone(&heard));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let patient = Patient::new(listener, Duration::from_millis(200));
        let service = router.into_make_service_with_connect_info::<Peer>();
        platform::tasks::spawn("serve", async move { axum::serve(patient, service).await });

        let whole = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nfour";
        let answer = say_and_fall_silent(address, whole).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let half = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nfo";
        say_and_fall_silent(address, half).await;
        let heard_so_far = heard.lock().unwrap().clone();
        assert!(
            matches!(&heard_so_far[..], [Ok(4), Err(_)]),
            "the upload that fell silent broke off: {heard_so_far:?}"
        );
        assert_eq!(say_and_fall_silent(address, "POST / HTTP/1.1\r\nhost:").await, "");
    }
}
