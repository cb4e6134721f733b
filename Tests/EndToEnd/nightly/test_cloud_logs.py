"""`--cloud`: settings from the environment alone, and a log that Cloud Logging, alerts and the dashboard read."""

import json
from typing import Any

import pytest
from alpaca_support import AlpacaProgram
from nightly_support import Nightly, evening, log_lines, log_of, rewrite
from support import Finished, read_journal
from writers_support import ALL, Places

NOW = evening("2025-02-06")
FIELDS = {
    "run_id": str, "status": str, "reason": str, "exit_code": int, "trigger": str, "strategy": str, "params_id": str,
    "symbols": list, "first_session": str, "last_session": str, "duration_seconds": float,
    "fetch_latency_p50_seconds": float, "fetch_latency_p95_seconds": float, "cache_hit_rate": float, "requests": int,
    "retries": int, "errors": int, "error_messages": list, "warnings": int, "sessions": int, "trades": int,
    "rows_written": dict, "rows_unchanged": dict, "trades_30d": int, "win_rate_30d": float, "expectancy_r_30d": float,
    "max_drawdown_usd_30d": float, "sessions_without_trade": int, "missing_sessions": int,
}  # fmt: skip
"""What alerts and the dashboard are made of. Any of them may be null."""


def record_of(finished: Finished) -> dict[str, Any]:
    """The one record of the run, which has every field, and agrees with how the process ended."""
    (record,) = [entry for entry in log_of(finished) if entry.get("event") == "run_completed"]
    for name, kind in FIELDS.items():
        value = record[name]
        assert value is None or isinstance(value, kind) or (kind is float and type(value) is int), (name, value)
    assert record["exit_code"] == finished.code and record["errors"] == len(record["error_messages"])
    assert record["run_id"] in record["message"] and record["status"] in record["message"]
    unknown = record.keys() - FIELDS.keys() - {"event", "severity", "message", "time"}
    assert not unknown, f"docs and dashboards know nothing of {unknown}"
    return record


def picked(record: dict[str, Any], *names: str) -> list[Any]:
    return [record[name] for name in names]


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    return Nightly(program, tmp_path, "AA", "BB")


def cloud(night: Nightly, *arguments: Any, env: dict = {}) -> Finished:
    return night("backtest", "--cloud", *arguments, env={"PLAYBOOK_NOW": NOW} | env)


def test_no_env_file_is_read(night: Nightly):
    """Neither `.env` nor one that is named: what a container was built with must not decide."""
    (night.folder / ".env").write_text("SYMBOLS=AA\nOUTPUT_DIR=elsewhere\nWRITER_TYPE=tape\n")
    record = record_of(cloud(night, "--catch-up", env={"SYMBOLS": "BB"}))
    assert record["symbols"] == ["BB"] and night.held == {("2025-02-06", "BB")}
    assert night("backtest", "--catch-up", env={"PLAYBOOK_NOW": NOW}).code == 78, "without --cloud it is read"
    named = cloud(night, "--catch-up", "--env-file", ".env")
    assert named.code == 64 and named.out == ""
    missing = cloud(night, "--catch-up", env={"SYMBOLS": None})
    assert record_of(missing)["exit_code"] == 78, "SYMBOLS of the file does not count"


def test_a_completed_run(places: Places):
    """Numbers are those of the journals."""
    asked = ("--cloud", "--writer", ALL, "--param", "trend-period=20")
    env = {"SYMBOLS": "IWM,SPY", "PLAYBOOK_NOW": "2025-01-08T12:00:00Z"}
    first = record_of(places("backtest", "--catch-up", "--start", "2024-12-26", *asked, env=env))
    rows = places.rows("csv")
    traded = [row for row in rows if row["entered"] == "true"]
    assert len(rows) == 16 and len(traded) >= 3
    names = ("status", "reason", "trigger", "strategy", "symbols", "first_session", "last_session", "errors")
    assert picked(first, *names) == [
        "completed", None, "catch-up", "dp20", ["IWM", "SPY"], "2024-12-26", "2025-01-07", 0
    ]  # fmt: skip
    assert picked(first, "sessions", "trades") == [16, len(traded)]
    assert first["rows_written"] == dict.fromkeys(ALL.split(","), 16)
    assert first["rows_unchanged"] == dict.fromkeys(ALL.split(","), 0)
    assert {row["run_id"] for row in rows} == {first["run_id"]} and first["params_id"] == rows[0]["params_id"]
    stats = places.succeed("journal", "stats", "--format", "json").out
    (group,) = json.loads(stats)["groups"]
    summary = group["summary"]
    told = picked(first, "trades_30d", "win_rate_30d", "expectancy_r_30d", "max_drawdown_usd_30d")
    assert told == [summary[name] for name in ("trades", "win_rate", "expectancy_r", "max_drawdown_usd")]
    days = sorted({row["trade_date"] for row in rows}, reverse=True)
    days_traded = {row["trade_date"] for row in traded}
    expected = next(index for index, day in enumerate(days) if day in days_traded)
    assert picked(first, "sessions_without_trade", "missing_sessions") == [expected, 0]
    assert picked(first, "requests", "retries", "cache_hit_rate", "fetch_latency_p50_seconds") == [0, 0, None, None]

    again = record_of(places("backtest", "--start", "2024-12-26", "--end", "2025-01-07", *asked, env=env))
    assert picked(again, "status", "trigger", "severity") == ["completed", "range", "INFO"]
    assert again["rows_written"] == dict.fromkeys(ALL.split(","), 0)
    assert again["rows_unchanged"] == dict.fromkeys(ALL.split(","), 16)
    assert again["run_id"] != first["run_id"]


@pytest.mark.parametrize(
    ("now", "arguments", "trigger", "reason"),
    [
        (evening("2025-01-09"), ("--today",), "today", "market holiday"),
        (evening("2025-02-08"), ("--today",), "today", "weekend"),
        (NOW, ("--start", "2025-02-08", "--end", "2025-02-09"), "range", "no session"),
    ],
)
def test_a_skipped_run(night: Nightly, now, arguments, trigger, reason):
    record = record_of(cloud(night, *arguments, env={"PLAYBOOK_NOW": now}))
    assert picked(record, "status", "trigger", "reason", "exit_code") == ["skipped", trigger, reason, 0]
    assert picked(record, "severity", "sessions", "rows_written") == ["INFO", 0, {}]


def test_a_holiday_tells_what_is_missing(night: Nightly):
    """A run that has nothing to do still says how the journal stands."""
    night.written(NOW, "--start", "2025-01-02")
    rewrite(night.journal, [row for row in read_journal(night.journal) if row["trade_date"] != "2025-01-07"])
    record = record_of(cloud(night, "--today", env={"PLAYBOOK_NOW": "2025-02-17T12:00:00Z"}))
    # The two of January, and the six since the last row: 2025-02-07 through 2025-02-14.
    assert picked(record, "status", "missing_sessions") == ["skipped", 2 + 2 * 6]
    assert record["sessions_without_trade"] == 23


def test_a_partial_run(night: Nightly):
    """One symbol has no bars."""
    (night.bars / "BB_2Min.csv").unlink()
    finished = cloud(night, "--catch-up")
    record = record_of(finished)
    assert finished.code != 0 and night.held == {("2025-02-06", "AA")}
    assert picked(record, "status", "errors", "sessions", "rows_written") == ["partial", 1, 1, {"csv": 1}]
    assert "BB" in record["error_messages"][0]
    told = [entry for entry in log_of(finished) if "exit_code" in entry and "event" not in entry]
    assert [entry["message"] for entry in told] == record["error_messages"]
    assert all(entry["run_id"] == record["run_id"] for entry in log_of(finished))


def test_a_journal_that_fails(places: Places):
    """The other journals' rows count, and the one that failed is an error."""
    places.csv.parent.mkdir()
    places.csv.write_text("not a journal\n")
    env = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z", "SYMBOLS": "QQQ"}
    finished = places("backtest", "--date", "2025-01-10", "--cloud", "--writer", ALL, env=env)
    record = record_of(finished)
    assert finished.code == 65 and picked(record, "status", "severity", "errors") == ["partial", "ERROR", 1]
    assert record["rows_written"] == {"gcs": 1, "mongodb": 1} and "trades.csv" in record["error_messages"][0]


def test_a_failed_run(night: Nightly):
    """No data at all, or none yet: an alarm, or a reason to try again."""
    record = record_of(cloud(night, "--catch-up", env={"DATA_DIR": "none"}))
    assert picked(record, "status", "exit_code", "severity", "errors") == ["failed", 69, "ERROR", 1]
    late = record_of(cloud(night, "--catch-up", env={"PLAYBOOK_NOW": evening("2025-04-01")}))
    assert picked(late, "status", "exit_code", "severity") == ["failed", 75, "WARNING"]
    # Two sessions without data that should be there by now: it does not just come late.
    ended = record_of(cloud(night, "--catch-up", env={"PLAYBOOK_NOW": evening("2025-04-03")}))
    assert picked(ended, "status", "exit_code", "severity") == ["failed", 69, "ERROR"]
    assert "The data ends on 2025-03-31" in ended["error_messages"][0]
    early = record_of(cloud(night, "--today", env={"PLAYBOOK_NOW": "2025-02-06T17:00:00Z"}))
    assert picked(early, "status", "exit_code", "severity") == ["failed", 75, "WARNING"]


@pytest.mark.parametrize(
    "changes",
    [
        {"WRITER_TYPE": "tape"}, {"STRATEGY": "dp21"}, {"SYMBOLS": "../x"}, {"SYMBOLS": None}, {"PLAYBOOK_NOW": "noon"},
        {"DATA_SOURCE": "tape"}, {"DATA_MIN_COMPLETENESS": "2"}, {"CLOUD_RUN_TASK_INDEX": "7"}, {"LOG_FORMAT": "xml"},
    ],
)  # fmt: skip
def test_settings_that_are_wrong(night: Nightly, changes):
    """A line that names the setting, at ERROR, and no trace of the program's insides."""
    finished = cloud(night, "--catch-up", env=changes)
    assert finished.code == 78
    entries = log_of(finished)
    (name,) = changes
    assert any(entry["severity"] == "ERROR" and name in entry["message"] for entry in entries), finished.out
    assert "--env-file" not in finished.out, "no settings file is read here"
    # Without a log that is right there is no place for the record.
    assert name == "LOG_FORMAT" or record_of(finished)["status"] == "failed"
    for trace in ("Fatal error", "Stack dump", "PlaybookError", "Swift/"):
        assert trace not in finished.out
    assert not night.journal.exists()


def test_a_wrong_parameter(night: Nightly):
    finished = cloud(night, "--catch-up", "--param", "stop-atr=none")
    record = record_of(finished)
    assert finished.code == 64 and record["status"] == "failed" and "stop-atr" in record["error_messages"][0]


def test_secrets_are_nowhere(alpaca: AlpacaProgram):
    """Not those that are right, not those that are refused, not the one in an address."""
    env = {
        "PLAYBOOK_NOW": "2024-06-20T23:00:00Z", "SYMBOLS": "QQQ", "WRITER_TYPE": "csv,mongodb",
        "MONGODB_CONNECTION": "mongodb://writer:hidden-word@127.0.0.1:9/?serverSelectionTimeoutMS=200",
        "NOTIFY_URL": "http://127.0.0.1:9/services/hidden-word", "SMTP_URL": "smtp://127.0.0.1:9",
        "SMTP_USER": "tester", "SMTP_PASSWORD": "hidden-word", "MAIL_FROM": "a@example.com", "MAIL_TO": "b@example.com",
    }  # fmt: skip
    asked = ("backtest", "--date", "2024-06-20", "--cloud")
    for changes in ({}, {"ALPACA_SECRET_KEY": "refused-word"}):
        finished = alpaca(*asked, env=env | changes)
        assert finished.code != 0
        for secret in (alpaca.service.key, alpaca.service.secret, "hidden-word", "refused-word"):
            assert secret not in finished.out + finished.err
        assert sum(entry.get("event") == "run_completed" for entry in log_lines(finished.out)) == 1


def test_latency_and_cache(alpaca: AlpacaProgram):
    """As the service saw it."""
    env = {"PLAYBOOK_NOW": "2024-06-20T23:00:00Z", "SYMBOLS": "QQQ"}
    alpaca.service.faults.add("status", match="timeframe=2Min", times=1, status=503)
    alpaca.service.faults.add("delay", match="timeframe=1Day", times=1, seconds=0.4)
    first = record_of(alpaca("backtest", "--today", "--cloud", env=env))
    assert first["requests"] == len(alpaca.service.requests) and first["retries"] == 1 and first["errors"] == 0
    assert 0 < first["fetch_latency_p50_seconds"] <= first["fetch_latency_p95_seconds"] < first["duration_seconds"]
    assert first["fetch_latency_p95_seconds"] >= 0.4 and 0 <= first["cache_hit_rate"] < 1
    alpaca.service.forget()
    second = record_of(alpaca("backtest", "--today", "--cloud", env=env))
    assert second["requests"] == len(alpaca.service.requests) == 0
    assert second["cache_hit_rate"] == 1 and second["fetch_latency_p50_seconds"] is None


@pytest.mark.parametrize("variable", ["K_SERVICE", "CLOUD_RUN_JOB"])
def test_on_cloud_run_a_file_is_no_journal(places: Places, variable: str):
    """It would be lost with the instance; the log is JSON there without being asked for."""
    env = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z", "SYMBOLS": "QQQ", variable: "nightly"}
    for writer in (None, "csv", "gcs,csv"):
        chosen = () if writer is None else ("--writer", writer)
        finished = places("backtest", "--catch-up", *chosen, env=env)
        assert finished.code == 78 and not places.csv.exists() and places.objects() == {}, finished.out
        record = record_of(finished)
        assert "csv" in record["error_messages"][0] and "WRITER_TYPE" in record["error_messages"][0]
    record = record_of(places("backtest", "--catch-up", "--writer", "gcs,mongodb", env=env))
    assert picked(record, "status", "rows_written") == ["completed", {"gcs": 1, "mongodb": 1}]


def test_the_log_as_text(night: Nightly):
    """For people who want it so."""
    finished = cloud(night, "--catch-up", env={"LOG_FORMAT": "text"})
    assert finished.code == 0 and finished.err == ""
    lines = finished.out.splitlines()
    assert lines and all(line[:4].isdigit() and line[23:25] == "Z " for line in lines), finished.out
    assert any(" INFO " in line and "completed" in line for line in lines)


@pytest.mark.parametrize("ahead", [-90, -30, 30, 90])
def test_a_clock_that_is_wrong(alpaca: AlpacaProgram, ahead: float):
    """By the Date of the service's answers: then bars cannot be trusted to be final, and nothing is kept."""
    alpaca.service.clock_ahead = ahead
    env = {"PLAYBOOK_NOW": "2024-06-20T23:00:00Z", "SYMBOLS": "QQQ"}
    asked = ("backtest", "--catch-up", "--cloud", "--output", alpaca.journal)
    finished = alpaca(*asked, env=env)
    record = record_of(finished)
    if abs(ahead) < 60:
        assert finished.code == 0 and len(alpaca.rows()) == 1 and alpaca.files()
        return
    assert finished.code == 78 and not alpaca.journal.exists() and alpaca.files() == [], finished.out
    assert record["severity"] == "ERROR" and "clock" in record["error_messages"][0]
    assert ("behind" if ahead > 0 else "ahead") in record["error_messages"][0]
    alpaca.service.clock_ahead = 0
    assert alpaca(*asked, env=env).code == 0 and len(alpaca.rows()) == 1
