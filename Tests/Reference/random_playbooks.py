"""Random playbook files, valid by construction: `random_playbooks.py SEED` prints one.

They use every key and function of the language, also where a trader hardly would: functions of the entry and of steps,
averages of averages, conditions that are mostly unknown.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any, Optional

import yaml

FIELDS = ("open", "high", "low", "close", "hl2", "hlc3", "ohlc4")
AVERAGES = ("sma", "ema", "wma", "rma")
WINDOWS = ("highest", "lowest", "stdev", "sum")
CLOCKS = ("09:40", "10:00", "10:30", "11:00", "12:00", "13:30", "15:00")


class Maker:
    """Makes one playbook; `minutes` is the length of the source's bars."""

    def __init__(self, seed: int, minutes: int):
        self.rng = random.Random(seed)
        self.seed = seed
        self.source = minutes
        self.timeframe = self.rng.choice([2, 2, 4, 6, 10]) if minutes == 2 else self.rng.choice([1, 2, 2, 4, 5, 10])
        self.parameters: dict[str, Any] = {}
        self.values: dict[str, str] = {}
        self.known: list[str] = []
        """Values that filters know."""
        self.moving: list[str] = []
        self.truths: list[str] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, *choices: Any) -> Any:
        return self.rng.choice(choices)

    # Parameters

    def add_parameters(self) -> None:
        rng = self.rng
        everything = {
            "n": {"default": str(rng.randint(1, 9)), "range": ["1", "20"], "help": "a period"},
            "k": {"default": f"{rng.uniform(0.1, 3):.2f}", "range": ["0.0", "5"]},
            "x": f"{rng.randint(1, 60)}bps",
            "t": {"default": rng.choice(CLOCKS), "range": ["09:30", "15:59"]},
            "d": f"{self.timeframe * rng.randint(1, 12)}m",
            "on": rng.choice(["true", "false"]),
            "way": {"default": "a", "choices": ["a", "b"]},
            "days": "+".join(day for day in ("mon", "tue", "wed", "thu", "fri") if rng.random() < 0.8) or "mon",
        }
        for name, value in everything.items():
            if self.chance(0.6):
                self.parameters[name] = value

    def has(self, name: str) -> bool:
        return name in self.parameters

    def period(self, most: int = 12) -> str:
        if self.has("n") and self.chance(0.3):
            return self.pick("n", "n + 1", "2 * n")
        return str(self.rng.randint(1, most))

    def factor(self) -> str:
        return "k" if self.has("k") and self.chance(0.3) else f"{self.rng.uniform(0.1, 3):.2f}"

    # Numbers

    def session(self) -> str:
        """A price that filters know."""
        options = ["session.open", "prior.close", "prior.high", "prior.low", "prior.open", "daily.close", "daily.high[1]"]
        options += [f"daily.sma(close, {self.rng.randint(1, 6)})", f"daily.ema(hl2, {self.rng.randint(1, 4)})"]
        options += [f"daily.highest(high, {self.rng.randint(1, 5)})[{self.rng.randint(0, 2)}]", *self.known]
        options += ["premarket.high", "prior.close + daily.atr(3)"]
        return self.rng.choice(options)

    def price(self, depth: int = 2, dynamic: tuple[str, ...] = ()) -> str:
        """A price at a bar's close."""
        rng = self.rng
        kind = rng.randint(0, 15) if depth > 0 else rng.randint(0, 3)
        inner = lambda: self.price(depth - 1, dynamic)  # noqa: E731
        if dynamic and self.chance(0.25):
            return rng.choice(dynamic)
        match kind:
            case 0 | 1:
                return rng.choice(FIELDS)
            case 2:
                return rng.choice(["vwap", "session.high", "session.low", "session.open", f"close[{rng.randint(0, 5)}]"])
            case 3:
                return rng.choice(self.moving + self.known + ["close"])
            case 4:
                return f"{rng.choice(AVERAGES)}({inner()}, {self.period()})"
            case 5:
                return f"{rng.choice(('highest', 'lowest'))}({inner()}, {self.period(6)})"
            case 6:
                return self.pick(
                    f"keltner({self.period()}, {self.factor()}).{self.pick('upper', 'lower')}",
                    f"donchian({self.period()}).{self.pick('upper', 'lower')}",
                    f"supertrend({self.period()}, {self.factor()}).line",
                    f"pivot-high({self.rng.randint(1, 3)})", f"pivot-low({self.rng.randint(1, 3)})",
                )  # fmt: skip
            case 7:
                return f"bollinger({inner()}, {self.period()}, {self.factor()}).{self.pick('upper', 'mid', 'lower')}"
            case 8:
                length = f"{self.timeframe * rng.randint(1, 8)}m"
                return f"first({'d' if self.has('d') and self.chance(0.5) else length}).{rng.choice(FIELDS[:4])}"
            case 9:
                longer = self.timeframe * rng.randint(2, 6)
                part = self.pick("high", "low", "close", f"sma(close, {rng.randint(1, 4)})", f"ema(close, {rng.randint(1, 4)})")
                return f"bars({longer}Min).{part}" + self.pick("", "", "[1]")
            case 10:
                return f"({inner()} {self.pick('+', '-')} {self.factor()} * {self.pick('atr(3)', 'atr-wilder(4)', 'tr')})"
            case 11:
                return f"{self.pick('min', 'max')}({inner()}, {inner()})"
            case 12:
                return f"if({self.condition(depth - 1, dynamic)}, {inner()}, {inner()})"
            case 13:
                return f"round({inner()}, {self.pick('0.05', '0.1', '1')})"
            case 14:
                return f"same-time({rng.choice(FIELDS)}, {rng.randint(1, 3)})"
            case _:
                return self.session()

    def number(self, depth: int) -> tuple[str, str]:
        """A number that is no price, and one that it is compared with."""
        n = self.period()
        return self.pick(
            (f"rsi({self.rng.choice(FIELDS)}, {n})", self.pick("30", "50", "70")),
            (f"stochastic({n}, 2).{self.pick('k', 'd')}", self.pick("20", "50", "80")),
            (f"williams({n})", self.pick("-80", "-50", "-20")), (f"cci({n})", self.pick("-100", "0", "100")),
            (f"mfi({n})", self.pick("30", "50")), (f"adx({n})", self.pick("15", "25")),
            (f"dmi({n}).plus", f"dmi({n}).minus"), (f"macd(3, 6, 4).{self.pick('line', 'histogram')}", "0"),
            (f"supertrend({n}, 1.5).side", "0"), ("position", self.pick("0.3", "0.6")), ("gap", self.pick("0", "10bps")),
            ("volume", "sma(volume, 3)"), ("obv", "0"), (f"roc(close, {n})", self.pick("0", "5bps", "0.1%")),
            (f"change(close, {n})", "0"), (f"zscore(close, {n} + 1)", self.pick("-1", "0", "1")),
            (f"rank(close, {n})", "0.5"), (f"natr({n})", "0.001"), ("bar mod 7", self.pick("2", "3")),
            (f"count({self.condition(depth - 1)}, {self.period(5)})", "1"),
            (f"bars-since({self.condition(depth - 1)})", str(self.rng.randint(0, 6))), ("vwap-stdev", "0.1"),
            ("session.volume", "1000"), (f"stdev(close, {n})", "0.05"), (f"bollinger(close, {n}, 2).width", "0.002"),
            ("day mod 3", "1"), ("month", "11"), (f"sum(volume, {n})", "2000"),
        )  # fmt: skip

    def condition(self, depth: int = 2, dynamic: tuple[str, ...] = ()) -> str:
        rng = self.rng
        kind = rng.randint(0, 13) if depth > 0 else rng.randint(0, 3)
        compare = self.pick("<", "<=", ">", ">=", ">", "<", "!=")
        match kind:
            case 0 | 1 | 2:
                return f"{self.price(min(depth, 1), dynamic)} {compare} {self.price(min(depth, 1), dynamic)}"
            case 3:
                return self.pick("close > open", "close < open", "high > high[1]", "low < low[1]", *self.truths)
            case 4 | 5:
                number, other = self.number(depth)
                return f"{number} {compare} {other}"
            case 6:
                way = self.pick("above", "below")
                return f"{self.pick(*FIELDS, 'vwap', 'session.high', 'session.low')} crosses {way} {self.price(1, dynamic)}"
            case 7:
                return f"{self.price(1, dynamic)} between {self.price(1)} and {self.price(1)}"
            case 8:
                return f"({self.condition(depth - 1, dynamic)} {self.pick('and', 'or')} {self.condition(depth - 1, dynamic)})"
            case 9:
                return f"not {self.condition(0, dynamic)}"
            case 10:
                return f"time {compare} {self.time()}"
            case 11:
                return f"if({self.condition(0)}, {self.condition(0, dynamic)}, {self.condition(0)})"
            case 12:
                return f"({self.condition(0)}) {self.pick('=', '!=')} ({self.condition(0, dynamic)})"
            case _:
                options = ["weekday = mon", "weekday != fri"]
                options += ["weekday in days"] if self.has("days") else []
                options += ["on"] if self.has("on") else []
                options += ["way = a", "way != a"] if self.has("way") else []
                return f"({rng.choice(options)} or {self.condition(0, dynamic)})"

    def time(self) -> str:
        options = ["session.start + 30m", "session.end - 1h", self.rng.choice(CLOCKS)]
        return self.rng.choice(options + (["t"] if self.has("t") else []))

    def filter(self) -> str:
        options = [f"{self.session()} {self.pick('<', '>')} {self.session()}", "gap < 50bps", "abs(gap) < 5%"]
        options += ["weekday in days"] if self.has("days") else []
        return self.rng.choice(options + ["month != 2", "day mod 4 != 0", "not gap > 1%"])

    # Setups

    def setup(self, number: int, early: bool) -> dict[str, Any]:
        rng = self.rng
        side = self.pick("long", "long", "short")
        sign = "-" if side == "long" else "+"
        other = "+" if side == "long" else "-"
        setup: dict[str, Any] = {"name": f"s{number}", "side": side}
        names = [] if early else [f"step{i}" for i in range(rng.randint(1, 3))]
        if names:
            setup["steps"] = [self.step(i, names) for i in range(len(names))]
            if self.chance(0.5):
                setup["window"] = [self.pick("09:30", "session.start + 10m", "10:00"), self.pick("12:00", "14:30", "session.end")]
            if self.chance(0.3):
                setup["cancel"] = self.condition(1, self.fields(names))
        if self.chance(0.3):
            setup["trades"] = str(rng.randint(1, 2))
        setup["entry"] = self.entry(names, other)
        has_stop = self.chance(0.8)
        dynamic = ("entry", *self.fields(names))
        if has_stop:
            price = self.pick(
                f"entry {sign} {self.factor()} * atr(5)", f"entry {sign} 0.2%* entry", f"entry {sign} {self.factor()} * tr",
                "lowest(low, 5)" if side == "long" else "highest(high, 5)", self.price(1, dynamic),
            )  # fmt: skip
            setup["stop"] = {"price": price, "when": "on"} if self.has("on") and self.chance(0.2) else price
            if isinstance(setup["stop"], dict):
                has_stop = False
        risk = "R" if has_stop else f"({other}1 * atr(4))".replace("(+1", "(1")
        known = dynamic + (("entry + R", "entry - risk * side") if has_stop else ())
        if self.chance(0.4):
            setup["target"] = self.pick(f"entry + {self.factor()} * {risk}", f"entry {other} atr(6)", self.price(1, known))
        elif self.chance(0.4):
            setup["targets"] = [
                {"at": f"entry + 0.5 * {risk}", "share": self.pick("50%", "1 / 3", "0.25")},
                {"at": f"entry + {self.factor()} * {risk}", "share": self.pick("50%", "0.4")},
            ]
        live = (*known, "best", "worst", "entry + side * profit")
        if self.chance(0.35):
            setup["trail"] = {"by": self.pick("atr(3)", "2 * tr", "0.1% * entry")} if self.chance(0.6) else {
                "to": self.price(1, known)
            }
            if self.chance(0.5):
                setup["trail"]["after"] = f"entry + 0.5 * {risk}"
        if self.chance(0.3):
            setup["breakeven"] = {"to": self.pick("entry", self.price(0, live)), "after": f"entry + 0.5 * {risk}"}
        if self.chance(0.5):
            setup["exits"] = [{f"exit{i}": self.exit(names, known, live)} for i in range(rng.randint(1, 2))]
        return setup

    def fields(self, names: list[str]) -> tuple[str, ...]:
        return tuple(f"{name}.{field}" for name in names for field in ("high", "low", "close")) + tuple(
            f"since({name}).{field}" for name in names for field in ("high", "low")
        )

    def step(self, i: int, names: list[str]) -> dict[str, Any]:
        dynamic = self.fields(names[:i])
        when = self.condition(2, dynamic)
        if i > 0 and self.chance(0.3):
            return {names[i]: {"next": when}}
        if self.chance(0.5):
            return {names[i]: when}
        step: dict[str, Any] = {"when": when}
        if self.chance(0.4):
            step["quality"] = self.condition(1, dynamic)
        if i > 0 and self.chance(0.6):
            step["within"] = f"{self.rng.randint(1, 20)} bars"
            if self.chance(0.6):
                step["else"] = self.pick("restart", "stop")
        return {names[i]: step}

    def entry(self, names: list[str], away: str) -> Any:
        price = self.pick("close", "high" if away == "+" else "low", f"close {away} 0.2 * tr", self.price(1, self.fields(names)))
        if not names:
            price = self.pick("prior.high", "prior.close", "prior.close * 1.001", "daily.sma(close, 2)")
        kind = self.pick("market", "stop", "limit", "at")
        if kind == "market":
            return "market"
        if kind == "at":
            return {"at": self.pick("10:30", "session.start + 45m", "12:00")}
        entry = {kind: price}
        if self.chance(0.5):
            entry["for"] = f"{self.rng.randint(1, 15)} bars"
        if self.chance(0.4):
            entry["until"] = self.pick("14:00", "session.end - 30m", "session.start + 2h")
        return entry

    def exit(self, names: list[str], known: tuple[str, ...], live: tuple[str, ...]) -> Any:
        if self.chance(0.3):
            return {"after": f"{self.rng.randint(1, 40)} bars"}
        when = self.pick(
            self.condition(1, known), "profit < 0 and held > 3", "held >= 10", f"close < {self.rng.choice(live)}",
            f"best - close > atr(3) and {self.condition(0)}", f"count(close > entry, {self.rng.randint(1, 4)}) = 0",
            "close crosses below entry", "bars-since(close > entry) > 2", "ema(close - entry, 3) < 0",
        )  # fmt: skip
        return {"when": when, "share": self.pick("50%", "0.3")} if self.chance(0.3) else when

    # The file

    def make(self) -> dict[str, Any]:
        rng = self.rng
        self.add_parameters()
        for i in range(rng.randint(0, 4)):
            name = f"v{i}"
            match rng.randint(0, 5):
                case 0:
                    self.values[name] = self.session()
                    self.known.append(name)
                case 1:
                    self.values[name] = self.condition(1)
                    self.truths.append(name)
                case 2:
                    self.values[name] = self.pick("time - session.start", "30m + 1h")
                case 3:
                    self.values[name] = self.pick("time", "session.end - 90m")
                case _:
                    self.values[name] = self.price(2)
                    self.moving.append(name)
        file: dict[str, Any] = {"playbook": f"random-{self.seed}", "summary": "made at random", "timeframe": f"{self.timeframe}Min"}
        if self.parameters:
            file["parameters"] = self.parameters
        if self.values:
            file["values"] = self.values
        early = self.chance(0.15)
        if not early and self.chance(0.4):
            file["filters"] = {f"f{i}": self.filter() for i in range(rng.randint(1, 2))}
        elif early:
            file["filters"] = {"f0": "month != 1"}
        setups = [self.setup(0, early)] + [self.setup(i, False) for i in range(1, rng.choice([1, 1, 2, 3]))]
        file["setups"] = setups
        if self.chance(0.6):
            file["exit"] = self.pick("15:50", "session.end", "15:00", "session.end - 20m")
        stops = all("stop" in setup and not isinstance(setup["stop"], dict) for setup in setups)
        size = [{"shares": "20"}, {"shares": "7"}, {"notional": "5000"}, {"notional": "3000 + 10", "at-most": "2500"}]
        if stops:
            size += [{"risk": "50"}, {"risk": "1%", "capital": "8000", "at-most": "20000"}]
        file["size"] = rng.choice(size)
        limits: dict[str, str] = {"trades": str(rng.randint(1, 4))}
        if self.chance(0.3):
            limits["losses"] = "1"
        if self.chance(0.2):
            limits["loss"] = "5"
        if self.chance(0.3):
            limits["pause"] = str(rng.randint(1, 8))
        file["limits"] = limits
        finer = [m for m in (1, 2) if m >= self.source and m < self.timeframe and self.timeframe % m == 0]
        if finer and self.chance(0.3):
            file["resolve"] = f"{rng.choice(finer)}Min"
        return file

    def overrides(self) -> dict[str, str]:
        """Values of some parameters that are not the defaults."""
        given = {}
        if self.has("n") and self.chance(0.4):
            given["n"] = str(self.rng.randint(1, 6))
        if self.has("x") and self.chance(0.3):
            given["x"] = "0.5%"
        if self.chance(0.3):
            given["slippage-bps"] = "1.5"
        return given


def make(seed: int, minutes: int) -> tuple[str, dict[str, str]]:
    """A playbook as text, YAML or JSON, and parameters to run it with."""
    maker = Maker(seed, minutes)
    file = maker.make()
    text = json.dumps(file, indent=1) if seed % 3 == 0 else yaml.safe_dump(file, sort_keys=False, default_style='"', width=200)
    return text, maker.overrides()


def usable(seed: int, minutes: int) -> Optional[tuple[str, dict[str, str]]]:
    """The playbook of a seed where the reference can read it: names may turn out to be unknown where they stand."""
    from playbooks.equality import PlaybookError
    from playbooks.playbook import load

    text, given = make(seed, minutes)
    try:
        load(text, given)
    except PlaybookError:
        return None
    return text, given


if __name__ == "__main__":
    print(make(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2)[0])
