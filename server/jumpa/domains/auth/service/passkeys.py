"""Devices that sign people in (WebAuthn level 3): something held, opened by its owner.

The site of a passkey is the host of `accounts.public_url`; a passkey does not follow to another.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from uuid_utils.compat import uuid7
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import (
    AccountClosedError,
    LinkSpentError,
    PasskeyNotFoundError,
    PasskeyRefusedError,
)
from jumpa.domains.auth.models import Passkey
from jumpa.domains.auth.repository import ProofRepository
from jumpa.domains.auth.service import links, sessions
from jumpa.domains.auth.service.links import OneUse
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.auth.service.sessions import SessionTokens
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context

Credential = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is asked, and the token under which its answer is expected once."""

    token: str
    options: dict[str, Any]


async def begin_adding(ctx: Context, parts: AuthParts) -> Ceremony:
    """Ask a device of whoever asks for a new passkey."""
    user = await people.get_own(ctx)
    known = await ProofRepository(ctx.session).list_passkeys(user.id)
    options = generate_registration_options(
        rp_id=_host(parts),
        rp_name=parts.site.name,
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=f"{user.first_name} {user.last_name}",
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=k.credential_id) for k in known],
    )
    use = OneUse("passkey", user.organisation_id, user.id, bytes_to_base64url(options.challenge))
    token = await links.issue(ctx, use, parts.lifetimes.ceremony)
    return Ceremony(token, json.loads(options_to_json(options)))


async def add(
    ctx: Context, parts: AuthParts, token: str, credential: Credential, name: str
) -> Passkey:
    """Keep a new passkey; PasskeyRefusedError or PasskeyExistsError."""
    user = await people.get_own(ctx)
    challenge = await _challenge(ctx, token, user.id)
    made = _registered(parts, credential, challenge)
    passkey = Passkey(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=ctx.clock(),
    )
    await ProofRepository(ctx.session).add_passkey(passkey)
    deed = Deed("passkey.added", user.organisation_id, user.id, {"passkey": str(passkey.id)})
    await parts.audit.record(ctx, deed)
    return passkey


async def list_(ctx: Context) -> Sequence[Passkey]:
    """Return the passkeys of whoever asks."""
    user = await people.read_own(ctx)
    return await ProofRepository(ctx.session).list_passkeys(user.id)


async def remove(ctx: Context, parts: AuthParts, passkey_id: UUID) -> None:
    """Forget a passkey of whoever asks; raises PasskeyNotFoundError."""
    user = await people.get_own(ctx)
    if not await ProofRepository(ctx.session).remove_passkey(user.id, passkey_id):
        raise PasskeyNotFoundError
    deed = Deed("passkey.removed", user.organisation_id, user.id, {"passkey": str(passkey_id)})
    await parts.audit.record(ctx, deed)


async def begin_login(parts: AuthParts, actor: Actor) -> Ceremony:
    """Ask any device for a passkey of this site; who it belongs to is learnt from the answer."""
    options = generate_authentication_options(
        rp_id=_host(parts), user_verification=UserVerificationRequirement.REQUIRED
    )
    use = OneUse("passkey", HOME, None, bytes_to_base64url(options.challenge))
    async with parts.work.write(actor.as_server()) as ctx:
        token = await links.issue(ctx, use, parts.lifetimes.ceremony)
    return Ceremony(token, json.loads(options_to_json(options)))


async def log_in(
    parts: AuthParts, actor: Actor, token: str, credential: Credential
) -> SessionTokens:
    """Begin a session by a passkey, which needs no code besides; PasskeyRefusedError."""
    async with parts.work.write(actor.as_server()) as ctx:
        challenge = await _challenge(ctx, token, None)
        proofs = ProofRepository(ctx.session)
        passkey = await proofs.passkey_by_credential(_credential_id(credential))
        if passkey is None:
            raise PasskeyRefusedError
        user = await people.get(ctx, passkey.user_id)
        used = _authenticated(parts, credential, challenge, passkey)
        if used is None or not _names(credential, user):
            deed = Deed("login.refused", user.organisation_id, user.id, {"reason": "passkey"})
            await parts.audit.record(ctx, deed)
            raise PasskeyRefusedError
        if user.status != "active":
            raise AccountClosedError
        passkey.sign_count = used.new_sign_count
        passkey.last_used_at = ctx.clock()
        return await sessions.begin(ctx, parts, user)


async def _challenge(ctx: Context, token: str, user_id: UUID | None) -> bytes:
    try:
        row = await links.spend(ctx, "passkey", token)
    except LinkSpentError as error:
        raise PasskeyRefusedError from error
    if row.user_id != user_id:
        raise PasskeyRefusedError
    return base64url_to_bytes(row.data)


def _registered(parts: AuthParts, credential: Credential, challenge: bytes) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(parts),
            expected_origin=_origin(parts),
            require_user_verification=True,
        )
    except Exception as error:  # whatever parsing a stranger's CBOR raises
        raise PasskeyRefusedError from error


def _authenticated(
    parts: AuthParts, credential: Credential, challenge: bytes, passkey: Passkey
) -> VerifiedAuthentication | None:
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(parts),
            expected_origin=_origin(parts),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001  # whatever parsing a stranger's CBOR raises
        return None


def _credential_id(credential: Credential) -> bytes:
    try:
        return base64url_to_bytes(credential["rawId"])
    except (KeyError, TypeError, ValueError) as error:
        raise PasskeyRefusedError from error


def _names(credential: Credential, user: User) -> bool:
    response = credential.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    return handle == bytes_to_base64url(user.id.bytes)


def _host(parts: AuthParts) -> str:
    return urlsplit(parts.site.url).hostname or ""


def _origin(parts: AuthParts) -> str:
    split = urlsplit(parts.site.url)
    return f"{split.scheme}://{split.netloc}"
