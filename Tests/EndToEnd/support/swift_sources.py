"""What Package.swift and the sources say of the house: targets, what they import, and which folders refer to which."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path("docs/architecture.md")
C_LIBRARY = {"Darwin", "Glibc", "Musl"}
"""Its names on the systems that there are."""
LANGUAGE = {"Swift", "Synchronization"}
"""Modules of the language itself, which any source may import."""


@dataclass(frozen=True)
class Target:
    """A target of the package whose sources are in `Sources`."""

    name: str
    targets: tuple[str, ...]
    """The package's targets that it depends on, in the manifest's order."""
    products: tuple[str, ...]
    """Products of other packages that it depends on."""

    @property
    def short(self) -> str:
        return self.name.removeprefix("Playbook")


def calls(text: str, function: str) -> Iterator[str]:
    """The arguments of each call of a function in Swift, as text."""
    for found in re.finditer(rf"\.{function}\(", text):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield text[found.end() : end - 1]


def targets(repository: Path) -> list[Target]:
    """The targets below `Sources`, in the manifest's order."""
    manifest = re.sub(r"^\s*//.*$", "", (repository / "Package.swift").read_text("utf-8"), flags=re.MULTILINE)
    found = []
    for kind in ("systemLibrary", "target", "executableTarget"):
        for call in calls(manifest, kind):
            name = re.search(r'name: "([^"]+)"', call)
            if not name or not (repository / "Sources" / name.group(1)).is_dir() or re.search(r'\bpath: "', call):
                continue
            listed = re.search(r"dependencies: \[(.*?)\](?=,|\s*$)", call, flags=re.DOTALL)
            depends = listed.group(1) if listed else ""
            products = tuple(re.findall(r'\.product\(name: "([^"]+)"', depends))
            own = tuple(re.findall(r'"([^"]+)"', re.sub(r"\.product\(.*?\)", "", depends, flags=re.DOTALL)))
            found.append((manifest.index(f'name: "{name.group(1)}"'), Target(name.group(1), own, products)))
    return [target for _, target in sorted(found, key=lambda one: one[0])]


def layers(listed: list[Target]) -> list[list[str]]:
    """The targets' names by layer, the highest first: each depends on lower layers alone, and lies as low as it can."""
    depends = {target.name: target.targets for target in listed}
    heights: dict[str, int] = {}

    def height(name: str, above: tuple[str, ...] = ()) -> int:
        if name in above:
            raise ValueError(f"targets depend on each other: {' -> '.join([*above, name])}")
        if name not in heights:
            heights[name] = 1 + max((height(below, (*above, name)) for below in depends[name]), default=-1)
        return heights[name]

    rows: dict[int, list[str]] = defaultdict(list)
    for name in depends:
        rows[height(name)].append(name)
    return [sorted(rows[number]) for number in sorted(rows, reverse=True)]


def swift_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.swift"))


IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)",
    flags=re.MULTILINE,
)


def imports(repository: Path, target: str) -> set[str]:
    """The modules that a target's Swift sources import."""
    sources = (path.read_text("utf-8") for path in swift_files(repository / "Sources" / target))
    return {name for text in sources for name in IMPORT.findall(text)}


def may_import(repository: Path, target: Target) -> list[str]:
    """What the page says that a target may import: targets, then products, then modules of the system."""
    names = {one.name: one.short for one in targets(repository)}
    system = imports(repository, target.name) - set(names) - set(target.products) - LANGUAGE
    others = sorted(system - C_LIBRARY) + (["the C library"] if system & C_LIBRARY else [])
    return [names[name] for name in sorted(target.targets)] + sorted(target.products) + others


def code(text: str) -> str:
    """Swift without comments and without the letters of its strings; what is interpolated in them stays."""
    text = re.sub(r'"""(?:.|\n)*?"""', '""', text)
    text = re.sub(r"/\*(?:.|\n)*?\*/", " ", text)
    kept = []
    for line in text.splitlines():
        line = re.sub(r'#?"(?:\\\((?:[^()]|\([^()]*\))*\)|\\.|[^"\\])*"#?', interpolations, line)
        kept.append(line.split("//")[0])
    return "\n".join(kept)


def interpolations(string: re.Match) -> str:
    return " ".join(re.findall(r"\\#?\(((?:[^()]|\([^()]*\))*)\)", string.group(0)))


DECLARED = re.compile(
    r"^((?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|private|fileprivate|final|indirect|nonisolated)\s+)*)"
    r"(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)",
    flags=re.MULTILINE,
)
NESTED = re.compile(r"\b(?:struct|class|enum|protocol|actor|typealias|associatedtype)\s+(\w+)|<\s*(\w+)\s*[:>]")


def references(repository: Path, target: str) -> dict[tuple[str, str], set[str]]:
    """The types by which a folder of a target refers to another one of its folders: (from, to) to their names.

    A folder is one directly below the target's; files beside the folders are in `.`. A name that several folders
    declare tells nothing, and neither does one that a file declares itself.
    """
    root = repository / "Sources" / target
    texts = {path: code(path.read_text("utf-8")) for path in swift_files(root)}

    def folder(path: Path) -> str:
        parts = path.relative_to(root).parts
        return parts[0] if len(parts) > 1 else "."

    declared: dict[str, set[str]] = defaultdict(set)
    for path, text in texts.items():
        for modifiers, name in DECLARED.findall(text):
            if "private" not in modifiers:
                declared[name].add(folder(path))
    home = {name: next(iter(folders)) for name, folders in declared.items() if len(folders) == 1}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, text in texts.items():
        own = {name for names in NESTED.findall(text) for name in names}
        for name in set(re.findall(r"\b[A-Z]\w*", text)) - own:
            if name in home and home[name] != folder(path):
                found[folder(path), home[name]].add(name)
    return found


def cycles(repository: Path) -> list[str]:
    """Folders of a target each of which leads to every other, straight or by way of others: `target: one, other`."""
    found = []
    for target in targets(repository):
        next_to: dict[str, set[str]] = defaultdict(set)
        for one, other in references(repository, target.name):
            next_to[one].add(other)
        leads_to = {folder: reachable(folder, next_to) for folder in next_to}
        circles = {
            tuple(sorted(other for other in there if folder in leads_to.get(other, ())))
            for folder, there in leads_to.items()
            if folder in there
        }
        found += [f"{target.name}: {', '.join(circle)}" for circle in sorted(circles)]
    return found


def reachable(start: str, next_to: dict[str, set[str]]) -> set[str]:
    """What is reached from `start` by one step or more."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        new = next_to.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached


def picture(repository: Path) -> str:
    """The targets by layer, as the page shows them."""
    rows = layers(targets(repository))
    lines = []
    for number, row in zip(range(len(rows) - 1, -1, -1), rows):
        line = f"    {number:>2} "
        for name in row:
            if len(line) + 2 + len(name) > 110:
                lines.append(line)
                line = " " * 7
            line += f"  {name}"
        lines.append(line)
    return "\n".join(lines)


def page(repository: Path) -> str:
    """The page of the architecture, with its picture and what targets may import as they are now."""
    text = (repository / PAGE).read_text("utf-8")
    before, _, rest = text.partition("<!-- targets -->\n")
    table, _, after = rest.partition("<!-- end -->\n")
    listed = {target.name: target for target in targets(repository)}
    lines, named = [], []
    for line in table.splitlines():
        cells = line.split("|")
        names = re.findall(r"`([^`]+)`", cells[1]) if line.startswith("| `") else []
        if names:
            names = [name for one in names for name in one.split()]
            unknown = [name for name in names if name not in listed]
            if unknown:
                raise ValueError(f"{PAGE} has a line for {', '.join(unknown)}, which Package.swift has not")
            named += names
            own = {listed[name].short for name in names}
            allowed = [one for name in names for one in may_import(repository, listed[name])]
            cells[3] = f" {', '.join(one for one in dict.fromkeys(allowed) if one not in own)} "
            line = "|".join(cells)
        lines.append(line)
    missing = sorted(set(listed) - set(named))
    if missing or len(named) != len(set(named)):
        raise ValueError(f"{PAGE} needs one line for each target: {', '.join(missing) or sorted(named)}")
    rows = "\n".join(lines[next(i for i, line in enumerate(lines) if line.startswith("| target")) :])
    return f"{before}<!-- targets -->\n\n{picture(repository)}\n\n{rows}\n<!-- end -->\n{after}"
