"""Letters in the language of whoever reads them."""

import re
from string import Formatter

import pytest
from factories import Server
from people import API, PASSWORD, letters, make_user, sign_in

from jumpa.domains.auth.service.letters import WORDS
from jumpa.kit.languages import choose

INDONESIAN = {"Accept-Language": "id-ID,id;q=0.9,en;q=0.8"}
AYU = {
    "email": "ayu@example.com",
    "password": PASSWORD,
    "first_name": "Ayu",
    "last_name": "Lestari",
}


async def forget(server: Server, headers: dict[str, str] | None = None) -> str:
    body = {"email": "ayu@example.com"}
    await server.client.post(f"{API}/auth/forgot-password", json=body, headers=headers)
    return (await letters(server)).sent[-1].subject


class TestLanguage:
    async def test_of_a_newcomer_is_the_browsers(self, server: Server) -> None:
        await server.client.post(f"{API}/auth/register", json=AYU, headers=INDONESIAN)

        letter = (await letters(server)).sent[-1]
        assert letter.subject == "Pastikan alamat surel Anda untuk Jumpa"
        assert re.search(r"http://localhost:7880/verify-email#\S{40,}", letter.text)

    async def test_of_an_account_is_the_browsers_until_its_owner_chooses(
        self, server: Server
    ) -> None:
        ayu = await sign_in(server)
        assert await forget(server, INDONESIAN) == "Pilih kata sandi baru untuk Jumpa"

        await ayu.put("/users/settings", json={"language": "en"})
        assert await forget(server, INDONESIAN) == "Choose a new password for Jumpa"
        await ayu.put("/users/settings", json={"language": "id"})
        assert await forget(server) == "Pilih kata sandi baru untuk Jumpa"

    async def test_is_not_a_strangers_who_registers_with_the_address(self, server: Server) -> None:
        ayu = await sign_in(server)
        await ayu.put("/users/settings", json={"language": "id"})

        await server.client.post(f"{API}/auth/register", json=AYU)

        assert (await letters(server)).sent[-1].subject == "Anda sudah punya akun di Jumpa"

    async def test_of_a_changed_password_is_the_owners(self, server: Server) -> None:
        await make_user(server)
        ayu = await sign_in(server, "budi@example.com")
        body = {"current_password": PASSWORD, "new_password": "seven warm lanterns"}

        answer = await ayu.put("/users/password", json=body, headers=INDONESIAN)

        assert answer.status_code == 204
        assert (await letters(server)).sent[-1].subject.startswith("Kata sandi Anda")


class TestWords:
    def test_are_the_same_letters_with_the_same_gaps_in_every_language(self) -> None:
        def gaps(text: str) -> list[str]:
            return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

        english = {kind: [gaps(part) for part in parts] for kind, parts in WORDS["en"].items()}
        for words in WORDS.values():
            assert {kind: [gaps(p) for p in parts] for kind, parts in words.items()} == english


class TestChoose:
    @pytest.mark.parametrize(
        ("accepted", "language"),
        [
            ("", "en"),
            ("id", "id"),
            ("ID-id", "id"),
            ("en-GB,id;q=0.5", "en"),
            ("de, id;q=0.3, en;q=0.2", "id"),
            ("en;q=0, id;q=0.1", "id"),
            ("id;q=0", "en"),
            ("id;q=x", "en"),
            ("id ; q=0.5", "id"),
            ("*", "en"),
            (",;=,", "en"),
            ("idx", "en"),
            ("de," * 5000 + "id", "en"),
        ],
    )
    def test_takes_what_is_liked_best_and_known(self, accepted: str, language: str) -> None:
        assert choose(accepted) == language
