//! Data packets: from a participant's publisher connection, or the server, to the channels of others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{DataReceived, SendData, Target};
use str0m::channel::{ChannelData, ChannelId};

use crate::arena::Key;
use crate::connection::{Carries, ConnectionKey};
use crate::data::{self, Channel, DataError, Sender};
use crate::participant::{OpenChannel, Participant};
use crate::room::Room;
use crate::state::{Failure, State};
use crate::subscriber::{DataChannel, Subscriber};

/// Reliable data that may wait for one slow receiver.
const MOST_WAITING_BYTES: usize = 16 * 1024 * 1024;
/// Unsent data below which a receiver's channel takes more.
const LOW_BYTES: usize = 32 * 1024;

/// Reliable messages that the connection could not take yet.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    messages: VecDeque<Arc<[u8]>>,
    bytes: usize,
}

/// A receiver that takes its reliable data too slowly.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

impl Backlog {
    fn push(&mut self, message: Arc<[u8]>) -> Result<(), Overflow> {
        self.bytes += message.len();
        self.messages.push_back(message);
        if self.bytes > MOST_WAITING_BYTES {
            Err(Overflow)
        } else {
            Ok(())
        }
    }

    fn pop(&mut self) {
        if let Some(message) = self.messages.pop_front() {
            self.bytes -= message.len();
        }
    }
}

impl Subscriber {
    /// Sends a message, or keeps it when it is reliable and cannot be sent yet.
    fn send_data(&mut self, is_lossy: bool, message: &Arc<[u8]>) -> Result<(), Overflow> {
        if is_lossy {
            if let Some(id) = self.lossy.id.filter(|_| self.lossy.is_open) {
                self.write(id, message);
            }
            return Ok(());
        }
        if !self.takes_data() {
            return Ok(());
        }
        self.backlog.push(message.clone())?;
        self.flush();
        Ok(())
    }

    /// Sends what waits, as far as the connection takes it.
    pub(crate) fn flush(&mut self) {
        let Some(id) = self.reliable.id.filter(|_| self.reliable.is_open) else {
            return;
        };
        while let Some(message) = self.backlog.messages.front().cloned() {
            if !self.write(id, &message) {
                return;
            }
            self.backlog.pop();
        }
    }

    /// A channel towards the client is ready; on a connection for both directions it is the client who has made it.
    fn opened(&mut self, id: ChannelId, is_lossy: bool) {
        let channel = if is_lossy {
            &mut self.lossy
        } else {
            &mut self.reliable
        };
        *channel = DataChannel {
            id: Some(id),
            is_open: true,
        };
        if let Some(mut channel) = self.connection.rtc.channel(id) {
            channel.set_buffered_amount_low_threshold(LOW_BYTES);
        }
    }

    fn write(&mut self, id: ChannelId, message: &[u8]) -> bool {
        let channel = self.connection.rtc.channel(id);
        channel.is_some_and(|mut channel| channel.write(true, message).unwrap_or(false))
    }
}

impl State {
    /// Forwards what a participant has sent on one of LiveKit's channels.
    pub(crate) fn forward_data(&mut self, now: Instant, key: Key<Participant>, data: &ChannelData) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let Some(publisher) = participant
            .publisher
            .as_mut()
            .filter(|_| participant.permission.can_publish_data)
        else {
            return;
        };
        let Some(channel) = publisher
            .channels
            .iter()
            .find(|channel| channel.id == data.id)
        else {
            return;
        };
        let is_lossy = channel.is_lossy;
        let sender = Sender {
            sid: &participant.sid,
            identity: &participant.identity,
        };
        let channel = if is_lossy {
            Channel::Lossy
        } else {
            Channel::Reliable
        };
        let limit = self.config.max_data_bytes;
        let prepared = data::prepare(
            &data.data,
            sender,
            channel,
            limit,
            &mut publisher.reliable_sequence,
        );
        match prepared {
            Ok(mut prepared) => {
                let room = participant.room;
                let topics = &self.config.heard_topics;
                let size_bytes = prepared.bytes.len();
                if let Some(part) = prepared.part.take()
                    && publisher.hearing.hears(part, topics, size_bytes, now)
                {
                    self.events.push_back(Event::DataReceived(DataReceived {
                        participant_sid: participant.sid.clone(),
                        packet: prepared.bytes.clone(),
                    }));
                }
                self.spread(room, is_lossy, &prepared.bytes, |receiver, participant| {
                    receiver != key && prepared.is_for(&participant.identity, &participant.sid)
                });
            }
            Err(error @ DataError::TooLarge { .. }) => {
                let sid = participant.sid.clone();
                self.refuse(&sid, "", "data_too_large", &error.to_string());
            }
            Err(error) => tracing::debug!(%error, "a data packet goes to nobody"),
        }
    }

    /// Sends what the server has to say to a room.
    pub(crate) fn send_data(&mut self, command: &SendData) {
        let Some(room) = self.room_keys.get(&command.room_sid).copied() else {
            return;
        };
        let sids = &command.destination_sids;
        self.spread(room, command.lossy, &command.packet, |_, participant| {
            sids.is_empty() || sids.contains(&participant.sid)
        });
    }

    fn spread(
        &mut self,
        room: Key<Room>,
        is_lossy: bool,
        contents: &[u8],
        is_for: impl Fn(Key<Participant>, &Participant) -> bool,
    ) {
        let Some(room) = self.rooms.get(room) else {
            return;
        };
        let message: Arc<[u8]> = contents.into();
        for key in room.members.clone() {
            let Some(participant) = self
                .participants
                .get_mut(key)
                .filter(|participant| is_for(key, participant))
            else {
                continue;
            };
            self.counters.data_packets += 1;
            let sent = participant.subscriber.send_data(is_lossy, &message);
            self.touch(ConnectionKey {
                participant: key,
                target: Target::Subscriber,
            });
            if sent.is_err() {
                self.fail_slow(key);
            }
        }
    }

    fn fail_slow(&mut self, key: Key<Participant>) {
        let failure = Failure {
            reason: Reason::ConnectionLost,
            code: "data_overflow",
            message: "the client takes its reliable data too slowly",
        };
        self.fail(key, failure);
    }

    /// One of LiveKit's channels is ready, in the directions of its connection.
    pub(crate) fn channel_opened(
        &mut self,
        key: Key<Participant>,
        carries: Carries,
        id: ChannelId,
        label: &str,
    ) {
        let Some((participant, is_lossy)) = self.participants.get_mut(key).zip(is_lossy(label))
        else {
            return;
        };
        if carries.is_upward()
            && let Some(publisher) = &mut participant.publisher
        {
            publisher.channels.push(OpenChannel { id, is_lossy });
        }
        if !carries.is_downward() {
            return;
        }
        participant.subscriber.opened(id, is_lossy);
        self.flush_data(key);
    }

    /// A client has closed a channel.
    pub(crate) fn channel_closed(&mut self, key: Key<Participant>, id: ChannelId) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if let Some(publisher) = &mut participant.publisher {
            publisher.channels.retain(|channel| channel.id != id);
        }
        let subscriber = &mut participant.subscriber;
        for channel in [&mut subscriber.reliable, &mut subscriber.lossy] {
            channel.is_open &= channel.id != Some(id);
        }
    }

    /// A subscriber's connection takes more data.
    pub(crate) fn flush_data(&mut self, key: Key<Participant>) {
        if let Some(participant) = self.participants.get_mut(key) {
            participant.subscriber.flush();
            self.touch(ConnectionKey {
                participant: key,
                target: Target::Subscriber,
            });
        }
    }
}

fn is_lossy(label: &str) -> Option<bool> {
    match label {
        "_reliable" => Some(false),
        "_lossy" => Some(true),
        _ => None,
    }
}
