"""Runs the program with a bucket and a database of its own, and reads its journals back by other means than its own."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Optional

from google.auth.credentials import AnonymousCredentials
from google.cloud import storage
from pymongo import MongoClient
from support import KEY, Finished, Program, dp20_reference, parse_journal, read_journal

# Found on the path that support adds.
from fake_mongo import FakeMongo
from fake_storage import FakeStorage

ALL = "csv,gcs,mongodb"
FIRST, LAST = "2024-12-16", "2025-01-10"
"""Seventeen sessions in two years, with an early close, holidays and a one-off closure."""
SESSIONS = 17
DAY = "2025-01-10"
KINDS = {
    "flag": {"trend_valid", "reversal_strength_ok", "entered", "ambiguous"},
    "instant": {"entry_at", "exit_at"},
    "number": {
        "sma200_daily_at_open", "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price",
        "stop_distance", "stop_price", "bars_since_open", "eod_exit_price", "gross_pnl", "fees_slippage", "net_pnl",
        "risk_per_share", "R_multiple", "dist_to_ema_bps", "mae", "mfe", "trade_no", "trades", "target_price",
        "completeness",
    },
}  # fmt: skip
"""The columns that hold no text."""


def connected(url: str) -> storage.Client:
    """Google's client of the server at `url`, without credentials."""
    return storage.Client("fake-project", AnonymousCredentials(), client_options={"api_endpoint": url})


class Places(Program):
    """Runs the binary on the sample with a bucket and a database of the test's own, called `name`."""

    def __init__(self, binary: Path, folder: Path, storage: FakeStorage, mongo: FakeMongo, name: str):
        super().__init__(binary, folder)
        self.storage, self.mongo, self.name = storage, mongo, name
        self.settings: dict[str, Optional[str]] = {
            "STORAGE_EMULATOR_HOST": storage.url, "GCS_BUCKET": name, "MONGODB_CONNECTION": mongo.uri,
            "MONGODB_DATABASE": name, "DATA_SOURCE": "sample",
        }  # fmt: skip

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        return super().environment(self.settings | (changes or {}))

    @property
    def csv(self) -> Path:
        """The journal of the writer csv: that of real bars where there is one."""
        real = self.folder / "output" / "trades.csv"
        return real if real.exists() else real.with_name("sample-trades.csv")

    @property
    def namespace(self) -> str:
        """The collection of the writer mongodb."""
        return f"{self.name}.trades"

    def backtest(
        self, writer: Optional[str], *arguments: Any, symbol: str = "QQQ", first: str = FIRST, last: str = LAST,
        **options: Any,
    ) -> Finished:  # fmt: skip
        """Runs a backtest."""
        chosen = () if writer is None else ("--writer", writer)
        asked = ("--symbol", symbol, "--start", first, "--end", last, *chosen)
        return self("backtest", *asked, *arguments, **options)

    def receipts(self, writer: str, *arguments: Any, **options: Any) -> dict[str, tuple[int, int, int]]:
        """Runs a backtest, which must end well; how many rows each writer added, replaced and left unchanged."""
        finished = self.backtest(writer, "--format", "json", *arguments, **options)
        assert finished.code == 0, finished.err
        return counts(finished)

    def objects(self, bucket: Optional[str] = None) -> dict[str, bytes]:
        """The objects of the bucket, as Google's client reads them."""
        client = connected(self.storage.url)
        found = client.list_blobs(bucket or self.name)
        return {blob.name: blob.download_as_bytes(checksum="crc32c") for blob in found}

    def rows(self, writer: str) -> list[dict[str, str]]:
        """The rows of a journal, sorted by key, all columns as the texts of a CSV."""
        if writer == "csv":
            return read_journal(self.csv)
        if writer == "gcs":
            return rows_of_objects(self.objects())
        with MongoClient(self.mongo.uri) as client:
            found = list(client[self.name].trades.find())
        return sorted((texts(document) for document in found), key=key_of)

    def state(self, with_folders: bool = False) -> tuple:
        """Everything that a run could change, generations and files' times too; and folders', which tell of files that
        were there meanwhile."""
        files = {
            path: path.stat().st_mtime_ns if with_folders or path.is_file() else None
            for path in self.folder.rglob("*")
            if path.name not in IGNORED
        }
        objects = {blob.name: blob.generation for blob in connected(self.storage.url).list_blobs(self.name)}
        return files, objects, self.mongo.dump(self.namespace)


IGNORED = {"bars", "key.json", "user.json"}


def counts(finished: Finished) -> dict[str, tuple[int, int, int]]:
    """How many rows each writer added, replaced and left unchanged; of one that failed nothing."""
    receipts = json.loads(finished.out)["receipts"]
    return {
        one["writer"]: (one["added"], one["replaced"], one["unchanged"]) for one in receipts if "error" not in one
    }


def rows_of_objects(objects: dict[str, bytes], prefix: str = "output/trades") -> list[dict[str, str]]:
    """The rows in objects, each of which must hold those of its name."""
    rows = []
    for name, content in objects.items():
        if name.startswith(f"{prefix}/memory/"):
            continue
        part = parse_journal(content)
        assert {f"{prefix}/{row['strategy']}/{row['symbol']}/{row['trade_date'][:4]}.csv" for row in part} == {name}
        rows += part
    return sorted(rows, key=key_of)


def key_of(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def id_of(row: dict[str, str]) -> str:
    """The `_id` of a row of a backtest: digests stand in it without their letter, the first trade without its number."""
    assert row["mode"] == "backtest"
    number = [] if row["trade_no"] == "1" else [row["trade_no"]]
    digits = row["params_id"].removeprefix("p") if len(row["params_id"]) == 13 else row["params_id"]
    return "|".join([row["trade_date"], row["symbol"], row["strategy"], digits, *number])


def number_text(number: float) -> str:
    """A number as a journal has it: up to six decimals."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def texts(document: dict[str, Any]) -> dict[str, str]:
    """A document of MongoDB as a row of texts, once its types are those of its columns."""
    # The order of the fields is the server's own business: an upsert puts those that it sets where it likes.
    assert set(document) == {"_id", *dp20_reference.COLUMNS}
    row = {}
    for name in dp20_reference.COLUMNS:
        value = document[name]
        if name == "trade_date":
            assert isinstance(value, datetime) and value == datetime(value.year, value.month, value.day)
            row[name] = value.date().isoformat()
        elif value is None:
            row[name] = ""
        elif name in ("steps", "values"):
            assert type(value) is dict, (name, value)
            pairs = {key: number_text(one) if isinstance(one, float) else one for key, one in value.items()}
            row[name] = " ".join(f"{key}={one}" for key, one in pairs.items())
        elif name == "exits":
            assert type(value) is list, (name, value)
            row[name] = "; ".join(
                f"{number_text(part['share'])}@{number_text(part['price'])} {part['reason']} {part['time']}" for part in value
            )
        else:
            kind = next((kind for kind, names in KINDS.items() if name in names), "text")
            assert type(value) is {"flag": bool, "number": float, "instant": datetime, "text": str}[kind], (name, value)
            shown = {"flag": lambda: str(value).lower(), "number": lambda: number_text(value), "text": lambda: value}
            row[name] = shown[kind]() if kind != "instant" else f"{value:%Y-%m-%dT%H:%M:%SZ}"
    assert document["_id"] == id_of(row), "the _id is the key"
    return row


def text_of(rows: Iterable[dict[str, str]]) -> str:
    """Rows as a whole journal."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, dp20_reference.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def failed(finished: Finished, code: int, *words: str, errors: int = 1) -> None:
    """The run ended with this code, and its errors, one line each and what to do next, have the words."""
    assert finished.code == code, f"exit {finished.code}\n{finished.out}\n{finished.err}"
    lines = [line for line in finished.err.splitlines() if line.lower().startswith("error: ")]
    assert len(lines) == errors, finished.err
    for trace in ("Fatal error", "Stack dump", "Swift/", "Error Domain", "PlaybookError"):
        assert trace not in finished.err
    for word in words:
        assert word in finished.err, f"{word!r} is not in:\n{finished.err}"
