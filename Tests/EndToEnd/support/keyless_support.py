"""Runs the program against the fakes of services that want no account."""

from pathlib import Path
from typing import Optional

from support import Program

# Found on the path that support adds.
from fake_binance import FakeBinance
from fake_deribit import FakeDeribit
from fake_yahoo import FakeYahoo


class KeylessProgram(Program):
    """Runs the binary in an empty folder, by the time and with the services given."""

    def __init__(
        self, binary: Path, folder: Path, now: str, *, binance: Optional[FakeBinance] = None,
        yahoo: Optional[FakeYahoo] = None, deribit: Optional[FakeDeribit] = None,
    ):  # fmt: skip
        super().__init__(binary, folder)
        self.now = now
        self.urls = {
            "BINANCE_DATA_URL": binance, "BINANCE_DUMP_URL": binance, "YAHOO_DATA_URL": yahoo, "DERIBIT_DATA_URL": deribit,
        }  # fmt: skip

    def environment(self, changes=None) -> dict[str, str]:
        nowhere = "http://127.0.0.1:1"
        urls = {name: service.url if service else nowhere for name, service in self.urls.items()}
        return super().environment(urls | {"PLAYBOOK_NOW": self.now} | (changes or {}))

    @property
    def files(self) -> list[Path]:
        """The cache's files of bars."""
        return sorted((self.folder / "data/cache").rglob("????-??.parquet"))
