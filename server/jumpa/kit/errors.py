"""What can go wrong, in words that every edge can translate.

JumpaError is the root; each subclass stands beside the code that raises it.
"""

from enum import StrEnum
from typing import Any, ClassVar

from typing_extensions import override


class Kind(StrEnum):
    """What went wrong, for the tables of HTTP, Twirp, WebSocket and command line."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    GONE = "gone"
    CONFLICT = "conflict"
    OUTDATED = "outdated"
    EXHAUSTED = "exhausted"
    UNAVAILABLE = "unavailable"


class JumpaError(Exception):
    """Expected failure; a subclass says its kind and code, and its docstring is the message."""

    kind: ClassVar[Kind]
    code: ClassVar[str]
    # A refusal that must be remembered: the unit of work commits, and raises it afterwards.
    keeps_changes: ClassVar[bool] = False

    @override
    def __init_subclass__(cls, **kwargs: Any) -> None:  # as the base declares it
        super().__init_subclass__(**kwargs)
        missing = [name for name in ("kind", "code") if not hasattr(cls, name)]
        if missing or not cls.__doc__:
            raise TypeError(f"{cls.__name__} needs a docstring, a kind and a code")

    def __init__(self, detail: str | None = None, **facts: object) -> None:
        self.detail = detail or (self.__doc__ or "").splitlines()[0]
        self.facts = facts
        super().__init__(self.detail)
