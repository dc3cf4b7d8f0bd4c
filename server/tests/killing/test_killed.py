"""A server that is killed at any named step loses nothing acknowledged and doubles nothing."""

import re
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from killing.site import DEADLINE_S, Site, Warm
from people import API, PASSWORD

from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

REGISTER = (FailPoint.REGISTER_RECEIVED, FailPoint.REGISTER_WRITTEN, FailPoint.REGISTER_COMMITTED)
LETTER = (
    FailPoint.WORK_TAKEN,
    FailPoint.LETTER_TAKEN,
    FailPoint.LETTER_SENT,
    FailPoint.WORK_DONE,
)
VERIFY = (FailPoint.VERIFY_WRITTEN, FailPoint.VERIFY_COMMITTED)
REFRESH = (FailPoint.REFRESH_RECEIVED, FailPoint.REFRESH_WRITTEN, FailPoint.REFRESH_COMMITTED)
JOIN = (FailPoint.JOIN_RECEIVED, FailPoint.JOIN_WRITTEN, FailPoint.JOIN_COMMITTED)
CHAT = (
    FailPoint.CHAT_RECEIVED,
    FailPoint.CHAT_WRITTEN,
    FailPoint.CHAT_COMMITTED,
    FailPoint.CHAT_TOLD,
)
MIGRATE = (
    FailPoint.MIGRATE_STARTED,
    FailPoint.MIGRATE_STEP,
    FailPoint.MIGRATE_WRITTEN,
    FailPoint.MIGRATE_COMMITTED,
)
AYU = {
    "email": "ayu@example.com",
    "password": PASSWORD,
    "first_name": "Ayu",
    "last_name": "Lestari",
}
WAITING = "SELECT id FROM jobs WHERE state = 'waiting'"
KEY = {"Idempotency-Key": "a-key-that-nobody-guesses"}


@pytest.fixture
def site(warm: Warm, tmp_path: Path) -> Site:
    return Site(warm, tmp_path)


def test_every_fail_point_has_a_server_killed_there() -> None:
    tests = Path(__file__).parents[1].rglob("test_killed*.py")
    killed = {
        name for test in tests for name in re.findall(r"FailPoint\.([A-Z_]+\b)", test.read_text())
    }

    assert killed == set(FailPoint.__members__)


def post(
    client: httpx2.Client,
    path: str,
    json: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    return client.post(f"{API}{path}", json=json, headers=headers)


def make_due(site: Site) -> None:
    """Let a letter that was taken leave again without the pause."""
    site.rows("UPDATE jobs SET due_at = '2026-01-01 00:00:00'")


def wait_for_letters(site: Site, client: httpx2.Client) -> list[str]:
    """Return the letters once none waits any more."""
    ends_s = time.monotonic() + DEADLINE_S
    while site.rows(WAITING):
        assert time.monotonic() < ends_s, site.log
        assert client.get("/health").status_code == 200
    return site.outbox


def token_of(letter: str) -> str:
    found = re.search(r"#(\S+)", letter.replace("=\n", "").replace("=3D", "="))
    assert found is not None, letter
    return found.group(1)


def registered(site: Site) -> str:
    """Register Ayu; return the token of her letter."""
    with site.serving() as client:
        assert post(client, "/auth/register", json=AYU).status_code == 202
        return token_of(wait_for_letters(site, client)[0])


def signed_in(client: httpx2.Client, token: str) -> dict[str, str]:
    """Verify Ayu's address and sign her in; return her headers."""
    post(client, "/auth/verify-email", json={"token": token})
    body = {"email": AYU["email"], "password": AYU["password"]}
    answer = post(client, "/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


class TestRegister:
    def test_leaves_nothing_or_a_letter(self, site: Site) -> None:
        for point, letters in zip(REGISTER, (0, 0, 1), strict=True):
            with site.dying(point) as client:
                post(client, "/auth/register", json=AYU)
            links = site.rows("SELECT id FROM user_tokens")
            assert len(site.rows(WAITING)) == letters == len(links), point

        with site.serving() as client:
            assert len(wait_for_letters(site, client)) == 1
            assert post(client, "/auth/register", json=AYU).status_code == 202


class TestLetter:
    def test_leaves_once_however_often_the_server_dies(self, site: Site) -> None:
        with site.dying(FailPoint.REGISTER_COMMITTED) as client:
            post(client, "/auth/register", json=AYU)
        for point, sent in zip(LETTER, (0, 0, 1, 1), strict=True):
            site.dies_alone(point)
            assert len(site.outbox) == sent, point
            make_due(site)

        with site.serving() as client:
            letters = wait_for_letters(site, client)

        assert len(letters) == 1
        assert "To: ayu@example.com" in letters[0]


class TestVerify:
    def test_makes_one_account_or_keeps_the_link(self, site: Site) -> None:
        token = registered(site)
        for point, accounts in zip(VERIFY, (0, 1), strict=True):
            with site.dying(point) as client:
                post(client, "/auth/verify-email", json={"token": token})
            assert len(site.rows("SELECT id FROM users")) == accounts, point

        with site.serving() as client:
            login = {"email": AYU["email"], "password": PASSWORD}
            assert post(client, "/auth/login", json=login).status_code == 200
            again = post(client, "/auth/verify-email", json={"token": token})
            assert again.json()["code"] == "link_spent"


class TestRefresh:
    def test_leaves_a_token_that_goes_on(self, site: Site) -> None:
        token = registered(site)
        with site.serving() as client:
            post(client, "/auth/verify-email", json={"token": token})
            login = {"email": AYU["email"], "password": PASSWORD}
            refresh = post(client, "/auth/login", json=login).json()["refresh_token"]
        for point, made in zip(REFRESH, (1, 1, 2), strict=True):
            with site.dying(point) as client:
                post(client, "/auth/refresh", json={"refresh_token": refresh})
            assert len(site.rows("SELECT id FROM refresh_tokens")) == made, point

        with site.serving() as client:
            # Who heard no answer asks again with what they have, a moment later.
            body = {"refresh_token": refresh}
            tokens = post(client, "/auth/refresh", json=body).json()
            bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
            assert client.get(f"{API}/users/profile", headers=bearer).status_code == 200
        assert len(site.rows("SELECT id FROM user_sessions WHERE revoked_at IS NULL")) == 1


class TestJoin:
    def test_takes_one_place_at_most(self, site: Site) -> None:
        with site.serving() as client:
            path = f"/rooms/{post(client, '/rooms', json={}).json()['code']}/join"
            seat = post(client, path, json={"name": "Ann"}).json()["seat"]
        for point, name in zip(JOIN, ("Ann", "Ann", "Anna"), strict=True):
            with site.dying(point) as client:
                post(client, path, json={"name": "Anna", "seat": seat})
            assert site.rows("SELECT name FROM room_participants") == [(name,)], point
        for point, places in zip(JOIN, (1, 1, 2), strict=True):
            with site.dying(point) as client:
                post(client, path, json={"name": "Bo"})
            assert len(site.rows("SELECT id FROM room_participants")) == places, point

        with site.serving() as client:
            back = post(client, path, json={"name": "Ann", "seat": seat})
            assert back.status_code == 200
            assert back.json()["seat"] == seat


class TestChat:
    def test_keeps_whole_messages_once(self, site: Site) -> None:
        with site.serving() as client:
            path = f"/rooms/{post(client, '/rooms', json={}).json()['code']}"
            seat = post(client, f"{path}/join", json={"name": "Ann"}).json()["seat"]
            ann = {"Authorization": f"Bearer {seat}"}
            kept = post(client, f"{path}/messages", json={"message": "Kept"}, headers=ann).json()
        for point, messages in zip(CHAT[:3], (1, 1, 2), strict=True):
            with site.dying(point) as client:
                post(client, f"{path}/messages", json={"message": "Tea?"}, headers={**ann, **KEY})
            assert len(site.rows("SELECT id FROM room_messages")) == messages, point
        with site.dying(FailPoint.CHAT_TOLD) as client:
            post(client, f"{path}/messages", json={"message": "More"}, headers=ann)

        with site.serving() as client:
            again = post(
                client, f"{path}/messages", json={"message": "Tea?"}, headers={**ann, **KEY}
            )
            listed = client.get(f"{API}{path}/messages", headers=ann).json()["items"]
        assert again.status_code == 201
        assert [message["message"] for message in listed] == ["More", "Tea?", "Kept"]
        assert [listed[1]["id"], listed[2]["id"]] == [again.json()["id"], kept["id"]]


class TestMigrate:
    def test_is_done_whole_or_not_at_all(self, site: Site) -> None:
        steps = (f"{FailPoint.MIGRATE_STEP}@{number}" for number in (1, 3, 6))
        for point in (FailPoint.MIGRATE_STARTED, *steps, FailPoint.MIGRATE_WRITTEN):
            site.dies_alone(point)
            assert site.rows("SELECT name FROM sqlite_master") == [], point
        site.dies_alone(FailPoint.MIGRATE_COMMITTED)
        assert len(site.rows("SELECT version_num FROM alembic_version")) == 1

        with site.serving() as client:
            assert client.get("/ready").status_code == 200
