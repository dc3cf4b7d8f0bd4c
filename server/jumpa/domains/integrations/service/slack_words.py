"""What is said in Slack (Block Kit)."""

from typing import Any

from jumpa.domains.integrations.schemas import SlackMessage
from jumpa.kit.languages import Language

_TITLE_CHARACTERS = 150
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "meeting": "Meeting",
        "made": "{name} opened a meeting.",
        "join": "Join",
        "ask": "Connect your Slack account once; then type the command again.",
        "connect": "Connect",
        "title": "This title cannot be used: it is too long, or holds signs that nobody can see.",
    },
    "id": {
        "meeting": "Rapat",
        "made": "{name} membuka rapat.",
        "join": "Gabung",
        "ask": "Hubungkan akun Slack Anda sekali saja, lalu ketik perintahnya lagi.",
        "connect": "Hubungkan",
        "title": "Judul ini tidak bisa dipakai: terlalu panjang, atau berisi tanda tak terlihat.",
    },
}


def made(title: str, name: str, url: str, language: Language) -> SlackMessage:
    """Return what everybody in the channel sees of a new room."""
    words = _WORDS[language]
    shown = title[:_TITLE_CHARACTERS] or words["meeting"]
    line = words["made"].format(name=name)
    return SlackMessage(
        response_type="in_channel",
        text=_escaped(f"{shown}: {url}"),
        blocks=[
            {"type": "header", "text": _plain(shown)},
            {"type": "section", "text": _plain(line)},
            _button(words["join"], url),
        ],
    )


def asking(url: str, language: Language) -> SlackMessage:
    """Return what only the person sees whom nobody knows here."""
    words = _WORDS[language]
    blocks = [{"type": "section", "text": _plain(words["ask"])}, _button(words["connect"], url)]
    return SlackMessage(response_type="ephemeral", text=words["ask"], blocks=blocks)


def unusable_title(language: Language) -> SlackMessage:
    """Return what only the person sees whose title cannot be used."""
    return SlackMessage(response_type="ephemeral", text=_WORDS[language]["title"], blocks=[])


def _plain(text: str) -> dict[str, Any]:
    # Plain, so that no title mentions a channel or hides where a link leads.
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(text: str, url: str) -> dict[str, Any]:
    button = {"type": "button", "text": _plain(text), "url": url, "style": "primary"}
    return {"type": "actions", "elements": [{**button, "action_id": "open"}]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
