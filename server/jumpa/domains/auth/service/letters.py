"""What people are written, in the language that they chose or their browser asked for."""

from typing import Literal

from jumpa.domains.auth.service.parts import Site
from jumpa.kit.languages import Language
from jumpa.kit.mail.letter import Letter

# Behind the mark, where no server sees it: browsers do not send it, so no log keeps it.
_LINK = "{url}/{page}#{token}"
_Kind = Literal["verification", "already_registered", "reset", "password_changed"]

# Subject and text of each.
WORDS: dict[Language, dict[_Kind, tuple[str, str]]] = {
    "en": {
        "verification": (
            "Confirm your e-mail address for {name}",
            (
                "Welcome to {name}.\n\nOpen this link to confirm your e-mail address:\n\n{link}\n\n"
                "If you did not register, ignore this letter: nothing was created.\n"
            ),
        ),
        "already_registered": (
            "You have an account at {name}",
            (
                "Somebody, perhaps you, registered at {name} with this address. It has an account"
                " already:\n\n{link}\n\n"
                "If you forgot the password, you can ask for a new one there.\n"
            ),
        ),
        "reset": (
            "Choose a new password for {name}",
            (
                "Open this link to choose a new password for {name}:\n\n{link}\n\n"
                "If you did not ask for it, ignore this letter: your password stays as it is.\n"
            ),
        ),
        "password_changed": (
            "Your password for {name} was changed",
            (
                "Your password for {name} was changed, and your other sessions ended.\n\n"
                "If that was not you, ask for a new password at once: {link}\n"
            ),
        ),
    },
    "id": {
        "verification": (
            "Pastikan alamat surel Anda untuk {name}",
            (
                "Selamat datang di {name}.\n\n"
                "Buka tautan ini untuk memastikan alamat surel Anda:\n\n{link}\n\n"
                "Kalau Anda tidak mendaftar, abaikan surat ini: tidak ada yang dibuat.\n"
            ),
        ),
        "already_registered": (
            "Anda sudah punya akun di {name}",
            (
                "Seseorang, mungkin Anda, mendaftar di {name} dengan alamat ini."
                " Alamat ini sudah punya"
                " akun:\n\n{link}\n\nKalau lupa kata sandinya, Anda bisa meminta yang"
                " baru di sana.\n"
            ),
        ),
        "reset": (
            "Pilih kata sandi baru untuk {name}",
            (
                "Buka tautan ini untuk memilih kata sandi baru untuk {name}:\n\n{link}\n\n"
                "Kalau Anda tidak memintanya, abaikan surat ini: kata sandi Anda tidak berubah.\n"
            ),
        ),
        "password_changed": (
            "Kata sandi Anda untuk {name} telah diubah",
            (
                "Kata sandi Anda untuk {name} telah diubah, dan sesi Anda yang lain"
                " telah diakhiri.\n\n"
                "Kalau bukan Anda yang mengubahnya, segera minta kata sandi baru: {link}\n"
            ),
        ),
    },
}


def verification(site: Site, recipient: str, token: str, language: Language) -> Letter:
    """Ask to prove an address."""
    link = _LINK.format(url=site.url, page="verify-email", token=token)
    return _written("verification", site, recipient, link, language)


def already_registered(site: Site, recipient: str, language: Language) -> Letter:
    """Tell the owner of an account that somebody registered with its address."""
    return _written("already_registered", site, recipient, f"{site.url}/login", language)


def reset(site: Site, recipient: str, token: str, language: Language) -> Letter:
    """Give a link that sets a new password."""
    link = _LINK.format(url=site.url, page="reset-password", token=token)
    return _written("reset", site, recipient, link, language)


def password_changed(site: Site, recipient: str, language: Language) -> Letter:
    """Tell that a password was changed."""
    link = f"{site.url}/forgot-password"
    return _written("password_changed", site, recipient, link, language)


def _written(kind: _Kind, site: Site, recipient: str, link: str, language: Language) -> Letter:
    subject, text = WORDS[language][kind]
    return Letter(recipient, subject.format(name=site.name), text.format(name=site.name, link=link))
