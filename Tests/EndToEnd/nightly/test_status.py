"""`status` says how the journal stands, and agrees with what catching up would do."""

import json
import random

import pytest
from nightly_support import Nightly, evening, rewrite, sessions, status
from support import KEY, read_journal
from writers_support import ALL, Places, failed, text_of

NOW = evening("2025-02-06")
NOWHERE = "127.0.0.1:9/?serverSelectionTimeoutMS=200"


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    return Nightly(program, tmp_path, "AA", "BB")


def only(document: dict) -> dict:
    (journal,) = document["journals"]
    return journal


def holes(journal: dict) -> dict[str, list[str]]:
    return {series["symbol"]: series["missing"] for series in journal["series"]}


def test_all_is_well(night: Nightly):
    night.written(NOW, "--start", "2025-02-03")
    before = night.journal.read_bytes()
    (run_id,) = {row["run_id"] for row in read_journal(night.journal)}
    code, document = night.status(NOW)
    journal = only(document)
    assert code == 0 and holes(journal) == {"AA": [], "BB": []}
    assert document["playbook"] == f"dp20 {read_journal(night.journal)[0]['params_id']}"
    told = ("writer", "last_run_id", "last_session", "next_session", "next_close", "missing_sessions")
    assert [journal[name] for name in told] == ["csv", run_id, "2025-02-06", "2025-02-07", "2025-02-07T21:00:00Z", 0]
    assert journal["sessions_without_trade"] == 4 and journal["recent"]["trades"] == 0
    assert [series["rows"] for series in journal["series"]] == [4, 4]

    table = night("status", env={"PLAYBOOK_NOW": NOW})
    assert (table.code, table.err) == (0, "")
    lines = table.out.splitlines()
    assert lines[0].endswith(": ok") and "trades.csv" in lines[0] and document["playbook"] in lines[0]
    for words in (("Last run", run_id), ("Last session", "2025-02-06"), ("Next session", "2025-02-07T16:00:00-05:00"),
                  ("Last 30 days", "0 trades", "8 sessions")):  # fmt: skip
        assert any(all(word in line for word in words) for line in lines), (words, table.out)
    assert night.journal.read_bytes() == before, "nothing is written"


def test_sessions_without_a_row(night: Nightly):
    night.written(NOW, "--start", "2025-02-03")
    rows = read_journal(night.journal)
    rewrite(night.journal, [row for row in rows if (row["trade_date"], row["symbol"]) != ("2025-02-04", "BB")])
    code, document = night.status(evening("2025-02-07"))
    assert code == 1 and holes(only(document)) == {"AA": ["2025-02-07"], "BB": ["2025-02-04", "2025-02-07"]}
    assert only(document)["missing_sessions"] == 3
    table = night("status", env={"PLAYBOOK_NOW": evening("2025-02-07")})
    assert table.code == 1 and table.err == "" and "--catch-up" in table.out
    assert "BB: no row 2025-02-04 2025-02-07" in " ".join(table.out.split())
    # A session is missing from its close on, not while it runs.
    assert night.status("2025-02-07T20:59:59Z")[0] == 1
    assert holes(only(night.status("2025-02-07T20:59:59Z")[1])) == {"AA": [], "BB": ["2025-02-04"]}


def test_a_long_list_is_cut_for_people(night: Nightly):
    night.written(evening("2025-01-03"))
    table = night("status", env={"PLAYBOOK_NOW": evening("2025-03-31")})
    days = sessions("2025-01-06", "2025-03-31")
    assert table.code == 1 and f"{' '.join(days[:10])} and {len(days) - 10} more" in " ".join(table.out.split())
    assert only(night.status(evening("2025-03-31"))[1])["missing_sessions"] == 2 * len(days)


def test_a_journal_without_rows(night: Nightly):
    code, document = night.status(NOW)
    journal = only(document)
    assert code == 1 and [series["symbol"] for series in journal["series"]] == ["AA", "BB"]
    assert "last_run_id" not in journal and "last_session" not in journal and journal["next_session"] == "2025-02-07"
    table = night("status", env={"PLAYBOOK_NOW": NOW, "SYMBOLS": None, "DATA_SOURCE": None})
    assert table.code == 1 and "none" in table.out, table.err
    assert list(night.folder.iterdir()) == [night.bars], "nothing is made by looking"


def test_a_symbol_without_rows(night: Nightly):
    night.written(NOW, env={"SYMBOLS": "AA"})
    code, document = night.status(NOW)
    assert code == 1 and {one["symbol"]: one["ok"] for one in only(document)["series"]} == {"AA": True, "BB": False}
    assert "BB: no row" in night("status", env={"PLAYBOOK_NOW": NOW}).out
    assert night.status(NOW, "--symbol", "AA")[0] == 0


def test_rows_that_are_wrong(night: Nightly):
    """A row twice, a row on a holiday; a journal whose columns do not hold what they should is refused."""
    night.written(NOW, "--start", "2025-01-06")
    rows = read_journal(night.journal)
    night.journal.write_text(text_of(sorted([*rows, rows[3]], key=lambda row: [row[name] for name in KEY])))
    code, document = night.status(NOW)
    assert code == 1 and [one["doubled"] for one in only(document)["series"]] == [[], [rows[3]["trade_date"]]]
    holiday = rows[0] | {"trade_date": "2025-01-20"}
    rewrite(night.journal, [*rows, holiday])
    code, document = night.status(NOW)
    assert code == 1 and [one["no_session"] for one in only(document)["series"]] == [["2025-01-20"], []]
    rewrite(night.journal, [rows[0] | {"sma200_daily_at_open": "much"}, *rows[1:]])
    for flags in ((), ("--format", "json")):
        finished = night("status", *flags, env={"PLAYBOOK_NOW": NOW})
        failed(finished, 65, "trades.csv:2: ", "sma200_daily_at_open", "'much'")
        assert finished.out == ""


def test_rows_of_other_playbooks_and_parameters(night: Nightly):
    night.written(NOW, "--start", "2025-02-03", "--param", "stop-atr=2")
    assert night.status(NOW)[0] == 1 and night.status(NOW, "--param", "stop-atr=2")[0] == 0
    night.written(NOW)
    assert night.status(NOW)[0] == 0
    assert "8, of other" in night("status", env={"PLAYBOOK_NOW": NOW}).out


def test_random_journals(night: Nightly):
    """`status` is clean exactly when there is nothing to catch up, and so it is after catching up."""
    days = sessions("2025-01-02", "2025-02-06")
    night.written(NOW, "--start", days[0])
    whole = read_journal(night.journal)
    seen = set()
    for seed in range(6):
        chance = random.Random(seed)
        gone = [row for row in whole[2:] if chance.random() < (0, 0.02, 0.1, 0.7)[seed % 4]]
        kept = [row for row in whole if row not in gone]
        rewrite(night.journal, kept)
        code, document = night.status(NOW)
        listed = {(day, symbol) for symbol, missing in holes(only(document)).items() for day in missing}
        assert listed == {(row["trade_date"], row["symbol"]) for row in gone} and code == (1 if gone else 0)
        assert night.written(NOW) == len(gone)
        assert night.held == {(day, symbol) for day in days for symbol in night.symbols}
        if gone:
            assert night.status(NOW)[0] == 0
        seen.add(bool(gone))
    assert seen == {True, False}


def test_several_journals(places: Places):
    """One that lacks what another has is not clean, and neither is the whole."""
    env = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}
    asked = ("--symbol", "QQQ", "--writer", ALL)
    places.succeed("backtest", "--start", "2025-01-07", "--end", "2025-01-10", *asked, env=env)
    assert status(places, env["PLAYBOOK_NOW"], *asked)[0] == 0
    with_less = [row for row in places.rows("gcs") if row["trade_date"] != "2025-01-07"]
    content = text_of(with_less).encode()
    places.storage.put(places.name, "output/trades/dp20/QQQ/2025.csv", content, contentType="text/csv")
    before = places.state()
    code, document = status(places, env["PLAYBOOK_NOW"], *asked)
    assert code == 1 and [one["writer"] for one in document["journals"]] == ALL.split(",")
    missing = [holes(one)["QQQ"] for one in document["journals"]]
    assert missing == [[], ["2025-01-07"], []], "also the one before its first row"
    assert places.state() == before


def test_the_last_30_days_are_those_of_journal_stats(places: Places):
    asked = ("--symbol", "IWM", "--param", "trend-period=20")
    env = {"PLAYBOOK_NOW": "2025-01-18T12:00:00Z"}
    places.succeed("backtest", "--start", "2024-12-09", "--end", "2025-01-17", *asked, env=env)
    _, document = status(places, env["PLAYBOOK_NOW"], *asked)
    stats = places.succeed("journal", "stats", "--symbol", "IWM", "--start", "2024-12-20", "--format", "json").out
    (group,) = json.loads(stats)["groups"]
    recent, summary = only(document)["recent"], group["summary"]
    assert recent == summary and recent["trades"] > 3, (recent, summary)
    days = {row["trade_date"]: row["entered"] for row in places.rows("csv")}
    expected = 0
    for day in sorted(days, reverse=True):
        if days[day] == "true":
            break
        expected += 1
    assert only(document)["sessions_without_trade"] == expected


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        ({"WRITER_TYPE": "tape"}, 78, "WRITER_TYPE"),
        ({"STRATEGY": "dp21"}, 78, "STRATEGY"),
        ({"PLAYBOOK_NOW": "yesterday"}, 78, "PLAYBOOK_NOW"),
        ({"PLAYBOOK_NOW": "2040-01-01T00:00:00Z"}, 78, "2040"),
        ({"WRITER_TYPE": "mongodb", "MONGODB_CONNECTION": f"mongodb://u:hidden-word@{NOWHERE}"}, 75, "127.0.0.1:9"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(night: Nightly, changes, code, word):
    finished = night("status", env={"PLAYBOOK_NOW": NOW} | changes)
    assert finished.code == code and word in finished.err and finished.out == "", finished.err
    assert "hidden-word" not in finished.err


def test_a_journal_that_is_not_there_is_named(run):
    settings = {"PLAYBOOK_NOW": "2024-01-02T22:00:00Z", "SYMBOLS": "QQQ", "DATA_SOURCE": "sample"}
    absent = run("status", env=settings)
    path = run.folder.resolve() / "output/sample-trades.csv"
    assert (absent.code, absent.err) == (1, "") and f"There is no journal {path} yet" in absent.out
    run.succeed("backtest", "--symbol", "QQQ", "--date", "2024-01-02", env=settings)
    present = run("status", env=settings)
    assert present.code == 0 and "There is no journal" not in present.out
