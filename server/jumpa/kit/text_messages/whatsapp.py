"""Messages by WhatsApp: Meta's Cloud API, with templates that Meta approved before."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from typing_extensions import override

from jumpa.kit.outbound.client import Answer, Outbound
from jumpa.kit.text_messages.message import (
    Purpose,
    Receipt,
    ReceiptForgedError,
    ReceiptMalformedError,
    Reply,
    Status,
    TextMessage,
    TextMessages,
    TextRefusedError,
    TextServiceUnavailableError,
)

_PREFIX = "sha256="
_WORDS_CHARACTERS = 600
_FAILURE_CHARACTERS = 300
# Codes of the Cloud API for what will not be better at another attempt: the number has no
# WhatsApp or is blocked, or the template is not there, paused, or has other places for words.
_FINAL = frozenset(
    {
        100, 368, 130472, 130497, 131009, 131021, 131026, 131030, 131047, 131049, 131050, 131051,
        132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018,
    }
)  # fmt: skip
_STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "failed": Status.FAILED,
}


@dataclass(frozen=True, slots=True)
class WhatsAppAccount:
    """What Meta gave: the sender's id, the token that sends, and what receipts are proven by."""

    url: str
    phone_number_id: str
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    templates: Mapping[Purpose, str]


class _Said(BaseModel):
    id: str = ""
    status: str = ""
    biz_opaque_callback_data: str = ""
    errors: list[dict[str, Any]] = Field(default_factory=list)


class _Text(BaseModel):
    body: str = ""


class _Written(BaseModel):
    sender: str = Field("", alias="from")
    text: _Text = _Text()


class _Metadata(BaseModel):
    phone_number_id: str = ""


class _Value(BaseModel):
    metadata: _Metadata = _Metadata()
    statuses: list[_Said] = Field(default_factory=list)
    messages: list[_Written] = Field(default_factory=list)


class _Change(BaseModel):
    value: _Value


class _Entry(BaseModel):
    changes: list[_Change]


class _Told(BaseModel):
    entry: list[_Entry]


@dataclass(frozen=True, slots=True)
class WhatsApp(TextMessages):
    """Sends by one WhatsApp number."""

    account: WhatsAppAccount
    outbound: Outbound

    @override
    async def send(self, message: TextMessage, name: str) -> None:
        account = self.account
        url = f"{account.url}/{account.phone_number_id}/messages"
        headers = {
            "Authorization": f"Bearer {account.access_token}",
            "Content-Type": "application/json",
        }
        body = json.dumps(self._body(message, name), ensure_ascii=False).encode()
        _check(await self.outbound.post(url, body, headers))

    @override
    def answer_challenge(self, asked: dict[str, str]) -> str | None:
        token = asked.get("hub.verify_token", "").encode()
        expected = self.account.verify_token.encode()
        is_ours = bool(expected) and hmac.compare_digest(token, expected)
        is_asked = asked.get("hub.mode") == "subscribe"
        return asked.get("hub.challenge", "") if is_ours and is_asked else None

    @override
    def read(self, signature: str, body: bytes) -> Sequence[Receipt | Reply]:
        key = self.account.app_secret.encode()
        expected = _PREFIX + hmac.digest(key, body, hashlib.sha256).hex()
        if not key or not hmac.compare_digest(signature.encode(), expected.encode()):
            raise ReceiptForgedError
        try:
            told = _Told.model_validate_json(body)
        except ValidationError as error:
            raise ReceiptMalformedError from error
        values = (change.value for entry in told.entry for change in entry.changes)
        # One application may have several numbers; what others tell is for others.
        ours = (v for v in values if v.metadata.phone_number_id == self.account.phone_number_id)
        return [found for value in ours for found in _found(value)]

    def _body(self, message: TextMessage, name: str) -> dict[str, Any]:
        words = [{"type": "text", "text": _one_line(word)} for word in message.words]
        components: list[dict[str, Any]] = [{"type": "body", "parameters": words}]
        if message.purpose is Purpose.CODE:
            # Templates of this category have a button that copies the code.
            button = {"type": "button", "sub_type": "url", "index": "0", "parameters": words}
            components.append(button)
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.number.removeprefix("+"),
            "type": "template",
            "template": {
                "name": self.account.templates[message.purpose],
                "language": {"code": message.language},
                "components": components,
            },
            # Comes back with each receipt.
            "biz_opaque_callback_data": name,
        }


def _one_line(word: str) -> str:
    """Return it as a template takes it: one line, no run of spaces, not empty."""
    return " ".join(word.split())[:_WORDS_CHARACTERS] or "-"


def _check(answer: Answer) -> None:
    try:
        said = json.loads(answer.body)
        if answer.status == HTTPStatus.OK and said["messages"][0]["id"]:
            return
        code = int(said["error"]["code"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise TextServiceUnavailableError(f"WhatsApp answered with {answer.status}.") from error
    # Nothing of its message: it may hold the number.
    words = f"WhatsApp answered with status {answer.status} and code {code}."
    raise (TextRefusedError if code in _FINAL else TextServiceUnavailableError)(words)


def _found(value: _Value) -> Iterator[Receipt | Reply]:
    for said in value.statuses:
        status = _STATUSES.get(said.status)
        if status is not None:
            codes = ", ".join(str(error.get("code", ""))[:20] for error in said.errors)
            failure = f"WhatsApp code {codes}"[:_FAILURE_CHARACTERS] if codes else ""
            yield Receipt(said.biz_opaque_callback_data, status, failure)
    for written in value.messages:
        if written.text.body:
            yield Reply(f"+{written.sender}", written.text.body)
