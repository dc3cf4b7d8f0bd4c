"""Profile, picture, contacts, search and settings (S1-044 to S1-047, S1-095 to S1-103)."""

import asyncio
import io
import struct
import zlib
from uuid import uuid4

import httpx2
import pytest
from factories import Server
from people import SignedIn, assert_problem, make_organisation, make_user, sign_in
from PIL import Image

from jumpa.config import AccountSettings, RateSettings, Settings

NAMES = {"first_name": "Ayu Dewi", "last_name": "Lestari"}


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 300)) -> bytes:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera that tells where it was"
    Image.new("RGB", size, "green").save(drawn, kind, exif=exif)
    return drawn.getvalue()


class TestProfile:
    async def test_is_ones_own(self, server: Server) -> None:
        await make_user(server, "budi@example.com")
        ayu = await sign_in(server)

        profile = (await ayu.get("/users/profile")).json()

        assert profile["id"] == str(ayu.user.id)
        assert profile["email"] == "ayu@example.com"
        assert (profile["role"], profile["email_verified"]) == ("member", True)
        assert "password" not in str(profile)

    async def test_is_changed(self, server: Server) -> None:
        ayu = await sign_in(server)

        changed = await ayu.put("/users/profile", json=NAMES)

        assert changed.json()["first_name"] == "Ayu Dewi"
        assert (await ayu.get("/users/profile")).json()["first_name"] == "Ayu Dewi"

    async def test_is_not_overwritten_by_who_read_an_older_one(self, server: Server) -> None:
        ayu = await sign_in(server)
        read = (await ayu.get("/users/profile")).headers["etag"]

        first, second = [
            await ayu.put("/users/profile", json=NAMES, headers={"If-Match": read})
            for _ in range(2)
        ]

        assert first.status_code == 200
        assert_problem(second, 412, "changed_meanwhile")
        fresh = {"If-Match": f'"x", {first.headers["etag"]}'}
        assert (await ayu.put("/users/profile", json=NAMES, headers=fresh)).status_code == 200
        assert (await ayu.put("/users/profile", json=NAMES, headers={"If-Match": "*"})).is_success

    async def test_is_changed_by_one_of_many_at_once(self, server: Server) -> None:
        ayu = await sign_in(server)
        read = (await ayu.get("/users/profile")).headers["etag"]

        answers = await asyncio.gather(
            *(ayu.put("/users/profile", json=NAMES, headers={"If-Match": read}) for _ in range(5))
        )

        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]

    @pytest.mark.parametrize(
        "more",
        [
            {"role": "administrator"},
            {"email": "other@example.com"},
            {"status": "active"},
            {"id": str(uuid4())},
            {"organisation_id": str(uuid4())},
            {"email_verified": True},
            {"first_name": ""},
            {"first_name": "x" * 101},
            {"last_name": None},
        ],
    )
    async def test_takes_names_alone(self, server: Server, more: dict[str, object]) -> None:
        ayu = await sign_in(server)

        assert_problem(
            await ayu.put("/users/profile", json={**NAMES, **more}), 422, "request_malformed"
        )


class TestAvatar:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
    async def test_is_drawn_again_without_what_it_told(self, server: Server, kind: str) -> None:
        ayu = await sign_in(server)

        changed = await ayu.put("/users/avatar", content=picture(kind))
        shown = await ayu.get(changed.json()["avatar"].removeprefix("/api/v1"))

        assert shown.headers["content-type"] == "image/webp"
        assert shown.headers["x-content-type-options"] == "nosniff"
        with Image.open(io.BytesIO(shown.content)) as image:
            assert (image.format, image.size) == ("WEBP", (256, 256))
            assert not image.getexif()
        assert b"camera" not in shown.content

    async def test_is_seen_in_the_organisation_alone(self, server: Server) -> None:
        ayu = await sign_in(server)
        budi = await sign_in(server, "budi@example.com")
        stranger = await sign_in(
            server, "eve@example.net", organisation_id=await make_organisation(server)
        )
        path = (await ayu.put("/users/avatar", content=picture())).json()["avatar"][7:]

        assert (await budi.get(path)).status_code == 200
        assert_problem(await stranger.get(path), 404, "user_not_found")
        assert (await server.client.get(f"/api/v1{path}")).status_code == 401

    async def test_is_removed(self, server: Server) -> None:
        ayu = await sign_in(server)
        path = (await ayu.put("/users/avatar", content=picture())).json()["avatar"][7:]

        for _ in range(2):
            assert (await ayu.delete("/users/avatar")).status_code == 204

        assert_problem(await ayu.get(path), 404, "avatar_not_found")
        assert (await ayu.get("/users/profile")).json()["avatar"] is None

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"GIF89a",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
            picture()[:200],
            b"#!/bin/sh",
        ],
    )
    async def test_refuses_what_is_no_picture(self, server: Server, content: bytes) -> None:
        ayu = await sign_in(server)

        assert_problem(await ayu.put("/users/avatar", content=content), 400, "avatar_unusable")

    async def test_refuses_a_picture_that_would_unpack_to_too_much(self, server: Server) -> None:
        ayu = await sign_in(server)
        bomb = bytearray(picture(size=(1, 1)))
        bomb[16:24] = struct.pack(">II", 10_000, 10_000)
        bomb[29:33] = struct.pack(">I", zlib.crc32(bomb[12:29]))

        assert_problem(await ayu.put("/users/avatar", content=bytes(bomb)), 400, "avatar_unusable")


class TestAvatarTooLarge:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(accounts=AccountSettings(avatar_bytes=1000))

    async def test_is_refused(self, server: Server) -> None:
        ayu = await sign_in(server)

        answer = await ayu.put("/users/avatar", content=b"x" * 1001)

        assert_problem(answer, 413, "body_too_large")


class TestContacts:
    async def note(self, person: SignedIn, user_id: object) -> httpx2.Response:
        return await person.post("/users/contacts", json={"user_id": str(user_id)})

    async def test_are_noted_once_and_forgotten(self, server: Server) -> None:
        ayu = await sign_in(server)
        budi = await make_user(server, "budi@example.com")

        first, again = await self.note(ayu, budi.id), await self.note(ayu, budi.id)

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        items = (await ayu.get("/users/contacts")).json()["items"]
        assert [item["first_name"] for item in items] == ["Budi"]
        assert (await ayu.delete(f"/users/contacts/{budi.id}")).status_code == 204
        assert_problem(await ayu.delete(f"/users/contacts/{budi.id}"), 404, "contact_not_found")
        assert (await ayu.get("/users/contacts")).json()["items"] == []

    async def test_are_noted_once_at_the_same_time(self, server: Server) -> None:
        ayu = await sign_in(server)
        budi = await make_user(server, "budi@example.com")

        answers = await asyncio.gather(*(self.note(ayu, budi.id) for _ in range(5)))

        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]

    async def test_are_ones_own(self, server: Server) -> None:
        ayu = await sign_in(server)
        budi = await sign_in(server, "budi@example.com")
        citra = await make_user(server, "citra@example.com")
        await self.note(ayu, citra.id)

        assert (await budi.get("/users/contacts")).json()["items"] == []
        assert_problem(await budi.delete(f"/users/contacts/{citra.id}"), 404, "contact_not_found")
        assert len((await ayu.get("/users/contacts")).json()["items"]) == 1

    async def test_are_never_people_of_another_organisation(self, server: Server) -> None:
        ayu = await sign_in(server)
        other = await make_organisation(server)
        eve = await make_user(server, "eve@example.net", organisation_id=other)

        theirs, nobody = await self.note(ayu, eve.id), await self.note(ayu, uuid4())

        assert_problem(theirs, 404, "user_not_found")
        assert theirs.json()["detail"] == nobody.json()["detail"]

    async def test_are_never_oneself(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert_problem(await self.note(ayu, ayu.user.id), 400, "contact_self")

    async def test_come_in_pages(self, server: Server) -> None:
        ayu = await sign_in(server)
        for number in range(5):
            user = await make_user(server, f"p{number}@example.com")
            await self.note(ayu, user.id)

        names: list[str] = []
        cursor: str | None = None
        for _ in range(3):
            query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
            page = (await ayu.get("/users/contacts", params=query)).json()
            names += [item["first_name"] for item in page["items"]]
            cursor = page["next_cursor"]

        assert names == ["P0", "P1", "P2", "P3", "P4"]
        assert cursor is None

    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "%%%",
            "bnVsbA",
            "W10",
            "WyJhIl0",
            "WyJhIiwiYiJd",
            "e30",
            "WzEsMl0",
            "WyJcdTAwMDAiLCAiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0",
        ],
    )
    async def test_refuse_a_cursor_that_was_not_given(self, server: Server, cursor: str) -> None:
        ayu = await sign_in(server)

        answer = await ayu.get("/users/contacts", params={"cursor": cursor})

        assert_problem(answer, 400, "cursor_malformed")

    @pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "1e9"])
    async def test_refuse_a_limit_that_cannot_be(self, server: Server, limit: str) -> None:
        ayu = await sign_in(server)

        answer = await ayu.get("/users/contacts", params={"limit": limit})

        assert_problem(answer, 422, "request_malformed")


class TestSearch:
    async def found(self, person: SignedIn, q: str) -> list[str]:
        answer = await person.get("/users/search", params={"q": q})
        assert answer.status_code == 200, answer.text
        return [item["first_name"] for item in answer.json()["items"]]

    async def test_finds_the_beginning_of_any_name(self, server: Server) -> None:
        ayu = await sign_in(server, first_name="Ayu", last_name="Lestari")
        await make_user(server, "b@example.com", first_name="Budi", last_name="Santoso")
        await make_user(
            server, "s@example.com", first_name="\u015eule", last_name="\u00d6zt\u00fcrk"
        )

        assert await self.found(ayu, "AY") == ["Ayu"]
        assert await self.found(ayu, "santo") == ["Budi"]
        assert await self.found(ayu, "\u00f6z") == ["\u015eule"]
        assert await self.found(ayu, "udi") == []

    async def test_finds_a_whole_address_only(self, server: Server) -> None:
        ayu = await sign_in(server)
        await make_user(server, "budi@example.com", first_name="X")

        assert await self.found(ayu, "Budi@Example.com") == ["X"]
        assert await self.found(ayu, "budi@example") == []
        assert await self.found(ayu, "example.com") == []

    async def test_does_not_tell_addresses(self, server: Server) -> None:
        ayu = await sign_in(server)

        answer = await ayu.get("/users/search", params={"q": "ay"})

        assert "@" not in answer.text

    async def test_finds_nobody_of_another_organisation(self, server: Server) -> None:
        ayu = await sign_in(server)
        await make_user(server, "eve@example.net", organisation_id=await make_organisation(server))

        assert await self.found(ayu, "eve") == []
        assert await self.found(ayu, "eve@example.net") == []

    @pytest.mark.parametrize("q", ["%%", "__", "a%", "\\\\", "' OR 1=1 --", '")', "*:*"])
    async def test_takes_signs_for_themselves(self, server: Server, q: str) -> None:
        ayu = await sign_in(server)

        assert await self.found(ayu, q) == []

    @pytest.mark.parametrize("q", ["", "a", "x" * 201, "a\x00b", "\u202eab"])
    async def test_refuses_what_nobody_is_called(self, server: Server, q: str) -> None:
        ayu = await sign_in(server)

        answer = await ayu.get("/users/search", params={"q": q})

        assert_problem(answer, 422, "request_malformed")


class TestSearchTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rates=RateSettings(searches_per_minute=2))

    async def test_is_refused_to_one_and_not_to_others(self, server: Server) -> None:
        ayu, budi = await sign_in(server), await sign_in(server, "budi@example.com")
        for _ in range(2):
            await ayu.get("/users/search", params={"q": "ab"})

        refused = await ayu.get("/users/search", params={"q": "ab"})

        assert_problem(refused, 429, "too_many_requests")
        assert '"search";r=0' in refused.headers["ratelimit"]
        assert (await budi.get("/users/search", params={"q": "ab"})).status_code == 200


class TestSettings:
    async def test_begin_with_defaults_and_are_kept(self, server: Server) -> None:
        ayu = await sign_in(server)
        begun = (await ayu.get("/users/settings")).json()

        chosen = {**begun, "language": "id", "camera_on_join": False}
        changed = await ayu.put("/users/settings", json=chosen)

        assert begun["language"] == "en"
        assert changed.json() == chosen
        assert (await ayu.get("/users/settings")).json() == chosen

    async def test_are_ones_own(self, server: Server) -> None:
        ayu, budi = await sign_in(server), await sign_in(server, "budi@example.com")
        await ayu.put("/users/settings", json={"theme": "dark"})

        assert (await budi.get("/users/settings")).json()["theme"] == "system"

    async def test_are_not_overwritten_by_who_read_older_ones(self, server: Server) -> None:
        ayu = await sign_in(server)
        read = {"If-Match": (await ayu.get("/users/settings")).headers["etag"]}

        first, second = [
            await ayu.put("/users/settings", json={"theme": "dark"}, headers=read) for _ in range(2)
        ]

        assert first.status_code == 200
        assert_problem(second, 412, "changed_meanwhile")

    @pytest.mark.parametrize(
        "body",
        [
            {"language": "xx"},
            {"theme": 7},
            {"time_zone": "Mars/Olympus"},
            {"time_zone": "../../etc/passwd"},
            {"camera_on_join": "perhaps"},
            {"email_notifications": 0},
            {"microphone_on_join": "true"},
            {"is_administrator": True},
            [],
            None,
        ],
    )
    async def test_refuse_what_nobody_can_choose(self, server: Server, body: object) -> None:
        ayu = await sign_in(server)

        assert_problem(await ayu.put("/users/settings", json=body), 422, "request_malformed")
