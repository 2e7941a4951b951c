"""Write the fill-in workbook of a framework."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessor import workbook_layout as layout
from assessor.messages import LEVELS
from assessor.store import write_atomic
from schemas.framework import Framework
from schemas.target import Unit
from scoring.rulebook import Rulebook

_HEAD = PatternFill("solid", fgColor="1F3A5F")
_INPUT = PatternFill("solid", fgColor="FFF9E5")
_THIN = Side(style="thin", color="BFC7D1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_YES_NO = '"是,否"'
_EXAMPLES = {
    "percent": "97.78%",
    "yes-no": "是",
    "tier": "3",
    "day": "2025-03-15",
    "hour": "62.5",
}
_GUIDE = (
    "一、只填浅黄色单元格；其余内容已保护，改动后系统会拒收。",
    "二、没有数据请留空：留空即“未披露”，填 0 表示确为零，两者计分不同。",
    "三、百分数带百分号填写，如 97.78%；同时填分子、分母的，系统会互相核对。",
    "四、佐证层级填 0 至 3：0 未提及，1 仅有表态，2 有制度或举措，3 有数据或可核验事实。",
    "五、只有“全覆盖”一类表述而没有数据的，在“仅有全覆盖表述”列填“是”。",
    "六、“与上年相比”的指标须填上年值，口径应与本年一致。",
    "七、不适用的填报项须写明理由；佐证摘录请照录报告原文并写明位置。",
)


def write_template(framework: Framework, book: Rulebook, path: Path) -> None:
    """Write the workbook to `path` atomically."""
    workbook = Workbook()
    guide = workbook.active
    assert isinstance(guide, Worksheet)  # noqa: S101 - a new workbook has one sheet
    guide.title = layout.GUIDE
    _guide(guide, framework)
    _basics(workbook.create_sheet(layout.BASICS), workbook)
    _figures(workbook.create_sheet(layout.FIGURES), workbook, framework, book)
    _yardsticks(workbook.create_sheet(layout.YARDSTICKS))
    meta = workbook.create_sheet(layout.META)
    for row, (key, value) in enumerate(
        (("template", framework.id), ("version", layout.stamp(framework, book))), start=1
    ):
        _text(meta.cell(row, 1), key)
        _text(meta.cell(row, 2), value)
    meta.sheet_state = "hidden"
    for sheet in workbook.worksheets:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
    workbook.active = 1
    write_atomic(path, workbook.save)


def _text(cell: Cell | object, value: str) -> None:
    """Write text that can never become a formula."""
    assert isinstance(cell, Cell)  # noqa: S101 - no merged cells here
    cell.value = value
    cell.data_type = "s"


def _open(cell: object) -> None:
    assert isinstance(cell, Cell)  # noqa: S101 - no merged cells here
    cell.fill, cell.border, cell.alignment = _INPUT, _BOX, _WRAP
    cell.protection = Protection(locked=False)


def _title(sheet: Worksheet, text: str) -> None:
    _text(sheet["A1"], text)
    sheet["A1"].font = Font(bold=True, size=15, color="1F3A5F")


def _header(sheet: Worksheet, row: int, titles: tuple[str, ...]) -> None:
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(row, column)
        _text(cell, title)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _guide(sheet: Worksheet, framework: Framework) -> None:
    _title(sheet, f"{framework.label}　填报说明")
    sheet.column_dimensions["A"].width = 100
    for row, line in enumerate(_GUIDE, start=3):
        _text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).alignment = _WRAP


def _basics(sheet: Worksheet, workbook: Workbook) -> None:
    _title(sheet, "基本信息")
    for letter, width in (("A", 16), ("B", 36), ("C", 48)):
        sheet.column_dimensions[letter].width = width
    levels = DataValidation(type="list", formula1='"' + ",".join(LEVELS.values()) + '"')
    sheet.add_data_validation(levels)
    for row, (name, label, hint) in enumerate(layout.BASIC_FIELDS, start=layout.BASIC_FIRST_ROW):
        _text(sheet.cell(row, 1), label)
        _open(sheet.cell(row, 2))
        _text(sheet.cell(row, 3), hint)
        if name == "entity_level":
            levels.add(f"B{row}")
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{layout.BASICS}'!$B${row}")


def _figures(sheet: Worksheet, workbook: Workbook, framework: Framework, book: Rulebook) -> None:
    _title(sheet, f"{framework.label}　指标填报表")
    _header(sheet, layout.HEADER_ROW, tuple(column.title for column in layout.COLUMNS))
    for column in layout.COLUMNS:
        sheet.column_dimensions[column.letter].width = column.width
    yes_no = DataValidation(type="list", formula1=_YES_NO, allow_blank=True)
    tiers = DataValidation(type="list", formula1='"0,1,2,3"', allow_blank=True)
    sheet.add_data_validation(yes_no)
    sheet.add_data_validation(tiers)
    for row in layout.rows_of(framework, book):
        _row(sheet, row)
        for letter in ("J", "K", "L"):
            yes_no.add(f"{letter}{row.number}")
        if row.unit.dimension in ("yes_no", "tier"):
            (yes_no if row.unit.dimension == "yes_no" else tiers).add(f"E{row.number}")
        name = layout.name_of(row.item.id)
        workbook.defined_names[name] = DefinedName(
            name, attr_text=f"'{layout.FIGURES}'!$E${row.number}"
        )
    sheet.freeze_panes = f"E{layout.FIRST_ROW}"


def _row(sheet: Worksheet, row: layout.Row) -> None:
    item = row.item
    ratio = f"　分子：{item.numerator}；分母：{item.denominator}。" if item.numerator else ""
    fixed = (row.indicator, item.label, row.unit.label, item.definition + ratio)
    for column, text in enumerate(fixed, start=1):
        cell = sheet.cell(row.number, column)
        _text(cell, text)
        cell.alignment, cell.border = _WRAP, _BOX
    for column, spec in enumerate(layout.COLUMNS, start=1):
        cell = sheet.cell(row.number, column)
        if spec.field:
            _open(cell)
        if spec.field == "value" and row.unit.id == "percent":
            cell.number_format = "0.00%"
    _text(sheet.cell(row.number, len(layout.COLUMNS)), _example(row.unit))


def _example(unit: Unit) -> str:
    return _EXAMPLES.get(unit.id, "12")


def _yardsticks(sheet: Worksheet) -> None:
    _title(sheet, "基准值（由考核单位提供，没有则留空）")
    _header(sheet, layout.YARDSTICK_FIRST_ROW - 1, ("基准编号", "数值", "来源"))
    for letter, width in (("A", 42), ("B", 14), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    for row in range(
        layout.YARDSTICK_FIRST_ROW, layout.YARDSTICK_FIRST_ROW + layout.YARDSTICK_ROWS
    ):
        for column in (1, 2, 3):
            _open(sheet.cell(row, column))
