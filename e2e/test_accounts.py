"""Accounts as people use them: from the letter in the outbox to signing out, and attacked."""

import base64
import hmac
import re
import socket
import struct
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from harness import app, servers
from harness.app import Person
from harness.servers import Server

AYU, AYU_NAME = "ayu@example.com", ("Ayu", "Lestari")
BAGAS, BAGAS_NAME = "bagas@example.com", ("Bagas", "Prakoso")
SITI_NAME = ("Siti", "Rahma")
TITLE = "Parents of class XI"
CODE = re.compile(r"/[a-z]{3}-[a-z]{4}-[a-z]{3}$")
NEW_PASSWORD = "kawung empat kelopak menyala"  # opens nothing but the test's server
# All that a script can read; the long-lived token must not be in it.
STORED = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"


@dataclass(frozen=True)
class Site:
    """A server whose letters name the very address that browsers use, as passkeys need."""

    server: Server
    home: str


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("accounts") / "data"
    server = await servers.start(data, port=port)
    yield Site(server, f"http://localhost:{port}")
    assert await server.stop() == 0


@pytest.fixture
async def person(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[0])
    yield someone
    await someone.leave()


@pytest.fixture
async def other(people: list[Browser]) -> AsyncIterator[Person]:
    someone = await app.open_app(people[1])
    yield someone
    await someone.leave()


async def sees(person: Person, heading: str) -> None:
    await expect(person.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


async def reads(person: Person, text: str) -> None:
    await expect(person.page.get_by_text(text, exact=True).first).to_be_visible()


async def follow(person: Person, name: str) -> None:
    await person.page.get_by_role("link", name=name, exact=True).click()


def one_time_code(secret: str) -> str:
    """The code that an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1"
    )
    start = digest[-1] & 15
    [number] = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


class TestWalk:
    async def test_from_the_porch_to_signing_out(
        self, site: Site, person: Person, other: Person, tmp_path: Path
    ) -> None:
        await app.make_account(other, site.server, site.home, BAGAS, BAGAS_NAME)
        await self._register(site, person)
        await self._sign_in(site, person)
        await self._change_profile(person, tmp_path)
        await self._add_contact(person)
        await self._sign_out_another_device(site, person, other)
        await self._sign_out(site, person)

    async def _register(self, site: Site, person: Person) -> None:
        await person.page.goto(site.home)
        await follow(person, "Sign in")
        await follow(person, "Create an account")
        await person.press("Create an account")
        assert await person.page.get_by_text("This is still empty.").count() == 4
        await person.page.get_by_label("First name").fill(AYU_NAME[0])
        await person.page.get_by_label("Last name").fill(AYU_NAME[1])
        await person.page.get_by_label("E-mail").fill("ayu at home")
        await person.page.get_by_label("Password", exact=True).fill("password1")
        await person.press("Create an account")
        await reads(person, "Write an e-mail address like name@example.com.")
        await person.page.get_by_label("E-mail").fill(AYU)
        await person.press("Create an account")
        await reads(person, "This password is easy to guess. Choose a longer or less usual one.")
        await person.page.get_by_label("Password", exact=True).fill(app.PASSWORD)
        await person.press("Create an account")
        await sees(person, "Open your e-mail")

        link = await app.read_letter_link(site.server, AYU, "verify-email")
        assert link.startswith(f"{site.home}/")
        await person.page.goto(link)
        await sees(person, "Your address is confirmed")
        assert person.page.url == f"{site.home}/verify-email"

    async def _sign_in(self, site: Site, person: Person) -> None:
        await follow(person, "To sign in")
        await person.page.get_by_label("E-mail").fill(AYU)
        await person.page.get_by_label("Password", exact=True).fill("not the password")
        await person.press("Sign in")
        await reads(person, "That e-mail and password do not match.")
        await person.page.get_by_label("Password", exact=True).fill(app.PASSWORD)
        await person.page.keyboard.press("Enter")
        await sees(person, "Welcome, Ayu")
        assert person.page.url == f"{site.home}/"

        await person.page.reload()
        await sees(person, "Welcome, Ayu")
        stored = await person.page.evaluate(STORED)
        cookies = await person.page.context.cookies()
        [kept] = [cookie for cookie in cookies if "refresh" in cookie["name"]]
        assert kept["httpOnly"]
        assert kept["sameSite"] == "Strict"
        assert kept["value"] not in stored
        assert "eyJ" not in stored

    async def _change_profile(self, person: Person, folder: Path) -> None:
        await follow(person, "Settings")
        await person.page.get_by_label("First name").fill("  ")
        await person.press("Save")
        await reads(person, "This is still empty.")
        await person.page.get_by_label("First name").fill("Ayu Ratna")
        await person.press("Save")
        await reads(person, "Saved")
        await reads(person, "Ayu Ratna Lestari")

        broken = folder / "broken.png"
        broken.write_bytes(b"no picture")
        await person.page.get_by_label("Choose a photo").set_input_files(broken)
        await reads(person, "This file is no picture that can be read. Use PNG, JPEG, WebP or GIF.")
        photo = folder / "photo.png"
        await person.page.screenshot(path=photo)
        await person.page.locator("input[type=file]").set_input_files(photo)
        await reads(person, "Photo saved")
        await expect(person.page.locator("img.avatar")).to_have_count(2)
        await person.press("Remove the photo")
        await reads(person, "Photo removed")
        await expect(person.page.locator("img.avatar")).to_have_count(0)

    async def _add_contact(self, person: Person) -> None:
        await follow(person, "Contacts")
        await sees(person, "No contacts yet")
        search = person.page.get_by_label("Find people in your organisation")
        await search.fill("b")
        await search.press("Enter")
        await reads(person, "Write at least two letters.")
        await search.fill("nobody at all")
        await search.press("Enter")
        await expect(person.page.get_by_text("Nobody matches.")).to_be_visible()
        await search.fill("baga")
        await search.press("Enter")
        await person.press("Add Bagas Prakoso to your contacts")
        await reads(person, "Your contact")
        await person.page.reload()
        await person.press("Remove Bagas Prakoso from your contacts")
        await sees(person, "No contacts yet")
        await search.fill(BAGAS)
        await search.press("Enter")
        await person.press("Add Bagas Prakoso to your contacts")
        await reads(person, "Your contact")

    async def _sign_out_another_device(self, site: Site, person: Person, other: Person) -> None:
        await app.sign_in(other, site.home, AYU)
        await sees(other, "Welcome, Ayu Ratna")
        await follow(person, "Settings")
        await follow(person, "Security")
        await reads(person, "This device")
        await person.press("Sign out Chrome on Linux")
        await reads(person, "That device is signed out")
        await expect(person.page.get_by_role("button", name="Sign out Chrome")).to_have_count(0)

        await follow(other, "Contacts")
        await sees(other, "Your session on this device has ended.")
        await other.press("Sign in again")
        await sees(other, "Welcome back")
        await other.page.reload()
        await sees(other, "Welcome back")
        await follow(person, "Home")
        await sees(person, "Welcome, Ayu Ratna")

    async def _sign_out(self, site: Site, person: Person) -> None:
        await person.press("Sign out")
        await sees(person, "Everyone can meet.")
        asked = len(person.requests)
        await person.page.goto(f"{site.home}/contacts")
        await sees(person, "Welcome back")
        # What one signs in by is nobody's secret; nothing else is asked for.
        later = {url.partition("/api/v1")[2] for url in person.requests[asked:] if "/api/" in url}
        assert later <= {"/auth/options"}
        assert await person.page.evaluate(STORED) == '[{"jumpa.name":"Ayu Lestari"},{},""]'
        assert await person.page.context.cookies() == []


class TestLinks:
    async def test_a_link_works_once_and_signs_nobody_in(
        self, site: Site, person: Person, other: Person
    ) -> None:
        siti, candra = app.own_address("siti"), app.own_address("candra")
        await app.register(other, site.home, siti, SITI_NAME)
        link = await app.read_letter_link(site.server, siti, "verify-email")
        await app.make_account(person, site.server, site.home, candra, ("Candra", "Wijaya"))
        await app.sign_in(person, site.home, candra)
        await sees(person, "Welcome, Candra")

        await person.page.goto(link)
        await sees(person, "Your address is confirmed")
        await person.page.goto(site.home)
        await sees(person, "Welcome, Candra")

        await other.page.goto(link)
        await sees(other, "This link cannot be used")
        await expect(other.page.get_by_text("This link does not work any more.")).to_be_visible()
        await other.page.goto(f"{site.home}/verify-email#forged")
        await sees(other, "This link cannot be used")
        await other.page.goto(f"{site.home}/verify-email")
        await expect(other.page.get_by_text("This link is incomplete")).to_be_visible()

    async def test_a_known_address_gets_the_same_words(self, site: Site, person: Person) -> None:
        await app.register(person, site.home, BAGAS, ("Somebody", "Else"))
        known = await person.page.locator("main").inner_text()
        await app.register(person, site.home, "nobody@example.com", ("Somebody", "Else"))
        unknown = await person.page.locator("main").inner_text()
        assert known.replace(BAGAS, "") == unknown.replace("nobody@example.com", "")


class TestPasswords:
    async def test_forgotten_and_reset(self, site: Site, person: Person) -> None:
        address = app.own_address("dewi")
        await app.make_account(person, site.server, site.home, address, ("Dewi", "Anggraini"))
        await person.page.goto(f"{site.home}/login")
        await follow(person, "Forgot your password?")
        await person.page.get_by_label("E-mail").fill(address)
        await person.press("Send the link")
        await sees(person, "Open your e-mail")

        link = await app.read_letter_link(site.server, address, "reset-password")
        await person.page.goto(link)
        password = person.page.get_by_label("New password", exact=True)
        await password.fill("dewi")
        assert person.page.url == f"{site.home}/reset-password"
        await person.press("Save the password")
        await expect(password).to_have_attribute("aria-invalid", "true")
        await password.fill(NEW_PASSWORD)
        await person.press("Save the password")
        await sees(person, "The new password is saved")

        await follow(person, "To sign in")
        await person.page.goto(link)
        await password.fill(app.PASSWORD)
        await person.press("Save the password")
        await sees(person, "This link cannot be used")
        await app.sign_in(person, site.home, address)
        await reads(person, "That e-mail and password do not match.")
        await app.sign_in(person, site.home, address, NEW_PASSWORD)
        await sees(person, "Welcome, Dewi")

    async def test_changed_while_signed_in_twice(
        self, site: Site, person: Person, other: Person
    ) -> None:
        address = app.own_address("indah")
        await app.make_account(person, site.server, site.home, address, ("Indah", "Lestari"))
        for one in (person, other):
            await app.sign_in(one, site.home, address)
            await sees(one, "Welcome, Indah")
        await person.page.goto(f"{site.home}/security")
        await person.page.get_by_label("Current password", exact=True).fill(app.PASSWORD)
        await person.page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
        await person.press("Change the password")
        await reads(person, "Password changed. Your other devices are signed out.")

        await other.page.reload()
        await sees(other, "Your session on this device has ended.")
        await person.page.reload()
        await reads(person, "This device")

    async def test_a_spent_reset_link_asks_for_another(self, site: Site, person: Person) -> None:
        await person.page.goto(f"{site.home}/reset-password#forged")
        await person.page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
        await person.press("Save the password")
        await sees(person, "This link cannot be used")
        await follow(person, "Ask for a new link")
        await sees(person, "Forgot your password?")


class TestLocks:
    async def test_a_one_time_code_is_asked_for(self, site: Site, person: Person) -> None:
        address = app.own_address("eka")
        await app.make_account(person, site.server, site.home, address, ("Eka", "Putra"))
        await app.sign_in(person, site.home, address)
        await sees(person, "Welcome, Eka")
        await follow(person, "Settings")
        await follow(person, "Security")
        card = person.page.get_by_role("region", name="One-time codes")
        await card.get_by_label("Your password").fill("not the password")
        await card.get_by_role("button", name="Turn on", exact=True).click()
        await reads(person, "This is not your current password.")
        await card.get_by_label("Your password").fill(app.PASSWORD)
        await card.get_by_role("button", name="Turn on", exact=True).click()
        secret = await card.locator(".settings-codes").inner_text()
        await card.get_by_label("Code from the app").fill("000000")
        await card.get_by_role("button", name="Confirm").click()
        await reads(person, "This is not the code that the app shows now.")
        await card.get_by_label("Code from the app").fill(one_time_code(secret))
        await card.get_by_role("button", name="Confirm").click()
        await reads(person, "One-time codes are on")
        recovery = await card.get_by_role("listitem").first.inner_text()
        await person.press("Sign out")

        await app.sign_in(person, site.home, address)
        await sees(person, "One more step")
        await person.page.get_by_label("One-time code").fill("000000")
        await person.press("Sign in")
        await reads(person, "That code is wrong or was used already. Wait for the next one.")
        await person.page.get_by_label("One-time code").fill(recovery)
        await person.press("Sign in")
        await sees(person, "Welcome, Eka")

    async def test_a_passkey_signs_in(self, site: Site, person: Person) -> None:
        address = app.own_address("fajar")
        await _plug_in_passkeys(person)
        await app.make_account(person, site.server, site.home, address, ("Fajar", "Nugroho"))
        await person.page.goto(f"{site.home}/login")
        await person.press("Passkey on this device")
        await reads(person, "No passkey was chosen.")
        await app.sign_in(person, site.home, address)
        await sees(person, "Welcome, Fajar")
        await person.page.goto(f"{site.home}/security")
        card = person.page.get_by_role("region", name="Passkeys")
        await card.get_by_label("Your password").fill(app.PASSWORD)
        await card.get_by_role("button", name="Add a passkey").click()
        await reads(person, "Chrome on Linux was added")
        await person.press("Sign out")
        await follow(person, "Sign in")
        await person.press("Passkey on this device")
        await sees(person, "Welcome, Fajar")

        await person.page.goto(f"{site.home}/security")
        await person.press("Remove Chrome on Linux")
        await reads(person, "No passkeys yet.")
        await person.press("Sign out")
        await follow(person, "Sign in")
        await person.press("Passkey on this device")
        await reads(person, "This passkey could not be verified.")


class TestRooms:
    async def test_a_room_is_hosted_by_the_account_that_made_it(
        self, site: Site, person: Person
    ) -> None:
        gita = app.own_address("gita")
        await app.make_account(person, site.server, site.home, gita, ("Gita", "Savitri"))
        await app.sign_in(person, site.home, gita)
        await sees(person, "Welcome, Gita")
        await person.press("Start a meeting with a name")
        await person.page.get_by_label("Meeting name").fill(TITLE)
        await person.page.keyboard.press("Enter")
        await person.page.wait_for_url(CODE)
        link = person.page.url
        await expect(person.page.get_by_label("Your name")).to_have_value("Gita Savitri")
        await person.enter(link, "Gita")
        await person.press("Leave")
        await person.press("Only me")
        assert "jumpa.host" not in await person.page.evaluate(STORED)

        await person.page.goto(site.home)
        await follow(person, f"Enter the room {TITLE}")
        assert person.page.url == link
        await person.enter(link, "Gita")
        await person.press("Leave")
        await person.press("End")
        await sees(person, "The meeting is over")
        await person.page.goto(site.home)
        await reads(person, "Over")
        await expect(person.page.get_by_role("link", name="Enter the room")).to_have_count(0)

    async def test_a_guest_needs_the_password_and_waits(
        self, site: Site, person: Person, other: Person
    ) -> None:
        api, door, hana = person.page.request, f"{site.home}/api/v1", app.own_address("hana")
        await app.make_account(person, site.server, site.home, hana, ("Hana", "Putri"))
        signed = await api.post(
            f"{door}/auth/login", data={"email": hana, "password": app.PASSWORD}
        )
        headers = {"Authorization": f"Bearer {(await signed.json())['access_token']}"}
        asked = {"title": TITLE, "password": "teras"}
        made = await (await api.post(f"{door}/rooms", headers=headers, data=asked)).json()
        room = f"{door}/rooms/{made['code']}"
        kept = await api.put(f"{room}/settings", headers=headers, data={"waiting_room": True})
        assert kept.ok

        await other.page.goto(f"{site.home}/{made['code']}")
        await other.page.get_by_label("Your name").fill("Bagas")
        await other.press("Join")
        await reads(other, "This room has a password. Enter it to come in.")
        await other.page.get_by_label("Password of the room").fill("pintu")
        await other.press("Join")
        await reads(other, "This is not the password of this room.")
        await _knock(other, "teras")
        await other.press("Cancel")
        await _knock(other, "teras")
        assert (await api.post(f"{room}/lobby/deny", headers=headers)).ok
        await reads(other, "The host did not open the door this time.")
        await _knock(other, "teras")
        assert (await api.post(f"{room}/lobby/admit", headers=headers)).ok
        await expect(other.page.get_by_role("button", name="Leave", exact=True)).to_be_visible()


async def _knock(person: Person, password: str) -> None:
    await person.page.get_by_label("Password of the room").fill(password)
    await person.press("Join")
    await sees(person, "The host is not here yet")


async def _plug_in_passkeys(person: Person) -> None:
    """Give the browser an authenticator that says yes at once."""
    devtools = await person.page.context.new_cdp_session(person.page)
    await devtools.send("WebAuthn.enable")
    await devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
