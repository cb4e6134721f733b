"""docs/playbooks.md and docs/cookbook.md: each example is checked and run, and the tutorial works as printed."""

import json
import re
import shlex

import jsonschema_rs
import pytest
import yaml
from support import REPOSITORY, read_journal

PLAYBOOKS = (REPOSITORY / "docs" / "playbooks.md").read_text()
COOKBOOK = (REPOSITORY / "docs" / "cookbook.md").read_text()


def examples(text):
    return re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def whole(example):
    """An example as a file of its own: what it is not about is added."""
    lines = example
    if not re.search(r"^playbook:", lines, re.MULTILINE):
        lines = "playbook: example\nsummary: an example\n" + lines
    if not re.search(r"^setups?:", lines, re.MULTILINE):
        lines += "setup:\n  steps:\n    - up: close > high[1]\n"
    return lines


def run_example(run, text):
    (run.folder / "example.yaml").write_text(text)
    checked = run("playbook", "check", "example.yaml")
    assert checked.code == 0, f"{checked.out}\n{text}"
    run.succeed(
        "backtest", "--playbook", "example.yaml", "--symbol", "QQQ", "--source", "sample", "--start", "2025-01-02",
        "--end", "2025-03-31", "--output", "j.csv",
    )  # fmt: skip
    return checked.out, read_journal(run.folder / "j.csv")


@pytest.mark.parametrize("number", range(len(examples(PLAYBOOKS))))
def test_examples_of_keys_run(run, number):
    out, rows = run_example(run, whole(examples(PLAYBOOKS)[number]))
    # Short examples name values that nothing else uses.
    assert all("is not used" in line for line in out.splitlines() if "warning:" in line), out
    assert len(rows) >= 60


@pytest.mark.parametrize("number", range(len(examples(COOKBOOK))))
def test_recipes_run(run, number):
    text = examples(COOKBOOK)[number]
    out, rows = run_example(run, text)
    assert "warning" not in out, out
    name = re.search(r"^playbook: (\S+)", text, re.MULTILINE)[1]
    assert {row["strategy"] for row in rows} == {name}
    traded = sum(row["entered"] == "true" for row in rows)
    # The sample has no bars before the open.
    assert (traded > 0) == (name != "premarket-high"), f"{name}: {traded} trades"


def test_there_are_ten_recipes():
    assert len(examples(COOKBOOK)) == 10


def test_each_key_has_a_section_and_an_example():
    for key in (
        "playbook", "summary", "market", "timeframe", "parameters", "values", "filters", "setup", "setups", "steps",
        "cancel", "entry", "stop", "target", "targets", "trail", "breakeven", "exits", "exit", "size", "limits", "resolve",
        "journal",
    ):  # fmt: skip
        assert re.search(rf"^### .*\b{key}\b", PLAYBOOKS, re.MULTILINE), key


def commands_of(text, marker):
    return [
        line.strip()
        for block in re.findall(rf"<!-- {marker} -->\n(.*?)<!-- end -->", text, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]


def test_the_readmes_commands_work(run):
    commands = commands_of((REPOSITORY / "README.md").read_text(), "playbook")
    assert len(commands) == 4
    for command in commands:
        assert run.succeed(*shlex.split(command)[1:]).out.strip(), command


def test_the_tutorial_works_as_printed(run):
    commands = commands_of(PLAYBOOKS, "tutorial")
    assert len(commands) == 7
    for command in commands:
        finished = run.succeed(*shlex.split(command)[1:])
        assert finished.out.strip(), command
    # Two parameter sets, each with its rules beside the journal.
    kept = sorted(path.name for path in (run.folder / "output" / "playbooks").glob("*.yaml"))
    rows = read_journal(run.folder / "output" / "sample-trades.csv")
    assert kept == sorted({f"orb-{row['params_id']}.yaml" for row in rows}) and len(kept) == 2


def test_the_schema_accepts_the_examples_and_refuses_what_is_unknown(run):
    schema = json.loads(run.succeed("playbook", "schema").out)
    validator = jsonschema_rs.validator_for(schema)
    for text in [whole(example) for example in examples(PLAYBOOKS)] + examples(COOKBOOK):
        assert validator.is_valid(yaml.load(text, Loader=yaml.BaseLoader)), text
    wrong = examples(COOKBOOK)[0].replace("stop:", "stopp:")
    assert not validator.is_valid(yaml.load(wrong, Loader=yaml.BaseLoader))
