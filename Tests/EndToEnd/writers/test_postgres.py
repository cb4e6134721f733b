"""The journal in PostgreSQL, by a real server."""

import csv
import io
import itertools
import json
import os
import random
import re
import signal
import subprocess
import time

import pytest
from postgres_support import PASSWORD, Bouncer, PostgresProgram, PostgresServer, Proxy
from support import REPOSITORY, wait_until
from trust import TRUST, tries

RANGE = ("--symbol", "QQQ,SPY", "--start", "2024-12-16", "--end", "2025-01-10")
SESSIONS = 17
NUMBERS = itertools.count(1)
KILLS = tries(6, 60)


@pytest.fixture
def postgres(program, tmp_path, postgres_server) -> PostgresProgram:
    return PostgresProgram(program, tmp_path, postgres_server, f"journal-{next(NUMBERS)}")


def rows(text: str) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k != "run_id"} for row in csv.DictReader(io.StringIO(text))]


def counts(finished) -> list[int]:
    """Added, replaced, unchanged and removed rows of a run with one writer."""
    [journal] = json.loads(finished.out)["receipts"]
    return [journal[name] for name in ("added", "replaced", "unchanged", "removed")]


def test_the_same_journal_as_a_file(postgres):
    """Rows are those of the csv writer; every way of looking at the journal gives the same."""
    postgres.succeed("backtest", *RANGE, "--writer", "postgres,csv")
    shown = postgres.csv()
    assert rows(shown) == rows(postgres.csv("csv")) and len(rows(shown)) == 2 * SESSIONS
    one, other = (postgres.succeed("journal", "stats", "--writer", kind).out for kind in ("postgres", "csv"))
    # The first line names the place.
    assert one.partition("\n")[2] == other.partition("\n")[2]
    verify = ("journal", "verify", *RANGE, "--format", "json")
    assert json.loads(postgres.succeed(*verify).out)
    status = ("status", "--symbol", "QQQ,SPY", "--format", "json")
    now = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}
    one, other = (json.loads(postgres(*status, env=now | {"WRITER_TYPE": kind}).out) for kind in ("postgres", "csv"))
    assert one["series"] == other["series"] if "series" in one else one.keys() == other.keys()
    assert "unchanged" in postgres.succeed("backtest", *RANGE).out
    [[dates, traded]] = postgres.sql("SELECT count(DISTINCT trade_date), count(*) FILTER (WHERE entered) FROM trades")
    assert int(dates) == SESSIONS and int(traded) == sum(row["entered"] == "true" for row in rows(shown))


def test_runs_are_remembered(postgres):
    """A row for each run; those of long ago go."""
    first = {"RUN_HISTORY": "on", "PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}

    def remembered() -> int:
        finished = postgres("status", "--symbol", "QQQ,SPY", "--format", "json", env=first)
        return json.loads(finished.out)["runs"]["remembered"]

    assert remembered() == 0
    for hour in (12, 13):
        now = {"PLAYBOOK_NOW": f"2025-01-11T{hour}:00:00Z"}
        assert postgres("backtest", *RANGE, env=first | now).code == 0
    assert remembered() == 2
    later = {"PLAYBOOK_NOW": "2026-11-01T12:00:00Z"}
    assert postgres("backtest", *RANGE, env=first | later).code == 0
    assert remembered() == 1


def test_copies_to_and_from(postgres):
    postgres.succeed("backtest", *RANGE, env={"WRITER_TYPE": "csv"})
    copied = postgres.succeed("journal", "copy", "--from", "csv", "--to", "postgres")
    assert f"{2 * SESSIONS} added" in copied.out
    assert f"{2 * SESSIONS} unchanged" in postgres.succeed("journal", "copy", "--from", "csv", "--to", "postgres").out
    back = postgres.succeed("journal", "copy", "--from", "postgres", "--to", "back.csv")
    assert f"{2 * SESSIONS} added" in back.out
    assert (postgres.folder / "back.csv").read_text() == (postgres.folder / "output/sample-trades.csv").read_text()


def test_what_people_add_goes_along(postgres):
    postgres.succeed("backtest", *RANGE)
    postgres.sql("ALTER TABLE trades ADD COLUMN notes_user text; UPDATE trades SET notes_user = 'mine' WHERE symbol = 'QQQ'")
    postgres.succeed("backtest", *RANGE, "--param", "shares=7")
    postgres.succeed("journal", "copy", "--from", "postgres", "--to", "back.csv")
    found = rows((postgres.folder / "back.csv").read_text())
    assert {row["notes_user"] for row in found if row["symbol"] == "QQQ"} == {"mine", ""}
    other = {"POSTGRES_SCHEMA": "Desk 2"}
    postgres.succeed("journal", "copy", "--from", "back.csv", "--to", "postgres", env=other)
    assert rows(postgres.csv(**other)) == found


def test_places_are_told_without_passwords(postgres):
    finished = postgres.succeed("backtest", *RANGE, "--format", "json")
    assert f"postgresql://127.0.0.1:{postgres.server.port}/{postgres.name}/public.trades" in finished.out
    finished = postgres("backtest", *RANGE, env={"POSTGRES_CONNECTION": postgres.server.uri(postgres.name, password="wro!ng")})
    assert finished.code == 78 and "login failed" in finished.err
    assert PASSWORD not in finished.err and "wro!ng" not in finished.err and "wro%21ng" not in finished.err
    finished = postgres("backtest", *RANGE, "--output", postgres.settings["POSTGRES_CONNECTION"], env={"WRITER_TYPE": None})
    assert finished.code == 64 and "can be read by everybody" in finished.err
    secret = postgres.folder / "secret"
    secret.write_text(postgres.settings["POSTGRES_CONNECTION"] + "\n")
    env = {"POSTGRES_CONNECTION": None, "POSTGRES_CONNECTION_FILE": str(secret)}
    assert counts(postgres.succeed("backtest", *RANGE, "--format", "json", env=env))[2] == 2 * SESSIONS


def test_doctor(postgres):
    finished = postgres.succeed("doctor", "--symbol", "QQQ")
    assert "public.trades can be read and written" in finished.out
    assert "PostgreSQL 15." in finished.out and "no TLS" in finished.out
    server = postgres.server
    env = {"POSTGRES_CONNECTION": server.uri(postgres.name, user="reader")}
    finished = postgres("doctor", "--symbol", "QQQ", env=env)
    assert finished.code != 0 and "reader lacks CREATE on the schema public" in finished.out


@pytest.mark.skipif(not TRUST, reason="it waits for ten seconds: in make trust")
def test_a_missing_server_is_not_waited_for_long(postgres):
    begin = time.monotonic()
    finished = postgres("backtest", *RANGE, env={"POSTGRES_CONNECTION": "postgresql://writer@127.0.0.1:1/x"})
    assert finished.code == 75 and "cannot be reached" in finished.err
    assert time.monotonic() - begin < 30


@pytest.mark.parametrize("asked", [("backtest", *RANGE), ("journal", "copy", "--from", "csv", "--to", "postgres")], ids=["run", "copy"])
@pytest.mark.parametrize("what", ["drop", "cut"])
def test_a_connection_that_breaks_in_commit(postgres, what, asked):
    """Before the server got it, and after it was done: rows are there once, and counted as added."""
    postgres.succeed("backtest", *RANGE, env={"WRITER_TYPE": "csv"})
    proxy = Proxy(postgres.server.port)
    uri = postgres.server.uri(postgres.name, port=proxy.port)
    proxy.when = lambda data: what if b"COMMIT" in data and proxy.cuts < 2 else "pass"
    finished = postgres.succeed(*asked, "--format", "json", env={"POSTGRES_CONNECTION": uri})
    proxy.close()
    assert proxy.cuts == 2
    if asked[0] == "backtest":
        assert counts(finished) == [2 * SESSIONS, 0, 0, 0]
    else:
        copied = json.loads(finished.out)
        assert [copied[name] for name in ("rows", "added", "replaced", "unchanged", "removed")] == [2 * SESSIONS] * 2 + [0] * 3
    assert postgres.sql("SELECT count(*) FROM trades") == [[str(2 * SESSIONS)]]


def test_transactions_that_cannot_be_serialized_are_repeated(postgres):
    postgres.succeed("backtest", *RANGE)
    postgres.sql(
        """
        CREATE SEQUENCE tries;
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN IF nextval('tries') <= 3 THEN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
        CREATE TRIGGER refuse AFTER INSERT OR UPDATE ON trades FOR EACH STATEMENT EXECUTE FUNCTION refuse()
        """
    )
    finished = postgres.succeed("backtest", *RANGE, "--param", "shares=3", "--format", "json")
    assert counts(finished) == [2 * SESSIONS, 0, 0, 0]
    assert int(postgres.sql("SELECT last_value FROM tries")[0][0]) > 3


def test_many_jobs_at_once_on_a_server_with_few_connections(program, tmp_path):
    """More jobs than connections, twenty in `make trust`: each gets its rows in, those of the same session whole."""
    jobs = tries(8, 20)
    with PostgresServer(max_connections=7, superuser_reserved_connections=3) as server:
        run = PostgresProgram(program, tmp_path, server, "crowded")
        env = {"POSTGRES_CONNECTION": server.uri("crowded")}
        asked = [("backtest", *RANGE, "--param", f"shares={number // 2 + 1}", "--format", "json") for number in range(jobs)]
        processes = [run.start(*one, env=env) for one in asked]
        finished = [run.finish(process) for process in processes]
        assert [one.code for one in finished] == [0] * jobs, [one.err for one in finished if one.code]
        added = [counts(one) for one in finished]
        assert sum(one[0] for one in added) == jobs * SESSIONS
        assert sum(one[2] for one in added) == jobs * SESSIONS
        assert run.sql("SELECT count(*) FROM trades") == [[str(jobs * SESSIONS)]]


def test_behind_pgbouncer(postgres):
    bouncer = Bouncer(postgres.server)
    try:
        uri = postgres.server.uri(postgres.name, port=bouncer.port)
        env = {"POSTGRES_CONNECTION": uri}
        processes = [
            postgres.start("backtest", *RANGE, "--param", f"shares={number + 1}", "--format", "json", env=env)
            for number in range(6)
        ]
        for process in processes:
            finished = postgres.finish(process)
            assert finished.code == 0, finished.err
            assert counts(finished) == [2 * SESSIONS, 0, 0, 0]
        assert len(rows(postgres.csv(**env))) == 6 * 2 * SESSIONS
        assert postgres.succeed("doctor", "--symbol", "QQQ", env=env).code == 0
    finally:
        bouncer.close()


@pytest.mark.parametrize("mode", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_a_server_that_restarts(program, tmp_path, mode):
    with PostgresServer() as server:
        run = PostgresProgram(program, tmp_path, server, "restarted")
        processes = [run.start("backtest", *RANGE, "--param", f"shares={number + 1}", "--format", "json") for number in range(6)]
        wait_until(lambda: any(process.poll() is not None for process in processes) or written(run), pause=0.005)
        server.restart(mode)
        finished = [run.finish(process) for process in processes]
        assert [one.code for one in finished] == [0] * 6, [one.err for one in finished]
        assert run.sql("SELECT count(*), count(DISTINCT (trade_date, symbol, params_id)) FROM trades") == [
            [str(6 * 2 * SESSIONS)] * 2
        ]


def written(run: PostgresProgram) -> bool:
    probe = run.server.psql("SELECT to_regclass('trades') IS NOT NULL", run.name, check=False)
    return probe.stdout.strip() == "t"


def test_kills_leave_whole_runs(postgres, measured):
    """A run is one transaction: killed at any instant it has left all of its rows, or none."""
    draw = random.Random(20_250_110)
    asked = ("backtest", *RANGE)
    begin = time.monotonic()
    postgres.succeed(*asked)
    length = time.monotonic() - begin
    seen = {0: 0, 2 * SESSIONS: 0}
    for number in range(KILLS):
        # No set is that of the first run, whose trades have 20 shares.
        asks = f"shares={number + 100}"
        process = postgres.start(
            *asked, "--param", asks, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=draw.uniform(0.3, 1.1) * length)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        [[count]] = postgres.sql(f"SELECT count(*) FROM trades WHERE params = '{asks}'")
        seen[int(count)] += 1
        finished = postgres.succeed(*asked, "--param", asks, "--format", "json")
        assert counts(finished) in ([2 * SESSIONS, 0, 0, 0], [0, 0, 2 * SESSIONS, 0])
    measured.append(f"postgres: {KILLS} kills, rows left: {seen}")
    assert postgres.sql("SELECT count(*) FROM trades") == [[str((KILLS + 1) * 2 * SESSIONS)]]


ANALYSTS = REPOSITORY / "docs" / "analysts.md"
QUERY = re.compile(r"```sql\n((?:(?!```).)*?)```\n```\n(.*?)```", re.DOTALL)


def test_the_queries_for_analysts_print_what_the_page_shows(postgres):
    """RECORD=1 writes their output into the page."""
    text = ANALYSTS.read_text("utf-8")
    for line in re.findall(r"^    trading-playbook (.*)$", text, re.MULTILINE):
        postgres.succeed(*line.split(), env={"WRITER_TYPE": None, "DATA_SOURCE": None})
    [views] = re.findall(r"<!-- views -->\n```sql\n(.*?)```", text, re.DOTALL)
    postgres.sql(views)

    def printed(query: str) -> str:
        out = postgres.server.psql(query, postgres.name, arguments=("-P", "footer=off", "-q")).stdout
        return "\n".join(line.rstrip() for line in out.strip("\n").splitlines()) + "\n"

    blocks = QUERY.findall(text)
    assert len(blocks) == 12
    if os.environ.get("RECORD") == "1":
        ANALYSTS.write_text(QUERY.sub(lambda found: f"```sql\n{found[1]}```\n```\n{printed(found[1])}```", text), "utf-8")
        pytest.skip("recorded")
    for query, shown in blocks:
        assert printed(query) == shown, query


def test_the_commands_of_the_page_work(postgres):
    text = (REPOSITORY / "docs" / "postgresql.md").read_text("utf-8")
    section = re.findall(r"<!-- postgres -->(.*?)<!-- end -->", text, flags=re.DOTALL)[0]
    lines = re.findall(r"^    trading-playbook (.*)$", section, flags=re.MULTILINE)
    assert len(lines) == 6
    postgres.succeed("backtest", *RANGE, "--writer", "csv", env={"OUTPUT_LOCATION": "output/sample-trades.csv"})
    for line in lines:
        postgres.succeed(*line.split(), env={"WRITER_TYPE": None, "SYMBOLS": "QQQ"})
