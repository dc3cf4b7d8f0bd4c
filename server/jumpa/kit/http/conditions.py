"""ETag and If-Match (RFC 9110): two who edit the same thing do not overwrite each other."""

from typing import Annotated, ClassVar

from fastapi import Header

from jumpa.kit.errors import JumpaError, Kind


class ChangedMeanwhileError(JumpaError):
    """Somebody changed it meanwhile; read it again."""

    kind: ClassVar = Kind.OUTDATED
    code: ClassVar = "changed_meanwhile"


IfMatch = Annotated[
    str | None,
    Header(description="ETag of the version that was read; without one the last writer wins."),
]


def etag(version: int) -> str:
    """Return the strong tag of a version."""
    return f'"{version}"'


def check_version(if_match: str | None, version: int) -> None:
    """Raise ChangedMeanwhileError unless the header names this version."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag(version) not in [tag.strip() for tag in if_match.split(",")]:
        raise ChangedMeanwhileError
