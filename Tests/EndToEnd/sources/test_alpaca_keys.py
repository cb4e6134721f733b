"""Keys, addresses and the choice of a source: what is wrong is named, and the keys are nowhere to be seen."""

from pathlib import Path

import pytest
from alpaca_support import BARS, AlpacaProgram, assert_secret, expect
from fake_alpaca import FakeAlpaca
from support import Program, wait_until

WRONG = "wrong-secret-of-tests-1111111111111111111"


@pytest.mark.parametrize("answer", ["html401", "json403"])
@pytest.mark.parametrize("name", ["ALPACA_API_KEY", "ALPACA_SECRET_KEY"])
def test_keys_that_are_not_accepted(alpaca, answer, name):
    with alpaca.serving(auth_error=answer) as run:
        finished = run.backtest(env={name: WRONG})
        expect(finished, 78, "ALPACA_API_KEY and ALPACA_SECRET_KEY are not accepted", answer[-3:], "ALPACA_PAPER")
        assert WRONG not in finished.err and "<" not in finished.err
        assert len([request for request in run.service.requests if "calendar" not in request["path"]]) == 1, (
            "no retries"
        )
        assert not run.journal.exists() and run.files() == []
        fetched = run("fetch", "--symbol", "QQQ", "--start", "2024-06-03", env={name: WRONG})
        assert fetched.code == 78 and name in fetched.err and WRONG not in fetched.out + fetched.err
        assert_secret(run, finished, fetched)


def test_keys_are_nowhere_to_be_seen(alpaca):
    """Not in what is printed, nor in files, nor in the list of processes; on the wire in headers only."""
    slow = alpaca.service.faults.add("delay", match=BARS, times=1, seconds=60)
    process = alpaca.start("backtest", "--symbol", "QQQ", "--date", "2024-06-12", "--output", alpaca.journal)
    wait_until(lambda: alpaca.service.count(BARS) > 0)
    seen = Path(f"/proc/{process.pid}/cmdline").read_bytes() if Path("/proc/self").exists() else b""
    children = [path.read_text() for path in Path("/proc").glob(f"{process.pid}/task/*/children")]
    slow.released.set()
    finished = alpaca.finish(process)
    assert finished.code == 0, finished.err
    assert not any(key.encode() in seen for key in (alpaca.service.key, alpaca.service.secret))
    assert not any(children), "no other program is given the keys"
    outputs = [finished, alpaca("config"), alpaca("config", "--format", "json"), alpaca("data", "status")]
    outputs.append(alpaca("fetch", "--symbol", "QQQ,NONE", "--start", "2024-06-12", "--end", "2024-06-12"))
    alpaca.service.faults.add("status", match=BARS, times=None, status=500, message=f"echo {alpaca.service.secret}")
    alpaca.service.stop()
    outputs.append(alpaca.backtest("--date", "2024-01-10"))
    assert outputs[-1].code == 69
    assert_secret(alpaca, *outputs)
    for request in alpaca.service.requests:
        assert alpaca.service.secret not in request["target"] and alpaca.service.key not in request["target"]


def test_config_masks_the_keys(alpaca):
    finished = alpaca.succeed("config")
    lines = [line for line in finished.out.splitlines() if "ALPACA_API_KEY " in line or "ALPACA_SECRET_KEY " in line]
    assert len(lines) == 2
    assert all("environment" in line for line in lines), "that they are set is shown"


def test_keys_in_files(alpaca, sample_rows):
    (alpaca.folder / "key").write_text(alpaca.service.key + "\n")
    (alpaca.folder / "secret").write_text(alpaca.service.secret + "\r\n")
    files = {
        "ALPACA_API_KEY": None, "ALPACA_SECRET_KEY": None, "ALPACA_API_KEY_FILE": "key",
        "ALPACA_SECRET_KEY_FILE": str(alpaca.folder / "secret"),
    }  # fmt: skip
    assert alpaca.backtest(env=files).code == 0
    assert alpaca.rows() == sample_rows()
    finished = alpaca.backtest(env=files | {"ALPACA_SECRET_KEY": "x"})
    expect(finished, 78, "ALPACA_SECRET_KEY and ALPACA_SECRET_KEY_FILE are both set")
    finished = alpaca.backtest(env=files | {"ALPACA_SECRET_KEY_FILE": "nowhere"})
    expect(finished, 78, "ALPACA_SECRET_KEY_FILE", "nowhere")
    (alpaca.folder / "secret").write_text("two words\n")
    expect(alpaca.backtest(env=files), 78, "ALPACA_SECRET_KEY_FILE")
    (alpaca.folder / "secret").write_text("")
    expect(alpaca.backtest(env=files), 78, "ALPACA_SECRET_KEY_FILE")


def test_keys_in_the_env_file(program, tmp_path, sample_bars, sample_rows):
    with FakeAlpaca(sample_bars, now="2024-07-01T12:00:00Z", rate_limit=None) as service:
        (tmp_path / ".env").write_text(
            f"ALPACA_API_KEY={service.key}\nALPACA_SECRET_KEY='{service.secret}'\nSYMBOLS=QQQ\n"
            f"ALPACA_DATA_URL={service.url}/\nALPACA_TRADING_URL={service.url}\nPLAYBOOK_NOW=2024-07-01T12:00:00Z\n"
        )
        run = Program(program, tmp_path)
        run.succeed("backtest", "--start", "2024-06-03", "--end", "2024-06-28", "--output", "j.csv")
    assert AlpacaProgram(program, tmp_path, service).rows() == sample_rows()


@pytest.mark.parametrize("name", ["ALPACA_API_KEY", "ALPACA_SECRET_KEY"])
def test_one_key_alone(alpaca, name):
    finished = alpaca.backtest(env={name: None})
    expect(finished, 78, f"needs {name}", f"{name}_FILE", "--source sample")
    assert alpaca.service.requests == []


def test_no_source_chosen(alpaca):
    """Nothing is made up in place of bars that were not asked for."""
    nothing = {"ALPACA_API_KEY": None, "ALPACA_SECRET_KEY": None}
    finished = alpaca.backtest(env=nothing)
    expect(finished, 78, "no source of bars was chosen", "ALPACA_API_KEY", "--source sample", "--data-dir FOLDER")
    expect(alpaca.backtest("--source", "alpaca", env=nothing), 78, "ALPACA_API_KEY", "--source sample")
    assert not alpaca.journal.exists()


def test_which_source_is_chosen(alpaca, sample_market):
    """A flag counts before the keys, the keys before DATA_DIR."""
    day = ("--date", "2024-06-12", "--format", "json")
    folder = {"DATA_DIR": str(sample_market)}
    assert '"data_source":"alpaca/iex/split"' in alpaca.backtest(*day, env=folder).out.replace(" ", "")
    for flags, source in [
        (("--source", "files"), "files"), (("--data-dir", sample_market), "files"), (("--source", "sample"), "sample"),
    ]:  # fmt: skip
        finished = alpaca.backtest(*day, *flags, "--output", f"{source}.csv", env=folder)
        assert f'"data_source":"{source}"' in finished.out.replace(" ", ""), finished.err


@pytest.mark.parametrize("name", ["ALPACA_DATA_URL", "ALPACA_TRADING_URL"])
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.com", "use https"),
        ("http://127.0.0.1.example.com", "use https"),
        ("http://localhost.example.com", "use https"),
        ("http://10.0.0.1:8080", "use https"),
        ("https://user:password@example.com", "is not an address"),
        ("http://127.0.0.1@example.com", "is not an address"),
        ("ftp://example.com", "is not an address"),
        ("file:///etc/passwd", "is not an address"),
        ("example.com", "is not an address"),
        ("https://", "is not an address"),
        ("https://example.com?x=1", "is not an address"),
        ("https://example.com/#x", "is not an address"),
    ],
)
def test_an_address_that_would_give_the_keys_away(alpaca, name, url, reason):
    finished = alpaca.backtest(env={name: url}, timeout=10)
    expect(finished, 78, name, reason)
    assert "password" not in finished.err
    assert alpaca.service.requests == []


@pytest.mark.parametrize("url", ["https://exa mple.com", "https://exam\tple.com", "https://example.com\\@evil.org"])
def test_an_address_with_odd_characters(alpaca, url):
    assert alpaca.backtest(env={"ALPACA_DATA_URL": url}, timeout=30).code in (69, 78)


@pytest.mark.parametrize("value", ["yes please", "2"])
def test_paper_is_true_or_false(alpaca, value):
    expect(
        alpaca.backtest(env={"ALPACA_PAPER": value, "ALPACA_TRADING_URL": None}), 78, "ALPACA_PAPER", "true nor false"
    )


@pytest.mark.parametrize("feed", ["", "SIP!", "../x", "a b", "x" * 40])
def test_what_is_no_feed(alpaca, feed):
    if feed:
        expect(alpaca.backtest(env={"ALPACA_FEED": feed}), 78, "ALPACA_FEED")
    expect(alpaca.backtest("--feed", feed or "?"), 64, "--feed")


def test_a_feed_that_is_unknown(alpaca):
    finished = alpaca.backtest("--feed", "mars")
    expect(finished, 69, "the request was refused", "invalid feed", "ALPACA_FEED")
    assert not alpaca.journal.exists()
