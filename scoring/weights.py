"""From weights to points: every split sums to the full mark exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from schemas.framework import Framework, WeightSet
from scoring.rounding import apportion


def part_points(
    framework: Framework, weight_set: WeightSet | None, places: int
) -> dict[str, tuple[Decimal, ...]]:
    """Return each indicator's parts in points; indicators left out by the weights are absent."""
    of_indicator = indicator_points(framework, weight_set, places)
    return {
        node.code: apportion(
            of_indicator[node.code], [part.share for part in node.scored_parts], places
        )
        for node in framework.nodes
        if node.code in of_indicator
    }


def indicator_points(
    framework: Framework, weight_set: WeightSet | None, places: int
) -> dict[str, Decimal]:
    """Return each indicator's full points under a weight set, in framework order.

    Args:
        framework: a scorable framework.
        weight_set: dimension weights; None keeps the framework's own points.
        places: decimal places of the points.
    """
    indicators = [node for node in framework.nodes if node.is_indicator]
    if weight_set is None:
        return {node.code: node.points or Decimal(0) for node in indicators}
    parents = {node.code: node.parent for node in framework.nodes}
    full = framework.full_mark or Decimal(0)
    of_dimension = apportion(full, [row.weight for row in weight_set.weights], places)
    found: dict[str, Decimal] = {}
    for row, points in zip(weight_set.weights, of_dimension, strict=True):
        mine = [node for node in indicators if dimension_of(node.code, parents) == row.code]
        shares = apportion(points, [node.points or Decimal(0) for node in mine], places)
        found.update({node.code: share for node, share in zip(mine, shares, strict=True)})
    return {node.code: found[node.code] for node in indicators if node.code in found}


def dimension_of(code: str, parents: Mapping[str, str | None]) -> str:
    """Return the first-level ancestor of a node."""
    while (parent := parents[code]) is not None:
        code = parent
    return code
