"""What invited people are written, in the language that whoever invites them chose."""

from dataclasses import dataclass

from jumpa.domains.auth.service.parts import Site
from jumpa.kit.languages import Language
from jumpa.kit.mail.letter import Letter

# Subject and text.
WORDS: dict[Language, tuple[str, str]] = {
    "en": (
        "{inviter} invites you to {name}",
        (
            "{inviter} invites you to meet at {name}, with the people of {organisation}.\n\n"
            "Open this link to choose your name and a password:\n\n{link}\n\n"
            "The link works until {until} (UTC). If you do not know why you got this letter,"
            " ignore it: no account is made before you open the link.\n"
        ),
    ),
    "id": (
        "{inviter} mengundang Anda ke {name}",
        (
            "{inviter} mengundang Anda berjumpa di {name}, bersama orang-orang"
            " {organisation}.\n\n"
            "Buka tautan ini untuk memilih nama dan kata sandi Anda:\n\n{link}\n\n"
            "Tautan ini berlaku sampai {until} (UTC). Kalau Anda tidak tahu mengapa surat ini"
            " datang, abaikan saja: tidak ada akun yang dibuat sebelum tautan itu dibuka.\n"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What an invitation tells: who invites, to which organisation, until when the link works."""

    inviter: str
    organisation: str
    until: str


def invitation(site: Site, recipient: str, token: str, told: Told, language: Language) -> Letter:
    """Give a link that makes an account inside the organisation."""
    subject, text = WORDS[language]
    # Behind the mark, where no server sees it: browsers do not send it, so no log keeps it.
    link = f"{site.url}/join-organisation#{token}"
    names = {"inviter": told.inviter, "name": site.name, "organisation": told.organisation}
    return Letter(
        recipient, subject.format(**names), text.format(**names, link=link, until=told.until)
    )
