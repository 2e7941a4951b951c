"""From a draft to a checked submission; every problem is collected."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pydantic import ValidationError

from assessor.intake.cells import ANY_UNIT, Typed, convert
from assessor.intake.draft import Draft, Path
from assessor.intake.forms import cleaned, report_form
from schemas.base import Level
from schemas.issue import Issue, IssueCode, Location
from schemas.submission import Submission
from schemas.target import Unit
from scoring.checks import check_submission
from scoring.rulebook import Rulebook

_NUMERIC = ("numerator", "denominator", "previous")
_PLAIN = Unit(id=ANY_UNIT, label="数", dimension="count")
_STAND_IN: dict[str, object] = {
    "schema": "submission/1",
    "entity": {"name": "——", "level": Level.COUNTY, "regions": ["——"]},
    "period": {"from": "1900-01-01", "to": "1900-12-31"},
}
"""Only to check the answers of a submission whose own head is wrong."""


def build(draft: Draft, book: Rulebook) -> Submission | None:
    """Return the submission, or None when an error blocks it; issues are left on the draft."""
    value = dict(draft.value) if draft.is_plain else cleaned(draft, draft.value)
    answers = value.get("answers")
    if isinstance(answers, list):
        value["answers"] = [
            _answer(draft, dict(row), ("answers", index), book) if isinstance(row, dict) else row
            for index, row in enumerate(answers)
        ]
    try:
        submission = Submission.model_validate(value)
    except ValidationError as error:
        broken = report_form(draft, error)
        draft.issues.extend(_on_the_rest(draft, value, broken, book))
        return None
    draft.issues.extend(_placed(draft, submission, book, value))
    return None if draft.is_blocked else submission


def _on_the_rest(
    draft: Draft, value: dict[str, object], broken: list[Path], book: Rulebook
) -> list[Issue]:
    """Check the answers whose form is right, so that one round shows every fault."""
    rest: dict[str, object] = {**_STAND_IN, "answers": _sound_rows(value.get("answers"), broken)}
    has_period = not any(path[:1] == ("period",) for path in broken)
    if has_period:
        rest["period"] = value["period"]
    found = _placed(draft, Submission.model_validate(rest), book, value)
    return [one for one in found if has_period or one.code is not IssueCode.YEAR_MISMATCH]


def _sound_rows(answers: object, broken: list[Path]) -> list[dict[str, object]]:
    """Return the answers without their broken fields; a row that cannot be checked is left out."""
    rows = dict(enumerate(answers)) if isinstance(answers, list) else {}
    for path in broken:
        if path[:1] != ("answers",) or len(path) == 1 or path[1] not in rows:
            continue
        if len(path) == 2 or path[2] in ("item", "evidence"):
            del rows[path[1]]
        else:
            rows[path[1]].pop(path[2], None)
    return list(rows.values())


def _answer(draft: Draft, row: dict[str, object], path: Path, book: Rulebook) -> dict[str, object]:
    item = book.items.get(str(row.get("item", "")))
    if item is None:
        row.pop("value", None)
        return row
    unit = book.units[item.unit]
    for field in _NUMERIC:
        _convert(draft, row, (*path, field), unit if field == "previous" else _PLAIN, item.id)
    _convert(draft, row, (*path, "value"), unit, item.id)
    return row


def _convert(draft: Draft, row: dict[str, object], path: Path, unit: Unit, item: str) -> None:
    field = str(path[-1])
    if field not in row:
        return
    raw = row[field]
    cell = convert(raw if isinstance(raw, Typed) else Typed(raw), unit)
    row[field] = cell.value
    for code, found, allowed in cell.issues:
        if code is IssueCode.PERCENT_AMBIGUOUS and field == "value" and _agrees(cell.value, row):
            continue
        draft.report(code, path, item=item, found=found, allowed=allowed)


def _agrees(value: object, row: dict[str, object]) -> bool:
    """Whether numerator and denominator show that a small percentage is meant as it stands."""
    try:
        percent = Decimal(str(row["numerator"])) * 100 / Decimal(str(row["denominator"]))
        return isinstance(value, Decimal) and percent.quantize(value, ROUND_HALF_UP) == value
    except (KeyError, ArithmeticError):
        return False


def _placed(
    draft: Draft, submission: Submission, book: Rulebook, value: dict[str, object]
) -> list[Issue]:
    """Return the core's findings with the file's own places."""
    where: dict[str, int] = {}
    rows = value.get("answers")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            where[str(row.get("item"))] = index
    placed: list[Issue] = []
    for issue in check_submission(submission, book, draft.file):
        path: Path = ("answers", where[issue.location.item], issue.location.place)
        location = Location(file=draft.file, place=draft.place(path), item=issue.location.item)
        placed.append(issue.model_copy(update={"location": location}))
    return placed
