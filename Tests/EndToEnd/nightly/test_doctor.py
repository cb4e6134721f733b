"""`doctor` tries everything that a run needs, says what to do about what is wrong, and writes nothing."""

import json
import re

import pytest
from alpaca_support import AlpacaProgram
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from writers_support import ALL, Places

NOW = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}
ACCOUNT = "tester@fake-project.iam.gserviceaccount.com"


def examine(places, *arguments, env=None) -> tuple[int, dict[str, dict]]:
    """How it ended, and each check by its name; table and JSON say the same."""
    table = places("doctor", *arguments, env=env)
    finished = places("doctor", "--format", "json", *arguments, env=env)
    assert finished.err == table.err == "", finished.err
    document = json.loads(finished.out)
    assert document["schema"] == "trading-playbook/doctor/1"
    checks = {check["name"]: check for check in document["checks"]}
    shown = re.findall(r"^(ok    |WRONG ) ([^:]+): .", table.out, re.MULTILINE)
    assert shown == [("ok    " if check["ok"] else "WRONG ", check["name"]) for check in document["checks"]]
    wrong = [check for check in checks.values() if not check["ok"]]
    assert finished.code == table.code == (wrong[0]["code"] if wrong else 0)
    for check in wrong:
        assert check["next_step"] and check["next_step"] in " ".join(table.out.split()), check
    return finished.code, checks


def only(checks: dict[str, dict], name: str, code: int, *words: str) -> None:
    """Nothing but this check failed, and it says so with these words."""
    assert [one for one, check in checks.items() if not check["ok"]] == [name], checks
    text = checks[name]["message"] + " " + checks[name]["next_step"]
    assert checks[name]["code"] == code, checks[name]
    for word in words:
        assert word in text, f"{word!r} is not in: {text}"


def test_all_is_well(places: Places):
    before = places.state()
    places.storage.forget()
    code, checks = examine(places, "--symbol", "QQQ,SPY", "--writer", ALL, env=NOW)
    assert code == 0
    assert list(checks) == ["settings", "source sample", *(f"journal {writer}" for writer in ALL.split(","))]
    assert places.state() == before and list(places.folder.iterdir()) == []
    assert {entry["method"] for entry in places.storage.requests} == {"GET"}
    commands = {entry["command"] for entry in places.mongo.commands}
    assert commands and not commands & {"insert", "update", "delete", "create", "createIndexes"}


@pytest.mark.parametrize(
    ("env", "name", "code", "words"),
    [
        ({"GCS_BUCKET": "no-such-bucket"}, "journal gcs", 78, ("no-such-bucket", "GCS_BUCKET")),
        ({"MONGODB_CONNECTION": "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=300"}, "journal mongodb", 75,
         ("127.0.0.1:9", "MONGODB_CONNECTION")),
        ({"OUTPUT_DIR": "/dev/null/folder"}, "journal csv", 73, ("/dev/null",)),
    ],
)  # fmt: skip
def test_a_journal_that_cannot_be_written(places: Places, env, name, code, words):
    before = places.state()
    found, checks = examine(places, "--writer", ALL, env=NOW | env)
    assert found == code
    only(checks, name, code, *words)
    assert places.state() == before


def test_settings_that_are_wrong(places: Places):
    for env, word in [
        ({"WRITER_TYPE": "tape"}, "WRITER_TYPE"),
        ({"DATA_MIN_COMPLETENESS": "2"}, "DATA_MIN_COMPLETENESS"),
        ({"WRITER_TYPE": "gcs", "GCS_BUCKET": None}, "GCS_BUCKET"),
        ({"STRATEGY": "dp21"}, "STRATEGY"),
        ({"SYMBOLS": "../x"}, "../x"),
    ]:
        code, checks = examine(places, env=NOW | env)
        assert code == 78 and not checks["settings"]["ok"], checks
        assert word in checks["settings"]["message"], checks


@pytest.mark.parametrize(
    ("name", "more"),
    [("OUTPUT_DIR", {}), ("DATA_DIR", {"DATA_SOURCE": "files"}), ("DATA_CACHE_DIR", {}), ("SYMBOLS", {}),
     ("WRITER_TYPE", {}), ("GCS_BUCKET", {"WRITER_TYPE": "gcs"}), ("STRATEGY", {}), ("PORT", {})],
)  # fmt: skip
def test_an_address_in_the_wrong_place_shows_no_password(places: Places, name, more):
    for command in (["doctor"], ["doctor", "--format", "json"], ["backtest", "--date", "2025-01-10"], ["config"]):
        for value in ("mongodb://user:the-pass@host", "mongodb://user:a,the-pass@host/" + "x" * 60):
            finished = places(*command, "--symbol", "QQQ", env=NOW | more | {name: value}) if (
                command != ["config"] and name != "SYMBOLS"
            ) else places(*command, env=NOW | more | {name: value})  # fmt: skip
            assert "the-pass" not in finished.out + finished.err, (command, finished)
            assert "a,the" not in finished.out + finished.err


def test_a_folder_that_is_an_address_is_refused(places: Places):
    code, checks = examine(places, "--symbol", "QQQ", env=NOW | {"OUTPUT_DIR": "mongodb://user:the-pass@host"})
    assert code == 78 and "OUTPUT_DIR" in checks["journal"]["message"]
    assert list(places.folder.iterdir()) == []


def test_permissions_that_are_missing(places: Places):
    """What may be read but not written is wrong as well; the login that fails; the account is named."""
    with FakeStorage("data", auth="token") as service, FakeMongo(users=["reader:the-pass:readOnly"]) as mongo:
        key = service.write_key(places.folder / "key.json")
        service.allow(ACCOUNT, "roles/storage.objectViewer")
        env = NOW | {
            "STORAGE_EMULATOR_HOST": None, "GCS_ENDPOINT": service.url, "GCS_BUCKET": "data",
            "GOOGLE_APPLICATION_CREDENTIALS": str(key), "MONGODB_CONNECTION": mongo.uri_of("reader", "the-pass"),
        }  # fmt: skip
        code, checks = examine(places, "--writer", ALL, env=env)
        assert code == 78 and [name for name, check in checks.items() if not check["ok"]] == [
            "journal gcs", "journal mongodb"
        ]  # fmt: skip
        assert "storage.objects.create" in checks["journal gcs"]["message"]
        assert ACCOUNT in checks["journal gcs"]["message"] + checks["journal gcs"]["next_step"]
        assert "readWrite" in checks["journal mongodb"]["next_step"]
        wrong = env | {"MONGODB_CONNECTION": mongo.uri_of("reader", "other-pass")}
        code, checks = examine(places, "--writer", "mongodb", env=wrong)
        only(checks, "journal mongodb", 78, "login failed")
        assert "other-pass" not in str(checks) and "the-pass" not in str(checks)
        assert service.objects("data") == {} and mongo.documents(places.namespace) == []


def test_a_journal_that_is_none(places: Places):
    """Reading it is part of writing it."""
    places.csv.parent.mkdir()
    places.csv.write_text("text\n")
    code, checks = examine(places, "--writer", "csv", env=NOW)
    assert code == 65
    only(checks, "journal csv", 65, "trades.csv:1")


def test_a_source_without_bars(places: Places):
    code, checks = examine(places, "--symbol", "QQQ", "--source", "files", "--data-dir", "none", env=NOW)
    only(checks, "source files", 69, "none")


# Alpaca

AT = {"PLAYBOOK_NOW": "2024-06-20T12:00:00Z"}


def test_the_service(alpaca: AlpacaProgram):
    code, checks = examine(alpaca, "--symbol", "QQQ", env=AT)
    assert code == 0 and [name.split()[0] for name in checks] == ["settings", "source", "clock", "cache", "journal"]
    assert alpaca.service.requests and list(alpaca.folder.iterdir()) == [], "asked, and nothing kept"


@pytest.mark.parametrize(("ahead", "is_wrong"), [(0, False), (50, False), (-50, False), (90, True), (-3600, True)])
def test_the_clock(alpaca: AlpacaProgram, ahead: float, is_wrong: bool):
    """By the Date of the service's answers: a minute is too much for signed requests and for `--today`."""
    alpaca.service.clock_ahead = ahead
    code, checks = examine(alpaca, "--symbol", "QQQ", env=AT)
    if not is_wrong:
        assert code == 0 and checks["clock"]["ok"]
        return
    wrong = [check for check in checks.values() if not check["ok"]]
    assert code == 78 and [check["name"].split()[0] for check in wrong] == ["source", "clock"], "no bar is taken from it"
    for check in wrong:
        assert check["code"] == 78 and "Set the clock" in check["next_step"]
        ((seconds, way),) = re.findall(r"is (\d+) s (ahead|behind)", check["message"])
        assert way == ("behind" if ahead > 0 else "ahead") and abs(int(seconds) - abs(ahead)) <= 3


def test_keys_that_are_wrong(alpaca: AlpacaProgram):
    code, checks = examine(alpaca, "--symbol", "QQQ", env=AT | {"ALPACA_SECRET_KEY": "wrong-secret"})
    assert code == 78 and "wrong-secret" not in str(checks)
    (name,) = [name for name, check in checks.items() if not check["ok"]]
    assert name.startswith("source") and "ALPACA_" in checks[name]["message"] + checks[name]["next_step"]


def test_a_service_that_is_not_there(alpaca: AlpacaProgram):
    code, checks = examine(alpaca, "--symbol", "QQQ", env=AT | {"ALPACA_DATA_URL": "http://127.0.0.1:9"})
    assert code == 69
    (name,) = [name for name, check in checks.items() if not check["ok"]]
    assert name.startswith("source") and "127.0.0.1" in checks[name]["message"]


def test_a_cache_that_cannot_be_used(alpaca: AlpacaProgram, shared_storage: FakeStorage):
    env = AT | {"STORAGE_EMULATOR_HOST": shared_storage.url, "DATA_CACHE_DIR": "gs://no-such-bucket/cache"}
    code, checks = examine(alpaca, "--symbol", "QQQ", env=env)
    only(checks, "cache", 78, "no-such-bucket")
    (alpaca.folder / "data").write_text("a file")
    code, checks = examine(alpaca, "--symbol", "QQQ", env=AT)
    only(checks, "cache", 73, "data")
