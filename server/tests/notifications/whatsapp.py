"""Meta's Cloud API in small: one number that sends, its templates, and receipts that are signed.

It refuses what the real one refuses: another token, a template that was not approved, words with
line breaks or runs of spaces, too many places, and more than it takes at once.
"""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from hosts import heard, serving

PHONE_NUMBER_ID = "106540352242922"
ACCESS_TOKEN = "EAAJB-a-token-of-a-system-user"
APP_SECRET = "an app secret that signs what is told"
VERIFY_TOKEN = "a text of our own"
WEBHOOK = "/webhooks/whatsapp"
# How many words each approved template takes in its body, and in its button.
TEMPLATES = {"jumpa_news": (2, 0), "jumpa_code": (1, 1)}
LANGUAGES = {"en", "id"}
_UNFIT = re.compile(r"[\n\t]| {5,}")


@dataclass
class CloudApi:
    """Takes messages; `refusals` are codes that it answers with first, each with an HTTP status."""

    refusals: list[tuple[int, int]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)
    url: str = ""

    @property
    def account(self) -> dict[str, Any]:
        """The settings that lead here."""
        return {
            "phone_number_id": PHONE_NUMBER_ID,
            "access_token": ACCESS_TOKEN,
            "app_secret": APP_SECRET,
            "verify_token": VERIFY_TOKEN,
            "url": self.url,
        }

    @property
    def codes(self) -> list[str]:
        """The codes that were sent, as people read them."""
        return [words(one)[0] for one in self.taken if template(one) == "jumpa_code"]

    @property
    def news(self) -> list[list[str]]:
        return [words(one) for one in self.taken if template(one) == "jumpa_news"]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await heard(reader)).decode().splitlines()
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.asked.append(body)
        status, said = self._answer(head[0], headers, body)
        content = json.dumps(said).encode()
        start = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n"
        writer.write(f"{start}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        await writer.drain()

    def _answer(
        self, line: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, Any]]:
        if line != f"POST /v23.0/{PHONE_NUMBER_ID}/messages HTTP/1.1":
            return 404, error(100, "Unsupported post request")
        if headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            return 401, error(190, "Error validating access token")
        if self.refusals:
            status, code = self.refusals.pop(0)
            return status, error(code, "Refused")
        sent = json.loads(body)
        problem = unfit(sent)
        if problem:
            return 400, error(problem, "Invalid parameter")
        self.taken.append(sent)
        number = f"wamid.{len(self.taken)}"
        return 200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": sent["to"], "wa_id": sent["to"]}],
            "messages": [{"id": number, "message_status": "accepted"}],
        }


def unfit(sent: dict[str, Any]) -> int | None:
    """Return the code with which a message is refused, or None."""
    if not re.fullmatch(r"[1-9][0-9]{6,14}", str(sent.get("to"))):
        return 100
    if (sent["messaging_product"], sent["type"]) != ("whatsapp", "template"):
        return 100
    chosen = sent["template"]
    if chosen["name"] not in TEMPLATES or chosen["language"]["code"] not in LANGUAGES:
        return 132001
    places = {part["type"]: len(part["parameters"]) for part in chosen["components"]}
    if (places.get("body", 0), places.get("button", 0)) != TEMPLATES[chosen["name"]]:
        return 132000
    if any(not word or _UNFIT.search(word) for word in words(sent)):
        return 132018
    return 100 if len(sent.get("biz_opaque_callback_data", "")) > 512 else None


def template(sent: dict[str, Any]) -> str:
    name: str = sent["template"]["name"]
    return name


def words(sent: dict[str, Any]) -> list[str]:
    (body,) = (part for part in sent["template"]["components"] if part["type"] == "body")
    return [word["text"] for word in body["parameters"]]


def error(code: int, message: str) -> dict[str, Any]:
    data = {"messaging_product": "whatsapp", "details": message}
    return {
        "error": {
            "message": f"(#{code}) {message}",
            "type": "OAuthException",
            "code": code,
            "error_data": data,
            "fbtrace_id": "AbC",
        }
    }


def receipt(sent: dict[str, Any], status: str, *codes: int) -> dict[str, Any]:
    """Return what is told of a message that was taken."""
    said = {
        "id": "wamid.1",
        "status": status,
        "timestamp": "1795251600",
        "recipient_id": sent["to"],
        "biz_opaque_callback_data": sent["biz_opaque_callback_data"],
        "errors": [{"code": code, "title": "Message undeliverable"} for code in codes],
    }
    return envelope(statuses=[said])


def reply(number: str, text: str) -> dict[str, Any]:
    """Return what is told of somebody who wrote back."""
    said = {"from": number.removeprefix("+"), "id": "wamid.9", "type": "text"}
    return envelope(messages=[{**said, "text": {"body": text}}])


def envelope(phone_number_id: str = PHONE_NUMBER_ID, **told: object) -> dict[str, Any]:
    metadata = {"display_phone_number": "622150000000", "phone_number_id": phone_number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **told}
    entry = {"id": "8856996819413533", "changes": [{"value": value, "field": "messages"}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


async def tell(
    client: httpx2.AsyncClient, told: dict[str, Any], secret: str = APP_SECRET
) -> httpx2.Response:
    """Tell the server something, signed."""
    body = json.dumps(told).encode()
    signature = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
    return await client.post(WEBHOOK, content=body, headers=headers)


@asynccontextmanager
async def cloud_api() -> AsyncIterator[CloudApi]:
    """Serve the API until the block ends."""
    api = CloudApi()
    async with serving(api.handle) as port:
        api.url = f"http://localhost:{port}/v23.0"
        yield api
