"""People are invited by letters that calendars read, and answer with an account or without one."""

import asyncio
from uuid import uuid4

import pytest
from factories import Server
from meetings.planned import TEA, WEEKLY, Planner, events, token_of
from people import API, assert_problem, make_organisation, sign_in

from jumpa.config import RoomSettings, Settings
from jumpa.kit.signing import Signer

BUDI, CITRA = "budi@example.com", "citra@example.net"


class TestInvite:
    async def test_reaches_two_of_whom_one_accepts_and_the_host_sees_it(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI, CITRA)

        first, second = await ayu.sent()
        assert {first.recipient, second.recipient} == {BUDI, CITRA}
        answered = await ayu.answer(first, "accepted")

        assert answered.status_code == 200
        read = await ayu.read(made["id"])
        assert read["answers"] == {
            "needs_action": 1, "accepted": 1, "declined": 0, "tentative": 0,
        }  # fmt: skip
        invited = (await ayu.person.get(f"/meetings/{made['id']}/invitations")).json()
        said = {one["email"]: one["answer"] for one in invited}
        assert said[first.recipient] == "accepted"
        assert said[second.recipient] == "needs_action"

    async def test_reaches_colleagues_by_who_they_are(self, server: Server, ayu: Planner) -> None:
        budi = await sign_in(server, BUDI)

        made = await ayu.plan(invited=[{"user_id": str(budi.user.id), "role": "cohost"}])

        (letter,) = await ayu.sent()
        assert letter.recipient == BUDI
        assert (await budi.get(f"/meetings/{made['id']}")).json()["part"] == "cohost"

    async def test_knows_nobody_of_another_organisation(self, server: Server, ayu: Planner) -> None:
        other = await make_organisation(server)
        eve = await sign_in(server, "eve@example.net", organisation_id=other)
        made = await ayu.plan()
        path = f"/meetings/{made['id']}/invitations"

        foreign = await ayu.person.post(path, json={"invited": [{"user_id": str(eve.user.id)}]})
        unknown = await ayu.person.post(path, json={"invited": [{"user_id": str(uuid4())}]})

        assert_problem(foreign, 404, "user_not_found")
        assert_problem(unknown, 404, "user_not_found")

    @pytest.mark.parametrize("named", [{}, {"email": BUDI, "user_id": str(uuid4())}])
    async def test_takes_an_address_or_a_person_and_not_both(
        self, ayu: Planner, named: dict[str, str]
    ) -> None:
        made = await ayu.plan()

        answer = await ayu.person.post(
            f"/meetings/{made['id']}/invitations", json={"invited": [named]}
        )

        assert_problem(answer, 422, "request_malformed")

    async def test_is_read_by_calendars(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI, title="Tea; with, \\cake\\ 🍰")

        (letter,) = await ayu.sent()
        (event,) = events(letter)

        assert letter.method == "REQUEST"
        assert event["uid"] == f"{made['id']}@jumpa"
        assert event["sequence"] == 0
        assert event["summary"] == "Tea; with, \\cake\\ 🍰"
        assert event["organizer"] == "mailto:ayu@example.com"
        assert event["attendee"] == f"mailto:{BUDI}"
        assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert event.start.isoformat() == "2026-12-01T09:00:00+07:00"
        assert event.end.isoformat() == "2026-12-01T09:30:00+07:00"

    async def test_names_nobody_else_who_is_invited(self, ayu: Planner) -> None:
        await ayu.plan(BUDI, CITRA)

        for letter in await ayu.sent():
            other = CITRA if letter.recipient == BUDI else BUDI
            assert other not in letter.calendar + letter.text + letter.html

    async def test_is_as_text_and_as_html_with_an_answer_to_whoever_plans(
        self, ayu: Planner
    ) -> None:
        await ayu.plan(BUDI, title="<script>alert(1)</script>")

        (letter,) = await ayu.sent()
        message = letter.to_message("Jumpa <jumpa@localhost>", "x")
        kinds = [part.get_content_type() for part in message.walk()]

        assert kinds == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics",
        ]
        assert "<script>" not in letter.html
        assert message["Reply-To"] == "ayu@example.com"
        assert 'method="REQUEST"' in message.as_string()

    async def test_speaks_the_language_of_whoever_has_an_account(
        self, server: Server, ayu: Planner
    ) -> None:
        budi = await sign_in(server, BUDI)
        await budi.put("/users/settings", json={"language": "id"})

        await ayu.plan(BUDI, CITRA)

        subjects = {letter.recipient: letter.subject for letter in await ayu.sent()}
        assert subjects == {BUDI: "Undangan: Tea", CITRA: "Invitation: Tea"}

    async def test_again_writes_no_second_letter(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)
        path = f"/meetings/{made['id']}/invitations"
        body = {"invited": [{"email": "BUDI@example.com"}, {"email": CITRA}, {"email": CITRA}]}

        answers = await asyncio.gather(*(ayu.person.post(path, json=body) for _ in range(3)))

        assert {answer.status_code for answer in answers} == {200}
        assert sorted(letter.recipient for letter in await ayu.sent()) == [BUDI, CITRA]

    @pytest.mark.parametrize("field", ["title", "name", "email"])
    async def test_takes_nothing_that_would_be_another_header(
        self, ayu: Planner, field: str
    ) -> None:
        injected = "Tea\r\nBcc: everybody@example.com"
        guest = {"email": BUDI, **({} if field == "title" else {field: injected})}
        title = injected if field == "title" else "Tea"

        answer = await ayu.person.post(
            "/meetings", json={**TEA, "title": title, "invited": [guest]}
        )

        assert_problem(answer, 422, "request_malformed")
        assert await ayu.sent() == []

    async def test_lets_a_name_hold_what_calendars_have_a_use_for(self, ayu: Planner) -> None:
        guest = {"email": BUDI, "name": 'Budi "B"; CN=x: y, z'}

        answer = await ayu.person.post("/meetings", json={**TEA, "invited": [guest]})

        assert answer.status_code == 201
        (event,) = events((await ayu.sent())[0])
        assert event["attendee"].params["CN"] == "Budi 'B'; CN=x: y, z"

    async def test_needs_no_letter_to_oneself(self, ayu: Planner) -> None:
        answer = await ayu.person.post(
            "/meetings", json={**TEA, "invited": [{"email": "ayu@example.com"}]}
        )

        assert_problem(answer, 400, "organiser_invited")


class TestMostInvited:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(invitations=3))

    async def test_are_all_who_may_be(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI, CITRA)
        path = f"/meetings/{made['id']}/invitations"
        more = [{"email": f"p{number}@example.com"} for number in range(2)]

        refused = await ayu.person.post(path, json={"invited": more})
        taken = await ayu.person.post(path, json={"invited": [*more[:1], {"email": BUDI}]})

        assert_problem(refused, 409, "too_many_invited")
        assert [one["email"] for one in taken.json()] == [BUDI, CITRA, "p0@example.com"]
        assert len(await ayu.sent()) == 3


class TestTakeBack:
    async def test_tells_whoever_was_invited_and_ends_their_link(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)
        (letter,) = await ayu.sent()
        path = f"/meetings/{made['id']}/invitations"
        (one,) = (await ayu.person.get(path)).json()

        assert (await ayu.person.delete(f"{path}/{one['id']}")).status_code == 204

        told = (await ayu.sent())[-1]
        (event,) = events(told)
        assert (told.recipient, told.method) == (BUDI, "CANCEL")
        assert (event["status"], event["uid"]) == ("CANCELLED", f"{made['id']}@jumpa")
        assert_problem(await ayu.answer(letter, "accepted"), 404, "invitation_not_found")
        assert_problem(await ayu.person.delete(f"{path}/{one['id']}"), 404, "invitation_not_found")


class TestAnswer:
    async def test_may_change_and_be_given_twice(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)
        (letter,) = await ayu.sent()

        for said in ("accepted", "accepted", "declined", "tentative"):
            assert (await ayu.answer(letter, said)).json()["answer"] == said

        assert (await ayu.read(made["id"]))["answers"]["tentative"] == 1

    async def test_by_link_sees_what_it_is_about(self, server: Server, ayu: Planner) -> None:
        await ayu.plan(BUDI, agenda="Who brings cake?\nAnd when?")
        (letter,) = await ayu.sent()

        seen = await server.client.post(f"{API}/invitations/look", json={"token": token_of(letter)})

        assert seen.status_code == 200
        told = seen.json()
        assert told["organiser"] == "Ayu Lestari"
        assert told["agenda"] == "Who brings cake?\nAnd when?"
        assert told["email"] == BUDI

    async def test_by_a_forged_link_is_refused_as_by_one_of_nobody(
        self, server: Server, ayu: Planner
    ) -> None:
        await ayu.plan(BUDI)
        (letter,) = await ayu.sent()
        token = token_of(letter)
        own = Signer(b"x" * 32).sign(f"invitation {uuid4()}")
        forged = [token[:-2] + "AA", token + "A", "x", own, "a" * 512]

        answers = [
            await server.client.post(
                f"{API}/invitations/answer", json={"token": one, "answer": "accepted"}
            )
            for one in forged
        ]

        for answer in answers:
            assert_problem(answer, 404, "invitation_not_found")
        assert len({answer.json()["detail"] for answer in answers}) == 1

    async def test_by_a_link_opens_nothing_else(self, server: Server, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)
        (letter,) = await ayu.sent()
        headers = {"Authorization": f"Bearer {token_of(letter)}"}

        read = await server.client.get(f"{API}/meetings/{made['id']}", headers=headers)
        room = await server.client.get(
            f"{API}/rooms/{made['room_code']}/participants", headers=headers
        )

        assert_problem(read, 401, "access_token_invalid")
        assert_problem(room, 403, "host_secret_wrong")

    async def test_after_the_meeting_was_cancelled_says_so(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)
        (letter,) = await ayu.sent()

        assert (await ayu.person.delete(f"/meetings/{made['id']}")).status_code == 204

        assert_problem(await ayu.answer(letter, "accepted"), 410, "meeting_cancelled")
        told = (await ayu.sent())[-1]
        assert (told.recipient, told.method) == (BUDI, "CANCEL")
        assert events(told)[0]["sequence"] == 1

    async def test_is_given_with_an_account_as_well(self, server: Server, ayu: Planner) -> None:
        budi = Planner(server, await sign_in(server, BUDI))
        made = await ayu.plan(BUDI, rule=WEEKLY["rule"])

        answer = await budi.person.put(
            f"/meetings/{made['id']}/answer", json={"answer": "declined"}
        )

        assert answer.status_code == 204
        assert (await ayu.read(made["id"]))["answers"]["declined"] == 1
        assert await budi.starts() == []
        assert len(await ayu.starts()) == 5
