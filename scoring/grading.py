"""The grade, from the printed total and lower bounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from schemas.framework import GradeBand, Scheme
from schemas.result import GradeResult, Totals, VetoLine
from scoring.kinds.veto import limit_grade
from scoring.rounding import HUNDRED


def band_of(total: Decimal, full_mark: Decimal, bands: Sequence[GradeBand]) -> GradeBand:
    """Return the best band whose lower bound (inclusive, percent of the full mark) is reached."""
    for band in bands:
        if total * HUNDRED >= band.minimum * full_mark:
            return band
    return bands[-1]


def decide_grade(totals: Totals, scheme: Scheme, vetoes: Sequence[VetoLine]) -> GradeResult:
    """Grade the printed total; a missing disclosure or a veto lowers the grade, not the points."""
    full, bands = totals.full_mark, scheme.bands
    low = band_of(totals.low_points, full, bands).grade
    high = band_of(totals.high_points, full, bands).grade
    if totals.total_points is None:
        return GradeResult(grade="", by_points="", low_grade=low, high_grade=high)
    band = band_of(totals.total_points, full, bands)
    limits: list[str] = []
    position = bands.index(band)
    last = len(bands) - 1
    while position < last and bands[position].needs_disclosure > totals.core_disclosure_rate:
        position += 1
        limits[:] = ["disclosure"]
    grade = bands[position].grade
    known = {veto.code: veto for veto in scheme.vetoes}
    grades = [one.grade for one in bands]
    for line in vetoes:
        limited = limit_grade(grade, known[line.code], grades)
        if limited != grade or known[line.code].effect == "zero_indicator":
            limits.append(f"veto:{line.code}")
        grade = limited
    return GradeResult(
        grade=grade, by_points=band.grade, limited_by=tuple(limits), low_grade=low, high_grade=high
    )
