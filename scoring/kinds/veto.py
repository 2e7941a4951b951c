"""What a veto does to a grade; points are never changed by it."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.framework import Veto


def limit_grade(grade: str, veto: Veto, grades: Sequence[str]) -> str:
    """Return the grade a veto leaves.

    `grades` run from best to worst. `fail` leaves the worst, `cap_grade` at most `veto.cap`,
    `zero_indicator` the grade as it is.
    """
    if not grade or veto.effect == "zero_indicator":
        return grade
    limit = grades[-1] if veto.effect == "fail" else veto.cap
    return grades[max(grades.index(grade), grades.index(limit))]
