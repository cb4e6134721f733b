"""What the documents promise is what the program does."""

import json
import re
import shlex
import socket
import subprocess

import pytest
from fake_alpaca import FakeAlpaca
from fake_binance import FakeBinance
from fake_deribit import FakeDeribit
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from fake_yahoo import FakeYahoo
from support import REPOSITORY, Program, dp20_reference

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def masked(text: str) -> str:
    """`text` without what differs from run to run: the run's name and the time it took."""
    return re.sub(r"Run \S+, (.*), \d+\.\d+ s", r"Run RUN, \1, TIME", text).strip()


def sample_command() -> list[str]:
    """The command that `make backtest` runs."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    [line] = re.findall(r"^\t\$\(BINARY\) (backtest .*)$", makefile, flags=re.MULTILINE)
    return line.split()


def readme_commands() -> list[list[str]]:
    """The README's commands that need no data of the user's own."""
    text = re.sub(r"<!-- (alpaca|writers|service|keyless|playbook|research) -->.*?<!-- end -->", "", README, flags=re.DOTALL)
    lines = re.findall(r"^    trading-playbook (.*)$", text, flags=re.MULTILINE)
    return [line.split() for line in lines if "SPY" not in line]


def test_the_readme_shows_what_make_backtest_prints(run: Program) -> None:
    shown = README.split("<!-- sample run -->\n```\n")[1].split("\n```\n")[0]
    result = run(*sample_command())
    assert result.code == 0
    assert masked(result.out) == masked(shown)


@pytest.mark.parametrize("arguments", readme_commands(), ids=" ".join)
def test_the_readmes_commands_work(run: Program, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.code == 0, result.err
    assert result.out


@pytest.mark.parametrize("now", ["2025-11-04T08:00:00Z", "2025-11-04T15:00:00Z", "2025-11-04T23:59:00Z", "2025-11-01T17:00:00Z",
                                 "2025-12-25T15:00:00Z"])  # fmt: skip
def test_the_readmes_backtests_work_at_any_hour(run: Program, now: str) -> None:
    """At night, during a session, after it, at a weekend and on a holiday."""
    backtests = [arguments for arguments in readme_commands() if arguments[0] == "backtest"]
    assert len(backtests) == 3
    for arguments in backtests:
        assert run(*arguments, env={"PLAYBOOK_NOW": now}).code == 0


def test_the_readme_has_commands_to_try() -> None:
    assert len(readme_commands()) >= 4


def test_the_readmes_commands_over_real_bars_work(run: Program, real_data) -> None:
    lines = re.findall(r"^    trading-playbook (.* SPY.*)$", README, flags=re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        result = run(*line.split(), env={"DATA_DIR": str(real_data)})
        assert result.code == 0, result.err


def test_the_commands_without_an_account_work(run: Program) -> None:
    """Those of the readme are among those of the page."""
    page = (REPOSITORY / "docs" / "keyless.md").read_text("utf-8")
    some, lines = (
        re.findall(r"^    trading-playbook (.*)$", section, flags=re.MULTILINE)
        for text in (README, page)
        for section in re.findall(r"<!-- keyless -->(.*?)<!-- end -->", text, flags=re.DOTALL)
    )
    assert (len(some), len(lines)) == (3, 5) and set(some) <= set(lines)
    now = "2025-11-04T23:00:00Z"
    listed = {"BTCUSDT": "2025-08-01T00:00:00Z", "ETHUSDT": "2025-10-01T00:00:00Z"}
    with FakeBinance(now=now, listed=listed) as binance, FakeYahoo(now=now) as yahoo, FakeDeribit(now=now) as deribit:
        urls = {
            "BINANCE_DATA_URL": binance.url, "BINANCE_DUMP_URL": binance.url, "YAHOO_DATA_URL": yahoo.url,
            "DERIBIT_DATA_URL": deribit.url,
        }  # fmt: skip
        for line in lines:
            result = run(*shlex.split(line), env=urls | {"PLAYBOOK_NOW": now})
            assert result.code == 0, result.err
            assert result.out


def test_the_readmes_commands_over_alpaca_work(run: Program, tmp_path) -> None:
    section = re.findall(r"<!-- alpaca -->(.*?)<!-- end -->", README, flags=re.DOTALL)[0]
    lines = re.findall(r"^    trading-playbook (.*)$", section, flags=re.MULTILINE)
    assert len(lines) == 6
    bars = tmp_path / "bars"
    for symbol in ("QQQ", "SPY", "IWM"):
        given = ("--symbol", symbol, "--source", "sample", "--start", "2024-06-03", "--end", "2025-11-04")
        run.succeed("data", "export", *given, "--output", bars / f"{symbol}_2Min.csv")
    (tmp_path / "universe.txt").write_text("QQQ  # Nasdaq 100\nSPY, IWM\n")
    with FakeAlpaca(bars, now="2025-11-04T22:00:00Z", rate_limit=None) as alpaca:
        env = {
            "ALPACA_API_KEY": alpaca.key, "ALPACA_SECRET_KEY": alpaca.secret, "ALPACA_DATA_URL": alpaca.url,
            "ALPACA_TRADING_URL": alpaca.url, "PLAYBOOK_NOW": "2025-11-04T22:00:00Z",
        }  # fmt: skip
        for line in lines:
            result = run(*line.split(), env=env)
            assert result.code == 0, (line, result.out, result.err)
    assert (tmp_path / "QQQ_2Min.parquet").read_bytes()[:4] == b"PAR1"


def test_the_readmes_commands_of_every_day_work(run: Program) -> None:
    section = re.findall(r"<!-- service -->(.*?)<!-- end -->", README, flags=re.DOTALL)[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"SYMBOLS": "QQQ", "DATA_SOURCE": "sample", "PLAYBOOK_NOW": "2025-11-04T21:30:00Z", "PORT": str(port)}
    environment = run.environment(settings)
    lines = [line.split("   ")[0] for line in re.findall(r"^    (\S.*)$", section, flags=re.MULTILINE)]
    assert [line.split()[0] for line in lines] == ["trading-playbook"] * 4 + ["curl"] * 2
    server = None
    try:
        for line in lines:
            if line == "trading-playbook serve":
                command = [str(run.binary), "serve"]
                server = subprocess.Popen(
                    command, cwd=run.folder, env=environment, stdout=subprocess.PIPE, text=True
                )
                assert "listening on" in server.stdout.readline()
            elif line.startswith("curl"):
                command = ["curl", "-sS", *shlex.split(line.replace("8080", str(port)))[1:]]
                answer = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
                assert answer["status"] == "completed" and answer["receipts"][0]["writer"] == "csv"
            else:
                result = run(*line.split()[1:], env=settings)
                assert result.code == 0 and result.out, line
    finally:
        if server is not None:
            server.terminate()
            assert server.wait(timeout=60) == 0
            server.stdout.close()


def test_the_readmes_commands_over_writers_work(run: Program) -> None:
    section = re.findall(r"<!-- writers -->(.*?)<!-- end -->", README, flags=re.DOTALL)[0]
    lines = re.findall(r"^    trading-playbook (.*)$", section, flags=re.MULTILINE)
    assert len(lines) == 7
    with FakeStorage("trading-playbook-data", auth="none") as storage, FakeMongo() as mongo:
        env = {
            "STORAGE_EMULATOR_HOST": storage.url, "GCS_BUCKET": "trading-playbook-data", "DATA_SOURCE": "sample",
            "MONGODB_CONNECTION": mongo.uri, "MONGODB_DATABASE": "trading", "MONGODB_COLLECTION": "trades",
        }  # fmt: skip
        for line in lines:
            result = run(*line.split(), env=env)
            assert result.code == 0, (line, result.out, result.err)


def test_the_table_of_bigquery_has_the_journals_columns() -> None:
    document = (REPOSITORY / "docs" / "writers.md").read_text(encoding="utf-8")
    table = document.split("EXTERNAL TABLE trading.trades (")[1].split("\n)")[0]
    columns = [column.split() for column in table.replace("\n", " ").split(",")]
    assert [name.strip("`") for name, _ in columns] == dp20_reference.COLUMNS
    assert {kind for _, kind in columns} <= {"DATE", "BOOL", "FLOAT64", "INT64", "STRING", "TIMESTAMP"}
    instants = [name.strip("`") for name, kind in columns if kind == "TIMESTAMP"]
    assert instants in ([], ["entry_at", "exit_at"])


def test_the_example_settings_are_the_settings(run: Program) -> None:
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^#([A-Z_]+)=", example, flags=re.MULTILINE)
    settings = json.loads(run("config", "--format", "json").out)["settings"]
    assert listed == [setting["name"] for setting in settings]
    defaults = {setting["name"]: setting["value"] for setting in settings if setting["from"] == "default"}
    for name, value in defaults.items():
        assert f"#{name}={value}\n" in example


def test_the_documented_columns_are_the_journals(run: Program) -> None:
    document = (REPOSITORY / "docs" / "journal.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| \d+ \| `(\w+)` \|", document, flags=re.MULTILINE)
    run("backtest", "--symbol", "QQQ", "--date", "2025-11-04", "--source", "sample", "--output", "trades.csv")
    header = (run.folder / "trades.csv").read_text(encoding="utf-8").splitlines()[0]
    assert documented == header.split(",")
