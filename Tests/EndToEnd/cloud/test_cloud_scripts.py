"""cloud/deploy.sh and cloud/destroy.sh do what they say, against a gcloud that remembers."""

import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cloud_support import CLOUD, DEPLOY, DESTROY, KEYS, MORE_KEYS, Project, changes, commands_in, dry_run
from trust import tries

REGISTRY = "us-east4-docker.pkg.dev/my-project/trading-playbook"
ALL = (*DEPLOY, "--writer", "gcs,mongodb", "--alert-email", "me@example.com")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project(tmp_path)
    with project.gcloud:
        yield project


@pytest.fixture(scope="module")
def deployed_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project after one deployment of everything."""
    project = Project(tmp_path_factory.mktemp("everything"))
    with project.gcloud:
        project.succeed("deploy.sh", *ALL, env=MORE_KEYS)
    return project


@pytest.fixture
def everything(deployed_once: Project) -> dict[str, dict]:
    """What exists after everything was deployed once."""
    return deployed_once.state()


@pytest.fixture
def deployed(project: Project, everything: dict[str, dict]) -> Project:
    """A project in which everything exists."""
    project.gcloud.cloud.state = everything
    return project


def test_everything_is_made(deployed_once: Project) -> None:
    assert {kind: len(things) for kind, things in deployed_once.state().items()} == {
        "project": 1, "account": 3, "bucket": 2, "secret": 5, "repository": 1, "image": 1, "services": 1, "jobs": 1,
        "entry": 2, "metric": 18, "policy": 5, "channel": 1, "dashboard": 1, "grant": 11,
    }  # fmt: skip


def test_nothing_is_made_twice(deployed: Project) -> None:
    before = deployed.state()
    deployed.succeed("deploy.sh", *ALL, env=MORE_KEYS)
    assert deployed.state() == before
    made = {"create", "submit", "add"}
    called = changes(deployed.calls())
    assert not [call for call in called if made & set(call[:4])]
    assert any("update" in call for call in called)


def test_a_dry_run_shows_what_is_called(project: Project, tmp_path: Path) -> None:
    files = ("--research-tasks", "4", "--files", str(tmp_path / "files"))
    project.succeed("deploy.sh", *ALL, *files, env=MORE_KEYS)
    # Keys that are others than the stored ones, as a dry run supposes.
    project.succeed("deploy.sh", *ALL, *files, env={name: f"{value}-new" for name, value in MORE_KEYS.items()})
    project.succeed("destroy.sh", *DESTROY, "--delete-data")
    called = {tuple(call) for call in project.calls() if call[:2] not in (["projects", "describe"], ["components", "list"])}
    shown = dry_run("deploy.sh", *ALL, *files) + dry_run("destroy.sh", *DESTROY, "--delete-data")

    def without_names(command: tuple[str, ...]) -> str:
        text = re.sub(r"/trading-playbook:[0-9a-f-]+", "/trading-playbook:TAG", shlex.join(command))
        text = re.sub(r"_REVISION=[0-9a-f]*", "_REVISION=COMMIT", text)
        text = re.sub(r"POLICY-[a-z-]+", "POLICY", text)
        return re.sub(r"(delete) (POLICY|CHANNEL|DASHBOARD|trading_playbook_\w+) ", r"\1 NAME ", text)

    assert {without_names(tuple(shlex.split(line)[1:])) for line in shown} == set(map(without_names, called))


def test_a_dry_run_calls_nothing(project: Project) -> None:
    output = project.succeed("deploy.sh", *ALL, "--dry-run", env=MORE_KEYS)
    assert len(commands_in(output)) > 100
    project.succeed("destroy.sh", *DESTROY, "--dry-run")
    assert project.calls() == []


def test_what_is_printed_is_what_is_called(project: Project) -> None:
    output = project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    printed = [shlex.split(line)[1:] for line in output.splitlines() if line.startswith("gcloud ")]
    called = project.calls()
    assert called[:2] == [
        ["components", "list", "--only-local-state", "--format=value(id)"],
        ["projects", "describe", "my-project", "--format=value(projectId)"],
    ]
    assert printed == called[2:]


def test_destroying_leaves_the_data_and_nothing_else(deployed: Project) -> None:
    output = deployed.succeed("destroy.sh", *DESTROY)
    assert "gs://my-project-trading-playbook stays" in output
    left = deployed.state()
    # Roles vanish with what they are about; only the project's has to be taken back.
    grants = left.pop("grant")
    assert not any(name.startswith("project ") for name in grants)
    assert left == {"project": {"my-project": {}}, "bucket": left["bucket"]}
    assert list(left["bucket"]) == ["gs://my-project-trading-playbook"]
    deployed.calls()
    deployed.succeed("destroy.sh", *DESTROY)
    assert changes(deployed.calls()) == []
    deployed.succeed("destroy.sh", *DESTROY, "--delete-data")
    assert "bucket" not in deployed.state()


def test_destroying_what_never_was_is_no_error(project: Project) -> None:
    project.succeed("destroy.sh", *DESTROY, "--delete-data")
    assert changes(project.calls()) == []


def test_destroying_stops_when_it_cannot_tell(project: Project) -> None:
    project.gcloud.faults = [["secrets describe", 1, "PERMISSION_DENIED: the caller has no permission"]]
    result = project.run("destroy.sh", *DESTROY)
    assert result.returncode == 70
    assert "PERMISSION_DENIED" in result.stderr


def test_a_failed_step_is_named_and_running_again_completes(project: Project, everything: dict[str, dict]) -> None:
    steps = (
        "services enable", "service-accounts create", "buckets update", "secrets create", "versions add",
        "secrets add-iam", "registryUri", "builds submit", "services replace", "jobs add-iam", "scheduler jobs create",
        "metrics create", "channels create", "policies list", "policies create", "dashboards create",
    )  # fmt: skip
    for step in steps[:: tries(3, 1)]:
        project.gcloud.faults = [[step, 1, "INTERNAL: the planned fault"]]
        result = project.run("deploy.sh", *ALL, env=MORE_KEYS)
        assert result.returncode == 70, step
        assert "INTERNAL: the planned fault" in result.stderr
        assert re.search(r"^deploy.sh: failed: \w.*\.$", result.stderr, flags=re.MULTILINE)
        assert "run the same command again" in result.stderr
        assert step in " ".join(project.calls()[-1]), "it went on after the failure"
    project.succeed("deploy.sh", *ALL, env=MORE_KEYS)
    assert project.state() == everything


def test_errors_that_pass_are_waited_for(project: Project, everything: dict[str, dict]) -> None:
    project.gcloud.faults = [
        ["policies create", 3, "NOT_FOUND: Cannot find metric(s) that match type = x"],
        ["secrets add-iam", 1, "INVALID_ARGUMENT: Service account x does not exist."],
        ["services replace", 1, "Permission denied on secret: x"],
        ["secrets create", 1, "PERMISSION_DENIED: the API is disabled. If you enabled this API recently, wait"],
    ]
    project.succeed("deploy.sh", *ALL, env=MORE_KEYS)
    assert project.state() == everything
    assert project.slept.read_text().split() == ["5", "5", "5", "5", "10", "20"]


def test_the_schedule_is_as_documented(deployed_once: Project) -> None:
    entries = deployed_once.state()["entry"]
    nightly, net = entries["trading-playbook-nightly"], entries["trading-playbook-safety-net"]
    assert (nightly["schedule"], net["schedule"]) == ("0 17 * * *", "0 21 * * *")
    assert nightly["time-zone"] == net["time-zone"] == "America/New_York"
    assert nightly["uri"] == "https://SERVICE_URL/backtest"
    assert nightly["oidc-token-audience"] == "https://SERVICE_URL"
    assert json.loads(nightly["message-body"]) == {"catch_up": True}
    assert nightly["headers"] == "Content-Type=application/json"
    assert net["uri"].endswith("/projects/my-project/locations/us-east4/jobs/trading-playbook-catch-up:run")
    account = "trading-playbook-scheduler@my-project.iam.gserviceaccount.com"
    assert nightly["oidc-service-account-email"] == net["oauth-service-account-email"] == account
    # What Cloud Scheduler allows: five retries, half an hour an attempt.
    assert int(nightly["max-retry-attempts"]) == 5 and nightly["attempt-deadline"] == "900s"


def test_waiting_has_an_end(project: Project) -> None:
    project.gcloud.faults = [["policies create", 1000, "NOT_FOUND: Cannot find metric(s)"]]
    assert project.run("deploy.sh", *DEPLOY, env=KEYS).returncode == 70
    assert 300 < sum(map(int, project.slept.read_text().split())) < 1200


def test_secrets_appear_nowhere_but_in_their_place(project: Project, tmp_path: Path) -> None:
    files = tmp_path / "files"
    arguments = (*ALL, "--files", str(files))
    shown = [project.run("deploy.sh", *arguments, "--dry-run", env=MORE_KEYS)]
    shown += [project.run("deploy.sh", *arguments, env=MORE_KEYS) for _ in range(2)]
    project.gcloud.faults = [["versions add", 1, "INTERNAL: no"]]
    shown.append(project.run("deploy.sh", *arguments, env=MORE_KEYS | {"ALPACA_API_KEY": "key-7f3a-new"}))
    assert [result.returncode for result in shown] == [0, 0, 0, 70]
    seen = "".join(result.stdout + result.stderr for result in shown) + str(project.calls())
    seen += "".join(path.read_text() for path in files.iterdir())
    assert not [value for value in ("key-7f3a", "secret-9c1d", "pass-5e2b", "token-8d4c", "ping-1b7e") if value in seen]
    assert project.state()["secret"] == {
        "trading-playbook-alpaca-api-key": ["key-7f3a"],
        "trading-playbook-alpaca-secret-key": ["secret-9c1d"],
        "trading-playbook-mongodb-connection": ["mongodb://u:pass-5e2b@db/t"],
        "trading-playbook-notify-url": ["https://hooks.example/token-8d4c"],
        "trading-playbook-heartbeat-url": ["https://watch.example/ping-1b7e"],
    }


def test_gcloud_does_not_inherit_secrets(project: Project, tmp_path: Path) -> None:
    project.gcloud.program.rename(project.programs / "answer")
    project.program("gcloud", f'{{ echo "# $*"; env; }} >> {tmp_path}/inherited; exec {project.programs}/answer "$@"')
    project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    inherited = (tmp_path / "inherited").read_text()
    first, _, after = inherited.partition("# services enable")
    assert "key-7f3a" in first, "this test does not see the environment"
    assert not [value for value in KEYS.values() if value in after]


def test_a_new_key_is_a_new_version(project: Project) -> None:
    project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    project.succeed("deploy.sh", *DEPLOY, env={"ALPACA_SECRET_KEY": "another"})
    secrets = project.state()["secret"]
    assert secrets["trading-playbook-alpaca-secret-key"] == ["secret-9c1d", "another"]
    assert secrets["trading-playbook-alpaca-api-key"] == ["key-7f3a"]


@pytest.mark.parametrize("missing", ["ALPACA_API_KEY", "ALPACA_SECRET_KEY", "MONGODB_CONNECTION"])
def test_a_missing_secret_is_an_error_before_anything_is_made(project: Project, missing: str) -> None:
    given = {name: value for name, value in MORE_KEYS.items() if name != missing}
    result = project.run("deploy.sh", *ALL, env=given)
    assert result.returncode == 78
    assert f"{missing} is not set" in result.stderr
    assert changes(project.calls()) == []


def test_writers_and_notifications_are_chosen(project: Project) -> None:
    project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    service = project.state()["services"]["trading-playbook"]
    assert "GCS_BUCKET" in service and "MONGODB" not in service and "NOTIFY_URL" not in service
    project.succeed("deploy.sh", *DEPLOY, "--writer", "mongodb", env={"MONGODB_CONNECTION": "m", "NOTIFY_URL": "n"})
    service = project.state()["services"]["trading-playbook"]
    assert "GCS_BUCKET" not in service and "MONGODB_CONNECTION" in service and "NOTIFY_URL" in service
    project.succeed("deploy.sh", *DEPLOY, "--writer", "mongodb")
    assert project.state()["services"]["trading-playbook"] == service


def test_the_address_for_alerts_stays(project: Project) -> None:
    assert "alerts are shown in the console only" in project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    assert all("tells None" in policy for policy in project.state()["policy"].values())
    project.succeed("deploy.sh", *DEPLOY, "--alert-email", "me@example.com")
    project.succeed("deploy.sh", *DEPLOY)
    assert all("tells CHANNEL" in policy for policy in project.state()["policy"].values())
    project.succeed("deploy.sh", *DEPLOY, "--alert-email", "you@example.com")
    assert project.state()["channel"] == {"CHANNEL": "email_address=you@example.com"}


def test_a_given_image_is_not_built(project: Project) -> None:
    project.succeed("deploy.sh", *DEPLOY, "--image", "registry.example/playbook@sha256:0", env=KEYS)
    state = project.state()
    assert "image: registry.example/playbook@sha256:0\n" in state["jobs"]["trading-playbook-catch-up"]
    assert not {"image", "repository"} & set(state)
    assert len(state["account"]) == 2 and len(state["bucket"]) == 1


def test_changes_that_are_not_committed_are_built_anew(project: Project) -> None:
    project.program("git", "echo ' M Sources/x.swift'")
    project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    [image] = project.state()["image"]
    assert re.fullmatch(REGISTRY + r"/trading-playbook:\d{8}-\d{6}", image)


def in_a_repository(tmp_path: Path) -> tuple[Project, Path]:
    """A project whose scripts lie in a repository of their own, with the real git; and its folder."""
    folder = tmp_path / "repository"
    shutil.copytree(CLOUD, folder / "cloud")
    (folder / "Sources").mkdir()
    (folder / "Sources/a.swift").write_text("let a = 1\n")
    named = ["-c", "user.name=me", "-c", "user.email=me@example.com"]
    for command in (["init", "-q"], ["add", "."], [*named, "commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    (tmp_path / "project").mkdir()
    project = Project(tmp_path / "project", folder / "cloud")
    (project.programs / "git").unlink()
    return project, folder


def test_the_image_is_called_by_its_commit_whatever_lies_beside(tmp_path: Path) -> None:
    project, folder = in_a_repository(tmp_path)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True).stdout.strip()
    (folder / "notes.txt").write_text("mine\n")
    (folder / "cloud" / "README.md").write_text("changed\n")
    with project.gcloud:
        project.succeed("deploy.sh", *DEPLOY, env=KEYS)
        assert list(project.state()["image"]) == [f"{REGISTRY}/trading-playbook:{commit}"]
        # What it is built from is another thing: a new file there is not in the commit.
        (folder / "Sources/b.swift").write_text("let b = 1\n")
        project.succeed("deploy.sh", *DEPLOY)
        assert len(project.state()["image"]) == 2
    (other,) = project.state()["image"].keys() - {f"{REGISTRY}/trading-playbook:{commit}"}
    assert re.fullmatch(REGISTRY + r"/trading-playbook:\d{8}-\d{6}", other)


@pytest.mark.parametrize("name", [".env", "cloud/.env.production", "my.env", "Sources/secrets/key", "data/QQQ_1Min.csv",
                                  "output/trades.csv", "Sources/key.pem", "a.key"])  # fmt: skip
def test_nothing_private_is_uploaded(project: Project, name: str) -> None:
    project.gcloud.cloud.uploaded += [name]
    result = project.run("deploy.sh", *DEPLOY, env=KEYS)
    assert result.returncode == 78 and name in result.stderr and ".gcloudignore" in result.stderr
    assert changes(project.calls()) == []
    # Nothing is uploaded when nothing is built.
    project.succeed("deploy.sh", *DEPLOY, "--image", "registry.example/playbook@sha256:0", env=KEYS)


@pytest.mark.parametrize("missing", ["alpha", "beta"])
def test_a_missing_component_is_named_before_anything_is_made(project: Project, missing: str) -> None:
    project.gcloud.cloud.components.remove(missing)
    for script, arguments in (("deploy.sh", DEPLOY), ("destroy.sh", DESTROY)):
        result = project.run(script, *arguments, env=KEYS)
        assert result.returncode == 69 and f"gcloud components install {missing}'" in result.stderr
    assert changes(project.calls()) == []


@pytest.mark.parametrize(("setting", "option", "secret"), [
    ("NOTIFY_URL", "--no-notify", "trading-playbook-notify-url"),
    ("HEARTBEAT_URL", "--no-heartbeat", "trading-playbook-heartbeat-url"),
])  # fmt: skip
def test_what_tells_others_of_runs_can_be_switched_off_again(project: Project, setting: str, option: str, secret: str) -> None:
    project.succeed("deploy.sh", *DEPLOY, env=KEYS | {setting: "https://hooks.example/x"})
    assert setting in project.state()["services"]["trading-playbook"]
    assert setting in project.state()["jobs"]["trading-playbook-catch-up"]
    project.succeed("deploy.sh", *DEPLOY, option)
    assert setting not in project.state()["services"]["trading-playbook"]
    assert setting not in project.state()["jobs"]["trading-playbook-catch-up"]
    assert secret not in project.state()["secret"]
    for _ in range(2):
        project.succeed("deploy.sh", *DEPLOY)
        assert setting not in project.state()["services"]["trading-playbook"]
        project.succeed("deploy.sh", *DEPLOY, option)
    result = project.run("deploy.sh", *DEPLOY, option, env={setting: "https://hooks.example/x"})
    assert result.returncode == 64


def test_the_files_of_a_dry_run_can_be_applied(project: Project, tmp_path: Path) -> None:
    """They are those that are deployed, but for what gcloud alone knows."""
    dry, real = tmp_path / "dry", tmp_path / "real"
    project.succeed("deploy.sh", *ALL, "--image", f"{REGISTRY}/trading-playbook:1", "--dry-run", "--files", str(dry))
    project.gcloud.cloud.put("image", f"{REGISTRY}/trading-playbook:1")
    environment = {name: value for name, value in MORE_KEYS.items() if name not in ("NOTIFY_URL", "HEARTBEAT_URL")}
    project.succeed("deploy.sh", *ALL, "--image", f"{REGISTRY}/trading-playbook:1", "--files", str(real), env=environment)
    assert {path.name: path.read_text() for path in dry.iterdir()} == {path.name: path.read_text() for path in real.iterdir()}
    project.succeed("deploy.sh", *DEPLOY, "--dry-run", "--files", str(dry))
    for path in dry.iterdir():
        assert not re.search(r"REGISTRY|ETAG|SERVICE_URL|CHANNEL|POLICY|\$\{", path.read_text()), path
    assert f"image: {REGISTRY}/trading-playbook:" in (dry / "service.yaml").read_text()


@pytest.mark.parametrize(("symbols", "tasks"), [("QQQ", 1), ("QQQ,SPY,IWM", 3), (",".join("ABCDEFGHIJ"), 8)])
def test_the_job_has_a_task_for_each_symbol_up_to_eight(project: Project, symbols: str, tasks: int) -> None:
    project.succeed("deploy.sh", *DEPLOY, "--symbols", symbols, env=KEYS)
    assert f"taskCount: {tasks}\n" in project.state()["jobs"]["trading-playbook-catch-up"]


def test_sweeps_have_a_job_where_tasks_are_asked_for(project: Project) -> None:
    project.succeed("deploy.sh", *DEPLOY, env=KEYS)
    assert list(project.state()["jobs"]) == ["trading-playbook-catch-up"]
    project.succeed("deploy.sh", *DEPLOY, "--research-tasks", "12", env=KEYS)
    job = project.state()["jobs"]["trading-playbook-research"]
    assert "taskCount: 12\n" in job and "value: gs://my-project-trading-playbook/research\n" in job
    project.succeed("destroy.sh", *DESTROY)
    assert "jobs" not in project.state()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (DEPLOY[2:], "--project is missing"),
        (DEPLOY[:2] + DEPLOY[4:], "--region is missing"),
        (DEPLOY[:4], "--symbols is missing"),
        ((*DEPLOY[:3], "--symbols", "QQQ"), "--region needs a value"),
        ((*DEPLOY, "--symbols", "qqq"), "ticker symbols"),
        ((*DEPLOY, "--project", "My Project"), "a project id"),
        ((*DEPLOY, "--region", "virginia"), "us-east4"),
        ((*DEPLOY, "--writer", "csv"), "gcs, mongodb"),
        ((*DEPLOY, "--bucket", "gs://bucket"), "without gs://"),
        ((*DEPLOY, "--strategy", "dp20; rm"), "playbook"),
        ((*DEPLOY, "--alert-email", "me"), "an e-mail address"),
        ((*DEPLOY, "--image", "a b"), "an image"),
        ((*DEPLOY, "--research-tasks", "0"), "a number of tasks"),
        ((*DEPLOY, "--wrong"), "'--wrong' is not an option"),
    ],
)
def test_a_wrong_command_line_is_explained(project: Project, arguments: tuple[str, ...], said: str) -> None:
    result = project.run("deploy.sh", *arguments, env=KEYS)
    assert result.returncode == 64
    assert said in result.stderr and len(result.stderr.splitlines()) == 1
    assert project.calls() == []


def test_a_project_out_of_reach_is_explained(project: Project) -> None:
    for script, arguments in (("deploy.sh", DEPLOY), ("destroy.sh", DESTROY)):
        result = project.run(script, *arguments, "--project", "other-project", env=KEYS)
        assert result.returncode == 69
        assert "gcloud auth login" in result.stderr
    assert changes(project.calls()) == []


def test_a_missing_gcloud_is_explained(project: Project) -> None:
    for name in ("bash", "dirname", "basename", "mktemp", "wc", "tr", "rm", "sed"):
        (project.programs / name).symlink_to(shutil.which(name))
    (project.programs / "gcloud").unlink()
    result = project.run("deploy.sh", *DEPLOY, env=KEYS | {"PATH": str(project.programs)})
    assert result.returncode == 69
    assert "gcloud is not installed" in result.stderr


def test_a_name_that_is_not_filled_in_stops_before_it_is_deployed(tmp_path: Path) -> None:
    shutil.copytree(CLOUD, tmp_path / "cloud")
    with (tmp_path / "cloud" / "job.yaml").open("a") as job:
        job.write("  other: ${HOME}\n")
    project = Project(tmp_path, tmp_path / "cloud")
    with project.gcloud:
        result = project.run("deploy.sh", *DEPLOY, env=KEYS)
    assert result.returncode == 70
    assert "${HOME} is not a name that is filled in" in result.stderr
    assert "services" not in project.state()


@pytest.mark.parametrize("script", ["deploy.sh", "destroy.sh"])
def test_help_names_every_option_and_exit_code(project: Project, script: str) -> None:
    shown = project.succeed(script, "--help")
    options = re.findall(r"^ +(?:-h \| )?(--[a-z-]+)\)", (CLOUD / script).read_text(), flags=re.MULTILINE)
    assert len(options) > 5
    assert not [option for option in options if option != "--help" and f"  {option} " not in shown]
    assert project.calls() == []


def on_a_terminal(project: Project, answers: list[str], *arguments: str) -> tuple[int, str]:
    """Runs deploy.sh on a terminal, typing an answer whenever it waits: exit code and everything shown."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [str(CLOUD / "deploy.sh"), *arguments], env=project.environment({}), stdin=terminal, stdout=terminal,
        stderr=terminal, start_new_session=True,
    )  # fmt: skip
    os.close(terminal)
    shown, left, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([controller], [], [], 0.2)[0]:
            try:
                shown += os.read(controller, 65536).decode()
            except OSError:
                break
        if left and re.search(r"(: |\[y/N\] )$", shown):
            os.write(controller, (left.pop(0) + "\n").encode())
            shown += "\n"
    os.close(controller)
    return process.wait(timeout=60), shown


def test_on_a_terminal_it_asks_and_shows_no_secret(project: Project) -> None:
    code, shown = on_a_terminal(project, ["key-7f3a", "secret-9c1d", "y"], *DEPLOY)
    assert code == 0, shown[-2000:]
    assert "ALPACA_API_KEY: " in shown and "Go ahead? [y/N] " in shown
    assert "key-7f3a" not in shown and "secret-9c1d" not in shown
    assert project.state()["secret"]["trading-playbook-alpaca-secret-key"] == ["secret-9c1d"]


def test_on_a_terminal_no_means_no(project: Project) -> None:
    code, shown = on_a_terminal(project, ["key-7f3a", "secret-9c1d", "n"], *DEPLOY)
    assert code == 0
    assert "nothing was done" in shown
    assert changes(project.calls()) == []


def test_playbook_files_are_copied_to_where_the_runs_read_them(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    nothing = project.run("deploy.sh", *DEPLOY, "--playbooks", str(folder), env=KEYS)
    assert nothing.returncode == 64 and "there are no playbook files" in nothing.stderr
    (folder / "orb.yaml").write_text("playbook: orb\n")
    (folder / "notes.txt").write_text("mine\n")
    files = tmp_path / "filled"
    project.succeed(
        "deploy.sh", *DEPLOY, "--playbooks", str(folder), "--strategy", "orb", "--files", str(files), env=KEYS
    )
    [copied] = [call for call in project.calls() if call[:2] == ["storage", "cp"]]
    assert copied[2:4] == [str(folder / "orb.yaml"), "gs://my-project-trading-playbook/playbooks/"]
    for name in ("service.yaml", "job.yaml"):
        text = (files / name).read_text()
        assert "name: PLAYBOOK_DIR" in text and "value: gs://my-project-trading-playbook/playbooks" in text
