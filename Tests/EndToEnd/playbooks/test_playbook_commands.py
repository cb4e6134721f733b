"""Playbook files from outside: the commands, PLAYBOOK_DIR, and what becomes of a changed file."""

import json
import shutil

import pytest
from support import read_journal

SAMPLE = ("--symbol", "QQQ", "--source", "sample")
RANGE = ("--start", "2025-01-02", "--end", "2025-02-28")
SIMPLE = """\
playbook: simple
summary: buys a rise
setup:
  steps:
    - up: close > high[1]
  stop: entry - 2 * atr(14)
"""


@pytest.fixture
def folder(run):
    (run.folder / "playbooks").mkdir()
    return run.folder / "playbooks"


def test_a_new_file_is_called_as_it_is_and_never_replaced(run):
    assert "Wrote orb.yaml" in run.succeed("playbook", "new", "orb.yaml", "--from", "opening-range").out
    assert "\nplaybook: orb\n" in (run.folder / "orb.yaml").read_text()
    assert run.succeed("playbook", "check", "orb.yaml").out == "orb.yaml: ok, orb\n"
    again = run("playbook", "new", "orb.yaml")
    assert again.code == 64 and "is there already" in again.err
    for name in ("dp20.yaml", "ORB.yaml", "orb.txt", "my orb.yaml"):
        assert run("playbook", "new", name).code == 64
    assert "there are opening-range" in run("playbook", "new", "x.yaml", "--from", "none").err.lower()


def test_check_tells_everything_at_once(run):
    (run.folder / "x.yaml").write_text(SIMPLE.replace("close >", "closee >").replace("entry -", "entri -"))
    (run.folder / "y.yaml").write_text(SIMPLE.replace("high[1]", "highest(high, 3)"))
    checked = run("playbook", "check", "x.yaml", "y.yaml")
    assert checked.code == 65
    assert checked.out.splitlines() == [
        "x.yaml:5:11: 'closee' is not known here; did you mean close?",
        "x.yaml:6:9: 'entri' is not known here; did you mean entry?",
        "y.yaml:5:11: warning: this can never be true: close is never above highest(high, 3), which includes this bar: [1] is the "
        "one before",
        "y.yaml: ok, simple, 1 warning",
    ]
    assert run("backtest", "--playbook", "x.yaml", *SAMPLE, *RANGE).code == 65
    warned = run.succeed("backtest", "--playbook", "y.yaml", *SAMPLE, *RANGE)
    assert "warning: y.yaml:5:11: this can never" in warned.err.replace("warning: this", "this")


def test_playbooks_of_a_folder_are_found_by_their_name(run, folder):
    (folder / "anything.yaml").write_text(SIMPLE)
    run.succeed("backtest", "--strategy", "simple", *SAMPLE, *RANGE)
    assert {row["strategy"] for row in read_journal(run.folder / "output" / "sample-trades.csv")} == {"simple"}
    listed = run.succeed("strategies").out
    assert "dp20:" in listed and "simple: buys a rise" in listed and "From ./playbooks/anything.yaml" in listed
    other = run("backtest", "--strategy", "simpel", *SAMPLE, *RANGE)
    assert other.code == 64 and "dp20, timed-entry, opening-range, simple" in other.err
    shutil.move(folder, run.folder / "mine")
    run.succeed("backtest", "--strategy", "simple", *SAMPLE, *RANGE, env={"PLAYBOOK_DIR": "mine"})
    assert run("backtest", "--strategy", "dp20", *SAMPLE, *RANGE, env={"PLAYBOOK_DIR": "none"}).code == 78


def test_names_that_are_taken_are_refused(run, folder):
    (folder / "a.yaml").write_text(SIMPLE)
    (folder / "b.yml").write_text(SIMPLE)
    twice = run("backtest", "--strategy", "simple", *SAMPLE, *RANGE)
    assert twice.code == 65 and "./playbooks/a.yaml and ./playbooks/b.yml are both called 'simple'" in twice.err
    (folder / "b.yml").write_text(SIMPLE.replace("playbook: simple", "playbook: dp20"))
    own = run("backtest", *SAMPLE, *RANGE)
    assert own.code == 65 and "./playbooks/b.yml: 'dp20' is the name of a built-in playbook" in own.err
    run.succeed("backtest", "--strategy", "simple", *SAMPLE, *RANGE)
    assert run("strategies").code == 65
    doctor = run("doctor", *SAMPLE)
    assert doctor.code == 65 and "WRONG  playbook ./playbooks/b.yml" in doctor.out and "ok     playbook ./playbooks/a.yaml" in doctor.out


def test_a_changed_file_is_another_params_id_and_status_says_so(run, folder):
    file = folder / "simple.yaml"
    file.write_text(SIMPLE)
    env = {"STRATEGY": "simple", "SYMBOLS": "QQQ", "DATA_SOURCE": "sample", "PLAYBOOK_NOW": "2025-03-03T12:00:00Z"}
    run.succeed("backtest", "--catch-up", "--start", "2025-02-20", env=env)
    before = read_journal(run.folder / "output" / "sample-trades.csv")
    status = run.succeed("status", env=env).out
    assert "Rules" not in status
    file.write_text("# A comment, and other words.\n" + SIMPLE.replace("buys a rise", "buys"))
    assert "every session through" in run.succeed("backtest", "--catch-up", env=env).out
    file.write_text(SIMPLE.replace("2 * atr", "3 * atr"))
    changed = run("status", env=env)
    assert f"changed since the last row, 2025-02-28: that has {before[0]['params_id']}" in changed.out
    assert json.loads(run("status", "--format", "json", env=env).out)["journals"][0]["rules_changed_since"] == "2025-02-28"
    run.succeed("backtest", "--catch-up", "--start", "2025-02-20", env=env)
    rows = read_journal(run.folder / "output" / "sample-trades.csv")
    ids = {row["params_id"] for row in rows}
    assert len(ids) == 2 and "Rules" not in run.succeed("status", env=env).out
    kept = {path.name: path.read_text() for path in (run.folder / "output" / "playbooks").glob("*.yaml")}
    assert set(kept) == {f"simple-{one}.yaml" for one in ids}
    # What is kept is a playbook with the same id.
    (run.folder / "kept.yaml").write_text(kept[f"simple-{before[0]['params_id']}.yaml"])
    assert before[0]["params_id"] in run.succeed("playbook", "show", "kept.yaml").out


def test_copies_beside_a_journal_are_no_playbooks(run, folder):
    (folder / "simple.yaml").write_text(SIMPLE)
    run.succeed("backtest", "--strategy", "simple", *SAMPLE, *RANGE, "--output", "trades.csv")
    assert len(list(folder.glob("*.yaml"))) == 2
    run.succeed("backtest", "--strategy", "simple", *SAMPLE, *RANGE, "--output", "trades.csv")


def test_show_tells_rules_and_what_is_needed(run):
    shown = " ".join(run.succeed("playbook", "show", "dp20").out.split())
    for text in ("Step reversal: close > average; passed over unless position > reversal-strength", "Warm-up", "Daily bars"):
        assert text in shown
    document = json.loads(run.succeed("playbook", "show", "dp20", "--format", "json").out)
    assert document["params_id"] == "pdf1899cf3323" and document["needs"]["daily_sessions"] >= 200
    (run.folder / "my.yaml").write_text(
        run.succeed("playbook", "show", "dp20", "--yaml").out.replace("playbook: dp20", "playbook: my")
    )
    assert run.succeed("playbook", "check", "my.yaml").out == "my.yaml: ok, my\n"


def test_explain_tells_why(run):
    days = [("2025-01-02", "2025-03-31")]
    run.succeed("backtest", *SAMPLE, "--start", days[0][0], "--end", days[0][1])
    rows = read_journal(run.folder / "output" / "sample-trades.csv")
    traded = next(row for row in rows if row["entered"] == "true")
    text = run.succeed("playbook", "explain", "dp20", *SAMPLE, "--date", traded["trade_date"]).out
    assert all(len(line) <= 80 for line in text.splitlines())
    for part in (
        "yes  uptrend: session.open > trend (session.open ", f"  {traded['first_close_below_time']}  pullback: close < average (close ",
        f"  {traded['confirmation_candle_time']}  confirmation: ", f"  {traded['entry_time_et']}  bought 20 shares at ",
        "trade 1 of 1, long from " + traded["entry_time_et"],
    ):  # fmt: skip
        assert part in text, f"{part!r}\n{text}"
    for reason, part in (("filter:uptrend", "no   uptrend"), ("step:pullback", "no pullback: close < average"),
                         ("step:reversal", "no reversal: close > average")):  # fmt: skip
        row = next(row for row in rows if row["no_trade"] == reason)
        assert part in run.succeed("playbook", "explain", "dp20", *SAMPLE, "--date", row["trade_date"]).out
    bars = run.succeed("playbook", "explain", "dp20", *SAMPLE, "--date", traded["trade_date"], "--bars").out
    assert sum(line.startswith("  1") and "trend" not in line for line in bars.splitlines()) >= 150
    document = json.loads(
        run.succeed("playbook", "explain", "dp20", *SAMPLE, "--date", traded["trade_date"], "--format", "json").out
    )
    session = document["sessions"][0]
    assert session["rows"][0]["entry_price"] == traded["entry_price"]
    assert [event["kind"] for event in session["events"]][:3] == ["step", "step", "step"]


def test_explain_tells_the_price_of_an_order_and_which_day_has_no_session(run):
    told = run.succeed("playbook", "explain", "opening-range", *SAMPLE, "--date", "2025-03-12").out
    line = next(line for line in told.splitlines() if "order: buy stop" in line)
    assert line.startswith("  09:58  up: order: buy stop at first(range).high, until last-entry (top"), told
    for date, words in (("2025-03-15", "2025-03-15, a Saturday"), ("2025-07-04", "2025-07-04, a Friday")):
        closed = run("playbook", "explain", "opening-range", *SAMPLE, "--date", date)
        assert closed.code == 64 and f"XNYS has no session on {words}" in closed.err and "playbook calendar" in closed.err
    assert "at most 1 trade a session" in run.succeed("playbook", "show", "opening-range").out


def test_contradictions_of_what_to_run_are_refused(run, folder):
    (folder / "simple.yaml").write_text(SIMPLE)
    both = run("backtest", "--playbook", "playbooks/simple.yaml", "--strategy", "dp20", *SAMPLE, *RANGE)
    assert both.code == 64 and "contradict" in both.err
    run.succeed("backtest", "--playbook", "playbooks/simple.yaml", *SAMPLE, *RANGE, env={"STRATEGY": "dp20"})
    (folder / "coins.yaml").write_text(SIMPLE.replace("summary:", "market: 24x7\nsummary:").replace("simple", "coins"))
    coins = run("backtest", "--strategy", "coins", *SAMPLE, *RANGE)
    assert coins.code == 65 and "24x7" in coins.err
    assert run("backtest", "--playbook", "none.yaml", *SAMPLE, *RANGE).code == 65
