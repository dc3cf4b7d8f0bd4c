"""What clients send and read when they prove who they are."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.domains.auth.models import Passkey, UserSession
from jumpa.kit.passwords import LONGEST
from jumpa.kit.texts import Email, Name, Sent, example

_ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
_TOKEN = "KqL2Vb0cYpR4sT6uW8xZ1aB3dE5fG7hJ9kM0nP2qS4t"  # noqa: S105  # opens nothing
_PASSWORD = "correct horse battery staple"  # noqa: S105  # the example of the documentation
_PASSKEY = {
    "id": _ID,
    "name": "Phone",
    "created_at": "2026-11-21T09:00:00Z",
    "last_used_at": None,
}
_SESSION = {
    "id": _ID,
    "created_at": "2026-11-21T09:00:00Z",
    "last_used_at": "2026-11-21T09:30:00Z",
    "expires_at": "2026-11-28T09:30:00Z",
    "ip_address": "192.0.2.7",
    "user_agent": "Mozilla/5.0",
    "is_current": True,
}

Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Token = Annotated[str, Field(min_length=1, max_length=200)]
# A path of ours: browsers read a second slash, or a backslash, as another host.
OwnPage = Annotated[str, Field(max_length=500, pattern=r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$")]
Told = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(min_length=6, max_length=40, pattern=r"^[0-9A-Za-z -]+$")]


class Register(Sent):
    """Who wants an account."""

    model_config = example(
        {
            "email": "ayu@example.com",
            "password": _PASSWORD,
            "first_name": "Ayu",
            "last_name": "Lestari",
        }
    )

    email: Email
    password: Password
    first_name: Name
    last_name: Name


class LetterSent(BaseModel):
    """The same for every address, so that nobody learns who has an account."""

    model_config = example({"status": "letter_sent"})

    status: Literal["letter_sent"] = "letter_sent"


class VerifyEmail(Sent):
    """The token of a letter."""

    model_config = example({"token": _TOKEN})

    token: Token


class LogIn(Sent):
    """Who signs in; `refresh_in` says whether the refresh token is told or kept in a cookie."""

    model_config = example({"email": "ayu@example.com", "password": _PASSWORD})

    email: Email
    password: Password
    code: Code | None = Field(None, description="One-time code or recovery code, where needed.")
    refresh_in: Literal["body", "cookie"] = "body"


class Refresh(Sent):
    """The refresh token; left out by browsers, which send their cookie."""

    model_config = example({"refresh_token": _TOKEN})

    refresh_token: Token | None = None


class TokensRead(BaseModel):
    """What a session gives."""

    model_config = example(
        {
            "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.AAAA",
            "token_type": "Bearer",
            "expires_in_s": 900,
            "refresh_token": _TOKEN,
            "refresh_expires_in_s": 604800,
        }
    )

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # a word of OAuth
    expires_in_s: int
    refresh_token: str | None = Field(description="Unset when it lies in the cookie.")
    refresh_expires_in_s: int


class ForgotPassword(Sent):
    """Whose password is forgotten."""

    model_config = example({"email": "ayu@example.com"})

    email: Email


class ResetPassword(Sent):
    """The token of a letter, and the new password."""

    model_config = example({"token": _TOKEN, "password": _PASSWORD})

    token: Token
    password: Password


class PasswordUpdate(Sent):
    """The password of now, and the new one."""

    model_config = example({"current_password": "an older password", "new_password": _PASSWORD})

    current_password: Password
    new_password: Password


class SessionRead(BaseModel):
    """One device that is signed in."""

    model_config = example(_SESSION)

    id: UUID
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    ip_address: str
    user_agent: str
    is_current: bool

    @classmethod
    def of(cls, session: UserSession, current: UUID | None) -> "SessionRead":
        """Return what is told of this session."""
        return cls(
            id=session.id,
            created_at=session.created_at,
            last_used_at=session.last_used_at,
            expires_at=session.expires_at,
            ip_address=session.ip_address,
            user_agent=session.user_agent,
            is_current=session.id == current,
        )


class SessionList(BaseModel):
    """The open sessions, the last used first."""

    model_config = example({"items": [_SESSION]})

    items: list[SessionRead]


class SignInOptions(BaseModel):
    """What the pages for signing up and in offer."""

    model_config = example(
        {"is_registration_open": True, "password_characters": 8, "oidc_name": "Example Ltd"}
    )

    is_registration_open: bool
    password_characters: int = Field(description="Shortest password that is taken.")
    oidc_name: str | None = Field(description="Name of the organisation's provider, if any.")


class SecurityRead(BaseModel):
    """By what you sign in."""

    model_config = example(
        {
            "has_password": True,
            "has_one_time_codes": False,
            "recovery_codes": 0,
            "passkeys": 1,
            "is_oidc_connected": False,
        }
    )

    has_password: bool
    has_one_time_codes: bool
    recovery_codes: int = Field(description="Recovery codes that were not used yet.")
    passkeys: int
    is_oidc_connected: bool


class OidcReturn(BaseModel):
    """What a provider sends back (RFC 6749, 4.1.2; RFC 9207); it may say more besides."""

    state: Told = ""
    code: Told = ""
    iss: Told = ""
    error: Told = ""


class OidcConnect(Sent):
    """The password, asked again, and the page to come back to."""

    model_config = example({"password": _PASSWORD, "return_to": "/settings"})

    password: Password
    return_to: OwnPage = "/"


class OidcConnecting(BaseModel):
    """Where the browser goes now."""

    model_config = example({"url": "https://idp.example/authorize?response_type=code"})

    url: str


class AuthenticatorBegin(Sent):
    """The password, asked again before the lock is changed."""

    model_config = example({"password": _PASSWORD})

    password: Password


class AuthenticatorRead(BaseModel):
    """What an authenticator app takes."""

    model_config = example(
        {
            "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "uri": "otpauth://totp/Jumpa:ayu%40example.com?secret=JBSWY3DP&issuer=Jumpa",
            "picture": '<svg xmlns="http://www.w3.org/2000/svg" width="37" height="37"/>',
        }
    )

    secret: str
    uri: str
    picture: str = Field(description="The uri as a QR code, in SVG.")


class AuthenticatorConfirm(Sent):
    """The code that the app shows now."""

    model_config = example({"code": "123456"})

    code: Code


class RecoveryCodes(BaseModel):
    """Codes that work once each when the app is lost; told only now."""

    model_config = example({"recovery_codes": ["abcd2efgh3jkmn4pqrst"]})

    recovery_codes: list[str]


class CeremonyRead(BaseModel):
    """What `navigator.credentials` is given, and the token to send back with its answer."""

    model_config = example(
        {"ceremony": _TOKEN, "options": {"challenge": "AAAA", "rpId": "meet.example"}}
    )

    ceremony: str
    options: dict[str, Any]


class PasskeyCreate(Sent):
    """The browser's new credential, as JSON (RegistrationResponseJSON), and a name for it."""

    model_config = example(
        {"ceremony": _TOKEN, "name": "Phone", "credential": {"id": "AAAA", "rawId": "AAAA"}}
    )

    ceremony: Token
    name: Name
    credential: dict[str, Any]


class PasskeyLogIn(Sent):
    """The browser's answer, as JSON (AuthenticationResponseJSON)."""

    model_config = example({"ceremony": _TOKEN, "credential": {"id": "AAAA", "rawId": "AAAA"}})

    ceremony: Token
    credential: dict[str, Any]
    refresh_in: Literal["body", "cookie"] = "body"


class PasskeyRead(BaseModel):
    """One passkey."""

    model_config = example(_PASSKEY)

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, passkey: Passkey) -> "PasskeyRead":
        """Return what is told of this passkey."""
        return cls(
            id=passkey.id,
            name=passkey.name,
            created_at=passkey.created_at,
            last_used_at=passkey.last_used_at,
        )


class PasskeyList(BaseModel):
    """Your passkeys, oldest first."""

    model_config = example({"items": [_PASSKEY]})

    items: list[PasskeyRead]
