"""What a model says about a value of the wrong form, as issues at the value's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from assessor.intake.cells import clean_text
from assessor.intake.draft import Draft, Path
from assessor.messages import LEVELS
from schemas.issue import IssueCode

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FORMS = {
    "YYYY-MM-DD": "YYYY-MM-DD",
    "number": "97.78",
    "ends before": "from ≤ to",
    "int": "整数",
    "string": "文字",
    "bool": "true、false",
    "tuple": "列表",
    "model": "字段：内容",
}
"""What the words or the kind of a fault say about the form asked for."""
_WORDS = {
    ("entity", "name"): "单位名称",
    ("entity", "level"): "层级",
    ("entity", "regions"): "所在地区",
    ("period",): "报告年度",
    ("period", "from"): "报告年度",
    ("period", "to"): "报告年度",
    ("self_scores",): "自评总分",
    ("self_scores", "points"): "自评总分",
    ("benchmarks", "key"): "基准值的编号",
    ("benchmarks", "value"): "基准值",
    ("benchmarks", "source"): "基准值的来源",
    ("contact", "name"): "联系人",
    ("contact", "office"): "联系人科室",
    ("contact", "phone"): "联系电话",
}
"""Fields of a workbook in the words of its sheets."""
_LEVEL_WORDS = {level.value: label for level, label in LEVELS.items()}
_MISSING = "missing"
_EXTRA = "extra_forbidden"


def report_form(draft: Draft, error: ValidationError) -> list[Path]:
    """Report every fault of form and return where they are.

    A list that is wrong only because of its entries is not reported beside them.
    """
    problems = error.errors(include_url=False)
    places: list[Path] = [tuple(problem["loc"]) for problem in problems]
    for problem, path in zip(problems, places, strict=True):
        if not any(len(other) > len(path) and other[: len(path)] == path for other in places):
            _report(draft, problem)
    return places


def cleaned(draft: Draft, value: dict[str, object]) -> dict[str, object]:
    """Return a copy whose texts carry no control characters."""
    return cast("dict[str, object]", _clean(draft, value, ()))


def _clean(draft: Draft, value: object, path: Path) -> object:
    if isinstance(value, dict):
        return {key: _clean(draft, child, (*path, key)) for key, child in value.items()}
    if isinstance(value, list):
        return [_clean(draft, child, (*path, index)) for index, child in enumerate(value)]
    if isinstance(value, str):
        text, had_control = clean_text(value)
        if had_control:
            draft.report(IssueCode.VALUE_CONTROL_CHARACTER, path, found=repr(value))
        return text
    return value


def _report(draft: Draft, problem: ErrorDetails) -> None:
    kind, path, found = problem["type"], tuple(problem["loc"]), problem["input"]
    if draft.is_reported(path):
        return
    codes = {_MISSING: IssueCode.FIELD_MISSING, _EXTRA: IssueCode.FIELD_UNKNOWN}
    code = codes.get(kind, IssueCode.FIELD_INVALID)
    if found is None or found in ("", [], ()):
        code = IssueCode.FIELD_MISSING
    is_form = ("label", "entity_name") in draft.places
    name = _named(path) if is_form else ".".join(str(step) for step in path)
    shown = "" if isinstance(found, dict | list) or code is IssueCode.FIELD_MISSING else str(found)
    allowed = "" if code is IssueCode.FIELD_UNKNOWN else _allowed(problem)
    if is_form:
        allowed = "、".join(_LEVEL_WORDS.get(word, word) for word in allowed.split("、"))
    draft.report(code, path, found=f"{name}＝{shown}" if shown else name, allowed=allowed)


def _named(path: Path) -> str:
    """Name a field of a workbook as its sheet does; nobody who fills one in knows its path."""
    named = tuple(step for step in path if isinstance(step, str))
    return _WORDS.get(named) or ".".join(str(step) for step in path)


def _allowed(problem: ErrorDetails) -> str:
    """Return what a field may hold, as far as its model says."""
    context, kind = problem.get("ctx", {}), problem["type"]
    if "expected" in context:
        return "、".join(re.findall(r"'([^']*)'", context["expected"]))
    for key, sign in (("pattern", ""), ("ge", "≥"), ("le", "≤")):
        if key in context:
            return f"{sign}{context[key]}"
    for key, sign in (("min_length", "≥"), ("max_length", "≤")):
        if key in context:
            return f"{sign}{context[key]} {'字' if kind.startswith('string') else '项'}"
    words = str(context.get("error", kind))
    return next((form for sign, form in _FORMS.items() if sign in words), "")
