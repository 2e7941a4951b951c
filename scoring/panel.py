"""A city as arrays: scored again in fixed point, and weighted means over a tree.

Needs numpy, so nothing that starts with the program imports it.

Relation to the engine. A share here is points / full points *as printed*, in steps of 1e-9.
`rescore` splits the full mark and rounds each part exactly as `scoring.totals` does, so that
under the declared weights every total is the engine's to the last place. Under other weights
the engine would start from the unrounded share: a part whose full points go from m to m' can
then differ by at most (m'/m + 1) / 2 rounding steps and one more step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.city import Removal
from schemas.errors import AssessorError
from schemas.outcome import PolicyAction
from schemas.result import Assessment, PartScore, Totals
from scoring.ranking import require_one_yardstick
from scoring.rounding import EXACT, HUNDRED

Steps = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

SHARE = 10**9
"""Steps of a share: 1e-9 of full points."""
_WEIGHT = 10**6
"""Steps of one percent of a blend."""
_LARGEST_MARK = 10**9
"""Most rounding steps in a full mark; products of two such numbers still fit 64 bits."""
_BLOCK = 1024
_PLACES_OF_MOVES = Decimal("0.001")


@dataclass(frozen=True, eq=False)
class Panel:
    """Entities x parts. Points are whole rounding steps (0.01 points at two places)."""

    entities: tuple[str, ...]
    indicators: tuple[str, ...]
    parts: tuple[str, ...]
    indicator_of: Steps
    """Index of each part's indicator."""
    nominal: Steps
    """Full steps of each part before any re-spreading."""
    shares: Steps
    """Attained share of each part, 0..SHARE."""
    excluded: Flags
    """Parts that left the total under `rescale`."""
    bonus: Steps
    """Bonus steps of each entity."""
    report_weight: Steps
    """Weight of the report in the blend, in millionths of a percent; 100 percent alone."""
    outside: Steps
    """Steps the other ingredients of the blend contribute."""
    has_total: Flags
    full_mark: int
    """Full mark in steps."""
    places: int
    half_even: bool

    def points(self, steps: int) -> Decimal:
        """Return steps as points."""
        return Decimal(steps).scaleb(-self.places)


def build_panel(assessments: Sequence[Assessment]) -> Panel:
    """Turn results into arrays, entities in the given order.

    Raises:
        AssessorError: when they may not stand in one list, there are none, or the full mark has
            more than a thousand million rounding steps.
    """
    require_one_yardstick(assessments)
    if not assessments:
        raise AssessorError("没有可用的评分结果")
    first = assessments[0]
    places = first.rules.rounding_places
    full_mark = _steps(first.totals.full_mark, places)
    if full_mark > _LARGEST_MARK:
        raise AssessorError(f"满分 {first.totals.full_mark} 超出定点计算的范围")
    lines = [(i, part) for i, one in enumerate(first.indicators) for part in one.parts]
    rows = [[part for one in found.indicators for part in one.parts] for found in assessments]
    blends = [_blend(found.totals, places) for found in assessments]
    return Panel(
        entities=tuple(found.entity.name for found in assessments),
        indicators=tuple(one.code for one in first.indicators),
        parts=tuple(part.code for _, part in lines),
        indicator_of=np.array([i for i, _ in lines], dtype=np.int64),
        nominal=np.array([_steps(p.nominal_points, places) for _, p in lines], dtype=np.int64),
        shares=np.array([[_share(p, places) for p in row] for row in rows], dtype=np.int64),
        excluded=np.array([[p.action is PolicyAction.RESCALE for p in row] for row in rows]),
        bonus=np.array(
            [_steps(f.totals.bonus_points, places) for f in assessments], dtype=np.int64
        ),
        report_weight=np.array([blend.weight for blend in blends], dtype=np.int64),
        outside=np.array([blend.outside for blend in blends], dtype=np.int64),
        has_total=np.array([f.totals.total_points is not None for f in assessments]),
        full_mark=full_mark,
        places=places,
        half_even=first.rules.rounding_mode == "half_even",
    )


def _steps(points: Decimal, places: int) -> int:
    return int(points.scaleb(places))


def _share(part: PartScore, places: int) -> int:
    most = _steps(part.max_points, places)
    if not most:
        return 0
    return (2 * _steps(part.points, places) * SHARE + most) // (2 * most)


class _Blend(NamedTuple):
    weight: int
    outside: int


def _blend(totals: Totals, places: int) -> _Blend:
    if not totals.blend or any(share.score is None for share in totals.blend):
        return _Blend(int(HUNDRED) * _WEIGHT, 0)
    weight = next(share.weight for share in totals.blend if share.id == "report")
    others = sum((s.points for s in totals.blend if s.id != "report"), Decimal(0))
    return _Blend(int(weight * _WEIGHT), _steps(others, places))


def rescore(panel: Panel, nominal: Steps | None = None) -> Steps:
    """Return every entity's total in steps, scored as the engine scores.

    Args:
        panel: the entities.
        nominal: other full points of the parts, in steps that sum to the full mark; 0 leaves a
            part out. Entities without a total are scored as if nothing blocked them.
    """
    declared = panel.nominal if nominal is None else nominal
    patterns, which = _patterns(panel.excluded)
    most = _split(declared, ~patterns & (declared > 0), panel.full_mark)
    return printed(panel, _add(panel, most, which))


def printed(panel: Panel, own: Steps) -> Steps:
    """Add bonuses and outside scores to indicator steps, as the printed total does."""
    report = own + panel.bonus
    whole = int(HUNDRED) * _WEIGHT
    if (panel.report_weight == whole).all():
        return report
    mixed = _divide(report * panel.report_weight, whole, half_even=panel.half_even)
    found: Steps = np.where(panel.report_weight == whole, report, mixed + panel.outside)
    return found


def _patterns(excluded: Flags) -> tuple[Flags, Steps]:
    """Return the distinct rows, and which of them each row is."""
    count, width = excluded.shape
    packed = np.zeros((count, -(-width // 64) * 8), dtype=np.uint8)
    bits = np.packbits(excluded, axis=1)
    packed[:, : bits.shape[1]] = bits
    words = packed.view(np.uint64)
    if words.shape[1] == 1:
        _, first, which = np.unique(words[:, 0], return_index=True, return_inverse=True)
    else:
        _, first, which = np.unique(words, axis=0, return_index=True, return_inverse=True)
    return excluded[first], which.reshape(-1)


def _split(nominal: Steps, kept: Flags, full_mark: int) -> Steps:
    """Split the full mark over the parts kept in each row by largest remainder.

    Same rule as `rounding.apportion`: shares cut down, the steps left over to the largest
    remainders, ties to the earlier part.
    """
    weights = np.where(kept, nominal, 0)
    whole = weights.sum(axis=-1, keepdims=True)
    steps, rest = np.divmod(weights * full_mark, np.maximum(whole, 1))
    left = np.where(whole > 0, full_mark - steps.sum(axis=-1, keepdims=True), 0)
    width = weights.shape[-1]
    order = np.where(kept, rest * width + np.arange(width - 1, -1, -1), -1)
    ranked = np.sort(order, axis=-1)
    last = np.take_along_axis(ranked, np.clip(width - left, 0, width - 1), axis=-1)
    extra: Flags = (order >= last) & (left > 0)
    found: Steps = steps + extra
    return found


def _add(panel: Panel, most: Steps, which: Steps) -> Steps:
    totals = np.empty(len(panel.shares), dtype=np.int64)
    for start in range(0, len(totals), _BLOCK):
        rows = slice(start, start + _BLOCK)
        product = most[which[rows]]
        product *= panel.shares[rows]
        points = _divide(product, SHARE, half_even=panel.half_even)
        totals[rows] = points.sum(axis=1)
    return totals


def _divide(number: Steps, by: int, *, half_even: bool) -> Steps:
    """Divide non-negative numbers and round once; `by` is even."""
    if not half_even:
        nearest: Steps = (number + by // 2) // by
        return nearest
    quotient = number // by
    rest = number - quotient * by
    up = (rest > by // 2) | ((rest == by // 2) & (quotient % 2 == 1))
    even: Steps = quotient + up
    return even


def competition_ranks(scores: Steps, present: Flags | None = None) -> Steps:
    """Return standard competition ranks along the last axis, 1 is best; absent ones get 0."""
    marks = scores if present is None else np.where(present, scores, np.iinfo(np.int64).min)
    order = np.argsort(marks, axis=-1, kind="stable")[..., ::-1]
    falling = np.take_along_axis(marks, order, axis=-1)
    places = np.broadcast_to(np.arange(1, marks.shape[-1] + 1), marks.shape).copy()
    places[..., 1:][falling[..., 1:] == falling[..., :-1]] = 0
    np.maximum.accumulate(places, axis=-1, out=places)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=-1)
    return ranks if present is None else np.where(present, ranks, 0)


def fixed_point(scores: Floats) -> Steps:
    """Round scores to steps of 1e-9, so that floating noise never decides a rank; NaN to 0."""
    found: Steps = np.rint(np.nan_to_num(scores) * SHARE).astype(np.int64)
    return found


def single_removals(panel: Panel) -> Steps:
    """Return totals with each indicator left out in turn, indicators x entities, in steps.

    The points of the removed indicator are first spread over the other parts by largest
    remainder, then the entity is scored as usual. Needs at least two indicators.
    """
    patterns, which = _patterns(panel.excluded)
    codes = np.arange(len(panel.indicators))
    stays = panel.indicator_of != codes[:, None]
    nominal = _split(panel.nominal, stays & (panel.nominal > 0), panel.full_mark)
    most = _split(nominal[:, None, :], ~patterns[None] & (nominal > 0)[:, None, :], panel.full_mark)
    found = np.empty((len(codes), len(panel.entities)), dtype=np.int64)
    for code in codes:
        found[code] = printed(panel, _add(panel, most[code], which))
    return found


def removals(panel: Panel) -> tuple[Removal, ...]:
    """Say for each indicator how the ranks of those with a total move without it."""
    if len(panel.indicators) < 2 or not panel.has_total.any():
        return ()
    nominal = competition_ranks(rescore(panel), panel.has_total)
    moves = np.abs(competition_ranks(single_removals(panel), panel.has_total) - nominal)
    count = int(panel.has_total.sum())
    return tuple(
        Removal(
            code=code,
            n_moved=int((row > 0).sum()),
            largest_move=int(row.max()),
            mean_move=EXACT.divide(Decimal(int(row.sum())), Decimal(count)).quantize(
                _PLACES_OF_MOVES, rounding=ROUND_HALF_UP
            ),
        )
        for code, row in zip(panel.indicators, moves, strict=True)
    )


class Group(NamedTuple):
    """A node of a tree of weighted means."""

    code: str
    children: tuple[str, ...]


def aggregate(
    groups: Sequence[Group],
    values: Mapping[str, Floats],
    weights: Mapping[str, float | Floats],
    *,
    threshold: float = 0.0,
) -> dict[str, Floats]:
    """Return weighted arithmetic means over a tree, missing children re-weighted.

    Args:
        groups: nodes, children before parents.
        values: one row per leaf over the entities; NaN is missing.
        weights: relative weight of every node but the root, never negative; an array gives one
            weight per replication, and every result then has a row per replication. Weight 0
            leaves a child out.
        threshold: smallest share (0..1, inclusive) of a group's children that must be present;
            with fewer the group is missing. At least one is always needed.

    Returns:
        The means of every group, NaN where missing: entities, or replications x entities.

    Raises:
        AssessorError: for a weight that is negative or not finite.
    """
    found: dict[str, Floats] = {code: np.atleast_2d(row) for code, row in values.items()}
    n_rows = max((np.size(weight) for weight in weights.values()), default=1)
    means: dict[str, Floats] = {}
    for group in groups:
        heights = _heights(group, weights)
        mean = _mean([found[child] for child in group.children], heights, threshold)
        found[group.code] = mean
        means[group.code] = mean
    is_single = n_rows == 1 and all(np.ndim(weight) == 0 for weight in weights.values())
    return {code: mean[0] for code, mean in means.items()} if is_single else means


def _heights(group: Group, weights: Mapping[str, float | Floats]) -> Floats:
    rows = [np.atleast_1d(np.asarray(weights[child], dtype=np.float64)) for child in group.children]
    heights = np.stack(np.broadcast_arrays(*rows), axis=-1)
    if not (np.isfinite(heights) & (heights >= 0)).all():
        raise AssessorError(f"{group.code} 之下的权重须为非负的有限数")
    return heights


def _mean(children: Sequence[Floats], heights: Floats, threshold: float) -> Floats:
    """Return the mean over children: `heights` is replications x children."""
    if all(len(child) == 1 for child in children):
        cube = np.concatenate(children)
    else:
        cube = np.stack(np.broadcast_arrays(*children), axis=1)
    present = ~np.isnan(cube)
    filled = np.where(present, cube, 0.0)
    shown = present.astype(np.float64)
    weighed = (heights > 0).astype(np.float64)
    total, weight = _product(heights, filled), _product(heights, shown)
    # A quotient, because 7 / 10 is the number written 0.7 while 0.7 * 10 need not be 7.
    most = np.maximum(weighed.sum(axis=1)[:, None], 1)
    is_known = (weight > 0) & (_product(weighed, shown) / most >= threshold)
    mean: Floats = np.divide(total, weight, out=np.full(np.shape(total), np.nan), where=is_known)
    return mean


def _product(heights: Floats, cube: Floats) -> Floats:
    if cube.ndim == 2:
        found: Floats = heights @ cube
        return found
    mixed: Floats = np.einsum("rc,rcn->rn", heights, cube)
    return mixed


def blocks(count: int, width: int, limit: int = 2_000_000) -> Iterator[slice]:
    """Yield slices of `count` rows so that rows x `width` stays within a limit of cells."""
    size = max(1, limit // max(width, 1))
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))
