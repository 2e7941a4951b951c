"""K07-K09 and K12: the parts a report must have, each with what it really says."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reading.compliance.report import Found, Line, Report, Span, passage, standing_of
from assessor.reading.compliance.rules import words
from schemas.reading import SectionRole

_SUBSTANCE = 15
_TURNS = (SectionRole.SHORTCOMINGS, SectionRole.CAUSES)


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def results(report: Report) -> Found:
    """K07: main measures and results."""
    lines = report.of_role(SectionRole.RESULTS)
    if _length(report.body(SectionRole.RESULTS)) >= _SUBSTANCE:
        return Found("pass", "有主要举措和成效部分", passage(lines))
    return Found("fail", "没有找到主要举措和成效")


def shortcomings(report: Report) -> Found:
    """K08: shortcomings; a section that says there are none has none."""
    lines = report.body(SectionRole.SHORTCOMINGS)
    if _length(lines) >= _SUBSTANCE or any(_lacks(line) for line in lines):
        denied = next((line for line in lines if words("no_shortcoming").search(line.text)), None)
        if denied is not None and not any(_lacks(line) for line in lines):
            return Found("fail", "写的是没有发现不足", denied.span())
        return Found("pass", "有存在的不足部分", passage(lines))
    return _mentioned(report)


def _mentioned(report: Report) -> Found:
    """Return how a report without a part on shortcomings speaks of them."""
    for line in report.told():
        if words("admits").search(line.text) and not words("no_shortcoming").search(line.text):
            return Found("pass", "文中提到存在的不足，没有单列", line.span())
    for line in report.lines:
        if words("no_shortcoming").search(line.text) and words("of_work").search(line.text):
            return Found("fail", "写的是没有发现不足", line.span())
        if not line.is_heading and words("shortcoming_word").search(line.text):
            return Found("doubtful", "提到问题或不足，但没有写是什么", line.span())
    bare = report.of_role(SectionRole.SHORTCOMINGS)
    if bare:
        return Found("fail", "只有标题，没有写不足", bare[0].span())
    return Found("fail", "没有找到存在的不足")


def _lacks(line: Line) -> bool:
    """Return whether a line names something that is not good enough, denials left out."""
    return bool(words("lack").search(words("no_shortcoming").sub("", line.text)))


def causes(report: Report) -> Found:
    """K09: why the shortcomings are there, told with them or in a part of its own."""
    own = report.body(SectionRole.CAUSES)
    plain = [line for line in own if not words("cause_open").search(line.text)]
    if _length(plain) >= _SUBSTANCE:
        return Found("pass", "有不足的原因部分", passage(plain))
    lines = [*report.body(*_TURNS), *_behind(report)]
    told = [line for line in lines if not words("cause_open").search(line.text)]
    span = _first(told, "cause")
    if span is not None:
        return Found("pass", "写明不足的原因，没有单列", span)
    span = _first(told, "effect")
    if span is not None:
        return Found("doubtful", "写到不足的由来，没有写明是原因", span)
    return Found("fail", "没有找到不足的原因")


def _first(lines: Sequence[Line], name: str) -> Span | None:
    """Return the first stretch of some lines that begins with the clause of given words."""
    for line in lines:
        found = words(name).search(line.text)
        if found:
            return line.span(line.clause(found.start())[0])
    return None


def _behind(report: Report) -> list[Line]:
    """Return lines that follow the shortcomings and belong to no other part."""
    first = next((line.block for line in report.lines if line.role in _TURNS), None)
    if first is None:
        admitting = (line for line in report.told() if words("admits").search(line.text))
        first = next((line.block for line in admitting), None)
    if first is None:
        return []
    kinds = (SectionRole.RESULTS, SectionRole.OTHER)
    return [line for line in report.body(*kinds) if line.block >= first]


def next_year(report: Report) -> Found:
    """K12: arrangements for next year."""
    lines = report.body(SectionRole.NEXT_YEAR)
    if _length(lines) >= _SUBSTANCE:
        return Found("pass", "有下一年度安排部分", passage(lines))
    for line in report.told():
        found = words("ahead").match(line.text)
        if found and standing_of(line, 0, found.end()) != "denied":
            return Found("pass", "文中写到下一年度安排，没有单列", line.span())
    return Found("fail", "没有找到下一年度安排")
