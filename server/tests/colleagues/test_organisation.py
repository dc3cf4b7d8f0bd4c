"""The organisation has a name, which its administrators change."""

import pytest
from people import SignedIn, assert_problem

PATH = "/organisation"


class TestGetOrganisation:
    async def test_counts_its_people(self, administrator: SignedIn, member: SignedIn) -> None:
        await administrator.post(f"{PATH}/people/{member.user.id}/close")

        seen = (await administrator.get(PATH)).json()

        assert (seen["people"], seen["administrators"], seen["closed"]) == (2, 1, 1)

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get(PATH), 403, "administrator_needed")
        answer = await member.put(PATH, json={"name": "Mine"})
        assert_problem(answer, 403, "administrator_needed")


class TestUpdateOrganisation:
    async def test_renames_ones_own(self, administrator: SignedIn, elsewhere: SignedIn) -> None:
        before = (await administrator.get(PATH)).json()["name"]

        answer = await elsewhere.put(PATH, json={"name": " Rukun  Warga 05 "})

        assert answer.json()["name"] == "Rukun Warga 05"
        assert (await elsewhere.get(PATH)).json()["name"] == "Rukun Warga 05"
        assert (await administrator.get(PATH)).json()["name"] == before

    async def test_does_not_overwrite_what_somebody_else_changed(self, elsewhere: SignedIn) -> None:
        headers = {"If-Match": (await elsewhere.get(PATH)).headers["etag"]}
        await elsewhere.put(PATH, json={"name": "One"}, headers=headers)

        answer = await elsewhere.put(PATH, json={"name": "Two"}, headers=headers)

        assert_problem(answer, 412, "changed_meanwhile")

    @pytest.mark.parametrize("name", ["", " ", "x" * 101, "\u202eevil", "\0", 7])
    async def test_refuses_what_nobody_can_read(self, elsewhere: SignedIn, name: object) -> None:
        answer = await elsewhere.put(PATH, json={"name": name})

        assert_problem(answer, 422, "request_malformed")
