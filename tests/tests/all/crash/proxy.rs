//! Owns: a wire between a site and its PostgreSQL that can be cut, and cut at the worst moment. Doesn't own: either end.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The wire; it passes everything on until it is cut.
pub(super) struct Wire {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    cut: bool,
    /// The next COMMIT reaches the database, and its answer nobody.
    swallows_commit: bool,
    /// How many were swallowed.
    swallowed: usize,
    open: Vec<TcpStream>,
}

impl Wire {
    /// A wire to the database at `to`.
    pub(super) fn to(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let wire = Self {
            address,
            state: Arc::clone(&state),
        };
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(to) else { continue };
                let mut now = lock(&state);
                if now.cut {
                    continue; // both ends close at once
                }
                let ends = [near, far];
                now.open
                    .extend(ends.iter().map(|end| end.try_clone().expect("another handle")));
                let [near, far] = ends;
                let (to_far, to_near) = ((clone(&near), clone(&far)), (far, near));
                let state = Arc::clone(&state);
                thread::spawn(move || pass(to_far.0, to_far.1, Some(&state)));
                thread::spawn(move || pass(to_near.0, to_near.1, None));
            }
        });
        wire
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every connection breaks, and none can be made.
    pub(super) fn cut(&self) {
        let mut state = lock(&self.state);
        state.cut = true;
        for end in state.open.drain(..) {
            let _may_be_closed = end.shutdown(Shutdown::Both);
        }
    }

    /// It works again.
    pub(super) fn mend(&self) {
        lock(&self.state).cut = false;
    }

    /// The next COMMIT is carried out, and its connection breaks before anybody hears so.
    pub(super) fn swallow_next_commit(&self) {
        lock(&self.state).swallows_commit = true;
    }

    pub(super) fn swallowed(&self) -> usize {
        lock(&self.state).swallowed
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn clone(end: &TcpStream) -> TcpStream {
    end.try_clone().expect("another handle")
}

/// Passes bytes on until one end closes. `state` is looked at on the way to the database only.
fn pass(mut from: TcpStream, mut to: TcpStream, state: Option<&Mutex<State>>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let bytes = &buffer[..read];
        let swallows = state.is_some_and(|state| {
            let mut state = lock(state);
            let commits = state.swallows_commit && bytes.windows(6).any(|word| word == b"COMMIT");
            state.swallows_commit &= !commits;
            state.swallowed += usize::from(commits);
            commits
        });
        if swallows {
            // The answer finds nobody to be told to.
            let _may_be_closed = from.shutdown(Shutdown::Both);
        }
        if to.write_all(bytes).is_err() {
            break;
        }
        if swallows {
            thread::sleep(Duration::from_millis(300));
            break;
        }
    }
    let _may_be_closed = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
