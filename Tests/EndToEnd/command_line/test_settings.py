"""Where settings come from, and what `config` and `strategies` say."""

import json

import pytest
from support import SETTINGS, read_journal

DAY = ("--date", "2024-01-02")


def config(run, *arguments, env=None) -> dict[str, tuple]:
    """Each setting's value and where it comes from."""
    document = json.loads(run.succeed("config", "--format", "json", *arguments, env=env).out)
    assert document["schema"] == "trading-playbook/config/1"
    return {entry["name"]: (entry.get("value"), entry["from"]) for entry in document["settings"]}


def test_defaults(run):
    settings = config(run)
    assert list(settings) == SETTINGS
    assert settings == {
        "SYMBOLS": (None, "unset"), "MARKET": ("XNYS", "default"), "SESSION_START": ("00:00", "default"),
        "STRATEGY": ("dp20", "default"), "PLAYBOOK_FILE": (None, "unset"),
        "PLAYBOOK_DIR": ("./playbooks", "default"), "ALLOW_INLINE_PLAYBOOKS": ("false", "default"), "DATA_SOURCE": (None, "unset"),
        "DATA_DIR": (None, "unset"), "DATA_TIMEZONE": (None, "unset"), "DATA_STAMPS": ("open", "default"),
        "DATA_DATE_ORDER": (None, "unset"), "DATA_COLUMNS": (None, "unset"), "DATA_PRICE_SCALE": ("1", "default"),
        "DATA_DAILY_ADJUSTED": ("false", "default"),
        "DATA_MIN_COMPLETENESS": ("0.95", "default"),
        "DATA_STRICT": ("false", "default"), "DATA_CACHE_DIR": ("./data/cache", "default"),
        "ALPACA_API_KEY": (None, "unset"), "ALPACA_API_KEY_FILE": (None, "unset"),
        "ALPACA_SECRET_KEY": (None, "unset"), "ALPACA_SECRET_KEY_FILE": (None, "unset"),
        "ALPACA_FEED": (None, "unset"), "ALPACA_PAPER": ("true", "default"),
        "ALPACA_DATA_URL": ("https://data.alpaca.markets", "default"), "ALPACA_TRADING_URL": (None, "unset"),
        "YAHOO_DATA_URL": ("https://query2.finance.yahoo.com", "default"),
        "BINANCE_DATA_URL": ("https://data-api.binance.vision", "default"),
        "BINANCE_DUMP_URL": ("https://data.binance.vision", "default"),
        "DERIBIT_DATA_URL": ("https://www.deribit.com", "default"),
        "ALPACA_RETRY_SECONDS": ("120", "default"), "HEARTBEAT_URL": (None, "unset"), "HEARTBEAT_URL_FILE": (None, "unset"),
        "WRITER_TYPE": ("csv", "default"), "OUTPUT_DIR": ("./output", "default"), "OUTPUT_LOCATION": (None, "unset"), "RESEARCH_DIR": ("./output/research", "default"),
        "GCS_BUCKET": (None, "unset"), "GCS_PREFIX": ("output/trades", "default"), "GCS_USER_PROJECT": (None, "unset"),
        "GCS_GZIP": ("false", "default"), "GCS_ENDPOINT": ("https://storage.googleapis.com", "default"),
        "STORAGE_EMULATOR_HOST": (None, "unset"), "GOOGLE_APPLICATION_CREDENTIALS": (None, "unset"),
        "GCE_METADATA_HOST": (None, "unset"), "MONGODB_CONNECTION": (None, "unset"),
        "MONGODB_CONNECTION_FILE": (None, "unset"), "MONGODB_DATABASE": ("trading", "default"),
        "MONGODB_COLLECTION": ("trades", "default"), "POSTGRES_CONNECTION": (None, "unset"),
        "POSTGRES_CONNECTION_FILE": (None, "unset"), "POSTGRES_SCHEMA": ("public", "default"), "POSTGRES_BARS_QUERY": (None, "unset"), "PORT": ("8080", "default"), "SERVE_HOST": (None, "unset"),
        "SERVE_NAMES": (None, "unset"), "SERVE_ANY_SYMBOL": ("false", "default"),
        "SERVE_MAX_SESSIONS": ("20000", "default"), "SERVE_MAX_MEMORY_MB": ("256", "default"),
        "SERVE_MAX_NEW_PARAMS": ("10", "default"), "OIDC_TRUST_LOOPBACK": ("false", "default"),
        "OIDC_AUDIENCE": (None, "unset"), "OIDC_EMAIL": (None, "unset"),
        "OIDC_ISSUER": ("https://accounts.google.com", "default"),
        "OIDC_KEYS_URL": ("https://www.googleapis.com/oauth2/v3/certs", "default"), "LOG_FORMAT": (None, "unset"),
        "GOOGLE_CLOUD_PROJECT": (None, "unset"), "CLOUD_RUN_TASK_INDEX": (None, "unset"),
        "CLOUD_RUN_TASK_COUNT": (None, "unset"), "JOB_COMPLETION_INDEX": (None, "unset"),
        "JOB_COMPLETIONS": (None, "unset"), "NOTIFY_URL": (None, "unset"), "NOTIFY_URL_FILE": (None, "unset"),
        "NOTIFY_ON": ("all", "default"), "SMTP_URL": (None, "unset"), "SMTP_USER": (None, "unset"),
        "SMTP_PASSWORD": (None, "unset"), "SMTP_PASSWORD_FILE": (None, "unset"), "MAIL_FROM": (None, "unset"),
        "MAIL_TO": (None, "unset"), "RUN_HISTORY": ("off", "default"), "EXPECTED_RUNTIME": (None, "unset"),
        "DASHBOARD": ("off", "default"), "DASHBOARD_REFRESH": ("60", "default"), "DASHBOARD_TOKEN": (None, "unset"),
        "DASHBOARD_TOKEN_FILE": (None, "unset"), "DASHBOARD_USER": (None, "unset"),
        "DASHBOARD_PASSWORD": (None, "unset"), "DASHBOARD_PASSWORD_FILE": (None, "unset"),
        "PLAYBOOK_NOW": (None, "unset"),
    }  # fmt: skip


def test_the_environment_counts_before_the_file_before_the_default(run):
    (run.folder / ".env").write_text("SYMBOLS=SPY\nDATA_SOURCE=sample\nSTRATEGY=timed-entry\nOUTPUT_DIR=here\n")
    settings = config(run, env={"SYMBOLS": "QQQ", "OUTPUT_DIR": "", "DATA_MIN_COMPLETENESS": "0.5"})
    assert settings["SYMBOLS"] == ("QQQ", "environment")
    assert settings["DATA_SOURCE"] == ("sample", ".env")
    assert settings["STRATEGY"] == ("timed-entry", ".env")
    assert settings["OUTPUT_DIR"] == ("here", ".env"), "an empty variable counts as none"
    assert settings["DATA_MIN_COMPLETENESS"] == ("0.5", "environment")
    assert settings["WRITER_TYPE"] == ("csv", "default")


def test_another_file_in_place_of_env(run):
    (run.folder / ".env").write_text("SYMBOLS=SPY\nSTRATEGY=timed-entry\n")
    (run.folder / "mine").write_text("SYMBOLS=IBM\n")
    settings = config(run, "--env-file", "mine")
    assert settings["SYMBOLS"] == ("IBM", "mine")
    assert settings["STRATEGY"] == ("dp20", "default")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("OUTPUT_DIR=a b", "a b"),
        ("OUTPUT_DIR= x ", "x"),
        ("export OUTPUT_DIR=x", "x"),
        ("  OUTPUT_DIR=x # why", "x"),
        ("OUTPUT_DIR=x#y", "x#y"),
        ("OUTPUT_DIR='a # b'", "a # b"),
        ('OUTPUT_DIR="a \\"b\\" \\\\"', 'a "b" \\'),
        ("OUTPUT_DIR='$HOME'", "$HOME"),
        ("OUTPUT_DIR=a=b", "a=b"),
        ("OUTPUT_DIR=", "./output"),
        ("OUTPUT_DIR=x\r", "x"),
        ("# OUTPUT_DIR=x", "./output"),
    ],
)
def test_lines_of_the_env_file(run, line, value):
    (run.folder / ".env").write_bytes(f"# settings\n\n{line}\nSTRATEGY=dp20\n".encode())
    assert config(run)["OUTPUT_DIR"][0] == value


def test_a_flag_counts_before_all(run):
    """Four places say where the journal goes; each one given wins over those below it."""
    asked = ("backtest", "--symbol", "QQQ", *DAY, "--source", "sample")
    run.succeed(*asked)
    (run.folder / ".env").write_text("OUTPUT_LOCATION=from-file.csv\n")
    run.succeed(*asked)
    run.succeed(*asked, env={"OUTPUT_LOCATION": "from-environment.csv"})
    run.succeed(*asked, "--output", "from-flag.csv", env={"OUTPUT_LOCATION": "from-environment.csv"})
    for name in ("output/sample-trades.csv", "from-file.csv", "from-environment.csv", "from-flag.csv"):
        assert len(read_journal(run.folder / name)) == 1
    files = {str(path.relative_to(run.folder)) for path in run.folder.rglob("*.csv")}
    assert files == {"output/sample-trades.csv", "from-file.csv", "from-environment.csv", "from-flag.csv"}


def test_every_flag_overrides_its_variable(run):
    wrong = {
        "SYMBOLS": "../x", "STRATEGY": "none", "DATA_SOURCE": "none", "DATA_DIR": "nowhere", "DATA_TIMEZONE": "Mars",
        "DATA_STAMPS": "middle", "DATA_DATE_ORDER": "ymd", "DATA_COLUMNS": "time", "DATA_PRICE_SCALE": "3",
        "DATA_MIN_COMPLETENESS": "-1", "WRITER_TYPE": "tape", "OUTPUT_LOCATION": "/dev/null/j.csv",
    }  # fmt: skip
    (run.folder / "ABC_2Min.csv").write_text("time,o,h,l,c\n2024-01-02 09:30,1,1,1,1\n")
    right = {
        "--symbol": "ABC", "--strategy": "dp20", "--source": "files", "--data-dir": ".",
        "--data-timezone": "America/New_York", "--data-stamps": "open",
        "--data-date-order": "mdy", "--data-columns": "time,open,high,low,close", "--data-price-scale": "1",
        "--min-completeness": "0.001", "--writer": "csv", "--output": "j.csv",
    }  # fmt: skip
    flags = [word for pair in right.items() for word in pair]
    run.succeed("backtest", *DAY, *flags, env=wrong)
    (row,) = read_journal(run.folder / "j.csv")
    assert (row["symbol"], row["data_source"]) == ("ABC", "files")
    # Without any one of the flags the wrong variable counts.
    for flag in right:
        others = [word for pair in right.items() if pair[0] != flag for word in pair]
        finished = run("backtest", *DAY, *others, env=wrong)
        assert finished.code in (69, 73, 78), flag


def test_settings_alone_make_a_run(run):
    env = {"SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample", "OUTPUT_DIR": "there", "PLAYBOOK_NOW": "2024-01-02T21:00:00Z"}
    run.succeed("backtest", "--today", env=env)
    rows = read_journal(run.folder / "there" / "sample-trades.csv")
    assert [(row["trade_date"], row["symbol"]) for row in rows] == [("2024-01-02", "QQQ"), ("2024-01-02", "SPY")]


def test_config_prints_wrong_settings_too(run):
    finished = run("config", env={"DATA_SOURCE": "none", "OUTPUT_DIR": "here"})
    assert finished.code == 78
    assert "DATA_SOURCE" in finished.out and "here" in finished.out
    assert finished.err.startswith("error: DATA_SOURCE (set in environment): no source 'none'")


def test_strategies(run):
    document = json.loads(run.succeed("strategies", "--format", "json").out)
    assert document["schema"] == "trading-playbook/strategies/1"
    strategies = {strategy["name"]: strategy for strategy in document["strategies"]}
    assert list(strategies) == ["dp20", "timed-entry", "opening-range"]
    defaults = {parameter["name"]: parameter["default"] for parameter in strategies["dp20"]["parameters"]}
    assert defaults == {
        "window-start": "10:00", "window-end": "10:30", "reversal-strength": "0.6", "stop-atr": "1.2",
        "exit-time": "15:55", "ema-period": "20", "atr-period": "14", "trend-period": "200", "shares": "20",
        "slippage-bps": "0", "fee-per-share": "0",
    }  # fmt: skip
    table = " ".join(run.succeed("strategies").out.split())
    for strategy in strategies.values():
        assert strategy["rules"] and strategy["summary"]
        for parameter in strategy["parameters"]:
            assert all(parameter[name] for name in ("name", "default", "range", "unit", "help"))
            assert parameter["name"] in table and parameter["help"] in table


@pytest.mark.parametrize("strategy", ["dp20", "timed-entry", "opening-range"])
def test_the_listed_parameters_are_those_that_run(run, strategy):
    """Each parameter is accepted with its default, which changes nothing, and shown in the result."""
    document = json.loads(run.succeed("strategies", "--format", "json").out)
    (found,) = [entry for entry in document["strategies"] if entry["name"] == strategy]
    asked = ("backtest", "--symbol", "QQQ", *DAY, "--source", "sample", "--strategy", strategy, "--format", "json")
    plain = json.loads(run.succeed(*asked, "--output", "j.csv").out)
    given = [word for one in found["parameters"] for word in ("--param", f"{one['name']}={one['default']}")]
    explicit = json.loads(run.succeed(*asked, *given, "--output", "j.csv").out)
    assert explicit["params"] == plain["params"] == {one["name"]: one["default"] for one in found["parameters"]}
    assert explicit["params_id"] == plain["params_id"]
    assert explicit["receipts"][0]["unchanged"] == 1


def test_without_symbols_it_says_where_it_looked(run):
    """Cron starts in the home folder, where no .env is."""
    home = run.folder.resolve()
    finished = run("backtest", "--catch-up", "--source", "sample")
    assert finished.code == 78 and f"there is no settings file {home}/.env" in finished.err and "--env-file" in finished.err
    (run.folder / ".env").write_text("STRATEGY=dp20\n")
    finished = run("backtest", "--catch-up", "--source", "sample")
    assert finished.code == 78 and f"{home}/.env does not set it" in finished.err
    finished = run("backtest", "--catch-up", "--symbol", "QQQ")
    assert finished.code == 78 and f"{home}/.env does not set it" in finished.err and "no source of bars" in finished.err
    finished = run("backtest", "--catch-up", "--source", "sample", "--cloud")
    assert finished.code == 78 and "no settings file is read" in finished.out


def test_the_mark_of_an_encoding_is_nothing(run):
    (run.folder / ".env").write_bytes(b"\xef\xbb\xbfSYMBOLS=SPY\r\nDATA_SOURCE=sample\r\n")
    assert config(run)["SYMBOLS"] == ("SPY", ".env")
