"""Shades, bars and signs of the 通报, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.city.view_charts import grade_rows, heat_cell, rank_bar, shade, stacks
from assessor.city.view_tables import signed
from schemas.manifest import GradeCount

BANDS = (
    ("优秀", Decimal(90)), ("良好", Decimal(80)), ("合格", Decimal(60)), ("不合格", Decimal(0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "css"),
    [("90", "h0"), ("89.99", "h1"), ("80", "h1"), ("60", "h3"), ("59.99", "h4"), ("0", "h4")],
)
def test_shade_follows_the_grade_lines_whose_lower_limits_belong_to_them(rate, css):
    cell = heat_cell(Decimal(rate), BANDS)

    assert cell.css == css
    assert cell.text == rate


def test_dimension_that_does_not_apply_has_no_shade():
    assert heat_cell(None, BANDS).css == "none"
    assert heat_cell(None, BANDS).text == "—"


@pytest.mark.parametrize(("count", "shades"), [(1, [0]), (2, [0, 4]), (5, [0, 1, 2, 3, 4])])
def test_shades_run_from_best_to_worst(count, shades):
    assert [shade(index, count) for index in range(count)] == shades


@pytest.mark.parametrize(
    ("low", "high", "count", "edges"),
    [
        ("1", "1", 1, ("0.0pt", "66.0pt")),  # the only one fills the track
        ("2", "3", 4, ("16.5pt", "33.0pt")),  # 1/4 and 2/4 of 66
        ("1", "1", 200, ("0.0pt", "1.5pt")),  # 0.33 would not be seen
        ("1.5", "2.5", 4, ("8.2pt", "33.0pt")),  # 0.5/4 and 2/4 of 66
    ],
)
def test_bar_covers_the_slots_of_its_ranks(low, high, count, edges):
    assert rank_bar(Decimal(low), Decimal(high), count) == edges


def test_stacked_bar_shares_its_width_by_count():
    """Of 436 units, 3 of 4 take 327 and 1 of 4 takes 109; the bar begins at 84."""
    counts = (
        GradeCount(grade="不合格", mode="binding", count=1),
        GradeCount(grade="优秀", mode="binding", count=3),
    )
    chart = stacks(counts, [grade for grade, _ in BANDS])

    assert chart is not None
    (bar,) = chart.stacks
    assert [(part.x, part.width, part.text) for part in bar.segments] == [
        ("84.0", "327.0", "优秀 3"), ("411.0", "109.0", "不合格 1"),
    ]  # fmt: skip
    assert chart.title == "等次分布。约束性考核：优秀3个，不合格1个"


def test_narrow_segment_bears_no_text_but_stands_in_the_table():
    counts = (
        GradeCount(grade="优秀", mode="binding", count=1),
        GradeCount(grade="合格", mode="binding", count=99),
    )
    grades = [grade for grade, _ in BANDS]
    chart = stacks(counts, grades)

    assert chart is not None
    assert [part.text for part in chart.stacks[0].segments] == ["", "合格 99"]
    rows = {row.grade: row.binding for row in grade_rows(counts, BANDS)}
    assert rows == {"优秀": "1", "良好": "—", "合格": "99", "不合格": "—"}


@pytest.mark.parametrize(("value", "text"), [("1.50", "＋1.50"), ("-0.20", "−0.20"), ("0.00", "—")])
def test_change_bears_its_sign(value, text):
    assert signed(Decimal(value)) == text
