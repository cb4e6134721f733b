"""The reference of playbook files: the functions with a memory, on bars by hand."""

import pytest
import support  # noqa: F401  (it makes Tests/Reference importable)
from playbooks.bars import SessionBar
from playbooks.equality import Equality
from playbooks.evaluate import Scope
from playbooks.functions import Row
from playbooks.indicators import indicator


def row_of(prices, needed=0):
    """Bars of (high, low, close, volume) of one session."""
    bars = [
        SessionBar(n, close, high, low, close, volume, n, n, n + 1)
        for n, (high, low, close, volume) in enumerate(prices)
    ]
    return Row(bars, needed, Equality(min(1, prices[0][2])))


def values(row, name, numbers, output=None, xs=()):
    series = indicator(row, name, [row.price(x) for x in xs], numbers, output, dynamic=False)(0)
    return [series(i, Scope()) for i in range(len(row.bars))]


def test_directional_movement():
    row = row_of([(10, 9, 9.5, 1), (11, 9, 10, 1), (11.5, 8, 8.5, 1), (12, 8.5, 12, 1)])
    # The rises of the highs are 1, 0.5, 0.5 and the falls of the lows 0, 1, -0.5; so plus 1, 0, 0.5, minus 0, 1, 0.
    # True ranges 1, 2, 3.5, 3.5. With n = 2: plus 1, 0.5, 0.5, minus 0, 0.5, 0.25, ranges 1, 1.5, 2.5, 3.
    assert values(row, "dmi", (2,), "plus") == [None, *map(pytest.approx, (100 / 1.5, 20, 50 / 3))]
    assert values(row, "dmi", (2,), "minus") == [None, 0, *map(pytest.approx, (20, 25 / 3))]
    # 100 x |plus - minus| / (plus + minus): 100, 0, 100 / 3; averaged 100, 50, 41.67.
    assert values(row, "adx", (2,)) == [None, 100, *map(pytest.approx, (50, 125 / 3))]


def test_a_move_that_equals_the_other_counts_for_neither():
    row = row_of([(10.1, 9.9, 10, 1), (10.1 + 0.2, 9.9 - 0.2, 10, 1)])
    assert values(row, "dmi", (1,), "plus") == values(row, "dmi", (1,), "minus") == [None, 0]
    assert values(row, "adx", (1,)) == [None, None]


def test_money_flow():
    # Typical prices 10, 11, 11, 9: up 11 x 2, unchanged, down 9 x 4.
    row = row_of([(10, 10, 10, 1), (11, 11, 11, 2), (11, 11, 11, 3), (9, 9, 9, 4)])
    assert values(row, "mfi", (2,)) == [None, None, 100, 0]
    assert values(row, "mfi", (3,))[3] == pytest.approx(100 * 22 / 58)
    assert values(row, "mfi", (1,)) == [None, 100, None, 0]


def test_supertrend():
    # Every true range is 2 and the bands hl2 -+ 2 until the fall: a low far away widens the range.
    prices = [(11, 9, 10, 1), (12, 10, 11, 1), (11, 9, 10, 1), (10, 8, 8.5, 1), (9, 7, 8, 1), (14, 12, 13, 1)]
    row = row_of(prices)
    # Lower bands: 8, 9, 9 (7 would loosen it), 9 (7 likewise): the close of 8.5 turns it.
    # Upper bands: 12, 12 (13 would loosen it), 12, 11, 10; the close of 13 is above: it turns again.
    assert values(row, "supertrend", (1, 1), "side") == [1, 1, 1, -1, -1, 1]
    # After the close of 8.5, below the band of 9, the lower band starts anew at 6. The last true range is 14 - 8 = 6:
    # the lower band is 13 - 6 = 7, which tightens it.
    assert values(row, "supertrend", (1, 1), "line") == [8, 9, 9, 11, 10, 7]


def test_pivots_are_known_later_and_equal_highs_are_none():
    highs = [10, 12, 11, 13, 13, 11, 14, 10, 9]
    row = row_of([(high, high - 1, high - 0.5, 1) for high in highs])
    assert values(row, "pivot-high", (1,)) == [None, None, 12, 12, 12, 12, 12, 14, 14]
    assert values(row, "pivot-high", (2,)) == [None] * 8 + [14]
    assert values(row, "pivot-low", (1,)) == [None] * 3 + [10] * 6


def test_rsi_of_a_price_that_stands_still_is_unknown():
    row = row_of([(1, 1, 1, 1)] * 4)
    assert values(row, "rsi", (2,), xs=["close"]) == [None] * 4


def test_rank_counts_equals():
    row = row_of([(1, 1, close, 1) for close in (0.3, 0.1 + 0.2, 0.5, 0.3)])
    assert values(row, "rank", (4,), xs=["close"]) == [None, None, None, 0.75]
