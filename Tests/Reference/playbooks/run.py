"""Playbook files over files of bars, and setups over bars made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Optional, Union

from .bars import SessionBar, bar_day, read_symbol
from .calendars import LOTS, clock_of, sessions_of
from .engine import Outcome, play
from .equality import Equality, PlaybookError
from .evaluate import Context
from .history import History
from .journal import Writer
from .plan import Costs, Day, Limits, Setup, Size, exit_time
from .playbook import Playbook, load

MIN_COMPLETENESS = 0.95


def read_history(folder: Union[str, Path], symbol: str, market: str = "XNYS", start: int = 0) -> History:
    """A symbol's bars in a folder: SYMBOL_2Min.csv or another length, and SYMBOL_1Day.csv, SYMBOL_splits.csv.

    `start` is when sessions of 24x7 start, in minutes of the UTC day.
    """
    minutes, bars, daily, splits = read_symbol(Path(folder), symbol)
    if not bars:
        raise PlaybookError(f"there are no bars of {symbol}")
    days = [bar_day(bars[0]), bar_day(bars[-1])] + [bar_day(bar) for bar in daily or ()]
    return History(market, sessions_of(market, min(days), max(days), start), minutes, bars, daily, splits)


def run(
    text: str,
    history: History,
    symbol: str,
    start: Union[date, str, None] = None,
    end: Union[date, str, None] = None,
    params: Optional[Mapping[str, Any]] = None,
    min_completeness: float = MIN_COMPLETENESS,
) -> list[dict[str, str]]:
    """The journal rows of a playbook on a symbol, for the sessions of the bars from `start` to `end`."""
    start_of_sessions = history.sessions[0].start if history.sessions else 0
    playbook = load(text, params, clock_of(history.market, start_of_sessions).counted)
    if playbook.market not in (None, history.market):
        raise PlaybookError(f"{playbook.name} is for {playbook.market}")
    first, last = as_date(start), as_date(end)
    rows: list[dict[str, str]] = []
    for number in history.coverage:
        day = history.days[number]
        if (first is None or first <= day) and (last is None or day <= last):
            rows += session_rows(playbook, history, symbol, number, min_completeness)
    return rows


def as_date(value: Union[date, str, None]) -> Optional[date]:
    return date.fromisoformat(value) if isinstance(value, str) else value


def session_rows(
    playbook: Playbook, history: History, symbol: str, number: int, min_completeness: float
) -> list[dict[str, str]]:
    """The rows of one session."""
    session = history.sessions[number]
    context = Context.of(history.as_of(session.day), playbook.timeframe, number)
    bars = history.session_with_finer(number, playbook.timeframe, playbook.resolve)
    completeness = history.completeness(number, playbook.timeframe)
    filters: dict[str, Optional[bool]] = {}
    writer = Writer(playbook, context, symbol, history.market, completeness, filters)
    first_setup = playbook.setups[0].plan
    if not bars:
        return [writer.no_bars(first_setup)]
    for name, expr in playbook.filters.items():
        filters[name] = context.once(expr)
        if filters[name] is not True:
            return [writer.not_entered(first_setup, f"filter:{name}", {}, {}, is_played=False)]
    asked = session.end - 5 if playbook.exit is None else context.once(playbook.exit)
    if asked is None:
        return [writer.not_entered(first_setup, "filter:exit", {}, {}, is_played=False)]
    day = day_of(playbook, history, context, bars, asked, min_completeness)
    outcome = play([one.bound(context) for one in playbook.setups], day)
    if outcome.trades:
        count = len(outcome.trades)
        return [writer.entered(trade, n, count) for n, trade in enumerate(outcome.trades, 1)]
    player = outcome.described
    steps, quality = player.latest.steps, player.latest.quality
    return [writer.not_entered(player.setup, player.no_trade, steps, quality, is_played=True)]


def day_of(
    playbook: Playbook,
    history: History,
    context: Context,
    bars: list[SessionBar],
    asked: float,
    min_completeness: float,
) -> Day:
    """What is fixed before the session's first bar opens."""
    session, text = context.session, playbook.size
    amount = context.once(text.amount)
    if text.capital is not None:
        capital = context.once(text.capital)
        amount = None if amount is None or capital is None else amount * capital
    at_most = None if text.at_most is None else context.once(text.at_most)
    step = LOTS[history.market] if text.step is None else text.step
    return Day(
        bars,
        session.start,
        session.end,
        exit_time(asked, session.end, session.early),
        Size(text.kind, amount, at_most, text.at_most is not None, step),
        Limits(playbook.trades, playbook.losses, playbook.loss, playbook.pause),
        Costs(playbook.given["slippage-bps"], playbook.given["fee-per-share"]),
        context.equality,
        min_completeness,
    )


Prices = Sequence[float]
"""Open, high, low, close and, where it matters, volume."""


def bars_of(
    prices: Sequence[Optional[Prices]], minutes: int = 2, start: int = 570, finer: int = 1, opens: int = 0
) -> list[SessionBar]:
    """A session's bars by their number since the open; None is a missing one.

    With `finer` above 1 the prices are those of bars of minutes / finer, of which the session's bars are made.
    `opens` is the instant of the session's open, in UTC minutes since 1970.
    """
    length = minutes // finer
    each = [
        SessionBar(opens + n * length, *price[:4], volume, n, start + n * length, start + (n + 1) * length)
        for n, price in enumerate(prices)
        if price is not None
        for volume in [price[4] if len(price) > 4 else 0.0]
    ]
    if finer == 1:
        return each
    result = []
    for number in sorted({bar.number // finer for bar in each}):
        part = [bar for bar in each if bar.number // finer == number]
        begin = number * minutes
        result.append(
            SessionBar(
                opens + begin, part[0].open, max(b.high for b in part), min(b.low for b in part), part[-1].close,
                sum(b.volume for b in part), number, start + begin, start + begin + minutes, fine=tuple(part),
            )  # fmt: skip
        )
    return result


def simulate(
    setups: Union[Setup, Sequence[Setup]],
    bars: Sequence[SessionBar],
    exit: float = 955,
    start: float = 570,
    end: float = 960,
    size: Optional[Size] = None,
    limits: Optional[Limits] = None,
    costs: Optional[Costs] = None,
    last_close: Optional[float] = None,
    min_completeness: float = MIN_COMPLETENESS,
) -> Outcome:
    """What setups written by hand make of one session's bars; times are minutes of the day.

    `last_close` is the last close before the session; the first open stands in for it, as everywhere.
    """
    price = last_close if last_close is not None else bars[0].open if bars else None
    day = Day(
        bars, start, end, min(exit, end), size or Size(), limits or Limits(), costs or Costs(),
        Equality.of_price(price), min_completeness,
    )  # fmt: skip
    return play([setups] if isinstance(setups, Setup) else list(setups), day)


def trade_facts(outcome: Outcome) -> list[dict[str, Any]]:
    """The trades of an outcome as plain values, for comparing with another implementation."""
    return [
        {
            "setup": trade.setup.name,
            "side": trade.setup.side,
            "entry": trade.entry,
            "index": trade.index,
            "at": trade.at,
            "lots": trade.lots,
            "stop": trade.initial_stop,
            "parts": [(part.lots, part.price, part.reason, part.index, part.at) for part in trade.parts],
            "ambiguous": trade.ambiguous,
            "mae": trade.mae,
            "mfe": trade.mfe,
            "gross": trade.gross,
            "net": trade.net,
        }
        for trade in outcome.trades
    ]
