"""What the terminal says, in Indonesian or English by the language of the machine."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language."""

    ready: str
    open_page: str
    from_elsewhere: str
    warning_of_browsers: str
    media: str
    media_tcp: str
    no_administrator: str
    stop: str


ENGLISH = Words(
    ready="Jumpa is ready.",
    open_page="Open {url}",
    from_elsewhere="From other devices: {urls}",
    warning_of_browsers="Browsers warn of the certificate that Jumpa made itself; go on anyway.",
    media="Audio and video travel over UDP: {addresses}",
    media_tcp="Where UDP is blocked they travel over TCP: {addresses}",
    no_administrator="Nobody administrates yet. Make the first account with: {command}",
    stop="Press Ctrl+C to stop.",
)
INDONESIAN = Words(
    ready="Jumpa siap.",
    open_page="Buka {url}",
    from_elsewhere="Dari perangkat lain: {urls}",
    warning_of_browsers=(
        "Browser memperingatkan sertifikat yang dibuat Jumpa sendiri; lanjutkan saja."
    ),
    media="Suara dan video lewat UDP: {addresses}",
    media_tcp="Jika UDP diblokir, lewat TCP: {addresses}",
    no_administrator="Belum ada administrator. Buat akun pertama dengan: {command}",
    stop="Tekan Ctrl+C untuk berhenti.",
)


def words_for(environment: Mapping[str, str]) -> Words:
    """Return the words of LC_ALL, LC_MESSAGES or LANG; English unless it is Indonesian."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    language = next((environment[name] for name in names if environment.get(name)), "")
    return INDONESIAN if language.lower().startswith(("id", "in_")) else ENGLISH
