"""A server of tests that speaks S3."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3
from moto.server import ThreadedMotoServer

from jumpa.kit.objects import Bucket


@dataclass
class S3:
    """A running server, and a client of it that is not ours."""

    endpoint: str
    client: Any

    def make_bucket(self, prefix: str = "") -> Bucket:
        name = f"bucket-{uuid4().hex[:12]}"
        self.client.create_bucket(Bucket=name)
        return Bucket(name, prefix, self.endpoint, "us-east-1", "a-key", "a secret")


@contextmanager
def s3() -> Iterator[S3]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="a-key",
            aws_secret_access_key="a secret",
        )
        yield S3(endpoint, client)
        client.close()
    finally:
        server.stop()
