"""Each function of the contract by its name, made of what a row of bars can do."""

from __future__ import annotations

import math
from typing import Any, Optional

from .functions import Maker, Row, Series, mean, stdev, warm_up, weighted


def indicator(row: Row, name: str, xs: list[Maker], numbers: tuple, output: Optional[str], dynamic: bool) -> Maker:
    """The maker of a function's series, or of one of its fields."""
    equality, price = row.equality, row.price
    n = numbers[0] if numbers else 0

    def ema(x: Maker, period: int) -> Maker:
        return row.recursive(x, 2 / (period + 1), dynamic)

    def rma(x: Maker, period: int) -> Maker:
        return row.recursive(x, 1 / period, dynamic)

    def highest(field: str) -> Maker:
        return row.over(price(field), n, max)

    def lowest(field: str) -> Maker:
        return row.over(price(field), n, min)

    def change(x: Maker, bars: int) -> Maker:
        return row.apply(lambda now, then: now - then, x, row.before(x, bars))

    match name:
        case "sma":
            return row.over(xs[0], n, mean)
        case "wma":
            return row.over(xs[0], n, weighted)
        case "sum":
            return row.over(xs[0], n, math.fsum)
        case "highest":
            return row.over(xs[0], n, max)
        case "lowest":
            return row.over(xs[0], n, min)
        case "stdev":
            return row.over(xs[0], n, stdev)
        case "count":
            return row.over(xs[0], n, lambda values: float(sum(values)))
        case "ema":
            return ema(xs[0], n)
        case "rma":
            return rma(xs[0], n)
        case "change" | "roc":
            # The two ends count, and of daily bars the age of the earlier one.
            ends = xs[0], row.aged(row.before(xs[0], n), n + 1)
            if name == "change":
                return row.apply(lambda now, then: now - then, *ends)
            return row.apply(lambda ratio: ratio - 1, row.divided(*ends))
        case "zscore":
            return row.over(xs[0], n, lambda values: equality.divide(values[-1] - mean(values), stdev(values)))
        case "rank":
            return row.over(xs[0], n, lambda values: sum(equality.at_most(v, values[-1]) for v in values) / n)
        case "atr":
            return ema(row.true_range(), n)
        case "atr-wilder":
            return rma(row.true_range(), n)
        case "natr":
            return row.divided(ema(row.true_range(), n), price("close"))
        case "keltner":
            sign = 1 if output == "upper" else -1
            bands = ema(price("close"), n), ema(row.true_range(), n)
            return row.apply(lambda middle, width: middle + sign * numbers[1] * width, *bands)
        case "bollinger":
            return row.over(xs[0], n, lambda values: bollinger(values, numbers[1], output, equality))
        case "donchian":
            return highest("high") if output == "upper" else lowest("low")
        case "rsi":
            moves = change(xs[0], 1)
            rises = rma(row.apply(lambda move: max(move, 0.0), moves), n)
            falls = rma(row.apply(lambda move: max(-move, 0.0), moves), n)
            return row.apply(lambda g, l: times(100, equality.divide(g, g + l)), rises, falls)
        case "stochastic":
            k = row.apply(
                lambda close, low, high: times(100, equality.divide(close - low, high - low)),
                price("close"), lowest("low"), highest("high"),
            )  # fmt: skip
            return k if output == "k" else row.over(k, numbers[1], mean)
        case "williams":
            return row.apply(
                lambda close, low, high: times(-100, equality.divide(high - close, high - low)),
                price("close"), lowest("low"), highest("high"),
            )  # fmt: skip
        case "cci":
            return row.over(price("hlc3"), n, lambda values: cci(values, equality))
        case "mfi":
            return mfi(row, n)
        case "macd":
            fast, slow, signal = numbers
            line = row.apply(lambda a, b: a - b, ema(price("close"), fast), ema(price("close"), slow))
            average = ema(line, signal)
            both = row.apply(lambda a, b: a - b, line, average)
            return {"line": line, "signal": average, "histogram": both}[output or ""]
        case "dmi":
            return directional(row, n, output == "plus")
        case "adx":
            plus, minus = directional(row, n, True), directional(row, n, False)
            return rma(row.apply(lambda p, m: times(100, equality.divide(abs(p - m), p + m)), plus, minus), n)
        case "supertrend":
            return supertrend(row, n, numbers[1], output or "")
        case "pivot-high" | "pivot-low":
            return pivot(row, n, name == "pivot-high")
    raise AssertionError(name)


def times(factor: float, value: Optional[float]) -> Optional[float]:
    return None if value is None else factor * value


def bollinger(values: list[float], k: float, output: Optional[str], equality) -> Optional[float]:
    middle, width = mean(values), k * stdev(values)
    if output == "width":
        return equality.divide((middle + width) - (middle - width), middle)
    return {"upper": middle + width, "mid": middle, "lower": middle - width}[output or ""]


def cci(values: list[float], equality) -> Optional[float]:
    middle = mean(values)
    return equality.divide(values[-1] - middle, 0.015 * mean([abs(value - middle) for value in values]))


def mfi(row: Row, n: int) -> Maker:
    """Of the money that moved, the share that moved up, in percent."""
    hlc3, volume, equality = row.price("hlc3"), row.price("volume"), row.equality

    def flow(now: float, then: float, shares: float) -> tuple[float, float]:
        if equality.equal(now, then):
            return 0.0, 0.0
        return (now * shares if now > then else 0.0), now * shares

    def share(flows: list[tuple[float, float]]) -> Optional[float]:
        up, all_ = math.fsum(one[0] for one in flows), math.fsum(one[1] for one in flows)
        return times(100, equality.divide(up, all_))

    return row.over(row.apply(flow, hlc3, row.before(hlc3, 1), volume), n, share)


def directional(row: Row, n: int, is_plus: bool) -> Maker:
    """100 x rma of the directional moves / rma of the true range."""
    high, low, equality = row.price("high"), row.price("low"), row.equality

    def move(high_now: float, high_then: float, low_now: float, low_then: float) -> float:
        up, down = high_now - high_then, low_then - low_now
        this, other = (up, down) if is_plus else (down, up)
        return this if equality.above(this, other) and equality.above(this, 0.0) else 0.0

    moves = row.apply(move, high, row.before(high, 1), low, row.before(low, 1))
    averages = row.recursive(moves, 1 / n), row.recursive(row.true_range(), 1 / n)
    return row.apply(lambda m, t: times(100, row.equality.divide(m, t)), *averages)


def supertrend(row: Row, n: int, k: float, output: str) -> Maker:
    """hl2 -+ k x atr-wilder(n): the band of the side, and the side."""

    def made(back: int) -> Series:
        equality = row.equality
        ahead = warm_up(1 / n)
        start = max(0, row.needed - back - ahead)
        width = row.recursive(row.true_range(), 1 / n)(back + ahead)
        kept: list[tuple[float, float, int]] = []

        def at(i: int, scope: Any) -> Optional[float]:
            while start + len(kept) <= i:
                j = start + len(kept)
                bar = row.bars[j]
                middle, reach = (bar.high + bar.low) / 2, k * width(j, scope)
                lower, upper, side = middle - reach, middle + reach, 1
                if kept:
                    last_lower, last_upper, side = kept[-1]
                    before = row.bars[j - 1].close
                    lower = lower if equality.below(before, last_lower) else max(lower, last_lower)
                    upper = upper if equality.above(before, last_upper) else min(upper, last_upper)
                    if side == 1 and equality.below(bar.close, lower):
                        side = -1
                    elif side == -1 and equality.above(bar.close, upper):
                        side = 1
                kept.append((lower, upper, side))
            if i < start:
                return None
            lower, upper, side = kept[i - start]
            return float(side) if output == "side" else (lower if side == 1 else upper)

        return at

    return made


def pivot(row: Row, n: int, is_high: bool) -> Maker:
    """The latest high above the n before and the n after it, or low below them, over 52 n bars before the first needed."""
    equality = row.equality

    def is_pivot(j: int) -> bool:
        around = [*range(j - n, j), *range(j + 1, j + n + 1)]
        if is_high:
            return all(equality.above(row.bars[j].high, row.bars[m].high) for m in around)
        return all(equality.below(row.bars[j].low, row.bars[m].low) for m in around)

    def made(back: int) -> Series:
        start = max(0, row.needed - back - 52 * n)
        kept: list[Optional[float]] = []

        def at(i: int, scope: Any) -> Optional[float]:
            while start + len(kept) <= i:
                j = start + len(kept) - n
                if j - n >= start and is_pivot(j):
                    kept.append(row.bars[j].high if is_high else row.bars[j].low)
                else:
                    kept.append(kept[-1] if kept else None)
            return kept[i - start] if i >= start else None

        return at

    return made
