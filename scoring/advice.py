"""What to fix first: gaps by points to gain, and the shortest way to the next grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from schemas.result import IndicatorScore, NextGrade, Totals
from scoring.grading import band_of
from scoring.rounding import HUNDRED, quantize
from scoring.ruler import Ruler
from scoring.totals import ScoredPart, total_if_met

_ZERO = Decimal(0)


def gap_codes(indicators: Sequence[IndicatorScore]) -> tuple[str, ...]:
    """Return the indicators that fell short, most points to gain first, then framework order."""
    short = [one for one in indicators if one.is_short]
    short.sort(key=lambda one: -one.points_to_gain)
    return tuple(one.code for one in short)


def next_grade(
    parts: Sequence[ScoredPart],
    indicators: Sequence[IndicatorScore],
    totals: Totals,
    ruler: Ruler,
) -> NextGrade | None:
    """Return the fewest indicators that lift the total to the next grade by points.

    None when there is no total or it is already in the best band. Under `rescale` an
    indicator that comes back brings weight `a` and points `g`; the total reaches `t` of the
    full mark when the sum of `g - t*a` covers the deficit, so the fewest are those with the
    largest `g - t*a`. The answer is then scored again to be certain.
    """
    if totals.total_points is None:
        return None
    bands = ruler.scheme.bands
    place = bands.index(band_of(totals.total_points, totals.full_mark, bands))
    if place == 0:
        return None
    band = bands[place - 1]
    needed = band.minimum * totals.full_mark / HUNDRED
    own_needed = _own_needed(needed, totals, ruler)
    codes, reached = _shortest(parts, indicators, own_needed, ruler)
    return NextGrade(
        grade=band.grade,
        points_needed=needed,
        missing=needed - totals.total_points,
        codes=codes,
        reached_points=_printed(reached, totals, ruler) if codes else totals.total_points,
        needs_disclosure=band.needs_disclosure,
    )


def _printed(own: Decimal, totals: Totals, ruler: Ruler) -> Decimal:
    """Return the printed total that indicator points of `own` would give."""
    report = own + totals.bonus_points
    if not totals.blend or any(share.score is None for share in totals.blend):
        return report
    shares = [
        quantize(report * share.weight / HUNDRED, ruler.scheme.rounding)
        if share.id == "report"
        else share.points
        for share in totals.blend
    ]
    return sum(shares, _ZERO)


def _own_needed(needed: Decimal, totals: Totals, ruler: Ruler) -> Decimal:
    """Return the indicator points that make the printed total reach `needed`."""
    own = needed
    if totals.blend and all(share.score is not None for share in totals.blend):
        others = sum((share.points for share in totals.blend if share.id != "report"), _ZERO)
        weight = next(share.weight for share in totals.blend if share.id == "report")
        step = Decimal(1).scaleb(-ruler.scheme.rounding.places)
        own = ((needed - others) * HUNDRED / weight).quantize(step, rounding=ROUND_CEILING)
    return own - totals.bonus_points


def _shortest(
    parts: Sequence[ScoredPart],
    indicators: Sequence[IndicatorScore],
    needed: Decimal,
    ruler: Ruler,
) -> tuple[tuple[str, ...], Decimal]:
    rate = needed / ruler.full_mark
    worth = {one.code: _ZERO for one in indicators if one.is_short and not one.vetoed_by}
    for part in parts:
        code = part.plan.indicator.code
        if code in worth and part.is_mendable:
            back = part.plan.nominal if part.is_excluded else _ZERO
            worth[code] += part.plan.nominal * (1 - part.share.earned / part.share.of) - rate * back
    order = sorted((c for c in worth if worth[c] > 0), key=lambda code: -worth[code])
    kept = [part for part in parts if not part.is_excluded]
    deficit = rate * sum((p.plan.nominal for p in kept), _ZERO) - sum(
        (p.plan.nominal * p.share.earned / p.share.of for p in kept), _ZERO
    )
    # Rounded lines may reach the grade where exact ones fall short by less than their steps.
    slack = Decimal(2 * len(parts)).scaleb(-ruler.scheme.rounding.places)
    count = 0
    while count < len(order) and deficit > slack:
        deficit -= worth[order[count]]
        count += 1
    for size in range(max(count, 1), min(count + 3, len(order)) + 1):
        total = total_if_met(parts, frozenset(order[:size]), ruler)
        if total >= needed:
            return tuple(order[:size]), total
    return (), _ZERO
