"""The sample commands of docs/container.md, as printed, with podman in docker's place."""

import re
import subprocess

import pytest
from container_support import Image, podman
from support import REPOSITORY


@pytest.fixture
def journal():
    """The volume that the document names, which is not there before."""
    assert "journal" not in podman("volume", "ls", "--quiet").split()
    yield
    podman("volume", "rm", "--force", "journal")


def test_sample_commands(image: Image, journal):
    """They run, and the second shows what the first has written: a volume can be written by the image's user."""
    text = (REPOSITORY / "docs" / "container.md").read_text()
    (commands,) = re.findall(r"<!-- sample -->\n(.*?)<!-- end -->", text, re.DOTALL)
    commands = commands.replace("docker ", "podman ").replace(" trading-playbook", f" {image.name}")
    finished = subprocess.run(["bash", "-euc", commands], capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert "211 added" in finished.stdout and "2025-11-04" in finished.stdout.split("211 added")[1], finished.stdout
