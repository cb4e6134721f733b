"""Rows of the program beside those of the reference of playbook files."""

from playbooks.journal import COLUMNS, NOT_FILLED
from support import REPOSITORY

FILES = REPOSITORY / "Tests" / "Reference" / "playbooks" / "files"
"""The built-in playbooks as files."""


def assert_rows_are(rows: list[dict], expected: list[dict], playbook: str) -> None:
    """The same trades of the same sessions, in every column that the reference fills."""
    assert [(row["trade_date"], row["trade_no"]) for row in rows] == [
        (row["trade_date"], row["trade_no"]) for row in expected
    ]
    for row, other in zip(rows, expected):
        left_out = set(NOT_FILLED)
        # The rows of dp20 have always had its window, also where the filter ended the session.
        if playbook == "dp20" and row["no_trade"] == "filter:uptrend":
            left_out.add("entry_window")
        assert {n: row[n] for n in COLUMNS if n not in left_out} == {n: other[n] for n in COLUMNS if n not in left_out}
