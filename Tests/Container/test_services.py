"""Runs against services: each library that is loaded is there with what it needs, names are found, and certificates are
checked against the image's authorities."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from container_support import AUTHORITIES, Certificates, Image
from name_server import SRV, NameServer
from support import read_journal
from tls_relay import TLSRelay

# Found on the path that support adds.
from fake_alpaca import FakeAlpaca
from fake_mongo import FakeMongo
from fake_storage import FakeStorage

FIRST, LAST = "2024-06-24", "2024-06-28"
SAMPLE = ("backtest", "--symbol", "QQQ", "--start", FIRST, "--end", LAST, "--source", "sample")
LOADING = {"LD_DEBUG": "libs"}
"""Has the loader tell on standard error what it looks for."""


def loaded(error: str, *names: str) -> None:
    """These libraries were loaded, and none was looked for in vain."""
    for name in names:
        assert f"calling init: /lib/x86_64-linux-gnu/{name}" in error, f"{name} was not loaded:\n{error[-3000:]}"
    assert "cannot open shared object file" not in error, error[-3000:]


def test_bucket(image: Image, output: Path):
    """libcurl for the requests, libcrypto for the signature of the token's request."""
    with FakeStorage("data", auth="token") as service:
        key = service.write_key(output / "key.json")
        os.chown(key, 65532, 65532)
        settings = {
            "GCS_BUCKET": "data", "GCS_ENDPOINT": service.url, "GOOGLE_APPLICATION_CREDENTIALS": "/run/secrets/key",
            "WRITER_TYPE": "gcs",
        }  # fmt: skip
        finished = image(*SAMPLE, env=settings | LOADING, volumes={"/run/secrets/key:ro": key})
        assert finished.code == 0, finished.err[-3000:]
        assert list(service.objects("data")) == ["output/trades/dp20/QQQ/2024.csv"]
    loaded(finished.err, "libcurl.so.4", "libcrypto.so.3")


def test_database(image: Image):
    """libmongoc, with a login, for which it needs libcrypto and libicu but no module of SASL."""
    with FakeMongo(users=["tester:Straße-1"]) as mongo:
        settings = {
            "MONGODB_CONNECTION": mongo.uri_of("tester", "Straße-1"), "MONGODB_DATABASE": "trading",
            "WRITER_TYPE": "mongodb",
        }  # fmt: skip
        finished = image(*SAMPLE, env=settings | LOADING)
        assert finished.code == 0, finished.err[-3000:]
        assert len(mongo.documents("trading.trades")) == 5
    loaded(finished.err, "libmongoc-1.0.so.0", "libcrypto.so.3", "libicuuc.so.72")


@pytest.fixture
def trusting(certificates: Certificates, names: NameServer) -> dict[str, Path]:
    """What is put into the image's place: the tests' authority, where the libraries look, and the tests' names."""
    return {f"{AUTHORITIES}:ro": certificates.authority, "/etc/resolv.conf:ro": names.configuration}


@pytest.fixture(scope="module")
def alpaca(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeAlpaca]:
    """Alpaca's service on bars of the sample."""
    folder = tmp_path_factory.mktemp("bars")
    folder.chmod(0o777)
    for timeframe, first in (("2Min", "2024-05-01"), ("1Day", "2023-06-01")):
        exported = image(
            "data", "export", "--source", "sample", "--symbol", "QQQ", "--timeframe", timeframe, "--start", first,
            "--end", LAST, "--output", f"/bars/QQQ_{timeframe}.csv", volumes={"/bars": folder},
        )  # fmt: skip
        assert exported.code == 0, exported.err
    with FakeAlpaca(folder, now="2024-07-01T12:00:00Z", rate_limit=None) as service:
        yield service


def test_https_by_name(image: Image, alpaca: FakeAlpaca, certificates, trusting, names: NameServer, output: Path):
    """A name is asked for, the certificate is checked, bars come. With the image's own authorities it is refused."""
    with TLSRelay(urlsplit(alpaca.url).port, certificates) as relay:
        url = f"https://data.example.test:{relay.port}"
        settings = {
            "ALPACA_API_KEY": alpaca.key, "ALPACA_SECRET_KEY": alpaca.secret, "ALPACA_DATA_URL": url,
            "ALPACA_TRADING_URL": url, "PLAYBOOK_NOW": "2024-07-01T12:00:00Z",
        }  # fmt: skip
        asked = ("backtest", "--symbol", "QQQ", "--start", FIRST, "--end", LAST)
        finished = image(*asked, env=settings, volumes={"/output": output, **trusting})
        assert finished.code == 0, finished.err
        assert len(read_journal(output / "trades.csv")) == 5
        assert ("data.example.test", 1) in names.asked
        before = alpaca.count()
        del trusting[f"{AUTHORITIES}:ro"]
        finished = image(*asked, env=settings, volumes={"/output": output, **trusting})
        assert finished.code == 69 and "certificate is not trusted" in finished.err, finished
        assert alpaca.count() == before


def test_database_by_its_service_name(image: Image, certificates, trusting, names: NameServer):
    """`mongodb+srv`, as Atlas has it: the servers' names come from the name server, and every connection is TLS."""
    with FakeMongo(tls_cert=certificates.certificate, tls_key=certificates.key) as mongo:
        port = int(mongo.address.rpartition(":")[2])
        names.services["_mongodb._tcp.cluster.example.test"] = "node1.cluster.example.test", port
        settings = {
            "MONGODB_CONNECTION": "mongodb+srv://cluster.example.test/?replicaSet=rs0", "MONGODB_DATABASE": "trading",
            "WRITER_TYPE": "mongodb",
        }  # fmt: skip
        finished = image(*SAMPLE, env=settings, volumes=trusting)
        assert finished.code == 0, finished.err
        assert len(mongo.documents("trading.trades")) == 5
        assert ("_mongodb._tcp.cluster.example.test", SRV) in names.asked
        del trusting[f"{AUTHORITIES}:ro"]
        finished = image(*SAMPLE, env=settings, volumes=trusting)
        assert finished.code == 78 and "certificate" in finished.err, finished
