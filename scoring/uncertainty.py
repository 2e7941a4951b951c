"""How far a rank depends on the weights: replications over the simplex and around the declared.

Needs numpy, so nothing that starts with the program imports it.

The total of a replication is rounded before it is graded. Replications are looked at a few at a
time: only their ranks are kept whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.city import CityRules, Duel, GradeChance, Mode, RankInterval, Uncertainty
from schemas.errors import AssessorError
from schemas.framework import GradeBand
from schemas.result import Assessment
from scoring.grading import decide_grade
from scoring.panel import (
    SHARE,
    Panel,
    Steps,
    blocks,
    build_panel,
    competition_ranks,
)
from scoring.ranking import MODES, competition_order
from scoring.replicating import draw_weights, replicate
from scoring.rounding import EXACT, HUNDRED
from scoring.ruler import Ruler

_TWENTIETHS = (1, 10, 19)
_PLACES = Decimal("0.0001")
_COLUMNS = 256
"""Entities whose ranks are sorted at a time."""
_CELLS = 250_000
"""Replications x entities looked at together: few enough for the processor's cache."""
_STANDARD = CityRules()


Ranks = NDArray[np.int32] | NDArray[np.int64]


def rank_uncertainty(
    assessments: Sequence[Assessment], ruler: Ruler, rules: CityRules = _STANDARD
) -> tuple[Uncertainty, ...]:
    """Return rank intervals and grade chances of each list that has anyone with a total.

    Args:
        assessments: one year, one ruler; those without a total are left aside.
        ruler: the ruler they were scored with: its scheme grades, its digest is the seed.
        rules: number of replications, noise, tie tolerance of the declared ranks. Inside a
            replication only exactly equal totals (to 1e-9 of the full mark) tie.

    Raises:
        AssessorError: when the results are of another ruler or may not stand in one list.
    """
    found: list[Uncertainty] = []
    if assessments and assessments[0].rules.ruler != ruler.digest:
        raise AssessorError("评分结果不是用这套标尺得出的，请用同一套规则重新评分")
    build = [one for one in assessments if one.totals.total_points is not None]
    for mode in MODES:
        mine = [one for one in build if one.mode == mode]
        if mine:
            found.append(_of_list(mode, mine, ruler, rules))
    return tuple(found)


def _of_list(
    mode: Mode, listed: Sequence[Assessment], ruler: Ruler, rules: CityRules
) -> Uncertainty:
    panel = build_panel(listed)
    draws = draw_weights(panel, ruler.digest, rules)
    totals = [one.totals.total_points or Decimal(0) for one in listed]
    order = competition_order(totals, panel.entities, rules.tie_tolerance)
    places = [one.position for one in order]
    seen = _watched(panel, draws.sets, places, _thresholds(panel, ruler))
    quantiles = rank_quantiles(seen.ranks)
    chances = _grade_counts(seen.by_band, listed, ruler)
    wins, ties = seen.wins.tolist(), seen.ties.tolist()
    names = [panel.entities[i] for i in places]
    count = len(draws.sets)
    grades = [band.grade for band in ruler.scheme.bands]
    lines: list[RankInterval] = []
    for place, one in enumerate(order):
        near: list[Duel] = []
        if place:
            lost = count - wins[place - 1] - ties[place - 1]
            near.append(_duel(names[place - 1], lost, ties[place - 1], count))
        if place + 1 < len(order):
            near.append(_duel(names[place + 1], wins[place], ties[place], count))
        low, median, high = quantiles[one.position]
        lines.append(
            RankInterval(
                entity=names[place],
                rank=one.rank,
                low=low,
                median=median,
                high=high,
                grades=tuple(
                    _grade_chance(grade, n, count)
                    for grade, n in zip(grades, chances[one.position], strict=True)
                ),
                neighbours=tuple(near),
            )
        )
    return Uncertainty(
        mode=mode,
        replications=count,
        n_simplex=draws.n_simplex,
        n_noise=count - draws.n_simplex,
        noise_percent=rules.noise_percent,
        seed=ruler.digest,
        lines=tuple(lines),
    )


def rank_quantiles(ranks: Ranks) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Return the 5, 50 and 95 percent quantiles of each column, linear between neighbours.

    The quantile q of n ordered ranks stands at place 1 + (n - 1) q (type 7); exact.
    """
    last = len(ranks) - 1
    found: list[tuple[Decimal, Decimal, Decimal]] = []
    for start in range(0, ranks.shape[1], _COLUMNS):
        ordered = np.sort(ranks[:, start : start + _COLUMNS], axis=0).astype(np.int64)
        columns: list[list[int]] = []
        for twentieths in _TWENTIETHS:
            place, part = divmod(last * twentieths, 20)
            after = ordered[min(place + 1, last)]
            columns.append((ordered[place] * (20 - part) + after * part).tolist())
        low, median, high = ([Decimal(one) / 20 for one in column] for column in columns)
        found += zip(low, median, high, strict=True)
    return found


class _Seen(NamedTuple):
    """What is kept of all replications; the totals themselves would fill the memory."""

    ranks: Ranks
    """Replications x entities."""
    by_band: Steps
    """Entities x bands: how often the points alone gave each grade."""
    wins: Steps
    ties: Steps
    """For each place of the ranking but the last: against the next one."""


def _watched(panel: Panel, sets: Steps, places: Sequence[int], thresholds: Steps) -> _Seen:
    """Replicate a few weight sets at a time and keep what is asked of them.

    Args:
        panel: the entities.
        sets: weight sets, replications x indicators.
        places: positions of the entities in rank order.
        thresholds: where each grade but the worst begins, best first, in rounding steps.
    """
    count, width = len(sets), len(panel.entities)
    ranks = np.empty((count, width), dtype=np.int32)
    reached = np.zeros((len(thresholds) + 2, width), dtype=np.int64)
    reached[-1] = count
    duels = np.zeros((2, max(width - 1, 0)), dtype=np.int64)
    for rows in blocks(count, width, _CELLS):
        scores = replicate(panel, sets[rows])
        ranks[rows] = competition_ranks(scores)
        totals = (scores * panel.full_mark + SHARE // 2) // SHARE
        for number, threshold in enumerate(thresholds, start=1):
            reached[number] += (totals >= threshold).sum(axis=0)
        ordered = scores[:, list(places)]
        upper, lower = ordered[:, :-1], ordered[:, 1:]
        duels += (upper > lower).sum(axis=0), (upper == lower).sum(axis=0)
    return _Seen(ranks, np.diff(reached, axis=0).T, duels[0], duels[1])


def _thresholds(panel: Panel, ruler: Ruler) -> Steps:
    """Return where each grade but the worst begins, best first, in rounding steps."""
    steps = [
        int(_floor(band, ruler).scaleb(panel.places).to_integral_value(rounding=ROUND_CEILING))
        for band in ruler.scheme.bands[:-1]
    ]
    return np.array(steps, dtype=np.int64)


def _floor(band: GradeBand, ruler: Ruler) -> Decimal:
    return band.minimum * ruler.full_mark / HUNDRED


def _grade_counts(by_band: Steps, listed: Sequence[Assessment], ruler: Ruler) -> list[list[int]]:
    """Count the grades of each entity, limits by disclosure and vetoes included."""
    bands = ruler.scheme.bands
    floors = [_floor(band, ruler) for band in bands]
    place = {band.grade: number for number, band in enumerate(bands)}
    counts: list[list[int]] = []
    for row, one in zip(by_band.tolist(), listed, strict=True):
        mine = [0] * len(bands)
        for floor, n in zip(floors, row, strict=True):
            if n:
                supposed = one.totals.model_copy(update={"total_points": floor})
                grade = decide_grade(supposed, ruler.scheme, one.vetoes).grade
                mine[place[grade]] += n
        counts.append(mine)
    return counts


@lru_cache(maxsize=10_000)
def _grade_chance(grade: str, n: int, count: int) -> GradeChance:
    """Return a chance; equal ones are one object, for a city has very many."""
    return GradeChance(grade=grade, probability=_chance(n, count), standard_error=_error(n, count))


def _duel(name: str, wins: int, ties: int, count: int) -> Duel:
    return Duel(
        entity=name,
        probability=_chance(wins, count),
        tie_probability=_chance(ties, count),
        standard_error=_error(wins, count),
    )


def _chance(hits: int, count: int) -> Decimal:
    return EXACT.divide(Decimal(hits), Decimal(count)).quantize(_PLACES, rounding=ROUND_HALF_UP)


def _error(hits: int, count: int) -> Decimal:
    """Return the Monte Carlo standard error sqrt(p (1 - p) / n), four places."""
    variance = EXACT.divide(Decimal(hits * (count - hits)), Decimal(count) ** 3)
    return EXACT.sqrt(variance).quantize(_PLACES, rounding=ROUND_HALF_UP)
