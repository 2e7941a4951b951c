"""Rates and their counts under one group number, by name and by place."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reading.binding import Binding, is_told_in_verb, own_scope
from assessor.reading.lexicon import Lexicon
from assessor.reading.linking.similar import is_guess
from assessor.reading.numbers.units import unit_at
from schemas.lexicon import Entry
from schemas.reading import Bound, Confidence, Figure, FigureStatus, ReadDocument

_TIE = "tie"
_TOLD = "与所报比率在同一句内，是该比率的分子"
_NEAR = 200
_NEXT = 120
"""Characters within which a count may stand in the sentence before or behind its rate."""


def group_named(figures: list[Figure], document: ReadDocument) -> None:
    """Give numerator, denominator and rate of one item a common number.

    Its own sentence goes first; where it names no count, the sentences next to it may.
    """
    group = _new_group(figures)
    for index, rate in enumerate(figures):
        if rate.role != "value" or rate.unit != "%" or not _is_named(rate):
            continue
        near = [
            other
            for other in range(max(index - 4, 0), min(index + 5, len(figures)))
            if _is_part(figures[other], rate)
        ]
        mates = [one for one in near if _sentences_apart(document, figures[one], rate) == 0]
        if not mates:
            mates = [one for one in near if _is_next(document, figures[one], rate)]
        if mates:
            for other in (index, *mates):
                figures[other] = figures[other].model_copy(update={"group": group})
            group += 1


def members_of(figures: Sequence[Figure], index: int) -> list[Figure]:
    """Return the figures of a rate's group, itself included; none when it stands alone."""
    group = figures[index].group
    return [] if group is None else [one for one in figures if one.group == group]


def bind(figures: list[Figure], found: Binding) -> None:
    """Put a rate and the counts found for it under one number."""
    rate = figures[found.rate]
    group = _new_group(figures) if rate.group is None else rate.group
    figures[found.rate] = rate.model_copy(update={"group": group})
    for index, role in ((found.top, "numerator"), (found.whole, "denominator")):
        one = figures[index]
        if one.group in (None, group):
            own = one.role if one.feeds is not None else role
            figures[index] = one.model_copy(update={"group": group, "role": own})


def _new_group(figures: Sequence[Figure]) -> int:
    return max((one.group for one in figures if one.group is not None), default=-1) + 1


def _is_named(figure: Figure) -> bool:
    """Return whether a figure serves an item by its name, not by its wording only."""
    return figure.feeds is not None and not is_guess(figure)


def _is_part(figure: Figure, rate: Figure) -> bool:
    """Return whether a figure is a count of a rate's item, of one standing with it."""
    named = figure.role != "value" and _is_named(figure) and figure.feeds == rate.feeds
    return named and figure.block == rate.block and figure.status is rate.status


def _sentences_apart(document: ReadDocument, one: Figure, other: Figure) -> int:
    """Return how many sentences lie between two figures; many when they are far apart."""
    start, end = sorted((one.number_start, other.number_start))
    return document.text.count("。", start, end) if end - start < _NEAR else _NEAR


def _is_next(document: ReadDocument, count: Figure, rate: Figure) -> bool:
    """Return whether a count in the next sentence is of the same year and area."""
    entity = document.entity
    same = (
        count.group is None
        and count.year == rate.year
        and own_scope(count.scope, entity) == own_scope(rate.scope, entity)
        and set(count.flags) == set(rate.flags)
    )
    apart = abs(count.number_start - rate.number_start)
    return same and apart < _NEXT and _sentences_apart(document, count, rate) == 1


def name_parts(figures: list[Figure], document: ReadDocument, lexicon: Lexicon) -> None:
    """Settle by their place which part of a rate some counts are.

    A count told in its rate's own verb is the part, whatever else the words allow: 纠错1件 of
    纠错率. A part told between a rate and its whole is this rate's, not another's.
    """
    for index, rate in enumerate(figures):
        if rate.role != "value" or rate.unit != "%" or not _is_named(rate):
            continue
        for other in (index - 1, index - 2):
            if other < 0 or figures[other].block != rate.block:
                break
            one = figures[other]
            if _sentences_apart(document, one, rate) or one.unit == "%":
                break
            if _is_told_part(one, rate, document) or _is_between(figures, other, index):
                figures[other] = _renamed(one, rate, lexicon)


def _is_told_part(one: Figure, rate: Figure, document: ReadDocument) -> bool:
    """Return whether a count that may be part or whole is told in the rate's verb."""
    open_part = _TIE in one.flags and one.feeds == rate.feeds and one.role == "denominator"
    return open_part and is_told_in_verb(one, rate, document)


def _is_between(figures: Sequence[Figure], place: int, rate: int) -> bool:
    """Return whether a part named after another rate stands between this one and its whole."""
    one, whole = figures[place], figures[max(place - 1, 0)]
    return (
        place + 1 == rate
        and place > 0
        and one.role == "numerator"
        and one.feeds not in (None, figures[rate].feeds)
        and whole.role == "denominator"
        and whole.feeds == figures[rate].feeds
        and whole.block == one.block
        and whole.unit == one.unit
    )


def _renamed(figure: Figure, rate: Figure, lexicon: Lexicon) -> Figure:
    """Return a count as the part of the rate that it is, if the dictionary knows one."""
    entry = _entry(figure, rate, lexicon)
    if entry is None:
        return figure
    flags = tuple(flag for flag in figure.flags if flag != _TIE)
    achieved = figure.status is FigureStatus.ACHIEVED and figure.bound is not Bound.APPROX
    accepted = not flags and achieved
    return figure.model_copy(
        update={
            "item": entry.id,
            "item_label": entry.label,
            "feeds": rate.feeds,
            "role": "numerator",
            "indicators": rate.indicators,
            "flags": flags,
            "also": (),
            "reason": _TOLD,
            "confidence": Confidence.ACCEPTED if accepted else Confidence.REVIEW,
            "suggestions": () if accepted else figure.suggestions,
        }
    )


def _entry(figure: Figure, rate: Figure, lexicon: Lexicon) -> Entry | None:
    """Return the one entry for the part of a rate's item counted in a figure's unit."""
    unit = unit_at(figure.unit, 0)
    if unit is None:
        return None
    known = [term.entry for term in lexicon.numerators_of(rate.feeds) if term.units & unit.classes]
    return known[0] if len({entry.label for entry in known}) == 1 else None
