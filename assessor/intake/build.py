"""From a draft to a checked submission; every problem is collected."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from pydantic import ValidationError

from assessor.intake.cells import ANY_UNIT, Typed, clean_text, convert
from assessor.intake.draft import Draft, Path
from schemas.issue import Issue, IssueCode, Location
from schemas.submission import Submission
from schemas.target import Unit
from scoring.checks import check_submission
from scoring.rulebook import Rulebook

_NUMERIC = ("numerator", "denominator", "previous")
_PLAIN = Unit(id=ANY_UNIT, label="数", dimension="count")
_MISSING = "missing"
_EXTRA = "extra_forbidden"


def build(draft: Draft, book: Rulebook) -> Submission | None:
    """Return the submission, or None when an error blocks it; issues are left on the draft."""
    value = _cleaned(draft, draft.value, ())
    answers = value.get("answers")
    if isinstance(answers, list):
        value["answers"] = [
            _answer(draft, dict(row), ("answers", index), book) if isinstance(row, dict) else row
            for index, row in enumerate(answers)
        ]
    try:
        submission = Submission.model_validate(value)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _report(draft, problem["type"], tuple(problem["loc"]), problem["input"])
        return None
    draft.issues.extend(_placed(draft, submission, book))
    return None if draft.is_blocked else submission


def _cleaned(draft: Draft, value: dict[str, object], path: Path) -> dict[str, object]:
    """Return a copy whose texts carry no control characters."""
    return cast("dict[str, object]", _clean(draft, value, path))


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


def _answer(draft: Draft, row: dict[str, object], path: Path, book: Rulebook) -> dict[str, object]:
    item = book.items.get(str(row.get("item", "")))
    if item is None:
        row.pop("value", None)
        return row
    unit = book.units[item.unit]
    _convert(draft, row, (*path, "value"), unit, item.id)
    for field in _NUMERIC:
        _convert(draft, row, (*path, field), unit if field == "previous" else _PLAIN, item.id)
    return row


def _convert(draft: Draft, row: dict[str, object], path: Path, unit: Unit, item: str) -> None:
    field = str(path[-1])
    if field not in row:
        return
    raw = row[field]
    cell = convert(raw if isinstance(raw, Typed) else Typed(raw), unit)
    row[field] = cell.value
    for code, found, allowed in cell.issues:
        if code is IssueCode.PERCENT_AMBIGUOUS and _agrees(cell.value, row):
            continue
        draft.report(code, path, item=item, found=found, allowed=allowed)


def _agrees(value: object, row: dict[str, object]) -> bool:
    """Whether numerator and denominator show that a small percentage is meant as it stands."""
    try:
        part, whole = Decimal(str(row["numerator"])), Decimal(str(row["denominator"]))
    except (KeyError, ArithmeticError, ValueError):
        return False
    if not isinstance(value, Decimal) or not whole:
        return False
    computed = part * 100 / whole
    return computed.quantize(value) == value


def _report(draft: Draft, kind: str, path: Path, found: object) -> None:
    codes = {_MISSING: IssueCode.FIELD_MISSING, _EXTRA: IssueCode.FIELD_UNKNOWN}
    code = codes.get(kind, IssueCode.FIELD_INVALID)
    if found is None or found in ("", [], ()):
        code = IssueCode.FIELD_MISSING
    name = ".".join(str(step) for step in path)
    shown = "" if isinstance(found, dict | list) or code is IssueCode.FIELD_MISSING else str(found)
    draft.report(code, path, found=f"{name}＝{shown}" if shown else name)


def _placed(draft: Draft, submission: Submission, book: Rulebook) -> list[Issue]:
    """Return the core's findings with the file's own places."""
    where: dict[str, int] = {}
    for index, answer in enumerate(submission.answers):
        where[answer.item] = index
    placed: list[Issue] = []
    for issue in check_submission(submission, book, draft.file):
        path: Path = ("answers", where[issue.location.item], issue.location.place)
        location = Location(file=draft.file, place=draft.place(path), item=issue.location.item)
        placed.append(issue.model_copy(update={"location": location}))
    return placed
