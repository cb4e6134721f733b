"""The fake of Alpaca's service is shaped like the real one: `alpaca-py` reads from it what the files say."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import random_market
from alpaca.common.exceptions import APIError
from alpaca.data.enums import Adjustment, CorporateActionsType, DataFeed
from alpaca.data.historical import StockHistoricalDataClient
from alpaca.data.historical.corporate_actions import CorporateActionsClient
from alpaca.data.requests import CorporateActionsRequest, StockBarsRequest
from alpaca.data.timeframe import TimeFrame, TimeFrameUnit
from alpaca.trading.client import TradingClient
from alpaca.trading.requests import GetCalendarRequest
from fake_alpaca import FakeAlpaca

TWO_MINUTES = TimeFrame(2, TimeFrameUnit.Minute)
START = datetime(2018, 8, 1)
END = datetime(2019, 8, 1)
NEW_YORK = ZoneInfo("America/New_York")

Stocks = Callable[..., StockHistoricalDataClient]


@pytest.fixture
def stocks(fake_alpaca: FakeAlpaca) -> Stocks:
    """A client of the fake service."""

    def make(**options) -> StockHistoricalDataClient:
        keys = {"api_key": fake_alpaca.key, "secret_key": fake_alpaca.secret} | options
        return StockHistoricalDataClient(**keys, url_override=fake_alpaca.url)

    return make


def in_file(folder: Path, name: str, first: str = "", last: str = "9") -> list[dict]:
    """The bars of a file from `first` to `last`, as the service names their fields."""
    with (folder / name).open(newline="") as file:
        return [
            {"t": start, "o": float(opening), "h": float(high), "l": float(low), "c": float(close), "v": int(volume)}
            for start, opening, high, low, close, volume in list(csv.reader(file))[1:]
            if first <= start <= last
        ]


def only_known(bars: list[dict]) -> list[dict]:
    """The bars without number of trades and average price, which are made up, but must be there."""
    return [{name: bar[name] for name in "tohlcv"} for bar in bars if bar["n"] > 0 and bar["vw"] > 0]


def test_all_pages_of_many_symbols(fake_alpaca: FakeAlpaca, stocks: Stocks, market: Path):
    request = StockBarsRequest(symbol_or_symbols=["NODAY", "BRK.B"], timeframe=TWO_MINUTES, start=START, end=END)
    bars = stocks(raw_data=True).get_stock_bars(request)
    expected = {symbol: in_file(market, f"{symbol}_2Min.csv") for symbol in ("BRK.B", "NODAY")}
    assert {symbol: only_known(found) for symbol, found in bars.items()} == expected
    pages = -(-sum(map(len, expected.values())) // 10_000)
    assert pages > 5 and len(expected["BRK.B"]) % 10_000 != 0, "a page must hold two symbols"
    assert fake_alpaca.count("/v2/stocks/bars") == pages
    assert fake_alpaca.connections == 1


def test_a_daily_file(stocks: Stocks, market: Path):
    request = StockBarsRequest(
        symbol_or_symbols="UPPR", timeframe=TimeFrame.Day, start=datetime(2017, 1, 1), end=END,
        adjustment=Adjustment.RAW,
    )  # fmt: skip
    bars = stocks(raw_data=True).get_stock_bars(request)
    assert only_known(bars["UPPR"]) == in_file(market, "UPPR_1Day.csv")


def test_models_and_data_frame(stocks: Stocks, market: Path):
    start, end = datetime(2018, 9, 13, 13, 30, tzinfo=timezone.utc), datetime(2018, 9, 14, 20, tzinfo=timezone.utc)
    request = StockBarsRequest(
        symbol_or_symbols=["SPLT", "UPPR"], timeframe=TimeFrame.Minute, start=start, end=end, feed=DataFeed.IEX
    )
    bars = stocks().get_stock_bars(request)
    span = (f"{start:%FT%TZ}", f"{end:%FT%TZ}")
    expected = {symbol: in_file(market, f"{symbol}_1Min.csv", *span) for symbol in ("SPLT", "UPPR")}
    assert min(map(len, expected.values())) > 500
    for symbol, rows in expected.items():
        found = [
            {
                "t": f"{bar.timestamp:%Y-%m-%dT%H:%M:%SZ}", "o": bar.open, "h": bar.high, "l": bar.low,
                "c": bar.close, "v": bar.volume,
            }
            for bar in bars[symbol]
        ]  # fmt: skip
        assert found == rows
    frame = bars.df
    assert frame.index.names == ["symbol", "timestamp"]
    assert frame.loc["SPLT", "close"].tolist() == [bar["c"] for bar in expected["SPLT"]]


@pytest.mark.parametrize("limit", [1, 10_001])
def test_a_limit_over_all_pages(stocks: Stocks, market: Path, limit: int):
    request = StockBarsRequest(symbol_or_symbols="NODAY", timeframe=TWO_MINUTES, start=START, end=END, limit=limit)
    bars = stocks(raw_data=True).get_stock_bars(request)
    assert only_known(bars["NODAY"]) == in_file(market, "NODAY_2Min.csv")[:limit]


def test_adjusted_for_splits(stocks: Stocks, market: Path):
    request = StockBarsRequest(
        symbol_or_symbols="SPLT", timeframe=TimeFrame.Day, start=START, end=END, adjustment=Adjustment.SPLIT
    )
    found = only_known(stocks(raw_data=True).get_stock_bars(request)["SPLT"])
    raw = in_file(market, "SPLT_1Day.csv", f"{START:%F}")
    assert len(found) == len(raw)
    ratios = set()
    for bar, given in zip(found, raw):
        ratio = 1.0
        for day, by in random_market.SPLITS:
            ratio *= by if str(day) > given["t"][:10] else 1
        ratios.add(round(ratio, 6))
        for name in "ohlc":
            # Each split rounds to a hundredth of a cent.
            assert bar[name] == pytest.approx(given[name] / ratio, abs=2e-3)
        assert bar["v"] == pytest.approx(given["v"] * ratio, abs=8 * max(1.0, ratio))
    assert len(ratios) == 8, "every split in these bars, and the one after them"


def test_symbols_without_bars(stocks: Stocks):
    symbols = ["NODAY", "NONE"]
    request = StockBarsRequest(symbol_or_symbols=symbols, timeframe=TWO_MINUTES, start=START, end=END, limit=3)
    assert list(stocks(raw_data=True).get_stock_bars(request)) == ["NODAY"]


def test_refusals_are_api_errors(stocks: Stocks, fake_alpaca: FakeAlpaca):
    request = StockBarsRequest(symbol_or_symbols="NODAY", timeframe=TWO_MINUTES, start=END, end=START)
    with pytest.raises(APIError, match="end should not be before start") as refused:
        stocks().get_stock_bars(request)
    assert refused.value.status_code == 400
    with pytest.raises(APIError) as refused:
        stocks(secret_key="wrong").get_stock_bars(request)
    assert refused.value.status_code == 401


def test_the_client_tries_again_after_429(fake_alpaca: FakeAlpaca, stocks: Stocks, market: Path):
    fake_alpaca.faults.add("429", times=1)
    client = stocks(raw_data=True)
    client._retry_wait = 0.01
    request = StockBarsRequest(symbol_or_symbols="NODAY", timeframe=TWO_MINUTES, start=START, end=END, limit=5)
    assert only_known(client.get_stock_bars(request)["NODAY"]) == in_file(market, "NODAY_2Min.csv")[:5]
    assert [entry["status"] for entry in fake_alpaca.requests] == [429, 200]


def test_calendar(fake_alpaca: FakeAlpaca):
    client = TradingClient(fake_alpaca.key, fake_alpaca.secret, paper=True, url_override=fake_alpaca.url)
    first, last = date(2018, 7, 1), date(2019, 12, 31)
    found = client.get_calendar(GetCalendarRequest(start=first, end=last))
    expected = []
    for day, opening, length in random_market.sessions(first, last):
        start = datetime.fromtimestamp(opening, NEW_YORK).replace(tzinfo=None)
        expected.append((day, start, start + timedelta(minutes=length)))
    assert [(one.date, one.open, one.close) for one in found] == expected


def test_clock(fake_alpaca: FakeAlpaca):
    client = TradingClient(fake_alpaca.key, fake_alpaca.secret, paper=True, url_override=fake_alpaca.url)
    fake_alpaca.set_now("2018-11-23T15:00:00Z")  # an early close
    clock = client.get_clock()
    assert clock.is_open and clock.timestamp == datetime(2018, 11, 23, 15, tzinfo=timezone.utc)
    assert clock.next_close == datetime(2018, 11, 23, 18, tzinfo=timezone.utc)
    assert clock.next_open == datetime(2018, 11, 26, 14, 30, tzinfo=timezone.utc)
    fake_alpaca.set_now("2018-11-23T18:00:00Z")
    assert not client.get_clock().is_open


@pytest.mark.parametrize("limit", [1000, 2])
def test_corporate_actions(fake_alpaca: FakeAlpaca, limit: int, monkeypatch: pytest.MonkeyPatch):
    client = CorporateActionsClient(fake_alpaca.key, fake_alpaca.secret, url_override=fake_alpaca.url)
    if limit < 1000:  # the client would stop at a limit of its own
        whole = client.get

        def paged(path, data, **options):
            return whole(path, {**data, "limit": limit}, **options)

        monkeypatch.setattr(client, "get", paged)
    request = CorporateActionsRequest(
        symbols=["SPLT"], types=[CorporateActionsType.FORWARD_SPLIT, CorporateActionsType.REVERSE_SPLIT],
        start=date(2018, 1, 1), end=date(2024, 12, 31),
    )  # fmt: skip
    found = client.get_corporate_actions(request)
    splits = {
        (one.symbol, one.ex_date): Fraction(one.new_rate) / Fraction(one.old_rate)
        for kind in ("forward_splits", "reverse_splits")
        for one in found[kind]
    }
    expected = {("SPLT", day): ratio for day, ratio in random_market.SPLITS if day.year >= 2018}
    assert splits == {key: Fraction(str(ratio)) for key, ratio in expected.items()}
    assert [one.new_rate < one.old_rate for one in found["reverse_splits"]] == [True] * 3
    assert fake_alpaca.count("/v1/corporate-actions") == -(-len(expected) // limit)
