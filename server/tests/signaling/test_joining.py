"""Joining a room through /rtc."""

from signaling.conftest import Served, state_of, token


class TestJoin:
    async def test_answers_with_everything_that_clients_need(self, served: Served) -> None:
        ann = await served.join(token("ann", name="Ann"))

        join = await ann.until("join")

        assert join.room.sid.startswith("RM_")
        assert join.room.name == "tea"
        assert join.participant.sid.startswith("PA_")
        assert join.participant.name == "Ann"
        assert join.subscriber_primary
        assert join.server_info.version
        assert join.server_info.edition == 0
        assert (join.ping_interval, join.ping_timeout) == (5, 15)
        assert [codec.mime for codec in join.enabled_publish_codecs] == ["audio/opus", "video/VP8"]
        assert join.sif_trailer

    async def test_two_hear_of_each_other(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        ann_sid = await ann.become_active()
        bob = await served.join(token("bob"))

        join = await bob.until("join")
        update = await ann.until("update", lambda u: state_of(u, join.participant.sid) == 1)

        assert [p.sid for p in join.other_participants] == [ann_sid]
        assert update.participants[0].identity == "bob"
