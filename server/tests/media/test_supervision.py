"""The link and the supervision of the media process."""

import asyncio
import contextlib
import importlib.util
import json
import logging
import os
import stat
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from media.fake_sfu import FakeSfu

import jumpa.media.embedded
from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.link import MAX_FRAME_BYTES, LinkListener
from jumpa.media.embedded.process import SfuFailedError
from jumpa.media.embedded.program import ProgramMissingError, find_binary, log_line
from jumpa.media.embedded.settings import EmbeddedConfig, Timings

TIMINGS = Timings(restart_delay_s=0, sfu_ping_s=0.01, sfu_silent_s=60, start_timeout_s=60)
CONFIG = EmbeddedConfig(media_addresses=("192.0.2.7",), udp_port=18901, timings=TIMINGS)


@contextlib.asynccontextmanager
async def running(sfu: FakeSfu, config: EmbeddedConfig = CONFIG) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(config, launch=sfu)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


class TestStart:
    async def test_tells_the_sfu_its_values_and_returns_when_it_answers(self) -> None:
        sfu = FakeSfu()

        async with running(sfu) as engine:
            configure = sfu.commands[0].configure
            status = engine.status()

        assert configure.version == sfu_pb2.VERSION_CURRENT
        assert list(configure.media_addresses) == ["192.0.2.7"]
        assert configure.udp_port == 18901
        assert configure.max_data_bytes == 64 * 1024
        assert status.media_addresses == ("127.0.0.1:18900",)
        assert status.build == "fake"

    async def test_calls_can_be_held_once_it_returns(self) -> None:
        async with running(FakeSfu()) as engine:
            assert engine.status().ready

    async def test_a_process_that_ends_before_its_first_pong_stops_it(self) -> None:
        sfu = FakeSfu()
        sfu.script["ping"] = lambda sfu, _: sfu.kill()

        with pytest.raises(SfuFailedError, match="before it could hold a call"):
            async with running(sfu):
                pass

    async def test_a_wrong_version_stops_it_with_what_to_do(self) -> None:
        sfu = FakeSfu()
        sfu.version = 99

        with pytest.raises(SfuFailedError, match=r"version 99 .* build both again"):
            async with running(sfu):
                pass

    async def test_a_failure_of_the_sfu_is_passed_on(self) -> None:
        sfu = FakeSfu()
        sfu.fails_with = sfu_pb2.Failed(code="port_in_use", message="UDP port 7882 is taken")

        with pytest.raises(SfuFailedError, match=r"UDP port 7882 is taken \(port_in_use\)"):
            async with running(sfu):
                pass

    async def test_a_process_that_ends_at_once_stops_it(self) -> None:
        async def launch(link: Path) -> FakeSfu:
            del link
            sfu = FakeSfu()
            sfu.kill()
            return sfu

        with pytest.raises(SfuFailedError, match="ended with status 0"):
            await EmbeddedEngine(CONFIG, launch=launch).start()

    async def test_a_silent_process_stops_it(self) -> None:
        sfu = FakeSfu()
        sfu.is_silent = True
        config = EmbeddedConfig(timings=Timings(start_timeout_s=0.05))

        with pytest.raises(SfuFailedError, match="did not answer"):
            async with running(sfu, config):
                pass

    async def test_another_process_at_the_link_is_turned_away(self) -> None:
        sfu = FakeSfu()
        sfu.claimed_pid = 1

        with pytest.raises(SfuFailedError, match="ended with status"):
            async with running(sfu):
                pass


class TestStatus:
    async def test_shows_what_the_workers_report(self) -> None:
        sfu = FakeSfu()
        async with running(sfu) as engine:
            await sfu.until_told("ping", 2)

            status = engine.status()

        assert status.answering
        assert status.ready
        assert status.counters["packets_in"] == 7

    async def test_a_stuck_worker_is_not_ready(self) -> None:
        sfu = FakeSfu()
        worker = sfu_pb2.WorkerStatus(tick_age_ms=1500)
        pong = sfu_pb2.Event(pong=sfu_pb2.Pong(workers=[worker]))
        sfu.script["ping"] = lambda fake, _: fake.say(pong)
        async with running(sfu) as engine:
            await sfu.until_told("ping", 2)

            status = engine.status()

        assert status.answering
        assert not status.ready

    async def test_a_server_that_stood_still_does_not_blame_the_workers(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loop = asyncio.get_running_loop()
        async with running(FakeSfu()) as engine:
            later_s = loop.time() + 3600
            monkeypatch.setattr(loop, "time", lambda: later_s)

            status = engine.status()
            monkeypatch.undo()

        assert status.ready


class TestRestart:
    async def test_a_dead_sfu_is_started_again(self) -> None:
        sfu = FakeSfu()
        async with running(sfu) as engine:
            for restart in range(3):
                sfu.kill()
                await sfu.until_started(restart + 2)
            await sfu.until_told("ping", 2)

            status = engine.status()

        assert status.restarts == 3
        assert status.ready

    async def test_an_sfu_that_stops_answering_is_ended(self) -> None:
        sfu = FakeSfu()
        config = replace(CONFIG, timings=replace(TIMINGS, sfu_silent_s=0.1))
        async with running(sfu, config) as engine:
            del sfu.script["ping"]
            await sfu.until_started(2)

            assert engine.status().restarts >= 1

    @pytest.mark.parametrize(
        "garbage",
        [
            struct.pack(">I", MAX_FRAME_BYTES + 1),
            struct.pack(">I", 3) + b"\xff\xff\xff",
            b"\x00",
        ],
    )
    async def test_garbage_on_the_link_ends_that_process_only(self, garbage: bytes) -> None:
        sfu = FakeSfu()
        async with running(sfu):
            sfu.say_bytes(garbage)
            if len(garbage) == 1:
                sfu.kill()

            await sfu.until_started(2)

    async def test_an_event_about_nobody_is_passed_over(self) -> None:
        sfu = FakeSfu()
        async with running(sfu) as engine:
            for kind in ("publisher_answer", "connected", "track_started", "refused"):
                event = sfu_pb2.Event()
                getattr(event, kind).participant_sid = "PA_nobody"
                sfu.say(event)
            sfu.say(sfu_pb2.Event(speakers_changed=sfu_pb2.SpeakersChanged(room_sid="RM_none")))
            sfu.say(sfu_pb2.Event())
            await sfu.until_told("ping", 3)

            assert engine.status().restarts == 0


class TestStop:
    async def test_ends_the_link_and_removes_its_directory(self) -> None:
        paths: list[Path] = []

        sfu = FakeSfu()

        async def launch(link: Path) -> FakeSfu:
            paths.append(link)
            assert stat.S_IMODE(link.parent.stat().st_mode) == 0o700
            return await sfu(link)

        engine = EmbeddedEngine(CONFIG, launch=launch)
        await engine.start()
        await engine.stop()

        assert await sfu.wait() == 0
        assert not paths[0].parent.exists()


class TestListener:
    async def test_the_path_fits_into_a_socket_address(self) -> None:
        listener = LinkListener()
        await listener.open()

        assert len(str(listener.path)) < 100
        await listener.close()


class TestProgram:
    def test_the_setting_comes_first_then_the_environment(self, tmp_path: Path) -> None:
        chosen, other = tmp_path / "chosen", tmp_path / "other"
        chosen.touch()
        other.touch()

        assert find_binary(str(chosen), {"JUMPA_SFU_BINARY": str(other)}) == chosen
        assert find_binary("", {"JUMPA_SFU_BINARY": str(other)}) == other

    def test_a_missing_program_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(ProgramMissingError, match="make build"):
            find_binary(str(tmp_path / "absent"), {})

    @pytest.mark.parametrize(
        ("line", "level", "text"),
        [
            ({"level": "ERROR", "fields": {"message": "lost", "x": 1}}, logging.ERROR, "lost"),
            ({"level": "INFO", "message": "flat"}, logging.INFO, "flat"),
            ([1, 2], logging.WARNING, "[1, 2]"),
        ],
    )
    def test_its_log_lines_keep_their_level(
        self, line: object, level: int, text: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            log_line(json.dumps(line).encode())

        assert caplog.records[-1].levelno == level
        assert text in caplog.records[-1].getMessage()

    def test_a_broken_line_is_shown_as_it_is(self, caplog: pytest.LogCaptureFixture) -> None:
        log_line(b"thread panicked \xff\n")

        assert "thread panicked" in caplog.text


class TestGeneratedCode:
    def test_is_fresh(self, tmp_path: Path) -> None:
        assert importlib.util.find_spec("grpc_tools") is not None
        embedded = Path(jumpa.media.embedded.__file__).parent
        script = embedded.parents[3] / "tools" / "generate-proto"

        subprocess.run([sys.executable, script, tmp_path], check=True, env=dict(os.environ))

        for name in ("sfu_pb2.py", "sfu_pb2.pyi"):
            assert (tmp_path / name).read_text() == (embedded / name).read_text()


class TestOrderlyEnd:
    async def test_stopping_while_it_starts_again_ends_too(self) -> None:
        sfu = FakeSfu()
        engine = EmbeddedEngine(CONFIG, launch=sfu)
        await engine.start()
        sfu.kill()

        async with asyncio.timeout(60):
            await engine.stop()
