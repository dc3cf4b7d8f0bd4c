"""Passwords: hashed slowly on purpose, in a few threads, never while a transaction is open."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from zxcvbn import zxcvbn

from jumpa.kit.errors import JumpaError, Kind

LONGEST = 256
_BCRYPT_BYTES = 72
# zxcvbn refuses longer ones, and its work grows faster than their length.
_MEASURED = 72


class PasswordWeakError(JumpaError):
    """This password is easy to guess; choose a longer or less usual one."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "password_weak"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: passes, KiB of memory, lanes (RFC 9106)."""

    time: int = 3
    memory_kib: int = 65536
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a password was right; `rehashed` replaces a hash of an older kind."""

    is_right: bool
    rehashed: str | None = None


class Passwords:
    """Hashes with argon2id; verifies bcrypt as well, and moves it to argon2id."""

    def __init__(self, threads: int, cost: Cost | None = None) -> None:
        chosen = cost or Cost()
        argon2 = Argon2Hasher(
            time_cost=chosen.time, memory_cost=chosen.memory_kib, parallelism=chosen.lanes
        )
        self._hash = PasswordHash((argon2, BcryptHasher()))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        # Verified when there is no account, so that none takes as long as one.
        self._nobodys = self._hash.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """Return the hash to keep."""
        return await self._in_pool(self._hash.hash, password)

    async def verify(self, password: str, kept: str | None) -> Verified:
        """Compare; without a kept hash it works as long and is wrong."""
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, self._verify, password, kept
        )

    async def check_strength(
        self, password: str, own_words: Sequence[str], *, characters: int, score: int
    ) -> None:
        """Refuse what is short, or guessed early by who knows the person; PasswordWeakError."""
        if len(password) < characters:
            raise PasswordWeakError(f"A password has at least {characters} characters.")
        measured = await asyncio.get_running_loop().run_in_executor(
            self._pool, _score, password, own_words
        )
        if measured < score:
            raise PasswordWeakError

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _in_pool(self, work: Callable[[str], str], password: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, password)

    def _verify(self, password: str, kept: str | None) -> Verified:
        if kept is None or not kept.startswith("$2"):
            return self._compare(password, kept)
        # bcrypt reads 72 bytes; a longer password can only have been another one.
        if len(password.encode()) > _BCRYPT_BYTES:
            return Verified(is_right=False)
        return self._compare(password, kept)

    def _compare(self, password: str, kept: str | None) -> Verified:
        try:
            is_right, rehashed = self._hash.verify_and_update(password, kept or self._nobodys)
        except (UnknownHashError, ValueError):
            return Verified(is_right=False)
        is_theirs = is_right and kept is not None
        return Verified(is_theirs, rehashed if is_theirs else None)


def _score(password: str, own_words: Sequence[str]) -> int:
    words = [word.lower() for word in own_words if word]
    score: int = zxcvbn(password[:_MEASURED], user_inputs=words)["score"]
    return score
