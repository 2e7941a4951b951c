"""The file of printed units: content, faults, lookup."""

from __future__ import annotations

import pytest

from assessor.reading.numbers.units import read_units, unit_at, units
from schemas.errors import RuleFileError

HEAD = "schema: printed-units/1\nunits:\n"
CLASSES = {
    "percent", "percent_point", "ratio", "point", "case", "document", "person", "persontime",
    "time", "thing", "article", "square", "unit", "dept", "area", "household", "team", "money",
    "hour", "minute", "day", "month", "year", "km", "vote", "vehicle",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown", "classes"),
    [
        ("件行政复议", "件", {"case", "document"}),
        ("件次", "件次", {"case"}),
        ("人次", "人次", {"persontime"}),
        ("人(次)", "人(次)", {"persontime", "person"}),
        ("个单位", "个", {"thing", "unit", "dept", "area"}),
        ("个百分点", "个百分点", {"percent_point"}),
        ("百分点", "个百分点", {"percent_point"}),
        ("部门(单位)", "部门(单位)", {"dept"}),
        ("份(册)", "份(册)", {"document"}),
        ("家(以下简称)", "家", {"unit", "dept"}),
        ("家", "家", {"unit", "dept"}),
        ("工作日", "工作日", {"day"}),
        ("平方公里", "平方公里", set()),
        ("%", "%", {"percent"}),
        ("名单位负责人", "名", {"person"}),
        ("家用人单位", "家", {"unit", "dept"}),
    ],
)
def test_longest_unit_is_found_with_its_classes(text, shown, classes):
    found = unit_at(text, 0)

    assert found is not None
    assert (found.shown, found.classes) == (shown, classes)


@pytest.mark.parametrize(
    "text", ["", "条例", "起诉", "处理", "分局", "部队", "支持", "人民", "年度", "第"]
)
def test_other_word_is_no_unit(text):
    assert unit_at(text, 0) is None


def test_every_class_is_known_and_most_units_have_one():
    rows = [unit for group in units().values() for unit in group]

    assert {name for unit in rows for name in unit.classes} == CLASSES
    assert sum(bool(unit.classes) for unit in rows) > len(rows) / 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: units/2\nunits: []\n", r"units\.yaml:1: \[schema\] schema must be"),
        ("schema: printed-units/1\nunits: []\n", "units must be a list"),
        (HEAD + "  - 件\n", r"units\.yaml:3: \[field\] a unit has printed"),
        (HEAD + "  - {printed: 件, classes: [case]}\n", "a unit has printed"),
        (HEAD + "  - {printed: 件, classes: [case], han: true, more: 1}\n", "a unit has printed"),
        (HEAD + "  - {printed: 1, classes: [case], han: true}\n", "are text"),
        (HEAD + "  - {printed: 件, classes: case, han: true}\n", "classes is a list"),
        (HEAD + "  - {printed: 件, classes: [case], han: 1}\n", "han is true or false"),
        (HEAD + 2 * "  - {printed: 件, classes: [case], han: true}\n", "件 stands twice"),
        (HEAD + "  - {printed: 件, printed: 宗, classes: [], han: true}\n", "duplicate-key"),
        ("schema: [", "syntax"),
    ],
)
def test_damaged_unit_file_is_refused_with_line_and_reason(text, message):
    with pytest.raises(RuleFileError, match=message):
        read_units(text)
