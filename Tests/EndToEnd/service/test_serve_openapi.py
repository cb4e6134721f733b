"""`/openapi.json` against the service that it describes."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from service_support import serving
from support import Program

SCHEMATHESIS = """
[checks.positive_data_acceptance]
# What no schema can say: dates in order, within the calendar, not to come; parameters that go together.
expected-statuses = ["2xx", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "405", "413", "415", "422"]
# Of random grids and dates hardly any go together.
[[operations]]
include-path = "/sweep"
warnings = false
"""


def run_schemathesis(run: Program, port: int) -> None:
    """All checks and phases; the same requests every time."""
    (run.folder / "schemathesis.toml").write_text(SCHEMATHESIS)
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", f"http://127.0.0.1:{port}/openapi.json",
        "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "15", "--seed", "1",
        "--generation-deterministic", "--no-color", "--report", "har", "--report-har-path", "requests.har",
    ]  # fmt: skip
    environment = run.environment({"HYPOTHESIS_STORAGE_DIRECTORY": str(run.folder / "hypothesis")})
    done = subprocess.run(command, cwd=run.folder, env=environment, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout, done.stdout[-3000:]


def refused_though_allowed(run: Program, document: dict) -> Iterator[tuple[dict, set[str]]]:
    """Bodies that the document allows and the service refused all the same, with the fields that it names."""
    validator = Draft202012Validator({"$ref": "#/components/schemas/BacktestRequest", **document})
    for entry in json.loads((run.folder / "requests.har").read_text())["log"]["entries"]:
        if entry["response"]["status"] != 422 or not entry["request"]["url"].endswith("/backtest"):
            continue
        body = json.loads(entry["request"]["postData"]["text"])
        if validator.is_valid(body):
            errors = json.loads(entry["response"]["content"]["text"])["errors"]
            yield body, {error["field"] for error in errors}


def sweeps_of(run: Program) -> Counter[int]:
    """How often a sweep was asked for, by the status of the answer."""
    entries = json.loads((run.folder / "requests.har").read_text())["log"]["entries"]
    return Counter(entry["response"]["status"] for entry in entries if entry["request"]["url"].endswith("/sweep"))


def test_schemathesis_finds_nothing(run: Program) -> None:
    with serving(run, LOG_FORMAT="json", SYMBOLS="QQQ,SPY", SERVE_MAX_NEW_PARAMS="1000000") as served:
        document = served.ask("GET", "/openapi.json").json
        run_schemathesis(run, served.port)
        code, lines = served.stop()
    assert code == 0
    answered = [json.loads(line).get("httpRequest", {}).get("status") for line in lines]
    sweeps = sweeps_of(run)
    # The example runs; of random grids hardly any goes together.
    assert sweeps[200] >= 1 and sweeps[400] >= 30 and sweeps[422] >= 5, sweeps
    refused = list(refused_though_allowed(run, document))
    assert len(refused) >= 3
    for body, fields in refused:
        # What no schema can say: dates, a number's limits when it is spelled as a text, and what goes together.
        spelled = {f"/params/{name}" for name, value in body.get("params", {}).items() if isinstance(value, str)}
        assert fields <= {"/date", "/start", "/end", "/params"} | spelled, (body, fields)
    # It went through the door, not only against it.
    assert answered.count(200) >= 5 and answered.count(400) >= 100 and answered.count(422) >= 5
    assert not any(status and status >= 500 for status in answered)


def test_the_document_says_which_parameters_belong_to_which_playbook(run: Program) -> None:
    """One schema takes each request that is fine, none takes one that is not, whatever the setting STRATEGY."""
    for default, other, alien in [("dp20", "timed-entry", "trend-period"), ("timed-entry", "dp20", "weekdays")]:
        with serving(run, STRATEGY=default, SYMBOLS="QQQ,SPY") as served:
            document = served.ask("GET", "/openapi.json").json
            schemas = document["components"]["schemas"]
            validator = Draft202012Validator({"$ref": "#/components/schemas/BacktestRequest", **document})
            own = {parameter for parameter in schemas[name_of("Today", default)]["properties"]["params"]["properties"]}
            assert alien in own
            for body, is_fine in [
                ({}, True), ({"params": {alien: PARAMETERS[alien]}}, True), ({"strategy": default}, True),
                ({"strategy": other}, True), ({"strategy": other, "params": {alien: PARAMETERS[alien]}}, False),
                ({"strategy": other, "params": {"stop-atr": "1.5"}, "date": "2025-11-04"}, True),
                ({"params": {"stop-atr": "much"}}, False), ({"params": {"stop-atr": -1}}, False),
                ({"params": {"stop-atr": 1.5}, "start": "2025-11-03", "end": "2025-11-04"}, True),
                ({"symbols": ["SPY"]}, True), ({"symbols": ["IWM"]}, False), ({"strategy": "none"}, False),
                ({"catch_up": True, "start": "2025-11-03", "strategy": other}, True), ({"start": "2025-11-03"}, False),
            ]:  # fmt: skip
                assert validator.is_valid(body) == is_fine, (default, body)
                status = served.backtest(body | {"dry_run": True}).status
                assert status == 200 if is_fine else status in (400, 422), (default, body)


def test_a_playbook_of_the_request_has_parameters_of_its_own(run: Program) -> None:
    """Where requests may bring one, the document says so, and takes what the service takes."""
    mine = {
        "playbook": "mine", "summary": "up", "parameters": {"rise": {"default": "1", "range": ["1", "9"]}, "on": "true"},
        "setup": {"steps": [{"up": "on and close > high[rise]"}]},
    }  # fmt: skip
    day = {"date": "2025-11-04", "dry_run": True}
    for allows in ("true", "false"):
        with serving(run, ALLOW_INLINE_PLAYBOOKS=allows, SYMBOLS="QQQ,SPY") as served:
            document = served.ask("GET", "/openapi.json").json
            validator = Draft202012Validator({"$ref": "#/components/schemas/BacktestRequest", **document})
            for body, is_fine in [
                ({"playbook": mine}, True), ({"playbook": mine, "params": {"rise": 2, "on": False}}, True),
                ({"playbook": mine, "params": {"rise": "3"}, "symbols": ["SPY"]}, True),
                ({"playbook": mine, "strategy": "dp20"}, False), ({"playbook": mine, "params": {"rise": [1]}}, False),
                ({"playbook": "mine"}, False), ({"playbook": {"playbook": "mine"}}, False), ({"playbook": mine, "start": "2025-11-04"}, False),
            ]:  # fmt: skip
                is_fine = is_fine and allows == "true"
                assert validator.is_valid(body | day) == is_fine, (allows, body)
                status = served.backtest(body | day).status
                assert status == 200 if is_fine else status in (400, 422), (allows, body, status)


PARAMETERS = {"trend-period": 20, "weekdays": "mon+tue"}
"""Of dp20 alone, and of timed-entry alone."""


def name_of(choice: str, playbook: str) -> str:
    """The schema of requests that choose their sessions so."""
    return f"Backtest{choice}" + "".join(part.capitalize() for part in playbook.split("-"))


def keys(document: Any, schema: dict, schemas: dict, path: str = "") -> dict[str, set[str]]:
    """The fields that a document has, by the schema's place, each of which the schema must know."""
    while "$ref" in schema:
        path = schema["$ref"].rsplit("/", 1)[1]
        schema = schemas[path]
    found: dict[str, set[str]] = {}
    if isinstance(document, dict):
        if "properties" in schema:
            unknown = document.keys() - schema["properties"].keys()
            assert not unknown, f"{path}: {unknown}"
            assert set(schema["required"]) <= document.keys(), path
            found[path] = set(document)
        for name, value in document.items():
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties") or {})
            merge(found, keys(value, inner, schemas, f"{path}.{name}"))
    elif isinstance(document, list):
        for value in document:
            merge(found, keys(value, schema["items"], schemas, path))
    return found


def merge(into: dict[str, set[str]], other: dict[str, set[str]]) -> None:
    for path, names in other.items():
        into.setdefault(path, set()).update(names)


def test_every_field_of_the_answer_is_described_and_every_one_described_comes(run: Program) -> None:
    (run.folder / "bars").mkdir()
    run.succeed(
        "data", "export", "--source", "sample", "--symbol", "QQQ", "--timeframe", "2Min", "--start", "2025-08-01",
        "--end", "2025-11-04", "--output", run.folder / "bars/QQQ_2Min.csv",
    )  # fmt: skip
    (run.folder / "journal").mkdir()
    with serving(run) as served:
        schemas = served.ask("GET", "/openapi.json").json["components"]["schemas"]
        reference = {"$ref": "#/components/schemas/Backtest"}
        found: dict[str, set[str]] = {}
        documents = [
            served.backtest({"start": "2025-01-02", "end": "2025-11-04"}).json, served.backtest({"date": "2025-11-01"}).json
        ]  # fmt: skip
    failing = {"DATA_SOURCE": "files", "DATA_DIR": "bars", "OUTPUT_LOCATION": "journal"}
    with serving(run, **failing, SYMBOLS="QQQ,NONE") as served:
        problem = served.backtest({"symbols": ["QQQ", "NONE"], "start": "2025-11-03", "end": "2025-11-04"}).problem
        documents.append(problem["result"])
    for document in documents:
        merge(found, keys(document, reference, schemas))
    for name in ("Backtest", "Performance", "Group", "Receipt", "Traffic"):
        assert found[name] == set(schemas[name]["properties"]), name


@pytest.mark.parametrize("path", ["/backtest", "/sweep", "/health", "/health/detailed", "/openapi.json"])
def test_every_path_is_described(run: Program, path: str) -> None:
    with serving(run) as served:
        described = served.ask("GET", "/openapi.json").json["paths"]
        assert set(described) == {"/backtest", "/sweep", "/health", "/health/detailed", "/openapi.json"}
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            status = served.ask(method, path).status
            assert (status != 405) == (method.lower() in described[path]), method
            if status != 405:
                assert str(status) in described[path][method.lower()]["responses"]
