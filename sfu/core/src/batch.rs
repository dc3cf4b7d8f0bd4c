//! Datagrams on their way out, laid end to end in runs that one system call can send.

use std::collections::VecDeque;
use std::net::SocketAddr;

use crate::io::Transmit;

const MOST_SEGMENTS: usize = 64;
const MOST_BYTES: usize = 60_000;

#[derive(Debug)]
struct Run {
    source: SocketAddr,
    destination: SocketAddr,
    segment_bytes: usize,
    segments: usize,
    start: usize,
    end: usize,
    closed: bool,
}

/// A buffer that is filled, read to its end and then used again.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    runs: VecDeque<Run>,
}

impl Batch {
    /// Appends one datagram, to the last run when that may still grow.
    pub(crate) fn push(&mut self, source: SocketAddr, destination: SocketAddr, contents: &[u8]) {
        let start = self.start();
        self.bytes.extend_from_slice(contents);
        self.extend_runs(source, destination, start);
    }

    /// Appends one datagram that `write` lays where it is to be; nothing when it answers false.
    pub(crate) fn fill(
        &mut self,
        source: SocketAddr,
        destination: SocketAddr,
        length: usize,
        write: impl FnOnce(&mut [u8]) -> bool,
    ) {
        let start = self.start();
        self.bytes.resize(start + length, 0);
        if write(self.bytes.get_mut(start..).unwrap_or_default()) {
            self.extend_runs(source, destination, start);
        } else {
            self.bytes.truncate(start);
        }
    }

    /// Where the next datagram begins.
    fn start(&mut self) -> usize {
        if self.runs.is_empty() {
            self.bytes.clear();
        }
        self.bytes.len()
    }

    /// Accounts for the datagram from `start` to the end.
    fn extend_runs(&mut self, source: SocketAddr, destination: SocketAddr, start: usize) {
        let end = self.bytes.len();
        let length = end - start;
        if let Some(run) = self.runs.back_mut()
            && run.takes(source, destination, length)
        {
            run.end = end;
            run.segments += 1;
            run.closed = length < run.segment_bytes;
            return;
        }
        self.runs.push_back(Run {
            source,
            destination,
            segment_bytes: length,
            segments: 1,
            start,
            end,
            closed: length == 0,
        });
    }

    /// Whether [`Batch::pop`] has something.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The oldest run.
    pub(crate) fn pop(&mut self) -> Option<Transmit<'_>> {
        let run = self.runs.pop_front()?;
        Some(Transmit {
            source: run.source,
            destination: run.destination,
            segment_bytes: run.segment_bytes,
            contents: self.bytes.get(run.start..run.end)?,
        })
    }
}

impl Run {
    fn takes(&self, source: SocketAddr, destination: SocketAddr, size: usize) -> bool {
        !self.closed
            && self.source == source
            && self.destination == destination
            && size > 0
            && size <= self.segment_bytes
            && self.segments < MOST_SEGMENTS
            && self.end - self.start + size <= MOST_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, MOST_BYTES, MOST_SEGMENTS};
    use std::net::SocketAddr;

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, 1], port))
    }

    fn runs(batch: &mut Batch) -> Vec<(u16, usize, usize)> {
        let mut runs = Vec::new();
        while let Some(run) = batch.pop() {
            runs.push((
                run.destination.port(),
                run.segment_bytes,
                run.contents.len(),
            ));
        }
        runs
    }

    #[test]
    fn equal_sizes_share_a_run_and_a_shorter_one_ends_it() {
        let mut batch = Batch::default();
        for size in [100, 100, 40, 100, 101] {
            batch.push(address(1), address(2), &vec![0; size]);
        }
        assert_eq!(
            runs(&mut batch),
            [(2, 100, 240), (2, 100, 100), (2, 101, 101)]
        );
    }

    #[test]
    fn another_destination_or_source_begins_another_run() {
        let mut batch = Batch::default();
        batch.push(address(1), address(2), &[0; 10]);
        batch.push(address(1), address(3), &[0; 10]);
        batch.push(address(4), address(3), &[0; 10]);
        assert_eq!(runs(&mut batch), [(2, 10, 10), (3, 10, 10), (3, 10, 10)]);
    }

    #[test]
    fn a_run_stays_within_what_one_call_may_send() {
        let mut batch = Batch::default();
        for _ in 0..=MOST_SEGMENTS {
            batch.push(address(1), address(2), &[0; 10]);
        }
        assert_eq!(runs(&mut batch), [(2, 10, 640), (2, 10, 10)]);
        for _ in 0..60 {
            batch.push(address(1), address(2), &[0; 1200]);
        }
        assert!(runs(&mut batch).iter().all(|run| run.2 <= MOST_BYTES));
    }

    #[test]
    fn a_datagram_that_could_not_be_written_leaves_no_trace() {
        let mut batch = Batch::default();
        batch.push(address(1), address(2), b"one");
        batch.fill(address(1), address(2), 3, |_| false);
        batch.fill(address(1), address(2), 3, |out| {
            out.copy_from_slice(b"two");
            true
        });
        assert_eq!(batch.pop().unwrap().contents, b"onetwo");
        assert!(batch.pop().is_none());
    }

    #[test]
    fn what_was_pushed_comes_out_once_and_in_order() {
        let mut batch = Batch::default();
        batch.push(address(1), address(2), b"one");
        batch.push(address(1), address(2), b"two");
        assert_eq!(batch.pop().unwrap().contents, b"onetwo");
        batch.push(address(1), address(2), b"new");
        assert_eq!(batch.pop().unwrap().contents, b"new");
        assert!(batch.pop().is_none());
    }
}
