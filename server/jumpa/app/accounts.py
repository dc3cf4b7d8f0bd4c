"""Builds what accounts need from the settings."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from fastapi import FastAPI

from jumpa.app.foundation import Foundation, Running
from jumpa.config import (
    AccountSettings,
    MailSettings,
    OutboundSettings,
    RateSettings,
    Settings,
)
from jumpa.domains.audit.service import AuditLog
from jumpa.domains.auth.endpoints import AuthDoors
from jumpa.domains.auth.service import sessions
from jumpa.domains.auth.service.parts import AuthParts, Lifetimes, PasswordRule, Site
from jumpa.domains.auth.service.provider import Client, Provider
from jumpa.domains.colleagues.endpoints import ColleagueDoors
from jumpa.domains.colleagues.service.parts import ColleagueParts
from jumpa.domains.integrations.service import connecting
from jumpa.domains.integrations.service.parts import IntegrationParts
from jumpa.domains.users.endpoints import UserParts
from jumpa.domains.users.models import User
from jumpa.kit.access_tokens import AccessTokens
from jumpa.kit.context import Context, UnitOfWork
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http.rates import Rates
from jumpa.kit.mail.files import FileMailer
from jumpa.kit.mail.letter import Mailer
from jumpa.kit.mail.smtp import SmtpMailer, SmtpServer
from jumpa.kit.outbound.client import Outbound, OutboundLimits, trust
from jumpa.kit.outbound.network import CheckedNetwork
from jumpa.kit.quotas import Counters, MemoryCounters, Quota, RedisCounters
from jumpa.kit.signing import derive

OUTBOX = "outbox"
_REDIS_S = 1
_HOUR_S = 3600


class RedisMissingError(JumpaError):
    """The Redis client is not installed; run: pip install 'jumpa[redis]'."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "redis_missing"


class AuthoritiesUnusableError(JumpaError):
    """The file of outbound.authorities is none of certificates (PEM)."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "authorities_unusable"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The parts of accounts, joined."""

    doors: AuthDoors
    users: UserParts
    colleagues: ColleagueDoors
    rates: Rates

    @classmethod
    def build(
        cls, given: Running, work: UnitOfWork, integrations: Callable[[], IntegrationParts]
    ) -> "Accounts":
        """Join them; connected services are built later."""
        rates = Rates(given.counters)
        doors = _doors(given, work, rates)
        colleagues = _colleagues(given, doors, integrations)
        return cls(doors, _users(given, work, rates), colleagues, rates)

    def install(self, api: FastAPI) -> None:
        """Hand them to the endpoints."""
        api.state.auth = self.doors
        api.state.users = self.users
        api.state.colleagues = self.colleagues
        api.state.identify = partial(sessions.identify, self.doors.auth)


def auth_parts(given: Foundation, work: UnitOfWork) -> AuthParts:
    """Return the tools of the domain."""
    accounts = given.settings.accounts
    lifetime = timedelta(seconds=accounts.access_token_s)
    return AuthParts(
        work=work,
        passwords=given.passwords,
        tokens=AccessTokens(derive(given.secret, "access tokens"), given.clock, lifetime),
        ring=given.ring,
        audit=AuditLog(derive(given.secret, "audit log")),
        site=Site(public_url(given.settings, given.settings.server.port)),
        lifetimes=_lifetimes(accounts),
        rule=PasswordRule(accounts.password_characters, accounts.password_strength),
        is_open=accounts.registration == "open",
    )


def public_url(settings: Settings, port: int) -> str:
    """Return where people reach the web app, without a slash at the end."""
    return settings.accounts.public_url.rstrip("/") or f"http://localhost:{port}"


def outbound(settings: OutboundSettings, limits: OutboundLimits | None = None) -> Outbound:
    """Return the way to other hosts, with the usual limits unless others are given."""
    network = CheckedNetwork(frozenset(name.lower() for name in settings.allowed_hosts))
    limits = limits or OutboundLimits(settings.timeout_s, settings.answer_bytes)
    try:
        return Outbound(network, limits, trust(settings.authorities))
    except (OSError, ssl.SSLError) as error:
        raise AuthoritiesUnusableError(f"{settings.authorities} cannot be read: {error}") from error


def mailer(mail: MailSettings, folder: Path) -> Mailer:
    """Return the way letters leave."""
    if not mail.host:
        return FileMailer(folder / OUTBOX, mail.sender)
    server = SmtpServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=mail.password.get_secret_value() if mail.password else "",
        timeout_s=mail.timeout_s,
    )
    return SmtpMailer(server, mail.sender)


def counters(rates: RateSettings, now_s: Callable[[], float]) -> Counters:
    """Return where requests are counted: in Redis when one is named."""
    here = MemoryCounters(now_s)
    if rates.redis_url is None:
        return here
    try:
        from redis.asyncio import Redis  # noqa: PLC0415  # an optional dependency
        from redis.asyncio.retry import Retry  # noqa: PLC0415  # the same
        from redis.backoff import NoBackoff  # noqa: PLC0415  # the same
        from redis.exceptions import RedisError  # noqa: PLC0415  # the same
    except ImportError as error:
        raise RedisMissingError from error
    redis = Redis.from_url(
        rates.redis_url.get_secret_value(),
        socket_timeout=_REDIS_S,
        socket_connect_timeout=_REDIS_S,
        retry=Retry(NoBackoff(), 0),
    )
    return RedisCounters(redis, here, (RedisError, OSError))


def _lifetimes(accounts: AccountSettings) -> Lifetimes:
    return Lifetimes(
        refresh=timedelta(seconds=accounts.refresh_token_s),
        session=timedelta(seconds=accounts.session_s),
        refresh_grace=timedelta(seconds=accounts.refresh_grace_s),
        verification=timedelta(seconds=accounts.verification_s),
        reset=timedelta(seconds=accounts.reset_s),
    )


def _doors(given: Running, work: UnitOfWork, rates: Rates) -> AuthDoors:
    often = given.settings.rates
    return AuthDoors(
        auth=auth_parts(given, work),
        rates=rates,
        logins=Quota("login", often.logins_per_minute),
        account_logins=Quota("account", often.logins_per_account),
        spread_logins=Quota("account_everywhere", often.spread_logins_per_account),
        registrations=Quota("registration", often.registrations_per_minute),
        letters=Quota("letter", often.letters_per_minute),
        refreshes=Quota("refresh", often.refreshes_per_minute),
        oidc=_provider(given),
    )


def _colleagues(
    given: Foundation, doors: AuthDoors, integrations: Callable[[], IntegrationParts]
) -> ColleagueDoors:
    async def leaving(ctx: Context, user: User) -> None:
        await connecting.give_all_back(ctx, integrations(), user)

    often = given.settings.rates
    lifetime = timedelta(seconds=given.settings.accounts.invitation_s)
    return ColleagueDoors(
        parts=ColleagueParts(doors.auth, lifetime, leaving),
        rates=doors.rates,
        searches=Quota("colleague_search", often.searches_per_minute),
        invitations=Quota("colleague_invitation", often.invitations_per_hour, _HOUR_S),
        letters=Quota("colleague_letter", often.letters_per_minute),
        looks=Quota("refresh", often.refreshes_per_minute),
        acceptances=Quota("registration", often.registrations_per_minute),
    )


def _provider(given: Running) -> Provider | None:
    settings = given.settings.oidc
    if not settings.issuer:
        return None
    client = Client(
        issuer=settings.issuer,
        client_id=settings.client_id,
        secret=settings.client_secret.get_secret_value() if settings.client_secret else "",
        name=settings.name,
        email_domains=frozenset(settings.email_domains),
        creates_accounts=settings.creates_accounts,
    )
    return Provider(client, given.outbound, given.now_s)


def _users(given: Foundation, work: UnitOfWork, rates: Rates) -> UserParts:
    often = given.settings.rates
    return UserParts(
        work=work,
        rates=rates,
        searches=Quota("search", often.searches_per_minute),
        uploads=Quota("upload", often.uploads_per_minute),
        avatar_pixels=given.settings.accounts.avatar_pixels,
    )
