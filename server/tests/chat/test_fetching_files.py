"""Files are fetched by who may read the room, and run nowhere."""

from uuid import UUID, uuid4

from chat.talking import Talker, host, seat
from factories import Server
from people import assert_problem, make_organisation, sign_in

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40


class TestGetFile:
    async def test_gives_the_file_so_that_no_browser_runs_it(
        self, ann: Talker, ben: Talker
    ) -> None:
        answer = await ben.fetch(await ann.sent())

        assert (answer.status_code, answer.content) == (200, b"Teh hijau")
        headers = answer.headers
        assert headers["content-type"].startswith("text/plain")
        assert headers["content-disposition"].startswith("attachment;")
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["content-length"] == "9"

    async def test_shows_pictures(self, ann: Talker) -> None:
        answer = await ann.fetch(await ann.sent("a.png", PNG))

        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-disposition"].startswith("inline;")

    async def test_gives_a_range(self, ann: Talker) -> None:
        answer = await ann.fetch(await ann.sent(), "bytes=4-7")

        assert (answer.status_code, answer.content) == (206, b"hija")
        assert answer.headers["content-range"] == "bytes 4-7/9"

    async def test_gives_the_whole_for_a_range_out_of_reach(self, ann: Talker) -> None:
        answer = await ann.fetch(await ann.sent(), "bytes=9-")

        assert (answer.status_code, answer.content) == (200, b"Teh hijau")

    async def test_refuses_a_range_without_end(self, ann: Talker) -> None:
        asked = "bytes=" + ",".join(f"{n}-" for n in range(1000))

        assert_problem(await ann.fetch(await ann.sent(), asked), 422, "request_malformed")

    async def test_is_refused_through_another_room(self, server: Server, ann: Talker) -> None:
        message = await ann.sent()
        elsewhere = await seat(server, await server.create_room())

        assert_problem(await elsewhere.fetch(message), 404, "file_not_found")

    async def test_is_refused_to_who_is_not_inside(
        self, server: Server, room: dict[str, str], ann: Talker, ben: Talker
    ) -> None:
        message = await ann.sent()
        chair = await host(server, room)
        await chair.call("PUT", f"/bans/{ben.identity}")
        spy = await sign_in(
            server, "spy@example.com", organisation_id=await make_organisation(server)
        )

        assert_problem(await ben.fetch(message), 403, "role_too_low")
        assert_problem(await ben.send(), 403, "role_too_low")
        path = f"/rooms/{ann.code}/files/{message['file']['id']}"
        assert_problem(await spy.get(path), 403, "role_too_low")
        assert_problem(
            await Talker(server, ann.code, "").fetch(message), 401, "host_secret_missing"
        )

    async def test_knows_no_other_file(self, ann: Talker) -> None:
        answer = await ann.call("GET", f"/files/{uuid4()}")

        assert_problem(answer, 404, "file_not_found")
        assert (await ann.call("GET", "/files/..%2f..%2fsecret")).status_code in {404, 422}

    async def test_says_that_the_store_lost_it(self, server: Server, ann: Talker) -> None:
        message = await ann.sent()
        await server.parts.objects.delete(UUID(message["file"]["id"]))

        assert_problem(await ann.fetch(message), 404, "object_missing")
