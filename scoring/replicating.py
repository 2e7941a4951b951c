"""Many weight sets drawn from one seed, and every entity's total under each of them.

Every draw is a whole number of steps and every sum stays below 2**53, so the matrix products are
exact in floating arithmetic: the same bits on any machine, in any order of the entities. Weights
are drawn per indicator; the parts of one keep their ratio. Part points are not rounded inside a
replication.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import numpy as np

from schemas.city import CityRules
from scoring.panel import SHARE, Floats, Panel, Steps, blocks
from scoring.rounding import HUNDRED

GRID = 2**22
"""Steps of a weight set's sum. GRID x SHARE < 2**53, with room for rounding."""
_FACTOR = 2**20
"""Steps of the factor a declared weight is multiplied by."""
_PER_MILLION = 10**6
_ATTEMPTS = 20
"""Rounds of drawing before fewer distinct sets than asked for are accepted."""
_STANDARD = CityRules()


class WeightDraws(NamedTuple):
    """Distinct weight sets, replications x indicators, in steps."""

    sets: Steps
    n_simplex: int


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
