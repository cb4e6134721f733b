"""Writes the journal: one CSV row for each session, in the columns and the number format of the playbook's journal."""

import time
import zlib

import rules

COLUMNS = (
    "trade_date", "trend_valid", "sma200_daily_at_open", "entry_window", "first_close_below_time",
    "reversal_candle_time", "reversal_strength_ok", "confirmation_candle_time", "entered", "entry_time_et",
    "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price", "stop_distance", "stop_price",
    "entry_bucket", "bars_since_open", "eod_exit_time", "eod_exit_price", "gross_pnl", "fees_slippage", "net_pnl",
    "risk_per_share", "R_multiple", "dist_to_ema_bps", "notes", "chart_link_entry", "symbol", "strategy", "params_id",
    "exit_reason", "mae", "mfe", "data_source", "data_id", "run_id",
)
NOTES = {
    rules.NO_BARS: "no bars in the session",
    rules.NO_AVERAGE: "fewer than 200 daily closes before the session",
    rules.NO_TREND: "opened at or below the 200-day average",
    rules.NO_PULLBACK: "no close below the EMA20 in the window",
    rules.NO_REVERSAL: "no reversal after the pullback",
    rules.WEAK_REVERSAL: "no reversal was strong enough",
    rules.NO_CONFIRMATION: "the reversal was not confirmed",
    rules.NO_ENTRY: "no bar after the confirmation",
    rules.STOP_LOSS: "stopped out",
    rules.STOP_GAP: "gapped through the stop",
    rules.END_OF_DAY: "held to the end of the day",
    rules.SESSION_END: "held to the last bar of the session",
}
REASONS = {
    rules.STOP_LOSS: "stop_loss",
    rules.STOP_GAP: "stop_gap",
    rules.END_OF_DAY: "end_of_day",
    rules.SESSION_END: "session_end",
}
OPENING_MINUTE = 9 * 60 + 30


def number(value):
    """Up to six decimals and no trailing zeros."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clock(minutes):
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def data_ids(columns):
    """A short hash of each session's bars."""
    crc32 = zlib.crc32
    views = [memoryview(column).cast("B") for column in columns[:5]]
    ids = []
    for first, count in zip(columns.sessions["first"].tolist(), columns.sessions["count"].tolist()):
        start = first * 8
        end = start + count * 8
        value = 0
        for view in views:
            value = crc32(view[start:end], value)
        ids.append(f"{value:08x}")
    return ids


def write_journal(path, symbol, columns, dates, results, chosen):
    """Writes the rows of the sessions whose indices are in the range `chosen` to the file at `path`."""
    table = columns.sessions
    opens = table["open_time"].tolist()
    averages = table["sma200"].tolist()
    ids = data_ids(columns)
    times = {}
    for name in ("pullback", "reversal", "confirmation", "entry", "exit"):
        bars = results[name]
        minutes = (columns.time[bars] - table["open_time"]) // 60 + OPENING_MINUTE
        times[name] = minutes.tolist()
    fields = {name: values.tolist() for name, values in results.items()}
    outcomes = fields["outcome"]
    reversals = fields["reversal"]

    start = clock(OPENING_MINUTE + rules.WINDOW_START // 60)
    window = f"{start}-{clock(OPENING_MINUTE + rules.WINDOW_END // 60)}"
    parameters = f"dp20 {window} {rules.REVERSAL_STRENGTH} {rules.STOP_ATR} {rules.EXIT_TIME} 20 14 200 {rules.SHARES}"
    identity = f"{symbol},dp20,{zlib.crc32(parameters.encode()):08x}"
    run_id = f"{time.time_ns():x}"
    nothing = "," * 17
    rows = [",".join(COLUMNS)]
    for s in chosen:
        outcome = outcomes[s]
        note = NOTES[outcome]
        end = f"files,{ids[s]},{run_id}"
        if outcome <= rules.NO_TREND:
            trend = "false" if outcome == rules.NO_TREND else ""
            average = number(averages[s]) if outcome == rules.NO_TREND else ""
            rows.append(f"{dates[s]},{trend},{average},{window},,,,,false{nothing},,{note},,{identity},,,,{end}")
            continue
        head = f"{dates[s]},true,{number(averages[s])},{window}"
        pullback = clock(times["pullback"][s]) if outcome >= rules.NO_REVERSAL else ""
        if reversals[s] >= 0:
            reversal = f"{clock(times['reversal'][s])},true"
        else:
            reversal = ",false" if outcome == rules.WEAK_REVERSAL else ","
        confirmation = clock(times["confirmation"][s]) if outcome >= rules.NO_ENTRY else ""
        head = f"{head},{pullback},{reversal},{confirmation}"
        if outcome < rules.STOP_LOSS:
            rows.append(f"{head},false{nothing},,{note},,{identity},,,,{end}")
            continue

        price = fields["entry_price"][s]
        stop = fields["stop_price"][s]
        fill = fields["exit_price"][s]
        ema = fields["ema"][s]
        atr = fields["atr"][s]
        risk = number(price - stop)
        minutes = times["entry"][s]
        bucket = minutes // 10 * 10
        gross = (fill - price) * rules.SHARES
        costs = (fill + price) * rules.SHARES * rules.SLIPPAGE_BPS / 10000 + 2 * rules.SHARES * rules.FEE_PER_SHARE
        rows.append(
            f"{head},true,{clock(minutes)},{number(price)},{rules.SHARES},{number(ema)},{number(atr)},"
            f"{number(atr / price)},{risk},{number(stop)},{clock(bucket)}-{clock(bucket + 10)},"
            f"{(minutes - OPENING_MINUTE) // 2},{clock(times['exit'][s])},{number(fill)},{number(gross)},"
            f"{number(costs)},{number(gross - costs)},{risk},{number(fields['r'][s])},"
            f"{number((price - ema) / ema * 10000)},{note},,{identity},{REASONS[outcome]},{number(fields['mae'][s])},"
            f"{number(fields['mfe'][s])},{end}")
    rows.append("")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("\n".join(rows))
