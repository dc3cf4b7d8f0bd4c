//! The jumpa-sfu program: sockets, threads, timers and the link around the core.

mod arguments;
mod clock;
mod crew;
mod link;
mod routing;
mod socket;
mod tcp;
mod worker;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use arguments::Request;
use tracing::error;
use tracing_subscriber::EnvFilter;

const USAGE: &str = "jumpa-sfu --link PATH\n\nThe media process of Jumpa; `jumpa serve` starts it.";

fn main() -> ExitCode {
    match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Serve(path)) => serve(&path),
        Ok(Request::Version) => say(&mut std::io::stdout(), env!("CARGO_PKG_VERSION"), 0),
        Ok(Request::Help) => say(&mut std::io::stdout(), USAGE, 0),
        Err(sentence) => say(&mut std::io::stderr(), &sentence, 2),
    }
}

fn serve(path: &Path) -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(
            EnvFilter::try_from_env("JUMPA_SFU_LOG")
                .unwrap_or_else(|_| EnvFilter::new("info,str0m=error")),
        )
        .init();
    // The default would write plain lines between the JSON ones.
    std::panic::set_hook(Box::new(|panic| error!(%panic, "a thread has panicked")));
    // The link's end is what ends us; this covers a server that dies before it has accepted.
    let _ignored =
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM));
    match link::serve(path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            error!(%failure, "jumpa-sfu ends");
            ExitCode::FAILURE
        }
    }
}

/// Writes a line for people; a closed terminal is no reason to fail.
fn say(stream: &mut impl Write, line: &str, status: u8) -> ExitCode {
    let _written = writeln!(stream, "{line}");
    ExitCode::from(status)
}
