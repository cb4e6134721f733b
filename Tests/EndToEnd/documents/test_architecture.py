"""docs/architecture.md against Package.swift and the sources: the picture, who imports whom, folders that go in circles."""

from pathlib import Path

import pytest
import swift_sources
from support import REPOSITORY
from swift_sources import C_LIBRARY, LANGUAGE, PAGE, Target, imports, layers

SYSTEM = C_LIBRARY | LANGUAGE | {"Dispatch", "FoundationEssentials"}
TARGETS = swift_sources.targets(REPOSITORY)


def test_the_page_is_what_the_script_draws():
    drawn = swift_sources.page(REPOSITORY)
    assert (REPOSITORY / PAGE).read_text("utf-8") == drawn, "run .ci/draw-architecture"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_sources_import_what_the_page_says(target: Target):
    imported = imports(REPOSITORY, target.name)
    declared = {*target.targets, *target.products}
    assert imported - SYSTEM <= declared, "Package.swift does not say so"
    if imported:
        assert declared <= imported, "Package.swift says more than the sources need"


def test_one_target_alone_imports_each_c_library():
    sources = REPOSITORY / "Sources"
    shims = {target.name for target in TARGETS if not swift_sources.swift_files(sources / target.name)} - {"CLoader"}
    importers = {shim: [target.name for target in TARGETS if shim in imports(REPOSITORY, target.name)] for shim in shims}
    assert shims and {shim: names for shim, names in importers.items() if len(names) != 1} == {}


def test_every_folder_of_the_sources_is_a_target():
    assert {target.name for target in TARGETS} == {folder.name for folder in (REPOSITORY / "Sources").iterdir()}


def test_no_folders_refer_to_each_other():
    assert swift_sources.cycles(REPOSITORY) == [], "references() of swift_sources.py tells by which types"


MANIFEST = """
let package = Package(targets: [
    // .target(name: "Gone"),
    .target(name: "CLow"),
    .target(name: "PlaybookMiddle", dependencies: ["CLow"]),
    .executableTarget(
        name: "top",
        dependencies: [
            "PlaybookMiddle", "CLow",
            .product(name: "Parser", package: "swift-parser"),
        ], swiftSettings: strict),
    .testTarget(name: "TopTests", dependencies: ["top"]),
])
"""
EMPTY_PAGE = """# Page
<!-- targets -->
| target | holds | may import |
|---|---|---|
| `top` | commands | anything |
| `PlaybookMiddle CLow` | the rest | |
<!-- end -->
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A small package whose two folders go in a circle."""
    sources = {
        "CLow/CLow.c": "",
        "PlaybookMiddle/Bars/Bar.swift": "public struct Bar {}\nenum Kind {}\nprivate struct Hidden {}\n",
        "PlaybookMiddle/Bars/Feed.swift": "internal import CLow\n#if canImport(Glibc)\n  import Glibc\n#endif\nlet row: Row<Bar>\n",
        "PlaybookMiddle/Rows/Row.swift": '/// Not a Bar.\nstruct Row { let text = "Bar" /* Bar */ }\nenum Kind {} // Bar\n',
        "top/Main.swift": "import Parser\npackage import PlaybookMiddle\nimport struct Dispatch.DispatchTime\n",
    }
    for name, text in sources.items():
        file = tmp_path / "Sources" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "Package.swift").write_text(MANIFEST)
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGE).write_text(EMPTY_PAGE)
    return tmp_path


def test_the_manifest_is_read(made):
    listed = swift_sources.targets(made)
    assert listed == [
        Target("CLow", (), ()), Target("PlaybookMiddle", ("CLow",), ()), Target("top", ("PlaybookMiddle", "CLow"), ("Parser",)),
    ]  # fmt: skip
    assert layers(listed) == [["top"], ["PlaybookMiddle"], ["CLow"]]
    assert imports(made, "top") == {"Parser", "PlaybookMiddle", "Dispatch"}
    with pytest.raises(ValueError, match="depend on each other"):
        layers([Target("A", ("B",), ()), Target("B", ("A",), ())])


def test_the_page_is_filled_in(made):
    page = swift_sources.page(made)
    assert "     2   top\n     1   PlaybookMiddle\n     0   CLow\n" in page
    assert "| `top` | commands | CLow, Middle, Parser, Dispatch |" in page
    assert "| `PlaybookMiddle CLow` | the rest | the C library |" in page
    (made / PAGE).write_text(page)
    assert swift_sources.page(made) == page
    (made / PAGE).write_text(EMPTY_PAGE.replace("`top`", "`bottom`"))
    with pytest.raises(ValueError, match="bottom"):
        swift_sources.page(made)
    (made / PAGE).write_text(EMPTY_PAGE.replace(" CLow`", "`"))
    with pytest.raises(ValueError, match="one line for each target: CLow"):
        swift_sources.page(made)


def test_circles_are_found(made):
    assert swift_sources.references(made, "PlaybookMiddle") == {("Bars", "Rows"): {"Row"}}
    assert swift_sources.cycles(made) == []
    rows = made / "Sources/PlaybookMiddle/Rows/Row.swift"
    rows.write_text(rows.read_text() + 'let text = "a row of \\(Bar.self)"\n')
    assert swift_sources.cycles(made) == ["PlaybookMiddle: Bars, Rows"]
    rows.write_text(rows.read_text() + "struct Bar {}\n")
    assert swift_sources.cycles(made) == [], "a name that both declare tells nothing"


def test_circles_of_three_are_found(made):
    sources = made / "Sources/PlaybookMiddle"
    (sources / "Rows/Row.swift").write_text("struct Row { let book: Book }\n")
    (sources / "Books").mkdir()
    book = sources / "Books/Book.swift"
    book.write_text("struct Book { let shelf: Shelf }\n")
    (sources / "Shelf.swift").write_text("struct Shelf {}\n")
    assert swift_sources.cycles(made) == []
    book.write_text("struct Book { let shelf: Shelf, bar: Bar }\n")
    assert swift_sources.cycles(made) == ["PlaybookMiddle: Bars, Books, Rows"], "the shelf leads nowhere"
