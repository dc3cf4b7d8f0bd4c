"""News reaches telephones that were proven, by a service that tells what became of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from factories import NOW, Server
from notifications.told import FACTS, ask, choose, do_due, mailer_of, tell
from notifications.whatsapp import (
    VERIFY_TOKEN,
    WEBHOOK,
    CloudApi,
    cloud_api,
    envelope,
    receipt,
    reply,
)
from notifications.whatsapp import tell as say
from people import SignedIn, assert_problem, sign_in, sign_in_again
from sqlalchemy import text

from jumpa.config import Settings
from jumpa.domains.notifications.service.telling import News
from jumpa.kit.actor import SERVER
from jumpa.kit.work import jobs

NUMBER, WRITTEN = "+6281234567890", "0812-3456 7890"
PHONE = "/notifications/phone"
REMINDED = {"meeting_reminder": {"in_app": True, "mail": False, "push": False, "text": True}}
ANSWERED = {"meeting_answered": {"text": True}}
UNTIL = NOW + timedelta(hours=1)


@pytest.fixture
async def api() -> AsyncIterator[CloudApi]:
    async with cloud_api() as service:
        yield service


@pytest.fixture
def settings(api: CloudApi) -> Settings:
    outbound = {"allowed_hosts": ["localhost"]}
    return Settings.model_validate({"outbound": outbound, "whatsapp": api.account})


async def named(server: Server, person: SignedIn, number: str = WRITTEN) -> None:
    answer = await person.put(PHONE, json={"number": number})
    assert answer.status_code == 200, answer.text
    await do_due(server)


async def prove(person: SignedIn, code: str) -> Any:  # noqa: ANN401  # an answer
    return await person.post(f"{PHONE}/proof", json={"code": code})


@pytest.fixture
async def reachable(server: Server, ayu: SignedIn, api: CloudApi) -> SignedIn:
    """Somebody with a telephone that was proven, who wants reminders there."""
    await named(server, ayu)
    assert (await prove(ayu, api.codes[-1])).status_code == 200
    await choose(ayu, kinds=REMINDED)
    return ayu


async def text_jobs(server: Server) -> list[tuple[str, str]]:
    async with server.app.work.read(SERVER) as ctx:
        found = await jobs.list_last(ctx, None, "text", None, 9)
        return [(job.state, job.failure) for job in found]


async def stored(server: Server, table: str) -> list[Any]:
    async with server.app.work.read(SERVER) as ctx:
        return [*(await ctx.session.execute(text(f"SELECT * FROM {table}"))).all()]  # a test's own


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


class TestProve:
    async def test_makes_a_number_one_s_own(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        before = (await ayu.get(PHONE)).json()
        await named(server, ayu)
        unproven = (await ayu.get(PHONE)).json()
        (sent,) = api.taken

        proven = (await prove(ayu, api.codes[0])).json()

        assert before == {"is_available": True, "ending": None, "is_proven": False, "last": None}
        assert (unproven["ending"], unproven["is_proven"]) == ("7890", False)
        assert (proven["ending"], proven["is_proven"]) == ("7890", True)
        assert sent["to"] == NUMBER.removeprefix("+")
        assert sent["template"]["components"][1]["sub_type"] == "url"

    @pytest.mark.parametrize(
        "written", ["+62 812-3456-7890", "0062 812 3456 7890", "(0812) 3456.7890", NUMBER]
    )
    async def test_reads_numbers_as_people_write_them(
        self, server: Server, ayu: SignedIn, api: CloudApi, written: str
    ) -> None:
        await named(server, ayu, written)

        assert api.taken[0]["to"] == NUMBER.removeprefix("+")

    @pytest.mark.parametrize("written", ["12", "+0812345678", "+62x", "٠٨١٢٣٤٥٦٧٨٩٠", "+62" * 9])
    async def test_takes_nothing_else_for_a_number(
        self, ayu: SignedIn, api: CloudApi, written: str
    ) -> None:
        answer = await ayu.put(PHONE, json={"number": written})

        assert_problem(answer, 400, "phone_number_unusable")
        assert api.asked == []

    async def test_is_refused_after_five_wrong_codes_even_with_the_right_one(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        await named(server, ayu)
        code = api.codes[0]

        answers = [await prove(ayu, other(code)) for _ in range(5)]

        for answer in answers:
            assert_problem(answer, 400, "phone_code_wrong")
        assert_problem(await prove(ayu, code), 410, "phone_code_spent")
        await named(server, ayu)
        assert (await prove(ayu, api.codes[1])).status_code == 200

    async def test_lets_nobody_guess_more_often_by_guessing_at_once(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        await named(server, ayu)
        wrong = other(api.codes[0])

        answers = await asyncio.gather(*(prove(ayu, wrong) for _ in range(12)))

        codes = [answer.json()["code"] for answer in answers]
        assert codes.count("phone_code_wrong") == 5
        assert codes.count("phone_code_spent") == 7

    async def test_is_refused_once_the_code_has_expired(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        await named(server, ayu)
        server.clock.move(minutes=10)

        assert_problem(await prove(ayu, api.codes[0]), 410, "phone_code_spent")

    async def test_of_a_code_for_the_number_before_is_refused(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        await named(server, ayu)
        await named(server, ayu, "+6281200000000")

        refused = await prove(ayu, api.codes[0])

        assert_problem(refused, 400, "phone_code_wrong")

    async def test_of_somebody_else_s_code_is_refused(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        await named(server, ayu)
        await named(server, budi, "+6281200000000")

        assert_problem(await prove(budi, api.codes[0]), 400, "phone_code_wrong")
        assert_problem(
            await prove(await sign_in(server, "eka@example.com"), api.codes[0]),
            404,
            "phone_number_not_found",
        )

    async def test_takes_the_number_from_whoever_proved_it_before(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        await named(server, budi)
        assert (await reachable.get(PHONE)).json()["is_proven"]

        await prove(budi, api.codes[-1])

        assert (await reachable.get(PHONE)).json()["ending"] is None

    async def test_costs_no_more_codes_than_the_quota(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        for _ in range(5):
            await named(server, ayu)
        budi = await sign_in(server, "budi@example.com")

        for person in (ayu, budi):
            answer = await person.put(PHONE, json={"number": NUMBER})
            assert_problem(answer, 429, "too_many_requests")
        assert len(api.codes) == 5

    async def test_leaves_neither_number_nor_code_where_it_could_be_read(
        self,
        server: Server,
        ayu: SignedIn,
        api: CloudApi,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        api.refusals = [(500, 131000)]
        await named(server, ayu)
        server.clock.move(minutes=2)
        await do_due(server)
        await prove(ayu, api.codes[0])

        rows = [
            str(row)
            for table in ("phone_numbers", "jobs", "audit_entries", "sent_texts")
            for row in await stored(server, table)
        ]
        for kept in (*rows, caplog.text):
            assert NUMBER not in kept
            assert NUMBER.removeprefix("+") not in kept
            assert api.codes[0] not in kept


class TestRemove:
    async def test_ends_messages_at_once(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        await choose(reachable, kinds=REMINDED, quiet_hours={"start": "15:00", "end": "16:10"})
        await tell(server, reachable, until=UNTIL)

        assert (await reachable.delete(PHONE)).status_code == 204
        server.clock.move(minutes=10)
        await do_due(server)

        assert api.news == []
        assert_problem(await reachable.delete(PHONE), 404, "phone_number_not_found")

    @pytest.mark.parametrize("said", ["STOP", " berhenti "])
    async def test_is_what_writing_back_does(
        self, server: Server, reachable: SignedIn, said: str
    ) -> None:
        await say(server.client, reply(NUMBER, "Terima kasih"))
        assert (await reachable.get(PHONE)).json()["is_proven"]

        await say(server.client, reply(NUMBER, said))

        assert (await reachable.get(PHONE)).json()["ending"] is None


class TestNews:
    async def test_reaches_the_telephone_in_its_reader_s_language(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        await reachable.put("/users/settings", json={"language": "id"})

        await tell(server, reachable, facts={"meeting": "Tea\n\t  at\n dusk", "at": str(UNTIL)})

        (sent,) = [one for one in api.taken if one["template"]["name"] == "jumpa_news"]
        assert sent["template"]["language"] == {"code": "id"}
        assert api.news == [
            ["Tea at dusk mulai 2026-11-21 17:00 (Asia/Jakarta).", "http://localhost:7880/r/tea"]
        ]

    async def test_leaves_only_where_it_was_chosen(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        await tell(server, reachable, kind="meeting_answered")
        budi = await sign_in(server, "budi@example.com")
        await choose(budi, kinds=REMINDED)
        await tell(server, budi)

        assert api.news == []

    async def test_does_not_reach_a_telephone_that_was_not_proven(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        await named(server, ayu)
        await choose(ayu, kinds=REMINDED)

        await tell(server, ayu)

        assert api.news == []

    async def test_waits_in_quiet_hours_unless_it_would_be_too_late(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        await choose(reachable, kinds=REMINDED, quiet_hours={"start": "15:00", "end": "16:10"})

        await tell(server, reachable, "one", until=NOW + timedelta(minutes=9))
        await tell(server, reachable, "two", until=UNTIL)
        assert api.news == []
        server.clock.move(minutes=10)
        await do_due(server)

        assert len(api.news) == 1

    async def test_leaves_to_the_digest_what_can_wait_for_it(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        await choose(reachable, kinds=REMINDED | ANSWERED, digest="daily")

        await tell(server, reachable, "one", kind="meeting_answered")
        assert api.news == []
        await tell(server, reachable, "two", until=UNTIL)

        assert len(api.news) == 1
        assert mailer_of(server).sent == []

    @pytest.mark.parametrize("refused", [(400, 130429), (400, 131056), (503, 2), (401, 190)])
    async def test_leaves_again_when_the_service_was_busy(
        self, server: Server, reachable: SignedIn, api: CloudApi, refused: tuple[int, int]
    ) -> None:
        api.refusals = [refused]
        await tell(server, reachable)
        assert api.news == []

        server.clock.move(minutes=1)
        await do_due(server)

        assert len(api.news) == 1
        assert (await text_jobs(server))[0] == ("done", "")

    @pytest.mark.parametrize("code", [131026, 132001, 132015, 368])
    async def test_is_given_up_when_it_can_never_arrive(
        self, server: Server, reachable: SignedIn, api: CloudApi, code: int
    ) -> None:
        api.refusals = [(400, code)] * 9

        await tell(server, reachable)

        assert (await text_jobs(server))[0] == (
            "failed", f"WhatsApp answered with status 400 and code {code}."
        )  # fmt: skip
        assert (await reachable.get(PHONE)).json()["last"]["status"] == "failed"

    async def test_that_never_left_is_said_to_have_failed(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        api.refusals = [(503, 2)] * 8
        server.clock.move(seconds=1)
        await tell(server, reachable, until=NOW + timedelta(days=9))
        for _ in range(7):
            server.clock.move(hours=7.3)
            await do_due(server)

        reachable = await sign_in_again(server, reachable.user)
        assert (await text_jobs(server))[0][0] == "failed"
        assert (await reachable.get(PHONE)).json()["last"]["status"] == "failed"

    async def test_that_would_come_too_late_is_said_to_have_failed(
        self, server: Server, ayu: SignedIn, api: CloudApi
    ) -> None:
        api.refusals = [(503, 2)]
        await named(server, ayu)
        assert (await ayu.get(PHONE)).json()["last"]["status"] == "sending"
        server.clock.move(minutes=10)

        await do_due(server)

        assert (await ayu.get(PHONE)).json()["last"]["status"] == "failed"
        assert api.codes == []


class TestReceipt:
    async def last(self, person: SignedIn) -> str:
        status: str = (await person.get(PHONE)).json()["last"]["status"]
        return status

    async def test_tells_how_far_a_message_came_in_any_order(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        server.clock.move(seconds=1)
        await tell(server, reachable)
        assert await self.last(reachable) == "accepted"

        for said, known in [
            ("sent", "sent"),
            ("read", "read"),
            ("delivered", "read"),
            ("failed", "read"),
            ("read", "read"),
        ]:
            answer = await say(server.client, receipt(api.taken[-1], said))
            assert answer.status_code == 200
            assert await self.last(reachable) == known

    async def test_tells_of_a_number_that_has_no_whatsapp(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        server.clock.move(seconds=1)
        await tell(server, reachable)

        await say(server.client, receipt(api.taken[-1], "failed", 131026))

        assert await self.last(reachable) == "failed"
        assert "WhatsApp code 131026" in str(await stored(server, "sent_texts"))

    async def test_that_came_before_the_server_died_spares_a_second_message(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        texts = server.app.workers.texts
        assert texts is not None
        errand = texts.trades["text"].errand
        assert errand is not None
        await ask(server, News("meeting_reminder", reachable.user.id, "one", FACTS))
        await server.app.workers.changes.do_due()
        async with server.app.work.read(SERVER) as ctx:
            (job,) = [one for one in await jobs.list_last(ctx, None, "text", None, 9) if one.key]

        await errand(job)
        await say(server.client, receipt(api.taken[-1], "sent"))
        await do_due(server)

        assert len(api.news) == 1
        assert (await text_jobs(server))[0] == ("done", "")

    @pytest.mark.parametrize("secret", ["", "another secret"])
    async def test_that_is_forged_changes_nothing(
        self, server: Server, reachable: SignedIn, api: CloudApi, secret: str
    ) -> None:
        await tell(server, reachable)

        forged = await say(server.client, reply(NUMBER, "STOP"), secret)
        unsigned = await server.client.post(WEBHOOK, json=receipt(api.taken[-1], "read"))

        assert_problem(forged, 403, "receipt_forged")
        assert_problem(unsigned, 403, "receipt_forged")
        assert (await reachable.get(PHONE)).json()["is_proven"]

    async def test_of_nobody_or_for_another_number_changes_nothing(
        self, server: Server, reachable: SignedIn, api: CloudApi
    ) -> None:
        unknown = receipt({**api.taken[-1], "biz_opaque_callback_data": "x"}, "failed")
        written = {"from": NUMBER[1:], "text": {"body": "stop"}}

        nothing: dict[str, Any] = {"entry": []}
        for told in (unknown, envelope("7", messages=[written]), envelope(), nothing):
            assert (await say(server.client, told)).status_code == 200

        assert (await reachable.get(PHONE)).json()["is_proven"]

    @pytest.mark.parametrize("told", [{}, {"entry": 7}, {"entry": [{"changes": [{}]}]}])
    async def test_that_cannot_be_read_is_refused(
        self, server: Server, told: dict[str, Any]
    ) -> None:
        assert_problem(await say(server.client, told), 400, "receipt_malformed")

    async def test_that_is_too_large_is_refused(self, server: Server) -> None:
        answer = await server.client.post(WEBHOOK, content=b"x" * (1024 * 1024 + 1))

        assert_problem(answer, 400, "receipt_malformed")


class TestChallenge:
    async def test_is_answered_for_whoever_knows_our_text(self, server: Server) -> None:
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}

        ours = {**asked, "hub.verify_token": VERIFY_TOKEN}
        answer = await server.client.get(WEBHOOK, params=ours)
        refused = await server.client.get(WEBHOOK, params={**asked, "hub.verify_token": "x"})
        bare = await server.client.get(WEBHOOK)

        assert (answer.status_code, answer.text) == (200, "1158201444")
        assert answer.headers["content-type"].startswith("text/plain")
        for one in (refused, bare):
            assert_problem(one, 403, "receipt_forged")


class TestOff:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    async def test_is_told_and_refuses_numbers(self, server: Server, ayu: SignedIn) -> None:
        assert (await ayu.get(PHONE)).json()["is_available"] is False

        answer = await ayu.put(PHONE, json={"number": NUMBER})

        assert_problem(answer, 409, "text_messages_off")
        assert (await server.client.get(WEBHOOK)).status_code == 404
