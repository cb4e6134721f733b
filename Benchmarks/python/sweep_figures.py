"""The figures of many sets at once, in numpy: what docs/research.md says, for a capital of 100,000 USD and 252 sessions a year."""

import warnings

import numpy as np

CAPITAL = 100_000.0
A_YEAR = 252


def table(found, sessions, minutes, shape, each=False):
    """The figures and plateaus of the sets whose trades are `found`, NaN where they mean nothing; `shape` is the grid's.

    `each`: set by set, not all at once.
    """
    parts = [figures(sets, sessions, minutes) for sets in ([[one] for one in found] if each else [found])]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return columns | plateaus(columns["sharpe"], shape)


def figures(found, sessions, minutes):
    """The figures of some sets at once."""
    count = len(found)
    sets = np.repeat(np.arange(count), [len(one[0]) for one in found])
    days, entries, exits, net, risk, bought, sold = (
        np.concatenate([one[part] for one in found]) for part in range(7))
    trades = np.bincount(sets, minlength=count)
    daily = np.bincount(sets * sessions + days, weights=net, minlength=count * sessions).reshape(count, sessions)
    # One trade a session: they never overlap.
    columns = {"trades": trades} | of_trades(sets, count, trades, net, net / risk)
    columns |= of_series(daily / CAPITAL)
    columns["exposure"] = np.bincount(sets, weights=exits - entries, minlength=count) / 60 / minutes
    doubled = net - (bought + sold) * 2 / 10_000
    columns["doubled_cost_expectancy"] = np.bincount(sets, weights=doubled / risk, minlength=count) / trades
    return columns


def of_trades(sets, count, trades, net, multiples):
    """Figures of trades, one after the other by set."""
    def total(values):
        return np.bincount(sets, weights=values, minlength=count)

    mean = total(multiples) / trades
    deviation = np.sqrt(total((multiples - mean[sets]) ** 2) / (trades - 1))
    return {
        "net": total(net), "expectancy": mean,
        "profit_factor": total(net.clip(0)) / -total(net.clip(max=0)), "win_rate": total(net > 0) / trades,
        "sqn": np.sqrt(np.minimum(trades, 100)) * mean / deviation, "kelly": kelly(sets, count, trades, multiples),
    }  # fmt: skip


def kelly(sets, count, trades, multiples):
    """The share that maximises the sum of log(1 + f R): Newton's steps within what is left, for all sets at once."""
    padded = np.zeros((count, trades.max()))
    starts = np.cumsum(trades) - trades
    padded[sets, np.arange(len(sets)) - starts[sets]] = multiples
    share = np.zeros(count)
    open_sets = np.flatnonzero(padded.sum(1) > 0)
    padded = padded[open_sets]
    low, high = np.zeros(len(padded)), 1 / -padded.min(1)
    now = np.zeros(len(padded))
    for _ in range(200):
        parts = padded / (1 + now[:, None] * padded)
        slope, bend = parts.sum(1), -np.einsum("ij,ij->i", parts, parts)
        low, high = np.where(slope > 0, now, low), np.where(slope > 0, high, now)
        after = now - slope / bend
        after = np.where((after > low) & (after < high), after, (low + high) / 2)
        if (np.abs(after - now) <= 1e-13 * np.maximum(1, now)).all():
            break
        now = after
    share[open_sets] = now
    return share


def of_series(returns, compounded=False):
    """Figures of series of returns, one a row."""
    sessions = returns.shape[1]
    mean = returns.mean(1)
    centred = returns - mean[:, None]
    squares = centred * centred
    second = squares.mean(1)
    third = np.einsum("ij,ij->i", squares, centred) / sessions
    fourth = np.einsum("ij,ij->i", squares, squares) / sessions
    deviation = np.sqrt(second * sessions / (sessions - 1))
    ratio = mean / deviation
    spread = 1 - third / second**1.5 * ratio + (fourth / second**2 - 1) / 4 * ratio**2
    losses = np.minimum(returns, 0)
    year = np.sqrt(A_YEAR)
    equity = CAPITAL * (np.cumprod(1 + returns, 1) if compounded else 1 + np.cumsum(returns, 1))
    growth = (equity[:, -1] / CAPITAL) ** (A_YEAR / sessions) - 1
    falls = of_drawdowns(equity)
    return {
        "sharpe": ratio * year, "sharpe_error": np.sqrt(np.maximum(spread, 0) / (sessions - 1)) * year,
        "sortino": mean / np.sqrt(np.einsum("ij,ij->i", losses, losses) / sessions) * year,
        "t": ratio * np.sqrt(sessions), "cagr": growth, "calmar": growth / falls["max_drawdown_pct"] * 100,
    } | falls  # fmt: skip


def of_drawdowns(equity):
    """Depths, lengths and the Ulcer index of equities at session closes, one a row."""
    rows, sessions = equity.shape
    whole = np.concatenate((np.full((rows, 1), CAPITAL), equity), axis=1)
    peaks = np.maximum.accumulate(whole, axis=1)
    falls = peaks - whole
    shares = falls / peaks * 100
    lowest = falls.argmax(1)
    row = np.arange(rows)
    peak = peaks[row, lowest][:, None]
    column = np.arange(sessions + 1)
    # The last session at the peak, and the first from the lowest on that is there again.
    start = sessions - ((whole == peak) & (column <= lowest[:, None]))[:, ::-1].argmax(1)
    again = (whole >= peak) & (column >= lowest[:, None])
    recovered, end = again.any(1), again.argmax(1)
    return {
        "max_drawdown_usd": falls[row, lowest], "max_drawdown_pct": shares.max(1),
        "drawdown_sessions": np.where(recovered, end, sessions) - start,
        "recovery_sessions": np.where(recovered, end - lowest, np.nan),
        "ulcer": np.sqrt(np.einsum("ij,ij->i", shares, shares) / sessions),
    }  # fmt: skip


def plateaus(metric, shape):
    """Mean and worst of the metric over the sets one step away along one parameter, and how many those are."""
    cube = metric.reshape(shape)
    total, worst, near = np.zeros(shape), np.full(shape, np.inf), np.zeros(shape, int)
    for axis, length in enumerate(shape):
        for here, there in ((slice(1, None), slice(None, length - 1)), (slice(None, length - 1), slice(1, None))):
            here, there = ((slice(None),) * axis + (part,) for part in (here, there))
            total[here] += cube[there]
            worst[here] = np.minimum(worst[here], cube[there])
            near[here] += 1
    return {
        "plateau_mean": (total / near).ravel(), "plateau_worst": worst.ravel(), "plateau_sets": near.ravel(),
        "plateau_note": np.where(near.ravel() < 2 * len(shape), "edge", ""),
    }  # fmt: skip


def holding(returns):
    """The figures of holding."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: value[0] for name, value in of_series(returns[None, :], compounded=True).items() if name != "max_drawdown_usd"}
