"""JSON and YAML submissions into drafts, with lines."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from assessor.intake.cells import holds_control
from assessor.intake.draft import Draft, Path
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode, Severity
from scoring.yaml_strict import parse_yaml

MAX_DEPTH = 32
MAX_VALUES = 50_000
MAX_DIGITS = 50
_SHOWN_FAULTS = 20
_PLAIN_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?")


def read_yaml(text: str, name: str, severities: dict[IssueCode, Severity]) -> Draft:
    """Parse YAML; every value keeps its line.

    Raises:
        SubmissionUnreadable: when it is not YAML or not a mapping.
    """
    document = parse_yaml(text)
    if document.faults:
        faults = "；".join(
            f"第{fault.line}行 {_yaml_fault(fault.code)}"
            for fault in document.faults[:_SHOWN_FAULTS]
        )
        raise SubmissionUnreadable(name, "yaml", f"YAML 格式有误：{faults}；请按行改正")
    _check_size(len(document.lines), name)
    value = _mapping(document.value, name)
    is_plain = not holds_control(text)
    return Draft(name, value, {}, severities, is_plain=is_plain, lines=document.lines)


def _yaml_fault(code: str) -> str:
    names = {
        "duplicate-key": "同一字段写了两次",
        "alias": "使用了别名（&、*），不允许",
        "too-deep": "嵌套过深",
        "key": "字段名不是文字",
    }
    return names.get(code, "语法错误（多为缩进、冒号或引号）")


def read_json(text: str, name: str, severities: dict[IssueCode, Severity]) -> Draft:
    """Parse JSON with exact numbers; places are field paths.

    Raises:
        SubmissionUnreadable: when it is not JSON, repeats a key, or is not an object.
    """
    try:
        _check_depth(text, name)
        value = json.loads(
            text,
            parse_float=_exact,
            parse_int=_exact,
            parse_constant=lambda word: _refuse(name, f"出现 {word}，不是数值"),
            object_pairs_hook=lambda pairs: _unique(pairs, name),
        )
    except json.JSONDecodeError as error:
        _refuse(
            name, f"JSON 格式有误：第{error.lineno}行第{error.colno}列；文件可能不完整，请重新导出"
        )
    except (RecursionError, ValueError) as error:
        raise SubmissionUnreadable(name, "json", "JSON 内容异常；请重新导出") from error
    places: dict[Path, str] = {}
    _paths(value, (), places)
    _check_size(len(places), name)
    draft = Draft(name, _mapping(value, name), places, severities)
    draft.is_plain = not holds_control(text)
    return draft


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            if depth > MAX_DEPTH * 4:
                _refuse(name, "JSON 嵌套过深")
        elif character in "]}":
            depth -= 1


def _check_size(n_values: int, name: str) -> None:
    if n_values > MAX_VALUES:
        raise SubmissionUnreadable(
            name, "too-many", f"有 {n_values} 项内容，超过 {MAX_VALUES} 项上限；请核对文件"
        )


def _exact(text: str) -> Decimal | int | str:
    """Return a JSON number exactly; one longer than any figure stays text and is refused later."""
    if text.lstrip("-").isdigit() and _PLAIN_NUMBER.fullmatch(text):
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if abs(number.adjusted()) > MAX_DIGITS:
        return text
    plain = format(number, "f")
    return Decimal(plain) if _PLAIN_NUMBER.fullmatch(plain) else text


def _unique(pairs: list[tuple[str, object]], name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _refuse(name, f"字段“{key}”写了两次；请只保留一个")
        found[key] = value
    return found


def _refuse(name: str, reason: str) -> NoReturn:
    raise SubmissionUnreadable(name, "json", reason)


def _mapping(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SubmissionUnreadable(
            name,
            "shape",
            "最外层应是字段（schema、entity、period、answers）；格式见 assessor schema",
        )
    return value


def _paths(value: object, path: Path, places: dict[Path, str]) -> None:
    if path:
        places[path] = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in path
        ).lstrip(".")
    if isinstance(value, dict):
        for key, child in value.items():
            _paths(child, (*path, key), places)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _paths(child, (*path, index), places)
