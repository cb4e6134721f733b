"""What is in the image, and what is not."""

import os
import re
import stat
from pathlib import Path

from container_support import Image, podman, succeed
from support import REPOSITORY

BINARY = "/usr/local/bin/trading-playbook"


def paths(files: Path) -> list[Path]:
    """Everything in the image but folders."""
    return [Path(folder) / name for folder, _, names in os.walk(files) for name in names]


def test_how_it_starts(image: Image):
    """A user by number, the job by default, the service's port, a check of its health, labels."""
    described = image.description
    config = described["Config"]
    assert config["User"] == "65532:65532"
    assert config["Entrypoint"] == [BINARY]
    assert config["Cmd"] == ["backtest", "--today", "--cloud"]
    assert config["WorkingDir"] == "/"
    assert list(config["ExposedPorts"]) == ["8080/tcp"]
    assert described["Healthcheck"]["Test"] == ["CMD", BINARY, "health"]
    assert described["Architecture"] == "amd64" and described["Os"] == "linux"
    labels = {name.rpartition(".")[2]: text for name, text in config["Labels"].items() if name.startswith("org.open")}
    assert set(labels) == {"title", "description", "licenses", "version", "revision", "source"}
    assert labels["title"] == "trading-playbook" and labels["licenses"] == "MIT"
    assert re.fullmatch("[0-9a-f]{40}|unknown", labels["revision"])
    assert image("--version").out == labels["version"] + "\n"


def test_environment_and_history_tell_nothing(image: Image):
    """The environment has two settings that are no secrets; no path or address of the build is in the history."""
    names = {entry.partition("=")[0] for entry in image.description["Config"]["Env"]}
    assert names == {"PATH", "DATA_CACHE_DIR", "OUTPUT_DIR"}
    history = podman("image", "history", "--no-trunc", "--format", "{{.CreatedBy}}", image.name)
    assert not re.search(r"https?:|token|password|insteadof", history, re.IGNORECASE), history


def test_programs(files: Path):
    """One program: no shell, no package manager, nothing that changes its user. The loader is no program to run."""
    programs = []
    for path in paths(files):
        mode = path.lstat().st_mode
        assert not mode & (stat.S_ISUID | stat.S_ISGID), path
        if stat.S_ISREG(mode) and mode & 0o111 and ".so" not in path.name:
            programs.append("/" + str(path.relative_to(files)))
    assert programs == [BINARY]
    for folder in ("bin", "sbin", "usr/bin", "usr/sbin"):
        assert not os.path.lexists(files / folder), folder


def test_nothing_but_two_folders_can_be_written(files: Path):
    """By others than root; everything belongs to root."""
    writable = set()
    for folder, _, names in os.walk(files):
        for path in (Path(folder), *(Path(folder) / name for name in names)):
            about = path.lstat()
            assert (about.st_uid, about.st_gid) == (0, 0), path
            if about.st_mode & 0o022 and not path.is_symlink():
                writable.add(str(path.relative_to(files)))
    assert writable == {"output", "tmp"}
    for name in writable:
        assert stat.S_IMODE((files / name).stat().st_mode) == 0o1777 and not list((files / name).iterdir())


def test_libraries_are_whole(files: Path):
    """Each library that the binary or another library needs is there, and the three that are loaded."""
    folders = [files / "usr/lib/x86_64-linux-gnu", files / "usr/lib64"]
    there = {path.name for folder in folders for path in folder.iterdir()}
    assert {"libcurl.so.4", "libcrypto.so.3", "libmongoc-1.0.so.0", "libpq.so.5"} <= there
    elf = [files / BINARY[1:], *(path for folder in folders for path in folder.iterdir() if ".so" in path.name)]
    needed = set()
    for path in elf:
        needed |= set(re.findall(r"\(NEEDED\).*\[(.*)\]", succeed("readelf", "-dW", path)))
    assert needed and needed <= there, needed - there


def test_each_package_has_its_licence(files: Path):
    """And the entry that scanners of images read."""
    packages = {path.name for path in (files / "var/lib/dpkg/status.d").iterdir()}
    assert {"libc6", "libcurl4", "libmongoc-1.0-0", "libpq5", "libssl3", "ca-certificates", "libzstd-dev"} <= packages
    for package in packages:
        assert (files / "var/lib/dpkg/status.d" / package).read_text().startswith(f"Package: {package}\n")
    assert {path.parent.name for path in (files / "usr/share/doc").glob("*/copyright")} == {
        *packages, "trading-playbook"
    }  # fmt: skip


def test_no_secrets(files: Path):
    """No private key, no settings, no history of the repository."""
    for path in paths(files):
        assert path.name not in {".env", ".netrc", ".git", "id_rsa", "gitconfig", ".gitconfig"}, path
        if path.is_file() and not path.is_symlink() and "/lib" not in str(path.relative_to(files)):
            found = re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}", path.read_bytes())
            assert not found, path


def test_what_a_build_gets_to_see(tmp_path: Path):
    """Of everything that lies about in a working copy only what the image is built from."""
    wanted = {
        "Package.swift", "Makefile", "LICENSE", ".ci/install", ".ci/image-root", "Sources/PlaybookCore/A.swift",
        "Benchmarks/swift/B.swift", "Tests/PlaybookCoreTests/C.swift", "Tests/PlaybookTestSupport/D.swift",
    }  # fmt: skip
    unwanted = {
        ".env", ".env.local", ".git/config", ".build/x", ".venv/x", "output/trades.csv", "key.json", "data/x.parquet",
        "Sources/PlaybookCore/.env", "Sources/key.json", "Sources/x/service.pem", "Tests/EndToEnd/x.py", "cloud/x.yaml",
        "Tests/PlaybookCoreTests/key.p12", "credentials.json", "Benchmarks/x.py", ".gitignore", ".ci/other",
    }  # fmt: skip
    context = tmp_path / "context"
    for name in wanted | unwanted:
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_text("x")
    (context / ".dockerignore").write_bytes((REPOSITORY / ".dockerignore").read_bytes())
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY . /\n")
    name = "context-of-tests"
    succeed("buildah", "build", "--quiet", "--tag", name, "--file", tmp_path / "Dockerfile", context)
    try:
        root = Path(podman("image", "mount", name).strip())
        assert {str(path.relative_to(root)) for path in paths(root)} == wanted
        podman("image", "unmount", name)
    finally:
        podman("image", "rm", "--force", name)
