"""The checks as data: labels, reporting duties by year, and the words each check looks for."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from scoring.yaml_strict import parse_yaml


class Regime(NamedTuple):
    """Reporting duties for one reporting year; days are MM-DD of the next year, exclusive."""

    year: int
    report_before: str
    publish_before: str
    basis: str

    def day(self, month_day: str) -> date:
        """Return the first day that is late."""
        month, day = month_day.split("-")
        return date(self.year + 1, int(month), int(day))


@cache
def _rules() -> dict[str, Any]:
    path = Path(str(files("assessor.reading.compliance") / "checks.yaml"))
    value: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return dict(value)


def check_rows() -> list[dict[str, Any]]:
    """Return the checks in order of their codes."""
    return list(_rules()["checks"])


def regime_of(year: int | None) -> Regime | None:
    """Return the reporting duties for a reporting year; None when the year is unknown."""
    if year is None:
        return None
    for row in _rules()["regimes"]:
        if row.get("from", 0) <= year <= row.get("until", 9999):
            return Regime(year, row["report_before"], row["publish_before"], row["basis"])
    return None


@cache
def words(name: str) -> re.Pattern[str]:
    """Return a pattern of the rule file; every one is bounded."""
    return re.compile(_rules()["words"][name])


@cache
def needs() -> tuple[dict[str, Any], ...]:
    """Return the core figures a report should disclose, and what counts as each."""
    return tuple(_rules()["needs"])


@cache
def groups() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return the first-level groups of indicators: code, name, how reports speak of them."""
    return tuple((row["code"], row["label"], re.compile(row["find"])) for row in _rules()["groups"])


@cache
def pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    """Return the counts of which one cannot exceed the other: whole, part, whether for certain."""
    return tuple(
        (re.compile(row["whole"]), re.compile(row["part"]), bool(row["sure"]))
        for row in _rules()["pairs"]
    )
