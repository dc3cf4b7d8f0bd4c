//! The server's side of the link, played by a test.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jumpa_sfu_proto::command::Command as Down;
use jumpa_sfu_proto::event::Event as Up;
use jumpa_sfu_proto::{Configure, Failed, Ping, Ready, Version, WorkerStatus};
use prost::Message;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

/// Nothing that a test waits for may take longer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A listening server, the SFU that it has started and the link between them.
pub(crate) struct Server {
    pub(crate) sfu: Sfu,
    pub(crate) link: Link,
}

impl Server {
    /// Starts an SFU and accepts its link; nothing has been said yet.
    pub(crate) fn start() -> Self {
        let path = socket_path();
        let listener = UnixListener::bind(&path).unwrap();
        let sfu = Sfu::start(&path);
        let (stream, _) = listener.accept().unwrap();
        std::fs::remove_file(&path).unwrap();
        Self {
            sfu,
            link: Link::new(stream),
        }
    }

    /// Starts an SFU that is ready; its UDP address.
    pub(crate) fn ready() -> (Self, SocketAddr) {
        let mut server = Self::start();
        server.link.send(Down::Configure(configure()));
        let ready = server.link.ready();
        let address = ready.addresses.first().unwrap().parse().unwrap();
        (server, address)
    }
}

/// Configures an SFU on a free port of the loopback.
pub(crate) fn configure() -> Configure {
    Configure {
        version: Version::Current as u32,
        media_addresses: vec!["127.0.0.1".into()],
        bind_address: "127.0.0.1".into(),
        ..Configure::default()
    }
}

/// Whether nobody holds this UDP port.
pub(crate) fn is_free(address: SocketAddr) -> bool {
    UdpSocket::bind(address).is_ok()
}

/// A path of its own in the system's folder for such things.
pub(crate) fn socket_path() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("jumpa-engine-{}-{number}", std::process::id()))
}

/// Waits until a process has ended, whoever its parent is; false when it goes on living.
pub(crate) fn has_ended(process: impl AsFd) -> bool {
    let timeout = Timespec::try_from(PATIENCE).unwrap();
    let mut ended = [PollFd::new(&process, PollFlags::IN)];
    poll(&mut ended, Some(&timeout)).unwrap() == 1
}

/// A handle on a process that outlives the reuse of its number.
pub(crate) fn handle_on(pid: u32) -> OwnedFd {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    pidfd_open(pid, PidfdFlags::empty()).unwrap()
}

/// A running jumpa-sfu; killed when the test ends.
pub(crate) struct Sfu {
    pub(crate) child: Child,
}

impl Sfu {
    pub(crate) fn start(link: &std::path::Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_jumpa-sfu"))
            .arg("--link")
            .arg(link)
            .env("JUMPA_SFU_LOG", "debug")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child }
    }

    /// Waits for its end: how it ended and what it logged.
    pub(crate) fn ended(&mut self) -> (ExitStatus, String) {
        assert!(has_ended(handle_on(self.child.id())), "it does not end");
        let status = self.child.wait().unwrap();
        let mut log = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut log).unwrap();
        (status, log)
    }
}

impl Drop for Sfu {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The server's end of the link.
pub(crate) struct Link {
    pub(crate) stream: UnixStream,
}

impl Link {
    fn new(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { stream }
    }

    pub(crate) fn send(&mut self, command: Down) {
        let frame = jumpa_sfu_proto::Command {
            command: Some(command),
        };
        self.send_frame(&frame.encode_to_vec());
    }

    pub(crate) fn send_frame(&mut self, body: &[u8]) {
        let length = u32::try_from(body.len()).unwrap();
        self.stream.write_all(&length.to_be_bytes()).unwrap();
        self.stream.write_all(body).unwrap();
    }

    /// The next event; `None` at the end of the link.
    pub(crate) fn receive(&mut self) -> Option<Up> {
        let mut length = [0; 4];
        match self.stream.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return None,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return None,
            outcome => outcome.unwrap(),
        }
        let mut body = vec![0; u32::from_be_bytes(length) as usize];
        self.stream.read_exact(&mut body).unwrap();
        jumpa_sfu_proto::Event::decode(body.as_slice())
            .unwrap()
            .event
    }

    pub(crate) fn ready(&mut self) -> Ready {
        match self.receive() {
            Some(Up::Ready(ready)) => ready,
            other => panic!("not ready but {other:?}"),
        }
    }

    pub(crate) fn failed(&mut self) -> Failed {
        match self.receive() {
            Some(Up::Failed(failed)) => failed,
            other => panic!("not failed but {other:?}"),
        }
    }

    /// What the workers say of themselves.
    pub(crate) fn ping(&mut self, nonce: u64) -> Vec<WorkerStatus> {
        self.send(Down::Ping(Ping { nonce }));
        match self.receive() {
            Some(Up::Pong(pong)) if pong.nonce == nonce => pong.workers,
            other => panic!("no pong {nonce} but {other:?}"),
        }
    }

    /// Pings until the only worker says what is waited for.
    pub(crate) fn ping_until(&mut self, is_so: impl Fn(&WorkerStatus) -> bool) -> WorkerStatus {
        // Bounded by rounds: one takes tens of microseconds, the worker reports 20 times a second.
        for nonce in 0..100_000 {
            let workers = self.ping(nonce);
            let status = workers.first().unwrap();
            if is_so(status) {
                return *status;
            }
        }
        panic!("the worker never says so");
    }
}

/// A peer on the loopback that knows nothing.
pub(crate) fn stranger() -> UdpSocket {
    UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap()
}
