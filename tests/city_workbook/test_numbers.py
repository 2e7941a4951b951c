"""Every number of the workbook stands in the manifest, in a result, or in the rules."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from assessor.city.workbook import write_results

NUMBER = re.compile(r"\d+(?:\.\d+)?")
ORDINALS = {"整改清单": 2}
"""Columns that only count the rows of an entity."""


def numbers_in(text: str) -> set[Decimal]:
    """Return the numbers of a text; digests are not numbers."""
    plain = re.sub(r"\b[0-9a-f]{64}\b", " ", text)
    return {Decimal(one) for one in NUMBER.findall(plain)}


@pytest.fixture(scope="module")
def city(make, with_doubt, tmp_path_factory):
    ruler = make.ruler_of()
    results = make.city_of(ruler, 8)
    manifest = with_doubt(results, ruler)
    path = tmp_path_factory.mktemp("numbers") / "结果.xlsx"
    write_results(manifest, lambda: iter(results), path, ruler=ruler)
    known = numbers_in(manifest.model_dump_json())
    for one in results:
        known |= numbers_in(one.model_dump_json())
    return ruler, known, load_workbook(path)


def cells_of(sheet):
    """Yield the cells with a number or a day of their own."""
    skipped = ORDINALS.get(sheet.title, 0)
    for row in sheet.iter_rows():
        for cell in row:
            is_number = isinstance(cell.value, int | float | date) and cell.column != skipped
            if is_number:
                yield cell


@pytest.mark.parametrize(
    "title", ["排名", "图表", "得分矩阵", "结论矩阵", "整改清单", "规则与目标"]
)
def test_every_number_is_in_the_json(city, title):
    _, known, workbook = city
    cells = list(cells_of(workbook[title]))

    assert cells
    assert [(c.coordinate, c.value) for c in cells if Decimal(str(c.value)) not in known] == []


@pytest.mark.parametrize("title", ["数据质量", "复算汇总"])
def test_every_number_of_the_sums_is_in_the_json(city, title):
    _, known, workbook = city
    cells = list(cells_of(workbook[title]))

    assert len(cells) >= 8 * 3
    assert [(c.coordinate, c.value) for c in cells if Decimal(str(c.value)) not in known] == []


@pytest.mark.parametrize("title", ["复算", "复算参数"])
def test_every_input_of_the_recalculation_is_in_the_json_or_the_rules(city, title):
    """Zero points, tolerances and grace days are the framework's; deadlines follow from it."""
    ruler, known, workbook = city
    rules = numbers_in(ruler.framework.model_dump_json() + ruler.scheme.model_dump_json())
    cells = list(cells_of(workbook[title]))
    foreign = [
        (cell.coordinate, cell.value)
        for cell in cells
        if not isinstance(cell.value, datetime) and Decimal(str(cell.value)) not in known | rules
    ]
    days = {cell.value.date() for cell in cells if isinstance(cell.value, datetime)}

    assert cells
    assert foreign == []
    assert all(date(2025, 1, 1) < one < date(2025, 12, 31) for one in days)


def test_texts_with_numbers_repeat_those_of_the_json(city):
    """Findings, bases and probabilities are texts; their numbers are the result's."""
    ruler, known, workbook = city
    known = (
        known | numbers_in(ruler.framework.model_dump_json()) | {Decimal(x) for x in (5, 50, 95)}
    )
    found = {
        (title, number)
        for title in ("排名", "整改清单", "数据质量", "数据问题", "晚报缺报")
        for row in workbook[title].iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "s"
        for number in numbers_in(cell.value)
    }

    assert len(found) > 100
    assert {one for one in found if one[1] not in known} == set()
