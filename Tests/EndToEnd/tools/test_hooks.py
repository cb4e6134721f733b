"""`make hooks`: Git runs `make check` before a commit, and a check that fails is a commit that is not made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support import REPOSITORY

CHECK = """
check:
	@env | grep -E '^GIT_(DIR|INDEX_FILE)=' >>seen || true
	@pwd >>checked
	@test ! -e broken
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the hooks of this one, and a check that fails when there is a file `broken`."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shutil.copytree(REPOSITORY / ".ci" / "hooks", tmp_path / ".ci" / "hooks")
    (tmp_path / "Makefile").write_text(CHECK)
    subprocess.run(["make", "-s", "-f", REPOSITORY / "Makefile", "hooks"], cwd=tmp_path, check=True)
    return tmp_path


def commit(clone: Path, *options: str) -> subprocess.CompletedProcess:
    who = ("-c", "user.name=Tests", "-c", "user.email=tests@localhost")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    (clone / "below").mkdir(exist_ok=True)
    return subprocess.run(
        ["git", *who, "commit", "-q", "--allow-empty", "-m", "Change", *options], cwd=clone / "below", env=environment,
        capture_output=True, text=True,
    )  # fmt: skip


def commits(clone: Path) -> int:
    counted = subprocess.run(["git", "rev-list", "--all", "--count"], cwd=clone, capture_output=True, text=True)
    return int(counted.stdout)


def test_each_commit_is_checked(clone):
    finished = commit(clone)
    assert finished.returncode == 0, finished.stderr
    assert (clone / "checked").read_text().splitlines() == [str(clone.resolve())]
    assert commits(clone) == 1
    assert (clone / "seen").read_text() == "", "what builds would ask Git about the wrong repository"


def test_a_check_that_fails_stops_the_commit(clone):
    (clone / "broken").touch()
    assert commit(clone).returncode != 0
    assert (clone / "checked").exists() and commits(clone) == 0
    assert commit(clone, "--no-verify").returncode == 0
    assert commits(clone) == 1


def test_the_hook_can_be_run_in_every_clone():
    listed = subprocess.run(["git", "ls-files", "-s", ".ci/hooks"], cwd=REPOSITORY, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("these sources are not a clone")
    assert listed.stdout.startswith("100755 ") and listed.stdout.count("\n") == 1
