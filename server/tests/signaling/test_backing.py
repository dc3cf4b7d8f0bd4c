"""Backup codecs over /rtc: a second encoding is asked for, sent to who needs it, and ended."""

from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, serving, token, tracks_of, with_timings

from jumpa.media.embedded import sfu_pb2

Unsupported = models.SubscriptionError.SE_CODEC_UNSUPPORTED


def first(backup: str = "vp8") -> rtc.AddTrackRequest:
    request = rtc.AddTrackRequest(cid="one", type="VIDEO", source="CAMERA", width=640, height=360)
    request.simulcast_codecs.add(codec="vp9", cid="one")
    if backup:
        request.simulcast_codecs.add(codec=backup)
    return request


def second(sid: str, codec: str = "vp8", cid: str = "two") -> rtc.AddTrackRequest:
    # LiveKit's Go client says no more than this, and nothing of kind and source.
    request = rtc.AddTrackRequest(cid=cid, sid=sid)
    request.simulcast_codecs.add(codec=codec, cid=cid)
    return request


def refuse(served: Served, participant_sid: str, track_sid: str) -> None:
    refused = sfu_pb2.Refused(
        participant_sid=participant_sid, track_sid=track_sid, code="codec_unsupported"
    )
    served.sfu.say(sfu_pb2.Event(refused=refused))


def asks_for_second(response: rtc.SignalResponse) -> bool:
    """Whether the publisher is asked for the second encoding, which stands last."""
    codecs = response.subscribed_quality_update.subscribed_codecs[1:]
    return any(quality.enabled for codec in codecs for quality in codec.qualities)


async def call(served: Served, request: rtc.AddTrackRequest) -> tuple[Client, Client, str, str]:
    """Ann publishes to Bob, whose client says that it cannot decode that."""
    ann = await served.join(token("ann"))
    await ann.become_active()
    bob = await served.join(token("bob"))
    bob_sid = await bob.become_active()
    sid = await ann.publish(request)
    await served.sfu.until_told("subscribe")
    refuse(served, bob_sid, sid)
    return ann, bob, bob_sid, sid


async def back_up(ann: Client, sid: str) -> models.TrackInfo:
    """Publish the second encoding, once it is asked for."""
    await ann.until("subscribed_quality_update", asks_for_second)
    await ann.send(rtc.SignalRequest(add_track=second(sid)))
    published = (await ann.until("track_published", _is_second)).track_published
    offer = rtc.SessionDescription(type="offer", sdp="v=0 one two", id=3)
    await ann.send(rtc.SignalRequest(offer=offer))
    return published.track


def _is_second(response: rtc.SignalResponse) -> bool:
    return response.track_published.cid == "two"


class TestNeed:
    async def test_is_met_by_a_second_encoding_under_the_same_sid(self, served: Served) -> None:
        ann, bob, bob_sid, sid = await call(served, first())

        info = await back_up(ann, sid)

        assert info.sid == sid
        gone = (await served.sfu.until_told("unsubscribe")).unsubscribe
        assert (gone.participant_sid, gone.track_sid) == (bob_sid, sid)
        added = (await served.sfu.until_told("add_track", 2)).add_track
        assert (added.shown_as, added.codec, added.cid) == (sid, "vp8", "two")
        assert added.kind == sfu_pb2.KIND_VIDEO
        wanted = (await served.sfu.until_told("subscribe", 2)).subscribe
        assert (wanted.participant_sid, wanted.track_sid) == (bob_sid, added.track_sid)
        assert added.track_sid != sid
        assert "subscription_response" not in await bob.so_far()

    async def test_of_a_second_person_is_met_at_once(self, served: Served) -> None:
        ann, _, _, sid = await call(served, first())
        await back_up(ann, sid)
        backup = (await served.sfu.until_told("subscribe", 2)).subscribe.track_sid

        eve = await served.join(token("eve"))
        eve_sid = await eve.become_active()
        await served.sfu.until_told("subscribe", 3)
        refuse(served, eve_sid, sid)

        wanted = (await served.sfu.until_told("subscribe", 4)).subscribe
        assert (wanted.participant_sid, wanted.track_sid) == (eve_sid, backup)

    async def test_stays_when_somebody_unsubscribes_and_comes_back(self, served: Served) -> None:
        ann, bob, _, sid = await call(served, first())
        await back_up(ann, sid)
        backup = (await served.sfu.until_told("subscribe", 2)).subscribe.track_sid

        for wanted in (False, True):
            wish = rtc.UpdateSubscription(track_sids=[sid], subscribe=wanted)
            await bob.send(rtc.SignalRequest(subscription=wish))

        assert (await served.sfu.until_told("unsubscribe", 2)).unsubscribe.track_sid == backup
        assert (await served.sfu.until_told("subscribe", 3)).subscribe.track_sid == backup

    async def test_is_told_to_be_hopeless_without_a_second_codec(self, served: Served) -> None:
        ann, bob, _, sid = await call(served, first(backup=""))

        response = (await bob.until("subscription_response")).subscription_response

        assert (response.track_sid, response.err) == (sid, Unsupported)
        await ann.send(rtc.SignalRequest(add_track=second(sid)))
        known = (await ann.until("track_published", _is_second)).track_published.track
        assert len(known.codecs) == 1
        assert len(served.sfu.told("add_track")) == 1

    async def test_is_told_to_be_hopeless_when_neither_can_be_decoded(self, served: Served) -> None:
        ann, bob, bob_sid, sid = await call(served, first())
        await back_up(ann, sid)
        backup = (await served.sfu.until_told("subscribe", 2)).subscribe.track_sid

        refuse(served, bob_sid, backup)

        response = (await bob.until("subscription_response")).subscription_response
        assert (response.track_sid, response.err) == (sid, Unsupported)


class TestPromise:
    async def test_that_is_not_kept_in_time_is_told_to_who_waits(self) -> None:
        async with serving(with_timings(backup_codec_s=0.05)) as served:
            ann, bob, _, sid = await call(served, first())

            response = (await bob.until("subscription_response")).subscription_response

            assert (response.track_sid, response.err) == (sid, Unsupported)
            await back_up(ann, sid)
            await served.sfu.until_told("subscribe", 2)


class TestSecondEncoding:
    async def test_is_of_the_promised_codec_and_one_alone(self, served: Served) -> None:
        ann, _, _, sid = await call(served, first())
        for request in (second(sid, "h264"), second(sid, "")):
            await ann.send(rtc.SignalRequest(add_track=request))
            response = (await ann.until("request_response")).request_response
            assert response.reason == rtc.RequestResponse.Reason.INVALID_REQUEST
        await back_up(ann, sid)

        await ann.send(rtc.SignalRequest(add_track=second(sid, cid="three")))
        again = (await ann.until("request_response")).request_response

        assert again.reason == rtc.RequestResponse.Reason.INVALID_REQUEST
        await ann.send(rtc.SignalRequest(add_track=second(sid)))
        await ann.until("track_published", _is_second)
        assert len(served.sfu.told("add_track")) == 2

    async def test_is_not_anothers_to_add(self, served: Served) -> None:
        _, bob, _, sid = await call(served, first())

        await bob.send(rtc.SignalRequest(add_track=second(sid)))

        other = (await bob.until("track_published")).track_published.track
        assert other.sid != sid
        added = (await served.sfu.until_told("add_track", 2)).add_track
        assert not added.shown_as

    async def test_is_muted_and_ended_with_the_first(self, served: Served) -> None:
        ann, _, _, sid = await call(served, first())
        await back_up(ann, sid)
        backup = (await served.sfu.until_told("subscribe", 2)).subscribe.track_sid

        await ann.send(rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid=sid, muted=True)))
        await served.sfu.until_told("set_track_muted", 2)
        ended = sfu_pb2.TrackEnded(
            participant_sid=served.sfu.told("add_track")[0].add_track.participant_sid, track_sid=sid
        )
        served.sfu.say(sfu_pb2.Event(track_ended=ended))

        muted = [
            command.set_track_muted.track_sid for command in served.sfu.told("set_track_muted")
        ]
        assert muted == [sid, backup]
        removed = (await served.sfu.until_told("remove_track")).remove_track
        assert removed.track_sid == backup

    async def test_that_ends_leaves_the_first_and_may_come_again(self, served: Served) -> None:
        ann, bob, _, sid = await call(served, first())
        await back_up(ann, sid)
        added = (await served.sfu.until_told("add_track", 2)).add_track
        await served.sfu.until_told("subscribe", 2)
        await bob.until("update", lambda said: _codecs(said) == [2])
        bob.kept.clear()
        ended = sfu_pb2.TrackEnded(participant_sid=added.participant_sid, track_sid=added.track_sid)
        served.sfu.say(sfu_pb2.Event(track_ended=ended))

        await bob.until("update", lambda said: sid in tracks_of(said) and _codecs(said) == [1])
        await ann.send(rtc.SignalRequest(add_track=second(sid, cid="three")))

        again = (await served.sfu.until_told("add_track", 3)).add_track
        assert (again.cid, again.shown_as) == ("three", sid)

    async def test_is_let_go_when_nobody_wants_it(self, served: Served) -> None:
        ann, _, _, sid = await call(served, first())
        await back_up(ann, sid)
        added = (await served.sfu.until_told("add_track", 2)).add_track

        wanted = sfu_pb2.LayersWanted(
            participant_sid=added.participant_sid, track_sid=added.track_sid, layers=0
        )
        served.sfu.say(sfu_pb2.Event(layers_wanted=wanted))

        update = await ann.until(
            "subscribed_quality_update", lambda said: not asks_for_second(said) and _is_two(said)
        )
        assert update.subscribed_quality_update.track_sid == sid
        assert all(q.enabled for q in update.subscribed_quality_update.subscribed_qualities)


def _codecs(response: rtc.SignalResponse) -> list[int]:
    return [len(track.codecs) for p in response.update.participants for track in p.tracks]


def _is_two(response: rtc.SignalResponse) -> bool:
    return len(response.subscribed_quality_update.subscribed_codecs) == 2
