"""得分矩阵 and 结论矩阵: every entity against every indicator."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from assessor import messages
from assessor.city.workbook.colours import (
    AHEAD,
    ASKED,
    BAD,
    DOUBTFUL,
    FAIR,
    FULL,
    GOOD,
    QUIET,
    Paint,
    mark_where,
    mark_words,
)
from assessor.city.workbook.sheet import A3, Book, Column, Fragment, Sheet, Styles, number, text
from assessor.city.workbook.standing import entity_order
from schemas.manifest import EntityEntry, IndicatorPoints, Manifest
from schemas.outcome import Outcome

NOT_COUNTED = "—"
_FIRST = (Column("单位", 18), Column("性质", 12), Column("总分", 10), Column("等次", 8))
_CHARACTER, _HIGHEST = 13, 400
"""Height of one character of a stacked heading, and most of a row, in points."""
_PER_PAGE = 40
"""Indicators side by side on one printed page."""
_CLASSES: tuple[tuple[str, Paint], ...] = (
    ("{x}>={m}", FULL),
    ("{x}>={m}*0.8", GOOD),
    ("{x}>={m}*0.6", DOUBTFUL),
    ("{x}>0", FAIR),
    ("{x}=0", BAD),
)
"""Tests of the points against the most an entity could get, and their colours."""
_COLOURS = {
    Outcome.MET: GOOD,
    Outcome.PARTLY_MET: DOUBTFUL,
    Outcome.NOT_MET: BAD,
    Outcome.NOT_REPORTED: QUIET,
    Outcome.NOT_ASSESSABLE: QUIET,
    Outcome.NOT_DUE: AHEAD,
    Outcome.PENDING_REVIEW: ASKED,
}


def write_matrices(book: Book, manifest: Manifest) -> None:
    """Write both matrices, rows in order of the ranks."""
    styles = book.styles
    points = _opened(
        book,
        manifest,
        "得分矩阵",
        "颜色按得分占该单位该项满分的比例：零分、不足六成、不足八成、不足满分、满分；"
        "“—”为不计入总分。各单位再分配之后的满分在右侧折叠的栏中。",
        6.6,
        folded=True,
    )
    legend = "　".join(f"{messages.SYMBOLS[one]} {messages.OUTCOMES[one]}" for one in Outcome)
    outcomes = _opened(book, manifest, "结论矩阵", f"图例：{legend}", 5.4)
    by_name = {one.entity: one for one in manifest.entities}
    for name in entity_order(manifest):
        entity = by_name[name]
        found = {one.code: one for one in entity.indicators}
        lines = [found.get(code) for code, _, _ in manifest.indicators]
        first = list(_entity(styles, entity))
        most = (number(None if one is None else one.max_points, styles.mark) for one in lines)
        points.add([*first, *(_points(styles, one) for one in lines), *most])
        outcomes.add([*first, *(_outcome(styles, one) for one in lines)])
    _colour_points(points, manifest)
    _colour_outcomes(outcomes, manifest)


def _opened(  # noqa: PLR0913 - a sheet and what is said on it
    book: Book, manifest: Manifest, title: str, note: str, width: float, *, folded: bool = False
) -> Sheet:
    styles = book.styles
    columns: tuple[Column, ...] = (
        *_FIRST,
        *(Column(code, width) for code, _, _ in manifest.indicators),
    )
    columns += tuple(Column(f"{code}满分", width) for code, _, _ in manifest.indicators if folded)
    sheet = book.sheet(title, columns)
    sheet.frame.page_setup.paperSize = A3
    sheet.open(f"{manifest.title}{title}", note)
    labels = [text(label, styles.tall) for _, label, _ in manifest.indicators]
    longest = max((len(label) for _, label, _ in manifest.indicators), default=0)
    heads = [text("", styles.head) for _ in _FIRST]
    sheet.add([*heads, *labels], height=min(24 + _CHARACTER * longest, _HIGHEST))
    if folded:
        _fold(sheet, len(labels))
    sheet.frame.page_setup.fitToWidth = 1 + len(labels) // _PER_PAGE
    full = [number(points, styles.mark) for _, _, points in manifest.indicators]
    sheet.add([text("满分", styles.short), *(text("", styles.short) for _ in _FIRST[1:]), *full])
    sheet.head(freeze=len(_FIRST), filtered=len(_FIRST), height=20)
    return sheet


def _fold(sheet: Sheet, count: int) -> None:
    """Hide the right half behind an outline button."""
    for place in range(len(_FIRST) + count + 1, len(_FIRST) + 2 * count + 1):
        dimension = sheet.frame.column_dimensions[get_column_letter(place)]
        dimension.hidden, dimension.outlineLevel = True, 1


def _entity(styles: Styles, entity: EntityEntry) -> Iterator[Fragment]:
    yield text(entity.entity, styles.strong)
    yield text("" if entity.mode is None else messages.MODES[entity.mode], styles.short)
    yield number(entity.total_points, styles.points)
    yield text(entity.grade, styles.short)


def _points(styles: Styles, one: IndicatorPoints | None) -> Fragment:
    if one is None or not one.max_points:
        return text(NOT_COUNTED, styles.short)
    return number(one.points, styles.mark)


def _outcome(styles: Styles, one: IndicatorPoints | None) -> Fragment:
    return text("" if one is None else messages.SYMBOLS[one.outcome], styles.short)


def _colour_points(sheet: Sheet, manifest: Manifest) -> None:
    """Colour by the share of what this entity could get there: the folded column beside it."""
    if not manifest.indicators:
        return
    cells, first, most = _cells(sheet, manifest)
    x, m = (f"{letter}{sheet.head_row + 1}" for letter in (first, most))
    for test, paint in _CLASSES:
        words = f"AND(ISNUMBER({x}),{test.format(x=x, m=m)})"
        mark_where(sheet, cells, words, paint, is_bold=False)


def _cells(sheet: Sheet, manifest: Manifest) -> tuple[str, str, str]:
    """Return the range of the matrix, its first column, and the first one folded."""
    count, left = len(manifest.indicators), len(_FIRST)
    first, last, folded = (get_column_letter(left + n) for n in (1, count, count + 1))
    bottom = max(sheet.rows, sheet.head_row + 1)
    return f"{first}{sheet.head_row + 1}:{last}{bottom}", first, folded


def _colour_outcomes(sheet: Sheet, manifest: Manifest) -> None:
    if not manifest.indicators:
        return
    cells, _, _ = _cells(sheet, manifest)
    for outcome, paint in _COLOURS.items():
        mark_words(sheet, cells, messages.SYMBOLS[outcome], paint)
