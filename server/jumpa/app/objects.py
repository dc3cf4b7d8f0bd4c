"""Where the files that people send lie, as the settings say."""

from pathlib import Path

from jumpa.config import ObjectSettings
from jumpa.kit.objects import Bucket, ObjectStore, in_bucket, on_disk

FOLDER = "objects"


def object_store(settings: ObjectSettings, data: Path) -> ObjectStore:
    """Return the store: a bucket when one is named."""
    if not settings.url:
        return on_disk(data / FOLDER, settings.reserve_bytes)
    name, _, prefix = settings.url.removeprefix("s3://").partition("/")
    bucket = Bucket(
        name=name,
        prefix=prefix.rstrip("/"),
        endpoint=settings.endpoint,
        region=settings.region,
        key_id=settings.key_id,
        secret=settings.secret.get_secret_value() if settings.secret else "",
    )
    return in_bucket(bucket)
