"""Coordinates of the charts, as finished text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from assessor import formats
from assessor.view.model import BarsView, BarView, RadarAxis, RadarView
from schemas.result import NodeScore

_CENTRE_X, _CENTRE_Y, _RADIUS = 125.0, 120.0, 98.0
_RINGS = (0.25, 0.5, 0.75, 1.0)
_BAR_ROW, _BAR_FULL, _BAR_ROWS = 24, 126.0, 9
_LABEL_LIMIT = 13
_RING_LENGTH = 2 * math.pi * 52


def ring(rate: Decimal | None) -> str:
    """Return the stroke pattern of the cover's ring (radius 52): drawn, then empty."""
    drawn = _RING_LENGTH * float(rate or 0) / 100
    if rate is not None and rate >= 100:
        drawn += 2  # the ends overlap, so that no gap shows
    return f"{drawn:.1f} {_RING_LENGTH:.1f}"


def radar(nodes: Sequence[NodeScore]) -> RadarView | None:
    """Return a radar of score rates; None with fewer than three axes."""
    if len(nodes) < 3:
        return None
    angles = [-math.pi / 2 + 2 * math.pi * i / len(nodes) for i in range(len(nodes))]
    rates = [float(node.rate) / 100 for node in nodes]
    axes = tuple(_axis(node, angle) for node, angle in zip(nodes, angles, strict=True))
    title = "各一级指标得分率雷达图：" + "，".join(
        f"{node.label}{formats.rate_of(node)}" for node in nodes
    )
    return RadarView(
        rings=tuple(_polygon([(angle, ring_) for angle in angles]) for ring_ in _RINGS),
        shape=_polygon(list(zip(angles, rates, strict=True))),
        axes=axes,
        title=title,
    )


def _axis(node: NodeScore, angle: float) -> RadarAxis:
    x, y = _at(angle, 1.0)
    text_x, text_y = _at(angle, 1.09)
    across = math.cos(angle)
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    return RadarAxis(
        label=node.code,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        text_x=f"{text_x:.1f}",
        text_y=f"{text_y + 4:.1f}",
        anchor=anchor,
    )


def _at(angle: float, rate: float) -> tuple[float, float]:
    return (
        _CENTRE_X + _RADIUS * rate * math.cos(angle),
        _CENTRE_Y + _RADIUS * rate * math.sin(angle),
    )


def _polygon(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(angle, rate) for angle, rate in corners))


def bars(nodes: Sequence[NodeScore]) -> BarsView:
    """Return one bar per dimension: its score rate."""
    rows = tuple(
        BarView(
            code=node.code,
            label=formats.cut(node.label, _LABEL_LIMIT),
            score=formats.score(node.points, node.max_points),
            rate=formats.rate_of(node) if node.max_points else "",
            width=f"{_BAR_FULL * float(node.rate) / 100:.1f}",
            y=str(5 + _BAR_ROW * index),
            text_y=str(16 + _BAR_ROW * index),
        )
        for index, node in enumerate(nodes)
    )
    height = 6 + _BAR_ROW * max(len(nodes), _BAR_ROWS)
    told = "，".join(f"{node.label}{formats.points(node.points)}" for node in nodes)
    return BarsView(rows, f"0 0 440 {height}", f"各一级指标得分：{told}")
