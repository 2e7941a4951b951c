"""K16, K18, K19: core figures, comparison with last year, scope of figures."""

from __future__ import annotations

import re
from typing import Any

from assessor.reading.compliance.report import Found, Report, Span, figure_span
from assessor.reading.compliance.rules import needs, words
from assessor.reading.linking.similar import is_guess
from assessor.reading.normal import normalise
from schemas.reading import Figure, FigureStatus, SectionRole

_NOT_THE_UNIT = frozenset(("part", "other_body", "other_year", "each"))
_TREND = (FigureStatus.CHANGE, FigureStatus.PREVIOUS_YEAR)
_BEFORE = 60
_SCOPED_SHARE = 4


def core(report: Report) -> Found:
    """K16: the core figures of the unit itself are disclosed as results."""
    named = [
        one
        for one in report.figures(results_only=False)
        if one.item is not None and not is_guess(one) and not _NOT_THE_UNIT & set(one.flags)
    ]
    spans = [_disclosed(row, named, report) for row in needs()]
    absent = [row["label"] for row, span in zip(needs(), spans, strict=True) if span is None]
    first = next((span for span in spans if span is not None), None)
    total = len(spans)
    reason = f"{total}项核心数据披露{total - len(absent)}项"
    if not absent:
        return Found("pass", reason, first)
    missing = f"{reason}，没有找到：{'、'.join(absent)}"
    return Found("doubtful" if len(absent) <= total // 2 else "fail", missing, first)


def _disclosed(row: dict[str, Any], named: list[Figure], report: Report) -> Span | None:
    """Return where a core figure is given: as a count, a rate, both counts of it, or in words."""
    for one in named:
        item = one.item or ""
        if item.startswith(tuple(row.get("figures", ()))):
            return figure_span(one)
        if one.unit == "%" and item.startswith(tuple(row.get("rates", ()))):
            return figure_span(one)
    for rate in row.get("rates", ()):
        counts = {one.role: one for one in named if one.feeds == rate}
        if {"numerator", "denominator"} <= set(counts):
            return figure_span(counts["numerator"])
    for said in report.reading.statements:
        is_said = said.item in row.get("statements", ()) and said.polarity == "positive"
        if is_said and re.search(row["says"], said.quote):
            return said.start, said.end
    return None


def compared(report: Report) -> Found:
    """K18: figures are held against last year's."""
    away = SectionRole.NEXT_YEAR
    changes = [
        one
        for one in report.reading.figures
        if one.status in _TREND
        and report.roles.of_block[one.block] is not away
        and _is_against_last_year(report, one)
    ]
    if changes:
        return Found("pass", f"{len(changes)}处有同比或上年数", figure_span(changes[0]))
    for line in report.told():
        found = words("trend").search(line.text)
        if found and not words("not_last_year").search(line.text):
            span = line.span(*line.clause(found.start()))
            return Found("doubtful", "只说与上年相比升降，没有数", span)
    return Found("fail", "没有找到同比或上年数")


def _is_against_last_year(report: Report, figure: Figure) -> bool:
    """Return whether a change is against last year, not against an average, a goal or the law."""
    if figure.status is FigureStatus.PREVIOUS_YEAR:
        return True
    block = report.reading.document.blocks[figure.block]
    start = max(block.start, figure.number_start - _BEFORE)
    before = normalise(report.text[start : figure.number_start]).text.rpartition("。")[2]
    if words("last_year").search(before):
        return not words("not_last_year").search(before.rpartition(",")[2])
    return bool(words("rises").search(before)) and not words("not_last_year").search(before)


def scoped(report: Report) -> Found:
    """K19: figures say whose they are."""
    figures = report.figures()
    if not figures:
        return Found("cannot_tell", "没有找到数据")
    with_scope = [one for one in figures if one.scope]
    reason = f"{len(figures)}个数据中{len(with_scope)}个写明范围"
    if len(with_scope) * _SCOPED_SHARE >= len(figures):
        return Found("pass", reason, figure_span(with_scope[0]))
    bare = next(one for one in figures if not one.scope)
    return Found("doubtful", f"{reason}；如这一处没有写", figure_span(bare))
