"""A table inside a report is rows and columns: the row names the quantity, the column the year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.reading import BlockKind

PDF = pytest.param("pdf", marks=pytest.mark.slow)
KINDS = ["txt", "html", "mht", "docx", PDF]
YEARS = [
    ("2024", "53", "件", "litigation-case-volume"),
    ("2023", "50", "件", "litigation-case-volume"),
    ("2024", "7.14", "%", "first-instance-loss-rate"),
    ("2023", "8.16", "%", "first-instance-loss-rate"),
    ("2024", "812", "件次", "petition-volume"),
    ("2023", "846", "件次", "petition-volume"),
    ("2024", "86.4", "件", "litigation-per-10k"),
    ("2023", "84.9", "件", "litigation-per-10k"),
    ("2024", "1.2", "%", "disclosure-dispute-rate"),
    ("2023", "1.6", "%", "disclosure-dispute-rate"),
]
"""Column, value, unit and item of the ten cells with numbers, row by row."""


def cells(reading):
    return [block for block in reading.document.blocks if block.kind is BlockKind.CELL]


def in_cells(reading):
    numbers = {block.index for block in cells(reading)}
    return [figure for figure in reading.figures if figure.block in numbers]


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_knows_its_row_and_column(read_as, kind):
    reading = read_as("云栖县2024", kind)
    text = reading.document.text
    places = {
        text[block.start : block.end]: (block.cell.row, block.cell.column)
        for block in cells(reading)
    }

    assert len(cells(reading)) == 18
    assert places["数据名称"] == (1, 1)
    assert places["2023年"] == (1, 3)
    assert places["一审行政诉讼败诉率"] == (3, 1)
    assert places["846件次"] == (4, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_number_of_a_cell_never_swallows_its_neighbour(read_as, kind):
    found = in_cells(read_as("云栖县2024", kind))

    assert [(f.value, f.unit) for f in found] == [(Decimal(v), u) for _, v, u, _ in YEARS]
    assert [f.quote for f in found] == [f"{v}{u}" for _, v, u, _ in YEARS]


@pytest.mark.parametrize("kind", KINDS)
def test_row_names_the_quantity_and_column_the_year(read_as, kind):
    found = in_cells(read_as("云栖县2024", kind))
    status = {"2024": "achieved", "2023": "previous_year"}

    assert [f.feeds for f in found] == [item for _, _, _, item in YEARS]
    assert [f.status for f in found] == [status[year] for year, _, _, _ in YEARS]
    assert [str(f.year) for f in found] == [year for year, _, _, _ in YEARS]


@pytest.mark.parametrize("kind", KINDS)
def test_row_of_a_real_city_names_its_count(read_as, kind):
    found = in_cells(read_as("嘉兴市2021", kind))
    named = [(f.value, f.item_label) for f in found]

    assert named == [
        (Decimal(393), "规范性文件继续有效数"),
        (Decimal(33), "规范性文件宣布失效数"),
        (Decimal(60), "规范性文件废止数"),
    ]
