"""Rows of the journal: the columns of its page, filled by what a session gave."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Optional

from .bars import SessionBar
from .calendars import DAY, Session
from .evaluate import Context
from .fills import Trade
from .parameters import clock_text, differences, number_text, value_text
from .plan import Setup
from .playbook import FILTER_COLUMNS, QUALITY_COLUMN, STEP_COLUMNS, VALUE_COLUMNS, Playbook

COLUMNS = [
    "trade_date", "trend_valid", "sma200_daily_at_open", "entry_window", "first_close_below_time",
    "reversal_candle_time", "reversal_strength_ok", "confirmation_candle_time", "entered", "entry_time_et",
    "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price", "stop_distance", "stop_price",
    "entry_bucket", "bars_since_open", "eod_exit_time", "eod_exit_price", "gross_pnl", "fees_slippage", "net_pnl",
    "risk_per_share", "R_multiple", "dist_to_ema_bps", "notes", "chart_link_entry", "symbol", "strategy", "params_id",
    "exit_reason", "mae", "mfe", "data_source", "data_id", "run_id", "mode", "trade_no", "trades", "side", "setup",
    "no_trade", "target_price", "exits", "ambiguous", "steps", "values", "entry_at", "exit_at", "market",
    "completeness", "params",
]  # fmt: skip

NOT_FILLED = ("notes", "chart_link_entry", "params_id", "data_source", "data_id", "run_id")
"""Columns that the pages do not determine, or that tell of the run and not of the bars."""


def truth_text(value: Optional[bool]) -> str:
    return "" if value is None else "true" if value else "false"


def time_text(bar: SessionBar) -> str:
    """When a bar opens, by the clock."""
    return clock_text(bar.minute % DAY)


def instant_text(minutes: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Writer:
    """Makes the rows of one session."""

    playbook: Playbook
    context: Context
    symbol: str
    market: str
    completeness: float
    filters: dict[str, Optional[bool]]
    """Those that were looked at."""

    @property
    def session(self) -> Session:
        return self.context.session

    @property
    def bars(self) -> list:
        return self.context.frame.bars[self.context.first : self.context.end]

    @property
    def decimals(self) -> int:
        """Of prices."""
        return 10 if self.bars and self.bars[0].open < 0.1 else 6

    def price(self, value: Optional[float]) -> str:
        return "" if value is None else number_text(value, self.decimals)

    def base(self, setup: Setup, trades: int, number: int) -> dict[str, str]:
        row = dict.fromkeys(COLUMNS, "")
        row |= {
            "trade_date": self.session.day.isoformat(),
            "entered": "false",
            "symbol": self.symbol,
            "strategy": self.playbook.name,
            "mode": "backtest",
            "trade_no": str(number),
            "trades": str(trades),
            "side": "long" if setup.side > 0 else "short",
            "setup": setup.name,
            "market": self.market,
            "completeness": number_text(self.completeness, 4),
            "params": differences(self.playbook.declared, self.playbook.given),
        }
        return row

    def no_bars(self, setup: Setup) -> dict[str, str]:
        return self.base(setup, 0, 1) | {"no_trade": "no-bars"}

    def not_entered(
        self, setup: Setup, why: str, steps: dict[str, int], quality: dict[str, bool], is_played: bool
    ) -> dict[str, str]:
        """The row of a session without a trade."""
        row = self.base(setup, 0, 1) | {"no_trade": why}
        known = {name: self.context.once(e) for name, e in self.playbook.values.items() if not e.varies}
        self.add_rules(row, setup, steps, quality, known, is_played)
        return row

    def add_rules(
        self,
        row: dict[str, str],
        setup: Setup,
        steps: dict[str, int],
        quality: dict[str, bool],
        values: dict[str, Any],
        is_played: bool,
    ) -> None:
        """The columns of filters, window, steps and values."""
        if is_played:
            bounds = setup.window or (self.session.start, self.session.end)
            if None not in bounds:
                row["entry_window"] = "-".join(clock_text(bound) for bound in bounds)
        clocks = {name: time_text(self.bars[i]) for name, i in steps.items()}
        row["steps"] = " ".join(f"{name}={clock}" for name, clock in clocks.items())
        texts = {
            name: value_text(value, self.playbook.values[name].kind, self.decimals)
            for name, value in values.items()
            if value is not None
        }
        row["values"] = " ".join(f"{name}={text}" for name, text in texts.items())
        for column, name in self.playbook.journal.items():
            if column in FILTER_COLUMNS and name in self.playbook.filters:
                row[column] = truth_text(self.filters.get(name))
            elif column in STEP_COLUMNS:
                row[column] = clocks.get(name, "")
            elif column in VALUE_COLUMNS:
                row[column] = texts.get(name, "")
            elif column == QUALITY_COLUMN:
                row[column] = truth_text(quality.get(name.removesuffix(".quality")))

    def entered(self, trade: Trade, number: int, trades: int) -> dict[str, str]:
        """The row of a trade."""
        setup, equality = trade.setup, self.context.equality
        row = self.base(setup, trades, number)
        decided = max(trade.steps.values()) if trade.steps else trade.index - 1
        values = {name: self.context.compile(expr)(decided) for name, expr in self.playbook.values.items()}
        self.add_rules(row, setup, trade.steps, trade.quality, values, is_played=True)
        bar, last = self.bars[trade.index], trade.parts[-1]
        bucket = math.floor(bar.minute % DAY / 10) * 10
        exit_price, stop = trade.exit_price, trade.initial_stop
        risk = None if stop is None else setup.side * trade.R
        multiple = None if stop is None else (exit_price - trade.entry) / trade.R
        row |= {
            "entered": "true",
            "entry_time_et": time_text(bar),
            "entry_price": self.price(trade.entry),
            "shares": number_text(trade.shares),
            "stop_distance": self.price(risk),
            "stop_price": self.price(stop),
            "entry_bucket": f"{clock_text(bucket)}-{clock_text(bucket + 10)}",
            "bars_since_open": str(bar.number),
            "eod_exit_time": time_text(self.bars[last.index]),
            "eod_exit_price": self.price(exit_price),
            "gross_pnl": number_text(trade.gross),
            "fees_slippage": number_text(trade.costs),
            "net_pnl": number_text(trade.net),
            "risk_per_share": self.price(risk),
            "R_multiple": "" if multiple is None else number_text(multiple),
            "exit_reason": last.reason,
            "mae": self.price(trade.mae),
            "mfe": self.price(trade.mfe),
            "target_price": self.price(trade.first_target),
            "exits": self.exits(trade),
            "ambiguous": truth_text(trade.ambiguous),
            "entry_at": instant_text(trade.at),
            "exit_at": instant_text(last.at),
        }
        journal = self.playbook.journal
        atr, ema = (values.get(journal.get(column, "")) for column in ("atr_14_2m_at_entry", "ema20_at_entry"))
        share = equality.divide(atr, trade.entry)
        distance = None if ema is None else equality.divide(trade.entry - ema, ema)
        row["atr_pct_of_price"] = "" if share is None else number_text(share)
        row["dist_to_ema_bps"] = "" if distance is None else number_text(distance * 10_000)
        return row

    def exits(self, trade: Trade) -> str:
        """Several exits, as fractions of the position."""
        if len(trade.parts) < 2:
            return ""
        return "; ".join(
            f"{number_text(part.lots / trade.lots)}@{self.price(part.price)} {part.reason} "
            f"{time_text(self.bars[part.index])}"
            for part in trade.parts
        )
