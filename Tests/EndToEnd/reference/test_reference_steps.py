"""The reference of playbook files: how steps follow each other, what ends an attempt, when orders lapse."""

import random
from collections import Counter

import pytest
import support  # noqa: F401  (it makes Tests/Reference importable)
from playbooks.plan import Breakeven, Entry, Exit, Limits, Setup, Size, Step, Target, Trail
from playbooks.run import bars_of, simulate

QUIET = (100, 100.5, 99.5, 100)


def at(*indices):
    """A condition that holds at some bars."""
    return lambda i, scope: i in indices


def played(setup, count=12, missing=(), **options):
    bars = bars_of([None if n in missing else QUIET for n in range(count)])
    return simulate(setup, bars, **options)


def attempt(setup, count=12, **options):
    """The steps and the end of the latest attempt of the one setup."""
    (player,) = played(setup, count, **options).players
    return player.latest.steps, player.no_trade


def test_steps_come_one_a_bar_and_the_order_fills_in_the_bar_after():
    setup = Setup(steps=[Step("a", at(1, 2)), Step("b", at(1, 2, 5)), Step("c", True)])
    (trade,) = played(setup).trades
    assert trade.steps == {"a": 1, "b": 2, "c": 3}
    assert trade.index == 4


def test_a_bar_outside_the_window_satisfies_no_step():
    # 09:32 to 09:36 are the bars 1, 2 and 3.
    setup = Setup(window=(572, 576), steps=[Step("a", at(0, 2)), Step("b", at(4, 6))])
    assert attempt(setup) == ({"a": 2}, "step:b")
    assert attempt(Setup(window=(572, None), steps=[Step("a")])) == ({}, "step:a")


def test_within_counts_the_bars_that_exist():
    late = Setup(steps=[Step("a", at(1)), Step("b", at(3), within=2), Step("c", at(9))])
    assert attempt(late, 9) == ({"a": 1, "b": 3}, "step:c")
    assert attempt(Setup(steps=[Step("a", at(1)), Step("b", at(4), within=2)])) == ({"a": 1}, "step:b")


def test_else_stop_and_restart():
    steps = [Step("a", at(1, 2, 4)), Step("b", at(5), within=1)]
    assert attempt(Setup(steps=steps)) == ({"a": 1}, "step:b")
    # The bar that failed, 2, is not tested as step 1; the next attempt begins at 4, and b holds at 5.
    (trade,) = played(Setup(steps=[steps[0], Step("b", at(5), within=1, restart=True)])).trades
    assert (trade.steps, trade.index) == ({"a": 4, "b": 5}, 6)


def test_a_window_that_ends_fails_the_next_step():
    setup = Setup(window=(570, 572), steps=[Step("a", at(1)), Step("b", True, within=1)])
    assert attempt(setup) == ({"a": 1}, "step:b")


def test_quality_is_recorded():
    setup = Setup(steps=[Step("a", at(1, 2, 3), at(3), has_quality=True), Step("b", at(5, 6), at(), has_quality=True)])
    (player,) = played(setup).players
    assert player.latest.steps == {"a": 3}
    assert player.latest.quality == {"a": True, "b": False}
    (player,) = played(Setup(steps=[Step("a", at(1), at(), has_quality=True)])).players
    assert (player.latest.steps, player.latest.quality) == ({}, {"a": False})
    (player,) = played(Setup(steps=[Step("a", at(), at(), has_quality=True)])).players
    assert player.latest.quality == {}


def test_cancel_starts_over_from_the_next_bar_on():
    setup = Setup(steps=[Step("a", at(1, 3, 5)), Step("b", at(9))], cancel=at(1, 3), has_cancel=True)
    # Not at bar 1, where step 1 holds; at bar 3 the attempt ends and the bar is not tested; at 5 another begins.
    assert attempt(setup, 9) == ({"a": 5}, "step:b")
    setup = Setup(steps=[Step("a", at(1)), Step("b", at(9))], cancel=at(3), has_cancel=True)
    assert attempt(setup) == ({"a": 1}, "cancelled")


def test_cancel_withdraws_an_open_order():
    entry = Entry("stop", 101)
    setup = Setup(steps=[Step("a", at(1))], entry=entry, cancel=at(2), has_cancel=True)
    assert attempt(setup) == ({"a": 1}, "cancelled")
    assert attempt(Setup(entry=entry, cancel=at(0), has_cancel=True)) == ({}, "cancelled")


def test_an_order_lapses_after_its_bars_and_the_setup_starts_over():
    setup = Setup(steps=[Step("a")], entry=Entry("stop", 101, bars=2))
    starts = []
    setup.steps[0].when = lambda i, scope: starts.append(i) or True
    # Ordered at 0, open in 1 and 2; the bar after the second is tested.
    assert attempt(setup)[1] == "expired"
    assert starts == [0, 3, 6, 9]


def test_an_order_lapses_at_a_time_and_the_setup_starts_over_with_that_bar():
    starts = []
    # 09:34 is the bar 2: it cannot fill, and is tested.
    entry = Entry("stop", 100.5, until=lambda i, scope: 574 if i == 0 else 999, has_until=True)
    setup = Setup(steps=[Step("a", lambda i, scope: starts.append(i) or i in (0, 4))], entry=entry)
    bars = [(100, 100.4, 99, 100)] * 2 + [(100, 101, 99, 100)] + [(100, 100.4, 99, 100)] * 3
    outcome = simulate(setup, bars_of(bars))
    assert outcome.trades == []
    assert starts == [0, 2, 3, 4]


def test_a_fill_withdraws_all_other_orders_and_all_start_over_after_the_trade():
    first = Setup(name="first", steps=[Step("a", at(1, 4))], stop=99.5, has_stop=True)
    once = Setup(name="once", entry=Entry("stop", 101))
    other = Setup(name="other", steps=[Step("b", at(1)), Step("c", at(3))])
    outcome = played([first, once, other], limits=Limits(trades=None))
    # The first trade enters and is stopped out in bar 2; the attempt of `other` is gone, so that c at 3 is nothing.
    assert [(t.setup.name, t.index) for t in outcome.trades] == [("first", 2), ("first", 5)]
    assert outcome.players[1].is_over


def test_too_few_bars_refuse_an_order_at_its_decision():
    setup = Setup(steps=[Step("a", at(8))])
    # The ninth bar there is is number 10: 9 of 11 due, two are missing.
    assert attempt(setup, missing=(2, 3)) == ({"a": 8}, "refused:bars")
    # One missing is never too few, and what is missing later changes nothing.
    (trade,) = played(setup, missing=(2,)).trades
    assert trade.index == 9
    assert len(played(Setup(steps=[Step("a", at(4))]), missing=(7, 8, 9)).trades) == 1
    assert len(played(setup, missing=(2, 3), min_completeness=0.8).trades) == 1


def test_too_few_bars_of_an_order_at_a_time_are_judged_at_the_fill():
    # 09:50 is number 10. Before it 0 to 5 exist, and what is missing between counts not.
    late = Setup(entry=Entry("at", 590))
    assert len(played(late, 14, missing=(6, 7, 8, 9)).trades) == 1
    assert attempt(late, 14, missing=(1, 2, 3)) == ({}, "refused:bars")
    assert len(played(Setup(), 14, missing=(0, 1, 2)).trades) == 1


def test_an_order_at_a_time_after_steps_may_be_refused_long_after():
    setup = Setup(steps=[Step("a", at(1))], entry=Entry("at", 590))
    (trade,) = played(setup, 14).trades
    assert trade.index == 10
    assert attempt(setup, 14, missing=(4, 5)) == ({"a": 1}, "refused:bars")
    assert attempt(setup, 8) == ({"a": 1}, "expired")


def test_a_row_describes_the_setup_that_got_furthest():
    none = Setup(name="none", steps=[Step("a", at())])
    one = Setup(name="one", steps=[Step("a", at(1)), Step("b", at())])
    also = Setup(name="also", steps=[Step("a", at(2)), Step("b", at())])
    assert played([none, also, one]).described.setup.name == "also"
    assert played([none, Setup(name="no-steps", entry=Entry("stop", 200))]).described.setup.name == "none"


@pytest.mark.parametrize("price", [None, 200])
def test_a_setup_is_over_after_a_refusal(price):
    setup = Setup(steps=[Step("a")], stop=price, has_stop=True)
    (player,) = played(setup).players
    assert (player.latest.steps, player.is_over, player.no_trade) == ({"a": 0}, True, "refused:stop")


def random_setup(draw, name):
    """Any parts at all, with prices near 100."""

    def near(reach):
        return 100 + draw.randint(-reach, reach) / 10

    side = draw.choice((1, -1))
    steps = [Step(f"s{n}", at(*draw.sample(range(40), 12))) for n in range(draw.randint(0, 2))]
    for step in steps[1:]:
        step.within = draw.choice((None, 3))
    kind = draw.choice(("market", "stop", "limit", "at"))
    price = draw.randint(570, 640) if kind == "at" else near(8)
    shares = draw.choice(([], [1.0], [0.5, 0.5], [0.3, 0.3]))
    return Setup(
        name, side, steps=steps, entry=Entry(kind, price, bars=draw.choice((None, 4))),
        stop=lambda i, scope: scope.entry - side * 0.7, has_stop=draw.random() < 0.8,
        targets=[Target(lambda i, scope, n=n: scope.entry + side * (0.5 + n), share) for n, share in enumerate(shares)],
        trail=draw.choice((None, Trail(by=0.6))),
        breakeven=draw.choice((None, Breakeven(to=near(3), after=near(9), has_after=True))),
        exits=draw.choice(([], [Exit("some", at(5, 9, 13), share=0.4), Exit("late", after=6)])),
    )  # fmt: skip


def test_whatever_is_played_a_trade_is_whole():
    draw = random.Random(5)
    reasons = Counter()
    for _ in range(400):
        finer = draw.choice((1, 2))
        prices, last = [], 100.0
        for _ in range(40 * finer):
            opened = last + draw.choice((0, 0, 0, 0.1, -0.1, 0.6, -0.6))
            last = opened + draw.randint(-4, 4) / 10
            high, low = max(opened, last) + draw.randint(0, 3) / 10, min(opened, last) - draw.randint(0, 3) / 10
            prices.append(None if draw.random() < 0.02 else (opened, high, low, last))
        bars = bars_of(prices, finer=finer)
        setups = [random_setup(draw, name) for name in "abc"]
        outcome = simulate(setups, bars, exit=640, limits=Limits(trades=None, pause=1), size=Size("shares", 7))
        end = -1
        for trade in outcome.trades:
            assert trade.index > end and sum(part.lots for part in trade.parts) == 7
            entry_bar = bars[trade.index]
            assert trade.mae <= 0 <= trade.mfe
            assert entry_bar.low - 1e-9 <= trade.entry <= entry_bar.high + 1e-9
            for part in trade.parts:
                bar = bars[part.index]
                assert bar.low - 1e-9 <= part.price <= bar.high + 1e-9 and part.index >= trade.index
                assert trade.mae - 1e-9 <= trade.setup.side * (part.price - trade.entry) <= trade.mfe + 1e-9
                reasons[part.reason] += 1
            end = trade.parts[-1].index
    assert len(reasons) == 8 and min(reasons.values()) >= 3, reasons
