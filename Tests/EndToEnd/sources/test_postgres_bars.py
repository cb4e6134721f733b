"""Bars out of PostgreSQL, by a query of the user's own, and into it."""

import itertools
import re
import subprocess

import pytest
from alpaca_support import expect, warned
from support import REPOSITORY, Program, read_journal, without

NUMBERS = itertools.count(1)
FIRST, LAST = "2024-05-20", "2024-06-28"
ASKED = ("--symbol", "QQQ", "--start", "2024-06-03", "--end", "2024-06-28")
QUERY = "SELECT ts, open, high, low, close, volume FROM bars WHERE symbol = $1 AND ts >= $2 AND ts < $3 ORDER BY ts"


@pytest.fixture
def run(program, tmp_path, postgres_server) -> Program:
    """The program in a folder of its own, with a database of its own that has the sample's bars."""
    uri = postgres_server.fresh(f"bars-{next(NUMBERS)}")

    class Client(Program):
        database = uri.rpartition("/")[2]

        def environment(self, changes=None):
            return super().environment({"POSTGRES_CONNECTION": uri} | (changes or {}))

        def sql(self, statements: str):
            return postgres_server.run(statements, self.database)

    client = Client(program, tmp_path)
    copied = client.succeed(
        "data", "copy", "--to", "postgres", "--source", "sample", "--symbol", "QQQ,SPY", "--start", FIRST, "--end", LAST,
    )  # fmt: skip
    assert "public.bars" in copied.out
    return client


def backtest(run: Program, query: str = QUERY, **env: str):
    settings = {"DATA_SOURCE": "postgres", "POSTGRES_BARS_QUERY": query}
    return run("backtest", *ASKED, "--output", "j.csv", env=settings | env)


def rows(run: Program) -> list[dict[str, str]]:
    return without(read_journal(run.folder / "j.csv"), "run_id", "data_source", "data_id")


def test_the_same_rows_as_from_files(run):
    run.succeed(
        "data", "export", "--source", "sample", "--symbol", "QQQ", "--start", FIRST, "--end", LAST, "--output", "bars/QQQ_2Min.csv"
    )
    run.succeed("backtest", *ASKED, "--data-dir", "bars", "--output", "j.csv")
    expected = rows(run)
    (run.folder / "j.csv").unlink()
    assert backtest(run).code == 0
    assert rows(run) == expected and len(expected) == 19
    assert {row["data_source"] for row in read_journal(run.folder / "j.csv")} == {"postgres"}


def test_a_copy_can_be_repeated(run):
    before = run.sql("SELECT count(*), sum(close::numeric) FROM bars")
    run.succeed("data", "copy", "--to", "postgres", "--source", "sample", "--symbol", "QQQ", "--start", FIRST, "--end", LAST)
    assert run.sql("SELECT count(*), sum(close::numeric) FROM bars") == before


def test_the_shops_own_table(run):
    """Other names, numeric prices, local times: what files may have."""
    run.sql(
        "CREATE TABLE prices AS SELECT symbol AS ticker, ts AT TIME ZONE 'America/New_York' AS \"Datetime\", "
        "open::numeric(12, 4) AS \"Open\", high::numeric(12, 4) AS \"High\", low::numeric(12, 4) AS \"Low\", "
        "close::numeric(12, 4) AS \"Close\", volume::bigint AS \"Volume\" FROM bars; "
        "ALTER TABLE prices OWNER TO writer"
    )
    query = "SELECT * FROM prices WHERE ticker = $1 AND \"Datetime\" BETWEEN $2 AND $3"
    finished = backtest(run, query)
    expect(finished, 65, "POSTGRES_BARS_QUERY for QQQ", "DATA_TIMEZONE")
    assert backtest(run, query + " ORDER BY \"Datetime\"", DATA_TIMEZONE="America/New_York").code == 0
    assert len(rows(run)) == 19


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("INSERT INTO bars SELECT symbol, '1Min', ts, open, high, low, close + 0.01, volume FROM bars WHERE symbol = 'QQQ' LIMIT 1",
         "POSTGRES_BARS_QUERY for QQQ"),
        ("UPDATE bars SET high = low / 2 WHERE symbol = 'QQQ' AND ts = '2024-06-05 15:00:00+00'", "high"),
        ("UPDATE bars SET close = 'NaN' WHERE symbol = 'QQQ' AND ts = '2024-06-05 15:00:00+00'", "POSTGRES_BARS_QUERY for QQQ"),
    ],
)  # fmt: skip
def test_bars_that_are_not_right(run, change, words):
    run.sql(change)
    finished = backtest(run)
    assert finished.code == 65 and words in finished.err, finished.err
    assert "trading-playbook-bars" not in finished.err, "the file in between is not to be seen"


def test_holes_are_doubted(run):
    run.sql("DELETE FROM bars WHERE symbol = 'QQQ' AND ts BETWEEN '2024-06-05 16:00:00+00' AND '2024-06-05 17:00:00+00'")
    finished = backtest(run)
    assert finished.code == 0 and warned(finished, "2024-06-05", "none from 12:00 to 13:02")


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("SELECT nothing FROM bars", 78, "nothing"),
        ("DELETE FROM bars", 78, "DELETE"),
        ("SELECT ts, open, high, low FROM bars WHERE symbol = $1", 65, "close"),
        (QUERY.replace("symbol = $1", "symbol = $1 || 'X'"), 69, "gives no bars of QQQ"),
        ("SELECT ts, open, high, low, close, volume FROM bars WHERE ts >= $2 AND ts < $3 AND timeframe = $4", 78, "Correct the query"),
    ],
)
def test_queries_that_do_not_do(run, query, code, words):
    finished = backtest(run, query)
    assert finished.code == code and words in finished.err, finished.err
    assert run.sql("SELECT count(*) > 0 FROM bars") == [["t"]]


def test_a_query_is_needed(run):
    finished = run("backtest", *ASKED, "--source", "postgres")
    expect(finished, 78, "POSTGRES_BARS_QUERY")


def test_data_check_and_doctor(run):
    env = {"DATA_SOURCE": "postgres", "POSTGRES_BARS_QUERY": QUERY}
    assert "QQQ" in run("data", "check", "--symbol", "QQQ", "--start", FIRST, "--end", LAST, env=env).out
    finished = run("doctor", "--symbol", "QQQ", env=env | {"PLAYBOOK_NOW": "2024-06-29T12:00:00Z"})
    assert "195 bars of QQQ on 2024-06-28" in finished.out


def test_the_commands_of_the_page_work(run):
    """As a shell reads them."""
    text = (REPOSITORY / "docs" / "postgresql.md").read_text("utf-8").partition("## Bars out of your own tables")[2]
    lines = re.findall(r"^    (\S.*)$", text, flags=re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["export", *["trading-playbook"] * 3, "POSTGRES_BARS_QUERY=\"SELECT"]
    dates = ("--start", "2025-09-01", "--end", "2025-11-04")
    sample = {"DATA_SOURCE": "sample"}
    run.succeed("data", "copy", "--to", "postgres", "--symbol", "QQQ", *dates, env=sample)
    run.sql("CREATE TABLE prices AS SELECT symbol AS ticker, ts, open, high, low, close, volume FROM bars; "
            "ALTER TABLE prices OWNER TO writer; DELETE FROM bars")  # fmt: skip
    (run.folder / "bin").mkdir()
    (run.folder / "bin" / "trading-playbook").symlink_to(run.binary)
    env = run.environment(sample)
    env["PATH"] = f"{run.folder / 'bin'}:{env['PATH']}"
    again = "trading-playbook backtest --source postgres --symbol SPY --start 2025-10-01 --end 2025-10-31"
    script = "\n".join(["set -e", *lines, again])
    finished = subprocess.run(["bash", "-c", script], cwd=run.folder, env=env, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert {row["symbol"] for row in read_journal(run.folder / "output/trades.csv")} == {"QQQ", "SPY"}
