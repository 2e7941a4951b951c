"""The counts behind a rate, found by wording and proven by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.linking.similar import is_guess
from assessor.reading.normal import normalise
from schemas.reading import Bound, Figure, FigureStatus, ReadDocument
from scoring.yaml_strict import parse_yaml

_HUNDRED = Decimal(100)
_REACH = 6
"""Figures on either side of a rate among which its counts are looked for."""
_FAR = 160
"""Characters within which they stand."""
_STEM = re.compile(r"([\u4e00-\u9fff]{2,4})”?率[\u4e00-\u9fff①-⑩]{0,6}$")


class Words(NamedTuple):
    """The wording of rates, from `rates.yaml`."""

    whole: re.Pattern[str]
    due: re.Pattern[str]
    top: re.Pattern[str]
    narrow: re.Pattern[str]
    vague: re.Pattern[str]
    beyond: re.Pattern[str]


class Binding(NamedTuple):
    """A rate and the counts it was worked out from, as positions among the figures."""

    rate: int
    top: int
    whole: int
    fits: bool


class _Count(NamedTuple):
    """A count near a rate."""

    position: int
    figure: Figure
    is_inside: bool
    """In the parenthesis right behind the rate."""
    is_crossed: bool
    """Another rate stands between."""
    clause: str


@cache
def rate_words() -> Words:
    """Return the wording of rates."""
    path = Path(str(files("assessor.reading") / "rates.yaml"))
    value: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    patterns = (
        re.compile(value[key]) for key in ("whole", "due", "top", "narrow", "vague", "beyond")
    )
    return Words(*patterns)


def own_scope(scope: str, entity: str) -> str:
    """Return a scope, nothing where it only names the whole of the unit's own area: 全县."""
    kind = "街道" if entity.endswith("街道") else entity[-1:]
    return "" if kind and scope in (f"全{kind}", f"我{kind}", f"本{kind}") else scope


def rounded_rate(top: Decimal, whole: Decimal, like: Decimal) -> Decimal:
    """Return top of whole in percent, with the places another rate is printed with."""
    places = max(-int(like.as_tuple().exponent), 0)
    return (top * _HUNDRED / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def can_exceed(figure: Figure) -> bool:
    """Return whether a rate may go beyond 100 %."""
    return rate_words().beyond.search(f"{figure.item_label}{figure.quote}") is not None


def named_after(figure: Figure, document: ReadDocument) -> bool:
    """Return whether a share is printed as some 率, a part of a whole by its name."""
    return bool(_stems(figure, document))


def is_told_in_verb(count: Figure, rate: Figure, document: ReadDocument) -> bool:
    """Return whether a count is told in the verb its rate is named after: 纠错1件 of 纠错率."""
    clause = _clause(document, count)
    return any(stem in clause for stem in _stems(rate, document))


def bound_by_words(figures: Sequence[Figure], index: int, document: ReadDocument) -> Binding | None:
    """Return the counts a rate's own sentence gives, and whether they give the rate.

    A pair that gives the rate exactly is taken where the words make it likely; a pair that does
    not is told only where the words leave no doubt what it counts.
    """
    rate = figures[index]
    counts = _counts(figures, index, document)
    stems = _stems(rate, document)
    before = [one.position for one in counts if one.position < index and not one.is_crossed][-2:]
    pairs = [
        (top, whole)
        for top in counts
        for whole in counts
        if top.position != whole.position
        and whole.figure.value
        and top.figure.unit == whole.figure.unit
    ]
    for top, whole in sorted(pairs, key=lambda pair: _distance(pair, index)):
        if _gives(top, whole, rate) and _is_likely(top, whole, stems, before):
            return Binding(index, top.position, whole.position, fits=True)
    sure = [pair for pair in pairs if _is_sure(*pair, rate, index, stems)]
    if (
        not sure
        or _is_narrow(rate, document)
        or any(_gives(top, whole, rate) for top, whole in pairs)
    ):
        return None
    top, whole = min(sure, key=lambda pair: _distance(pair, index))
    return Binding(index, top.position, whole.position, fits=False)


def _counts(figures: Sequence[Figure], index: int, document: ReadDocument) -> list[_Count]:
    """Return the exact achieved counts in a rate's sentence."""
    rate, found = figures[index], []
    for other in range(max(index - _REACH, 0), min(index + _REACH + 1, len(figures))):
        one = figures[other]
        if other == index or one.block != rate.block or one.unit in ("%", "", "个百分点"):
            continue
        first, last = sorted((one.number_start, rate.number_start))
        between = document.text[first:last]
        if last - first > _FAR or "。" in between or one.status is not FigureStatus.ACHIEVED:
            continue
        if one.bound is not Bound.EXACT:
            continue
        inside = other > index and _opens_only(document.text[rate.number_end : one.number_start])
        rates_between = "%" in between.removeprefix(rate.number_text + "%")
        clause = _clause(document, one)
        found.append(_Count(other, one, inside, rates_between, clause))
    return found


def _opens_only(text: str) -> bool:
    """Return whether a parenthesis opens right behind a rate and has not closed yet."""
    normal = normalise(text).text
    opened = normal.find("(")
    return 0 <= opened <= 2 and ")" not in normal


def _clause(document: ReadDocument, figure: Figure) -> str:
    """Return what stands around a count in its own clause, its number left out."""
    left = document.text[figure.start : figure.number_start]
    right = document.text[figure.number_end : figure.end]
    return re.split(r"[(（]", left)[-1] + right


def _stems(rate: Figure, document: ReadDocument) -> tuple[str, ...]:
    """Return the verbs a rate is named after: 出庭 and 应诉 of 出庭应诉率."""
    left = normalise(document.text[max(rate.number_start - 24, 0) : rate.number_start]).text
    named = _STEM.search(left)
    if named is None or rate_words().vague.search(named[1]):
        return ()
    word = named[1]
    return tuple(dict.fromkeys((word[-2:], word[:2]) if len(word) == 4 else (word[-2:],)))


def _gives(top: _Count, whole: _Count, rate: Figure) -> bool:
    part, of = top.figure.value, whole.figure.value
    return part <= of and rounded_rate(part, of, rate.value) == rate.value


def _is_likely(top: _Count, whole: _Count, stems: Sequence[str], before: Sequence[int]) -> bool:
    """Return whether words or place tie a fitting pair to the rate.

    Args:
        top: the part.
        whole: what it is part of.
        stems: verbs the rate is named after.
        before: the two counts last told before the rate.
    """
    if top.is_inside and whole.is_inside:
        return True
    words = rate_words()
    if any(stem in top.clause for stem in stems):
        return True
    if top.figure.value == whole.figure.value:
        return bool(words.top.search(top.clause) and words.whole.search(whole.clause))
    return sorted((top.position, whole.position)) == list(before)


def _is_sure(top: _Count, whole: _Count, rate: Figure, index: int, stems: Sequence[str]) -> bool:
    """Return whether words and place alone say that two counts are the rate's.

    Both stand in the parenthesis behind it, or right before it, the whole first.
    """
    told_before = (whole.position, top.position) == (index - 2, index - 1)
    if not told_before and not (top.is_inside and whole.is_inside):
        return False
    if any(
        one.figure.feeds not in (None, rate.feeds) and not is_guess(one.figure)
        for one in (top, whole)
    ):
        return False
    words = rate_words()
    if words.due.search(top.clause) or words.whole.search(whole.clause) is None:
        return False
    is_due = words.due.search(whole.clause) is not None
    if not is_due and any(stem in whole.clause for stem in stems):
        return False
    named = any(re.search(f"(?<![不未无]){stem}", top.clause) for stem in stems)
    return named or (top.is_inside and words.top.search(top.clause) is not None)


def _is_narrow(rate: Figure, document: ReadDocument) -> bool:
    """Return whether a rate is of something narrower than its counts: 按期办结率 of 办结."""
    left = document.text[max(rate.start, rate.number_start - 24) : rate.number_start]
    return rate_words().narrow.search(left) is not None


def _distance(pair: tuple[_Count, _Count], index: int) -> tuple[int, int]:
    top, whole = pair
    return abs(top.position - index), abs(whole.position - index)
