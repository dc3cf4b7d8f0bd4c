"""What can go wrong when people prove who they are."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class RegistrationClosedError(JumpaError):
    """Nobody can register here; ask an administrator for an account."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "registration_closed"


class LinkSpentError(JumpaError):
    """This link does not work, or no longer; ask for a new one."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "link_spent"


class CredentialsWrongError(JumpaError):
    """The e-mail address or the password is wrong."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "credentials_wrong"
    keeps_changes: ClassVar = True


class AccountClosedError(JumpaError):
    """This account is closed; ask an administrator."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "account_closed"
    keeps_changes: ClassVar = True


class OneTimeCodeNeededError(JumpaError):
    """This account needs a one-time code as well."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "one_time_code_needed"


class OneTimeCodeWrongError(JumpaError):
    """The one-time code is wrong, or was used already."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "one_time_code_wrong"
    keeps_changes: ClassVar = True


class RefreshTokenRefusedError(JumpaError):
    """The session has ended; sign in again."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "refresh_token_refused"


class RefreshTokenReusedError(JumpaError):
    """This refresh token was used before, so its session was ended; sign in again."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "refresh_token_reused"
    keeps_changes: ClassVar = True


class SessionNotFoundError(JumpaError):
    """There is no such session of yours."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "session_not_found"


class PasswordWrongError(JumpaError):
    """This is not your password."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "password_wrong"
    keeps_changes: ClassVar = True


class AuthenticatorExistsError(JumpaError):
    """One-time codes are on already; turn them off first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "authenticator_exists"


class AuthenticatorNotFoundError(JumpaError):
    """One-time codes are not on; begin with a new secret."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "authenticator_not_found"


class CodeWrongError(JumpaError):
    """This is not the code that the app shows now."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "code_wrong"


class PasskeyRefusedError(JumpaError):
    """This passkey could not be verified."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "passkey_refused"
    keeps_changes: ClassVar = True


class PasskeyExistsError(JumpaError):
    """This passkey is known already."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "passkey_exists"


class PasskeyNotFoundError(JumpaError):
    """There is no such passkey of yours."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "passkey_not_found"


class OidcOffError(JumpaError):
    """This server has no provider of an organisation to sign in with."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "oidc_off"


class OidcRefusedError(JumpaError):
    """The provider's answer could not be believed, or came twice or too late; try again."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "oidc_refused"


class OidcDeclinedError(JumpaError):
    """Signing in was stopped at the provider."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "oidc_declined"


class OidcUnavailableError(JumpaError):
    """The provider does not answer as it should; try again later."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "oidc_unavailable"


class OidcEmailUnprovenError(JumpaError):
    """The provider does not say that your e-mail address is proven."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "oidc_email_unproven"


class OidcStrangerError(JumpaError):
    """People with your address have no account here; ask an administrator."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "oidc_stranger"


class OidcAccountExistsError(JumpaError):
    """Your address has an account here already; sign in to it, then connect the provider."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "oidc_account_exists"


class OidcConnectedError(JumpaError):
    """This person of the provider, or this account, is connected already."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "oidc_connected"


class OidcNotConnectedError(JumpaError):
    """Your account is not connected to the provider."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "oidc_not_connected"
