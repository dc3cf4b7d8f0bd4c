"""Flags that are settings: what is given on the command line wins over everything else."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from jumpa.config import Settings, load, parse_api_keys

_Texts = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFlags:
    """Flags of every command that needs the server's keys."""

    config: Annotated[Path | None, Parameter(help="Settings file; ./jumpa.toml if it exists.")] = (
        None
    )
    api_key: Annotated[_Texts, Parameter(help="LiveKit API key as key=secret; repeatable.")] = ()
    api_key_file: Annotated[Path | None, Parameter(help="File with API keys.")] = None
    data: Annotated[Path | None, Parameter(help="Folder of database and secrets.")] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Flags(KeyFlags):
    """Flags of `jumpa serve`, and of whatever looks at the same settings."""

    bind: Annotated[str | None, Parameter(help="Address to listen on.")] = None
    port: Annotated[int | None, Parameter(help="Port of HTTP; 0 takes a free one.")] = None
    https: Annotated[str | None, Parameter(help="auto, on or off.")] = None
    https_port: Annotated[int | None, Parameter(help="Port of HTTPS; 0 takes a free one.")] = None
    certificate: Annotated[Path | None, Parameter(help="Certificate chain (PEM).")] = None
    certificate_key: Annotated[Path | None, Parameter(help="Its private key (PEM).")] = None
    media_address: Annotated[_Texts, Parameter(help="IP address for media; repeatable.")] = ()
    udp_port: Annotated[int | None, Parameter(help="Port of media; 0 takes a free one.")] = None
    tcp_port: Annotated[int | None, Parameter(help="Port of media where UDP is blocked.")] = None
    log_level: Annotated[str | None, Parameter(help="debug, info, warning or error.")] = None


def settings_of(flags: KeyFlags) -> Settings:
    """Return the settings with these flags on top; raises SettingsError."""
    given: dict[str, dict[str, Any]] = {
        "auth": {"api_keys": _api_keys(flags.api_key), "api_key_file": flags.api_key_file},
        "storage": {"data": flags.data},
    }
    if isinstance(flags, Flags):
        given |= _of_server(flags)
    groups = {name: _said(values) for name, values in given.items()}
    return load({name: values for name, values in groups.items() if values}, flags.config)


def _of_server(flags: Flags) -> dict[str, dict[str, Any]]:
    return {
        "server": {
            "bind": flags.bind,
            "port": flags.port,
            "https": flags.https,
            "https_port": flags.https_port,
            "certificate": flags.certificate,
            "certificate_key": flags.certificate_key,
            "log_level": flags.log_level,
        },
        "media": {
            "addresses": flags.media_address or None,
            "udp_port": flags.udp_port,
            "tcp_port": flags.tcp_port,
        },
    }


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _api_keys(pairs: tuple[str, ...]) -> object:
    if not pairs:
        return None
    try:
        return parse_api_keys(list(pairs))
    except ValueError:
        # The settings say what is wrong with it, in one place for all sources.
        return list(pairs)
