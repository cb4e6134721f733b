"""How much is tried: a part of it in `make test`, all of it in `make trust`."""

import hashlib
import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
RECORD = TESTS / "tools-proved"
"""The digest of the fake services and checking tools that last passed their own tests."""

TRUST = os.environ.get("TRUST") == "1"
"""Whether `make trust` runs."""


def tries(part: int, all_of_them: int) -> int:
    """How often something is tried: `part` in `make test`, `all_of_them` in `make trust`."""
    return all_of_them if TRUST else part


def tools_digest() -> str:
    """A digest of the fake services and checking tools, of their tests, and of the packages that they use."""
    tests = [path for path in TESTS.glob("EndToEnd/*/test_*.py") if MARK in path.read_text("utf-8")]
    folders = ("Fake*", "Integrity", "Simulation")
    tools = [path for folder in folders for path in TESTS.glob(f"{folder}/*.py")]
    digest = hashlib.sha256()
    for path in [*sorted([*tests, *tools, TESTS / "EndToEnd/support/storage_support.py"]), TESTS / "requirements.txt"]:
        digest.update(f"{path.relative_to(TESTS)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


MARK = "@pytest.mark.proof"
"""Before a test that a checking tool finds what is wrong. Files of tests of fake services have none but such tests."""


def is_proof(path: Path) -> bool:
    """Whether a file has nothing but tests of fake services."""
    return path.parent.name.startswith("Fake")


def tools_are_proved() -> bool:
    """Whether the fake services and checking tools passed their own tests as they are now."""
    return RECORD.is_file() and RECORD.read_text().strip() == tools_digest()


if __name__ == "__main__" and sys.argv[1:] == ["record"]:
    RECORD.write_text(tools_digest() + "\n")
