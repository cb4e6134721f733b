"""What pages name exists: files and folders, targets of make, suites of tests, places in other pages."""

import re
from pathlib import Path

import pytest
from support import REPOSITORY

PAGES = sorted(
    page.relative_to(REPOSITORY).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "cloud/*.md", "Tests/*/README.md", "Benchmarks/*.md")
    for page in REPOSITORY.glob(pattern)
)
TOP = r"(?:Sources|Tests|Benchmarks|\.ci|\.env\.example|Makefile|Package\.swift|docs(?=/)|cloud(?=/))"


def text_of(page: str) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


def paths_in(text: str) -> set[str]:
    """The files and folders of the repository that a text names."""
    return {path.rstrip(".,:;") for path in re.findall(rf"(?<![\w/.-]){TOP}(?:/[\w.*+/-]+|(?![\w/-]))", text)}


def links_in(text: str) -> set[str]:
    """The places that a text links to, but for the web."""
    text = re.sub(r"^    .*$|```.*?```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link}


def anchors(text: str) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_files_and_folders(page):
    missing = [path for path in paths_in(text_of(page)) if not any(REPOSITORY.glob(path))]
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_links(page):
    for link in links_in(text_of(page)):
        name, _, anchor = link.partition("#")
        target = (REPOSITORY / page).parent / name if name else REPOSITORY / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES)
def test_targets_of_make(page):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", text_of(page)))
    assert named <= targets


def test_suites_of_tests():
    sources = [path for path in (REPOSITORY / "Tests").rglob("*.swift")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    names = {path.name for path in REPOSITORY.glob("Tests/*Tests")}
    for name in re.findall(r"--filter (\w+)", text_of("CONTRIBUTING.md")):
        assert name in names or re.search(rf"\b(struct|class|enum) \w*{name}", text), name


def test_what_is_missing_is_found():
    assert paths_in("`Tests/Nowhere/x.py`, Sources/C*/*.c, a cloud and (Makefile).") == {
        "Tests/Nowhere/x.py", "Sources/C*/*.c", "Makefile",
    }  # fmt: skip
    assert links_in("[a](docs/a.md#b) [w](https://example.org)") == {"docs/a.md#b"}
    assert anchors("# It's `one`: Two\n## POST /x\n") == {"its-one-two", "post-x"}
