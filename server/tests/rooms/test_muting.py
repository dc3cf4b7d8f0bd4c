"""Hosts and moderators mute others, who learn by whom."""

from livekit.protocol import rtc
from people import assert_problem
from rooms.meetings import Meeting

from jumpa.domains.rooms.service.roles import Role
from jumpa.media.embedded import publishing


class TestMute:
    async def test_reaches_the_open_microphones_of_lower_roles(self, meeting: Meeting) -> None:
        engine = meeting.server.engine
        for role in (Role.HOST, Role.MODERATOR, Role.GUEST):
            await meeting.enter(meeting.people[role])
            room, participant = engine._directory.get_participant(
                meeting.code, meeting.identity(role)
            )
            for source, kind in (("MICROPHONE", "AUDIO"), ("CAMERA", "VIDEO")):
                request = rtc.AddTrackRequest(cid=source, source=source, type=kind)
                info = publishing.add_track(room, participant, request)
                publishing.negotiated(room, participant.tracks[info.sid], "1", "audio/opus")

        everybody = await meeting.ask(Role.MODERATOR, "POST", "/mute", json={})
        upward = await meeting.ask(
            Role.MODERATOR, "POST", f"/participants/{meeting.identity(Role.HOST)}/mute", json={}
        )
        camera = await meeting.ask(
            Role.HOST,
            "POST",
            f"/participants/{meeting.identity(Role.MODERATOR)}/mute",
            json={"source": "camera"},
        )

        assert everybody.json()["identities"] == [meeting.identity(Role.GUEST)]
        assert_problem(upward, 403, "rank_too_low")
        assert camera.json()["identities"] == [meeting.identity(Role.MODERATOR)]
        guest = await engine.get_participant(meeting.code, meeting.identity(Role.GUEST))
        assert [track.muted for track in guest.tracks] == [True, False]
        await meeting.server.sfu.until_told("send_data", 2)
        told = [command.send_data.packet for command in meeting.server.sfu.told("send_data")]
        assert [b'"source": "microphone"' in packet for packet in told] == [True, False]
        assert [b'"by": "Moderator"' in packet for packet in told] == [True, False]
        assert b'"by": "Host"' in told[1]

    async def test_says_that_nobody_is_there(self, meeting: Meeting) -> None:
        answer = await meeting.ask(Role.HOST, "POST", "/participants/nobody/mute", json={})

        assert_problem(answer, 404, "place_not_found")
