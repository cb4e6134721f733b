"""The steps about PostgreSQL: a large journal into a table."""

import sys
from pathlib import Path

from harness import BenchmarkError, Sample, interleaved
from report import compared

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "Tests"
sys.path[:0] = [str(TESTS / "FakeServer"), str(TESTS / "Postgres")]

SYMBOLS = ",".join(f"S{number}" for number in range(20))
FIRST, LAST = "2005-01-03", "2024-11-12"
WALL_LIMIT = 0.85
CPU_LIMIT = 0.3


class PostgresBench:
    """What `Bench` does about PostgreSQL."""

    def postgres(self):
        """Some 100,000 rows into a new table: `journal copy`, against psycopg's COPY through a temporary table."""
        from postgres_server import PostgresServer

        journal = self.work_dir / "hundred-thousand.csv"
        self.launcher.run([
            self.options.binary, "backtest", "--source", "sample", "--symbol", SYMBOLS, "--start", FIRST, "--end", LAST,
            "--output", journal,
        ])  # fmt: skip
        rows = journal.read_bytes().count(b"\n") - 1
        with PostgresServer() as server:
            uri = server.uri()

            def emptied(command, settings=None):
                server.run("DROP TABLE IF EXISTS trades CASCADE")
                return self.launcher.run(command, settings)

            ours = [self.options.binary, "journal", "copy", "--from", journal, "--to", "postgres"]
            theirs = [self.options.python, HERE / "python" / "copy_rows.py", journal, uri]
            runs = interleaved(3, {
                "ours": lambda: emptied(ours, {"POSTGRES_CONNECTION": uri}), "psycopg": lambda: emptied(theirs),
            })  # fmt: skip
            count = server.run("SELECT count(*) FROM trades")
            if count != [[str(rows)]]:
                raise BenchmarkError(f"there are {count} rows instead of {rows}")
        for what, pick, limit in (
            ("100,000 rows into PostgreSQL", "seconds", WALL_LIMIT),
            ("the same, the client's processor time", "cpu_seconds", CPU_LIMIT),
        ):
            one, other = (Sample.of([getattr(run, pick) for run in runs[name]]) for name in ("ours", "psycopg"))
            self.figures.append(
                compared(what, one.median, other.median, "s", limit, "psycopg's COPY through a temporary table"))
