"""The reference of playbook files by hand-worked examples: steps, orders and fills, each with its arithmetic."""

import pytest
import support  # noqa: F401  (it makes Tests/Reference importable)
from playbooks.plan import Breakeven, Costs, Entry, Exit, Limits, Setup, Size, Step, Target, Trail
from playbooks.run import bars_of, simulate

QUIET = (100, 100.5, 99.5, 100)
"""A bar that reaches nothing: open, high, low, close."""


def market(side=1, stop=99.0, **parts):
    """A setup that buys (or sells) at the session's first open."""
    return Setup(side=side, stop=stop, has_stop=stop is not None, **parts)


def stepped(entry=None, **parts):
    """A setup whose only step holds at every bar."""
    return Setup(steps=[Step("go")], entry=entry or Entry(), **parts)


def only(setup, prices, **options):
    """The one trade of a setup."""
    bars = bars_of(prices, finer=options.pop("finer", 1))
    (trade,) = simulate(setup, bars, **options).trades
    return trade


def exits(trade):
    return [(part.lots, part.price, part.reason, part.index) for part in trade.parts]


def ended(setups, prices, **options):
    """Why there was no trade, of each setup."""
    outcome = simulate(setups, bars_of(prices), **options)
    assert outcome.trades == []
    return [player.no_trade for player in outcome.players]


def test_rule_1_a_gap_through_the_stop_fills_at_the_open():
    trade = only(market(), [QUIET, (98.2, 98.4, 97, 98), QUIET])
    assert exits(trade) == [(20, 98.2, "stop_gap", 1)]
    assert trade.gross == pytest.approx((98.2 - 100) * 20)
    # The bar that ended it counts only its fill; the bar before counts whole.
    assert (trade.mae, trade.mfe) == pytest.approx((-1.8, 0.5))


def test_rule_1_comes_before_a_signal_and_an_open_equal_to_the_stop_is_a_gap():
    setup = market(exits=[Exit("now", True)])
    assert exits(only(setup, [QUIET, (99.0 + 1e-12, 100, 98, 99)])) == [(20, 99.0 + 1e-12, "stop_gap", 1)]


def test_rule_2_a_signal_fills_at_the_next_open():
    trade = only(market(exits=[Exit("now", lambda i, scope: i == 1)]), [QUIET, QUIET, (100.3, 105, 90, 100)])
    assert exits(trade) == [(20, 100.3, "signal", 2)]
    assert (trade.mae, trade.mfe) == pytest.approx((-0.5, 0.5))


def test_rule_3_an_open_beyond_a_target_is_better_than_asked():
    trade = only(market(targets=[Target(102)]), [QUIET, (103, 104, 98, 99)])
    assert exits(trade) == [(20, 103, "target", 1)]
    assert not trade.ambiguous


def test_rule_4_before_rule_5_and_both_are_ambiguous():
    trade = only(market(targets=[Target(102)]), [QUIET, (100, 102, 99, 100)])
    assert exits(trade) == [(20, 99, "stop_loss", 1)]
    assert trade.ambiguous
    assert trade.mae == -1


def test_rule_4_in_the_entry_bar_whose_open_is_the_entry():
    assert exits(only(market(), [(100, 100, 98, 99)])) == [(20, 99, "stop_loss", 0)]


def test_rule_5_fills_at_the_target_in_the_entry_bar_too():
    trade = only(market(targets=[Target(102)]), [(100, 103, 99.5, 101)])
    assert exits(trade) == [(20, 102, "target", 0)]
    assert (trade.mae, trade.mfe) == (0, 2)


def test_rule_6_time_stop_end_of_day_session_end():
    assert exits(only(market(exits=[Exit("late", after=2)]), [QUIET] * 5)) == [(20, 100, "time_stop", 1)]
    # 09:34 contains the exit time 09:35; 09:36 would be the first after it.
    assert exits(only(market(), [QUIET] * 5, exit=575)) == [(20, 100, "end_of_day", 2)]
    # Without it the next bar, 09:36, is the third that there is.
    assert exits(only(market(), [QUIET, QUIET, None, QUIET, QUIET], exit=575)) == [(20, 100, "end_of_day", 2)]
    assert exits(only(market(), [QUIET] * 3)) == [(20, 100, "session_end", 2)]
    both = market(exits=[Exit("late", after=3)])
    assert exits(only(both, [QUIET] * 5, exit=575)) == [(20, 100, "time_stop", 2)]


def test_a_bar_that_opens_at_the_exit_time_contains_it():
    assert exits(only(market(), [QUIET] * 5, exit=574)) == [(20, 100, "end_of_day", 2)]


def test_a_short_is_the_mirror_image():
    target = Target(lambda i, scope: scope.entry + 2 * scope.R)
    setup = market(side=-1, stop=lambda i, scope: scope.entry + 1, targets=[target])
    trade = only(setup, [QUIET, (99, 99.2, 97.9, 98)])
    # R = 100 - 101 = -1, so the target is 100 - 2 = 98.
    assert exits(trade) == [(20, 98, "target", 1)]
    assert trade.gross == 40
    assert (trade.mae, trade.mfe) == (-0.5, 2)
    assert exits(only(setup, [QUIET, (101.5, 102, 101, 101)])) == [(20, 101.5, "stop_gap", 1)]


def test_a_stop_entry_fills_at_its_price_or_at_a_worse_open():
    entry = Entry("stop", 100.4)
    trade = only(market(entry=entry), [QUIET, QUIET])
    assert (trade.entry, trade.index, trade.ambiguous) == (100.4, 0, False)
    trade = only(market(entry=entry), [(100, 100.2, 99.8, 100), (101, 101.2, 100.8, 101)])
    assert (trade.entry, trade.index) == (101, 1)


def test_a_stop_entry_and_its_stop_in_one_bar_is_ambiguous():
    trade = only(market(entry=Entry("stop", 100.4)), [(100, 100.6, 98.9, 100.5), QUIET])
    assert exits(trade) == [(20, 99, "stop_loss", 0)]
    assert trade.ambiguous
    # Where it opened beyond the price the entry came first, and nothing is in doubt.
    trade = only(market(entry=Entry("stop", 99.9)), [(100, 100.6, 98.9, 100.5), QUIET])
    assert exits(trade) == [(20, 99, "stop_loss", 0)]
    assert not trade.ambiguous


def test_a_stop_entry_reaches_its_target_in_the_entry_bar():
    trade = only(market(entry=Entry("stop", 100.4), targets=[Target(101)]), [(100, 101, 99.5, 100.5)])
    assert exits(trade) == [(20, 101, "target", 0)]
    assert not trade.ambiguous


def test_a_limit_entry_fills_at_its_price_or_at_a_better_open():
    setup = market(entry=Entry("limit", 99.6))
    assert only(setup, [QUIET, QUIET]).entry == 99.6
    assert only(setup, [(99.4, 99.8, 99.3, 99.5), QUIET]).entry == 99.4


def test_a_limit_entry_bar_counts_its_stop_and_not_its_target():
    setup = market(entry=Entry("limit", 99.6), targets=[Target(100.4)])
    trade = only(setup, [QUIET, (100, 100.2, 99.9, 100.1)])
    assert exits(trade) == [(20, 100.1, "session_end", 1)]
    assert trade.ambiguous
    # Of the entry bar its close (100) and its low (99.5) count; of the next one its high 100.2 and low 99.9.
    assert (trade.mae, trade.mfe) == pytest.approx((-0.1, 0.6))
    trade = only(market(entry=Entry("limit", 99.6)), [(100, 100.1, 98, 99)])
    assert exits(trade) == [(20, 99, "stop_loss", 0)]
    assert not trade.ambiguous


def test_the_entries_of_a_short_are_mirrored():
    stop = market(side=-1, stop=101, entry=Entry("stop", 99.6), targets=[Target(98)])
    trade = only(stop, [QUIET, QUIET])
    assert trade.entry == 99.6
    assert (trade.mae, trade.mfe) == pytest.approx((-0.9, 0.1))
    assert only(stop, [(99, 99.2, 98.9, 99), QUIET]).entry == 99
    trade = only(stop, [(100, 101, 98, 99)])
    assert (exits(trade), trade.ambiguous) == ([(20, 101, "stop_loss", 0)], True)
    limit = market(side=-1, stop=102, entry=Entry("limit", 100.4), targets=[Target(99.6)])
    trade = only(limit, [QUIET, QUIET])
    # The first bar reaches the target as well, perhaps before the entry; of it the close, 100, and the high count.
    assert (trade.entry, trade.ambiguous, exits(trade)) == (100.4, True, [(20, 99.6, "target", 1)])
    assert (trade.mae, trade.mfe) == pytest.approx((-0.1, 0.8))
    assert only(limit, [(100.6, 100.7, 100.5, 100.5)]).entry == 100.6


def test_what_is_left_after_a_target_at_the_open_may_be_stopped_out_in_that_bar():
    setup = market(targets=[Target(102, 0.5), Target(104, 0.5)])
    trade = only(setup, [QUIET, (102.5, 103, 99, 100)])
    assert (exits(trade), trade.ambiguous) == ([(10, 102.5, "target", 1), (10, 99, "stop_loss", 1)], False)
    # The exit's price is the mean by shares; the bar counts its fills, 102.5 and 99.
    assert trade.exit_price == pytest.approx((102.5 + 99) / 2)
    assert (trade.mae, trade.mfe) == pytest.approx((-1, 2.5))
    # Of a bar that reaches the other target too it is unknown what came first.
    assert only(setup, [QUIET, (102.5, 104, 99, 100)]).ambiguous


def test_a_bar_that_fills_a_part_counts_whole():
    trade = only(market(targets=[Target(101, 0.5)]), [QUIET, (100, 102, 99.2, 101), QUIET])
    assert (trade.mae, trade.mfe) == pytest.approx((-0.8, 2))


def test_the_order_nearer_the_open_is_filled():
    up = market(stop=99, entry=Entry("stop", 100.3), name="up")
    down = market(side=-1, stop=101, entry=Entry("stop", 99.8), name="down")
    trade = only([up, down], [(100, 100.5, 99.5, 100), QUIET])
    assert (trade.setup.name, trade.entry, trade.ambiguous) == ("down", 99.8, True)
    # A tie goes to the first in the file: |100.2 - 100| = |99.8 - 100| but for rounding.
    up = market(stop=99, entry=Entry("stop", 100.2), name="up")
    assert only([up, down], [(100, 100.5, 99.5, 100), QUIET]).setup.name == "up"
    # An order filled at the open is not in doubt.
    at_open = market(stop=98, name="open")
    trade = only([up, down, at_open], [(100, 100.5, 99.5, 100), QUIET])
    assert (trade.setup.name, trade.ambiguous) == ("open", False)


def test_a_refused_order_leaves_the_bar_to_another_and_makes_it_ambiguous():
    down = market(side=-1, stop=99, entry=Entry("stop", 99.8), name="down")
    up = market(stop=99, entry=Entry("stop", 100.3), name="up")
    outcome = simulate([down, up], bars_of([(100, 100.5, 99.5, 100), QUIET]))
    (trade,) = outcome.trades
    assert (trade.setup.name, trade.ambiguous) == ("up", True)
    assert outcome.players[0].no_trade == "refused:stop"


@pytest.mark.parametrize(
    ("setup", "why"),
    [
        (market(stop=100), "stop"),
        (market(stop=lambda i, scope: None), "stop"),
        (market(targets=[Target(102, 0.5), Target(100, 0.5)]), "target"),
        (market(targets=[Target(None)]), "target"),
        (market(entry=Entry("stop", None)), "price"),
        (market(entry=Entry("stop", 101, until=None, has_until=True)), "price"),
        (market(entry=Entry("at", None)), "price"),
    ],
)
def test_refusals(setup, why):
    assert ended(setup, [QUIET] * 3) == [f"refused:{why}"]


def test_sizes():
    risk = Size("risk", 250, 3000, has_at_most=True)
    # 250 / 1 = 250 shares; at most 3000 / 100 = 30 shares.
    assert only(market(), [QUIET], size=risk).lots == 30
    assert only(market(), [QUIET], size=Size("risk", 25.999)).lots == 25
    assert only(market(), [QUIET], size=Size("notional", 1000)).lots == 10
    assert ended(market(), [QUIET], size=Size("notional", 99)) == ["refused:size"]
    assert ended(market(), [QUIET], size=Size("shares", None)) == ["refused:size"]
    # 0.3 / 0.1 is 2.9999999999999996, which equals 3.
    assert only(market(), [QUIET], size=Size("shares", 0.3, step=0.1)).lots == 3
    assert only(market(), [QUIET], size=Size("shares", 25, step=10)).shares == 20


def test_targets_share_the_position_and_the_farthest_takes_what_is_left():
    setup = market(targets=[Target(104, 0.5), Target(101, 0.25), Target(102, 0.25)])
    trade = only(setup, [QUIET, (100, 101.5, 100, 101), (103, 104, 102, 103)], size=Size("shares", 7))
    # 0.25 x 7 is 1 share twice; the farthest takes the other 5.
    assert exits(trade) == [(1, 101, "target", 1), (1, 103, "target", 2), (5, 104, "target", 2)]
    assert trade.gross == pytest.approx(1 + 3 + 5 * 4)
    assert trade.exit_price == pytest.approx((101 + 103 + 5 * 104) / 7)
    assert trade.first_target == 104


def test_a_target_that_rounds_to_nothing_is_skipped():
    setup = market(targets=[Target(101, 0.2), Target(102, 0.5)])
    trade = only(setup, [QUIET, (100, 102, 99.5, 101), QUIET], size=Size("shares", 4))
    assert exits(trade) == [(2, 102, "target", 1), (2, 100, "session_end", 2)]
    # What is skipped is not reached either, so that the stop is not in doubt.
    assert not only(setup, [QUIET, (100, 101.5, 99, 101)], size=Size("shares", 4)).ambiguous


def test_an_exit_with_a_share_acts_once_and_targets_keep_their_shares():
    setup = market(exits=[Exit("half", True, share=0.5)], targets=[Target(102, 0.75)])
    trade = only(setup, [QUIET, QUIET, (100, 102, 100, 101), QUIET], size=Size("shares", 10))
    # Half at the second open; of the target's 7 shares 5 are left.
    assert exits(trade) == [(5, 100, "signal", 1), (5, 102, "target", 2)]


def test_costs():
    trade = only(market(targets=[Target(102)]), [QUIET, (103, 104, 98, 99)], costs=Costs(10, 0.01))
    # (100 + 103) x 20 x 0.001 + 2 x 20 x 0.01
    assert trade.costs == pytest.approx(4.06 + 0.4)
    assert trade.net == pytest.approx(60 - 4.46)


def test_a_trail_moves_at_the_close_and_never_back():
    setup = market(trail=Trail(by=1.0, after=101.5, has_after=True))
    rise = [(100, 101.4, 100, 101), (101, 102, 100.8, 101.8)]
    bars = [QUIET, *rise, (101.8, 101.9, 101.2, 101.5), (101.5, 101.6, 100.9, 101)]
    # After the third bar the best price is 102 and the stop 101; nothing moves it before or after.
    assert exits(only(setup, bars)) == [(20, 101, "trailing_stop", 4)]


def test_a_stop_moved_above_the_close_fills_at_the_next_open_wherever_it_is():
    setup = market(trail=Trail(by=0.5))
    trade = only(setup, [(100, 102, 99.5, 100), (105, 106, 104, 105)])
    assert exits(trade) == [(20, 105, "stop_gap", 1)]
    # One moved to the close is an ordinary stop.
    trade = only(setup, [(100, 102, 99.5, 101.5), (105, 106, 101.5, 105)])
    assert exits(trade) == [(20, 101.5, "trailing_stop", 1)]


def test_breakeven_acts_once_and_the_exit_is_named_after_what_moved_the_stop_last():
    even = Breakeven(to=lambda i, scope: scope.entry, after=101, has_after=True)
    bars = [QUIET, (100, 101, 100.2, 100.8), (100.8, 101, 99.9, 100)]
    assert exits(only(market(breakeven=even), bars)) == [(20, 100, "breakeven_stop", 2)]
    both = market(breakeven=even, trail=Trail(by=0.9))
    # At the second close breakeven moves the stop to 100, then the trail to 101 - 0.9 = 100.1.
    assert exits(only(both, bars)) == [(20, 101 - 0.9, "trailing_stop", 2)]
    lower = market(stop=99.9, breakeven=Breakeven(to=99.5))
    assert exits(only(lower, [(100, 100, 99.95, 100), (100, 100, 99.9, 100)])) == [(20, 99.9, "stop_loss", 1)]


def test_a_trail_without_a_stop_places_the_first_one():
    setup = market(stop=None, trail=Trail(by=2.0))
    trade = only(setup, [QUIET, (100, 100, 98.5, 99)])
    assert exits(trade) == [(20, 98.5, "trailing_stop", 1)]
    assert trade.R is None


def test_resolve_walks_the_finer_bars():
    setup = market(targets=[Target(102)])
    # The two-minute bar reaches both; its first minute has the target, its second the stop.
    fine = [(100, 100.5, 99.5, 100), (100, 100, 100, 100), (100, 102, 99.5, 101), (101, 101, 99, 100)]
    trade = only(setup, fine, finer=2)
    assert exits(trade) == [(20, 102, "target", 1)]
    assert not trade.ambiguous
    assert trade.parts[0].at == 2
    # Rule 6 stays with the two-minute bars; the exit's instant is its last finer bar's.
    trade = only(market(exits=[Exit("late", after=1)]), fine, finer=2)
    assert (exits(trade), trade.parts[0].at) == ([(20, 100, "time_stop", 0)], 1)


def test_resolve_sees_the_stop_after_the_entry_within_a_bar():
    setup = market(entry=Entry("stop", 100.4))
    fine = [(100, 100.2, 98.9, 100), (100, 100.6, 99.8, 100.5), (100.5, 100.6, 99, 99), (99, 99.5, 98, 99)]
    trade = only(setup, fine, finer=2)
    # The low of 98.9 came before the entry; without finer bars it would count.
    assert (trade.at, trade.index) == (1, 0)
    assert (exits(trade), trade.ambiguous) == ([(20, 99, "stop_loss", 1)], False)
    assert exits(only(setup, [(100, 100.6, 98.9, 100.5), QUIET])) == [(20, 99, "stop_loss", 0)]


def test_entries_at_a_time_and_at_the_exit_time():
    assert only(market(entry=Entry("at", 573)), [QUIET] * 4).index == 2
    assert only(stepped(), [QUIET] * 4).index == 1
    assert ended(market(entry=Entry("at", 574)), [QUIET] * 4, exit=574) == ["expired"]
    assert ended(stepped(), [QUIET]) == ["expired"]
    assert ended(market(entry=Entry("stop", 100.4)), [QUIET] * 4, exit=570) == ["expired"]


def test_limits_and_the_pause():
    setup = stepped(stop=99, has_stop=True)
    bars = [QUIET, (100, 100, 98, 99)] * 6
    outcome = simulate(setup, bars_of(bars), limits=Limits(trades=None, losses=2))
    # Ordered at bar 0, filled and stopped in bar 1; tested anew from bar 2 on.
    assert [(trade.index, trade.parts[0].index) for trade in outcome.trades] == [(1, 1), (3, 3)]
    outcome = simulate(setup, bars_of(bars), limits=Limits(trades=None, pause=2))
    assert [trade.index for trade in outcome.trades] == [1, 5, 9]
    outcome = simulate(setup, bars_of(bars), limits=Limits(trades=None, loss=40))
    assert len(outcome.trades) == 2
    outcome = simulate(stepped(stop=99, has_stop=True, trades=1), bars_of(bars), limits=Limits(trades=9))
    assert len(outcome.trades) == 1
