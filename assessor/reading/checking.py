"""Figures against each other: possible values, whole numerators, one value for one item."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assessor.reading.binding import bound_by_words, can_exceed, named_after, own_scope
from assessor.reading.binding import rounded_rate as _rounded
from assessor.reading.grouping import bind, group_named, members_of, name_parts
from assessor.reading.lexicon import Lexicon, shipped_lexicon
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.reading import Bound, Confidence, Figure, FigureStatus, ReadDocument

IMPOSSIBLE = "impossible"
"""Flag of a figure that cannot be true: it is shown and never counts."""
_HUNDRED = Decimal(100)
_PRINTED = frozenset((FigureStatus.ACHIEVED, FigureStatus.PREVIOUS_YEAR))


def checked(
    figures: Sequence[Figure], document: ReadDocument, lexicon: Lexicon | None = None
) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
    """Bind rates to their counts, and send what disagrees to review.

    Args:
        figures: all figures in reading order.
        document: where they stand.
        lexicon: the dictionary they were linked by; default is the shipped one.

    Returns:
        The figures with groups and confidence settled, and the findings.
    """
    words = lexicon or shipped_lexicon()
    settled = list(figures)
    issues = _refuse_impossible(settled, document)
    name_parts(settled, document, words)
    group_named(settled, document)
    for index in range(len(settled)):
        if _is_rate(settled[index]):
            issues += _verified(settled, index, document)
    for members in _repeated(settled, document):
        issues.append(_conflict(members, document))
        _to_review(settled, members, "conflict")
    return tuple(settled), tuple(issues)


def _refuse_impossible(figures: list[Figure], document: ReadDocument) -> list[Issue]:
    """Take figures that cannot be true out of everything that counts; return the findings."""
    issues: list[Issue] = []
    for index, figure in enumerate(figures):
        allowed = _possible(figure, document)
        if not allowed:
            continue
        found = f"{figure.number_text}{figure.unit}"
        issues.append(_issue(IssueCode.VALUE_OUT_OF_RANGE, document, figure, found, allowed))
        figures[index] = figure.model_copy(
            update={
                "confidence": Confidence.REVIEW if figure.item else Confidence.NONE,
                "feeds": None,
                "indicators": (),
                "flags": (*figure.flags, IMPOSSIBLE),
                "reason": f"不可能的数值（应为{allowed}），不采用",
            }
        )
    return issues


def _possible(figure: Figure, document: ReadDocument) -> str:
    """Return the range a figure's value ought to lie in; empty when it does or there is none."""
    if figure.status not in _PRINTED:
        return ""
    if figure.value < 0 and figure.unit:
        return "不小于0"
    if figure.unit != "%" or figure.role != "value" or figure.value <= _HUNDRED:
        return ""
    if "completion" in figure.flags:  # more than planned may be done
        return ""
    if figure.feeds is not None:
        return "0～100%"
    return "0～100%" if named_after(figure, document) and not can_exceed(figure) else ""


def _is_rate(figure: Figure) -> bool:
    achieved = figure.status is FigureStatus.ACHIEVED
    sound = figure.bound is Bound.EXACT and IMPOSSIBLE not in figure.flags
    return figure.unit == "%" and figure.role == "value" and achieved and sound


def _verified(figures: list[Figure], index: int, document: ReadDocument) -> list[Issue]:
    """Hold a rate against its counts; return the finding when they do not give it."""
    members = members_of(figures, index)
    issue = _rate_issue(figures[index], members, document)
    if issue is None and {"numerator", "denominator"} <= {one.role for one in members}:
        return []
    found = bound_by_words(figures, index, document)
    if found is not None and found.fits:
        bind(figures, found)
        return []
    if issue is None and found is not None:
        bind(figures, found)
        members = members_of(figures, index)
        top, whole = figures[found.top].value, figures[found.whole].value
        issue = _mismatch(figures[index], top, whole, document)
    if issue is None:
        return []
    _to_review(figures, members, "ratio")
    return [issue]


def _rate_issue(rate: Figure, members: Sequence[Figure], document: ReadDocument) -> Issue | None:
    """Return a finding when no whole numerator gives the stated rate at its precision."""
    exact = [one for one in members if one.bound is Bound.EXACT]
    tops = [one.value for one in exact if one.role == "numerator"]
    bottoms = [one.value for one in exact if one.role == "denominator" and one.value]
    if not bottoms:
        return None
    if tops:
        if any(_rounded(top, whole, rate.value) == rate.value for top in tops for whole in bottoms):
            return None
        return _mismatch(rate, tops[0], bottoms[0], document)
    if any(_has_whole_numerator(rate.value, whole) for whole in bottoms):
        return None
    found = f"{rate.value}%×{bottoms[0]}"
    return _issue(IssueCode.RATIO_NOT_WHOLE, document, rate, found, "整数")


def _has_whole_numerator(rate: Decimal, whole: Decimal) -> bool:
    nearest = (rate * whole / _HUNDRED).to_integral_value(rounding=ROUND_HALF_UP)
    return any(_rounded(top, whole, rate) == rate for top in (nearest - 1, nearest, nearest + 1))


def _mismatch(rate: Figure, top: Decimal, whole: Decimal, document: ReadDocument) -> Issue:
    allowed = f"{top}÷{whole}＝{_rounded(top, whole, rate.value)}%"
    return _issue(IssueCode.RATIO_MISMATCH, document, rate, f"{rate.value}%", allowed)


def _repeated(figures: Sequence[Figure], document: ReadDocument) -> list[list[Figure]]:
    """Return figures that give one item different values for one year and area."""
    rates: dict[int | None, str | None] = {
        one.group: one.feeds for one in figures if one.group is not None and one.unit == "%"
    }
    found: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        counts = figure.confidence is Confidence.ACCEPTED and figure.feeds is not None
        elsewhere = rates.get(figure.group, figure.feeds) != figure.feeds
        if counts and figure.status is FigureStatus.ACHIEVED and not elsewhere:
            scope = own_scope(figure.scope, document.entity)
            key = (figure.item, figure.role, figure.year, scope, figure.is_cumulative)
            found.setdefault(key, []).append(figure)
    return [
        members for members in found.values() if len({(one.value, one.unit) for one in members}) > 1
    ]


def _conflict(members: Sequence[Figure], document: ReadDocument) -> Issue:
    """Return a finding that names every value with its place."""
    first, *others = members
    values = "、".join(f"{one.number_text}{one.unit}" for one in members)
    places = "；".join(f"{_place(one)}：{one.quote[:60]}" for one in others)
    issue = _issue(IssueCode.VALUES_DIFFER, document, first, values, "")
    return issue.model_copy(update={"found": f"{issue.found[:-1]}；{places}）"})


def _to_review(figures: list[Figure], members: Sequence[Figure], flag: str) -> None:
    wanted = {id(one) for one in members}
    for index, figure in enumerate(figures):
        if id(figure) in wanted:
            confidence = (
                Confidence.REVIEW if figure.confidence is Confidence.ACCEPTED else figure.confidence
            )
            figures[index] = figure.model_copy(
                update={"confidence": confidence, "flags": (*figure.flags, flag)}
            )


def _place(figure: Figure) -> str:
    return f"第{figure.page}页" if figure.page else f"第{figure.block + 1}段"


def _issue(
    code: IssueCode, document: ReadDocument, figure: Figure, found: str, allowed: str
) -> Issue:
    label = figure.item_label
    return Issue(
        code=code,
        severity=Severity.WARNING,
        location=Location(
            file=document.file, place=_place(figure), item=figure.feeds or "", label=label
        ),
        found=f"{found}（{figure.quote[:60]}）",
        allowed=allowed,
    )
