"""Where the files that people send lie."""

import re

from pydantic import Field, SecretStr, field_validator, model_validator

from jumpa.config.groups import Group

_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")
_NEAR = re.compile(r"http://(127(\.\d{1,3}){3}|\[::1\]|localhost)(:\d{1,5})?/?")


class ObjectSettings(Group):
    """Where files lie; unset means the folder `objects` of the data."""

    url: str = Field(
        "", description="Bucket that speaks S3, as s3://bucket/prefix; empty takes the data folder."
    )
    endpoint: str = Field(
        "", description="Address of the S3 server, as https://host; empty means Amazon's."
    )
    region: str = Field("us-east-1", description="Region of the bucket.")
    key_id: str = Field("", description="Access key id; empty takes the role of this machine.")
    secret: SecretStr | None = Field(None, description="Secret of the access key.")
    transfer_s: int = Field(
        600, ge=1, le=3000, description="Longest time that sending or fetching a file may take."
    )

    reserve_bytes: int = Field(
        1024**3, ge=0, description="Space on the disk of the data that files leave free."
    )

    @field_validator("url")
    @classmethod
    def _is_bucket(cls, url: str) -> str:
        if url and not _BUCKET.fullmatch(url):
            raise ValueError("it is written s3://bucket or s3://bucket/prefix")
        return url

    @field_validator("endpoint")
    @classmethod
    def _is_private(cls, endpoint: str) -> str:
        if endpoint and not (endpoint.startswith("https://") or _NEAR.fullmatch(endpoint)):
            raise ValueError("it must begin with https:// unless the server is this very machine")
        return endpoint

    @model_validator(mode="after")
    def _key_is_whole(self) -> "ObjectSettings":
        if bool(self.key_id) != bool(self.secret and self.secret.get_secret_value()):
            raise ValueError("key_id and secret are given together or not at all")
        if not self.url and (self.endpoint or self.key_id):
            raise ValueError("an endpoint or a key needs the url of a bucket")
        return self
