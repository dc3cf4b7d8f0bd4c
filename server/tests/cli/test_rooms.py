"""Rooms from the command line."""

import asyncio
import json
import socket
import sqlite3
from pathlib import Path

import httpx2
import pytest
from app.test_serving import serving, settings_in
from cli.kept import Run
from factories import FOREIGN_KEY, FOREIGN_SECRET
from people import PASSWORD

from jumpa.kit.clock import system_clock
from jumpa.media.access import Claims, VideoGrants, mint

pytestmark = pytest.mark.usefixtures("in_folder")

AYU = ("--email", "ayu@example.com", "--first-name", "Ayu", "--last-name", "Lestari")


def create(run: Run, *words: str) -> str:
    status, said = run("room", "create", *words)
    assert status == 0, said
    return said.split()[0]


def audited() -> list[str]:
    with sqlite3.connect("data/jumpa.db") as database:
        rows = database.execute("SELECT action FROM audit_entries ORDER BY number").fetchall()
    database.close()
    return [action for (action,) in rows]


class TestRoomCreate:
    def test_gives_the_host_secret_when_nobody_hosts(self, run: Run) -> None:
        status, said = run("room", "create", "Tea")

        code, secret = said.split()
        assert (status, len(code)) == (0, 12)
        assert len(secret) > 40
        assert audited() == ["room.created"]

    def test_makes_it_for_an_account(self, run: Run) -> None:
        Path("password").write_text(PASSWORD)
        _, made = run("user", "create", *AYU, "--password-file", "password")

        status, said = run("room", "create", "Tea", "--host", "Ayu@example.com")

        assert (status, len(said.split())) == (0, 1)
        assert made.split()[0] in run("room", "show", said.strip())[1]

    def test_refuses_who_has_no_account_and_odd_titles(self, run: Run) -> None:
        assert run("room", "create", "Tea", "--host", "nobody@example.com")[0] == 1
        assert run("room", "create", "a\x1bb")[0] == 2
        assert run("room", "create", "x" * 121)[0] == 2
        assert run("room", "list") == (0, "")


class TestRoomList:
    def test_shows_the_newest_first_and_ended_ones_when_asked(self, run: Run) -> None:
        old, new = create(run, "Old"), create(run, "New")
        run("room", "end", old)

        assert [line.split()[0] for line in run("room", "list")[1].splitlines()] == [new]
        every = run("room", "list", "--all")[1].splitlines()
        assert [line.split()[:2] for line in every] == [[new, "active"], [old, "ended"]]


class TestRoomShow:
    def test_tells_settings(self, run: Run) -> None:
        said = run("room", "show", create(run, "Tea"))[1]

        assert "Tea" in said
        assert "waiting_room False" in said
        assert "host by secret" in said

    def test_takes_codes_as_people_type_them_and_knows_its_own_alone(self, run: Run) -> None:
        code = create(run, "Tea")

        assert run("room", "show", code.replace("-", " ").upper())[0] == 0
        assert run("room", "show", "abc-defg-hjk") == (1, "There is no room with this code.\n")


class TestRoomEnd:
    def test_is_noted(self, run: Run) -> None:
        code = create(run)

        assert run("room", "end", code) == (0, "")
        assert audited() == ["room.created", "room.ended"]

    def test_is_not_kept_from_it_by_what_a_killed_server_left(self, run: Run) -> None:
        code = create(run)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        Path("data/serve.json").write_text(json.dumps({"http": address}))

        assert run("room", "end", code) == (0, "")
        assert audited() == ["room.created", "room.ended"]

    def test_knows_its_own_alone(self, run: Run) -> None:
        assert run("room", "end", "abc-defg-hjk")[0] == 1


class TestRoomDelete:
    def test_leaves_nothing_but_the_note(self, run: Run) -> None:
        code = create(run)

        assert run("room", "delete", code) == (0, "")

        assert run("room", "list", "--all") == (0, "")
        assert run("room", "delete", code)[0] == 1
        assert audited() == ["room.created", "room.deleted"]


@pytest.mark.media
class TestWhileAServerRuns:
    @pytest.mark.parametrize("deed", ["end", "delete"])
    async def test_sends_everybody_out(self, run: Run, tmp_path: Path, deed: str) -> None:
        grants = Claims(
            identity="tests", video=VideoGrants(room_create=True, room_list=True, room_admin=True)
        )
        token = mint(api_key=FOREIGN_KEY, secret=FOREIGN_SECRET, claims=grants, clock=system_clock)
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            serving(settings_in(tmp_path)) as (found, _),
            httpx2.AsyncClient(base_url=found.http, headers=headers) as client,
        ):

            async def ask(method: str, **body: object) -> object:
                path = f"/twirp/livekit.RoomService/{method}"
                return (await client.post(path, json=body)).json()

            code = (
                await client.post("/api/v1/rooms", json={}, headers={"Authorization": ""})
            ).json()["code"]
            await ask("CreateRoom", name=code)

            status, said = await asyncio.to_thread(run, "room", deed, code)

            assert (status, said) == (0, "")
            assert await ask("ListRooms") == {"rooms": []}
