"""People read their notifications, and choose where they come."""

from uuid import uuid4

import pytest
from factories import Server
from notifications.told import choose, do_due, mailer_of, tell, titles
from people import SignedIn, assert_problem, make_organisation, sign_in

USUAL: dict[str, object] = {
    "kinds": {},
    "quiet_hours": None,
    "digest": "off",
    "digest_at": "08:00",
}


class TestListNotifications:
    async def test_shows_the_newest_first_in_pages(self, server: Server, ayu: SignedIn) -> None:
        for number in range(5):
            facts = {"meeting": f"Tea {number}", "who": "Budi", "when": "soon"}
            await tell(server, ayu, str(number), facts=facts)

        first = (await ayu.get("/notifications", params={"limit": 3})).json()
        more = {"limit": 3, "cursor": first["next_cursor"]}
        second = (await ayu.get("/notifications", params=more)).json()

        shown = [item["title"] for item in first["items"] + second["items"]]
        assert shown == [f"Tea {number} begins soon" for number in (4, 3, 2, 1, 0)]
        assert second["next_cursor"] is None

    async def test_shows_nobody_elses(self, server: Server, ayu: SignedIn) -> None:
        budi = await sign_in(server, "budi@example.com")
        await tell(server, ayu)

        assert await titles(budi) == []
        assert (await budi.get("/notifications/unread")).json() == {"unread": 0}

    async def test_shows_only_what_is_unread_when_asked(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await tell(server, ayu, "one")
        await ayu.post("/notifications/read", json={})
        await tell(server, ayu, "two")

        assert len(await titles(ayu)) == 2
        unread = await ayu.get("/notifications", params={"only": "unread"})
        assert len(unread.json()["items"]) == 1


class TestMarkRead:
    async def test_marks_these_or_all(self, server: Server, ayu: SignedIn) -> None:
        for key in ("one", "two", "three"):
            await tell(server, ayu, key)
        first = (await ayu.get("/notifications")).json()["items"][0]["id"]

        one = await ayu.post("/notifications/read", json={"ids": [first]})
        every = await ayu.post("/notifications/read", json={})

        assert (one.json(), every.json()) == ({"unread": 2}, {"unread": 0})

    async def test_changes_nothing_of_others(self, server: Server, ayu: SignedIn) -> None:
        budi = await sign_in(server, "budi@example.com")
        await tell(server, ayu)
        name = (await ayu.get("/notifications")).json()["items"][0]["id"]

        assert (await budi.post("/notifications/read", json={"ids": [name]})).status_code == 200
        assert_problem(await budi.delete(f"/notifications/{name}"), 404, "notification_not_found")

        assert (await ayu.get("/notifications/unread")).json() == {"unread": 1}

    async def test_takes_a_hundred_at_most(self, ayu: SignedIn) -> None:
        ids = [str(uuid4()) for _ in range(101)]

        answer = await ayu.post("/notifications/read", json={"ids": ids})

        assert_problem(answer, 422, "request_malformed")


class TestRemoveNotification:
    async def test_forgets_it_once(self, server: Server, ayu: SignedIn) -> None:
        await tell(server, ayu)
        name = (await ayu.get("/notifications")).json()["items"][0]["id"]

        assert (await ayu.delete(f"/notifications/{name}")).status_code == 204
        assert_problem(await ayu.delete(f"/notifications/{name}"), 404, "notification_not_found")


class TestChoices:
    async def test_begin_with_everything_and_are_kept(self, ayu: SignedIn) -> None:
        assert (await ayu.get("/notifications/choices")).json() == USUAL

        silent = {"in_app": False, "mail": False, "push": False, "text": False}
        await choose(ayu, kinds={"test": silent}, digest="daily")

        kept = (await ayu.get("/notifications/choices")).json()
        assert kept == {**USUAL, "kinds": {"test": silent}, "digest": "daily"}

    async def test_are_not_overwritten_by_who_read_an_older_version(self, ayu: SignedIn) -> None:
        read = (await ayu.get("/notifications/choices")).headers["etag"]
        await choose(ayu, digest="daily")

        answer = await ayu.put(
            "/notifications/choices", json={"digest": "off"}, headers={"If-Match": read}
        )

        assert_problem(answer, 412, "changed_meanwhile")

    @pytest.mark.parametrize(
        "body",
        [
            {"kinds": {"everything": {}}},
            {"kinds": {"test": {"mail": "yes"}}},
            {"quiet_hours": {"start": "22:00"}},
            {"quiet_hours": {"start": "25:00", "end": "07:00"}},
            {"quiet_hours": {"start": "22:00:30", "end": "07:00"}},
            {"quiet_hours": {"start": "22:00+07:00", "end": "07:00"}},
            {"digest": "hourly"},
            {"digest_at": 28_800},
            {"pager": True},
        ],
    )
    async def test_refuse_what_cannot_be(self, ayu: SignedIn, body: dict[str, object]) -> None:
        answer = await ayu.put("/notifications/choices", json=body)

        assert_problem(answer, 422, "request_malformed")


class TestSendTest:
    async def test_comes_on_every_way(self, server: Server, ayu: SignedIn) -> None:
        assert (await ayu.post("/notifications/test")).status_code == 204
        await do_due(server)

        assert await titles(ayu) == ["This is a test"]
        assert [letter.subject for letter in mailer_of(server).sent] == ["This is a test"]

    async def test_is_not_for_sending_many_letters(self, ayu: SignedIn) -> None:
        answers = [await ayu.post("/notifications/test") for _ in range(4)]

        assert [answer.status_code for answer in answers] == [204, 204, 204, 429]


class TestOrganisation:
    async def test_sees_nothing_of_another(self, server: Server, ayu: SignedIn) -> None:
        await tell(server, ayu)
        name = (await ayu.get("/notifications")).json()["items"][0]["id"]
        other = await make_organisation(server)
        dewi = await sign_in(server, "dewi@example.com", organisation_id=other)

        assert await titles(dewi) == []
        assert_problem(await dewi.delete(f"/notifications/{name}"), 404, "notification_not_found")
