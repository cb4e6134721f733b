"""How much is tried: a part of it in `make test`, all of it in `make trust`."""

import hashlib
import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
RECORD = TESTS / "fakes-proved"
"""The digest of the fake services that last passed their own tests."""

TRUST = os.environ.get("TRUST") == "1"
"""Whether `make trust` runs."""


def tries(part: int, all_of_them: int) -> int:
    """How often something is tried: `part` in `make test`, `all_of_them` in `make trust`."""
    return all_of_them if TRUST else part


def fakes_digest() -> str:
    """A digest of the fake services, of their tests, and of the packages that both use."""
    files = [*TESTS.glob("Fake*/*.py"), *TESTS.glob("EndToEnd/test_fake_*.py"), TESTS / "EndToEnd/storage_support.py"]
    digest = hashlib.sha256()
    for path in [*sorted(files), TESTS / "requirements.txt"]:
        digest.update(f"{path.relative_to(TESTS)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def fakes_are_proved() -> bool:
    """Whether the fake services passed their own tests as they are now."""
    return RECORD.is_file() and RECORD.read_text().strip() == fakes_digest()


if __name__ == "__main__" and sys.argv[1:] == ["record"]:
    RECORD.write_text(fakes_digest() + "\n")
