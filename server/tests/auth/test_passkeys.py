"""Passkeys, with a device in software."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from auth.authenticator import PRESENT, VERIFIED, Device
from factories import Server
from people import (
    OTHER_PASSWORD,
    PASSWORD,
    SignedIn,
    assert_problem,
    sign_in,
    work_of,
)
from sqlalchemy import update
from webauthn.helpers import bytes_to_base64url

from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

PASSKEYS = "/api/v1/auth/passkeys"


async def begin(person: SignedIn, password: str = PASSWORD) -> httpx2.Response:
    return await person.post("/auth/passkeys/begin", json={"password": password})


async def add(person: SignedIn, device: Device) -> httpx2.Response:
    begun = (await begin(person)).json()
    body = {
        "ceremony": begun["ceremony"],
        "name": "Phone",
        "credential": device.make(begun["options"]),
    }
    return await person.post("/auth/passkeys", json=body)


async def begin_login(server: Server) -> dict[str, Any]:
    begun: dict[str, Any] = (await server.client.post(f"{PASSKEYS}/login/begin")).json()
    return begun


async def log_in(server: Server, device: Device) -> httpx2.Response:
    begun = await begin_login(server)
    body = {"ceremony": begun["ceremony"], "credential": device.sign(begun["options"])}
    return await server.client.post(f"{PASSKEYS}/login", json=body)


@pytest.fixture
async def ayu(server: Server) -> SignedIn:
    return await sign_in(server)


@pytest.fixture
async def device(ayu: SignedIn) -> Device:
    made = Device()
    answer = await add(ayu, made)
    assert answer.status_code == 201, answer.text
    return made


class TestAdd:
    async def test_needs_the_password(self, ayu: SignedIn) -> None:
        assert_problem(await begin(ayu, OTHER_PASSWORD), 403, "password_wrong")

    async def test_lists_and_removes_ones_own(self, ayu: SignedIn, device: Device) -> None:
        assert device.user_handle == bytes_to_base64url(ayu.user.id.bytes)
        (item,) = (await ayu.get("/auth/passkeys")).json()["items"]
        assert item["name"] == "Phone"

        assert (await ayu.delete(f"/auth/passkeys/{item['id']}")).status_code == 204

        assert (await ayu.get("/auth/passkeys")).json()["items"] == []
        gone = await ayu.delete(f"/auth/passkeys/{item['id']}")
        assert_problem(gone, 404, "passkey_not_found")

    async def test_leaves_those_of_others_alone(
        self, server: Server, ayu: SignedIn, device: Device
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        (item,) = (await ayu.get("/auth/passkeys")).json()["items"]

        assert (await budi.get("/auth/passkeys")).json()["items"] == []
        answer = await budi.delete(f"/auth/passkeys/{item['id']}")
        assert_problem(answer, 404, "passkey_not_found")
        assert (await log_in(server, device)).status_code == 200

    async def test_refuses_one_that_is_known(
        self, server: Server, ayu: SignedIn, device: Device
    ) -> None:
        budi = await sign_in(server, "budi@example.com")

        assert_problem(await add(ayu, device), 409, "passkey_exists")
        assert_problem(await add(budi, device), 409, "passkey_exists")

    @pytest.mark.parametrize(
        "forged",
        [
            Device(origin="https://evil.example"),
            Device(host="evil.example"),
            Device(flags=PRESENT),
            Device(flags=VERIFIED),
        ],
        ids=["origin", "host", "not verified", "nobody present"],
    )
    async def test_refuses_what_was_made_elsewhere(self, ayu: SignedIn, forged: Device) -> None:
        assert_problem(await add(ayu, forged), 401, "passkey_refused")

    async def test_takes_an_answer_once_and_from_the_one_who_began(
        self, server: Server, ayu: SignedIn
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        begun = (await begin(ayu)).json()
        credential = Device().make(begun["options"])
        body = {"ceremony": begun["ceremony"], "name": "Phone", "credential": credential}

        assert_problem(await budi.post("/auth/passkeys", json=body), 401, "passkey_refused")
        assert_problem(await ayu.post("/auth/passkeys", json=body), 401, "passkey_refused")

    async def test_refuses_an_answer_that_comes_late(self, server: Server, ayu: SignedIn) -> None:
        begun = (await begin(ayu)).json()
        server.clock.move(minutes=5)
        body = {
            "ceremony": begun["ceremony"],
            "name": "Phone",
            "credential": Device().make(begun["options"]),
        }

        assert_problem(await ayu.post("/auth/passkeys", json=body), 401, "passkey_refused")

    @pytest.mark.parametrize(
        "credential",
        [
            {},
            {"id": "x"},
            {"rawId": 7},
            {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}},
            {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": []},
            {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {"clientDataJSON": "e30", "attestationObject": "AAAA"},
            },
        ],
    )
    async def test_refuses_what_no_device_says(
        self, ayu: SignedIn, credential: dict[str, Any]
    ) -> None:
        begun = (await begin(ayu)).json()
        body = {"ceremony": begun["ceremony"], "name": "Phone", "credential": credential}

        assert_problem(await ayu.post("/auth/passkeys", json=body), 401, "passkey_refused")


class TestLogIn:
    async def test_begins_a_session_of_the_owner(
        self, server: Server, ayu: SignedIn, device: Device
    ) -> None:
        answer = await log_in(server, device)

        again = SignedIn(server.client, ayu.user, answer.json())
        assert (await again.get("/users/profile")).json()["email"] == "ayu@example.com"

    async def test_keeps_the_refresh_token_in_a_cookie_when_asked(
        self, server: Server, device: Device
    ) -> None:
        begun = await begin_login(server)
        body = {
            "ceremony": begun["ceremony"],
            "credential": device.sign(begun["options"]),
            "refresh_in": "cookie",
        }

        answer = await server.client.post(f"{PASSKEYS}/login", json=body)

        assert answer.json()["refresh_token"] is None
        assert "jumpa_refresh=" in answer.headers["set-cookie"]

    async def test_takes_an_answer_once(self, server: Server, device: Device) -> None:
        begun = await begin_login(server)
        body = {"ceremony": begun["ceremony"], "credential": device.sign(begun["options"])}

        answers = await asyncio.gather(
            *(server.client.post(f"{PASSKEYS}/login", json=body) for _ in range(3))
        )

        assert sorted(answer.status_code for answer in answers) == [200, 401, 401]

    async def test_refuses_a_device_that_is_not_known(self, server: Server) -> None:
        assert_problem(await log_in(server, Device()), 401, "passkey_refused")

    async def test_refuses_a_copy_that_counts_from_the_beginning(
        self, server: Server, device: Device
    ) -> None:
        for _ in range(3):
            await log_in(server, device)
        device.count = 0

        assert_problem(await log_in(server, device), 401, "passkey_refused")

    @pytest.mark.parametrize(
        "forge",
        [
            {"origin": "https://evil.example"},
            {"host": "evil.example"},
            {"flags": PRESENT},
            {"user_handle": bytes_to_base64url(uuid4().bytes)},
            {"user_handle": ""},
            {"key": Device().key},
        ],
        ids=lambda forge: next(iter(forge)),
    )
    async def test_refuses_what_was_forged(
        self, server: Server, device: Device, forge: dict[str, Any]
    ) -> None:
        for name, value in forge.items():
            setattr(device, name, value)

        assert_problem(await log_in(server, device), 401, "passkey_refused")

    async def test_refuses_a_ceremony_of_another_kind(
        self, server: Server, ayu: SignedIn, device: Device
    ) -> None:
        begun = (await begin(ayu)).json()
        body = {"ceremony": begun["ceremony"], "credential": device.sign(begun["options"])}

        answer = await server.client.post(f"{PASSKEYS}/login", json=body)

        assert_problem(answer, 401, "passkey_refused")

    async def test_refuses_a_closed_account(self, server: Server, device: Device) -> None:
        async with work_of(server).write(SERVER) as ctx:
            await ctx.session.execute(update(User).values(status="banned"))

        assert_problem(await log_in(server, device), 403, "account_closed")
