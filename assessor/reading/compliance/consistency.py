"""K20: figures that contradict each other or cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.compliance.report import Found, Line, Report, Span, figure_span
from assessor.reading.compliance.rules import pairs, words
from assessor.reading.normal import normalise
from schemas.issue import IssueCode
from schemas.reading import Figure

_CONTRADICTIONS = (IssueCode.RATIO_MISMATCH, IssueCode.RATIO_NOT_WHOLE, IssueCode.VALUES_DIFFER)
_FLAGS = frozenset(("ratio", "conflict"))
_BEFORE, _AFTER, _NEXT = 24, 24, 4
_HUNDRED = Decimal(100)
_SHOWN = 3


class Clash(NamedTuple):
    """Figures that do not agree."""

    what: str
    span: Span | None
    is_sure: bool


def consistent(report: Report) -> Found:
    """K20: no figure contradicts another; what may have a reason is only doubtful."""
    figures = report.figures(results_only=False)
    clashes = list(
        dict.fromkeys(
            (
                *_found_by_checker(report),
                *_over_hundred(report, figures),
                *_parts_over_wholes(report, figures),
                *_less_than_all(report, figures),
            )
        )
    )
    if not clashes:
        return Found("pass", f"核对{len(figures)}个数据，没有发现前后矛盾")
    clashes.sort(key=lambda clash: not clash.is_sure)
    shown = "；".join(clash.what for clash in clashes[:_SHOWN])
    reason = f"{len(clashes)}处数据对不上：{shown}"
    span = next((clash.span for clash in clashes if clash.span is not None), None)
    return Found("fail" if clashes[0].is_sure else "doubtful", reason, span)


def _found_by_checker(report: Report) -> Iterator[Clash]:
    """Yield what the verification of figures found: wrong rates, one item with two values."""
    flagged = [one for one in report.reading.figures if not _FLAGS.isdisjoint(one.flags)]
    flagged.sort(key=lambda one: one.role != "value")
    for issue in report.reading.issues:
        if issue.code not in _CONTRADICTIONS:
            continue
        item = issue.location.item
        span = next((figure_span(one) for one in flagged if one.feeds == item), None)
        span = span or next((figure_span(one) for one in flagged), None)
        what = issue.found.partition("（")[0]
        what += f"，应为{issue.allowed}" if issue.allowed else ""
        yield Clash(what, span, is_sure=True)


def _over_hundred(report: Report, figures: Sequence[Figure]) -> Iterator[Clash]:
    """Yield rates of a whole that exceed it; completion and growth may."""
    for one in figures:
        if one.unit == "%" and one.value > _HUNDRED and not _FLAGS & set(one.flags):
            before = _before(report, one)
            if words("share").search(before) and not words("may_exceed").search(before):
                what = f"{one.item_label or '比率'}{one.number_text}%超过100%"
                yield Clash(what, figure_span(one), is_sure=True)


def _before(report: Report, figure: Figure) -> str:
    """Return the clause before a figure's number."""
    block = report.reading.document.blocks[figure.block]
    start = max(block.start, figure.number_start - _BEFORE)
    text = normalise(report.text[start : figure.number_start]).text
    return words("clause_mark").split(text)[-1]


def _parts_over_wholes(report: Report, figures: Sequence[Figure]) -> Iterator[Clash]:
    """Yield counts larger than the whole told before them in the same sentence."""
    for index, whole in enumerate(figures):
        for part in figures[index + 1 : index + 1 + _NEXT]:
            between = report.text[whole.number_end : part.number_start]
            if part.block != whole.block or "。" in between:
                break
            is_told = part.group is not None and part.group == whole.group
            if part.unit != whole.unit or part.value <= whole.value or is_told:
                continue
            sure = _is_part(report, whole, part, figures[index + 1 :])
            if sure is not None and not words("carried").search(between):
                what = f"{whole.number_text}{whole.unit}中有{part.number_text}{part.unit}"
                yield Clash(what, (whole.start, max(part.end, whole.end)), sure)


def _is_part(report: Report, whole: Figure, part: Figure, later: Sequence[Figure]) -> bool | None:
    """Return whether a count is surely or perhaps a part of one before it; None when it is not."""
    head, mark, _ = report.text[whole.number_end : part.number_start].rpartition("其中")
    if mark:
        alike = (one for one in later if one.unit == whole.unit)
        is_first = next(alike, None) is part
        return True if is_first and "其中" not in head else None
    first, second = _before(report, whole), _before(report, part)
    for of_whole, of_part, sure in pairs():
        if of_whole.search(first) and of_part.search(second):
            return sure
    return None


def _less_than_all(report: Report, figures: Sequence[Figure]) -> Iterator[Clash]:
    """Yield claims to have reached all bodies that name fewer than were told before."""
    told = report.told()
    claimed = {line.block for line in told if words("all_reached").search(line.text)}
    seen: dict[int, list[tuple[Line, Decimal]]] = {}
    counts: defaultdict[int, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.block not in claimed:
            continue
        after = report.text[one.number_end : one.number_end + _AFTER]
        if words("bodies").match(normalise(after).text):
            counts[one.block].append(one)
    for line in told if counts else ():
        bodies = _bodies(report, counts[line.block], line) if line.block in counts else []
        if not bodies:
            continue
        count = sum((one.value for one in bodies), Decimal(0))
        if words("all_reached").search(line.text):
            for earlier, larger in seen.get(line.block, ()):
                if larger > count and _matters(earlier) & _matters(line):
                    what = f"前称{larger}个单位，后称{count}个即全覆盖"
                    yield Clash(what, figure_span(bodies[0]), is_sure=False)
                    break
        seen.setdefault(line.block, []).append((line, count))


def _bodies(report: Report, counts: Sequence[Figure], line: Line) -> list[Figure]:
    """Return those counts of bodies a line names one beside the other: 3个部门及5个乡镇."""
    start, end = line.span()
    found: list[Figure] = []
    for one in counts:
        if not start <= one.number_start < end:
            continue
        if found:
            between = normalise(report.text[found[-1].number_end : one.number_start]).text
            if not words("beside").search(between):
                break
        found.append(one)
    return found


def _matters(line: Line) -> set[str]:
    return {found.group().replace("查", "察") for found in words("inspects").finditer(line.text)}
