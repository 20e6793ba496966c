"""Stores for tests: an S3 server on loopback, and a store of this process that fails on demand."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

#: What an S3 server of one's own asks for; it believes anything.
KEYS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "not-a-secret-3141"}


@contextmanager
def serve_s3() -> Iterator[str]:
    """Give the address of an S3 server on loopback, as long as the context lasts."""
    server_of = pytest.importorskip("moto.server", reason="the S3 server needs moto[server]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


@contextmanager
def s3_environment() -> Iterator[str]:
    """Give the address of an S3 server that this process and those it starts use by default."""
    for package in ("fsspec", "s3fs"):
        pytest.importorskip(package, reason="stores need the extra scale")
    with serve_s3() as address, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", address)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        for name, value in KEYS.items():
            patch.setenv(name, value)
        _forget_connections()
        try:
            yield address
        finally:
            _forget_connections()


def _forget_connections() -> None:
    """Have the library ask the environment again; it keeps what it has once connected to."""
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()


def make_bucket(name: str) -> str:
    """Make a bucket on the server of the environment; return its address."""
    import boto3

    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}"


def list_keys(bucket: str) -> dict[str, int]:
    """Return the keys of a bucket with their sizes, as another library sees them."""
    import boto3

    pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {each["Key"]: each["Size"] for page in pages for each in page.get("Contents", [])}


class Failing:
    """Makes calls of a store's file system fail.

    Parameters
    ----------
    patch : pytest.MonkeyPatch
        Undoes it.
    system : type
        A class of fsspec.
    """

    def __init__(self, patch: pytest.MonkeyPatch, system: Any) -> None:
        self._patch = patch
        self._system = system

    def fail(self, method: str, after: int, problems: list[BaseException]) -> None:
        """Let `method` go well `after` times, raise each of `problems` once, and go well again."""
        real, left = getattr(self._system, method), list(problems)
        calls = iter(range(10**6))

        def maybe(own: Any, *arguments: Any, **options: Any) -> Any:
            if next(calls) >= after and left:
                raise left.pop(0)
            return real(own, *arguments, **options)

        self._patch.setattr(self._system, method, maybe)
