"""Runs of the image to their end: on the sample, without settings, where nothing can be written."""

import socket
from pathlib import Path

from container_support import Image
from support import Program, read_journal, without

DAYS = ("--start", "2025-01-02", "--end", "2025-02-28")
SAMPLE = ("backtest", "--symbol", "QQQ", *DAYS, "--source", "sample")


def test_backtest_on_the_sample(image: Image, output: Path):
    """The journal is in the volume, whole, and as the day-by-day journal of the same days would be."""
    finished = image(*SAMPLE, volumes={"/output": output})
    assert finished.code == 0, finished.err
    rows = read_journal(output / "sample-trades.csv")
    assert len(rows) == 39 and (output / "sample-trades.csv").stat().st_uid == 65532
    again = image(*SAMPLE, "--format", "json", volumes={"/output": output})
    assert again.code == 0 and '"unchanged":39' in again.out.replace(" ", ""), again.out[:2000]
    assert read_journal(output / "sample-trades.csv") == rows


def test_another_user(image: Image, tmp_path: Path):
    """Whichever number the platform gives it."""
    tmp_path.chmod(0o777)
    finished = image(*SAMPLE, volumes={"/output": tmp_path}, options=("--user", "12345:0"))
    assert finished.code == 0, finished.err
    assert (tmp_path / "sample-trades.csv").stat().st_uid == 12345


def test_default_command_without_settings(image: Image):
    """78 and a word about the settings that it lacks."""
    finished = image()
    assert finished.code == 78, finished
    assert "SYMBOLS" in finished.out + finished.err or "DATA_SOURCE" in finished.out + finished.err


def test_without_a_volume(image: Image):
    """73 and the folder: the file system cannot be written."""
    finished = image(*SAMPLE)
    assert finished.code == 73, finished
    assert "/output" in finished.err and "ead-only file system" in finished.err


def test_temporary_files_are_not_needed(image: Image, output: Path):
    """A run on one's own bars in Parquet, from a folder that can only be read, keeps to the journal's folder."""
    data = output.parent / "data"
    data.mkdir()
    exported = image(
        "data", "export", "--source", "sample", "--symbol", "QQQ", "--timeframe", "2Min", *DAYS,
        "--format", "parquet", "--output", "/output/QQQ_2Min.parquet", volumes={"/output": output},
    )  # fmt: skip
    assert exported.code == 0, exported.err
    (output / "QQQ_2Min.parquet").rename(data / "QQQ_2Min.parquet")
    finished = image(
        "backtest", "--symbol", "QQQ", "--date", "2025-02-28", "--data-dir", "/data", "--strategy", "timed-entry",
        volumes={"/output": output, "/data:ro": data},
    )  # fmt: skip
    assert finished.code == 0, finished.err
    assert {path.name for path in output.iterdir()} <= {"sample-trades.csv", ".sample-trades.csv.lock"}


def test_a_run_ends_when_told(image: Image):
    """Though it is the container's first process, for which signals do nothing unless it asks for them."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        env = {
            "ALPACA_API_KEY": "key", "ALPACA_SECRET_KEY": "secret", "ALPACA_DATA_URL": url, "ALPACA_TRADING_URL": url,
        }  # fmt: skip
        day = ("--symbol", "QQQ", "--date", "2025-01-02")
        container = image.start("backtest", *day, env=env)
        try:
            silent.settimeout(10)
            connection, _ = silent.accept()
            container.signal("TERM")
            assert container.wait(timeout=3) == 143, container.logs()
            connection.close()
        finally:
            container.remove()
