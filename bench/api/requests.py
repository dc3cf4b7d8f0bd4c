"""What people ask for, and how often; each request is somebody's who may ask it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from bench.api import world
from bench.api.client import Request
from bench.api.world import World
from jumpa.kit.access_tokens import AccessTokens, Bearer

API = "/api/v1"
_SIGNS = tuple(map(quote, "👍❤😂🎉"))
# The rarest words and the commonest are not what people look for.
_SOUGHT = (20, 2_000)
_ACTIVE = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody in a room, about a message they wrote there."""

    room: int
    person: int
    message: int


@dataclass(slots=True)
class People:
    """Makes requests of all of them, in a row that a seed decides."""

    whole: World
    tokens: AccessTokens
    chance: Random
    kept: dict[int, str] = field(default_factory=dict)

    def requests(self) -> Iterator[Request]:
        """Yield requests without end."""
        kinds, shares = list(MIX), [share for share, _ in MIX.values()]
        whole, draw = self.whole, self.chance.randrange
        active = [(draw(whole.rooms), draw(whole.members)) for _ in range(_ACTIVE)]
        while True:
            kind = self.chance.choices(kinds, shares)[0]
            room, place = self.chance.choice(active)
            rounds = whole.messages // (whole.rooms * whole.members)
            message = (draw(rounds) * whole.members + place) * whole.rooms + room
            person = whole.member(room, place)
            method, path, body = MIX[kind][1](self.chance, Asked(room, person, message))
            yield Request(kind, method, API + path, self._token(person), body)

    def _token(self, person: int) -> str:
        if person not in self.kept:
            bearer = Bearer(world.user_id(person), world.session_id(person))
            self.kept[person] = self.tokens.mint(bearer)
        return self.kept[person]


Made = tuple[str, str, dict[str, object] | None]
Make = Callable[[Random, Asked], Made]


def _room(asked: Asked) -> str:
    return f"/rooms/{world.code(asked.room)}"


def _message(asked: Asked) -> str:
    return f"{_room(asked)}/messages/{world.message_id(asked.message)}"


def _said(chance: Random) -> str:
    return " ".join(world.word(chance.randrange(2_000)) for _ in range(chance.randint(3, 18)))


def _list_messages(chance: Random, asked: Asked) -> Made:
    return "GET", f"{_room(asked)}/messages?limit={chance.choice((30, 50))}", None


def _search_messages(chance: Random, asked: Asked) -> Made:
    sought = world.word(chance.randint(*_SOUGHT))
    return "GET", f"{_room(asked)}/messages?q={sought}", None


def _search_people(chance: Random, asked: Asked) -> Made:
    first, last = world.name(asked.person)
    sought = chance.choice((first[:3], last[:5], f"{first} {last[:2]}"))
    return "GET", f"/users/search?q={quote(sought)}", None


def _join(_chance: Random, asked: Asked) -> Made:
    return "POST", f"{_room(asked)}/join", {"name": world.name(asked.person)[0]}


def _write(chance: Random, asked: Asked) -> Made:
    return "POST", f"{_room(asked)}/messages", {"message": _said(chance)}


def _edit(chance: Random, asked: Asked) -> Made:
    return "PATCH", _message(asked), {"message": _said(chance)}


def _react(chance: Random, asked: Asked) -> Made:
    return "PUT", f"{_message(asked)}/reactions/{chance.choice(_SIGNS)}", None


# Shares of a hundred.
MIX: dict[str, tuple[int, Make]] = {
    "list rooms": (14, lambda _, __: ("GET", "/rooms", None)),
    "get room": (12, lambda _, asked: ("GET", _room(asked), None)),
    "page of messages": (22, _list_messages),
    "search messages": (5, _search_messages),
    "search people": (5, _search_people),
    "list contacts": (6, lambda _, __: ("GET", "/users/contacts", None)),
    "get profile": (8, lambda _, __: ("GET", "/users/profile", None)),
    "get settings": (4, lambda _, __: ("GET", "/users/settings", None)),
    "join room": (6, _join),
    "write message": (12, _write),
    "edit message": (3, _edit),
    "react": (3, _react),
}
WRITE = "write message"
