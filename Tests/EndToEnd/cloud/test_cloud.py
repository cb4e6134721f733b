"""The files of cloud/, and every gcloud command there and in the documents, as gcloud itself sees them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from cloud_support import (
    CLOUD, DEPLOY, DESTROY, commands_of, decoding_errors, documented_commands, dry_run, lint, needs_gcloud
)  # fmt: skip
from support import REPOSITORY

PAGES = sorted([*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("cloud/*.md")])
DEPLOY_PAGE = (REPOSITORY / "docs" / "deploy.md").read_text(encoding="utf-8")

RECORD = {
    "event", "run_id", "status", "reason", "exit_code", "trigger", "strategy", "params_id", "symbols", "first_session",
    "last_session", "duration_seconds", "fetch_latency_p50_seconds", "fetch_latency_p95_seconds", "cache_hit_rate",
    "requests", "retries", "errors", "error_messages", "warnings", "sessions", "trades", "rows_written",
    "rows_unchanged", "trades_30d", "win_rate_30d", "expectancy_r_30d", "max_drawdown_usd_30d",
    "sessions_without_trade", "missing_sessions",
}  # fmt: skip
"""The fields of the record run_completed."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the filled-in files, everything chosen."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def printed(files: Path) -> list[str]:
    """The commands that dry runs of both scripts print, whatever the options."""
    commands = dry_run("deploy.sh", *DEPLOY)
    commands += dry_run("deploy.sh", *DEPLOY, "--writer", "mongodb", "--bucket", "other", "--image", "registry.example/i")
    commands += dry_run(
        "deploy.sh", *DEPLOY, "--writer", "gcs,mongodb", "--strategy", "timed-entry", "--feed", "sip",
        "--alert-email", "me@example.com", "--files", str(files), env={"NOTIFY_URL": "https://hooks.example/x", "HEARTBEAT_URL": "https://watch.example/x"},
    )  # fmt: skip
    # The files of the first two are gone: they were temporary.
    commands = [re.sub(r"=?/tmp/tmp\.\w+/", lambda at: ("=" if at[0][0] == "=" else "") + f"{files}/", line) for line in commands]
    return commands + dry_run("destroy.sh", *DESTROY, "--bucket", "other") + dry_run("destroy.sh", *DESTROY, "--delete-data")


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def alerts() -> list[Path]:
    return sorted((CLOUD / "alerts").glob("*.yaml"))


def alert_commands() -> list[str]:
    """The commands that alerts tell their readers."""
    texts = [document(path)["documentation"]["content"] for path in alerts()]
    return [command for text in texts for span in re.findall(r"`(gcloud [^`]*)`", text) for command in commands_of(span)]


def once_for_each_form(commands: list[str]) -> list[str]:
    """The commands without those that differ from an earlier one in names and files alone."""
    forms = {}
    for command in commands:
        form = re.sub(r"\S*(trading[_-]playbook|/cloud/|\bother\b)\S*", "NAME", command)
        forms.setdefault(form, command)
    return list(forms.values())


@needs_gcloud
def test_every_command_passes_gclouds_linter(printed: list[str], tmp_path: Path) -> None:
    documented = [command for page in PAGES for command in documented_commands(page.read_text(encoding="utf-8"))]
    assert len(printed) > 150 and len(documented) > 25 and len(alert_commands()) > 1
    said = lint(once_for_each_form(printed) + documented + alert_commands(), tmp_path)
    assert {command: error for command, error in said.items() if error} == {}


@needs_gcloud
@pytest.mark.proof
def test_the_linter_notices_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "cleanup.json").write_text('[{"name": "n", "action": {"type": "Keep"}}]')
    wrong = [
        "gcloud run jobs replacement job.yaml",
        "gcloud run services describe trading-playbook --regoin=us-east4",
        "gcloud scheduler jobs create http nightly --location=us-east4 --uri=https://x",
        "gcloud storage buckets update gs://b --lifecycle-file=a --clear-lifecycle",
        f"gcloud run services replace {tmp_path}/empty.yaml --region=us-east4",
        f"gcloud artifacts repositories set-cleanup-policies r --location=l --policy={tmp_path}/cleanup.json",
    ]
    right = "gcloud run services describe trading-playbook --region=us-east4"
    said = lint([*wrong, right], tmp_path)
    assert said[right] is None
    assert [command for command in wrong if not said[command]] == []


def test_commands_are_found_in_documents() -> None:
    page = (
        "text `gcloud not this`\n\n    gcloud a b \\\n        --c=\"$PROJECT\"\n    printf x | gcloud d 'e f' && echo\n\n"
        "```sh\nX=$(gcloud g ${REGION}) # gcloud no\n```\n"
    )
    assert documented_commands(page) == ["gcloud g us-east4", "gcloud a b --c=my-project", "gcloud d 'e f'"]


def messages(files: Path) -> dict[str, tuple[str, str, str, Any]]:
    """What each file is to gcloud."""
    entries = {
        "service": ("run", "v1", "Service", document(files / "service.yaml")),
        "job": ("run", "v1", "Job", document(files / "job.yaml")),
        "dashboard": ("monitoring", "v1", "Dashboard", document(files / "dashboard.yaml")),
        "build": ("cloudbuild", "v1", "Build", document(CLOUD / "cloudbuild.yaml")),
    }
    for name in ("lifecycle", "lifecycle-build"):
        entries[name] = ("storage", "v1", "Bucket.LifecycleValue", document(CLOUD / f"{name}.json"))
    for path in alerts():
        entries[path.stem] = ("monitoring", "v3", "AlertPolicy", document(path))
    for path in files.glob("trading_playbook_*.yaml"):
        entries[path.stem] = ("logging", "v2", "LogMetric", document(path))
    for policy in document(CLOUD / "cleanup.json"):
        if "condition" in policy:
            entries[policy["name"]] = ("artifactregistry", "v1", "CleanupPolicyCondition", policy["condition"])
        else:
            recent = policy["mostRecentVersions"]
            entries[policy["name"]] = ("artifactregistry", "v1", "CleanupPolicyMostRecentVersions", recent)
    return entries


@needs_gcloud
def test_every_file_is_what_gcloud_reads(printed: list[str], files: Path) -> None:
    entries = messages(files)
    assert len(entries) == 4 + 2 + 5 + 18 + 2
    errors = decoding_errors(list(entries.values()))
    assert {name: error for name, error in zip(entries, errors) if error} == {}


@needs_gcloud
def test_wrong_fields_are_noticed(printed: list[str], files: Path) -> None:
    def changed(name: str, change) -> tuple[str, str, str, Any]:
        entry = messages(files)[name]
        change(entry[3])
        return entry

    def container(of: dict) -> dict:
        spec = of["spec"]["template"]["spec"]
        return (spec if "containers" in spec else spec["template"]["spec"])["containers"][0]

    errors = decoding_errors([
        changed("service", lambda it: container(it).update(envs=[])),
        changed("service", lambda it: container(it)["startupProbe"]["httpGet"].update(port="web")),
        changed("job", lambda it: it["spec"]["template"]["spec"].update(taskCount="two")),
        changed("no-run", lambda it: it.update(combiner="SOME")),
        changed("long-run", lambda it: it["conditions"][0]["conditionThreshold"].update(threshold=1)),
        changed("dashboard", lambda it: it["mosaicLayout"]["tiles"][0].update(x=1)),
        changed("trading_playbook_runs", lambda it: it.update(labelExtractor={})),
        changed("lifecycle", lambda it: it["rule"][0]["condition"].update(matchPrefix=["cache/"])),
        changed("build", lambda it: it["options"].update(logging="CLOUD")),
    ])  # fmt: skip
    assert None not in errors, errors


def test_metrics_use_fields_of_the_record(printed: list[str], files: Path) -> None:
    for path in files.glob("trading_playbook_*.yaml"):
        metric = document(path)
        used = re.findall(r"jsonPayload\.(\w+)", path.read_text(encoding="utf-8"))
        assert set(used) <= RECORD, path.name
        assert 'jsonPayload.event="run_completed"' in metric["filter"]
        described = {label["key"] for label in metric["metricDescriptor"].get("labels", [])}
        assert described == set(metric.get("labelExtractors", {}))
        assert ("valueExtractor" in metric) == (metric["metricDescriptor"]["valueType"] == "DISTRIBUTION")


def test_alerts_and_dashboard_use_metrics_that_are_made(printed: list[str], files: Path) -> None:
    made = {path.stem: document(path) for path in files.glob("trading_playbook_*.yaml")}
    shown = (CLOUD / "dashboard.yaml").read_text(encoding="utf-8")
    watched = "".join(path.read_text(encoding="utf-8") for path in alerts())
    used = set(re.findall(r"logging\.googleapis\.com/user/(\w+)", shown + watched))
    assert used == set(made), "a metric is not made, or is of no use"
    for label in re.findall(r"metric\.labels?\.(\w+)", shown + watched):
        assert label in made["trading_playbook_runs"]["labelExtractors"]
    for path in alerts():
        policy = document(path)
        assert policy["userLabels"] == {"app": "trading-playbook", "alert": path.stem}
        for condition in policy["conditions"]:
            [kind] = set(condition) - {"displayName"}
            # Monitoring wants a type of resource, and looks no further back than 25 hours.
            assert "resource.type=" in condition[kind]["filter"]
            [aggregation] = condition[kind]["aggregations"]
            seconds = [int(text[:-1]) for text in (aggregation["alignmentPeriod"], condition[kind]["duration"])]
            assert sum(seconds) <= 90000 and seconds[1] <= 84600


def variables(path: Path) -> dict[str, Any]:
    """The environment of a service or a job."""
    spec = document(path)["spec"]["template"]["spec"]
    container = (spec if "containers" in spec else spec["template"]["spec"])["containers"][0]
    return {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container["env"]}


def test_the_environment_is_made_of_settings(printed: list[str], files: Path) -> None:
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    settings = set(re.findall(r"^#([A-Z_]+)=", example, flags=re.MULTILINE))
    for folder in (CLOUD, files):
        service, job = (variables(folder / name) for name in ("service.yaml", "job.yaml"))
        assert service == job
        assert set(service) <= settings
    assert service["SYMBOLS"] == "QQQ,SPY" and service["STRATEGY"] == "timed-entry" and service["ALPACA_FEED"] == "sip"
    assert service["DATA_CACHE_DIR"] == "gs://my-project-trading-playbook/cache"
    secrets = {value["secretKeyRef"]["name"] for value in service.values() if isinstance(value, dict)}
    stored = {line.split()[3] for line in printed if line.startswith("gcloud secrets create")}
    assert secrets == stored
    assert all(not re.search("KEY|CONNECTION|URL", name) or isinstance(value, dict) for name, value in service.items())


def test_only_the_cache_and_old_versions_are_ever_deleted() -> None:
    for rule in document(CLOUD / "lifecycle.json")["rule"]:
        condition = rule["condition"]
        assert condition.get("matchesPrefix") == ["cache/"] or "daysSinceNoncurrentTime" in condition
    assert document(CLOUD / "lifecycle.json")["rule"], "nothing was looked at"


def test_the_page_tells_of_every_resource_and_role(printed: list[str]) -> None:
    for line in printed:
        for role in re.findall(r"--role=(\S+)", line):
            assert f"`{role}`" in DEPLOY_PAGE
        made = re.match(r"gcloud (?:secrets|iam service-accounts|scheduler jobs|run) create (?:http )?(\S+)", line)
        assert not made or f"`{made[1]}`" in DEPLOY_PAGE
    mentioned = set(re.findall(r"`(roles/[\w.]+)`", DEPLOY_PAGE.split("## What is made")[1]))
    assert mentioned == {role for line in printed for role in re.findall(r"--role=(\S+)", line)}


def test_the_arithmetic_of_the_costs_is_right() -> None:
    page = (REPOSITORY / "docs" / "costs.md").read_text(encoding="utf-8")
    sums = re.findall(r"((?:[\d.(][\d.() ]*[×+/] )+[\d.() ]*\d\)*) = ([\d.]*\d)", page)
    assert len(sums) > 20
    for terms, result in sums:
        value = eval(terms.replace("×", "*"))  # digits, parentheses and operators, by the expression above
        digits = len(result.partition(".")[2])
        assert round(value, digits) == pytest.approx(float(result), abs=10**-digits / 2), terms
    table = page.split("## Arithmetic")[1].split("##")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("|") and " = " in row]
    without = sum(float(row[4].split("=")[1]) for row in rows)
    assert f"**{without:.2f}** | **{sum(float(row[5]) for row in rows):.2f}**" in table


def test_the_scripts_are_clean() -> None:
    result = run_check("shellcheck", "--external-sources", *map(str, sorted(CLOUD.glob("*.sh"))))
    assert result.returncode == 0, result.stdout


def test_the_yaml_files_are_clean(printed: list[str], files: Path) -> None:
    result = run_check("yamllint", "--strict", "--config-file", str(CLOUD / ".yamllint"), str(CLOUD))
    assert result.returncode == 0, result.stdout
    filled_in = "{extends: default, rules: {document-start: disable, line-length: disable}}"
    result = run_check("yamllint", "--strict", "--config-data", filled_in, str(files))
    assert result.returncode == 0, result.stdout


def run_check(name: str, *arguments: str) -> subprocess.CompletedProcess:
    """Runs a program of the Python environment that the tests run in."""
    program = Path(sys.executable).parent / name
    return subprocess.run([str(program), *arguments], capture_output=True, text=True, timeout=300)


PRIVATE = (
    ".env", ".env.local", "my.env", "secrets/key", "Sources/secrets/key", "data/QQQ_1Min.csv", "output/trades.csv",
    "Sources/.env", "Tests/PlaybookCoreTests/x.env", "Sources/key.json", "Sources/key.pem",
)  # fmt: skip
"""Files that must never leave a computer."""
BUILT = (
    "Dockerfile", ".dockerignore", "Makefile", "Package.swift", "LICENSE", ".ci/install", ".ci/image-root",
    "Sources/PlaybookUseCases/Fetch/FetchJob.swift", "Benchmarks/swift/Dumps.swift",
    "Tests/PlaybookCoreTests/Bars/SymbolTests.swift", "Tests/PlaybookTestSupport/Waiting.swift",
)  # fmt: skip
"""Some of those that the image is built from."""


@needs_gcloud
def test_what_is_built_is_uploaded_and_what_is_private_is_not(tmp_path: Path) -> None:
    for name in (*BUILT, *PRIVATE, "README.md", "docs/data.md", "Tests/EndToEnd/support/support.py", "notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    shutil.copy(REPOSITORY / ".gcloudignore", tmp_path)
    told = subprocess.run(
        ["gcloud", "meta", "list-files-for-upload", str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )  # fmt: skip
    assert set(told.stdout.split()) == set(BUILT)


def test_git_keeps_what_is_private_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    shutil.copy(REPOSITORY / ".gitignore", tmp_path)
    names = [*PRIVATE[:9], *BUILT, ".env.example", "output/.gitkeep", "docs/data.md"]
    told = subprocess.run(
        ["git", "check-ignore", "--no-index", *names], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert told.stdout.split() == list(PRIVATE[:9])


def test_docker_is_given_nothing_private() -> None:
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    last = max(index for index, line in enumerate(lines) if line.startswith("!"))
    assert {"**/.env*", "**/*.env", "**/secrets", "data", "output", "**/*.json", "**/*.pem"} <= set(lines[last:])
