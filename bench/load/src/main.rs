//! Load generator that speaks `LiveKit` signalling.

mod accounting;
mod arguments;
mod clock;
mod error;
mod media;
mod pacing;
mod participant;
mod peer;
mod processes;
mod report;
mod run;
mod signal;
mod socket;
mod token;
mod track;

use std::io::Write;
use std::process::ExitCode;

use crate::error::LoadError;

fn main() -> ExitCode {
    str0m::crypto::from_feature_flags().install_process_default();
    match work() {
        Ok(text) => print(&mut std::io::stdout(), &text, ExitCode::SUCCESS),
        Err(error) => print(
            &mut std::io::stderr(),
            &format!("{error}\n"),
            ExitCode::FAILURE,
        ),
    }
}

fn work() -> Result<String, LoadError> {
    let Some(arguments) = arguments::parse(std::env::args_os())? else {
        return Ok(arguments::USAGE.to_owned());
    };
    let report = run::run(arguments)?;
    let json = serde_json::to_string_pretty(&report)
        .map_err(|error| LoadError::Protocol(error.to_string()))?;
    Ok(json + "\n")
}

fn print(stream: &mut impl Write, text: &str, code: ExitCode) -> ExitCode {
    match stream.write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}
