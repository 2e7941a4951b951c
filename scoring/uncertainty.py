"""How far a rank depends on the weights: replications over the simplex and around the declared.

Needs numpy, so nothing that starts with the program imports it.

Every draw is a whole number of steps and every sum stays below 2**53, so the matrix products are
exact in floating arithmetic: the same bits on any machine, in any order of the entities. Weights
are drawn per indicator; the parts of one keep their ratio. Part points are not rounded inside a
replication; the total is, before it is graded.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import NamedTuple

import numpy as np

from schemas.city import CityRules, Duel, GradeChance, Mode, RankInterval, Uncertainty
from schemas.errors import AssessorError
from schemas.result import Assessment
from scoring.grading import decide_grade
from scoring.panel import (
    SHARE,
    Floats,
    Panel,
    Steps,
    blocks,
    build_panel,
    competition_ranks,
)
from scoring.ranking import MODES, competition_order
from scoring.rounding import EXACT, HUNDRED
from scoring.ruler import Ruler

GRID = 2**22
"""Steps of a weight set's sum. GRID x SHARE < 2**53, with room for rounding."""
_FACTOR = 2**20
"""Steps of the factor a declared weight is multiplied by."""
_PER_MILLION = 10**6
_ATTEMPTS = 20
"""Rounds of drawing before fewer distinct sets than asked for are accepted."""
_TWENTIETHS = (1, 10, 19)
_PLACES = Decimal("0.0001")
_STANDARD = CityRules()


class WeightDraws(NamedTuple):
    """Distinct weight sets, replications x indicators, in steps."""

    sets: Steps
    n_simplex: int


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
    scores = replicate(panel, draws.sets)
    ranks = competition_ranks(scores)
    totals = [one.totals.total_points or Decimal(0) for one in listed]
    order = competition_order(totals, panel.entities, rules.tie_tolerance)
    quantiles = rank_quantiles(ranks)
    chances = _grade_counts(panel, scores, listed, ruler)
    places = [one.position for one in order]
    wins, ties = _duels(scores, places)
    names = [panel.entities[i] for i in places]
    count = len(scores)
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
                    GradeChance(
                        grade=grade, probability=_chance(n, count), standard_error=_error(n, count)
                    )
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


def draw_weights(panel: Panel, digest: str, rules: CityRules = _STANDARD) -> WeightDraws:
    """Draw distinct weight sets, the first half uniform on the simplex, the rest by noise.

    A point uniform on the simplex (Dirichlet with all ones) is the gaps between sorted uniform
    numbers; a noisy weight is its declared one times a factor uniform in 1 - noise .. 1 + noise.
    Where so many distinct sets do not exist (a single indicator, a noise of next to nothing)
    there are fewer.

    Args:
        panel: its nominal points are the declared weights.
        digest: hexadecimal seed; the same one gives the same sets on any machine.
        rules: number of replications and size of the noise.
    """
    count = len(panel.indicators)
    if count == 1:
        return WeightDraws(np.full((1, 1), GRID, dtype=np.int64), 0)
    declared = np.bincount(panel.indicator_of, weights=panel.nominal).astype(np.int64)
    generator = np.random.Generator(np.random.PCG64(int(digest, 16)))
    halves = (rules.replications // 2, rules.replications - rules.replications // 2)
    sets = np.empty((0, count), dtype=np.int64)
    for _ in range(_ATTEMPTS):
        if len(sets) < halves[0]:
            sets = _distinct(sets, _simplex(generator, halves[0], count))[: halves[0]]
    n_simplex = len(sets)
    for _ in range(_ATTEMPTS):
        if len(sets) < n_simplex + halves[1]:
            fresh = _noisy(generator, declared, halves[1], rules.noise_percent)
            sets = _distinct(sets, fresh)[: n_simplex + halves[1]]
    return WeightDraws(sets, n_simplex)


def _simplex(generator: np.random.Generator, rows: int, count: int) -> Steps:
    cuts = (generator.random((rows, count - 1)) * GRID).astype(np.int64)
    cuts.sort(axis=1)
    found: Steps = np.diff(cuts, axis=1, prepend=0, append=GRID)
    return found


def _noisy(generator: np.random.Generator, declared: Steps, rows: int, noise: Decimal) -> Steps:
    lowest = int((HUNDRED - noise) * _FACTOR / HUNDRED)
    width = int(2 * noise * _FACTOR / HUNDRED) + 1
    factors = lowest + (generator.random((rows, len(declared))) * width).astype(np.int64)
    weights = factors * declared
    shares = weights / weights.sum(axis=1, keepdims=True)
    found: Steps = np.rint(shares * GRID).astype(np.int64)
    return found


def _distinct(known: Steps, fresh: Steps) -> Steps:
    """Append the rows that are not there yet, in order."""
    rows = np.concatenate((known, fresh))
    keys = np.ascontiguousarray(rows).view([("", rows.dtype)] * rows.shape[1]).reshape(-1)
    _, first = np.unique(keys, return_index=True)
    found: Steps = rows[np.sort(first)]
    return found


def replicate(panel: Panel, sets: Steps) -> Steps:
    """Return totals under many weight sets: replications x entities, in 1e-9 of the full mark.

    A part that left an entity's total leaves it here too, its weight spread over the rest in
    proportion. Bonuses and outside scores count as in the printed total.
    """
    heights = _part_weights(panel, sets)
    stays = (~panel.excluded).astype(np.float64)
    shares = panel.shares * stays
    found = np.empty((len(sets), len(panel.entities)), dtype=np.int64)
    for rows in blocks(len(sets), len(panel.entities)):
        earned, weight = heights[rows] @ shares.T, heights[rows] @ stays.T
        own = np.divide(earned, weight, out=np.zeros_like(earned), where=weight > 0)
        found[rows] = _whole(panel, np.rint(own).astype(np.int64))
    return found


def _part_weights(panel: Panel, sets: Steps) -> Floats:
    """Spread each indicator's weight over its parts by their nominal points, at least 1 step."""
    of_indicator = np.bincount(panel.indicator_of, weights=panel.nominal)
    ratio = panel.nominal / np.maximum(of_indicator[panel.indicator_of], 1)
    found: Floats = np.maximum(np.rint(sets[:, panel.indicator_of] * ratio), 1.0)
    return found


def _whole(panel: Panel, own: Steps) -> Steps:
    """Add bonuses and outside scores, all in 1e-9 of the full mark."""
    whole = int(HUNDRED) * _PER_MILLION
    report = own + _in_shares(panel.bonus, panel.full_mark)
    if (panel.report_weight == whole).all():
        return report
    mixed = (report * panel.report_weight + whole // 2) // whole
    return mixed + _in_shares(panel.outside, panel.full_mark)


def _in_shares(steps: Steps, full_mark: int) -> Steps:
    return (2 * steps * SHARE + full_mark) // (2 * full_mark)


def rank_quantiles(ranks: Steps) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Return the 5, 50 and 95 percent quantiles of each column, linear between neighbours.

    The quantile q of n ordered ranks stands at place 1 + (n - 1) q (type 7); exact.
    """
    ordered = np.sort(ranks, axis=0)
    last = len(ordered) - 1
    columns: list[list[int]] = []
    for twentieths in _TWENTIETHS:
        place, part = divmod(last * twentieths, 20)
        after = ordered[min(place + 1, last)]
        columns.append((ordered[place] * (20 - part) + after * part).tolist())
    low, median, high = ([Decimal(one) / 20 for one in column] for column in columns)
    return list(zip(low, median, high, strict=True))


def _grade_counts(
    panel: Panel, scores: Steps, listed: Sequence[Assessment], ruler: Ruler
) -> list[list[int]]:
    """Count the grades of each entity, limits by disclosure and vetoes included."""
    bands = ruler.scheme.bands
    floors = [band.minimum * ruler.full_mark / HUNDRED for band in bands]
    steps = [
        int(floor.scaleb(panel.places).to_integral_value(rounding=ROUND_CEILING))
        for floor in floors
    ]
    totals = (scores * panel.full_mark + SHARE // 2) // SHARE
    place = {band.grade: number for number, band in enumerate(bands)}
    counts: list[list[int]] = []
    for column, one in zip(totals.T, listed, strict=True):
        worse = len(bands) - 1 - np.searchsorted(np.array(steps[:-1][::-1]), column, side="right")
        by_points = np.bincount(worse, minlength=len(bands)).tolist()
        mine = [0] * len(bands)
        for floor, n in zip(floors, by_points, strict=True):
            if n:
                supposed = one.totals.model_copy(update={"total_points": floor})
                grade = decide_grade(supposed, ruler.scheme, one.vetoes).grade
                mine[place[grade]] += n
        counts.append(mine)
    return counts


def _duels(scores: Steps, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """Count, for each place but the last, strict wins over the next one and ties with it."""
    ordered = scores[:, list(places)]
    upper, lower = ordered[:, :-1], ordered[:, 1:]
    return (upper > lower).sum(axis=0).tolist(), (upper == lower).sum(axis=0).tolist()


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
