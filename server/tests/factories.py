"""Makes what tests start from."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx2
from livekit.protocol import room as room_messages
from media.fake_sfu import FakeSfu

from jumpa.app.accounts import outbound
from jumpa.app.composition import App, Parts
from jumpa.app.keys import own_key
from jumpa.config import Settings
from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.places import SeatIssuer
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.kit import objects
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.db.tables import metadata
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail.letter import Letter, MailUnavailableError
from jumpa.kit.passwords import Cost, Passwords
from jumpa.kit.quotas import MemoryCounters
from jumpa.kit.signing import Signer
from jumpa.media.access import Claims, TokenVerifier, VideoGrants, mint
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.settings import EmbeddedConfig, Timings

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
FOREIGN_KEY, FOREIGN_SECRET = "devkey", "a foreign secret with enough bytes in it"
RING = KeyRing("k1", {"k1": b"k" * 32})
# As cheap as argon2id allows: what it costs is a test of its own.
PASSWORDS = Passwords(2, Cost(time=1, memory_kib=8, lanes=1))
ISSUER = SeatIssuer(
    api_key="jumpa-test",
    secret="the server's own secret, long enough",
    signer=Signer(SECRET),
    lifetime=timedelta(minutes=10),
)


@dataclass
class Now:
    """A clock that stands still until a test moves it."""

    seconds: float = 1000

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Clock:
    """A time of day that stands still until a test moves it."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class FakeMailer:
    """Keeps the letters that left; refuses all while `is_away`."""

    sent: list[Letter] = field(default_factory=list)
    is_away: bool = False
    left: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def send(self, letter: Letter, name: str) -> None:
        if self.is_away:
            raise MailUnavailableError
        self.sent.append(letter)
        self.left.put_nowait(name)


@dataclass
class Server:
    """The composed app and what a test may look at."""

    app: App
    parts: Parts
    client: httpx2.AsyncClient
    sfu: FakeSfu
    now: Now
    clock: Clock

    @property
    def engine(self) -> EmbeddedEngine:
        assert isinstance(self.parts.engine, EmbeddedEngine)
        return self.parts.engine

    @property
    def verifier(self) -> TokenVerifier:
        own = self.parts.own_key
        return TokenVerifier({own.name: own.secret}, self.parts.clock)

    async def create_room(self, title: str = "") -> dict[str, str]:
        answer = await self.client.post("/api/v1/rooms", json={"title": title})
        assert answer.status_code == 201
        created: dict[str, str] = answer.json()
        return created

    async def open_live_room(self, code: str) -> None:
        await self.parts.engine.create_room(room_messages.CreateRoomRequest(name=code))

    async def clean_up(self) -> None:
        """Do the chores of the periods that have begun, unless they were done."""
        await self.app.workers.timetable.plan()
        while await self.app.workers.chores.do_due():
            pass

    async def live_rooms(self) -> list[str]:
        return [room.name for room in await self.parts.engine.list_rooms()]


def make_parts(database: Database, settings: Settings, sfu: FakeSfu) -> tuple[Parts, Now, Clock]:
    """Return the parts with a scripted media process and standing clocks."""
    now, clock = Now(), Clock()
    timings = Timings(
        update_batch_s=0, quality_batch_s=0, restart_delay_s=0, resume_timeout_s=0, sfu_ping_s=0.05
    )
    config = EmbeddedConfig(timings=timings)
    parts = Parts(
        settings=settings,
        engine=EmbeddedEngine(config, clock=clock, launch=sfu),
        database=database,
        secret=SECRET,
        own_key=own_key(SECRET),
        keys={FOREIGN_KEY: FOREIGN_SECRET},
        clock=clock,
        now_s=now,
        ring=RING,
        passwords=PASSWORDS,
        mailer=FakeMailer(),
        counters=MemoryCounters(now),
        outbound=outbound(settings.outbound),
        objects=objects.in_memory(),
    )
    return parts, now, clock


def emptying() -> str:
    """Return what leaves nothing but the home organisation, for PostgreSQL's superuser."""
    tables = sorted(set(metadata.tables) - {"organisations"})
    # A few rows are deleted many times as fast as thirty tables are truncated.
    deletions = (f"DELETE FROM {table}" for table in tables)
    others = f"DELETE FROM organisations WHERE id <> '{HOME}'"
    # Foreign keys are triggers: with all of them gone at once there is nothing to check.
    return "; ".join(("SET session_replication_role = replica", *deletions, others))


async def make_room(work: UnitOfWork, title: str = "") -> tuple[Room, str]:
    """Store a room; return it with its host secret."""
    async with work.write(SERVER) as ctx:
        return await rooms.create(ctx, Wanted(title), RoomLimits())


def foreign_token(room: str, identity: str = "bot") -> str:
    """Mint a token as somebody does who has an API key of their own."""
    claims = Claims(identity=identity, video=VideoGrants(room_join=True, room=room))
    return mint(api_key=FOREIGN_KEY, secret=FOREIGN_SECRET, claims=claims, clock=lambda: NOW)
