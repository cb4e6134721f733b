"""Walk-forwards, Monte-Carlo, accounts, comparisons and sweeps over HTTP; and what docs/research.md shows."""

import json
import re
import shlex
import warnings
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest
import research_reference as reference
from jsonschema_rs import Draft202012Validator
from research_support import PLAYBOOK, RANGE, SWEEP, daily, document, folder_of, rows_of, swept  # noqa: F401
from service_support import serving
from support import REPOSITORY, Program, read_journal


def test_walk_forward_windows_and_the_joined_series(swept: tuple[Program, dict]) -> None:
    run, found = swept
    walk = document(run, "walk-forward", *SWEEP[1:], "--train", "200", "--test", "60", "--min-trades", "10",
                    "--metric", "t")  # fmt: skip
    trades = parquet.read_table(folder_of(run, found["run"]) / "part-00000-of-00001.parquet").to_pydict()
    matrix = np.stack([daily(trades, found["sessions"], unit) for unit in range(20)], axis=1)
    counts = np.stack([np.bincount(np.array(trades["session"])[np.array(trades["unit"]) == unit],
                                   minlength=found["sessions"]) for unit in range(20)], axis=1)  # fmt: skip
    joined: list[float] = []
    inside, outside = [0.0, 0], [0.0, 0]
    start = 200
    for window in walk["windows"]:
        end = min(start + 60, found["sessions"])
        train = matrix[start - 200 : start]
        with np.errstate(invalid="ignore"):
            metric = train.mean(axis=0) / train.std(axis=0, ddof=1) * np.sqrt(200)
        metric[counts[start - 200 : start].sum(axis=0) < 10] = -np.inf
        best = int(np.argmax(metric))
        assert window["set"] == best
        assert window["metric"] == pytest.approx(metric[best], rel=1e-9)
        joined += list(matrix[start:end, best])
        inside = [inside[0] + train[:, best].sum(), inside[1] + 200]
        outside = [outside[0] + matrix[start:end, best].sum(), outside[1] + end - start]
        start += 60
    assert walk["joined"]["sessions"] == len(joined)
    figures = walk["joined"]["figures"]["figures"]
    assert figures["net"] == pytest.approx(sum(joined))
    assert figures["sharpe"] == pytest.approx(reference.sharpe_of_session(np.array(joined)) * np.sqrt(252))
    if inside[0] > 0:
        assert walk["efficiency"] == pytest.approx(outside[0] / outside[1] / (inside[0] / inside[1]))
    assert sum(choice["windows"] for choice in walk["choices"]) == 2 * len(walk["windows"])
    again = run.succeed("walk-forward", *SWEEP[1:], "--train", "200", "--test", "60", "--min-trades", "10", "--metric", "t")
    assert "nothing was run" in again.err
    assert document(run, "research", "report", found["run"])["judgement"]["walk_forward"] == walk["run"]


def test_what_follows_a_train_window_changes_nothing_that_is_chosen_on_it(run: Program) -> None:
    bars = run.folder / "bars" / "QQQ_2Min.csv"
    bars.parent.mkdir()
    run.succeed("data", "export", "--symbol", "QQQ", "--source", "sample", "--timeframe", "2Min", *RANGE, "--output", bars)
    lines = bars.read_text().splitlines(keepends=True)
    walk = ["walk-forward", *SWEEP[1:3], "--source", "files", "--data-dir", "bars", *SWEEP[5:], "--train", "150", "--test", "60",
            "--min-trades", "10"]  # fmt: skip
    before = document(run, *walk)["windows"]
    assert len(before) >= 4

    def chosen(window: dict) -> dict:
        return {name: window.get(name) for name in ("train_start", "train_end", "set", "metric", "train_trades", "train")}

    for place, window in enumerate(before[:2]):
        # All later prices turned upside down round the last one.
        last = max(number for number, line in enumerate(lines) if line[:10] <= window["train_end"])
        mirror = 2 * float(lines[last].split(",")[4])
        turned = []
        for line in lines[last + 1 :]:
            stamp, *prices, volume = line.split(",")
            high, low = sorted((mirror - float(prices[1]), mirror - float(prices[2])), reverse=True)
            turned.append(f"{stamp},{mirror - float(prices[0]):.2f},{high:.2f},{low:.2f},{mirror - float(prices[3]):.2f},{volume}")
        bars.write_text("".join(lines[: last + 1] + turned))
        after = document(run, *walk)["windows"]
        assert [chosen(one) for one in after[: place + 1]] == [chosen(one) for one in before[: place + 1]]
        # It can fail: what was tested on them, and chosen later, is another.
        assert after[place]["test"] != before[place]["test"]
        assert chosen(after[place + 1]) != chosen(before[place + 1])


@pytest.fixture(scope="module")
def journal(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    run = Program(program, tmp_path_factory.mktemp("journal"))
    run.succeed("backtest", "--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK, "--param", "stop-atr=8",
                "--output", "trades.csv")  # fmt: skip
    return run


def test_monte_carlo_is_numpys_within_the_error_of_the_draws(journal: Program) -> None:
    found = document(journal, "monte-carlo", "--output", "trades.csv", "--runs", "4000", "--ruin", "0.2%", "--block", "10")
    rows = read_journal(journal.folder / "trades.csv")
    net = np.array([float(row["net_pnl"] or 0) for row in rows])
    random = np.random.default_rng(1)
    finals, falls, ruined = [], [], 0
    for _ in range(4000):
        equity = 100_000 + np.cumsum(net[reference.stationary_indices(len(net), 10, random)])
        fall = reference.drawdown(equity, 100_000)
        finals.append(equity[-1] - 100_000)
        falls.append(fall["usd"])
        ruined += fall["pct"] > 0.2
    spread = np.std(finals)
    for ours, theirs in zip(found["final_usd"], np.percentile(finals, [5, 25, 50, 75, 95])):
        assert ours == pytest.approx(theirs, abs=0.12 * spread)
    for ours, theirs in zip(found["max_drawdown_usd"], np.percentile(falls, [5, 25, 50, 75, 95])):
        assert ours == pytest.approx(theirs, rel=0.12)
    assert found["ruin_probability"] == pytest.approx(ruined / 4000, abs=0.05)


def test_the_account_is_a_fold_over_the_rows(journal: Program) -> None:
    stats = document(journal, "journal", "stats", "--output", "trades.csv", "--capital", "50000", "--risk", "1%",
                     "--benchmark", "QQQ", env={"DATA_SOURCE": "sample"})["account"]  # fmt: skip
    rows = read_journal(journal.folder / "trades.csv")
    equity, curve = 50_000.0, []
    for row in rows:
        if row["entered"] == "true":
            r = float(row["net_pnl"]) / (float(row["risk_per_share"]) * float(row["shares"]))
            equity += equity * 0.01 * r
        curve.append(equity)
    figures = stats["figures"]["figures"]
    assert figures["net"] == pytest.approx(equity - 50_000, rel=1e-9)
    returns = np.diff(np.array([50_000.0, *curve])) / np.array([50_000.0, *curve])[:-1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import empyrical
    assert figures["sharpe"] == pytest.approx(empyrical.sharpe_ratio(returns), rel=1e-9)
    assert figures["cagr"] == pytest.approx(empyrical.cagr(returns), rel=1e-9)
    assert figures["max_drawdown_pct"] == pytest.approx(-100 * empyrical.max_drawdown(returns), rel=1e-9)
    assert figures["calmar"] == pytest.approx(empyrical.calmar_ratio(returns), rel=1e-9)
    assert stats["compounded"] is True
    assert stats["hold"]["figures"]["sharpe"] != figures["sharpe"]


def test_a_comparison_of_two_parameter_sets(journal: Program) -> None:
    journal.succeed("backtest", "--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK, "--param", "stop-atr=4",
                    "--output", "other.csv")  # fmt: skip
    found = document(journal, "compare", "--run", "./trades.csv", "--run", "./other.csv")
    one, other = (
        np.array([float(row["net_pnl"] or 0) for row in read_journal(journal.folder / name)])
        for name in ("trades.csv", "other.csv")
    )
    assert found["sessions"] == len(one)
    assert found["mean_difference_usd"] == pytest.approx(np.mean(one - other))
    random = np.random.default_rng(3)
    block = np.cbrt(len(one))
    means = [np.mean((one - other)[reference.stationary_indices(len(one), block, random)]) for _ in range(4000)]
    assert found["mean_difference_usd95"] == pytest.approx(
        list(np.percentile(means, [2.5, 97.5])), abs=0.15 * np.std(means))
    assert document(journal, "compare", "--run", "./other.csv", "--run", "./trades.csv")[
        "mean_difference_usd"] == pytest.approx(-found["mean_difference_usd"])


def test_a_playbook_file_is_swept_and_kept_with_the_run(run: Program) -> None:
    run.succeed("playbook", "new", "orb.yaml", "--from", "opening-range")
    arguments = ["sweep", "--playbook", "orb.yaml", "--symbol", "QQQ", "--source", "sample", *RANGE, "--grid", "target=1:3:1"]
    found = document(run, *arguments)
    assert found["strategy"] == "orb" and found["sets"] == 3
    run.succeed("backtest", "--playbook", "orb.yaml", "--symbol", "QQQ", "--source", "sample", *RANGE,
                "--param", "target=2", "--output", "orb.csv")  # fmt: skip
    journal = read_journal(run.folder / "orb.csv")
    rows = rows_of((folder_of(run, found["run"]) / "results.csv").read_text())
    assert rows[1]["target"] == "2" and rows[1]["params_id"] == journal[0]["params_id"]
    assert float(rows[1]["net"]) == pytest.approx(sum(float(row["net_pnl"] or 0) for row in journal), abs=0.05)
    # The run knows its rules: the file may change, or go.
    (run.folder / "orb.yaml").unlink()
    assert document(run, "research", "report", found["run"])["judgement"]["trials"] == 3


def test_two_playbooks_are_compared_over_the_same_sessions(run: Program) -> None:
    for name in ("one", "two"):
        run.succeed("playbook", "new", f"{name}.yaml", "--from", "opening-range")
    found = document(run, "compare", "--run", "./one.yaml", "--run", "./two.yaml", "--symbol", "QQQ", "--source", "sample",
                     "--start", "2024-01-02", "--end", "2024-06-28")  # fmt: skip
    assert found["mean_difference_usd"] == 0 and found["mean_difference_usd95"] == [0, 0]
    assert found["sessions"] == 124 and found["runs"][0]["trades"] > 50


def test_other_entries_are_drawn(run: Program) -> None:
    arguments = ["monte-carlo", "--kind", "entries", "--strategy", "dp20", "--symbol", "QQQ", "--source", "sample", *RANGE,
                 "--param", "trend-period=5", "--param", "window-end=12:00", "--param", "stop-atr=8"]  # fmt: skip
    found = document(run, *arguments)
    run.succeed("backtest", "--symbol", "QQQ", "--source", "sample", *RANGE, *arguments[-6:], "--output", "dp20.csv")
    multiples = [float(row["R_multiple"]) for row in read_journal(run.folder / "dp20.csv") if row["R_multiple"]]
    assert found["trades"] == len(multiples)
    assert found["actual"] == pytest.approx(np.mean(multiples), abs=1e-4)
    assert 0.001 <= found["p"] <= 1
    assert document(run, *arguments) == found


def test_an_account_of_a_backtest(run: Program) -> None:
    arguments = ["backtest", "--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK, "--param", "stop-atr=8"]
    assert "account" not in document(run, *arguments)
    account = document(run, *arguments, "--capital", "1000", "--max-positions", "1")["account"]
    assert account["capital_usd"] == 1000 and account["trades"] == account["trades_offered"] > 100


def test_a_small_grid_over_http(run: Program) -> None:
    body = {"symbols": ["QQQ"], "start": "2024-01-02", "end": "2024-06-28", "grid": {"stop-atr": "1:2:0.5", "ema-period": [10, 20]}}
    with serving(run, DATA_SOURCE="sample", SYMBOLS="QQQ") as served:

        def ask(changes: dict):
            return served.ask("POST", "/sweep", json.dumps(body | changes), {"Content-Type": "application/json"})

        answer = ask({})
        assert answer.status == 200, answer.body
        schemas = served.ask("GET", "/openapi.json").json
        validators = [Draft202012Validator({"$ref": f"#/components/schemas/{name}", **schemas}) for name in ("SweepRequest", "Sweep")]
        assert validators[0].is_valid(body) and validators[1].is_valid(answer.json)
        assert ask({"strategy": "none"}).status == 422
        assert answer.json["schema"] == "trading-playbook/sweep/1" and answer.json["sets"] == 6
        large = ask({"grid": {"stop-atr": "1:2:0.01", "ema-period": "10:19:1"}})
        assert large.status == 422
        assert "1010 units" in large.json["detail"] and "trading-playbook sweep" in large.json["next_step"]
        assert ask({"grid": {}}).status == 400
        assert ask({"grid": {"stop-atr": "2:1:1"}}).status == 422
        assert ask({"symbols": ["SPY"]}).status == 422
        assert ask({"metric": "luck"}).status == 400
        assert ask({"unknown": 1}).status == 400


def names_in(document: object, path: str = "") -> set[str]:
    """The keys of a document, apart from those that are data: parameters, symbols, figures."""
    found: set[str] = set()
    if isinstance(document, dict):
        for name, value in document.items():
            is_data = path in ("params", "figures", "absent", "hold", "missing_sessions", "passed_over")
            found |= set() if is_data else {name}
            found |= names_in(value, "" if is_data and path == "hold" else name)
    elif isinstance(document, list):
        for value in document:
            found |= names_in(value, path)
    return found


def figures_in(document: object) -> set[str]:
    """The names of the figures that a document has, or says to be absent."""
    found: set[str] = set()
    if isinstance(document, dict):
        if "figures" in document and "absent" in document and "deflated_sharpe" not in document | document["absent"]:
            found |= document["figures"].keys() | document["absent"].keys()
        for value in document.values():
            found |= figures_in(value)
    elif isinstance(document, list):
        for value in document:
            found |= figures_in(value)
    return found


def test_every_figure_and_field_of_the_documents_is_described(swept: tuple[Program, dict], journal: Program) -> None:
    page = (REPOSITORY / "docs" / "json.md").read_text(encoding="utf-8")
    run, found = swept
    entries = ["monte-carlo", "--kind", "entries", "--strategy", "dp20", "--symbol", "QQQ", "--source", "sample", *RANGE,
               "--param", "trend-period=5"]  # fmt: skip
    windows = ["--train", "200", "--test", "60", "--min-trades", "10"]
    documents = [
        document(run, "research", "report", found["run"]), document(run, "walk-forward", *SWEEP[1:], *windows),
        document(run, "monte-carlo", "--run", found["run"], "--runs", "100", "--ruin", "1%"),
        document(run, *entries), document(run, "research", "list"),
        document(journal, "compare", "--run", "./trades.csv", "--run", "./trades.csv"),
    ]  # fmt: skip
    schemas = []
    for one in documents:
        schemas.append(one["schema"])
        start = page.index(f"`{one['schema']}`")
        # Up to the next section, or to the next entry of the list of the others.
        section = re.split(r"\n## |\n- `trading-playbook/", page[start:], maxsplit=1)[0]
        described = set(re.findall(r"`([a-z0-9_]+)`", section))
        unknown = names_in(one) - described - {"schema", "figures", "absent"}
        assert not unknown, (one["schema"], unknown)
    assert len(set(schemas)) == len(schemas)
    table = page.split("## Figures\n")[1].split("\n## ")[0]
    described = set(re.findall(r"`([a-z_0-9]+)`", "".join(re.findall(r"^\| (`.*?) \|", table, flags=re.MULTILINE))))
    assert figures_in(documents[0]) == described and len(described) == 18
    assert figures_in(documents) <= described


def documented() -> list[tuple[str, str]]:
    """The commands of docs/research.md with what the page says that they print."""
    page = (REPOSITORY / "docs" / "research.md").read_text(encoding="utf-8")
    pairs = re.findall(r"^    trading-playbook ((?:[^\n]*\\\n)*[^\n]*)\n\n```\n(.*?)\n```$", page, flags=re.MULTILINE | re.DOTALL)
    return [(command.replace("\\\n", " "), shown) for command, shown in pairs]


def test_the_page_shows_what_is_printed(run: Program) -> None:
    pairs = documented()
    assert len(pairs) >= 6
    for command, shown in pairs:
        words, _, lines = command.partition(" | head -")
        printed = run.succeed(*shlex.split(words)).out.rstrip("\n").split("\n")
        assert printed[: int(lines) if lines else None] == shown.split("\n"), command
