"""What the tests of the image share: the image, as it is to be run, and servers for it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from container_support import Certificates, Image, podman, succeed
from name_server import NameServer


@pytest.fixture(scope="session")
def image() -> Image:
    """The built image, which the environment variable CONTAINER_IMAGE names."""
    name = os.environ.get("CONTAINER_IMAGE")
    if not name:
        pytest.fail("CONTAINER_IMAGE is not set: run Tests/Container/run.sh, which builds the image.")
    return Image(name)


@pytest.fixture(scope="session")
def files(image: Image) -> Iterator[Path]:
    """The folder of what is in the image; to be read only."""
    yield Path(podman("image", "mount", image.name).strip())
    podman("image", "unmount", image.name)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder that the image's user may write."""
    folder = tmp_path / "output"
    folder.mkdir()
    os.chown(folder, 65532, 65532)
    return folder


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for names below example.test and 127.0.0.1, signed by an authority of the tests' own."""
    folder = tmp_path_factory.mktemp("certificates")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    succeed(*new, "-subj", "/CN=Tests", "-keyout", folder / "authority.key", "-out", folder / "authority.pem")
    succeed(
        *new, "-subj", "/CN=example.test", "-CA", folder / "authority.pem", "-CAkey", folder / "authority.key",
        "-addext", "subjectAltName=DNS:*.example.test,DNS:*.cluster.example.test,IP:127.0.0.1",
        "-addext", "basicConstraints=critical,CA:FALSE",
        "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
    )  # fmt: skip
    return Certificates(folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")


@pytest.fixture
def names(tmp_path: Path) -> Iterator[NameServer]:
    """A server of names below example.test."""
    with NameServer() as server:
        yield server


def pytest_sessionfinish() -> None:
    """No container outlives the tests."""
    subprocess.run(["podman", "rm", "--all", "--force"], capture_output=True)
