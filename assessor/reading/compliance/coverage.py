"""K21: claims of all or 100 % that stand with a count or a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assessor.reading.compliance.report import Found, Line, Report, Span, standing_of
from assessor.reading.compliance.rules import words
from schemas.reading import Figure, SectionRole

_REACH = 60
_AWAY = (SectionRole.NEXT_YEAR, SectionRole.SHORTCOMINGS, SectionRole.CAUSES)


class _Claim(NamedTuple):
    line: Line
    start: int
    end: int


def backed(report: Report) -> Found:
    """K21: claims of full coverage have a count or a document beside them."""
    claims = list(_claims(report))
    if not claims:
        return Found("cannot_tell", "没有找到全覆盖或100%的表述")
    counts = _counts(report)
    bare = [claim for claim in claims if not _is_backed(report, claim, counts)]
    reason = f"{len(claims)}处全覆盖或100%的表述，{len(claims) - len(bare)}处附有数量或文件"
    first = (bare or claims)[0]
    span = first.line.span(*first.line.clause(first.start))
    if not bare:
        return Found("pass", reason, span)
    is_none = len(bare) == len(claims)
    return Found("fail" if is_none else "doubtful", f"{reason}；如这一处没有", span)


def _claims(report: Report) -> Iterator[_Claim]:
    """Yield claims, one a clause; what is only under way or denied claims nothing."""
    for line in report.lines:
        if line.role in _AWAY or line.is_heading:
            continue
        last: Span | None = None
        for found in words("all_claimed").finditer(line.text):
            clause = line.clause(found.start())
            before = line.text[max(clause[0], found.start() - _REACH) : found.start()]
            if clause == last or words("under_way").search(before):
                continue
            if standing_of(line, *found.span()) == "told":
                last = clause
                yield _Claim(line, *found.span())


def _counts(report: Report) -> dict[int, list[Figure]]:
    """Return this year's counts of things and people by block; events do not back a coverage."""
    found: dict[int, list[Figure]] = {}
    for one in report.figures():
        if not words("no_backing_unit").fullmatch(one.unit):
            found.setdefault(one.block, []).append(one)
    return found


def _is_backed(report: Report, claim: _Claim, counts: dict[int, list[Figure]]) -> bool:
    """Return whether a count or a document stands in the clause or in one beside it."""
    line = claim.line
    start, end = line.clause(claim.start)
    start = line.clause(start - 2)[0] if start > 1 else start
    end = line.clause(end + 1)[1] if end + 1 < len(line.text) else end
    if words("document").search(line.text, start, end):
        return True
    first, last = line.span(start, end)
    own = counts.get(line.block, ())
    if any(first <= one.number_start < last for one in own):
        return True
    fed = _fed(report, line, line.span(*claim[1:])) if own else set()
    return any(one.feeds in fed for one in own)


def _fed(report: Report, line: Line, span: Span) -> set[str]:
    """Return the items that a rate within a claim feeds; its counts may stand further away."""
    return {
        one.feeds
        for one in report.by_block.get(line.block, ())
        if one.feeds is not None and span[0] <= one.number_start < span[1]
    }
