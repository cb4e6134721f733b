"""Passwords, tokens and keys are nowhere to be seen: not in settings, errors, JSON, files, or on the command line."""

import json
import re

import pytest
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from mongo_auth import User
from writers_support import DAY, Places, failed

DATES = {"first": DAY, "last": DAY}
PASSWORD = "s3cr%t/p@ss:w0rd"
ESCAPED = "s3cr%25t%2Fp%40ss%3Aw0rd"


def assert_unseen(places: Places, finished, *secrets: str) -> None:
    """None of the secrets is in what was printed or written."""
    texts = {"out": finished.out, "err": finished.err}
    for path in places.folder.rglob("*"):
        if path.is_file() and path.name not in ("key.json", "user.json", "uri"):
            texts[path.name] = path.read_text(errors="replace")
    for where, text in texts.items():
        for secret in secrets:
            assert secret not in text, f"{where}: {text}"


@pytest.fixture(scope="module")
def guarded() -> FakeMongo:
    """A server that wants a password."""
    with FakeMongo(users=[User("writer", PASSWORD), "reader:other-pass:readOnly"]) as mongo:
        yield mongo


def test_config_masks(places: Places):
    env = {
        "MONGODB_CONNECTION": None, "OUTPUT_LOCATION": f"mongodb://me:{ESCAPED}@host.example/db?tls=true",
        "GCS_BUCKET": None,
    }  # fmt: skip
    for format in ("table", "json"):
        finished = places.succeed("config", "--format", format, env=env)
        assert_unseen(places, finished, ESCAPED, PASSWORD)
        assert "host.example/db" in finished.out
        finished = places.succeed("config", "--format", format, env={"MONGODB_CONNECTION": f"mongodb://me:{ESCAPED}@h"})
        assert_unseen(places, finished, ESCAPED, PASSWORD, "@h")
        assert "********" in finished.out


@pytest.mark.parametrize(
    "uri",
    [f"mongodb://me:{PASSWORD}@host/db", f"mongodb://me:{PASSWORD}@/db", f"mongodb://me:{ESCAPED}@host:99999999/db"],
)
def test_a_uri_that_is_none(places: Places, uri: str):
    """Also when the password is why: special characters have to be escaped."""
    settings = {"MONGODB_CONNECTION": uri, "WRITER_TYPE": "mongodb"}
    for env in (settings, {"OUTPUT_LOCATION": uri, "MONGODB_CONNECTION": None}):
        for command in (["backtest", "--symbol", "QQQ", "--date", DAY], ["config"], ["doctor"], ["journal", "show"]):
            finished = places(*command, env=env)
            assert finished.code == 78, (command, finished)
            assert_unseen(places, finished, PASSWORD, ESCAPED, "p@ss", "w0rd")


@pytest.mark.parametrize(
    "flags",
    [
        ("backtest", "--symbol", "QQQ", "--date", DAY, "--output"),
        ("journal", "show", "--output"),
        ("journal", "copy", "--from", "csv", "--to"),
        ("journal", "copy", "--to", "csv", "--from"),
        ("doctor", "--output"),
    ],
)
def test_no_password_on_the_command_line(places: Places, flags):
    finished = places(*flags, f"mongodb://me:{ESCAPED}@{places.mongo.address}/db", env={"MONGODB_CONNECTION": None})
    assert finished.code == 64, finished
    assert "command line" in finished.err + finished.out and "MONGODB_CONNECTION" in finished.err + finished.out
    assert_unseen(places, finished, ESCAPED, PASSWORD)
    assert places.mongo.commands == []


def test_a_file_with_the_uri(places: Places, guarded: FakeMongo):
    """With the line feed that editors leave; what is wrong with it is said without what is in it."""
    (places.folder / "uri").write_text(guarded.uri_of("writer", PASSWORD) + "\n")
    env = {"MONGODB_CONNECTION": None, "MONGODB_CONNECTION_FILE": "uri"}
    finished = places.backtest("mongodb", "--format", "json", env=env, **DATES)
    assert finished.code == 0, finished.err
    assert json.loads(finished.out)["receipts"][0]["location"] == f"mongodb://{guarded.address}/{places.name}.trades"
    assert_unseen(places, finished, PASSWORD, ESCAPED, "writer:")
    (places.folder / "uri").write_text(f"mongodb://me:{PASSWORD}@h\nmore\n")
    finished = places.backtest("mongodb", env=env, **DATES)
    assert finished.code == 78 and re.search("MONGODB_CONNECTION(_FILE)?", finished.err)
    assert_unseen(places, finished, PASSWORD, "p@ss")


def test_logins_that_fail(places: Places, guarded: FakeMongo):
    """A wrong password, an unknown user, one who may only read, one who does not say who he is."""
    uris = {
        "the login failed": [guarded.uri_of("writer", "wrong-pass"), guarded.uri_of("nobody", PASSWORD)],
        "may not do this": [guarded.uri_of("reader", "other-pass")],
        "": [guarded.uri],
    }
    for words, addresses in uris.items():
        for uri in addresses:
            for flags in ((), ("--dry-run",), ("--format", "json")):
                finished = places.backtest("mongodb", *flags, env={"MONGODB_CONNECTION": uri}, **DATES)
                failed(finished, 78, f"mongodb://{guarded.address}/{places.name}.trades", words, "MONGODB_CONNECTION")
                assert_unseen(places, finished, "wrong-pass", "other-pass", PASSWORD, ESCAPED)
    assert guarded.documents(places.namespace) == []


def test_credentials_of_google(places: Places):
    """Neither key nor token, whatever the service answers."""
    with FakeStorage("data", auth="token") as service:
        key = service.write_key(places.folder / "key.json")
        secret = json.loads(key.read_text())["private_key"].splitlines()[1]
        env = {
            "STORAGE_EMULATOR_HOST": None, "GCS_ENDPOINT": service.url, "GCS_BUCKET": "data",
            "GOOGLE_APPLICATION_CREDENTIALS": str(key),
        }  # fmt: skip
        outcomes = [places.backtest("gcs", "--format", "json", env=env, **DATES)]
        service.allow("tester@fake-project.iam.gserviceaccount.com")
        outcomes.append(places.backtest("gcs", env=env, **DATES))
        service.allow("tester@fake-project.iam.gserviceaccount.com", "roles/storage.admin")
        service.faults.add("revoked", match="alt=media", times=None)
        outcomes.append(places.backtest("gcs", env=env, **DATES))
        outcomes.append(places("config", env=env))
        assert [finished.code for finished in outcomes] == [0, 78, 78, 0], outcomes
        assert service.count("POST /token") >= 4
        for finished in outcomes:
            assert_unseen(places, finished, secret, "PRIVATE KEY", "Bearer ", "ya29.")
