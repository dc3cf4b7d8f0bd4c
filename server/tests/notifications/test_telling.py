"""News is told once, on the ways that people chose, when it suits them."""

import asyncio
from datetime import datetime, timedelta

from factories import NOW, Server
from notifications.told import FACTS, ask, choose, do_due, mailer_of, tell, titles
from people import SignedIn, work_of

from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.kit.actor import SERVER


def reminder(person: SignedIn, at: datetime, key: str = "tea", **more: datetime) -> News:
    return News("meeting_reminder", person.user.id, key, FACTS, "/r/tea", at, **more)


class TestTell:
    async def test_is_seen_and_written(self, server: Server, ayu: SignedIn) -> None:
        await tell(server, ayu)

        assert await titles(ayu) == ["Weekly tea begins soon"]
        (letter,) = mailer_of(server).sent
        assert letter.recipient == "ayu@example.com"
        assert "/r/tea" in letter.text
        assert '/r/tea">Open</a>' in letter.html

    async def test_speaks_the_persons_language(self, server: Server, ayu: SignedIn) -> None:
        await ayu.put("/users/settings", json={"language": "id"})
        await tell(server, ayu)

        assert await titles(ayu) == ["Weekly tea segera mulai"]
        assert "mulai" in mailer_of(server).sent[0].text

    async def test_happens_once_for_each_key(self, server: Server, ayu: SignedIn) -> None:
        await asyncio.gather(*(tell(server, ayu, "same") for _ in range(4)))
        await tell(server, ayu, "same")

        assert len(await titles(ayu)) == 1
        assert len(mailer_of(server).sent) == 1

    async def test_keeps_markup_out_of_letters(self, server: Server, ayu: SignedIn) -> None:
        facts = {**FACTS, "meeting": "<script>alert(1)</script>{when}"}
        await tell(server, ayu, facts=facts)

        (letter,) = mailer_of(server).sent
        assert "<script>" not in letter.html
        assert "{when}" in letter.text

    async def test_goes_only_where_the_person_wants_it(self, server: Server, ayu: SignedIn) -> None:
        await choose(
            ayu,
            kinds={
                "meeting_reminder": {"in_app": True, "mail": False, "push": False},
                "meeting_answered": {"in_app": False, "mail": True, "push": False},
            },
        )
        await tell(server, ayu, "one")
        await tell(server, ayu, "two", kind="meeting_answered")

        assert await titles(ayu) == ["Weekly tea begins soon"]
        assert [letter.subject for letter in mailer_of(server).sent] == ["Budi: yes"]

    async def test_writes_no_letters_to_who_turned_them_off(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await ayu.put("/users/settings", json={"email_notifications": False})
        await tell(server, ayu)

        assert mailer_of(server).sent == []
        assert len(await titles(ayu)) == 1

    async def test_leaves_out_who_is_gone(self, server: Server, ayu: SignedIn) -> None:
        async with work_of(server).write(SERVER) as ctx:
            user = await ctx.session.get(type(ayu.user), ayu.user.id)
            assert user is not None
            user.status = "banned"
        await tell(server, ayu)

        assert mailer_of(server).sent == []


class TestReminder:
    async def test_comes_when_it_is_due(self, server: Server, ayu: SignedIn) -> None:
        await ask(server, reminder(ayu, NOW + timedelta(hours=1)))
        await do_due(server)
        assert mailer_of(server).sent == []

        server.clock.move(hours=1)
        await do_due(server)

        assert len(mailer_of(server).sent) == 1

    async def test_is_told_once_when_clocks_jump(self, server: Server, ayu: SignedIn) -> None:
        await ask(server, reminder(ayu, NOW + timedelta(minutes=1)))
        for hours in (24, -26, 2, 24, -24):
            server.clock.move(hours=hours)
            await do_due(server)
            await ask(server, reminder(ayu, NOW + timedelta(minutes=1)))

        assert len(mailer_of(server).sent) == 1

    async def test_is_not_told_when_it_is_too_late(self, server: Server, ayu: SignedIn) -> None:
        until = NOW + timedelta(minutes=15)
        await ask(server, reminder(ayu, NOW + timedelta(minutes=5), until=until))
        server.clock.move(hours=3)
        await do_due(server)

        assert mailer_of(server).sent == []

    async def test_taken_back_is_not_told_and_can_be_asked_for_again(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await ask(server, reminder(ayu, NOW))
        async with work_of(server).write(SERVER) as ctx:
            await telling.take_back(ctx, "tea")
        await do_due(server)
        assert mailer_of(server).sent == []

        await ask(server, reminder(ayu, NOW))
        await do_due(server)
        assert len(mailer_of(server).sent) == 1


class TestQuietHours:
    async def test_hold_letters_back_and_nothing_else(self, server: Server, ayu: SignedIn) -> None:
        # 16:00 in Jakarta.
        await choose(ayu, quiet_hours={"start": "15:00", "end": "16:10"})
        await tell(server, ayu)
        assert mailer_of(server).sent == []
        assert len(await titles(ayu)) == 1

        server.clock.move(minutes=10)
        await do_due(server)
        assert len(mailer_of(server).sent) == 1

    async def test_leave_out_what_would_come_too_late(self, server: Server, ayu: SignedIn) -> None:
        await choose(ayu, quiet_hours={"start": "15:00", "end": "16:10"})
        await tell(server, ayu, until=NOW + timedelta(minutes=5))
        server.clock.move(minutes=10)
        await do_due(server)

        assert mailer_of(server).sent == []


class TestDigest:
    async def test_is_one_letter_about_what_was_not_read(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await choose(ayu, digest="daily", digest_at="16:10")
        for number in range(3):
            await tell(server, ayu, str(number))
        first = (await ayu.get("/notifications")).json()["items"][0]["id"]
        await ayu.post("/notifications/read", json={"ids": [first]})
        assert mailer_of(server).sent == []

        server.clock.move(minutes=10)
        await do_due(server)

        (letter,) = mailer_of(server).sent
        assert letter.subject == "What you have not read: 2"

    async def test_is_not_written_about_nothing(self, server: Server, ayu: SignedIn) -> None:
        await choose(ayu, digest="daily", digest_at="16:10")
        await tell(server, ayu)
        await ayu.post("/notifications/read", json={})
        server.clock.move(minutes=10)
        await do_due(server)

        assert mailer_of(server).sent == []
