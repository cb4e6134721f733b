"""Sweeps, their luck and their tasks, compared with numpy, scipy and other people's libraries."""

import json
import time
import warnings
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest
import research_reference as reference
from research_support import PLAYBOOK, RANGE, SWEEP, daily, document, folder_of, rows_of, swept  # noqa: F401
from support import Program, read_journal
from trust import TRUST


def test_a_set_of_a_sweep_is_what_a_backtest_of_it_gives(swept: tuple[Program, dict]) -> None:
    run, found = swept
    rows = rows_of((folder_of(run, found["run"]) / "results.csv").read_text())
    assert len(rows) == 20
    row = rows[7]
    run.succeed("backtest", "--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK, "--param",
                f"stop-atr={row['stop-atr']}", "--param", f"reversal-strength={row['reversal-strength']}",
                "--output", "one.csv")  # fmt: skip
    journal = read_journal(run.folder / "one.csv")
    trades = [one for one in journal if one["entered"] == "true"]
    assert int(row["trades"]) == len(trades) > 30
    assert int(row["sessions"]) == len({one["trade_date"] for one in journal})
    assert {one["params_id"] for one in journal} == {row["params_id"]}
    assert float(row["net"]) == pytest.approx(sum(float(one["net_pnl"]) for one in trades), abs=0.01)
    net_r = [float(one["net_pnl"]) / float(one["risk_per_share"]) / float(one["shares"]) for one in trades]
    assert float(row["expectancy"]) == pytest.approx(np.mean(net_r), rel=1e-4)
    held = 0.0
    for one in trades:
        minutes = [60 * int(one[name][11:13]) + int(one[name][14:16]) for name in ("entry_at", "exit_at")]
        held += minutes[1] - minutes[0]
    whole = sum(210 if short(one["trade_date"]) else 390 for one in journal)
    assert float(row["exposure"]) == pytest.approx(held / whole, rel=1e-9)


def short(day: str) -> bool:
    """Whether a session of these years closes early."""
    return day in {"2023-07-03", "2023-11-24", "2024-07-03", "2024-11-29", "2024-12-24"}


def test_the_figures_are_those_of_numpy_and_of_other_peoples_libraries(swept: tuple[Program, dict]) -> None:
    run, found = swept
    folder = folder_of(run, found["run"])
    trades = parquet.read_table(folder / "part-00000-of-00001.parquet").to_pydict()
    sessions = found["sessions"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import empyrical
        import quantstats.stats as quantstats
        import pandas
    for row in rows_of((folder / "results.csv").read_text()):
        net = daily(trades, sessions, int(row["set"]))
        returns = net / 100_000
        assert float(row["sharpe"]) == pytest.approx(empyrical.sharpe_ratio(returns), rel=1e-9)
        series = pandas.Series(returns, index=pandas.bdate_range("2023-01-02", periods=sessions))
        assert float(row["sortino"]) == pytest.approx(quantstats.sortino(series, periods=252), rel=1e-9)
        error = np.sqrt(reference.spread(returns) / (sessions - 1) * 252)
        assert float(row["sharpe_error"]) == pytest.approx(error, rel=1e-9)
        assert float(row["t"]) == pytest.approx(reference.sharpe_of_session(returns) * np.sqrt(sessions), rel=1e-9)
        growth = (1 + returns.sum()) ** (252 / sessions) - 1
        assert float(row["cagr"]) == pytest.approx(growth, rel=1e-9)
        fall = reference.drawdown(100_000 + np.cumsum(net), 100_000)
        assert float(row["max_drawdown_usd"]) == pytest.approx(fall["usd"], rel=1e-9)
        assert float(row["max_drawdown_pct"]) == pytest.approx(fall["pct"], rel=1e-9)
        assert float(row["ulcer"]) == pytest.approx(fall["ulcer"], rel=1e-9)
        assert float(row["drawdown_sessions"]) == fall["sessions"]
        assert (row["recovery_sessions"] == "") == (fall["recovery"] is None)
        if fall["recovery"] is not None:
            assert float(row["recovery_sessions"]) == fall["recovery"]
        assert float(row["calmar"]) == pytest.approx(growth / fall["pct"] * 100, rel=1e-9)


def test_plateau_and_effects_are_those_of_the_sets_around(swept: tuple[Program, dict]) -> None:
    run, found = swept
    rows = rows_of((folder_of(run, found["run"]) / "results.csv").read_text())
    sharpe = np.array([float(row["sharpe"]) for row in rows]).reshape(5, 4)
    for place, row in enumerate(rows):
        i, j = divmod(place, 4)
        around = [sharpe[a, b] for a, b in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)) if 0 <= a < 5 and 0 <= b < 4]
        assert float(row["plateau_mean"]) == pytest.approx(np.mean(around))
        assert float(row["plateau_worst"]) == pytest.approx(min(around))
        assert ("edge" in row["plateau_note"]) == (len(around) < 4)
    effects = [effect for effect in found["effects"] if effect["parameter"] == "stop-atr"]
    for place, effect in enumerate(effects):
        assert effect["quartiles"] == pytest.approx(list(np.quantile(sharpe[place], [0.25, 0.5, 0.75])))
    assert [one["set"] for one in found["best"]] == sorted(range(20), key=lambda place: -sharpe.flat[place])


def test_luck_is_what_the_formulas_give(swept: tuple[Program, dict]) -> None:
    run, found = swept
    trades = parquet.read_table(folder_of(run, found["run"]) / "part-00000-of-00001.parquet").to_pydict()
    matrix = np.stack([daily(trades, found["sessions"], unit) for unit in range(20)], axis=1)
    judged = document(run, "research", "report", found["run"])["judgement"]
    best = int(np.argmax(matrix.mean(axis=0) / matrix.std(axis=0)))
    assert judged["set"] == best
    ratios = np.array([reference.sharpe_of_session(column) for column in matrix.T])
    threshold, probability = reference.deflated_sharpe(matrix[:, best] / 100_000, judged["trials"], ratios)
    assert judged["trials"] == 20
    assert judged["deflated_threshold"] == pytest.approx(threshold, rel=1e-9)
    assert judged["deflated_sharpe"] == pytest.approx(probability, rel=1e-9)
    assert judged["probabilistic_sharpe"] == pytest.approx(
        reference.probabilistic_sharpe(matrix[:, best]), rel=1e-9)
    if "minimum_track_record" in judged:
        assert judged["minimum_track_record"] == pytest.approx(
            reference.minimum_track_record(matrix[:, best]), rel=1e-9)
    single = matrix.astype(np.float32).astype(float)
    assert judged["overfitting_probability"] == pytest.approx(reference.overfitting_probability(single), abs=1e-9)
    statistic, p = reference.predictive_ability(single)
    assert judged["predictive_ability_statistic"] == pytest.approx(statistic, rel=1e-6)
    # Two times a thousand draws: four standard errors.
    assert judged["predictive_ability_p"] == pytest.approx(p, abs=4 * np.sqrt(2 * p * (1 - p) / 1000) + 0.004)


def test_other_peoples_deflated_ratio_overfitting_and_kernel() -> None:
    """The reference against purgedcv and arch, where research.md says that these are right."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import arch.bootstrap
        import purgedcv
    random = np.random.default_rng(4)
    matrix = random.standard_t(5, size=(640, 24)) * 100
    returns = matrix[:, 3] + 9
    # It takes the deviation by n and unbiased moments: that differs by about 1 / n.
    theirs = purgedcv.probabilistic_sharpe_ratio(returns, 0.02)
    assert reference.probabilistic_sharpe(returns, 0.02) == pytest.approx(theirs, abs=2e-3)
    # It counts l < 0 alone; with an even number of sets no rank lies in the middle. It takes half a minute for the halves
    # of 16 blocks.
    for blocks in (8, 16) if TRUST else (8,):
        assert reference.overfitting_probability(matrix, blocks) == pytest.approx(
            purgedcv.probability_of_backtest_overfitting(matrix.T, blocks).pbo, abs=1e-9)
    spa = arch.bootstrap.SPA(np.zeros(640), -matrix, block_size=np.cbrt(640), reps=10, studentize=True, seed=1)
    spa.block_size = np.cbrt(640)
    spa._compute_variance()
    assert reference.kernel_deviations(matrix) == pytest.approx(np.sqrt(spa._loss_diff_var), rel=1e-9)


def test_a_finished_sweep_does_nothing_and_says_so(swept: tuple[Program, dict]) -> None:
    run, found = swept
    folder = folder_of(run, found["run"])
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = run.succeed(*SWEEP)
    assert "nothing was run" in again.out
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert document(run, *SWEEP)["repeated"] is True


def test_trials_are_remembered_and_repeats_count_once(swept: tuple[Program, dict]) -> None:
    run, found = swept
    wider = [*SWEEP[:-4], "--grid", "stop-atr=2:12:2", "--grid", "reversal-strength=0.2:0.8:0.2"]
    more = document(run, *wider)
    # 24 sets, 20 of which were tried before.
    assert document(run, "research", "report", more["run"])["judgement"]["trials"] == 24
    assert document(run, "research", "report", found["run"])["judgement"]["trials"] == 24
    run.succeed("walk-forward", *SWEEP[1:-4], "--grid", "stop-atr=20", "--grid", "reversal-strength=0.1,0.9",
                "--train", "100", "--test", "50", "--min-trades", "1")  # fmt: skip
    assert document(run, "research", "report", found["run"])["judgement"]["trials"] == 26


def test_eight_tasks_give_the_bytes_of_one(run: Program, swept: tuple[Program, dict]) -> None:
    other, found = swept
    symbols = [*SWEEP[:2], "QQQ,SPY", *SWEEP[3:]]
    manifest = run.succeed(*symbols, "--submit").out.splitlines()[0]
    folder = Path(run.folder, manifest).parent
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["manifest.json"]
    data = ["--source", "sample"]
    for task in range(7):
        # Killed ever later: before it has begun, while it runs, perhaps when it is done.
        killed = run.start("sweep", "--manifest", manifest, "--task", f"{task}/8", *data)
        time.sleep(0.03 * task)
        killed.kill()
        killed.communicate()
        run.succeed("sweep", "--manifest", manifest, "--task", f"{task}/8", *data)
    # Parts of another number of tasks do not count.
    run.succeed("sweep", "--manifest", manifest, "--task", "1/3", *data)
    missing = run("research", "merge", folder.name)
    assert missing.code == 75
    assert "7/8" in missing.err
    run.succeed("sweep", "--manifest", manifest, *data, env={"CLOUD_RUN_TASK_INDEX": "7", "CLOUD_RUN_TASK_COUNT": "8"})
    assert "is there" in run.succeed("sweep", "--manifest", manifest, "--task", "7/8", *data).out
    run.succeed("research", "merge", folder.name)
    whole = document(other, *symbols)
    for name in ("manifest.json", "results.csv", "results.parquet", "results.json"):
        assert (folder / name).read_bytes() == (folder_of(other, whole["run"]) / name).read_bytes(), name
    rows = rows_of((folder / "results.csv").read_text())
    assert len(rows) == 60
    for place in range(20):
        parts = [rows[place], rows[20 + place], rows[40 + place]]
        assert [part["symbol"] for part in parts] == ["QQQ", "SPY", "all"]
        assert float(parts[2]["net"]) == pytest.approx(float(parts[0]["net"]) + float(parts[1]["net"]))
        assert float(parts[2]["exposure"]) <= float(parts[0]["exposure"]) + float(parts[1]["exposure"])


def test_an_interrupted_task_is_done_again(run: Program) -> None:
    manifest = run.succeed(*SWEEP, "--submit").out.splitlines()[0]
    folder = Path(run.folder, manifest).parent
    task = ["sweep", "--manifest", manifest, "--task", "0/2", "--source", "sample"]
    for _ in range(3):
        process = run.start(*task)
        process.kill()
        process.communicate()
    run.succeed(*task)
    whole = (folder / "part-00000-of-00002.parquet").read_bytes()
    (folder / "part-00000-of-00002.parquet").write_bytes(whole[:-200])
    run.succeed(*task)
    assert (folder / "part-00000-of-00002.parquet").read_bytes() == whole


def test_other_bars_than_those_of_the_manifest_are_refused(run: Program) -> None:
    manifest = run.succeed(*SWEEP, "--submit").out.splitlines()[0]
    path = Path(run.folder, manifest)
    text = json.loads(path.read_text())
    text["data"]["QQQ"]["digest"] = "d000000000000"
    path.write_text(json.dumps(text))
    moved = run("sweep", "--manifest", manifest, "--task", "0/1", "--source", "sample")
    assert moved.code == 65
    assert "another folder" in moved.err


@pytest.mark.parametrize("arguments, words", [
    (["--grid", "stop-atr=1:2"], "stop-atr"),
    (["--grid", "stop=1,2"], "no parameter 'stop'"),
    (["--grid", "stop-atr=1,2", "--where", "stop-atr < window-end"], "cannot be compared"),
    (["--grid", "stop-atr=1,2", "--param", "stop-atr=1"], "both give stop-atr"),
    (["--grid", "window-end=09:30,09:40"], "refuses every combination"),
    ([], "which parameters"),
])  # fmt: skip
def test_what_cannot_be_swept_is_refused(run: Program, arguments: list[str], words: str) -> None:
    finished = run("sweep", "--symbol", "QQQ", "--source", "sample", *RANGE, *arguments)
    assert finished.code == 64
    assert words in finished.err
    assert not (run.folder / "output").exists()


def test_the_list_of_runs(swept: tuple[Program, dict]) -> None:
    run, found = swept
    listed = document(run, "research", "list")["runs"]
    assert found["run"] in [one["run"] for one in listed]
    assert run("research", "show", "no-such-run").code == 64
    text = run.succeed("research", "show", found["run"], "--format", "csv").out
    assert text.encode() == (folder_of(run, found["run"]) / "results.csv").read_bytes()
    lines = document(run, "research", "report", found["run"])["judgement"]["verdict"]["lines"]
    assert [line.split(":")[0] for line in lines] == ["Tried", "Found", "Outside", "Against", "Verdict"]
    assert date.fromisoformat(listed[0]["start"]) <= date.fromisoformat(listed[0]["end"])
