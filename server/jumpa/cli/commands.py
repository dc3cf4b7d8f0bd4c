"""The commands and what they print."""

import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import uvloop
from cyclopts import App, Parameter

import jumpa
from jumpa.cli.accounts import audit, keys, migrate, user
from jumpa.cli.backups import backup, restore
from jumpa.cli.flags import Flags, KeyFlags, settings_of
from jumpa.cli.mail import mail
from jumpa.cli.reference import lines as reference_lines
from jumpa.cli.rooms import room
from jumpa.cli.say import say
from jumpa.cli.show import lines_of
from jumpa.cli.webhooks import webhook
from jumpa.cli.words import words_for
from jumpa.cli.work import work
from jumpa.config import SettingsError
from jumpa.kit import failpoints, log
from jumpa.kit.errors import JumpaError, Kind

FAILED, MISUSED = 1, 2
# So many new objects before the youngest are looked through, and so many looks before the older
# ones are: each is a pause for everybody.
_COLLECTED_AFTER = (20_000, 20, 20)
_FLAGS, _KEYS = Flags(), KeyFlags()
_FIRST_ADMINISTRATOR = (
    "jumpa user create --admin --email you@example.com --first-name Your --last-name Name"
)
_STATUS = {Kind.INVALID: MISUSED}

app = App(
    name="jumpa",
    help="A meeting server: web app, LiveKit protocol and media from one command.",
    version=jumpa.__version__,
    result_action="return_value",
)
config = App(name="config", help="Look at the settings.")
for part in (config, user, room, webhook, work, mail, audit, keys):
    app.command(part)
for command in (migrate, backup, restore):
    app.command(command)


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line, or these words, and exit."""
    try:
        failpoints.arm(os.environ.get(failpoints.VARIABLE, ""))
        status = app(sys.argv[1:] if words is None else words)
    except (SettingsError, JumpaError) as error:
        _complain(str(error))
        kind = error.kind if isinstance(error, JumpaError) else Kind.INVALID
        sys.exit(_STATUS.get(kind, FAILED))
    sys.exit(status if isinstance(status, int) else 0)


@app.command
def serve(*, flags: Flags = _FLAGS) -> None:
    """Start the server."""
    from jumpa.app import running  # noqa: PLC0415  # as slow to load as a server

    # The database and the logs of a data folder are nobody else's.
    os.umask(0o077)
    settings = settings_of(flags)
    log.configure(settings.server.log_level)
    words = words_for(os.environ)

    def announce(found: running.ServeAddresses) -> None:
        say(words.ready, "  " + words.open_page.format(url=found.http))
        if found.https_others:
            say("  " + words.from_elsewhere.format(urls=" ".join(found.https_others)))
            if settings.server.certificate is None:
                say("  " + words.warning_of_browsers)
        say("  " + words.media.format(addresses=" ".join(found.media)))
        if found.media_tcp:
            say("  " + words.media_tcp.format(addresses=" ".join(found.media_tcp)))
        if not found.has_administrator:
            say("  " + words.no_administrator.format(command=_FIRST_ADMINISTRATOR))
        say(words.stop)
        _spare_collector()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(running.serve(settings, announce))


def _spare_collector() -> None:
    """Look for garbage seldom, and never through what lives as long as the server."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


@app.command
def doctor(*, flags: Flags = _FLAGS) -> int:
    """Check ports, addresses, disk and the media process; fails when the server would."""
    from jumpa.cli.doctor import examine  # noqa: PLC0415  # as slow to load as a server

    findings = asyncio.run(examine(settings_of(flags)))
    say(*(str(finding) for finding in findings))
    return FAILED if any(finding.is_failure for finding in findings) else 0


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFlags:
    """What a token says."""

    room: Annotated[str, Parameter(help="Room that it opens.")]
    identity: Annotated[str, Parameter(help="Whom it names.")]
    name: Annotated[str, Parameter(help="Display name.")] = ""
    key: Annotated[str, Parameter(help="API key that signs; the server's own if not given.")] = ""
    minutes: Annotated[float, Parameter(help="Its life in minutes.")] = 360
    admin: Annotated[bool, Parameter(help="May manage the room.", negative=())] = False
    listen_only: Annotated[bool, Parameter(help="May not publish.", negative=())] = False
    hidden: Annotated[bool, Parameter(help="Others do not see it.", negative=())] = False


@app.command
def token(*, says: TokenFlags, flags: KeyFlags = _KEYS) -> None:
    """Mint a LiveKit token and print it."""
    from jumpa.cli.minting import TokenWish, mint_token  # noqa: PLC0415  # as slow to load as a server

    wish = TokenWish(
        room=says.room,
        identity=says.identity,
        name=says.name,
        key=says.key,
        lifetime=timedelta(minutes=says.minutes),
        is_admin=says.admin,
        is_listener=says.listen_only,
        is_hidden=says.hidden,
    )
    say(mint_token(settings_of(flags), wish))


@config.command
def show(*, flags: Flags = _FLAGS) -> None:
    """Print the settings in force; secrets are masked."""
    say(*lines_of(settings_of(flags)))


@config.command
def reference() -> None:
    """Print the reference of all settings, in Markdown."""
    say(*reference_lines())


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
