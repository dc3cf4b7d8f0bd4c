"""Builds what planned meetings need."""

from jumpa.app.accounts import Accounts
from jumpa.app.foundation import Running
from jumpa.domains.meetings.endpoints import MeetingParts
from jumpa.domains.meetings.service.posting import Post
from jumpa.domains.rooms.endpoints import RoomParts
from jumpa.kit.quotas import Quota
from jumpa.kit.rate import RateLimiter
from jumpa.kit.signing import Signer, derive

_HOUR_S = 3600


def meeting_parts(given: Running, rooms: RoomParts, accounts: Accounts) -> MeetingParts:
    """Return what the endpoints are joined to."""
    often, settings = given.settings.rates, given.settings.rooms
    return MeetingParts(
        work=rooms.work,
        ring=rooms.ring,
        audit=rooms.audit,
        rates=accounts.rates,
        post=Post(
            rooms.ring, accounts.doors.auth.site, Signer(derive(given.secret, "invitations"))
        ),
        seats=rooms.issuer.signer,
        limits=rooms.limits,
        plans=Quota("plan", often.plans_per_minute),
        letters=Quota("invitation", often.invitations_per_hour, _HOUR_S),
        entries=Quota("guest", often.guests_per_minute),
        refusals=RateLimiter(settings.refusals_per_minute, settings.limited_addresses, given.now_s),
        most_invited=settings.invitations,
    )
