"""Writes a journal's rows into a table of PostgreSQL as people do: COPY into a temporary table, then an upsert.

    python copy_rows.py JOURNAL.CSV URI
"""

import csv
import sys

import psycopg

KEY = ("trade_date", "symbol", "strategy", "params_id", "mode", "trade_no")
FLAGS = {"trend_valid", "reversal_strength_ok", "entered", "ambiguous"}
NUMBERS = {
    "sma200_daily_at_open", "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price",
    "stop_distance", "stop_price", "bars_since_open", "eod_exit_price", "gross_pnl", "fees_slippage", "net_pnl",
    "risk_per_share", "r_multiple", "dist_to_ema_bps", "mae", "mfe", "target_price", "completeness",
}  # fmt: skip


def kind(name: str) -> str:
    if name == "trade_date":
        return "date"
    if name in ("trade_no", "trades"):
        return "integer"
    if name in ("entry_at", "exit_at"):
        return "timestamptz"
    return "boolean" if name in FLAGS else "double precision" if name in NUMBERS else "text"


path, uri = sys.argv[1:]
with open(path, newline="") as file, psycopg.connect(uri) as connection, connection.cursor() as cursor:
    rows = csv.reader(file)
    names = [name.lower() for name in next(rows)]
    columns = ", ".join(f'"{name}" {kind(name)}' for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f"CREATE TABLE IF NOT EXISTS trades ({columns}, PRIMARY KEY ({', '.join(KEY)}))")
    cursor.execute("CREATE TEMPORARY TABLE incoming (LIKE trades) ON COMMIT DROP")
    with cursor.copy(f"COPY incoming ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([value or None for value in row])
    changes = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in names if name not in KEY)
    cursor.execute(
        f"INSERT INTO trades ({listed}) SELECT {listed} FROM incoming ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {changes}"
    )
