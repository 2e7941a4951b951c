"""K17: rates that come with the counts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice, permutations

from assessor.reading.compliance.report import Found, Report, figure_span
from assessor.reading.compliance.rules import words
from schemas.reading import Figure

_HUNDRED = Decimal(100)
_MANY = 12
_BEFORE = 16


def rates(report: Report) -> Found:
    """K17: every rate among the results stands with its numerator or denominator."""
    figures = report.figures()
    found = [one for one in figures if one.unit == "%"]
    if not found:
        return Found("cannot_tell", "没有找到比率")
    backed = [
        one
        for one in found
        if (one.group is not None and "ratio" not in one.flags)
        or _is_computed(report, one, _counts_beside(report, figures, one))
    ]
    reason = f"{len(found)}个比率中{len(backed)}个能与分子或分母对上"
    if len(backed) == len(found):
        return Found("pass", reason, figure_span(found[0]))
    bare = next(one for one in found if one not in backed)
    return Found("doubtful" if backed else "fail", f"{reason}；如这一处没有", figure_span(bare))


def _sentence(report: Report, figure: Figure) -> int:
    """Return where the sentence of a figure begins."""
    return max(report.text.rfind(mark, 0, figure.number_start) for mark in "。\n")


def _counts_beside(report: Report, figures: Sequence[Figure], rate: Figure) -> list[Figure]:
    """Return the first counts of a rate's sentence."""
    begin = _sentence(report, rate)
    end = min(
        at if at >= 0 else len(report.text)
        for at in (report.text.find(mark, rate.number_start) for mark in "。\n")
    )
    counts = (one for one in figures if one.unit != "%" and begin < one.number_start < end)
    return list(islice(counts, _MANY))


def _is_computed(report: Report, rate: Figure, counts: Sequence[Figure]) -> bool:
    """Return whether two counts of its sentence give a rate at the precision it is printed with."""
    step = Decimal(1).scaleb(min(int(rate.value.as_tuple().exponent), 0))
    for top, bottom in permutations(counts, 2):
        if top.unit != bottom.unit or not 0 <= top.value <= bottom.value or not bottom.value:
            continue
        computed = (top.value * _HUNDRED / bottom.value).quantize(step, rounding=ROUND_HALF_UP)
        if computed != rate.value:
            continue
        start = max(bottom.number_start - _BEFORE, 0)
        if top.value != bottom.value or words("due").search(
            report.text[start : bottom.number_start]
        ):
            return True
    return False
