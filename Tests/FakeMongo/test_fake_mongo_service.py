"""The fake MongoDB server's users, control port, command line and TLS, and how it ends."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import support
from fake_mongo import FakeMongo
from pymongo import MongoClient
from pymongo.errors import NetworkTimeout, OperationFailure

SCRIPT = support.REPOSITORY / "Tests" / "FakeMongo" / "fake_mongo.py"
USERS = ["writer:p@ss/word", "reader:secret:readOnly"]
NAMESPACE = "trading.trades"


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-1", None])
def test_users(mechanism: str):
    with FakeMongo(users=USERS) as mongo:
        with MongoClient(mongo.uri_of("writer", "p@ss/word", authMechanism=mechanism)) as client:
            client.trading.trades.insert_one({"_id": 1})
            info = client.admin.command("connectionStatus", showPrivileges=True)["authInfo"]
            assert info["authenticatedUsers"] == [{"user": "writer", "db": "admin"}]
            assert "insert" in info["authenticatedUserPrivileges"][0]["actions"]
        with MongoClient(mongo.uri_of("reader", "secret", authMechanism=mechanism)) as client:
            assert client.trading.trades.find_one() == {"_id": 1}
            with pytest.raises(
                OperationFailure, match='not authorized on trading to execute command { update: "t'
            ) as no:
                client.trading.trades.update_one({"_id": 1}, {"$set": {"n": 1}})
            assert no.value.code == 13
            info = client.admin.command("connectionStatus", showPrivileges=True)["authInfo"]
            assert info["authenticatedUserRoles"] == [{"role": "readAnyDatabase", "db": "admin"}]
            assert "insert" not in info["authenticatedUserPrivileges"][0]["actions"]
        wrong = (("writer", "wrong", "admin"), ("nobody", "secret", "admin"), ("reader", "secret", "trading"))
        for user, password, source in wrong:
            with MongoClient(mongo.uri_of(user, password, authMechanism=mechanism, authSource=source)) as client:
                with pytest.raises(OperationFailure, match="Authentication failed") as no:
                    client.trading.trades.find_one()
                assert no.value.code == 18
        with MongoClient(mongo.uri) as client:
            assert client.admin.command("ping")["ok"]
            with pytest.raises(OperationFailure, match="command find requires authentication") as no:
                client.trading.trades.find_one()
            assert no.value.code == 13
        assert len(mongo.documents(NAMESPACE)) == 1


def request(url: str, method: str = "GET", body: object = None) -> object:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=5) as answer:
        return json.load(answer)


def test_the_command_and_its_control_port():
    fail_point = {"mode": {"times": 1}, "data": {"failCommands": ["insert"], "errorCode": 50}}
    arguments = [sys.executable, SCRIPT, "--until-eof", "--fail-point", json.dumps(fail_point), "--user", "a:b"]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        uri, control = process.stdout.readline().strip(), process.stdout.readline().strip()
        assert uri.startswith("mongodb://127.0.0.1:") and uri.endswith("/?replicaSet=rs0")
        with MongoClient(uri, username="a", password="b") as client:
            trades = client.trading.trades
            with pytest.raises(OperationFailure):
                trades.insert_one({"_id": 1})
            request(f"{control}/_control/failpoints", "POST", fail_point)
            with pytest.raises(OperationFailure):
                trades.insert_one({"_id": 1})
            request(f"{control}/_control/failpoints", "POST", [fail_point])
            request(f"{control}/_control/failpoints", "DELETE")
            trades.insert_many([{"_id": 2, "x": 1.5}, {"_id": 1}])
            dump = request(f"{control}/_control/dump?ns=trading.trades")
            assert dump == [{"_id": {"$numberInt": "1"}}, {"_id": {"$numberInt": "2"}, "x": {"$numberDouble": "1.5"}}]
            log = [one for one in request(f"{control}/_control/commands") if one["command"] == "insert"]
            assert [(one["statements"], one["code"], one["user"]) for one in log] == [(1, 50, "a")] * 2 + [
                (2, None, "a")
            ]
            request(f"{control}/_control/commands", "DELETE")
            assert request(f"{control}/_control/commands") == []
            request(f"{control}/_control/stepdown", "POST", {"seconds": 0.2})
            trades.insert_one({"_id": 3})
            request(f"{control}/_control/dump?ns=trading.trades", "DELETE")
            assert request(f"{control}/_control/dump?ns=trading.trades") == []
        for target, method, body in (("failpoints", "POST", {"mode": "sometimes"}), ("dump", "GET", None)):
            with pytest.raises(urllib.error.HTTPError) as refused:
                request(f"{control}/_control/{target}", method, body)
            assert refused.value.code == 400
        process.stdin.close()
        assert process.wait(30) == 0


def test_it_ends_with_connections_open():
    before = threading.active_count()
    with FakeMongo() as mongo:
        mongo.fail("ping", hang=True)
        client = MongoClient(mongo.uri, socketTimeoutMS=200)
        with pytest.raises(NetworkTimeout):
            client.admin.command("ping", comment="no retry of reads in a session of its own")
        began = time.monotonic()
    assert time.monotonic() - began < 10
    client.close()
    # Threads that are told to end take their time on a machine that is busy.
    support.wait_until(lambda: threading.active_count() <= before + 1)


def test_bytes_that_are_no_message(capfd: pytest.CaptureFixture):
    with FakeMongo() as mongo:
        host, port = mongo.address.split(":")
        for data in (b"GET / HTTP/1.1\r\n\r\n", b"\x15\0\0\0" + b"\0" * 8 + b"\xdd\7\0\0" + b"\0" * 5):
            with socket.create_connection((host, int(port)), timeout=5) as plain:
                plain.sendall(data)
                assert plain.recv(1) == b""
        assert "a message of" in capfd.readouterr().err
        with MongoClient(mongo.uri) as client:
            assert client.trading.trades.find_one() is None


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_tls(tmp_path: Path):
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", tmp_path / "key", "-out", tmp_path / "cert"]  # fmt: skip
    subprocess.run(make, check=True, capture_output=True)
    with FakeMongo(tls_cert=tmp_path / "cert", tls_key=tmp_path / "key") as mongo:
        with MongoClient(mongo.uri, tlsCAFile=str(tmp_path / "cert")) as client:
            assert client.trading.trades.insert_one({"_id": 1}).acknowledged
