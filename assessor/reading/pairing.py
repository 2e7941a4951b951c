"""Whether a form and a report belong together: one unit, one year."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.intake import Intake
from assessor.reading.drafting import Known
from assessor.reading.naming import same_unit, units_in
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.reading import ReadDocument, Reading
from schemas.submission import Submission
from scoring.checks import severities
from scoring.rulebook import Rulebook

_TITLE_LIMIT = 60


def differences(
    filled: Intake | None, reading: Reading, known: Known, book: Rulebook
) -> tuple[Issue, ...]:
    """Return what shows that form and report are of different units or years.

    Where the user said which unit or year it is, the finding is shown and blocks nothing.
    """
    if filled is None or filled.submission is None or reading.document.kind == "plan":
        return ()
    return tuple(_differences(filled, filled.submission, reading.document, known, book))


def _differences(
    filled: Intake, form: Submission, document: ReadDocument, known: Known, book: Rulebook
) -> Iterator[Issue]:
    names = tuple(dict.fromkeys((document.entity, *units_in(document.title))))
    if document.entity and not any(same_unit(form.entity.name, name) for name in names):
        yield _issue(
            IssueCode.FORM_OTHER_UNIT,
            Location(file=filled.file, place=filled.places.get("entity", "")),
            f"填报表 {form.entity.name}，报告 {document.entity}（{_where(document)}）",
            book,
            is_settled=known.settles and bool(known.entity),
        )
    year = form.period.end.year
    printed = None if document.period is None else document.period.end.year
    if printed is not None and printed != year:
        yield _issue(
            IssueCode.FORM_OTHER_YEAR,
            Location(file=filled.file, place=filled.places.get("period", "")),
            f"填报表 {year}年，报告 {printed}年（{_where(document)}）",
            book,
            is_settled=known.settles and known.year is not None,
        )


def _where(document: ReadDocument) -> str:
    title = document.title[:_TITLE_LIMIT]
    return f"{document.file} 标题：{title}" if title else document.file


def _issue(
    code: IssueCode, place: Location, found: str, book: Rulebook, *, is_settled: bool
) -> Issue:
    severity = Severity.WARNING if is_settled else severities(book)[code]
    return Issue(code=code, severity=severity, location=place, found=found)
