//! The workers, each with its own thread and port: who serves which room, and what happens when one dies.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{ParticipantFailed, WorkerStatus};
use tracing::error;

use crate::routing::Router;
use crate::worker::WorkerHandle;

/// A worker that has been started.
pub(crate) struct Started {
    pub handle: WorkerHandle,
    pub thread: JoinHandle<io::Result<()>>,
}

/// Starts the worker of an index, at first and again.
pub(crate) type Start = dyn Fn(u32) -> io::Result<Started> + Send + Sync;

/// All workers of the process.
pub(crate) struct Crew {
    workers: Mutex<Vec<WorkerHandle>>,
    router: Mutex<Router>,
    events: Sender<Event>,
    start: Box<Start>,
}

impl Crew {
    /// Watches workers that run; `start` replaces one that dies.
    pub(crate) fn new(
        workers: Vec<Started>,
        events: Sender<Event>,
        start: Box<Start>,
    ) -> io::Result<Arc<Self>> {
        let (handles, threads): (Vec<_>, Vec<_>) = workers
            .into_iter()
            .map(|worker| (worker.handle, worker.thread))
            .unzip();
        let crew = Arc::new(Self {
            router: Mutex::new(Router::new(handles.len())),
            workers: Mutex::new(handles),
            events,
            start,
        });
        for (index, thread) in threads.into_iter().enumerate() {
            let crew = crew.clone();
            std::thread::Builder::new()
                .name("watch".into())
                .spawn(move || crew.watch(index, thread))?;
        }
        Ok(crew)
    }

    /// Hands a command to the worker that it concerns.
    pub(crate) fn follow(&self, command: Command) {
        let index = lock(&self.router).worker(&command);
        if let Some(worker) = lock(&self.workers).get_mut(index) {
            worker.send(command);
        }
    }

    /// What the workers last said of themselves.
    pub(crate) fn status(&self) -> Vec<WorkerStatus> {
        lock(&self.workers)
            .iter()
            .map(WorkerHandle::status)
            .collect()
    }

    /// Notes who has gone by an event that is about to be told.
    pub(crate) fn note(&self, event: &Event) {
        lock(&self.router).note(event);
    }

    /// The link has closed: every worker ends.
    pub(crate) fn dismiss(&self) {
        lock(&self.workers).clear();
    }

    fn watch(&self, index: usize, mut thread: JoinHandle<io::Result<()>>) {
        loop {
            match thread.join() {
                Ok(Ok(())) => return,
                Ok(Err(failure)) => error!(%failure, index, "a worker has failed"),
                Err(_) => error!(index, "a worker has panicked"),
            }
            match self.replace(index) {
                Ok(next) => thread = next,
                Err(failure) => {
                    // Without its port the process cannot serve as it has promised; the server starts it anew.
                    error!(%failure, index, "a worker could not be replaced");
                    std::process::exit(1);
                }
            }
        }
    }

    /// Puts a fresh worker in the place of a dead one, whose participants are told to come again.
    fn replace(&self, index: usize) -> io::Result<JoinHandle<io::Result<()>>> {
        let number = u32::try_from(index).map_err(io::Error::other)?;
        let Started { handle, thread } = (self.start)(number)?;
        let mut router = lock(&self.router);
        if let Some(worker) = lock(&self.workers).get_mut(index) {
            *worker = handle;
        }
        for participant_sid in router.clear(index) {
            let failed = ParticipantFailed {
                participant_sid,
                reason: Reason::Internal.into(),
                code: "worker_failed".to_owned(),
                message: "the media worker of this room has died".to_owned(),
            };
            let _sent = self.events.send(Event::ParticipantFailed(failed));
        }
        Ok(thread)
    }
}

/// What was locked when a thread panicked is still whole: each change is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Crew, Started};
    use crate::worker::WorkerHandle;
    use jumpa_sfu_proto::AddParticipant;
    use jumpa_sfu_proto::command::Command;
    use jumpa_sfu_proto::event::Event;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    type Ear = Receiver<Command>;

    /// A worker that panics at the second participant; what it hears before goes to `heard`.
    fn fragile(index: u32, heard: &Sender<(u32, Command)>) -> Started {
        let (handle, commands): (WorkerHandle, Ear) = WorkerHandle::pair(index).unwrap();
        let heard = heard.clone();
        let thread = std::thread::spawn(move || {
            for (count, command) in commands.iter().enumerate() {
                assert!(count < 1, "on purpose");
                heard.send((index, command)).unwrap();
            }
            Ok(())
        });
        Started { handle, thread }
    }

    fn add(room: &str, participant: &str) -> Command {
        Command::AddParticipant(AddParticipant {
            room_sid: room.into(),
            participant_sid: participant.into(),
            ..AddParticipant::default()
        })
    }

    #[test]
    fn a_dead_worker_costs_its_participants_and_its_place_is_taken() {
        let (heard, ear) = channel();
        let heard = Arc::new(Mutex::new(heard));
        let start = {
            let heard = heard.clone();
            move |index| Ok(fragile(index, &heard.lock().unwrap()))
        };
        let workers = (0..2).map(|index| start(index).unwrap()).collect();
        let (events, told) = channel();
        let crew = Crew::new(workers, events, Box::new(start)).unwrap();
        let patience = Duration::from_secs(30);

        crew.follow(add("RM_a", "PA_1"));
        crew.follow(add("RM_b", "PA_2"));
        let mut used: Vec<u32> = (0..2)
            .map(|_| ear.recv_timeout(patience).unwrap().0)
            .collect();
        used.sort_unstable();
        assert_eq!(used, [0, 1]);
        crew.follow(add("RM_a", "PA_3"));
        let mut lost: Vec<String> = (0..2)
            .map(|_| match told.recv_timeout(patience).unwrap() {
                Event::ParticipantFailed(failed) => failed.participant_sid,
                other => panic!("{other:?}"),
            })
            .collect();
        lost.sort();
        assert_eq!(lost, ["PA_1", "PA_3"]);
        crew.follow(add("RM_c", "PA_4"));
        let (index, _) = ear.recv_timeout(patience).unwrap();
        assert_eq!(index, 0, "the fresh worker has nobody yet");
        assert!(told.try_recv().is_err());
        crew.dismiss();
    }
}
