"""What people are written."""

from jumpa.domains.auth.service.parts import Site
from jumpa.kit.mail.letter import Letter

# Behind the mark, where no server sees it: browsers do not send it, so no log keeps it.
_LINK = "{url}/{page}#{token}"


def verification(site: Site, recipient: str, token: str) -> Letter:
    """Ask to prove an address."""
    link = _LINK.format(url=site.url, page="verify-email", token=token)
    text = (
        f"Welcome to {site.name}.\n\nOpen this link to confirm your e-mail address:\n\n{link}\n\n"
        "If you did not register, ignore this letter: nothing was created.\n"
    )
    return Letter(recipient, f"Confirm your e-mail address for {site.name}", text)


def already_registered(site: Site, recipient: str) -> Letter:
    """Tell the owner of an account that somebody registered with its address."""
    text = (
        f"Somebody, perhaps you, registered at {site.name} with this address. It has an account"
        f" already:\n\n{site.url}/login\n\nIf you forgot the password, you can ask for a new one"
        " there.\n"
    )
    return Letter(recipient, f"You have an account at {site.name}", text)


def reset(site: Site, recipient: str, token: str) -> Letter:
    """Give a link that sets a new password."""
    link = _LINK.format(url=site.url, page="reset-password", token=token)
    text = (
        f"Open this link to choose a new password for {site.name}:\n\n{link}\n\n"
        "If you did not ask for it, ignore this letter: your password stays as it is.\n"
    )
    return Letter(recipient, f"Choose a new password for {site.name}", text)


def password_changed(site: Site, recipient: str) -> Letter:
    """Tell that a password was changed."""
    text = (
        f"Your password for {site.name} was changed, and your other sessions ended.\n\n"
        f"If that was not you, ask for a new password at once: {site.url}/forgot-password\n"
    )
    return Letter(recipient, f"Your password for {site.name} was changed", text)
