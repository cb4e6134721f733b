"""A playbook's text as mappings, lists and texts: the part of YAML (and so of JSON) that the contract allows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from typing import Any, Optional

import yaml

from .equality import PlaybookError


def read(text: str) -> dict[str, Any]:
    """The document; every scalar is a text. What is not valid JSON is read as YAML."""
    try:
        hooks = {"object_pairs_hook": once, "parse_float": decimal, "parse_int": str, "parse_constant": word}
        return checked(json.loads(text, **hooks))
    except json.JSONDecodeError:
        pass
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
    return checked(plain(documents[0]))


def checked(value: Any) -> dict[str, Any]:
    """A document's mapping; of JSON the words `true` and `false` become texts."""
    value = worded(value)
    if not isinstance(value, dict):
        raise PlaybookError("a playbook is a mapping")
    return value


def worded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: worded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [worded(one) for one in value]
    if value is None:
        raise PlaybookError("null is no value")
    return str(value).lower() if isinstance(value, bool) else value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The mapping of a JSON object, whose keys occur once."""
    if len(dict(pairs)) < len(pairs):
        raise PlaybookError("a key occurs twice")
    return dict(pairs)


def decimal(text: str) -> str:
    """A number of JSON is its text."""
    if "e" in text.lower():
        raise PlaybookError(f"{text}: a number without exponent is wanted")
    return text


def word(text: str) -> str:
    raise PlaybookError(f"{text} is no number")


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
