"""Publishing, subscribing and muting over /rtc."""

import pytest
from livekit.protocol import models, rtc
from signaling.conftest import (
    Client,
    Served,
    camera,
    serving,
    token,
    tracks_of,
    with_limits,
)

from jumpa.media.embedded import sfu_pb2
from jumpa.media.engine import TrackPublished, TrackUnpublished

NotAllowed = rtc.RequestResponse.Reason.NOT_ALLOWED


async def two(served: Served) -> tuple[Client, Client]:
    ann = await served.join(token("ann", grants={"canUpdateOwnMetadata": True}))
    await ann.become_active()
    bob = await served.join(token("bob"))
    await bob.become_active()
    return ann, bob


class TestAddTrack:
    async def test_echoes_what_was_asked(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        request = rtc.AddTrackRequest(
            cid="c-1",
            name="tone",
            type="AUDIO",
            source="MICROPHONE",
            disable_dtx=True,
            audio_features=["TF_STEREO", "TF_NO_DTX"],
            stream="mine",
            encryption="GCM",
        )

        await ann.send(rtc.SignalRequest(add_track=request))

        answer = (await ann.until("track_published")).track_published
        assert answer.cid == "c-1"
        track = answer.track
        assert track.sid.startswith("TR_")
        assert (track.name, track.stream, track.disable_dtx) == ("tone", "mine", True)
        assert track.source == models.TrackSource.MICROPHONE
        assert track.encryption == models.Encryption.GCM
        assert list(track.audio_features) == list(request.audio_features)
        assert track.codecs[0].cid == "c-1"
        added = (await served.sfu.until_told("add_track")).add_track
        assert (added.dtx, added.stereo, added.stream) == (False, True, "mine")
        assert (added.encrypted, added.no_red) == (True, True)

    @pytest.mark.parametrize(
        ("wished", "told"),
        [("video/VP8", "video/VP8"), ("h264", "video/H264"), ("h265", ""), ("", "")],
    )
    async def test_tells_the_codec_that_was_named(
        self, served: Served, wished: str, told: str
    ) -> None:
        ann = await served.join(token("ann"))
        request = camera()
        request.simulcast_codecs.add(codec=wished, cid=request.cid)

        await ann.send(rtc.SignalRequest(add_track=request))

        [codec] = (await ann.until("track_published")).track_published.track.codecs
        assert codec.mime_type == told

    async def test_names_the_layers_for_the_sfu(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        request = camera()
        for quality in ("LOW", "MEDIUM", "HIGH"):
            request.layers.add(quality=quality, width=320, height=180)

        await ann.send(rtc.SignalRequest(add_track=request))

        info = (await ann.until("track_published")).track_published.track
        added = (await served.sfu.until_told("add_track")).add_track
        assert info.simulcast
        assert [layer.rid for layer in added.layers] == ["q", "h", "f"]
        assert (added.encrypted, added.no_red) == (False, False)

    async def test_a_stream_name_cannot_break_out_of_the_sdp(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        request = camera()
        request.stream = "x\r\na=ice-pwd:stolen y|z"

        await ann.send(rtc.SignalRequest(add_track=request))

        stream = (await served.sfu.until_told("add_track")).add_track.stream
        assert not set(stream) & set("\r\n |:=")

    async def test_the_same_request_twice_is_one_track(self, served: Served) -> None:
        ann = await served.join(token("ann"))

        for _ in range(2):
            await ann.send(rtc.SignalRequest(add_track=camera()))

        first = (await ann.until("track_published")).track_published.track.sid
        second = (await ann.until("track_published")).track_published.track.sid
        assert first == second
        await ann.so_far()
        assert len(served.sfu.told("add_track")) == 1

    @pytest.mark.parametrize(
        "grants",
        [{"canPublish": False}, {"canPublishSources": ["microphone"]}, {"hidden": True}],
    )
    async def test_needs_the_grant(self, served: Served, grants: dict[str, object]) -> None:
        ann = await served.join(token("ann", grants=grants))

        await ann.send(rtc.SignalRequest(add_track=camera()))

        response = (await ann.until("request_response")).request_response
        assert response.reason == NotAllowed
        assert response.add_track.cid == "camera-cid"
        assert not served.sfu.told("add_track")

    @pytest.mark.parametrize(
        "bad",
        [
            rtc.AddTrackRequest(type="VIDEO"),
            rtc.AddTrackRequest(cid="c", type="DATA"),
            rtc.AddTrackRequest(cid="x" * 300),
            rtc.AddTrackRequest(cid="c", name="x" * 300),
            rtc.AddTrackRequest(cid="c", layers=[models.VideoLayer()] * 5),
            rtc.AddTrackRequest(cid="c", audio_features=["TF_STEREO"] * 17),
        ],
    )
    async def test_a_bad_request_is_answered_and_changes_nothing(
        self, served: Served, bad: rtc.AddTrackRequest
    ) -> None:
        ann = await served.join(token("ann"))

        await ann.send(rtc.SignalRequest(add_track=bad))

        response = (await ann.until("request_response")).request_response
        assert response.reason == rtc.RequestResponse.Reason.INVALID_REQUEST
        assert response.message
        await ann.so_far()
        assert not served.sfu.told("add_track")

    async def test_one_too_many_is_refused(self) -> None:
        async with serving(with_limits(tracks_per_participant=2)) as served:
            ann = await served.join(token("ann"))
            for number in range(3):
                await ann.send(rtc.SignalRequest(add_track=camera(f"c{number}")))

            response = (await ann.until("request_response")).request_response

            assert response.reason == rtc.RequestResponse.Reason.LIMIT_EXCEEDED
            assert len(served.sfu.told("add_track")) == 2


class TestPublication:
    async def test_the_others_read_of_it_before_they_are_offered_it(self, served: Served) -> None:
        ann, bob = await two(served)

        sid = await ann.publish(camera())

        update = await bob.until("update", lambda u: sid in tracks_of(u))
        (track,) = update.update.participants[0].tracks
        assert (track.mid, track.mime_type) == ("1", "video/VP8")
        subscribe = (await served.sfu.until_told("subscribe")).subscribe
        assert subscribe.track_sid == sid
        assert isinstance(served.events[-1], TrackPublished)

    async def test_who_comes_later_receives_it_too(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        sid = await ann.publish(camera())
        bob = await served.join(token("bob"))

        join = (await bob.until("join")).join
        assert [t.sid for t in join.other_participants[0].tracks] == [sid]
        allowed = await bob.until("subscription_permission_update")
        assert allowed.subscription_permission_update.track_sid == sid
        bob.kept.insert(0, rtc.SignalResponse(join=join))
        bob_sid = await bob.become_active()
        subscribe = (await served.sfu.until_told("subscribe")).subscribe
        assert (subscribe.participant_sid, subscribe.track_sid) == (bob_sid, sid)

    async def test_the_publisher_hears_of_its_first_subscriber(self, served: Served) -> None:
        ann, bob = await two(served)

        sid = await ann.publish(camera())

        assert (await ann.until("track_subscribed")).track_subscribed.track_sid == sid
        quality = (await ann.until("subscribed_quality_update")).subscribed_quality_update
        assert all(quality.enabled for quality in quality.subscribed_qualities)
        assert (await bob.until("stream_state_update")).stream_state_update.stream_states

    @pytest.mark.parametrize(("layers", "enabled"), [(0, 0), (1, 1), (3, 3), (7, 3)])
    async def test_the_publisher_hears_which_layers_are_wanted(
        self, served: Served, layers: int, enabled: int
    ) -> None:
        ann, _ = await two(served)
        sid = await ann.publish(camera())
        await ann.until("subscribed_quality_update")
        publisher_sid = served.sfu.told("add_track")[0].add_track.participant_sid

        wanted = sfu_pb2.LayersWanted(participant_sid=publisher_sid, track_sid=sid, layers=layers)
        served.sfu.say(sfu_pb2.Event(layers_wanted=wanted))

        told = (await ann.until("subscribed_quality_update")).subscribed_quality_update
        assert told.track_sid == sid
        assert [q.enabled for q in told.subscribed_qualities].count(True) == enabled
        assert list(told.subscribed_codecs[0].qualities) == list(told.subscribed_qualities)

    async def test_the_publisher_reads_its_layers_once_media_arrives(self, served: Served) -> None:
        ann, _ = await two(served)
        request = camera()
        for quality in ("LOW", "MEDIUM"):
            request.layers.add(quality=quality, width=320, height=180)
        sid = await ann.publish(request)
        publisher_sid = served.sfu.told("add_track")[0].add_track.participant_sid

        started = sfu_pb2.TrackStarted(
            participant_sid=publisher_sid, track_sid=sid, rid="h", ssrc=11, rtx_ssrc=12
        )
        served.sfu.say(sfu_pb2.Event(track_started=started))

        def has_ssrc(response: rtc.SignalResponse) -> bool:
            return any(
                t.layers[1].ssrc == 11 for p in response.update.participants for t in p.tracks
            )

        update = await ann.until("update", has_ssrc)
        layer = update.update.participants[0].tracks[0].layers[1]
        assert (layer.rid, layer.repair_ssrc, layer.spatial_layer) == ("h", 12, 1)

    async def test_ends_when_an_offer_takes_it_away(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())
        publisher_sid = served.sfu.told("add_track")[0].add_track.participant_sid
        await bob.until("update", lambda u: sid in tracks_of(u))

        ended = sfu_pb2.TrackEnded(participant_sid=publisher_sid, track_sid=sid)
        served.sfu.say(sfu_pb2.Event(track_ended=ended))

        assert (await ann.until("track_unpublished")).track_unpublished.track_sid == sid
        await bob.until("update", lambda u: sid not in tracks_of(u) and not tracks_of(u))
        assert isinstance(served.events[-1], TrackUnpublished)

    async def test_ends_with_its_publisher(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())
        await bob.until("update", lambda u: sid in tracks_of(u))

        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await ann.until_closed()

        subscription = rtc.UpdateSubscription(track_sids=[sid], subscribe=True)
        await bob.send(rtc.SignalRequest(subscription=subscription))
        response = (await bob.until("subscription_response")).subscription_response
        assert response.err == models.SubscriptionError.SE_TRACK_NOTFOUND

    async def test_the_same_camera_may_be_published_again_at_once(self, served: Served) -> None:
        ann, _ = await two(served)
        first = await ann.publish(camera())

        await ann.send(rtc.SignalRequest(add_track=camera()))

        second = (await ann.until("track_published")).track_published.track.sid
        assert second != first


class TestMute:
    async def test_the_others_see_it(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())

        await ann.send(rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid=sid, muted=True)))

        def is_muted(response: rtc.SignalResponse) -> bool:
            return any(t.muted for p in response.update.participants for t in p.tracks)

        await bob.until("update", is_muted)
        assert (await served.sfu.until_told("set_track_muted")).set_track_muted.muted

    async def test_nobody_mutes_anothers_track(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())

        await bob.send(rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid=sid, muted=True)))
        await bob.so_far()

        assert not served.sfu.told("set_track_muted")

    async def test_a_mute_by_the_server_reaches_the_publisher(self, served: Served) -> None:
        ann, _ = await two(served)
        sid = await ann.publish(camera())

        info = await served.engine.mute_published_track("tea", "ann", sid, muted=True)

        assert info.muted
        mute = (await ann.until("mute")).mute
        assert (mute.sid, mute.muted) == (sid, True)


class TestUpdateSubscription:
    async def test_unsubscribes_and_subscribes_again(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")

        off = rtc.UpdateSubscription(track_sids=[sid, sid], subscribe=False)
        await bob.send(rtc.SignalRequest(subscription=off))
        await served.sfu.until_told("unsubscribe")
        group = models.ParticipantTracks(participant_sid="PA_any", track_sids=[sid])
        on = rtc.UpdateSubscription(participant_tracks=[group], subscribe=True)
        await bob.send(rtc.SignalRequest(subscription=on))

        again = await served.sfu.until_told("subscribe", 2)
        assert again.subscribe.track_sid == sid
        assert len(served.sfu.told("unsubscribe")) == 1

    async def test_only_firefox_gets_a_stream_per_track(self, served: Served) -> None:
        await served.join(token("ann"), "&browser=Firefox")
        await served.join(token("bob"), "&browser=Chrome")
        await served.sfu.until_told("add_participant", 2)

        assert streams_per_track(served) == {"ann": True, "bob": False}

    async def test_a_browser_that_does_not_say_so_is_known_by_its_user_agent(
        self, served: Served
    ) -> None:
        fox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
        await served.join(token("ann"), user_agent=fox)
        await served.join(token("bob"), user_agent="Mozilla/5.0 (X11; Linux) Chrome/156.0")
        await served.join(token("eve"), "&browser=Chrome", user_agent=fox)
        await served.sfu.until_told("add_participant", 3)

        assert streams_per_track(served) == {"ann": True, "bob": False, "eve": False}

    async def test_without_auto_subscribe_nothing_comes_unasked(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        bob = await served.join(token("bob"), "&auto_subscribe=0")
        await bob.become_active()
        sid = await ann.publish(camera())
        await bob.so_far()
        assert not served.sfu.told("subscribe")

        on = rtc.UpdateSubscription(track_sids=[sid], subscribe=True)
        await bob.send(rtc.SignalRequest(subscription=on))

        assert (await served.sfu.until_told("subscribe")).subscribe.track_sid == sid

    async def test_a_track_of_another_room_does_not_exist(self, served: Served) -> None:
        ann, _ = await two(served)
        sid = await ann.publish(camera())
        eve = await served.join(token("eve", "coffee"))
        await eve.become_active()

        on = rtc.UpdateSubscription(track_sids=[sid], subscribe=True)
        await eve.send(rtc.SignalRequest(subscription=on))

        response = (await eve.until("subscription_response")).subscription_response
        assert response.err == models.SubscriptionError.SE_TRACK_NOTFOUND
        assert len(served.sfu.told("subscribe")) == 1

    async def test_who_may_not_subscribe_receives_nothing(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        bob = await served.join(token("bob", grants={"canSubscribe": False}))
        join = (await bob.until("join")).join
        connected = sfu_pb2.Connected(
            participant_sid=join.participant.sid, target=sfu_pb2.TARGET_PUBLISHER
        )
        served.sfu.say(sfu_pb2.Event(connected=connected))
        sid = await ann.publish(camera())

        on = rtc.UpdateSubscription(track_sids=[sid], subscribe=True)
        await bob.send(rtc.SignalRequest(subscription=on))
        await bob.so_far()

        assert not join.subscriber_primary
        assert not served.sfu.told("subscribe")


class TestTrackSettings:
    async def test_are_passed_on(self, served: Served) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")

        setting = rtc.UpdateTrackSettings(track_sids=[sid, "TR_none"], width=320, height=180)
        await bob.send(rtc.SignalRequest(track_setting=setting))

        told = (await served.sfu.until_told("set_track_settings")).set_track_settings
        assert (told.width, told.height, told.disabled) == (320, 180, False)
        assert len(served.sfu.told("set_track_settings")) == 1

    @pytest.mark.parametrize(("asked", "expected"), [(0, 0), (15, 15), (2**32 - 1, 1000)])
    async def test_say_how_many_pictures_a_second(
        self, served: Served, asked: int, expected: int
    ) -> None:
        ann, bob = await two(served)
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")

        setting = rtc.UpdateTrackSettings(track_sids=[sid], width=320, height=180, fps=asked)
        await bob.send(rtc.SignalRequest(track_setting=setting))

        told = (await served.sfu.until_told("set_track_settings")).set_track_settings
        assert (told.fps, told.width) == (expected, 320)

    async def test_sent_too_early_they_are_kept(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        sid = await ann.publish(camera())
        bob = await served.join(token("bob"))
        setting = rtc.UpdateTrackSettings(track_sids=[sid], disabled=True)
        await bob.send(rtc.SignalRequest(track_setting=setting))

        await bob.become_active()

        told = (await served.sfu.until_told("set_track_settings")).set_track_settings
        assert told.disabled
        kinds = [command.WhichOneof("command") for command in served.sfu.commands]
        assert kinds.index("subscribe") < kinds.index("set_track_settings")


class TestUpdateMetadata:
    async def test_the_others_read_it(self, served: Served) -> None:
        ann, bob = await two(served)

        request = rtc.UpdateParticipantMetadata(
            name="Anne", metadata="tired", attributes={"hand": "up"}, request_id=9
        )
        await ann.send(rtc.SignalRequest(update_metadata=request))

        response = (await ann.until("request_response")).request_response
        assert (response.request_id, response.reason) == (9, rtc.RequestResponse.Reason.OK)
        update = await bob.until("update", lambda u: u.update.participants[0].name == "Anne")
        assert dict(update.update.participants[0].attributes) == {"hand": "up"}

    async def test_an_empty_attribute_is_deleted(self, served: Served) -> None:
        ann, _ = await two(served)
        for value in ("up", ""):
            request = rtc.UpdateParticipantMetadata(attributes={"hand": value})
            await ann.send(rtc.SignalRequest(update_metadata=request))
            await ann.until("request_response")

        info = await served.engine.get_participant("tea", "ann")

        assert not info.attributes

    async def test_needs_the_grant(self, served: Served) -> None:
        _, bob = await two(served)

        request = rtc.UpdateParticipantMetadata(name="Boss")
        await bob.send(rtc.SignalRequest(update_metadata=request))

        response = (await bob.until("request_response")).request_response
        assert response.reason == NotAllowed
        assert (await served.engine.get_participant("tea", "bob")).name != "Boss"

    @pytest.mark.parametrize(
        "request_",
        [
            rtc.UpdateParticipantMetadata(name="x" * 257),
            rtc.UpdateParticipantMetadata(metadata="x" * (512 * 1024 + 1)),
            rtc.UpdateParticipantMetadata(attributes={"a": "x" * (64 * 1024)}),
        ],
    )
    async def test_too_much_is_refused_and_loses_nothing(
        self, served: Served, request_: rtc.UpdateParticipantMetadata
    ) -> None:
        ann, _ = await two(served)

        await ann.send(rtc.SignalRequest(update_metadata=request_))

        response = (await ann.until("request_response")).request_response
        assert response.reason == rtc.RequestResponse.Reason.INVALID_REQUEST
        assert not (await served.engine.get_participant("tea", "ann")).metadata


def streams_per_track(served: Served) -> dict[str, bool]:
    """Whether each participant is given a stream for each track."""
    added = [command.add_participant for command in served.sfu.told("add_participant")]
    return {one.identity: one.stream_per_track for one in added}
