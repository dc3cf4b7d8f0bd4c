"""Where files lie, as the settings say."""

import socket
from pathlib import Path

import pytest
from pydantic import ValidationError

from jumpa.app.objects import object_store
from jumpa.cli import doctor
from jumpa.config import ObjectSettings, Settings, StorageSettings

KEY = {"key_id": "a", "secret": "hunter3"}


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "objects").rglob("*") if path.is_file()]


class TestObjectStore:
    def test_is_a_folder_of_the_data(self, tmp_path: Path) -> None:
        store = object_store(ObjectSettings(), tmp_path)

        assert (tmp_path / "objects").is_dir()
        assert str(tmp_path / "objects") in repr(store)

    @pytest.mark.parametrize("url", ["s3://bucket", "s3://bucket/", "s3://a.bucket-1/jumpa/files"])
    def test_is_a_bucket_when_one_is_named(self, tmp_path: Path, url: str) -> None:
        settings = ObjectSettings.model_validate({"url": url, "endpoint": "https://s3.test", **KEY})

        assert repr(object_store(settings, tmp_path)) == "ObjectStore(S3Store)"
        assert not (tmp_path / "objects").exists()
        assert "hunter3" not in repr(settings)


class TestDoctor:
    async def test_leaves_nothing_in_the_folder(self, tmp_path: Path) -> None:
        settings = Settings(storage=StorageSettings(data=tmp_path))

        finding = await doctor._objects(settings)

        assert finding.level == "ok"
        assert files(tmp_path) == []

    async def test_tells_that_a_bucket_does_not_answer(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
        named = {"url": "s3://bucket", "endpoint": endpoint, **KEY}
        settings = Settings.model_validate({"storage": {"data": tmp_path}, "objects": named})

        finding = await doctor._objects(settings)

        assert finding.is_failure
        assert "s3://bucket does not take files" in finding.text


class TestObjectSettings:
    @pytest.mark.parametrize(
        "given",
        [
            {"url": "https://bucket"},
            {"url": "s3://"},
            {"url": "s3://Bucket"},
            {"url": "s3://bucket/../other"},
            {"url": "s3://bucket?x"},
            {"url": "s3://bucket", "endpoint": "http://s3.test", **KEY},
            {"url": "s3://bucket", "endpoint": "http://127.0.0.1.evil.test", **KEY},
            {"url": "s3://bucket", "endpoint": "ftp://127.0.0.1", **KEY},
            {"url": "s3://bucket", "key_id": "a"},
            {"url": "s3://bucket", "secret": "b"},
            {"endpoint": "https://s3.test"},
            {"transfer_s": 3601},
        ],
    )
    def test_refuse(self, given: dict[str, object]) -> None:
        with pytest.raises(ValidationError) as refused:
            ObjectSettings.model_validate(given)

        assert "hunter3" not in str(refused.value)

    @pytest.mark.parametrize(
        "endpoint", ["http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost", ""]
    )
    def test_take_this_very_machine_without_https(self, endpoint: str) -> None:
        given = {"url": "s3://bucket", "endpoint": endpoint, **KEY}

        assert ObjectSettings.model_validate(given).endpoint == endpoint
