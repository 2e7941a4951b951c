"""Checks K01-K26 of the report itself: pass, fail, doubtful or cannot tell, each with its quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessor.reading.compliance.checks import CHECKS
from assessor.reading.compliance.report import Found, Report
from assessor.reading.compliance.rules import check_rows, regime_of
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from schemas.reading import ComplianceFinding, ComplianceResult, Reading

__all__ = ["check_report", "regime_of"]
_LONGEST_QUOTE = 160


def check_report(
    reading: Reading, roles: Roles, sentences: Sequence[Sentence]
) -> tuple[ComplianceFinding, ...]:
    """Run every check on a reading, in order of their codes; plans are not checked."""
    if reading.document.kind == "plan":
        return ()
    period = reading.document.period
    regime = regime_of(period.end.year if period is not None else None)
    report = Report(reading, roles, regime, sentences)
    return tuple(_finding(row, CHECKS[row["code"]](report), report) for row in check_rows())


def _finding(row: dict[str, Any], found: Found, report: Report) -> ComplianceFinding:
    start, end, quote = None, None, found.words
    if found.span is not None:
        start, end = found.span[0], min(found.span[1], found.span[0] + _LONGEST_QUOTE)
        quote = report.text[start:end]
    return ComplianceFinding(
        code=row["code"],
        label=row["label"],
        severity=row["severity"],
        result=ComplianceResult(found.result),
        reason=found.reason,
        quote=quote,
        start=start,
        end=end,
        basis=row["basis"],
    )
