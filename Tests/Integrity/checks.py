"""What a journal must be, found out without the program: each row once, whole, as expected, in order."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Optional

KEY = ("trade_date", "symbol", "strategy", "params_id", "mode", "trade_no")
Key = tuple[str, str, str, str, str, str]
RUN_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")
Row = dict[str, str]


class Violation(Exception):
    """Something that must never be."""


def key_of(row: Row) -> Key:
    return tuple(row[name] for name in KEY)


def id_of(key: Key) -> str:
    """The `_id` of a row's document: the digest without its letter, the mode and the trade where they are not usual."""
    day, symbol, strategy, digest, mode, number = key
    digits = digest[1:] if re.fullmatch(r"p[0-9a-f]{12}", digest) else digest
    return "|".join(
        [day, symbol, strategy, digits, *([] if mode == "backtest" else [mode]), *([] if number == "1" else [number])]
    )


class Reference:
    """What rows are to be, from a CSV journal that runs undisturbed made."""

    def __init__(self, path: Path):
        text = path.read_text()
        self.header = text[: text.index("\n")]
        self.columns = self.header.split(",")
        assert "run_id" in self.columns
        self.rows: dict[Key, Row] = {}
        self._keys: dict[str, Key] = {}
        for line, row in zip(text.split("\n")[1:], parsed(text, self.columns), strict=False):
            key = key_of(row)
            self.rows[key] = row
            self._keys[RUN_ID.sub("", line)] = key
        self.ids = {id_of(key): key for key in self.rows}

    def read(self, text: str, place: str) -> dict[Key, str]:
        """
        The keys and `run_id`s of a whole journal, compared with this one byte for byte: quicker than taking it apart.
        """
        if not text.endswith("\n"):
            raise Violation(f"{place}: the last line does not end: …{text[-100:]!r}")
        lines = text[:-1].split("\n")
        if lines[0] != self.header:
            raise Violation(f"{place}: the header is {lines[0][:200]!r}")
        found: dict[Key, str] = {}
        last: Optional[Key] = None
        for number, line in enumerate(lines[1:], 2):
            key = self._keys.get(RUN_ID.sub("", line))
            if key is None:
                raise Violation(f"{place}:{number}: no row that was ever to be: {line[:400]!r}")
            if last is not None and key <= last:
                raise Violation(f"{place}:{number}: {'doubled' if key == last else 'not in order'}: {key}")
            found[key] = RUN_ID.search(line)[0]
            last = key
        return found


def parsed(text: str, columns: list[str]) -> list[Row]:
    """The rows of a CSV journal as the csv module reads it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    if next(reader, None) != columns:
        raise Violation("a journal without the header")
    rows = []
    for fields in reader:
        if len(fields) != len(columns):
            raise Violation(f"line {reader.line_num} of a journal has {len(fields)} fields: {fields}")
        rows.append(dict(zip(columns, fields)))
    return rows


def row_of_document(document: Mapping[str, Any], columns: list[str]) -> Row:
    """A document as the row that it stands for; its `_id` must be the row's key."""
    if set(document) != {"_id", *columns}:
        raise Violation(f"a document has other fields: {sorted(set(document) ^ {'_id', *columns})}")
    row = {name: text_of(document[name], name) for name in columns}
    if document["_id"] != id_of(key_of(row)):
        raise Violation(f"the document {document['_id']!r} holds the row {key_of(row)}")
    return row


def text_of(value: Any, name: str) -> str:
    """A value as the CSV journal writes it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(f"{key}={text_of(part, key)}" for key, part in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    if isinstance(value, datetime):
        return value.date().isoformat() if name == "trade_date" else f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, Mapping):
        return " ".join(f"{key}={text_of(one, key)}" for key, one in value.items())
    return str(value)


@dataclass
class Findings:
    """How the rows that are there differ from those that should be."""

    expected: int
    found: int
    doubled: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """Rows that nobody was to write."""

    @property
    def problems(self) -> list[str]:
        """A line for each kind, with some examples."""
        lines = []
        for name in ("doubled", "missing", "differing", "strange"):
            if found := getattr(self, name):
                lines.append(f"{len(found)} {name}: " + "; ".join(found[:5]))
        return lines


def compare(
    reference: Mapping[Key, Row],
    expected: Iterable[Key],
    found: list[Row],
    run_problem: Callable[[Key, str], Optional[str]],
) -> Findings:
    """
    Compares rows with those expected, but for `run_id`, of which `run_problem` tells what is wrong with it, if
    anything.
    """
    wanted = set(expected)
    counts = Counter(key_of(row) for row in found)
    findings = Findings(len(wanted), len(found))
    findings.doubled = [f"{key} {count} times" for key, count in sorted(counts.items()) if count > 1]
    findings.missing = [str(key) for key in sorted(wanted - counts.keys())]
    findings.strange = [str(key) for key in sorted(counts.keys() - wanted)]
    for row in found:
        key = key_of(row)
        if key not in wanted:
            continue
        other = [
            f"{key} {name}: {row[name]!r}, not {value!r}"
            for name, value in reference[key].items()
            if name != "run_id" and row[name] != value
        ]
        if not other and (problem := run_problem(key, row["run_id"])):
            other = [f"{key} run_id {row['run_id']}: {problem}"]
        findings.differing += other[:1]
    return findings
