#!/usr/bin/env python3
"""Sessions whose number of trades changes between runs, and a person who keeps notes in the journal meanwhile.

A strategy made for this writes, round after round, sessions of 0 to 3 trades; each round goes into every journal by
`journal copy`, which kill -9 ends at any instant, until one gets through. Before that the journals are of the first
schema, and `journal upgrade` is killed likewise. At every moment a session is as it was, as it is to be, or named by
`journal verify`; in the end it is as it is to be, and no note of the person's is lost or there twice.

    python sessions.py --binary PATH [--runs 1000] [--seed N] [--writers csv,gcs,mongodb]
"""

import argparse
import csv
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Optional
from zoneinfo import ZoneInfo

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("Integrity", "EndToEnd/support")]
from support import Program, dp20_reference  # isort: skip  (puts the fakes on the path)
from checks import Row, Violation, id_of, key_of, text_of
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from google.api_core.client_options import ClientOptions
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage
from pymongo import MongoClient

COLUMNS = dp20_reference.COLUMNS
NOTES = ("notes_user", "tags")
DAYS = ["2024-07-01", "2024-07-02", "2024-07-03", "2024-07-05", "2024-07-08", "2024-12-30", "2024-12-31", "2025-01-02"]
SYMBOLS = ("IWM", "QQQ")
ENTRIES = ("09:42", "10:06", "11:30", "14:10")
"""When trades may be entered: one that is there in two rounds is the same trade."""
DIGEST = "p0123456789ab"
Session = tuple[str, str]


def instant(day: str, clock: str) -> str:
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("America/New_York"))
    return local.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def row_of(session: Session, number: int, trades: int, entry: Optional[str], turn: int) -> Row:
    """A row of the strategy's `turn`."""
    day, symbol = session
    row = dict.fromkeys(COLUMNS, "") | {
        "trade_date": day, "symbol": symbol, "strategy": "made", "params_id": DIGEST, "entered": "false",
        "mode": "backtest", "trade_no": str(number), "trades": str(trades), "side": "long", "market": "XNYS",
        "completeness": "1", "params": "defaults", "data_source": "made", "data_id": f"d{turn:012x}",
        "run_id": f"20260101T000000Z-{turn:06x}", "notes": f"turn {turn}, of \"{trades}\"",
    }  # fmt: skip
    if entry is None:
        return row | {"no_trade": "step:pullback"}
    leave = f"{int(entry[:2]) + 1:02d}{entry[2:]}"
    return row | {
        "entered": "true", "entry_time_et": entry, "entry_price": f"{100 + turn}.25", "shares": "20",
        "eod_exit_time": leave, "eod_exit_price": f"{101 + turn}.25", "gross_pnl": "20", "fees_slippage": "0",
        "net_pnl": "20", "exit_reason": "target", "mae": "-0.5", "mfe": "1", "entry_bucket": "10:00-10:10",
        "entry_at": instant(day, entry), "exit_at": instant(day, leave),
    }  # fmt: skip


def rows_of(session: Session, turn: int, seed: int, most: int = 3) -> list[Row]:
    """The strategy's rows of a session in its `turn`."""
    chance = random.Random(f"{seed} {session} {turn}")
    entries = sorted(chance.sample(ENTRIES, chance.randint(0, most)))
    return [row_of(session, n, len(entries), entry, turn) for n, entry in enumerate(entries, 1)] or [
        row_of(session, 1, 0, None, turn)
    ]


def text_of_rows(rows: list[Row], columns: list[str]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(sorted(rows, key=key_of_any))
    return file.getvalue()


def key_of_any(row: Row) -> tuple[str, ...]:
    return (row["trade_date"], row["symbol"], row["strategy"], row["params_id"], row.get("trade_no") or "1")


def of_first_schema(row: Row) -> Row:
    """The row as a program of the first schema wrote it."""
    old = {name: row[name] for name in COLUMNS[:38]} | {name: row[name] for name in NOTES if row.get(name)}
    return old | {"params_id": row["params_id"][1:], "data_id": row["data_id"][1:]}


class CSVFile:
    name = "csv"

    def __init__(self, folder: Path):
        self.path = folder / "journal.csv"
        self.environment = {"OUTPUT_LOCATION": str(self.path)}

    def read(self) -> list[Row]:
        return list(csv.DictReader(io.StringIO(self.path.read_text(), newline=""), strict=True))

    def put(self, rows: list[Row]) -> None:
        columns = list(dict.fromkeys([*(COLUMNS if "mode" in rows[0] else COLUMNS[:38]), *NOTES]))
        self.path.write_text(text_of_rows(rows, columns))

    def close(self) -> None:
        pass


class Objects:
    name = "gcs"

    def __init__(self, folder: Path):
        self.service = FakeStorage("data").start()
        self.environment = {
            "STORAGE_EMULATOR_HOST": self.service.url, "GCS_BUCKET": "data", "GCS_PREFIX": "kept", "WRITER_TYPE": "gcs",
        }  # fmt: skip
        options = ClientOptions(api_endpoint=self.service.url)
        self._bucket = storage.Client("p", AnonymousCredentials(), client_options=options).bucket("data")

    def read(self) -> list[Row]:
        texts = [blob.download_as_bytes().decode() for blob in self._bucket.list_blobs()]
        return [row for text in texts for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]

    def put(self, rows: list[Row]) -> None:
        for name in {self._name(row) for row in rows}:
            part = [row for row in rows if self._name(row) == name]
            columns = list(dict.fromkeys([*(COLUMNS if "mode" in part[0] else COLUMNS[:38]), *NOTES]))
            self._bucket.blob(name).upload_from_string(text_of_rows(part, columns), "text/csv")

    @staticmethod
    def _name(row: Row) -> str:
        return f"kept/{row['strategy']}/{row['symbol']}/{row['trade_date'][:4]}.csv"

    def close(self) -> None:
        self.service.stop()


class Documents:
    name = "mongodb"

    def __init__(self, folder: Path):
        self.server = FakeMongo().start()
        self.environment = {"MONGODB_CONNECTION": self.server.uri, "WRITER_TYPE": "mongodb"}
        self._trades: Any = MongoClient(self.server.uri).trading.trades

    def read(self) -> list[Row]:
        rows = []
        for document in self._trades.find():
            row = {name: text_of(value, name) for name, value in document.items() if name != "_id"}
            if "mode" in row and document["_id"] != id_of(key_of(row)):
                raise Violation(f"the document {document['_id']!r} holds the row {key_of(row)}")
            rows.append(row)
        return rows

    def put(self, rows: list[Row]) -> None:
        """Changes what people have added; makes documents that are not there yet."""
        for row in rows:
            key = key_of(row) if "mode" in row else (*(row[name] for name in
                ("trade_date", "symbol", "strategy", "params_id")), "backtest", "1")
            change = {name: row[name] for name in NOTES if row.get(name)}
            if "mode" not in row:
                change = {name: self._typed(name, text) for name, text in row.items()}
                if not self._trades.index_information().get("journal_key"):
                    four = [(name, 1) for name in ("trade_date", "symbol", "strategy", "params_id")]
                    self._trades.create_index(four, name="journal_key", unique=True)
            if change:
                self._trades.update_one({"_id": id_of(key)}, {"$set": change}, upsert="mode" not in row)

    @staticmethod
    def _typed(name: str, text: str) -> Any:
        if name == "trade_date":
            return datetime.fromisoformat(text)
        if not text or name in ("notes", *NOTES):
            return text or None
        if text in ("true", "false"):
            return text == "true"
        try:
            return text if name in ("params_id", "data_id", "run_id") else float(text)
        except ValueError:
            return text

    def close(self) -> None:
        self._trades.database.client.close()
        self.server.stop()


PLACES = {place.name: place for place in (CSVFile, Objects, Documents)}


class SessionsRun:
    """One journal through all rounds."""

    def __init__(self, binary: Path, folder: Path, writer: str, seed: int):
        self.folder = folder / writer
        self.folder.mkdir()
        self.place: Any = PLACES[writer](self.folder)
        self.seed = seed
        self.kills = 0
        self.named = 0
        self.runs = 0
        self._program = Program(binary, self.folder)
        self._chance = random.Random(f"{seed} {writer}")
        self._life = 0.1
        self._tokens: dict[Session, list[str]] = {}
        self._sessions: list[Session] = [(day, symbol) for day in DAYS for symbol in SYMBOLS]
        self._turns: dict[Session, int] = dict.fromkeys(self._sessions, 0)

    def run(self, runs: int) -> None:
        self._upgrade()
        turn = 0
        while self.runs < runs:
            turn += 1
            changed = self._chance.sample(self._sessions, self._chance.randint(1, 6))
            made = self.folder / "made.csv"
            made.write_text(text_of_rows([row for one in changed for row in self._rows(one, turn)], COLUMNS))
            before, self._turns = self._turns, self._turns | dict.fromkeys(changed, turn)
            while not self._attempt("journal", "copy", "--from", made, "--to", self.place.name, "--format", "json"):
                self._check(before)
            self._check(None)
            self._annotate()
            self._check(None)
        finished = self._program("journal", "verify", "--writer", self.place.name, env=self.place.environment)
        if "add up" in finished.out or "twice" in finished.out:
            raise Violation(finished.out)

    def _rows(self, session: Session, turn: int) -> list[Row]:
        # The first round is what a program of the first schema can have written.
        return rows_of(session, turn, self.seed, 3 if turn else 1)

    def _upgrade(self) -> None:
        rows = [row for one in self._sessions for row in self._rows(one, 0)]
        for row in rows:
            if self._chance.random() < 0.5:
                row["notes_user"] = self._token((row["trade_date"], row["symbol"]))
        self.place.put([of_first_schema(row) for row in rows])
        old = {(row["trade_date"], row["symbol"]): of_first_schema(row) for row in rows}
        while True:
            is_done = self._attempt("journal", "upgrade", "--writer", self.place.name, least=0.6)
            for row in self.place.read():
                was = old[row["trade_date"], row["symbol"]]
                is_new = bool(row.get("mode"))
                if is_done and not is_new:
                    raise Violation(f"{self.place.name}: not upgraded: {row}")
                for name, value in was.items():
                    letter = {"params_id": "p", "data_id": "d"}.get(name, "") if is_new else ""
                    if (row.get(name) or "") != letter + value:
                        raise Violation(f"{self.place.name}: {name} of {row['trade_date']} {row['symbol']}: {row.get(name)!r}")
            if is_done:
                break
        for row in self.place.read():
            wanted = row_of_schema_2(old[row["trade_date"], row["symbol"]])
            if {name: row[name] for name in COLUMNS} != {name: wanted[name] for name in COLUMNS}:
                raise Violation(f"{self.place.name}: upgraded to {row}, not {wanted}")
        # What the upgrade leaves empty is filled by running a session again; here that is the next round's business.
        self._upgraded = {(row["trade_date"], row["symbol"]) for row in rows}

    def _attempt(self, *arguments: Any, least: float = 0.5) -> bool:
        """Runs the program once; whether it got through. Most runs are killed."""
        self.runs += 1
        begin = time.monotonic()
        process = self._program.start(*arguments, env=self.place.environment)
        if self._chance.random() < least:
            time.sleep(self._chance.uniform(0, self._life * 1.2))
            process.kill()
        out, err = process.communicate(timeout=120)
        if process.returncode == -9:
            self.kills += 1
            return False
        if process.returncode != 0:
            raise Violation(f"{self.place.name}: exit {process.returncode}\n{out}\n{err}")
        self._life += (time.monotonic() - begin - self._life) / 10
        return True

    def _check(self, before: Optional[dict[Session, int]]) -> None:
        """Looks at every session; `before` has the turns that may still be there after a kill."""
        found: dict[Session, list[Row]] = {}
        held = self.place.read()
        for row in sorted(held, key=lambda row: (key_of_any(row)[:4], int(row.get("trade_no") or 1))):
            found.setdefault((row["trade_date"], row["symbol"]), []).append(row)
        if found.keys() != set(self._sessions):
            raise Violation(f"{self.place.name}: sessions {found.keys() ^ set(self._sessions)}")
        torn = []
        for session, rows in found.items():
            own = [{name: row.get(name, "") for name in COLUMNS} for row in rows]
            turns = {self._turns[session]} | ({before[session]} if before else set())
            if not any(self._is(own, session, turn) for turn in turns):
                torn.append(session)
            self._look_for_notes(session, rows, before is not None)
        if not torn:
            return
        if before is None or self.place.name != "mongodb":
            raise Violation(f"{self.place.name}: {torn} are neither old nor new")
        # Of several documents some may be written: told by their number, or all of the new turn but for the last ones.
        finished = self._program("journal", "verify", "--writer", "mongodb", "--format", "json", env=self.place.environment)
        if self.place.read() != held:
            # The server was still at work on what the killed program had sent.
            self._check(before)
            return
        series = json.loads(finished.out)["journals"][0]["series"]
        named = {(one["date"], each["symbol"]) for each in series for one in each["partial"]}
        for session in torn:
            numbers = {len(self._rows(session, turn)) for turn in (self._turns[session], before[session])}
            if session not in named and len(numbers) > 1:
                raise Violation(f"{session} is torn, and verify does not say so: {finished.out}")
        self.named += len(named)

    def _is(self, rows: list[Row], session: Session, turn: int) -> bool:
        wanted = self._rows(session, turn)
        if turn == 0:
            wanted = [row_of_schema_2(of_first_schema(row)) for row in wanted]
        return rows == [{name: row[name] for name in COLUMNS} for row in wanted]

    def _token(self, session: Session) -> str:
        tokens = self._tokens.setdefault(session, [])
        tokens.append(f"note {len(tokens) + 1} of {session[1]} {session[0]}")
        return tokens[-1]

    def _annotate(self) -> None:
        """The person adds a note to a row."""
        rows = self.place.read()
        row = self._chance.choice(rows)
        name = self._chance.choice(NOTES)
        token = self._token((row["trade_date"], row["symbol"]))
        row[name] = f"{row[name]}; {token}" if row.get(name) else token
        self.place.put(rows if self.place.name != "mongodb" else [row])

    def _look_for_notes(self, session: Session, rows: list[Row], was_killed: bool) -> None:
        notes = Counter(
            part for row in rows for name in NOTES for part in (row.get(name) or "").split("; ") if part
        )
        wanted = Counter(self._tokens.get(session, []))
        if missing := wanted - notes:
            raise Violation(f"{self.place.name}: {session} lost {dict(missing)}; it has {dict(notes)}")
        # A note may be at its old and its new place while a run is under way.
        if (more := notes - wanted) and not (was_killed and self.place.name == "mongodb"):
            raise Violation(f"{self.place.name}: {session} has {dict(more)} too often")


def row_of_schema_2(old: Row) -> Row:
    """What an upgrade makes of a row of the first schema."""
    row = dict.fromkeys(COLUMNS, "") | old
    entered = row["entered"] == "true"
    day = row["trade_date"]
    return row | {
        "params_id": "p" + old["params_id"], "data_id": "d" + old["data_id"], "mode": "backtest", "trade_no": "1",
        "trades": "1" if entered else "0", "side": "long", "market": "XNYS",
        "entry_at": instant(day, row["entry_time_et"]) if entered else "",
        "exit_at": instant(day, row["eod_exit_time"]) if entered else "",
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writers", default="csv,gcs,mongodb")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for writer in options.writers.split(","):
            run = SessionsRun(options.binary.absolute(), Path(folder), writer, options.seed)
            begin = time.monotonic()
            try:
                run.run(options.runs)
            except Violation as violation:
                print(f"VIOLATED (seed {options.seed}): {violation}")
                return 1
            finally:
                run.place.close()
            notes = sum(map(len, run._tokens.values()))
            print(
                f"{writer}: {run.runs} runs, {run.kills} killed, {notes} notes kept, {run.named} torn sessions named, "
                f"{timedelta(seconds=round(time.monotonic() - begin))}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
