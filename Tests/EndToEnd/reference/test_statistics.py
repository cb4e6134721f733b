"""The statistics of the summary, computed again from the journal's rows with scipy."""

import csv
import json
import math
from collections import Counter
from datetime import date

import numpy as np
import pytest
from scipy import stats
from support import params, read_journal
from writers_support import failed

CASES = {
    "dp20": ("QQQ,SPY", "2021-01-04", "2022-12-30", "dp20", {}),
    "dp20 with costs": (
        "QQQ", "2022-01-03", "2022-12-30", "dp20",
        {"trend-period": 5, "window-end": "12:00", "stop-atr": 4, "slippage-bps": "0.5", "fee-per-share": "0.005"},
    ),
    "wide stops, so that there are winners": (
        "IBM,AAPL,MSFT", "2023-01-03", "2023-06-30", "dp20", {"trend-period": 2, "window-end": "14:00", "stop-atr": 12},
    ),
    "one trade": ("QQQ", "2022-01-05", "2022-01-05", "timed-entry", {"stop-atr": 2}),
    "two trades": ("QQQ", "2022-01-05", "2022-01-06", "timed-entry", {"stop-atr": 2}),
    "three trades": ("QQQ", "2022-01-05", "2022-01-07", "timed-entry", {"stop-atr": 2}),
    "no stop, no R": ("QQQ", "2022-01-03", "2022-06-30", "timed-entry", {"weekdays": "tue+thu"}),
    "no trade": ("QQQ", "2022-01-03", "2022-01-07", "dp20", {"reversal-strength": 1}),
}  # fmt: skip


class Trades:
    """The trades of some rows in the order they were entered; sums are taken from unrounded prices."""

    def __init__(self, rows: list[dict[str, str]]):
        first = [row for row in rows if row["trade_no"] == "1"]
        self.sessions = len(first)
        self.by_trades = Counter(row["trades"] for row in first)
        entered = [row for row in rows if row["entered"] == "true"]
        self.rows = sorted(entered, key=lambda row: (row["trade_date"], row["entry_time_et"], row["symbol"]))
        self.net = self.column("net_pnl")
        self.costs = self.column("fees_slippage")
        self.r = self.column("R_multiple")
        self.mae, self.mfe = self.column("mae"), self.column("mfe")
        self.risk = self.column("risk_per_share")

    def column(self, name: str) -> np.ndarray:
        return np.array([float(row[name]) for row in self.rows if row[name] != ""])

    def win_rate(self):
        return float(np.mean(self.net > 0)) if len(self.net) else None

    def expectancy(self):
        return float(np.mean(self.r)) if len(self.r) else None

    def win_interval(self):
        if not len(self.net):
            return None
        return list(stats.binomtest(int(np.sum(self.net > 0)), len(self.net)).proportion_ci(0.95, "wilson"))

    def sums(self) -> np.ndarray:
        """By session that traded: R, how many R, net P&L, trades, profit, loss."""
        dates = list(dict.fromkeys(row["trade_date"] for row in self.rows))
        sums = np.zeros((len(dates), 6))
        for row, net in zip(self.rows, self.net):
            multiple = row["R_multiple"]
            sums[dates.index(row["trade_date"])] += [
                float(multiple or 0), multiple != "", net, 1, max(0.0, net), max(0.0, -net)
            ]  # fmt: skip
        return sums

    def interval(self, above: int, below: int):
        """95%, bias-corrected and accelerated, of the ratio of two of the sums; None with few winners or losers."""
        if min(np.sum(self.net > 0), np.sum(self.net < 0)) < 5:
            return None
        sums = self.sums()
        drawn = sums[indices(1, 4_000, len(sums))].sum(axis=1)
        left_out = sums.sum(axis=0) - sums
        figure = sums[:, above].sum() / sums[:, below].sum() if sums[:, below].sum() else math.nan
        with np.errstate(divide="ignore", invalid="ignore"):
            draws, jackknife = drawn[:, above] / drawn[:, below], left_out[:, above] / left_out[:, below]
        if not np.isfinite(figure) or np.isnan(draws).any() or not np.isfinite(jackknife).all():
            return None
        # Sums of the same numbers in another order differ in their last digits.
        is_equal = np.isclose(draws, figure, rtol=1e-9, atol=0)
        bias = stats.norm.ppf(np.mean(np.where(is_equal, 0.5, draws < figure)))
        distances = jackknife.mean() - jackknife
        acceleration = np.sum(distances**3) / (6 * np.sum(distances**2) ** 1.5)
        z = bias + stats.norm.ppf([0.025, 0.975])
        ends = np.quantile(draws, stats.norm.cdf(bias + z / (1 - acceleration * z)))
        return [float(end) for end in ends] if np.isfinite(ends).all() else None

    def profit_factor(self):
        loss = -self.net[self.net < 0].sum()
        return float(self.net[self.net > 0].sum() / loss) if loss > 0 else None

    def drawdown(self) -> float:
        curve = np.concatenate([[0.0], np.cumsum(self.net)])
        return float(np.max(np.maximum.accumulate(curve) - curve))

    def group(self, name: str, rows: list[dict[str, str]]) -> dict:
        part = Trades(rows)
        return {
            "group": name, "trades": len(part.rows), "win_rate": part.win_rate(), "expectancy_r": part.expectancy(),
            "net_usd": float(part.net.sum()),
        }  # fmt: skip

    def groups(self, name_of, order=lambda name: name) -> list[dict]:
        names = sorted({name_of(row) for row in self.rows}, key=order)
        return [self.group(name, [row for row in self.rows if name_of(row) == name]) for name in names]

    def by_r(self) -> list[dict]:
        def place(row):
            return max(-2, min(3, math.floor(float(row["R_multiple"]) + 1e-9)))

        known = [row for row in self.rows if row["R_multiple"]]
        places = [place(row) for row in known]
        names = {-2: "below -1 R", 3: "3 R and more"}
        return [
            self.group(names.get(one, f"{one} to {one + 1} R"), [row for row in known if place(row) == one])
            for one in (range(min(places), max(places) + 1) if places else [])
        ]

    def by_tercile(self) -> list[dict]:
        """Thirds by ATR over price, of sizes that differ by one at the most, in the order of entry among equals."""
        if len(self.rows) < 3:
            return []
        share = self.column("atr_14_2m_at_entry") / self.column("entry_price")
        order = np.argsort(share, kind="stable")
        cuts = [len(order) * third // 3 for third in range(4)]
        for cut in cuts[1:3]:
            gap = share[order[cut]] - share[order[cut - 1]]
            assert gap > 1e-6 / self.column("entry_price").min(), "the journal's six decimals do not tell these two apart"
        return [
            self.group(name, [self.rows[index] for index in order[cuts[third] : cuts[third + 1]]])
            for third, name in enumerate(["low", "middle", "high"])
        ]

    def summary(self) -> dict:
        has_risk = len(self.risk) == len(self.rows) > 0
        any_setup = any(row["setup"] for row in self.rows)
        return {
            "sessions": self.sessions,
            "trades": len(self.rows),
            "sessions_by_trades": {count: number for count, number in self.by_trades.items() if number},
            "win_rate": self.win_rate(),
            "win_rate95": self.win_interval(),
            "expectancy_r": self.expectancy(),
            "expectancy_r95": self.interval(0, 1),
            "mean_net_usd": float(self.net.mean()) if len(self.net) else None,
            "mean_net_usd95": self.interval(2, 3),
            "profit_factor": self.profit_factor(),
            "profit_factor95": self.interval(4, 5),
            "net_usd": float(self.net.sum()),
            "costs_usd": float(self.costs.sum()),
            "max_drawdown_usd": self.drawdown(),
            "mean_mae": float(self.mae.mean()) if len(self.rows) else None,
            "mean_mfe": float(self.mfe.mean()) if len(self.rows) else None,
            "mean_mae_r": float(np.mean(self.mae / self.risk)) if has_risk else None,
            "mean_mfe_r": float(np.mean(self.mfe / self.risk)) if has_risk else None,
            "exits": dict(Counter(row["exit_reason"] for row in self.rows)),
            "by_entry_bucket": self.groups(lambda row: row["entry_bucket"]),
            "by_atr_tercile": self.by_tercile(),
            "by_side": self.groups(lambda row: row["side"]),
            "by_setup": self.groups(lambda row: row["setup"]) if any_setup else [],
            "by_exit_reason": self.groups(lambda row: row["exit_reason"]),
            "by_month": self.groups(lambda row: row["trade_date"][:7]),
            "by_weekday": self.groups(weekday, WEEKDAYS.index),
            "by_r": self.by_r(),
        }


WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def weekday(row: dict[str, str]) -> str:
    return WEEKDAYS[date.fromisoformat(row["trade_date"]).weekday()]


def indices(seed: int, draws: int, below: int) -> np.ndarray:
    """The whole numbers below a limit, as many a draw, that SplitMix64 gives: two a word, of a draw's last one one."""
    words = (below + 1) // 2
    with np.errstate(over="ignore"):
        state = np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15) * np.arange(1, draws * words + 1, dtype=np.uint64)
        word = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        word ^= word >> np.uint64(31)
    half, size = np.uint64(32), np.uint64(below)
    high, low = (word >> half) * size, (word & np.uint64(0xFFFFFFFF)) * size
    both = np.stack([high >> half, low >> half], axis=-1).reshape(draws, -1)[:, :below]
    if below % 2 == 1:
        # A single one is of the whole word.
        both[:, -1] = ((high + (low >> half)) >> half).reshape(draws, -1)[:, -1]
    return both.astype(np.int64)


def differences(expected, printed, place: str = "") -> list[str]:
    """Where two documents differ by more than the journal's six decimals explain; an absent entry is none."""
    if isinstance(expected, dict):
        pairs = [(name, expected.get(name), printed.get(name)) for name in sorted({*expected, *printed})]
        return [text for name, a, b in pairs for text in differences(a, b, f"{place}/{name}")]
    if isinstance(expected, list) and isinstance(printed, list) and len(expected) == len(printed):
        pairs = enumerate(zip(expected, printed))
        return [text for index, (a, b) in pairs for text in differences(a, b, f"{place}/{index}")]
    if isinstance(expected, float) and isinstance(printed, (int, float)):
        if math.isclose(expected, printed, rel_tol=1e-5, abs_tol=1e-4):
            return []
    elif expected == printed and type(expected) is type(printed):
        return []
    return [f"{place}: expected {expected!r}, printed {printed!r}"]


@pytest.fixture(scope="module")
def summaries(run_in_module):
    """The summary and the journal of each case."""
    result = {}
    for number, (name, (symbols, start, end, strategy, values)) in enumerate(CASES.items()):
        journal = run_in_module.folder / f"{number}.csv"
        finished = run_in_module.succeed(
            "backtest", "--symbol", symbols, "--start", start, "--end", end, "--source", "sample",
            "--strategy", strategy, "--output", journal, "--format", "json", *params(values),
        )  # fmt: skip
        result[name] = json.loads(finished.out), read_journal(journal)
    return result


@pytest.mark.parametrize("name", CASES)
def test_the_summary_follows_from_the_journal(summaries, name):
    document, rows = summaries[name]
    expected = Trades(rows).summary()
    printed = dict(document["summary"])
    assert printed.pop("incomplete_sessions") == 0
    assert differences(expected, printed) == []


@pytest.mark.parametrize("name", CASES)
def test_each_symbol_has_its_summary(summaries, name):
    document, rows = summaries[name]
    assert sorted(document["by_symbol"]) == sorted(CASES[name][0].split(","))
    for symbol, printed in document["by_symbol"].items():
        expected = Trades([row for row in rows if row["symbol"] == symbol])
        printed = dict(printed)
        assert printed.pop("incomplete_sessions") == 0
        assert differences(expected.summary(), printed, symbol) == []


def test_the_intervals_are_those_of_scipy(summaries):
    """Up to the error of the draws, which are other ones."""
    document, rows = summaries["dp20"]
    sums = Trades(rows).sums()
    for name, above, below in (("expectancy_r95", 0, 1), ("mean_net_usd95", 2, 3), ("profit_factor95", 4, 5)):
        result = stats.bootstrap(
            (sums[:, above], sums[:, below]), lambda a, b, axis: a.sum(axis=axis) / b.sum(axis=axis), paired=True,
            vectorized=True, n_resamples=20_000, method="BCa", rng=np.random.default_rng(1),
        ).confidence_interval  # fmt: skip
        assert document["summary"][name] == pytest.approx(list(result), abs=0.05 * (result.high - result.low)), name


def test_the_cases_cover_what_they_are_for(summaries):
    trades = {name: document["summary"]["trades"] for name, (document, _) in summaries.items()}
    assert trades["dp20"] >= 60 and trades["dp20 with costs"] >= 60
    assert [trades[f"{count}"] for count in ("one trade", "two trades", "three trades", "no trade")] == [1, 2, 3, 0]
    assert summaries["dp20 with costs"][0]["summary"]["costs_usd"] > 0
    assert summaries["wide stops, so that there are winners"][0]["summary"]["win_rate"] > 0.3
    assert summaries["no stop, no R"][0]["summary"].get("expectancy_r") is None
    assert summaries["no stop, no R"][0]["summary"]["trades"] > 20
    intervals = {name: document["summary"].get("expectancy_r95") for name, (document, _) in summaries.items()}
    assert intervals["dp20"] and intervals["wide stops, so that there are winners"]
    assert intervals["one trade"] is intervals["three trades"] is intervals["no stop, no R"] is None
    assert summaries["no stop, no R"][0]["summary"]["mean_net_usd95"]


def test_the_journal_hangs_together(summaries):
    """Columns that follow from others, row by row."""
    checked = 0
    for document, rows in summaries.values():
        costs = {name: float(document["params"][name]) for name in ("slippage-bps", "fee-per-share")}
        for row in rows:
            if row["entered"] != "true":
                continue
            checked += 1
            entry, leave, shares = (float(row[name]) for name in ("entry_price", "eod_exit_price", "shares"))
            gross = (leave - entry) * shares
            fees = (entry + leave) * shares * costs["slippage-bps"] / 10_000 + 2 * shares * costs["fee-per-share"]
            assert float(row["gross_pnl"]) == pytest.approx(gross, abs=1e-4)
            assert float(row["fees_slippage"]) == pytest.approx(fees, abs=1e-4)
            assert float(row["net_pnl"]) == pytest.approx(gross - fees, abs=1e-4)
            assert float(row["mae"]) <= 0 <= float(row["mfe"])
            if row["stop_price"]:
                risk = entry - float(row["stop_price"])
                assert float(row["risk_per_share"]) == pytest.approx(risk, abs=2e-6)
                assert float(row["R_multiple"]) == pytest.approx((leave - entry) / risk, rel=1e-4, abs=1e-5)
                assert (row["exit_reason"] == "stop_loss") == (row["eod_exit_price"] == row["stop_price"])
    assert checked > 300


def test_incomplete_sessions_are_counted(run, market):
    finished = run.succeed(
        "backtest", "--symbol", "BRK.B", "--start", "2019-01-02", "--end", "2019-03-29", "--data-dir", market,
        "--output", "j.csv", "--format", "json", "--param", "trend-period=5",
    )  # fmt: skip
    rows = read_journal(run.folder / "j.csv")
    incomplete = sum(row["no_trade"] in ("refused:bars", "no-bars") for row in rows)
    # What is missing after the decision, or where there was none, refuses nothing.
    assert incomplete < sum(float(row["completeness"]) < 0.95 for row in rows)
    assert {row["notes"].split(":")[0] for row in rows if row["completeness"] in ("", "0")} == {"no bars"}
    summary = json.loads(finished.out)["summary"]
    assert summary["incomplete_sessions"] == incomplete > 0
    assert summary["sessions"] == len(rows)


def test_sessions_that_lack_bars_can_be_left_out(run, market):
    """Only rows at or above --min-completeness count; how many do not, and how many cannot tell, is said."""
    run.succeed(
        "backtest", "--symbol", "BRK.B,UPPR", "--start", "2019-01-02", "--end", "2019-06-28", "--data-dir", market,
        "--output", "j.csv", *params({"trend-period": 3, "window-end": "12:00", "stop-atr": 6}),
    )  # fmt: skip
    journal = run.folder / "j.csv"
    rows = read_journal(journal)
    # Some rows of an earlier version, which has no such column.
    for row in rows[:7]:
        row["completeness"] = ""
    with journal.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    below = 0
    for least in (0, 0.95, 1):
        kept = [row for row in rows if row["completeness"] and float(row["completeness"]) >= least]
        below, before = len(rows) - 7 - len(kept), below
        assert below > before or least == 0
        asked = ("journal", "stats", "--output", "j.csv", "--min-completeness", least)
        document = json.loads(run.succeed(*asked, "--format", "json").out)
        (group,) = document["groups"]
        assert (document["min_completeness"], group["rows_left_out"], group["rows_without_completeness"]) == (
            least, below, 7
        )  # fmt: skip
        printed = group["summary"]
        assert printed.pop("incomplete_sessions") == sum(row["no_trade"] in ("refused:bars", "no-bars") for row in kept)
        assert differences(Trades(kept).summary(), printed) == []
        assert printed["trades"] >= 5
        out = run.succeed(*asked).out
        told = [f"{below} rows with a completeness below {least:g}"] if below else []
        told += ["7 rows of earlier versions, which do not tell it (run their sessions again to add it)"]
        assert f" Left out: {'; '.join(told)} " in " ".join(out.split())
    plain = json.loads(run.succeed("journal", "stats", "--output", "j.csv", "--format", "json").out)
    assert "min_completeness" not in plain and "rows_left_out" not in plain["groups"][0]
    assert plain["groups"][0]["summary"]["sessions"] == len(rows)
    for wrong in ("1.5", "-0.1", "nan", "95%"):
        failed(run("journal", "stats", "--output", "j.csv", f"--min-completeness={wrong}"), 64, "--min-completeness")


def test_the_table_tells_the_same_as_the_document(run):
    asked = ("backtest", "--symbol", "QQQ,SPY", "--start", "2022-01-03", "--end", "2022-06-30", "--source", "sample")
    summary = json.loads(run.succeed(*asked, "--format", "json").out)["summary"]
    table = run.succeed(*asked).out
    words = " ".join(table.split())
    assert f"Sessions {summary['sessions']} " in words
    assert f"Trades {summary['trades']} " in words
    assert f"Win rate {summary['win_rate'] * 100:.1f}%" in words
    assert f"Expectancy {summary['expectancy_r']:+.3f} R" in words
    low, high = summary["expectancy_r95"]
    assert f"95% CI {low:+.3f} to {high:+.3f} R" in words
    assert f"Profit factor {summary['profit_factor']:.2f}" in words
    assert f"Net P&L {summary['net_usd']:+.2f} USD" in words
    assert f"Max drawdown {summary['max_drawdown_usd']:.2f} USD" in words
