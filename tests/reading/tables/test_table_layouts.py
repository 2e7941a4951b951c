"""Layouts of tables as reports print them, each in every format that can hold it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assessor.reading.linking.similar import HOW
from schemas.reading import BlockKind

LAYOUTS = yaml.safe_load(Path(__file__).with_name("layouts.yaml").read_text(encoding="utf-8"))
PLAIN = {"tabs", "bars", "blanks"}


def _fits(layout, kind):
    """Merged cells need html or docx; empty cells have no place in columns of blanks."""
    cells = [cell for row in layout["rows"] for cell in row]
    if kind not in PLAIN:
        return True
    if not all(isinstance(cell, str) for cell in cells):
        return False
    return kind != "blanks" or (all(cells) and layout.get("blanks", True))


CASES = [
    pytest.param(layout, kind, id=f"{name}-{kind}")
    for name, layout in LAYOUTS.items()
    for kind in ("html", "docx", "tabs", "bars", "blanks")
    if _fits(layout, kind)
]


def in_cells(reading):
    numbers = {b.index for b in reading.document.blocks if b.kind is BlockKind.CELL}
    return [figure for figure in reading.figures if figure.block in numbers]


def told(figure):
    """Return number, value and unit, status, year, doubts, item, and whether it counts.

    What only wording suggests is left out: it is learned, and no matter of the layout.
    """
    is_guess = HOW in figure.flags
    flags = "+".join(flag for flag in figure.flags if flag != HOW) or "-"
    link = "- none" if is_guess else f"{figure.item or '-'} {figure.confidence}"
    return (
        f"{figure.number_text} = {figure.value}{figure.unit} {figure.status} {figure.year} "
        f"{flags} {link}"
    )


def test_there_are_many_layouts():
    assert len(LAYOUTS) >= 60


@pytest.mark.parametrize(("layout", "kind"), CASES)
def test_cells_are_read_by_row_and_column(read_table, layout, kind):
    reading = read_table(layout, kind)

    assert [told(figure) for figure in in_cells(reading)] == (layout["figures"] or [])


@pytest.mark.parametrize(("layout", "kind"), CASES)
def test_no_number_of_a_table_vanishes(read_table, layout, kind):
    reading = read_table(layout, kind)
    text = reading.document.text
    spans = [(one.start, one.end) for one in reading.discarded]
    spans += [(one.number_start, one.number_end) for one in reading.figures]
    lost = [
        (text[block.start : block.end], text[at])
        for block in reading.document.blocks
        if block.kind is BlockKind.CELL
        for at in range(block.start, block.end)
        if text[at].isdigit() and not any(start <= at < end for start, end in spans)
    ]

    assert lost == []


@pytest.mark.parametrize(("layout", "kind"), CASES)
def test_quotes_stand_in_their_cells(read_table, layout, kind):
    reading = read_table(layout, kind)
    text, blocks = reading.document.text, reading.document.blocks

    for figure in in_cells(reading):
        block = blocks[figure.block]
        assert text[figure.start : figure.end] == figure.quote
        assert block.start <= figure.start <= figure.number_start
        assert figure.number_end <= figure.end <= block.end
        assert text[figure.number_start : figure.number_end] == figure.number_text
