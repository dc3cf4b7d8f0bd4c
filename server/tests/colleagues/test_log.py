"""Administrators read what was done, in pages, filtered, and as a file."""

import csv
import io

import httpx2
import pytest
from factories import Server
from people import SignedIn, assert_problem, log_in

LOG = "/organisation/audit"


def actions(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [entry["action"] for entry in answer.json()["items"]]


def rows(answer: httpx2.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestListAuditEntries:
    async def test_shows_the_newest_first_in_pages(self, administrator: SignedIn) -> None:
        for number in range(4):
            await administrator.put("/organisation", json={"name": f"Home {number}"})

        first = await administrator.get(LOG, params={"limit": 3})
        more = {"limit": 3, "cursor": first.json()["next_cursor"]}
        second = await administrator.get(LOG, params=more)

        numbers = [e["number"] for answer in (first, second) for e in answer.json()["items"]]
        assert numbers == sorted(numbers, reverse=True)
        assert actions(first) == ["organisation.renamed"] * 3
        assert first.json()["items"][0]["actor"]["first_name"] == "Dewi"
        assert first.json()["items"][0]["facts"] == {"name": "Home 3"}
        await administrator.put("/organisation", json={"name": "Home"})

    async def test_shows_what_somebody_did_or_what_was_done_to_them(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        await log_in(server, password="wrong")  # wrong on purpose
        await administrator.post(f"/organisation/people/{member.user.id}/close")

        found = await administrator.get(LOG, params={"person": str(member.user.id)})

        assert actions(found) == ["session.ended", "user.closed", "login.refused", "session.begun"]
        entry = found.json()["items"][0]
        assert (entry["actor"]["first_name"], entry["subject"]["first_name"]) == ("Dewi", "Ayu")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"action": "session"}, ["session.begun"]),
            ({"action": "session.begun"}, ["session.begun"]),
            ({"action": "sess"}, []),
            ({"action": "%"}, []),
            ({"since": "2026-11-21T09:00:00Z"}, ["session.begun"]),
            ({"until": "2026-11-21T09:00:00Z"}, []),
            ({"since": "2026-11-21T16:00:01+07:00"}, []),
        ],
    )
    async def test_shows_what_is_sought(
        self, administrator: SignedIn, query: dict[str, str], found: list[str]
    ) -> None:
        assert actions(await administrator.get(LOG, params=query)) == found

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get(LOG), 403, "administrator_needed")
        assert_problem(await member.get(f"{LOG}.csv"), 403, "administrator_needed")

    async def test_shows_nothing_of_other_organisations(
        self, member: SignedIn, elsewhere: SignedIn
    ) -> None:
        found = await elsewhere.get(LOG, params={"person": str(member.user.id)})

        assert actions(found) == []
        assert actions(await elsewhere.get(LOG)) == ["session.begun"]
        assert "Ayu" not in (await elsewhere.get(f"{LOG}.csv")).text

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"cursor": "x"}, 400),
            ({"cursor": "WyIxZTkiLCAiMDE5YTJmM2UtN2MwMC03YTEwLThiMjAtM2M0ZDVlNmY3YThiIl0"}, 400),
            ({"person": "x"}, 422),
            ({"since": "yesterday"}, 422),
            ({"since": "0001-01-01T00:00:00+14:00"}, 422),
            ({"until": "9999-12-31T23:59:59-12:00"}, 422),
            ({"since": "2026-11-21T09:00:00"}, 422),
            ({"action": "x" * 101}, 422),
        ],
    )
    async def test_refuses_what_it_cannot_read(
        self, administrator: SignedIn, query: dict[str, str], status: int
    ) -> None:
        assert (await administrator.get(LOG, params=query)).status_code == status


class TestExportAuditEntries:
    async def test_writes_every_entry_and_that_it_was_read(self, administrator: SignedIn) -> None:
        answer = await administrator.get(f"{LOG}.csv")

        head, *entries = rows(answer)
        assert head == ["number", "at", "action", "actor", "subject", "facts", "address"]
        assert [entry[2] for entry in entries] == ["audit.exported", "session.begun"]
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]

    async def test_goes_on_after_the_first_batch(
        self, administrator: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jumpa.domains.colleagues.service.log._BATCH", 2)
        for number in range(5):
            await administrator.put("/organisation", json={"name": f"Home {number}"})

        found = rows(await administrator.get(f"{LOG}.csv"))

        assert [int(row[0]) for row in found[1:]] == list(range(len(found) - 1, 0, -1))
        await administrator.put("/organisation", json={"name": "Home"})

    async def test_holds_no_formula(self, administrator: SignedIn) -> None:
        formula = '=HYPERLINK("http://evil.example","x")'
        names = {"first_name": formula, "last_name": "@SUM(A1)"}
        assert (await administrator.put("/users/profile", json=names)).status_code == 200

        found = rows(await administrator.get(f"{LOG}.csv"))

        cells = [cell for row in found for cell in row]
        assert any(formula in cell for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
