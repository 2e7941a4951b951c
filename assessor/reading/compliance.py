"""Checks K01-K26 of the report itself: pass, fail, doubtful or cannot tell, each with its quote."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from assessor.reading.compliance_checks import CHECKS, Found, Regime, Report
from assessor.reading.sections import Roles
from schemas.reading import ComplianceFinding, ComplianceResult, Reading
from scoring.yaml_strict import parse_yaml


@cache
def _rules() -> dict[str, Any]:
    path = Path(str(files("assessor.reading") / "compliance.yaml"))
    value: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return dict(value)


def regime_of(year: int | None) -> Regime | None:
    """Return the reporting duties for a reporting year; None when the year is unknown."""
    if year is None:
        return None
    for row in _rules()["regimes"]:
        if row.get("from", 0) <= year <= row.get("until", 9999):
            return Regime(year, row["report_before"], row["publish_before"], row["basis"])
    return None


def check_report(reading: Reading, roles: Roles) -> tuple[ComplianceFinding, ...]:
    """Run every check on a reading, in order of their codes; plans are not checked."""
    if reading.document.kind == "plan":
        return ()
    period = reading.document.period
    regime = regime_of(period.end.year if period is not None else None)
    report = Report(reading, roles, regime, _needs())
    return tuple(_finding(row, CHECKS[row["code"]](report), report) for row in _rules()["checks"])


def _needs() -> tuple[tuple[str, str], ...]:
    row = next(row for row in _rules()["checks"] if "needs" in row)
    return tuple((key, label) for key, label in row["needs"])


def _finding(row: dict[str, Any], found: Found, report: Report) -> ComplianceFinding:
    text = report.reading.document.text
    span = found.span
    return ComplianceFinding(
        code=row["code"],
        label=row["label"],
        severity=row["severity"],
        result=ComplianceResult(found.result),
        reason=found.reason,
        quote=text[span[0] : span[1]] if span is not None else "",
        start=None if span is None else span[0],
        end=None if span is None else span[1],
        basis=row["basis"],
    )
