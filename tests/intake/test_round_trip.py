"""Whatever can be typed into a workbook gives the same submission as YAML."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from assessor import workbook_layout as layout
from assessor.intake import read_submission
from assessor.template import write_template

VALUES = {  # dimension or unit: (typed into the cell, written in YAML)
    "percent": (0.9778, "97.78"),
    "rate": (88.5, "88.5"),
    "density": (3.6, "3.6"),
    "count": (12, "12"),
    "time": (62.5, "62.5"),
    "yes_no": ("是", "true"),
    "tier": (2, "2"),
    "day": (date(2025, 3, 15), "2025-03-15"),
}
BASICS = ("云栖县", "县级", "云栖县", "临江市", "东海省", 2024, "812.5", "林某", "督察科", "0000-1")
HEAD = """schema: submission/1
template: {{id: {id}, version: {version}}}
entity: {{name: 云栖县, level: county, regions: [云栖县, 临江市, 东海省]}}
period: {{from: 2024-01-01, to: 2024-12-31}}
self_scores: [{{code: total, points: 812.5}}]
contact: {{name: 林某, office: 督察科, phone: 0000-1}}
benchmarks: [{{key: city-mean, value: 6.4, source: 市级通报}}]
answers:
"""


def _value(row):
    unit = row.unit
    return VALUES["percent" if unit.id == "percent" else unit.dimension]


def _fields(row):
    """Return every column of a row: (field, typed into the cell, lines of YAML)."""
    typed, written = _value(row)
    is_number = row.unit.dimension not in ("yes_no", "tier", "day")
    fields = [("value", typed, f"value: {written}")]
    if is_number:
        fields.append(("previous", 12, "previous: 12"))
        fields.append((None, None, f'unit: "{row.unit.label}"'))
    top, bottom = (44, 45) if row.unit.id == "percent" else (3, 8)
    return [
        *fields,
        ("numerator", top, f"numerator: {top}"),
        ("denominator", bottom, f"denominator: {bottom}"),
        ("scope", "全县", "scope: 全县"),
        ("is_claim", "是", "is_claim: true"),
        ("is_weakness", "√", "is_weakness: true"),
        ("is_approximate", "否", "is_approximate: false"),
        ("not_applicable_because", "本级无此职权", "not_applicable_because: 本级无此职权"),
        ("note", "=不是公式", 'note: "=不是公式"'),
    ]


def _evidence(row):
    quote = f"第{row.number}行的摘录"
    return {"quote": quote, "document": "《年度报告》", "locator": f"第{row.number}段"}


def _yaml(framework, book, rows):
    lines = [HEAD.format(id=framework.id, version=layout.stamp(framework, book))]
    for row in rows:
        lines.append(f"  - item: {row.item.id}\n")
        lines += [f"    {text}\n" for _, _, text in _fields(row)]
        proof = ", ".join(f"{key}: {text}" for key, text in _evidence(row).items())
        lines.append(f"    evidence: [{{{proof}}}]\n")
    return "".join(lines)


def _fill(opened, rows):
    letters = {field: column.letter for field, column in layout.BY_FIELD.items()}
    for number, text in enumerate(BASICS, start=layout.BASIC_FIRST_ROW):
        opened[layout.BASICS].cell(number, 2).value = text
    for column, cell in enumerate(("city-mean", 6.4, "市级通报"), start=1):
        opened[layout.YARDSTICKS].cell(layout.YARDSTICK_FIRST_ROW, column).value = cell
    sheet = opened[layout.FIGURES]
    for row in rows:
        for field, typed, _ in _fields(row):
            if field is not None:
                cell = sheet[f"{letters[field]}{row.number}"]
                cell.value = typed
                if isinstance(typed, str):
                    cell.data_type = "s"
        for field, text in _evidence(row).items():
            sheet[f"{letters[field]}{row.number}"] = text


@pytest.mark.parametrize("name", ["house-59", "core-15"])
def test_workbook_and_yaml_give_the_same_submission(book, tmp_path, name):
    framework = book.framework(name)
    rows = layout.rows_of(framework, book)
    sheet_path, text_path = tmp_path / "填报 表.xlsx", tmp_path / "填报 表.yaml"
    write_template(framework, book, sheet_path)
    opened = load_workbook(sheet_path)
    _fill(opened, rows)
    opened.save(sheet_path)
    text_path.write_text(_yaml(framework, book, rows), encoding="utf-8")

    from_sheet, from_text = read_submission(sheet_path, book), read_submission(text_path, book)

    assert from_text.submission is not None, from_text.issues
    assert from_sheet.submission == from_text.submission
    assert len(from_sheet.submission.answers) == len(rows)
    assert [i.code for i in from_sheet.issues] == [i.code for i in from_text.issues]


def test_round_trip_covers_every_column_and_every_kind_of_unit(book):
    rows = layout.rows_of(book.framework("house-59"), book)
    number = next(row for row in rows if row.unit.dimension == "count")
    covered = {field for field, _, _ in _fields(number)} | set(_evidence(number))

    assert covered - {None} == set(layout.BY_FIELD)
    assert len(BASICS) == len(layout.BASIC_FIELDS)
    assert {unit.dimension for unit in book.units.values()} - set(VALUES) == {"money"}
    assert {row.unit.dimension for row in rows} >= {"rate", "count", "yes_no", "tier", "day"}


def test_reading_a_workbook_twice_gives_the_same_bytes(read, workbook):
    content = workbook()

    first, second = read(content), read(content)

    assert first.submission.model_dump_json() == second.submission.model_dump_json()
