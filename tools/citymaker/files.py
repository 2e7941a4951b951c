"""The files a unit sends in: filled workbook, YAML or JSON form, report, review, roster."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from make_reports import make
from openpyxl import Workbook, load_workbook

from assessor import workbook_layout as layout
from assessor.city.roster import COLUMNS
from assessor.messages import LEVELS
from assessor.template import write_template
from citymaker.figures import Figure, Figures
from schemas.base import Level
from schemas.manifest import RosterEntry
from scoring import shipped_rulebook

FRAMEWORK = "house-59"
_MADE = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_SOURCE = "《{name}{year}年法治政府建设年度报告》"
_LEDGER = "《{name}{year}年依法行政统计台账》"


class Form(NamedTuple):
    """What a form says."""

    name: str
    regions: tuple[str, ...]
    year: int
    figures: Figures
    sentences: Mapping[str, tuple[str, str]]
    """Item: sentence of the report and its place."""
    benchmarks: tuple[tuple[str, Decimal, str], ...] = ()

    def proof(self, item: str) -> tuple[str, str, str]:
        """Return quote, document and place that prove an item."""
        if item in self.sentences:
            quote, place = self.sentences[item]
            return quote, _SOURCE.format(name=self.name, year=self.year), place
        label = shipped_rulebook().items[item].label
        shown = _shown(self.figures[item])
        return f"{label}：{shown}", _LEDGER.format(name=self.name, year=self.year), "汇总页"


def _shown(figure: Figure) -> str:
    if isinstance(figure.value, bool):
        return "是" if figure.value else "否"
    if figure.denominator is not None:
        return f"{figure.numerator}/{figure.denominator}，即{figure.value}%"
    return str(figure.value)


# Fill-in workbook ----------------------------------------------------------------------------


def to_xlsx(form: Form) -> bytes:
    """Return the fill-in workbook with the form's figures; same form, same bytes."""
    workbook = _blank()
    _basics(workbook, form)
    book = shipped_rulebook()
    sheet = workbook[layout.FIGURES]
    for row in layout.rows_of(book.frameworks[FRAMEWORK], book):
        figure = form.figures.get(row.item.id)
        for field, value in _cells(form, row, figure) if figure is not None else ():
            sheet[f"{layout.BY_FIELD[field].letter}{row.number}"] = value
    sheet = workbook[layout.YARDSTICKS]
    for number, line in enumerate(form.benchmarks, start=layout.YARDSTICK_FIRST_ROW):
        for column, value in enumerate(line, start=1):
            sheet.cell(number, column, float(value) if isinstance(value, Decimal) else value)
    return _saved(workbook)


@cache
def _template() -> bytes:
    book = shipped_rulebook()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(book.frameworks[FRAMEWORK], book, path)
        return path.read_bytes()


def _blank() -> Workbook:
    return load_workbook(io.BytesIO(_template()))


def _basics(workbook: Workbook, form: Form) -> None:
    sheet = workbook[layout.BASICS]
    above = (*form.regions, "", "")
    typed = {
        "entity_name": form.name,
        "entity_level": LEVELS[Level.COUNTY],
        "region_own": above[0],
        "region_city": above[1],
        "region_province": above[2],
        "year": form.year,
        "contact_office": f"{form.name}司法局",
    }
    for row, (field, _, _) in enumerate(layout.BASIC_FIELDS, start=layout.BASIC_FIRST_ROW):
        if typed.get(field):
            sheet.cell(row, 2, typed[field])


def _cells(form: Form, row: layout.Row, figure: Figure) -> Iterator[tuple[str, Any]]:
    yield "value", _cell(figure.value, is_percent=row.unit.id == "percent")
    if figure.denominator is not None:
        yield "numerator", figure.numerator
        yield "denominator", figure.denominator
    if figure.previous is not None:
        yield "previous", float(figure.previous)
    quote, document, place = form.proof(row.item.id)
    yield from (("scope", f"全{form.name[-1]}"), ("quote", quote), ("document", document))
    yield "locator", place


def _cell(value: Decimal | bool | date, *, is_percent: bool) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return float(value / 100) if is_percent else float(value)


def _saved(workbook: Workbook) -> bytes:
    """Return the workbook without the times a library writes into it."""
    found, target = io.BytesIO(), io.BytesIO()
    workbook.save(found)
    with zipfile.ZipFile(found) as given, zipfile.ZipFile(target, "w") as archive:
        for name in sorted(given.namelist()):
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(r"\g<1>2025-01-01T00:00:00Z", content.decode()).encode()
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


# YAML and JSON -------------------------------------------------------------------------------


def to_json(form: Form) -> bytes:
    """Return the form as JSON."""
    return (json.dumps(_document(form), ensure_ascii=False, indent=1) + "\n").encode()


def to_yaml(form: Form) -> bytes:
    """Return the form as YAML, one answer to a paragraph."""
    document = _document(form)
    lines = ["# 虚构单位，数据为演示用。"]
    for key, value in document.items():
        if key in ("answers", "benchmarks"):
            lines.append(f"{key}:")
            for row in value:
                marks = ["  - ", *["    "] * (len(row) - 1)]
                pairs = zip(marks, row.items(), strict=True)
                lines += [f"{mark}{name}: {_flow(one)}" for mark, (name, one) in pairs]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return ("\n".join(lines) + "\n").encode()


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _document(form: Form) -> dict[str, Any]:
    document: dict[str, Any] = {
        "schema": "submission/1",
        "entity": {"name": form.name, "level": "county", "regions": list(form.regions)},
        "period": {"from": f"{form.year}-01-01", "to": f"{form.year}-12-31"},
        "answers": [_answer(form, item) for item in form.figures],
    }
    if form.benchmarks:
        document["benchmarks"] = [
            {"key": key, "value": float(value), "source": source}
            for key, value, source in form.benchmarks
        ]
    return document


def _answer(form: Form, item: str) -> dict[str, Any]:
    figure, value = form.figures[item], form.figures[item].value
    answer: dict[str, Any] = {"item": item}
    if isinstance(value, bool):
        answer["value"] = value
    else:
        answer["value"] = value.isoformat() if isinstance(value, date) else _plain(value)
    if figure.denominator is not None:
        answer |= {"numerator": figure.numerator, "denominator": figure.denominator}
    if figure.previous is not None:
        answer["previous"] = _plain(figure.previous)
    quote, document, place = form.proof(item)
    answer["evidence"] = [{"quote": quote, "document": document, "locator": place}]
    return answer


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


FORMS = {"xlsx": to_xlsx, "yaml": to_yaml, "json": to_json}


# Report, review, roster ----------------------------------------------------------------------


def to_report(text: str, kind: str) -> bytes:
    """Return a report's text as txt, docx or html."""
    return make(text, kind)


def to_review(name: str, year: int, entries: tuple[Mapping[str, str], ...]) -> bytes:
    """Return a reviewer's entries as YAML."""
    lines = [
        "# 虚构单位，评审意见为演示用。",
        "schema: review/1",
        f"entity: {name}",
        f"period: {{from: {year}-01-01, to: {year}-12-31}}",
        "entries:",
    ]
    for entry in entries:
        marks = ["  - ", *["    "] * (len(entry) - 1)]
        pairs = zip(marks, entry.items(), strict=True)
        lines += [f"{mark}{key}: {value}" for mark, (key, value) in pairs]
    return ("\n".join(lines) + "\n").encode()


def to_roster(entries: list[RosterEntry]) -> bytes:
    """Return 名单.xlsx."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名单"
    sheet.append(COLUMNS)
    for one in entries:
        level = LEVELS[one.level] if one.level is not None else ""
        sheet.append((one.entity, level, "、".join(one.regions[1:]), one.due_on, one.filed_on))
    for letter, width in zip("ABCDE", (36, 8, 14, 14, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    return _saved(workbook)
