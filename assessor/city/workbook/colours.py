"""Conditional colours, bars and marks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from openpyxl.formatting.rule import DataBar, FormatObject, IconSet, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from assessor.city.workbook.sheet import Sheet

GOOD, DOUBTFUL, BAD = ("DDEFDD", "1B5E20"), ("FFF2CC", "7A5200"), ("F8D7D4", "B3261E")
FAIR, FULL = ("FBDDC2", "8A3B00"), ("A9D5AC", "0E3D12")
QUIET, AHEAD, ASKED = ("E7EAEE", "3A4A5E"), ("DCE8F5", "1F3A5F"), ("EADFF2", "5B2C83")
_INK = "1B2430"
Paint = tuple[str, str]
"""Colours of the ground and of the ink."""


def mark_words(sheet: Sheet, cells: str, words: str, paint: Paint) -> None:
    """Colour the cells that hold exactly these words."""
    rule = Rule(
        type="cellIs", operator="equal", formula=[f'"{words}"'], dxf=_look(paint, is_bold=True)
    )
    sheet.frame.conditional_formatting.add(cells, rule)


def mark_where(sheet: Sheet, cells: str, test: str, paint: Paint, *, is_bold: bool = True) -> None:
    """Colour the cells for which a formula about the first of them holds; the first rule wins."""
    rule = Rule(
        type="expression", formula=[test], dxf=_look(paint, is_bold=is_bold), stopIfTrue=True
    )
    sheet.frame.conditional_formatting.add(cells, rule)


def draw_bars(sheet: Sheet, cells: str, colour: str, most: int | None = None) -> None:
    """Draw bars from 0 to `most`, or to the largest number."""
    top = FormatObject(type="max") if most is None else FormatObject(type="num", val=most)
    bar = DataBar(cfvo=[FormatObject(type="num", val=0), top], color=colour)
    sheet.frame.conditional_formatting.add(cells, Rule(type="dataBar", dataBar=bar))


def light(
    sheet: Sheet,
    cells: str,
    bounds: Sequence[Decimal],
    icons: Literal["3TrafficLights1"] = "3TrafficLights1",
) -> None:
    """Put a traffic light beside each number: the lower bounds of yellow and green."""
    stops = [FormatObject(type="num", val=float(one)) for one in (Decimal(0), *bounds)]
    lights = IconSet(iconSet=icons, cfvo=stops)
    sheet.frame.conditional_formatting.add(cells, Rule(type="iconSet", iconSet=lights))


def _look(paint: Paint, *, is_bold: bool) -> DifferentialStyle:
    ground, ink = paint
    return DifferentialStyle(
        font=Font(bold=is_bold, color=f"FF{ink if is_bold else _INK}"),
        fill=PatternFill("solid", bgColor=f"FF{ground}"),
    )
