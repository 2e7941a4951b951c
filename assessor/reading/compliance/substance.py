"""K10, K11, K13: whether shortcomings, duties and plans say something that can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reading.compliance.report import (
    Found,
    Line,
    Report,
    figure_span,
    passage,
    standing_of,
)
from assessor.reading.compliance.rules import words
from schemas.reading import Figure, FigureStatus, SectionRole

_OWN_PARAGRAPH = 40
_ACTS = 3
_COMMITMENTS = 2
_AHEAD = (FigureStatus.PLANNED, FigureStatus.TARGET)


def concrete(report: Report) -> Found:
    """K10: the shortcomings name a unit, a field or a figure."""
    lines = report.body(SectionRole.SHORTCOMINGS) or [
        line for line in report.told() if words("admits").search(line.text)
    ]
    lines = [line for line in lines if not words("cause").search(line.text)] or lines
    if not lines:
        return Found("fail", "没有找到不足，无从具体")
    figures = [one for one in report.figures_in(lines) if not _counts_points(report, one)]
    if figures:
        return Found("pass", f"不足部分点到具体数据{len(figures)}个", figure_span(figures[0]))
    for line in lines:
        found = words("named_unit").search(line.text)
        if found:
            return Found("pass", f"不足部分点名{found.group('unit')}", _clause(line, found.start()))
    for line in lines:
        found = words("named_field").search(line.text)
        if found:
            reason = f"不足部分点到{found.group()}，没有数据和单位"
            return Found("doubtful", reason, _clause(line, found.start()))
    return Found("fail", "不足部分没有点名领域、单位或数据", passage(lines))


def _counts_points(report: Report, figure: Figure) -> bool:
    """Return whether a figure counts the points of a list: 三个方面的不足."""
    after = report.text[figure.number_end : figure.number_end + 12]
    return bool(words("points").match(after))


def _clause(line: Line, at: int) -> tuple[int, int]:
    return line.span(*line.clause(at))


def first_responsible(report: Report) -> Found:
    """K11: a part of its own tells what the head did."""
    lines = report.body(SectionRole.FIRST_RESPONSIBLE)
    if sum(len(line.text) for line in lines) >= _OWN_PARAGRAPH:
        text = "。".join(line.text for line in lines)
        acts = {found.group() for found in words("head_act").finditer(text)}
        has_facts = bool(report.figures_in(lines)) or bool(words("fact").search(text))
        if len(acts) >= _ACTS or (acts and has_facts):
            return Found("pass", "专段写明履职情况", passage(lines))
        return Found("doubtful", "有专段，但没有写具体行动", passage(lines))
    planned = None
    for line in sorted(report.lines, key=lambda one: one.is_heading):
        found = words("first_person").search(line.text)
        if found is None:
            continue
        standing = standing_of(line, *found.span())
        if standing == "told":
            reason = "提到第一责任人，但没有专段写具体行动"
            return Found("doubtful", reason, _clause(line, found.start()))
        planned = planned or _clause(line, found.start())
    reason = "没有找到主要负责人履行第一责任人职责"
    if planned is not None:
        reason = "没有写主要负责人已经履行第一责任人职责"
    return Found("fail", reason, planned)


def checkable(report: Report) -> Found:
    """K13: next year's plan names amounts, deadlines or documents to be made."""
    lines = report.body(SectionRole.NEXT_YEAR) or [
        line for line in report.told() if words("ahead").match(line.text)
    ]
    if not lines:
        return Found("fail", "没有找到下一年度安排，无从检查")
    firm = _commitments(report, lines)
    if len(firm) >= _COMMITMENTS:
        return Found("pass", f"安排里有数量或时限{len(firm)}处", firm[0])
    named = [
        _clause(line, found.start())
        for line in lines
        if (found := words("product").search(line.text))
    ]
    if firm or named:
        reason = "只有1处数量或时限" if firm else "安排点到文件或任务，没有数量和时限"
        return Found("doubtful", reason, (firm or named)[0])
    return Found("fail", "安排没有可检查的内容", passage(lines))


def _commitments(report: Report, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the clauses that name an amount or a deadline with something to be done by it."""
    amounts = [
        (one.number_start, figure_span(one))
        for one in report.figures_in(lines)
        if one.status in _AHEAD and not _counts_points(report, one)
    ]
    found = dict(amounts)
    for line in lines:
        for deadline in words("deadline").finditer(line.text):
            start, end = line.clause(deadline.start())
            if words("task").search(line.text, start, end):
                span = line.span(start, end)
                if not any(span[0] <= at < span[1] for at in found):
                    found[span[0]] = span
    return [found[at] for at in sorted(found)]
