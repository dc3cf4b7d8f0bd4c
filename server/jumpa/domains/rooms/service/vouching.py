"""Somebody whom another back end vouches for, with a LiveKit token for a room."""

from dataclasses import dataclass

from jumpa.domains.rooms.errors import VoucherInvalidError
from jumpa.domains.rooms.models import IDENTITY_CHARACTERS, RoomParticipant
from jumpa.domains.rooms.service.identities import owner_of
from jumpa.domains.rooms.service.roles import Role
from jumpa.media.access import TokenVerifier, VideoGrants
from jumpa.media.errors import AccessError


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who it is and as what, by the word of a back end that has an API key of this server."""

    identity: str
    role: Role

    def check(self, place: RoomParticipant | None) -> None:
        """Raise VoucherInvalidError when the identity is that of somebody with an account."""
        if place is not None and place.user_id is not None:
            raise VoucherInvalidError("The token names somebody who has an account here.")


@dataclass(frozen=True, slots=True)
class VoucherReader:
    """Reads tokens of API keys; those of `own_key` name places already and vouch for nobody."""

    verifier: TokenVerifier
    own_key: str

    def read(self, token: str, code: str) -> Vouched:
        """Return who comes; raises VoucherInvalidError for all but a token that opens `code`."""
        try:
            claims = self.verifier.verify(token)
        except AccessError as error:
            raise VoucherInvalidError(f"Not a token to enter with: {error}.") from error
        if claims.api_key == self.own_key:
            raise VoucherInvalidError("This token was given to somebody who is in already.")
        if not claims.video.room_join or claims.video.room != code:
            raise VoucherInvalidError("The token opens another room, or none.")
        if not 0 < len(claims.identity) <= IDENTITY_CHARACTERS:
            raise VoucherInvalidError("The token names nobody, or by a name that is too long.")
        if owner_of(claims.identity) != claims.identity:
            # It would come in with the place, and the rights, of somebody else.
            raise VoucherInvalidError("The token names a second connection of somebody.")
        return Vouched(claims.identity, _role(claims.video))


def _role(grants: VideoGrants) -> Role:
    if grants.room_admin:
        return Role.MODERATOR
    return Role.PARTICIPANT if grants.may_publish else Role.OBSERVER
