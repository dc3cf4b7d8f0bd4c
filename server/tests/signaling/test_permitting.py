"""A publisher says who may subscribe to its tracks."""

import pytest
from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, camera, serving, token, tracks_of, with_limits

Permission = rtc.TrackPermission


async def restrict(publisher: Client, *permissions: Permission, everybody: bool = False) -> None:
    said = rtc.SubscriptionPermission(all_participants=everybody, track_permissions=permissions)
    await publisher.send(rtc.SignalRequest(subscription_permission=said))


async def joined(served: Served, identity: str) -> tuple[Client, str]:
    client = await served.join(token(identity))
    return client, await client.become_active()


async def told(client: Client) -> tuple[str, bool]:
    message = (await client.until("subscription_permission_update")).subscription_permission_update
    return message.track_sid, message.allowed


def subscribed(served: Served, kind: str = "subscribe") -> list[str]:
    return [getattr(c, kind).participant_sid for c in served.sfu.told(kind)]


class TestRestrict:
    async def test_takes_the_track_from_who_is_not_named(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        bob, bob_sid = await joined(served, "bob")
        eve, eve_sid = await joined(served, "eve")
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe", 2)

        await restrict(ann, Permission(participant_identity="bob", all_tracks=True))

        assert await told(eve) == (sid, False)
        gone = (await served.sfu.until_told("unsubscribe")).unsubscribe
        assert gone.participant_sid == eve_sid
        assert "subscription_permission_update" not in await bob.so_far()
        assert bob_sid not in subscribed(served, "unsubscribe")

    async def test_gives_it_back(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        bob, bob_sid = await joined(served, "bob")
        sid = await ann.publish(camera())
        await restrict(ann)
        assert await told(bob) == (sid, False)

        await restrict(ann, everybody=True)

        assert await told(bob) == (sid, True)
        again = (await served.sfu.until_told("subscribe", 2)).subscribe
        assert (again.participant_sid, again.track_sid) == (bob_sid, sid)

    @pytest.mark.parametrize("by", ["participant_identity", "participant_sid"])
    async def test_may_name_single_tracks(self, served: Served, by: str) -> None:
        ann, _ = await joined(served, "ann")
        bob, bob_sid = await joined(served, "bob")
        first = await ann.publish(camera("one"))
        second = await ann.publish(camera("two"))
        name = {"participant_identity": "bob", "participant_sid": bob_sid}[by]

        await restrict(ann, Permission(**{by: name}, track_sids=[second]))  # type: ignore[arg-type]  # one of two names

        assert await told(bob) == (first, False)
        assert (await served.sfu.until_told("unsubscribe")).unsubscribe.track_sid == first
        assert "subscription_permission_update" not in await bob.so_far()

    async def test_holds_for_later_tracks_and_later_people(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        bob, _ = await joined(served, "bob")
        await restrict(ann)
        sid = await ann.publish(camera())

        eve = await served.join(token("eve"))

        assert await told(bob) == (sid, False)
        assert sid in [track for message in bob.kept for track in tracks_of(message)]
        assert await told(eve) == (sid, False)
        await eve.become_active()
        assert subscribed(served) == []

    async def test_is_stronger_than_a_wish(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        bob, _ = await joined(served, "bob")
        await restrict(ann)
        sid = await ann.publish(camera())

        wish = rtc.UpdateSubscription(track_sids=[sid], subscribe=True)
        await bob.send(rtc.SignalRequest(subscription=wish))
        await bob.so_far()

        assert subscribed(served) == []

    async def test_of_too_many_sends_its_sender_away(self) -> None:
        async with serving(with_limits(tracks_per_request=10)) as served:
            ann, _ = await joined(served, "ann")
            bob, _ = await joined(served, "bob")

            await restrict(ann, *(Permission(participant_identity=str(i)) for i in range(11)))

            assert (await ann.until("leave")).leave.reason == models.DisconnectReason.STATE_MISMATCH
            assert "leave" not in await bob.so_far()
