//! The command line of `jumpa-load`.

use std::ffi::OsString;
use std::time::Duration;

use lexopt::prelude::*;

use crate::error::LoadError;
use crate::token::ApiKey;

pub(crate) const USAGE: &str = "\
jumpa-load: drive a LiveKit-compatible server and count every packet

  --url ws://HOST:PORT       signalling address (required)
  --api-key KEY=SECRET       signs the tokens of the participants (required)
  --room NAME                room to join (default: load)
  --rooms N                  as many rooms, NAME-0 and on, with everyone dealt out to them (default: 1)
  --video-publishers N       participants that publish VP8 in three layers (default: 0)
  --audio-publishers N       participants that publish Opus (default: 0)
  --subscribers N            participants that only listen (default: 0)
  --publishers-listen        publishers subscribe to the others as well
  --joins-per-second N       pace of the joins (default: 20)
  --warmup SECONDS           from the last join to the measured window (default: 3)
  --seconds SECONDS          length of the measured window (default: 20)
  --server-pid PID           measures CPU and memory of this process and its descendants
  --label TEXT               copied into the result
The result is one JSON object on standard output.
";

/// What to run, as asked for on the command line.
#[derive(Debug, Clone)]
pub(crate) struct Arguments {
    pub(crate) url: String,
    pub(crate) api_key: ApiKey,
    pub(crate) room: String,
    pub(crate) rooms: u16,
    pub(crate) video_publishers: u16,
    pub(crate) audio_publishers: u16,
    pub(crate) subscribers: u16,
    pub(crate) publishers_listen: bool,
    pub(crate) join_interval: Duration,
    pub(crate) warmup: Duration,
    pub(crate) window: Duration,
    pub(crate) server_pid: Option<u32>,
    pub(crate) label: String,
}

impl Arguments {
    /// What the `number`-th room is called.
    pub(crate) fn room_name(&self, number: u16) -> String {
        if self.rooms == 1 {
            self.room.clone()
        } else {
            format!("{}-{number}", self.room)
        }
    }
}

/// `None` asks for the usage text.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Option<Arguments>, LoadError> {
    let mut draft = Draft::default();
    let mut parser = lexopt::Parser::from_iter(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("publishers-listen") => draft.publishers_listen = true,
            Long(name) => {
                let name = name.to_owned();
                let value = parser.value()?.string()?;
                draft.set(&name, value)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    draft.finish().map(Some)
}

#[derive(Default)]
struct Draft {
    url: Option<String>,
    api_key: Option<ApiKey>,
    room: Option<String>,
    rooms: Option<u16>,
    video_publishers: u16,
    audio_publishers: u16,
    subscribers: u16,
    publishers_listen: bool,
    joins_per_second: Option<f64>,
    warmup_s: Option<f64>,
    window_s: Option<f64>,
    server_pid: Option<u32>,
    label: String,
}

impl Draft {
    fn set(&mut self, name: &str, value: String) -> Result<(), LoadError> {
        match name {
            "url" => self.url = Some(value),
            "api-key" => {
                let wrong = || LoadError::Argument("--api-key wants KEY=SECRET".to_owned());
                self.api_key = Some(ApiKey::parse(&value).ok_or_else(wrong)?);
            }
            "room" => self.room = Some(value),
            "rooms" => self.rooms = Some(number(name, &value)?),
            "video-publishers" => self.video_publishers = number(name, &value)?,
            "audio-publishers" => self.audio_publishers = number(name, &value)?,
            "subscribers" => self.subscribers = number(name, &value)?,
            "joins-per-second" => self.joins_per_second = Some(positive(name, &value)?),
            "warmup" => self.warmup_s = Some(positive(name, &value)?),
            "seconds" => self.window_s = Some(positive(name, &value)?),
            "server-pid" => self.server_pid = Some(number(name, &value)?),
            "label" => self.label = value,
            unknown => {
                return Err(LoadError::Argument(format!(
                    "--{unknown} is not an option; see --help"
                )));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Arguments, LoadError> {
        let missing = |name: &str| LoadError::Argument(format!("--{name} is missing; see --help"));
        let publishers = u32::from(self.video_publishers) + u32::from(self.audio_publishers);
        if publishers == 0 {
            return Err(LoadError::Argument(
                "nobody publishes: set --video-publishers or --audio-publishers".to_owned(),
            ));
        }
        if self.subscribers == 0 && !(self.publishers_listen && publishers > 1) {
            return Err(LoadError::Argument(
                "nobody listens: set --subscribers or --publishers-listen".to_owned(),
            ));
        }
        let rooms = self.rooms.unwrap_or(1);
        if rooms == 0 {
            return Err(LoadError::Argument("--rooms wants at least one".to_owned()));
        }
        Ok(Arguments {
            rooms,
            url: self.url.ok_or_else(|| missing("url"))?,
            api_key: self.api_key.ok_or_else(|| missing("api-key"))?,
            room: self.room.unwrap_or_else(|| "load".to_owned()),
            video_publishers: self.video_publishers,
            audio_publishers: self.audio_publishers,
            subscribers: self.subscribers,
            publishers_listen: self.publishers_listen,
            join_interval: Duration::from_secs_f64(1.0 / self.joins_per_second.unwrap_or(20.0)),
            warmup: Duration::from_secs_f64(self.warmup_s.unwrap_or(3.0)),
            window: Duration::from_secs_f64(self.window_s.unwrap_or(20.0)),
            server_pid: self.server_pid,
            label: self.label,
        })
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, LoadError> {
    let wrong = |_| LoadError::Argument(format!("--{name} wants a whole number, not {value}"));
    value.parse().map_err(wrong)
}

/// A number above 0 that still makes sense as seconds or as a rate.
fn positive(name: &str, value: &str) -> Result<f64, LoadError> {
    let is_sensible = |number: &f64| *number > 0.001 && *number < 100_000.0;
    let wrong = || LoadError::Argument(format!("--{name} wants a positive number, not {value}"));
    value.parse().ok().filter(is_sensible).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Arguments>, LoadError> {
        parse(
            std::iter::once("jumpa-load")
                .chain(line.split_whitespace())
                .map(OsString::from),
        )
    }

    #[test]
    fn a_full_line_is_understood() {
        let line = "--url ws://127.0.0.1:1 --api-key k=s --video-publishers 3 --subscribers 15 --seconds 1.5";
        let arguments = read(line).unwrap().unwrap();
        assert_eq!(arguments.video_publishers, 3);
        assert_eq!(arguments.subscribers, 15);
        assert_eq!(arguments.window, Duration::from_millis(1500));
        assert_eq!(arguments.join_interval, Duration::from_millis(50));
    }

    #[test]
    fn several_rooms_have_names_of_their_own() {
        let line = "--url ws://h --api-key k=s --room talk --audio-publishers 2 --subscribers 2";
        let one = read(line).unwrap().unwrap();
        let two = read(&format!("{line} --rooms 2")).unwrap().unwrap();
        assert_eq!(one.room_name(0), "talk");
        assert_eq!([two.room_name(0), two.room_name(1)], ["talk-0", "talk-1"]);
    }

    #[test]
    fn what_cannot_be_run_is_refused_by_name() {
        for (line, word) in [
            (
                "--api-key k=s --video-publishers 1 --subscribers 1",
                "--url",
            ),
            (
                "--url ws://h --video-publishers 1 --subscribers 1",
                "--api-key",
            ),
            ("--url ws://h --api-key k=s --subscribers 1", "publishes"),
            ("--url ws://h --api-key k=s --video-publishers 1", "listens"),
            (
                "--url ws://h --api-key k=s --audio-publishers 1 --publishers-listen",
                "listens",
            ),
            ("--subscribers -1", "--subscribers"),
            ("--subscribers 70000", "--subscribers"),
            ("--seconds inf", "--seconds"),
            ("--seconds NaN", "--seconds"),
            ("--joins-per-second 0", "--joins-per-second"),
            (
                "--url ws://h --api-key k=s --audio-publishers 1 --subscribers 1 --rooms 0",
                "--rooms",
            ),
            ("--api-key ks", "--api-key"),
            ("--colour red", "--colour"),
        ] {
            let message = read(line).unwrap_err().to_string();
            assert!(message.contains(word), "{line}: {message}");
        }
    }
}
