"""Who is told of a day's run, and that telling never spoils it."""

import json
import re

import pytest
from fake_mail import FakeMail
from fake_webhook import FakeWebhook
from support import Program

DAY = {"SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample", "PLAYBOOK_NOW": "2025-11-04T22:00:00Z"}
WORD = "hidden-word"


@pytest.fixture
def hook():
    with FakeWebhook() as hook:
        yield hook


@pytest.fixture
def mail(tmp_path_factory):
    with FakeMail(tmp_path_factory.mktemp("mail"), login=f"playbook:{WORD}") as mail:
        yield mail


def settings(hook: FakeWebhook, mail: FakeMail) -> dict[str, str]:
    return {
        "NOTIFY_URL": f"{hook.url}/services/{WORD}", "SMTP_URL": f"smtp://{mail.address}", "SMTP_USER": "playbook",
        "SMTP_PASSWORD": WORD, "MAIL_FROM": "playbook@example.com", "MAIL_TO": "desk@example.com, me@example.com",
    }  # fmt: skip


def rows_told(text: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+) 2025-11-04: (.*)$", text, flags=re.MULTILINE))


def test_a_day_is_told_of_once_everywhere(run: Program, hook: FakeWebhook, mail: FakeMail) -> None:
    env = DAY | settings(hook, mail)
    first = run("backtest", "--today", env=env)
    again = run("backtest", "--catch-up", env=env)
    assert (first.code, first.err, again.code) == (0, "", 0)
    [text] = hook.messages
    [message] = mail.messages
    journal = json.loads(run("journal", "show", "--format", "json", env=DAY).out)["rows"]
    told = rows_told(text)
    assert {row["symbol"] for row in journal} == told.keys() == {"QQQ", "SPY"}
    for row in journal:
        assert (told[row["symbol"]] == "no trade") == (not row["entered"])
    assert message["to"] == ["desk@example.com", "me@example.com"] and message["user"] == "playbook"
    assert "dp20 2025-11-04" in message["subject"] and rows_told(message["body"].replace("\r", "")) == told


def test_failures_are_told_of(run: Program, hook: FakeWebhook, mail: FakeMail) -> None:
    env = DAY | settings(hook, mail) | {"NOTIFY_ON": "failures"}
    assert run("backtest", "--today", env=env).code == 0
    assert hook.messages == [] and mail.messages == []
    assert run("backtest", "--today", "--data-dir", "nowhere", "--source", "files", env=env).code == 69
    assert "nowhere does not exist" in hook.messages[0] and "failed" in mail.messages[0]["subject"]


def test_one_that_cannot_be_told_fails_nothing(run: Program, hook: FakeWebhook, mail: FakeMail) -> None:
    """On a terminal as a warning, in the cloud as a line of the log; the secrets are in neither."""
    for extra in ([], ["--cloud"]):
        changes = {"NOTIFY_URL": f"http://127.0.0.1:9/{WORD}", "SMTP_PASSWORD": "other-word", "OUTPUT_DIR": f"output-{len(extra)}"}
        finished = run("backtest", "--today", *extra, env=DAY | settings(hook, mail) | changes)
        assert finished.code == 0
        told = finished.out + finished.err
        assert told.count("a notification was not sent") == 2 and "webhook at 127.0.0.1" in told
        assert WORD not in told and "other-word" not in told
        if extra:
            severities = [json.loads(line)["severity"] for line in finished.out.splitlines()]
            assert severities.count("WARNING") == 2 and "ERROR" not in severities
    assert mail.messages == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"NOTIFY_URL": f"http://example.com/{WORD}"}, "NOTIFY_URL"),
        ({"NOTIFY_ON": "never"}, "NOTIFY_ON"),
        ({"NOTIFY_URL": f"https://example.com/{WORD}", "NOTIFY_URL_FILE": "file"}, "NOTIFY_URL_FILE"),
        ({"SMTP_URL": f"http://example.com/{WORD}"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://example.com", "MAIL_TO": "me@example.com"}, "MAIL_FROM"),
        ({"SMTP_URL": "smtps://example.com", "MAIL_FROM": "me@example.com"}, "MAIL_TO"),
        ({"SMTP_URL": "smtps://example.com", "MAIL_FROM": "me@example.com", "MAIL_TO": "a@b.c,"}, "MAIL_TO"),
        ({"SMTP_PASSWORD": WORD}, "SMTP_PASSWORD"),
    ],
)
def test_settings_that_are_wrong_are_named_before_anything_runs(
    run: Program, changes: dict[str, str], named: str
) -> None:
    finished = run("backtest", "--today", env=DAY | changes)
    assert finished.code == 78 and named in finished.err and WORD not in finished.err
    assert not (run.folder / "output").exists()


def test_the_watch_hears_of_each_days_run(run: Program, hook: FakeWebhook) -> None:
    """After a success and a day without a session, of a failure, and not of what is to be tried again."""
    env = DAY | {"HEARTBEAT_URL": f"{hook.url}/ping/{WORD}?rid=1"}
    call = f"/ping/{WORD}?rid=1"
    failed = f"/ping/{WORD}/fail?rid=1"

    def beats(code: int, *arguments: str, **more: str) -> list[str]:
        hook.beats.clear()
        finished = run("backtest", *arguments, env=env | more)
        assert finished.code == code and WORD not in finished.out + finished.err, finished
        return list(hook.beats)

    assert beats(0, "--catch-up") == [call]
    assert beats(0, "--catch-up") == [call], "up to date is well"
    assert beats(0, "--today", PLAYBOOK_NOW="2025-12-25T22:00:00Z") == [call]
    assert beats(75, "--today", PLAYBOOK_NOW="2025-11-05T15:00:00Z") == []
    assert beats(69, "--catch-up", DATA_SOURCE="files", DATA_DIR="nowhere", PLAYBOOK_NOW="2025-11-05T22:00:00Z") == [failed]
    assert beats(78, "--catch-up", SYMBOLS="") == [failed]
    assert beats(0, "--date", "2025-11-03") == [] and beats(0, "--catch-up", "--dry-run") == []
    assert beats(0, "--today", "--cloud") == [call] and hook.messages == []


def test_a_watch_that_does_not_answer_spoils_nothing(run: Program, hook: FakeWebhook) -> None:
    hook.faults.add("status", match="ping", times=None, status=404)
    finished = run("backtest", "--catch-up", env=DAY | {"HEARTBEAT_URL": f"{hook.url}/ping/{WORD}"})
    assert finished.code == 0 and "the heartbeat was not sent" in finished.err and "404" in finished.err
    assert WORD not in finished.err
    for wrong in ("ftp://x/y", "http://watch.example/x", "https://", "https://x/#y", "word"):
        finished = run("backtest", "--catch-up", env=DAY | {"HEARTBEAT_URL": wrong})
        assert finished.code == 78 and "HEARTBEAT_URL" in finished.err
