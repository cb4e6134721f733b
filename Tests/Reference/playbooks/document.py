"""A playbook's text as mappings, lists and texts: the part of YAML (and so of JSON) that the contract allows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Optional

import yaml

from .equality import PlaybookError


def read(text: str) -> dict[str, Any]:
    """The document; every scalar is a text."""
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise PlaybookError(f"{place(event.start_mark)}: anchors, aliases and tags are refused")
        documents = list(yaml.compose_all(text, Loader=yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        where = f"{place(error.problem_mark)}: " if error.problem_mark else ""
        raise PlaybookError(f"{where}{error.problem}; an expression with a comma or brackets needs quotes") from error
    if len(documents) != 1:
        raise PlaybookError("one document is wanted")
    result = plain(documents[0])
    if not isinstance(result, dict):
        raise PlaybookError("a playbook is a mapping")
    return result


def place(mark: yaml.Mark) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}"


def plain(node: yaml.Node) -> Any:
    """A node as dict, list or str."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    result: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
            raise PlaybookError(f"{place(key.start_mark)}: a key is a name")
        if key.value in result:
            raise PlaybookError(f"{place(key.start_mark)}: {key.value} occurs twice")
        result[key.value] = plain(value)
    return result


def check_keys(mapping: Any, where: str, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, Any]:
    """The mapping, which has known keys only and all that are required."""
    if not isinstance(mapping, dict):
        raise PlaybookError(f"{where}: a mapping is wanted")
    known = list(known)
    for key in mapping:
        if key not in known:
            close = difflib.get_close_matches(key, known, 1)
            raise PlaybookError(f"{where}: there is no key {key}" + (f"; {close[0]}?" if close else ""))
    for key in required:
        if key not in mapping:
            raise PlaybookError(f"{where}: {key} is missing")
    return mapping


def text_of(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise PlaybookError(f"{where}: a text is wanted")
    return value


def list_of(value: Any, where: str) -> list:
    if not isinstance(value, list):
        raise PlaybookError(f"{where}: a list is wanted")
    return value


def single(item: Any, where: str) -> tuple[str, Any]:
    """The name and the value of a list's item `- name: value`."""
    if not isinstance(item, dict) or len(item) != 1:
        raise PlaybookError(f"{where}: `name: ...` is wanted")
    return next(iter(item.items()))


def optional_text(mapping: dict[str, Any], key: str, where: str) -> Optional[str]:
    return text_of(mapping[key], f"{where}.{key}") if key in mapping else None
