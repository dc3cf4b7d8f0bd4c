"""What people type and what they are told."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from factories import NOW

from jumpa.app.keys import own_key
from jumpa.cli import commands
from jumpa.cli.flags import Flags, settings_of
from jumpa.cli.minting import TokenRefusedError, TokenWish, mint_token
from jumpa.cli.show import lines_of
from jumpa.cli.words import ENGLISH, INDONESIAN, words_for
from jumpa.config import Settings, SettingsError, load
from jumpa.kit import storage
from jumpa.kit.clock import system_clock
from jumpa.media.access import TokenVerifier
from jumpa.media.errors import AccessError

Run = Callable[..., tuple[int, str, str]]
SECRET = "a secret of the tests with enough bytes"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No jumpa.toml of this folder and no JUMPA_ variable of this shell."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("JUMPA_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `jumpa` with these words; its exit status, output and complaints."""

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            commands.main(words)
        out, complaints = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, out, complaints

    return run


class TestFlags:
    def test_become_settings(self) -> None:
        flags = Flags(
            bind="127.0.0.1",
            port=0,
            media_address=("192.0.2.1", "192.0.2.2"),
            udp_port=0,
            api_key=("a=b", "c=d=e"),
            data=Path("here"),
        )

        settings = settings_of(flags)

        assert str(settings.server.bind) == "127.0.0.1"
        assert (settings.server.port, settings.media.udp_port) == (0, 0)
        assert [str(a) for a in settings.media.addresses] == ["192.0.2.1", "192.0.2.2"]
        keys = {name: s.get_secret_value() for name, s in settings.auth.api_keys.items()}
        assert keys == {"a": "b", "c": "d=e"}
        assert settings.storage.data == Path("here")

    def test_that_are_not_given_leave_the_file_alone(self, tmp_path: Path) -> None:
        (tmp_path / "jumpa.toml").write_text("[server]\nport = 5\n[media]\nudp_port = 6\n")

        settings = settings_of(Flags(port=9))

        assert (settings.server.port, settings.media.udp_port) == (9, 6)

    def test_refuse_a_key_without_secret(self) -> None:
        with pytest.raises(SettingsError, match="key=secret"):
            settings_of(Flags(api_key=("devkey",)))


class TestMain:
    def test_says_in_one_sentence_what_is_wrong_with_a_setting(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JUMPA_SERVER__PROT", "1")

        status, out, complaints = run("config", "show")

        assert status == 2
        assert out == ""
        assert complaints == (
            "There is no setting JUMPA_SERVER__PROT; the nearest is JUMPA_SERVER__PORT.\n"
        )

    def test_refuses_an_unknown_flag_before_it_starts(self, run: Run) -> None:
        status, _, complaints = run("serve", "--prot", "1")

        assert status != 0
        assert "--prot" in complaints

    def test_tells_its_version(self, run: Run) -> None:
        status, out, _ = run("--version")

        assert status == 0
        assert out.strip() == "0.1.0"


class TestToken:
    def test_opens_the_room_with_the_given_key(self, run: Run) -> None:
        status, out, _ = run(
            "token", "--room", "tea", "--identity", "ann", "--api-key", f"devkey={SECRET}"
        )

        claims = TokenVerifier({"devkey": SECRET}, system_clock).verify(out.strip())
        assert status == 0
        assert (claims.identity, claims.video.room, claims.video.room_join) == ("ann", "tea", True)

    def test_is_signed_by_the_servers_own_key_without_others(
        self, run: Run, tmp_path: Path
    ) -> None:
        status, out, _ = run("token", "--room", "tea", "--identity", "ann", "--data", "data")

        own = own_key(storage.read_secret(tmp_path / "data"))
        claims = TokenVerifier({own.name: own.secret}, system_clock).verify(out.strip())
        assert status == 0
        assert claims.identity == "ann"

    def test_grants_what_is_wished(self) -> None:
        settings = load({"auth": {"api_keys": {"devkey": SECRET}}})
        wish = TokenWish("tea", "ann", is_admin=True, is_listener=True, is_hidden=True)

        token = mint_token(settings, wish, lambda: NOW)

        grants = TokenVerifier({"devkey": SECRET}, lambda: NOW).verify(token).video
        assert grants.room_admin
        assert grants.hidden
        assert not grants.may_publish

    def test_ends_when_it_should(self) -> None:
        settings = load({"auth": {"api_keys": {"devkey": SECRET}}})
        wish = TokenWish("tea", "ann", lifetime=timedelta(minutes=5))

        token = mint_token(settings, wish, lambda: NOW)

        later = TokenVerifier({"devkey": SECRET}, lambda: NOW + timedelta(minutes=7))
        with pytest.raises(AccessError, match="expired"):
            later.verify(token)

    @pytest.mark.parametrize(
        "wish",
        [
            TokenWish("", "ann"),
            TokenWish("tea", ""),
            TokenWish("tea", "ann", lifetime=timedelta(0)),
            TokenWish("tea", "ann", key="unknown"),
        ],
    )
    def test_is_refused_without_sense(self, wish: TokenWish) -> None:
        with pytest.raises(TokenRefusedError):
            mint_token(load({"auth": {"api_keys": {"devkey": SECRET}}}), wish)


class TestShow:
    def test_masks_every_secret(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JUMPA_SERVER__METRICS_TOKEN", "hunter2")

        status, out, _ = run("config", "show", "--api-key", "devkey=hunter3")

        assert status == 0
        assert "hunter" not in out
        assert 'metrics_token = "[hidden]"' in out
        assert '"devkey" = "[hidden]"' in out

    def test_can_be_read_as_a_file(self, tmp_path: Path) -> None:
        settings = load({"media": {"addresses": ["192.0.2.1"], "limits": {"rooms": 7}}})
        path = tmp_path / "shown.toml"
        path.write_text("\n".join(lines_of(settings)))

        assert load({}, path).model_dump() == settings.model_dump()


class TestWords:
    @pytest.mark.parametrize("value", ["id_ID.UTF-8", "id", "in_ID"])
    def test_are_indonesian_there(self, value: str) -> None:
        assert words_for({"LANG": value}) is INDONESIAN
        assert words_for({"LC_ALL": value, "LANG": "en_GB"}) is INDONESIAN

    @pytest.mark.parametrize("environment", [{}, {"LANG": "C"}, {"LANG": "de_DE"}, {"LC_ALL": ""}])
    def test_are_english_elsewhere(self, environment: dict[str, str]) -> None:
        assert words_for(environment) is ENGLISH


class TestSettings:
    def test_show_nothing_that_json_cannot_hold(self) -> None:
        assert json.dumps(lines_of(Settings()))


class TestReference:
    def test_is_the_committed_page(self, run: Run) -> None:
        page = Path(__file__).parents[3] / "docs" / "reference" / "settings.md"

        status, out, _ = run("config", "reference")

        assert status == 0
        assert out == page.read_text(), "run make generate"
