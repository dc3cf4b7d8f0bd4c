"""LiveKit tokens: who gets in, and what each refusal says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from jumpa.media.access import Claims, TokenVerifier, VideoGrants, mint
from jumpa.media.errors import AccessError

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECRET = "a secret of the tests " * 4
OTHER = "another secret of the tests " * 4
VERIFIER = TokenVerifier({"devkey": SECRET, "own": OTHER}, lambda: NOW)


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes: object) -> str:
    payload = {
        "iss": "devkey",
        "sub": "ann",
        "exp": int(NOW.timestamp()) + 60,
        "video": {"roomJoin": True, "room": "tea"},
        **changes,
    }
    return jwt.encode({k: v for k, v in payload.items() if v is not ...}, secret, algorithm)


class TestVerify:
    def test_returns_what_the_token_says(self) -> None:
        token = signed(
            name="Ann", metadata="m", attributes={"a": "b"}, kind="agent", jti="x", iat=1
        )

        claims = VERIFIER.verify(token)

        assert (claims.identity, claims.name, claims.metadata) == ("ann", "Ann", "m")
        assert claims.attributes == {"a": "b"}
        assert (claims.kind, claims.api_key) == ("agent", "devkey")
        assert claims.video.room_join
        assert claims.video.room == "tea"

    def test_takes_the_identity_of_old_tokens_from_jti(self) -> None:
        assert VERIFIER.verify(signed(sub=..., jti="old-ann")).identity == "old-ann"

    def test_tells_which_key_signed(self) -> None:
        assert VERIFIER.verify(signed(OTHER, iss="own")).api_key == "own"

    @pytest.mark.parametrize("claim", ["apiKey", "api_key", "identity"])
    def test_lets_no_token_say_who_signed_it_or_rename_its_owner(self, claim: str) -> None:
        claims = VERIFIER.verify(signed(**{claim: "own"}))

        assert (claims.api_key, claims.identity) == ("devkey", "ann")

    @pytest.mark.parametrize("seconds", [-59, 0, 10])
    def test_allows_clocks_to_differ_by_a_minute(self, seconds: int) -> None:
        at = int(NOW.timestamp()) + seconds

        assert VERIFIER.verify(signed(exp=at)).identity == "ann"
        assert VERIFIER.verify(signed(nbf=int(NOW.timestamp()) - seconds)).identity == "ann"

    @pytest.mark.parametrize(
        ("token", "reason"),
        [
            ("", "not a JSON web token"),
            ("garbage", "not a JSON web token"),
            ("a.b.c", "not a JSON web token"),
            ("é" * 10, "not a JSON web token"),
            (signed()[:-4] + "AAAA", "signature"),
            (signed(OTHER), "signature"),
            (signed(iss="own"), "signature"),
            (signed(iss="stranger"), "API key"),
            (signed(iss=...), "API key"),
            (signed(algorithm="HS384"), "HS256"),
            (signed(algorithm="HS512"), "HS256"),
            (jwt.encode({"iss": "devkey", "sub": "ann"}, "", "none"), "HS256"),
            (signed(exp=...), "no expiry"),
            (signed(exp=int(NOW.timestamp()) - 61), "expired"),
            (signed(exp="soon"), "exp is not a number"),
            (signed(exp=True), "exp is not a number"),
            (signed(exp=float("nan")), "exp is not a number"),
            (signed(exp=float("inf")), "exp is not a number"),
            (signed(nbf=int(NOW.timestamp()) + 61), "not valid yet"),
            (signed(nbf="later"), "nbf is not a number"),
            (signed(sub=7), "malformed: identity"),
            (signed(name=7), "malformed: name"),
            (signed(metadata={}), "malformed: metadata"),
            (signed(attributes={"a": 1}), "malformed: attributes.a"),
            (signed(video="all"), "malformed: video"),
            (signed(video={"roomJoin": "yes"}), "malformed: video.roomJoin"),
            (signed(video={"canPublishSources": "camera"}), "malformed: video.canPublishSources"),
        ],
    )
    def test_refuses_with_the_reason(self, token: str, reason: str) -> None:
        with pytest.raises(AccessError, match=reason):
            VERIFIER.verify(token)

    def test_an_error_does_not_hold_the_token(self) -> None:
        token = signed(OTHER)

        with pytest.raises(AccessError) as refused:
            VERIFIER.verify(token)

        assert token not in str(refused.value)
        assert SECRET not in repr(VERIFIER)


class TestGrants:
    @pytest.mark.parametrize(
        ("video", "publish", "subscribe", "data", "metadata"),
        [
            ({}, True, True, True, False),
            ({"canPublish": None, "canSubscribe": None}, True, True, True, False),
            ({"canPublish": False}, False, True, False, False),
            ({"canPublish": False, "canPublishData": True}, False, True, True, False),
            ({"canPublishData": False}, True, True, False, False),
            ({"canSubscribe": False}, True, False, True, False),
            ({"canUpdateOwnMetadata": True}, True, True, True, True),
        ],
    )
    def test_have_the_defaults_of_livekit(
        self, video: dict[str, Any], *, publish: bool, subscribe: bool, data: bool, metadata: bool
    ) -> None:
        grants = VERIFIER.verify(signed(video=video)).video

        assert grants.may_publish is publish
        assert grants.may_subscribe is subscribe
        assert grants.may_publish_data is data
        assert grants.may_update_own_metadata is metadata

    def test_a_token_without_grants_opens_nothing(self) -> None:
        grants = VERIFIER.verify(signed(video=...)).video

        assert not any([grants.room_join, grants.room_admin, grants.room_create, grants.room_list])


class TestMint:
    def test_what_is_minted_is_verified(self) -> None:
        claims = Claims(identity="ann", name="Ann", video=VideoGrants(room_join=True, room="tea"))
        token = mint(
            api_key="own",
            secret=OTHER,
            claims=claims,
            clock=lambda: NOW,
            lifetime=timedelta(minutes=10),
        )

        verified = VERIFIER.verify(token)

        assert verified == claims.model_copy(update={"api_key": "own"})

    def test_uses_the_names_of_livekit(self) -> None:
        grants = VideoGrants(room_join=True, room="tea", can_publish=False, room_admin=True)
        token = mint(
            api_key="own",
            secret=OTHER,
            claims=Claims(identity="ann", video=grants),
            clock=lambda: NOW,
        )

        payload = jwt.decode(token, options={"verify_signature": False})

        assert payload["video"] == {
            "roomJoin": True,
            "room": "tea",
            "canPublish": False,
            "roomAdmin": True,
        }
        assert (payload["iss"], payload["sub"]) == ("own", "ann")
        assert payload["exp"] - payload["nbf"] == 6 * 3600


class TestRefresh:
    def test_keeps_claims_that_we_do_not_know(self) -> None:
        claims = VERIFIER.verify(signed(roomPreset="p", video={"roomJoin": True, "newGrant": 1}))

        again = VERIFIER.verify(VERIFIER.refresh(claims, timedelta(minutes=10)))

        assert again == claims.model_copy(update={"refreshed": True})
        assert again.model_dump()["roomPreset"] == "p"
