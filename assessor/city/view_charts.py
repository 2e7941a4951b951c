"""Coordinates and shades of the city's charts, as finished text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor import formats
from assessor.city.view_model import GradeRow, HeatCell, Segment, StacksView, StackView
from schemas.city import Mode
from schemas.manifest import GradeCount

LISTS: tuple[tuple[Mode, str], ...] = (("binding", "约束性考核"), ("reference", "参照评估"))
UNGRADED = "未评定"
_FILLS = ("#f3f6fa", "#d3deea", "#a9bfd8", "#7290b5", "#1f3a5f")
"""Best to worst. The lightness falls steadily, so that a grey print keeps the order."""
_DARK, _LIGHT = "#1b2430", "#ffffff"
_LABEL_WIDTH, _BAR_WIDTH, _ROW = 84.0, 436.0, 34
_WIDE, _NARROW = 54.0, 18.0
"""Least width for grade and count, and for the count alone."""
_TRACK, _LEAST_BAR = 66.0, 1.5


def shade(index: int, count: int) -> int:
    """Return the shade (0 best, 4 worst) of the band at a place of a list of bands."""
    return round(index * (len(_FILLS) - 1) / (count - 1)) if count > 1 else 0


def heat_cell(rate: Decimal | None, bands: Sequence[tuple[str, Decimal]]) -> HeatCell:
    """Return a cell shaded by the band its rate falls in; lower limits belong to the band."""
    if rate is None:
        return HeatCell(formats.DASH, "none")
    place = next((i for i, (_, least) in enumerate(bands) if rate >= least), len(bands) - 1)
    return HeatCell(formats.points(rate), f"h{shade(place, len(bands))}")


def heat_legend(bands: Sequence[tuple[str, Decimal]]) -> tuple[HeatCell, ...]:
    """Return one sample of each shade with the rate it begins at."""
    return tuple(
        HeatCell(f"{grade}线 {formats.percent(least)}起", f"h{shade(i, len(bands))}")
        for i, (grade, least) in enumerate(bands)
    )


def stacks(counts: Sequence[GradeCount], grades: Sequence[str]) -> StacksView | None:
    """Return one stacked bar per list that has anyone; best grade first."""
    rows: list[StackView] = []
    told: list[str] = []
    for mode, label in LISTS:
        mine = _ordered([one for one in counts if one.mode == mode and one.count], grades)
        if mine:
            top = 4 + _ROW * len(rows)
            rows.append(StackView(label, str(top), str(top + 17), _segments(mine, grades)))
            told.append(f"{label}：" + "，".join(f"{_name(one)}{one.count}个" for one in mine))
    if not rows:
        return None
    width = _LABEL_WIDTH + _BAR_WIDTH + 1
    return StacksView(
        tuple(rows), f"0 0 {width:.0f} {_ROW * len(rows)}", f"等次分布。{'；'.join(told)}"
    )


def grade_rows(
    counts: Sequence[GradeCount], bands: Sequence[tuple[str, Decimal]]
) -> tuple[GradeRow, ...]:
    """Return how many got each grade, with the swatch of the stacked bar."""
    found = {(one.grade, one.mode): one.count for one in counts}
    grades = [grade for grade, _ in bands]
    floors = {grade: f"{formats.percent(least)}起" for grade, least in bands}
    known = [*grades, *dict.fromkeys(one.grade for one in counts if one.grade not in floors)]
    return tuple(
        GradeRow(
            fill=_fill(grade, grades),
            grade=grade or UNGRADED,
            floor=floors.get(grade, formats.DASH),
            binding=_count(found.get((grade, "binding"))),
            reference=_count(found.get((grade, "reference"))),
        )
        for grade in known
    )


def _count(count: int | None) -> str:
    return str(count) if count else formats.DASH


def rank_bar(low: Decimal, high: Decimal, count: int) -> tuple[str, str]:
    """Return the left edge and the width of an interval of ranks; each rank has one slot."""
    left = _TRACK * float(low - 1) / count
    width = max(_TRACK * float(high - low + 1) / count, _LEAST_BAR)
    return f"{left:.1f}pt", f"{width:.1f}pt"


def share_bar(share: Decimal | None, full: float) -> str:
    """Return the width of a bar of a share in percent; empty for nothing."""
    return f"{full * float(share) / 100:.1f}pt" if share else ""


def _ordered(counts: Sequence[GradeCount], grades: Sequence[str]) -> list[GradeCount]:
    place = {grade: number for number, grade in enumerate(grades)}
    return sorted(counts, key=lambda one: (place.get(one.grade, len(place)), one.grade))


def _name(one: GradeCount) -> str:
    return one.grade or UNGRADED


def _fill(grade: str, grades: Sequence[str]) -> str:
    if grade not in grades:
        return _LIGHT
    return _FILLS[shade(grades.index(grade), len(grades))]


def _segments(counts: Sequence[GradeCount], grades: Sequence[str]) -> tuple[Segment, ...]:
    whole = sum(one.count for one in counts)
    found: list[Segment] = []
    left = _LABEL_WIDTH
    for one in counts:
        width = _BAR_WIDTH * one.count / whole
        fill = _fill(one.grade, grades)
        text = f"{_name(one)} {one.count}" if width >= _WIDE else str(one.count)
        found.append(
            Segment(
                x=f"{left:.1f}",
                width=f"{width:.1f}",
                fill=fill,
                text_x=f"{left + width / 2:.1f}",
                text=text if width >= _NARROW else "",
                text_fill=_LIGHT if fill == _FILLS[-1] else _DARK,
            )
        )
        left += width
    return tuple(found)
