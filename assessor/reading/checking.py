"""Figures against each other: whole numerators, parts of wholes, one value for one item."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assessor.reading.linking.similar import is_guess
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.reading import Confidence, Figure, FigureStatus, ReadDocument

_HUNDRED = Decimal(100)


def checked(
    figures: Sequence[Figure], document: ReadDocument
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Bind rates to their counts, and send what disagrees to review.

    Returns:
        The figures with groups and confidence settled, and the findings.
    """
    bound = _grouped(list(figures), document)
    issues: list[Issue] = []
    for members in _groups(bound):
        issue = _rate_issue(members, document)
        if issue is not None:
            issues.append(issue)
            _to_review(bound, members, "ratio")
    for members in _repeated(bound):
        issues.append(_conflict(members, document))
        _to_review(bound, members, "conflict")
    return tuple(bound), tuple(issues)


def _grouped(figures: list[Figure], document: ReadDocument) -> list[Figure]:
    """Give numerator, denominator and rate of one item in one sentence a common number."""
    group = 0
    for index, rate in enumerate(figures):
        if rate.role != "value" or rate.unit != "%" or not _is_named(rate):
            continue
        mates = [
            other
            for other in range(max(index - 4, 0), min(index + 5, len(figures)))
            if figures[other].role != "value"
            and _is_named(figures[other])
            and figures[other].feeds == rate.feeds
            and figures[other].block == rate.block
            and _one_sentence(document, figures[other], rate)
            and figures[other].status is rate.status
        ]
        if mates:
            for other in (index, *mates):
                figures[other] = figures[other].model_copy(update={"group": group})
            group += 1
    return figures


def _is_named(figure: Figure) -> bool:
    """Return whether a figure serves an item by its name, not by its wording only."""
    return figure.feeds is not None and not is_guess(figure)


def _one_sentence(document: ReadDocument, one: Figure, other: Figure) -> bool:
    start, end = sorted((one.number_start, other.number_start))
    return end - start < 200 and "。" not in document.text[start:end]


def _groups(figures: Sequence[Figure]) -> list[list[Figure]]:
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.group is not None:
            found.setdefault(figure.group, []).append(figure)
    return list(found.values())


def _rate_issue(members: Sequence[Figure], document: ReadDocument) -> Issue | None:
    """Return a finding when no whole numerator gives the stated rate at its precision."""
    rate = next(one for one in members if one.role == "value")
    tops = [one.value for one in members if one.role == "numerator"]
    bottoms = [one.value for one in members if one.role == "denominator"]
    if not bottoms or not bottoms[0]:
        return None
    places = -int(rate.value.as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0))
    if tops:
        computed = (tops[0] * _HUNDRED / bottoms[0]).quantize(step, rounding=ROUND_HALF_UP)
        if computed == rate.value:
            return None
        allowed = f"{tops[0]}÷{bottoms[0]}＝{computed}%"
        return _issue(IssueCode.RATIO_MISMATCH, document, rate, f"{rate.value}%", allowed)
    nearest = (rate.value * bottoms[0] / _HUNDRED).to_integral_value(rounding=ROUND_HALF_UP)
    for whole in (nearest - 1, nearest, nearest + 1):
        computed = (whole * _HUNDRED / bottoms[0]).quantize(step, rounding=ROUND_HALF_UP)
        if computed == rate.value:
            return None
    return _issue(IssueCode.RATIO_NOT_WHOLE, document, rate, f"{rate.value}%×{bottoms[0]}", "整数")


def _repeated(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return figures that give one item different values for one year and scope."""
    found: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        counts = figure.confidence is Confidence.ACCEPTED and figure.feeds is not None
        if counts and figure.status is FigureStatus.ACHIEVED:
            key = (figure.item, figure.role, figure.year, figure.scope, figure.is_cumulative)
            found.setdefault(key, []).append(figure)
    return [
        members for members in found.values() if len({(one.value, one.unit) for one in members}) > 1
    ]


def _conflict(members: Sequence[Figure], document: ReadDocument) -> Issue:
    values = "、".join(f"{one.number_text}{one.unit}" for one in members)
    return _issue(IssueCode.VALUES_DIFFER, document, members[0], values, "")


def _to_review(figures: list[Figure], members: Sequence[Figure], flag: str) -> None:
    for index, figure in enumerate(figures):
        if any(figure is one for one in members):
            confidence = (
                Confidence.REVIEW if figure.confidence is Confidence.ACCEPTED else figure.confidence
            )
            figures[index] = figure.model_copy(
                update={"confidence": confidence, "flags": (*figure.flags, flag)}
            )


def _issue(
    code: IssueCode, document: ReadDocument, figure: Figure, found: str, allowed: str
) -> Issue:
    place = f"第{figure.page}页" if figure.page else f"第{figure.block + 1}段"
    return Issue(
        code=code,
        severity=Severity.WARNING,
        location=Location(file=document.file, place=place, item=figure.feeds or ""),
        found=f"{figure.item_label} {found}（{figure.quote[:60]}）",
        allowed=allowed,
    )
