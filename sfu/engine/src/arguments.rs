//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the program was asked to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Connect to the server that listens at this Unix socket.
    Serve(PathBuf),
    /// Print name and version.
    Version,
    /// Print how to use it.
    Help,
}

/// Reads the arguments that follow the program's name; the error is a sentence.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else {
        return Err("jumpa-sfu is started by `jumpa serve`; --link PATH is missing".into());
    };
    let request = match first.to_str() {
        Some("--version") => Request::Version,
        Some("--help") => Request::Help,
        Some("--link") => match arguments.next() {
            Some(path) => Request::Serve(path.into()),
            None => return Err("--link needs the path of a Unix socket".into()),
        },
        _ => return Err(format!("unknown argument {}", first.display())),
    };
    match arguments.next() {
        None => Ok(request),
        Some(extra) => Err(format!("unknown argument {}", extra.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    fn parsed(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(Into::into))
    }

    #[test]
    fn the_link_is_a_path() {
        assert_eq!(parsed("--link /run/x"), Ok(Request::Serve("/run/x".into())));
    }

    #[test]
    fn version_and_help_stand_alone() {
        assert_eq!(parsed("--version"), Ok(Request::Version));
        assert_eq!(parsed("--help"), Ok(Request::Help));
        assert!(parsed("--help me").is_err());
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        assert!(parsed("").unwrap_err().contains("--link"));
        assert!(parsed("--link").unwrap_err().contains("path"));
        assert!(parsed("--port 7").unwrap_err().contains("--port"));
    }
}
