"""An export holds everything of its person, nothing of others, and no secret."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from exports.taking import Owner, opened, owner, records
from factories import NOW, Server
from people import PASSWORD, sign_in, work_of
from rooms.meetings import Meeting, place_of
from sqlalchemy import Table, insert

from jumpa.domains.exports.repository.sections import SECTIONS
from jumpa.domains.exports.service.packing import Member, packed
from jumpa.domains.exports.service.words import CONTENTS
from jumpa.domains.notifications.models import Notification
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.db.tables import metadata

# What names a person and is no part of an export, and why.
LEFT_OUT = {
    "user_tokens": "each works once, and is a secret",
    "refresh_tokens": "secrets of sessions",
    "user_avatars": "the picture itself, which is a file of its own",
    "user_exports": "the export itself",
    "invitation_group_members": "a file of its own",
}
SECRET = ("hash", "sealed", "secret", "digest", "public_key", "credential_id", "endpoint")


def tables() -> set[Table]:
    return {metadata.tables[column.table.name] for s in SECTIONS for column in s.columns}


def names_people(table: Table) -> bool:
    """Whether a row leads to a person, by itself or by what it belongs to."""
    targets = {key.column.table.name for key in table.foreign_keys} - {"organisations"}
    return "users" in targets


class TestSections:
    def test_hold_every_table_that_names_people(self) -> None:
        covered = {table.name for table in tables()}
        people = {name for name, table in metadata.tables.items() if names_people(table)}

        assert len(people) > 15
        assert people - covered - set(LEFT_OUT) == set()

    def test_hold_no_secret(self) -> None:
        columns = {str(column) for section in SECTIONS for column in section.columns}

        assert [c for c in columns if any(word in c.lower() for word in SECRET)] == []

    def test_are_explained_in_every_language(self) -> None:
        names = [section.name for section in SECTIONS]

        assert len(set(names)) == len(names)
        for words in CONTENTS.values():
            assert set(words) == {*names, "group_members"}


class TestContents:
    async def test_are_what_a_person_did_and_chose(self, ayu: Owner) -> None:
        talker = await ayu.talks()
        written = await talker.wrote("Tea, with ginger?")
        file = await talker.sent("tea.txt", b"Teh hijau")
        await talker.call("PUT", f"/messages/{written['id']}/reactions/🍵")
        budi = await sign_in(ayu.server, "budi@example.com")
        await ayu.person.post("/users/contacts", json={"user_id": str(budi.user.id)})
        group = {"name": "Tea drinkers", "members": [{"email": "citra@example.com"}]}
        assert (await ayu.person.post("/invitation-groups", json=group)).status_code == 201

        export = await ayu.took()

        (profile,) = records(export, "profile")
        assert profile["email"] == "ayu@example.com"
        assert [m["message"] for m in records(export, "messages")] == [
            "Tea, with ginger?",
            "tea.txt",
        ]
        assert [r["emoji"] for r in records(export, "reactions")] == ["🍵"]
        assert [r["code"] for r in records(export, "rooms")] == [ayu.code]
        assert [p["role"] for p in records(export, "places")] == ["host"]
        assert [c["contact_id"] for c in records(export, "contacts")] == [str(budi.user.id)]
        assert [m["email"] for m in records(export, "group_members")] == ["citra@example.com"]
        assert "export.asked" in [d["action"] for d in records(export, "deeds")]
        assert len(records(export, "sessions")) == 1
        name = file["file"]["id"]
        assert export.read(f"files/{name} tea.txt") == b"Teh hijau"
        told = export.read("README.txt").decode()
        assert "messages.json: messages that you wrote" in told
        assert f"{NOW:%Y-%m-%d}" in told

    async def test_have_what_a_person_said_of_meetings(self, ayu: Owner) -> None:
        await ayu.talks()
        joined = await ayu.person.post(f"/rooms/{ayu.code}/join", json={"name": "Ayu"})
        meeting = Meeting(ayu.server, ayu.code)
        await meeting.arrive(place_of(joined, ayu.person.headers))
        said = {"is_good": False, "comment": "The picture froze."}
        rated = await ayu.person.put(f"/rooms/{ayu.code}/rating", json=said)
        assert rated.status_code == 204, rated.text

        [rating] = records(await ayu.took(), "ratings")

        assert {name: rating[name] for name in said} == said

    async def test_are_told_in_the_person_s_language(self, ayu: Owner) -> None:
        settings = (await ayu.person.get("/users/settings")).json()
        await ayu.person.put("/users/settings", json={**settings, "language": "id"})

        export = await ayu.took()

        assert "pesan yang Anda tulis" in export.read("BACA SAYA.txt").decode()
        chosen = {s["setting_key"]: s["setting_value"] for s in records(export, "settings")}
        assert chosen["language"] == "id"

    async def test_have_nothing_of_others(self, ayu: Owner) -> None:
        await (await ayu.talks()).wrote("A secret of Ayu")
        await (await ayu.talks()).sent("ayu.txt", b"Teh")
        budi = await owner(ayu.server, "budi@example.com")

        export = await budi.took()

        whole = b"".join(export.read(name) for name in export.namelist())
        assert b"Ayu" not in whole
        assert b"ayu" not in whole
        assert records(export, "messages") == records(export, "rooms") == []

    async def test_have_no_secret(self, ayu: Owner) -> None:
        hook = {"url": "https://example.org/hook", "kinds": ["test"]}
        made = await ayu.person.post("/notifications/webhooks", json=hook)
        assert made.status_code == 201, made.text
        calendar = (await ayu.person.post("/calendars", json={})).json()["url"]
        export = await ayu.took()
        whole = b"".join(export.read(name) for name in export.namelist()).decode()

        assert ayu.person.user.password_hash
        tokens = ayu.person.tokens
        for secret in (
            PASSWORD,
            "argon2",
            tokens["access_token"],
            tokens["refresh_token"],
            calendar.rpartition("/")[2].partition(".")[0],
            "example.org/hook",
            "whsec_",
        ):
            assert secret not in whole, secret
        assert len(records(export, "webhooks")) == len(records(export, "calendar_feeds")) == 1

    async def test_are_whole_however_many_there_are(self, ayu: Owner) -> None:
        made = [
            {
                "id": UUID(int=number),
                "organisation_id": HOME,
                "user_id": ayu.person.user.id,
                "type": "test",
                "title": f"Number {number}",
                "message": "🍵" * 100,
                "link": "",
                "is_read": False,
                "created_at": NOW + timedelta(seconds=number),
            }
            for number in range(1, 1502)
        ]
        async with work_of(ayu.server).write(SERVER) as ctx:
            await ctx.session.execute(insert(Notification), made)

        found = records(await ayu.took(), "notifications")

        assert [row["title"] for row in found] == [row["title"] for row in made]

    async def test_leave_out_a_file_that_the_store_has_lost(
        self, server: Server, ayu: Owner
    ) -> None:
        file = await (await ayu.talks()).sent()
        await server.parts.objects.delete(UUID(file["file"]["id"]))

        assert len(records(await ayu.took(), "files")) == 1


class TestPacked:
    async def test_goes_out_piece_by_piece(self) -> None:
        """No piece waits until everything has come."""
        came = 0

        async def large() -> AsyncIterator[bytes]:
            nonlocal came
            for _ in range(64):
                came += 1
                yield bytes(256 * 1024)

        async def members() -> AsyncIterator[Member]:
            yield Member("large", large(), is_text=False)

        pieces, before = [], []
        async for piece in packed(members(), NOW):
            pieces.append(piece)
            before.append(came)

        assert max(map(len, pieces)) < 1024 * 1024
        assert before[0] < 4
        assert opened(b"".join(pieces)).getinfo("large").file_size == 16 * 1024 * 1024
