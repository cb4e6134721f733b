"""The reference of playbook files: expressions, each function against plain arithmetic, and what a file may not say."""

import math
import statistics
from datetime import date

import numpy as np
import pytest
import support  # noqa: F401  (it makes Tests/Reference importable)
from playbooks.bars import Bar, Split
from playbooks.calendars import sessions_of
from playbooks.equality import Equality, PlaybookError
from playbooks.evaluate import Context, Scope
from playbooks.functions import warm_up
from playbooks.history import History
from playbooks.kinds import Checker, Place
from playbooks.parameters import parameter
from playbooks.playbook import load
from playbooks.syntax import parse

DAYS = sessions_of("XNYS", date(2024, 7, 1), date(2024, 7, 8))
"""1, 2, 3 (an early close), 5 and 8 July."""
PER_DAY = 60
LAST = 4

PLACE = Place(steps=("one", "two"), trade=True, r=True, live=True)


def random_history(splits=(), missing=(), daily=None):
    draw = np.random.default_rng(7)
    bars, price = [], 100.0
    for number, session in enumerate(DAYS):
        for n in range(-3, PER_DAY):
            opened, closed = price, round(price * math.exp(draw.normal(0, 0.004)), 2)
            high = max(opened, closed) + draw.integers(0, 20) / 100
            low = min(opened, closed) - draw.integers(0, 20) / 100
            if (number, n) not in missing:
                bars.append(Bar(session.opens + 2 * n, opened, high, low, closed, float(draw.integers(1, 900))))
            price = closed
    return History("XNYS", DAYS, 2, bars, daily, splits)


HISTORY = random_history()
BARS = [bar for inside in HISTORY.inside for bar in inside]
CLOSES = np.array([bar.close for bar in BARS])
HIGHS = np.array([bar.high for bar in BARS])
LOWS = np.array([bar.low for bar in BARS])
VOLUMES = np.array([bar.volume for bar in BARS])
RANGES = np.array(
    [HIGHS[0] - LOWS[0]]
    + [max(HIGHS[i], CLOSES[i - 1]) - min(LOWS[i], CLOSES[i - 1]) for i in range(1, len(BARS))]
)
TYPICAL = (HIGHS + LOWS + CLOSES) / 3

PARAMETERS = [parameter("n", "5"), parameter("days", "mon+wed"), parameter("speed", "fast", choices=["fast", "slow"])]


def value(text, i=30, session=LAST, history=HISTORY, scope=None, place=PLACE):
    """An expression at a bar of a session."""
    checker = Checker({p.name: p for p in PARAMETERS}, {p.name: p.default for p in PARAMETERS}, 2)
    context = Context(history.as_of(history.days[session]), 2, session)
    return context.compile(checker.of(parse(text), place))(i, scope or Scope())


def smooth(values, weight, start=0):
    """A recursive average from a start on, at each value."""
    result = [values[start]]
    for one in values[start + 1 :]:
        result.append(weight * one + (1 - weight) * result[-1])
    return np.array(result)


HERE = LAST * PER_DAY + 30
"""The index of the bar that `value` looks at."""
WINDOW = slice(HERE - 9, HERE + 1)

TEN = CLOSES[WINDOW]
UPS, DOWNS = np.maximum(np.diff(CLOSES), 0), np.maximum(-np.diff(CLOSES), 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sma(close, 10)", TEN.mean()),
        ("wma(close, 10)", np.average(TEN, weights=range(1, 11))),
        ("sum(volume, 10)", VOLUMES[WINDOW].sum()),
        ("highest(high, 10)", HIGHS[WINDOW].max()),
        ("lowest(low, 2 * n)", LOWS[WINDOW].min()),
        ("stdev(close, 10)", statistics.pstdev(TEN)),
        ("zscore(close, 10)", (TEN[-1] - TEN.mean()) / statistics.pstdev(TEN)),
        ("rank(close, 10)", (TEN <= TEN[-1]).mean()),
        ("change(close, n)", CLOSES[HERE] - CLOSES[HERE - 5]),
        ("roc(close, 5)", CLOSES[HERE] / CLOSES[HERE - 5] - 1),
        ("close[35]", CLOSES[HERE - 35]),
        ("tr", RANGES[HERE]),
        ("ema(close, 5)", smooth(CLOSES, 2 / 6)[HERE]),
        ("rma(close, 5)[3]", smooth(CLOSES, 1 / 5)[HERE - 3]),
        ("ema(ema(close, 5), 4)", smooth(smooth(CLOSES, 2 / 6), 2 / 5)[HERE]),
        ("atr(5)", smooth(RANGES, 2 / 6)[HERE]),
        ("atr-wilder(5)", smooth(RANGES, 1 / 5)[HERE]),
        ("natr(5)", smooth(RANGES, 2 / 6)[HERE] / CLOSES[HERE]),
        ("keltner(5, 2).upper", smooth(CLOSES, 2 / 6)[HERE] + 2 * smooth(RANGES, 2 / 6)[HERE]),
        ("bollinger(close, 10, 2).lower", TEN.mean() - 2 * statistics.pstdev(TEN)),
        ("bollinger(close, 10, 2).width", 4 * statistics.pstdev(TEN) / TEN.mean()),
        ("donchian(10).lower", LOWS[WINDOW].min()),
        ("rsi(close, 5)", 100 * smooth(UPS, 0.2)[HERE - 1] / (smooth(UPS, 0.2) + smooth(DOWNS, 0.2))[HERE - 1]),
        (
            "stochastic(10, 1).d",
            100 * (TEN[-1] - LOWS[WINDOW].min()) / (HIGHS[WINDOW].max() - LOWS[WINDOW].min()),
        ),
        ("williams(10)", -100 * (HIGHS[WINDOW].max() - TEN[-1]) / (HIGHS[WINDOW].max() - LOWS[WINDOW].min())),
        (
            "cci(10)",
            (TYPICAL[HERE] - TYPICAL[WINDOW].mean())
            / (0.015 * np.abs(TYPICAL[WINDOW] - TYPICAL[WINDOW].mean()).mean()),
        ),
        ("macd(3, 6, 4).line", (smooth(CLOSES, 2 / 4) - smooth(CLOSES, 2 / 7))[HERE]),
        ("macd(3, 6, 4).signal", smooth(smooth(CLOSES, 2 / 4) - smooth(CLOSES, 2 / 7), 2 / 5)[HERE]),
        ("vwap", np.average(TYPICAL[HERE - 30 : HERE + 1], weights=VOLUMES[HERE - 30 : HERE + 1])),
        ("session.high", HIGHS[HERE - 30 : HERE + 1].max()),
        ("session.volume[31]", VOLUMES[HERE - 90 : HERE - 30].sum()),
        ("first(20m).high", HIGHS[HERE - 30 : HERE - 20].max()),
        ("prior.close", CLOSES[HERE - 31]),
        ("gap", BARS[HERE - 30].open / CLOSES[HERE - 31] - 1),
        ("same-time(volume, 3)", VOLUMES[[HERE - 60, HERE - 120, HERE - 180]].mean()),
        ("daily.sma(close, 2)", CLOSES[[HERE - 31, HERE - 91]].mean()),
        ("daily.high[1]", HIGHS[HERE - 150 : HERE - 90].max()),
        # Bars of 10 minutes: at the bar 30, which closes at 62 minutes, the newest ended at 60.
        ("bars(10Min).sma(close, 2)", CLOSES[[HERE - 1, HERE - 6]].mean()),
        ("bars(10Min).high[2]", HIGHS[HERE - 10 : HERE - 5].max()),
        ("bars(10Min).close[31]", CLOSES[HERE - 31]),
        ("count(close > close[1], 10)", float((np.diff(CLOSES)[HERE - 10 : HERE] > 0).sum())),
        ("bars-since(bar = 4)", 26.0),
        ("time - session.start", 60.0),
        ("round(2.5, 1) + round(0.3, 0.1)", 3.3),
        ("-7 mod 3", 2.0),
        ("7 mod 3 * 2 + 1 - 2", 1.0),
        ("if(close > 0, 1, 2)", 1.0),
        ("2% + 10bps", 0.021),
        ("90m / 1h", 1.5),
        ("max(1, 3, 2) - abs(-4)", -1.0),
    ],
)
def test_functions(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("0.1 + 0.2 > 0.3", False),
        ("close / (1 - 1) > 0", None),
        ("close / (1 - 1) > 0 or true", True),
        ("close / (1 - 1) > 0 and false", False),
        ("not close / (1 - 1) > 0", None),
        ("if(close / 0 > 1, 1, 1) = 1", None),
        ("2 between 1 and 2", True),
        ("2 between 1 and close / 0", None),
        ("weekday = mon", True),
        ("weekday in days", True),
        ("day = 8 and month = 7", True),
        ("speed = fast and speed != slow", True),
        ("time = 10:30", True),
        ("close crosses above close[1]", None),
        ("bar crosses above 29", True),
        ("bar crosses above 30", False),
        ("1 + 1 = 2 and not 1 > 2 or false", True),
    ],
)
def test_conditions(text, expected):
    if "crosses above close" in text:
        now, then = np.diff(CLOSES)[[HERE - 1, HERE - 2]]
        expected = bool(now > 0 >= then)
    assert value(text) is expected


def test_the_trade_and_its_steps():
    scope = Scope({"one": 10}, entry=100.0, R=-2.0, side=-1.0, held=3.0, best=95.0, worst=101.0, profit=4.0)
    at = HERE - 20
    assert value("entry + 2 * R - risk * side", scope=scope) == 98
    assert value("one.high + one.bar", scope=scope) == HIGHS[at] + 10
    assert value("one.time = 09:50", scope=scope) is True
    assert value("since(one).low", scope=scope) == LOWS[at : HERE + 1].min()
    assert value("two.high", scope=scope) is None
    assert value("sma(entry, 5)", scope=scope) == 100
    assert value("ema(close - entry, 5)", scope=scope) == pytest.approx(smooth(CLOSES, 2 / 6)[HERE] - 100)


def test_where_data_begin_and_before_the_first_bar():
    assert value("sma(close, 3)", 1, 0) is None
    assert value("sma(close, 3)", 2, 0) == pytest.approx(CLOSES[:3].mean())
    assert value("ema(close, 3)", 0, 0) == CLOSES[0]
    assert value("close", -1, 0) is None
    assert value("prior.close", 5, 0) is None
    # At -1 it is the last bar of the session before, but for what filters know.
    assert value("close", -1) == CLOSES[HERE - 31]
    assert value("gap", -1) == value("gap")
    assert value("session.high", -1) == HIGHS[HERE - 90 : HERE - 30].max()


def test_a_recursive_average_starts_so_many_bars_before_the_session():
    assert warm_up(1) == 1
    assert [warm_up(2 / 21), warm_up(0.2)] == [math.ceil(53 * math.log(2) / -math.log(1 - w)) for w in (2 / 21, 0.2)]
    assert (1 - 0.2) ** warm_up(0.2) <= 2**-53 < (1 - 0.2) ** (warm_up(0.2) - 1)
    start = LAST * PER_DAY - warm_up(2 / 4)
    assert value("ema(close, 3)", 0) == smooth(CLOSES[: HERE - 29], 2 / 4, start)[-1]


def test_an_average_goes_on_where_its_x_is_unknown():
    # Known at the even bars only: from 56 to 60, 62 ... of the session's numbers.
    text = "ema(close / (1 - bar mod 2), 3)"
    assert value(text, 31) is None
    known = CLOSES[LAST * PER_DAY - 120 : HERE + 1][::2]
    assert value(text, 30) == pytest.approx(smooth(known, 2 / 4)[-1])


def test_equality_has_a_scale():
    assert Equality.of_price(0.00001).equal(0, 1e-15)
    assert not Equality.of_price(0.00001).equal(0, 1e-13)
    assert Equality.of_price(50).equal(0, 1e-9)
    assert Equality().floor(2.9999999999) == 3
    assert Equality().floor(2.99) == 2
    assert Equality().floor(-0.5) == -1


def test_splits_count_as_of_the_session():
    history = random_history(splits=[Split(DAYS[2].day, 2.0), Split(date(2025, 1, 2), 10.0)])
    assert value("close", -1, 2, history) == CLOSES[2 * PER_DAY - 1] / 2
    assert value("volume", -1, 2, history) == VOLUMES[2 * PER_DAY - 1] * 2
    assert value("close", -1, 1, history) == CLOSES[PER_DAY - 1]
    assert value("daily.close[1]", 0, 3, history) == CLOSES[2 * PER_DAY - 1] / 2
    assert value("prior.volume", 0, 2, history) == pytest.approx(2 * VOLUMES[PER_DAY : 2 * PER_DAY].sum())


def test_premarket_and_missing_bars():
    assert value("premarket.volume") is not None
    holes = random_history(missing=[(LAST, n) for n in (-3, -2, -1, 0, 1, 9, 25)])
    assert value("premarket.high", 5, LAST, holes) is None
    # The first there is has number 2; the opening range is known from the bar that closes at 20 minutes, or the next.
    assert value("bar", 0, LAST, holes) == 2
    assert value("first(20m).open", 6, LAST, holes) is None
    assert value("first(20m).open", 7, LAST, holes) == value("session.open", 7, LAST, holes)
    assert value("same-time(volume, 4)", 0, LAST, holes) is not None
    assert value("same-time(volume, 5)", 0, LAST, holes) is None


def test_daily_bars_that_are_too_old_do_not_count():
    days = sessions_of("XNYS", date(2024, 1, 2), date(2024, 7, 8))
    of = {session.day: Bar(session.opens - session.start, 1, 1, 1, 1, 1) for session in days}
    # The newest daily bar is 6 sessions old on 8 July (28 June is 5), then 7.
    for last, expected in ((days[-7], 1), (days[-8], None)):
        history = History("XNYS", days, 2, [], [bar for day, bar in of.items() if day <= last.day])
        assert value("daily.close", 0, len(days) - 1, history) == expected
        # Of two bars the first is 7 or 8 sessions old; 1.25 x 2 + 5 is 7.5.
        assert value("daily.sma(close, 2)", 0, len(days) - 1, history) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 < 3",
        "close and true",
        "10:00 + 11:00",
        "10:00 * 2",
        "close > 10:00",
        "sma(close, close)",
        "sma(close, 1.5)",
        "prior.close[1]",
        "gap[1]",
        "entry[1]",
        "sma(profit, 3)",
        "best crosses above entry",
        "nothing",
        "third.high",
        "first(3m).high",
        "bars(15Min).close",
        "speed = medium",
        "time in days",
        "same-time(entry, 3)",
        "macd(3, 6, 4)",
        "sma(close, 3).upper",
        "daily.time",
        "daily.bars-since(close > 1)",
        "round(close, 0)",
        "1 2",
        "",
    ],
)
def test_expressions_that_are_refused(text):
    with pytest.raises(PlaybookError):
        value(text)


GOOD = """
playbook: good
summary: one
parameters: {n: {default: 3, range: [1, 5]}, far: {default: 0}}
values:
  level: sma(close, n)
setup:
  steps:
    - higher: close > level
  stop: {price: entry - 1, when: far > 0}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("summary: one", "sumary: one"),
        ("summary: one", "summary: one\nsummary: two"),
        ("playbook: good", "playbook: Good"),
        ("level:", "close:"),
        ("level:", "n:"),
        ("close > level", "close > later"),
        ("- higher: close > level", "- higher: {next: close > level}"),
        ("setup:", "filters: {late: close > 1}\nsetup:"),
        ("steps:", "window: [10:00]\n  steps:"),
        ("steps:", "entry: {at: 10:00, for: 3 bars}\n  steps:"),
        ("steps:", "target: entry + R\n  steps:"),
        ("steps:", "trail: {by: 1, to: 2}\n  steps:"),
        ("steps:", "targets: [{at: 1, share: 60%}, {at: 2, share: 50%}]\n  steps:"),
        ("setup:", "size: {risk: 100}\nsetup:"),
        ("setup:", "size: {risk: 1%}\nsetup:"),
        ("setup:", "size: {shares: 1, at-most: 10}\nsetup:"),
        ("setup:", "resolve: 3Min\nsetup:"),
        ("setup:", "journal: {trend_valid: higher}\nsetup:"),
        ("summary: one", "summary: &a one"),
        ("summary: one", "summary: !!str one"),
        ("setup:", "---\nsetup:"),
    ],
)
def test_files_that_are_refused(old, new):
    text = GOOD.replace(old, new) if old else GOOD
    if not old:
        assert load(text).given == {"n": 3, "far": 0, "slippage-bps": 0, "fee-per-share": 0, "shares": 20}
        return
    with pytest.raises(PlaybookError):
        load(text)


def test_json_is_the_same_file():
    text = """{"playbook": "good", "summary": "one", "parameters": {"n": {"default": 3, "range": [1, 5]}, "far": 0},
        "values": {"level": "sma(close, n)"}, "setup": {"steps": [{"higher": "close > level"}],
        "stop": {"price": "entry - 1", "when": "far > 0"}}, "limits": {"trades": 2}}"""
    assert load(text, {"n": "4"}).given == load(GOOD, {"n": "4"}).given
    assert load(text).trades == 2
    for wrong in ("2e0", "null", "true", '2, "trades": 3'):
        with pytest.raises(PlaybookError):
            load(text.replace('"trades": 2', f'"trades": {wrong}'))


def test_parameters_are_checked():
    assert load(GOOD, {"n": "5"}).given["n"] == 5
    for wrong in ({"n": "6"}, {"n": "1.5"}, {"n": "10:00"}, {"m": "1"}):
        with pytest.raises(PlaybookError):
            load(GOOD, wrong)
    for text in ("mon+mon", "noon", "24:30"):
        with pytest.raises(PlaybookError):
            parameter("x", text)


def test_orders_before_the_open_do_not_know_it():
    text = "playbook: a\nsummary: b\nfilters: {up: gap > 0}\nsetup: {entry: {at: %s}}\n"
    load(text % "01:00" + "market: 24x7\n")
    for time, allowed in (("session.start + 2m", True), ("09:30", False), ("session.end - 7h", False)):
        if allowed:
            load(text % time)
        else:
            with pytest.raises(PlaybookError):
                load(text % time)
