"""Settings from flags, environment, secret files, file and defaults."""

import os
from dataclasses import asdict
from pathlib import Path

import pytest

from jumpa.config import (
    LimitSettings,
    ServerSettings,
    Settings,
    SettingsError,
    TimingSettings,
    leaves,
    load,
)
from jumpa.media.embedded.settings import Limits, Timings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No jumpa.toml of this folder and no JUMPA_ variable of this shell."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("JUMPA_"):
            monkeypatch.delenv(name)


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


class TestLoad:
    def test_works_without_anything(self) -> None:
        settings = load({})

        assert settings.server.port == 7880
        assert str(settings.server.bind) == "0.0.0.0"
        assert settings.media.udp_port == 7882

    def test_prefers_flag_to_environment_to_secret_to_file_to_default(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        secrets = tmp_path / "secrets"
        secrets.mkdir()
        ports = "[server]\nport = 1\nhttps_port = 1\n[media]\nudp_port = 1\n[rooms]\n"
        write(tmp_path / "jumpa.toml", ports + "title_characters = 1")
        for name in ("JUMPA_SERVER__PORT", "JUMPA_SERVER__HTTPS_PORT", "JUMPA_MEDIA__UDP_PORT"):
            write(secrets / name, "2\n")
        monkeypatch.setenv("JUMPA_SECRETS", str(secrets))
        monkeypatch.setenv("JUMPA_SERVER__PORT", "3")
        monkeypatch.setenv("JUMPA_SERVER__HTTPS_PORT", "3")

        settings = load({"server": {"port": 4}})

        assert settings.server.port == 4
        assert settings.server.https_port == 3
        assert settings.media.udp_port == 2
        assert settings.rooms.title_characters == 1
        assert settings.rooms.joins_per_minute == 600

    def test_merges_groups_of_groups(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path / "jumpa.toml", "[media.limits]\nrooms = 3\ndata_bytes = 5")
        monkeypatch.setenv("JUMPA_MEDIA__LIMITS__ROOMS", "4")

        limits = load({}).media.limits

        assert (limits.rooms, limits.data_bytes, limits.tracks_per_participant) == (4, 5, 20)

    def test_reads_lists_and_keys_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JUMPA_MEDIA__ADDRESSES", "192.0.2.1, 2001:db8::1")
        monkeypatch.setenv("JUMPA_AUTH__API_KEYS", "one=1,Two=a=b")

        settings = load({})

        assert [str(a) for a in settings.media.addresses] == ["192.0.2.1", "2001:db8::1"]
        keys = {name: s.get_secret_value() for name, s in settings.auth.api_keys.items()}
        assert keys == {"one": "1", "Two": "a=b"}

    def test_reads_keys_as_list_and_as_table(self, tmp_path: Path) -> None:
        listed = write(tmp_path / "a.toml", "[auth]\napi_keys = ['one=1']")
        table = write(tmp_path / "b.toml", "[auth.api_keys]\none = '1'")

        assert load({}, listed).auth.api_keys == load({}, table).auth.api_keys

    def test_cannot_be_changed_afterwards(self) -> None:
        with pytest.raises(ValueError, match="frozen"):
            load({}).server.port = 1  # type: ignore[misc]  # that is the point


class TestRefuse:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[media]\nudp_prot = 1", "no setting media.udp_prot; the nearest is media.udp_port"),
            ("[medai]\nudp_port = 1", "There is no setting medai"),
            ("[media.limits]\nroom = 1", "the nearest is media.limits.rooms"),
            ("[server]\nport = 65536", "server.port cannot be used"),
            ("[server]\nport = 'many'", "server.port cannot be used"),
            ("[server]\nbind = 'here'", "server.bind cannot be used"),
            ("[media.limits]\nrooms = 0", "media.limits.rooms cannot be used"),
            ("[server]\ncertificate = 'a.pem'", "given together"),
            ("[auth]\napi_keys = ['nonsense']", "must be written key=secret"),
            ("[auth.api_keys]\na = ''", "a name and a secret"),
            ("[server", "not valid TOML"),
        ],
    )
    def test_says_what_is_wrong_in_the_file(self, tmp_path: Path, text: str, sentence: str) -> None:
        path = write(tmp_path / "other.toml", text)

        with pytest.raises(SettingsError, match=sentence):
            load({}, path)

    @pytest.mark.parametrize(
        ("name", "nearest"),
        [
            ("JUMPA_MEDIA__UDP_PROT", "JUMPA_MEDIA__UDP_PORT"),
            ("JUMPA_SERVER_PORT", "JUMPA_SERVER__PORT"),
            ("jumpa_server__prot", "JUMPA_SERVER__PORT"),
        ],
    )
    def test_names_the_nearest_of_a_misspelt_variable(
        self, monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
    ) -> None:
        monkeypatch.setenv(name, "1")

        with pytest.raises(SettingsError, match=f"the nearest is {nearest}"):
            load({})

    def test_a_file_that_is_named_and_missing(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="no settings file"):
            load({}, tmp_path / "none.toml")

    def test_a_folder_of_secrets_that_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JUMPA_SECRETS", "/nowhere")

        with pytest.raises(SettingsError, match="JUMPA_SECRETS names /nowhere"):
            load({})

    def test_never_repeats_a_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JUMPA_AUTH__API_KEYS", "hunter2")

        with pytest.raises(SettingsError) as caught:
            load({})

        assert "hunter2" not in str(caught.value)


class TestSettings:
    def test_have_a_sentence_each(self) -> None:
        missing = [name for name, field in leaves() if not field.description]

        assert missing == []

    def test_have_the_defaults_of_the_media_server(self) -> None:
        timings = TimingSettings().model_dump()

        assert LimitSettings().model_dump() == asdict(Limits())
        assert timings == {name: asdict(Timings())[name] for name in timings}

    def test_hide_secrets_when_printed(self) -> None:
        settings = Settings(server=ServerSettings(metrics_token="hunter2"))

        assert "hunter2" not in repr(settings)
