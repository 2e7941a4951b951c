"""What became of every figure and statement: the one count that mark page and scorecard share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assessor.reading.drafting import evidence_of
from assessor.reading.merging import AGREES
from assessor.reading.printing import place_at
from schemas.reading import (
    ComplianceFinding,
    Confidence,
    Figure,
    FigureStatus,
    FigureUse,
    Reading,
    Statement,
    StatementUse,
)
from schemas.result import Assessment, ComplianceLine, ReportRead
from schemas.submission import Evidence

_PLANS = (FigureStatus.PLANNED, FigureStatus.TARGET)


class Uses(NamedTuple):
    """What became of each figure and statement, in the order of the reading."""

    figures: tuple[FigureUse, ...]
    statements: tuple[StatementUse, ...]


class _Taken(NamedTuple):
    """Quotes the result rests on, by item; true where the part counts in the total."""

    counts: dict[tuple[str, str, str, str], bool]

    def of(self, item: str | None, evidence: Evidence) -> bool | None:
        """Return whether a quote counts for an item; None when it was not taken."""
        return self.counts.get(_key(item or "", evidence))


def uses_of(
    reading: Reading, result: Assessment | None, items: Mapping[str, tuple[str, ...]]
) -> Uses:
    """Return what became of a reading in a result.

    Args:
        reading: what was read.
        result: the score; None when there is none, then nothing counts.
        items: items each scored part of the result asks for, by the part's code.
    """
    taken = _Taken(dict(_taken(result, items)) if result is not None else {})
    return Uses(
        tuple(_figure_use(one, reading, taken) for one in reading.figures),
        tuple(_statement_use(one, reading, taken) for one in reading.statements),
    )


def _taken(
    result: Assessment, items: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[tuple[str, str, str, str], bool]]:
    """Yield the quotes of each part; parts that count come last, so that they win."""
    parts = [part for one in result.indicators for part in one.parts]
    for part in sorted(parts, key=lambda part: part.max_points > 0):
        for evidence in part.evidence:
            for item in items.get(part.code, (part.item,)):
                yield _key(item, evidence), part.max_points > 0


def _key(item: str, evidence: Evidence) -> tuple[str, str, str, str]:
    """Return what tells a quote from others; that the form agrees with it makes no other one."""
    place = evidence.locator.removesuffix(f"（{AGREES}）")
    return item, evidence.quote, place, evidence.focus


def _figure_use(figure: Figure, reading: Reading, taken: _Taken) -> FigureUse:
    counted = taken.of(figure.feeds, evidence_of(figure, reading))
    if counted is not None:
        return FigureUse.SCORED if counted else FigureUse.UNCOUNTED
    if figure.status in _PLANS:
        return FigureUse.PLAN
    if figure.status is not FigureStatus.ACHIEVED:
        return FigureUse.PAST
    if figure.item is None:
        return FigureUse.LOOSE
    if figure.confidence is Confidence.REVIEW:
        return FigureUse.WAITING
    return FigureUse.LINKED


def _statement_use(one: Statement, reading: Reading, taken: _Taken) -> StatementUse:
    if one.polarity == "planned":
        return StatementUse.PLANNED
    if one.polarity == "negative":
        return StatementUse.NEGATIVE
    counted = taken.of(one.item, evidence_of(one, reading))
    if counted is None:
        return StatementUse.UNUSED
    return StatementUse.SCORED if counted else StatementUse.UNCOUNTED


def report_of(reading: Reading, uses: Uses) -> ReportRead:
    """Return what the scorecard says about the published report."""
    document = reading.document
    figures, statements = Counter(uses.figures), Counter(uses.statements)
    return ReportRead(
        file=document.file,
        title=document.title,
        sha256=document.sha256,
        figures=tuple((use, figures[use]) for use in FigureUse if figures[use]),
        statements=tuple((use, statements[use]) for use in StatementUse if statements[use]),
        compliance=tuple(_line(one, reading) for one in reading.compliance),
    )


def _line(one: ComplianceFinding, reading: Reading) -> ComplianceLine:
    return ComplianceLine(
        code=one.code,
        label=one.label,
        severity=one.severity,
        result=one.result,
        reason=one.reason,
        quote=one.quote,
        place="" if one.start is None else place_at(reading.document, one.start),
        basis=one.basis,
    )
