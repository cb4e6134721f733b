"""The Dockerfile, the scripts around it and .dockerignore, without building anything; `make container` does that."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY, Program

TOOLS = Path(sys.executable).parent
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()
IMAGE_ROOT = (REPOSITORY / ".ci" / "image-root").read_text()


def stages() -> dict[str, list[str]]:
    """The instructions of each stage by its name, lines put together; the last stage's name is empty. What stands before
    the first is left out."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    name = None
    for line in filter(str.strip, text.splitlines()):
        if line.startswith("FROM "):
            name = line.partition(" AS ")[2]
            found[name] = []
        if name is not None:
            found[name].append(" ".join(line.split()))
    return found


def lint(*command: str, text: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(TOOLS / command[0]), *command[1:]], input=text, capture_output=True, text=True, cwd=REPOSITORY
    )


def test_hadolint():
    """Nothing to complain about, and it would complain."""
    finished = lint("hadolint", "Dockerfile")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert lint("hadolint", "-", text="FROM scratch\nMAINTAINER nobody\n").returncode != 0


def test_shellcheck():
    """Of the scripts that make the image and test it, and of the hook."""
    scripts = (".ci/hooks/pre-commit", ".ci/image-root", ".ci/install", "Tests/Container/run.sh")
    finished = lint("shellcheck", *scripts)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert lint("shellcheck", "-", text="#!/bin/sh\necho $1\n").returncode != 0


def test_it_builds_with_older_builders():
    """No heredocs, no links, no mounts of BuildKit, and no host is named."""
    assert not re.search(r"<<|--link|--mount|^# *syntax", DOCKERFILE, re.MULTILINE)
    for line in DOCKERFILE.splitlines():
        if line.startswith("FROM "):
            assert "/" not in line and "." not in line.split()[1].partition(":")[0], line


def test_the_base_is_a_version_that_builders_may_pin():
    """By default a full version of Swift on a named Debian; an argument may name it by digest."""
    (base,) = re.findall(r"^ARG BASE=(.*)$", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(r"swift:\d+\.\d+\.\d+-bookworm", base)
    assert stages()["build"][0] == "FROM $BASE AS build"
    assert "s/^ARG BASE=//p" in (REPOSITORY / "Tests" / "Container" / "run.sh").read_text()
    page = (REPOSITORY / "docs" / "container.md").read_text()
    assert page.count(base) == 3 and "--build-arg BASE=" in page


def test_no_shell_is_used_in_the_image():
    """Nothing runs in the last stage while it is built, and what is started there is named as a list."""
    last = stages()[""]
    assert last[0] == "FROM scratch"
    words = [line.split(" ", 1) for line in last]
    assert "RUN" not in {word for word, _ in words} and "ADD" not in {word for word, _ in words}
    starts = [rest.split("CMD ")[-1] for word, rest in words if word in {"CMD", "ENTRYPOINT", "HEALTHCHECK"}]
    assert len(starts) == 3 and all(start.startswith('["') for start in starts)
    (user,) = [rest for word, rest in words if word == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert f":x:{user}:" in IMAGE_ROOT, "the user has a name"


def test_every_library_that_is_loaded_is_collected():
    """Those that the sources load, no fewer and no more."""
    loaded = set()
    for shim in sorted((REPOSITORY / "Sources").glob("C*/*.c")):
        text = shim.read_text()
        assert "dlopen(" not in text or shim.stem == "CLoader"
        if "cloader_load(&" in text:
            names = re.findall(r'define LIBRARY "(lib[^"]*\.so[^"]*)"', text)
            assert names, f"{shim.name} loads a library whose name is not found"
            loaded |= set(names)
    (collected,) = re.findall(r"^loaded=\((.*)\)$", IMAGE_ROOT, re.MULTILINE)
    assert loaded == set(collected.split())


def test_licences_of_what_is_linked_in():
    """Packages whose archives are linked in are named, as are those that are loaded, which are found."""
    archives = set(re.findall(r'linkedLibrary\(":lib(\w+)\.a"', (REPOSITORY / "Package.swift").read_text()))
    (named,) = re.findall(r"^packages=\((.*)\)$", IMAGE_ROOT, re.MULTILINE)
    packages = {
        "deflate": "libdeflate-dev", "snappy": "libsnappy-dev", "yaml": "libyaml-dev", "z": "zlib1g-dev", "zstd": "libzstd-dev",
    }  # fmt: skip
    makefile = (REPOSITORY / "Makefile").read_text()
    assert "libstdc++.a" in makefile and "-static-libgcc" in makefile
    linked = {packages[archive] for archive in archives} | {"libgcc-12-dev", "libstdc++-12-dev"}
    assert linked | {"ca-certificates"} == set(named.split())


def test_packages_come_from_one_list():
    """The build installs what .ci/install lists, which has what the sources need."""
    build = stages()["build"]
    assert "RUN .ci/install build" in build and not re.search(r"apt|dpkg", DOCKERFILE.partition("FROM scratch")[0])
    installed = (REPOSITORY / ".ci" / "install").read_text()
    (packages,) = re.findall(r"^packages=\((.*?)\)", installed, re.MULTILINE | re.DOTALL)
    libraries = {
        "libcurl4-openssl-dev", "libdeflate-dev", "libmongoc-dev", "libpq-dev", "libsnappy-dev", "libssl-dev", "libyaml-dev",
        "libzstd-dev", "zlib1g-dev",
    }  # fmt: skip
    needed = libraries | {"make"}
    assert needed <= set(packages.split())


def test_what_is_copied_is_let_through():
    """Everything that the Dockerfile copies is in .dockerignore's list, and there."""
    ignored = (REPOSITORY / ".dockerignore").read_text().splitlines()
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    assert [line for line in ignored if line and not line.startswith("#")][0] == "*"
    copied = [
        source for lines in stages().values() for line in lines if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]  # fmt: skip
    assert copied
    for source in copied:
        assert (REPOSITORY / source).exists()
        assert any(name == source or name.startswith(f"{source}/") for name in allowed), source
    for name in allowed:
        assert list(REPOSITORY.glob(name)), f"{name} is not there"
    manifest = (REPOSITORY / "Package.swift").read_text()
    suites = [f"Tests/{name}" for name in re.findall(r'testTarget\(\s*name: "(\w+)"', manifest)]
    for path in re.findall(r'path: "(.*?)"', manifest) + suites:
        assert any(Path(path).match(name) for name in allowed), f"{path}, which Package.swift names, is not let through"


def test_the_label_is_the_version(run: Program):
    (version,) = re.findall(r"^ARG VERSION=(.*)$", DOCKERFILE, re.MULTILINE)
    assert run.succeed("--version").out == version + "\n"


@pytest.mark.parametrize("name", ["DATA_CACHE_DIR", "OUTPUT_DIR", "PORT"])
def test_settings_of_the_image_are_settings(name: str):
    """What the image sets or relies on is a setting that is documented."""
    assert re.search(rf"^#{name}=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE)


def test_packages_of_swift_are_pinned():
    """Package.resolved is not kept here, so that the manifest must say which version of each."""
    manifest = (REPOSITORY / "Package.swift").read_text()
    packages = re.findall(r'\.package\(\s*url: "[^"]+",\s*([^,)]*)', manifest)
    assert len(packages) == 8 and all(re.fullmatch(r'exact: "\d+\.\d+\.\d+"', how) for how in packages), packages
