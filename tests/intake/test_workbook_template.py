"""The fill-in workbook as it is handed out."""

from __future__ import annotations

import dataclasses
import zipfile

import pytest
from openpyxl import load_workbook

from assessor import workbook_layout as layout
from assessor.messages import LEVELS
from assessor.template import write_template

FRAMEWORKS = ("house-59", "core-15")


@pytest.fixture(scope="module")
def house_template(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("house") / "填报 表.xlsx"
    write_template(book.framework("house-59"), book, path)
    return path


@pytest.fixture(scope="module")
def opened(house_template):
    return load_workbook(house_template)


@pytest.fixture(scope="module")
def rows(book):
    return {row.item.id: row for row in layout.rows_of(book.framework("house-59"), book)}


def test_workbook_has_its_sheets_and_hides_the_stamp(opened):
    assert opened.sheetnames == ["填报说明", "基本信息", "指标填报", "基准值", "_meta"]
    assert opened["_meta"].sheet_state == "hidden"
    assert opened.active.title == "基本信息"


def test_every_sheet_is_protected_and_only_input_cells_are_open(opened, rows):
    fields = {column.letter: bool(column.field) for column in layout.COLUMNS}
    figures = opened[layout.FIGURES]

    assert all(sheet.protection.sheet for sheet in opened.worksheets)
    for row in rows.values():
        for letter, is_input in fields.items():
            assert figures[f"{letter}{row.number}"].protection.locked is not is_input
    for number in range(layout.BASIC_FIRST_ROW, layout.BASIC_FIRST_ROW + len(layout.BASIC_FIELDS)):
        assert opened[layout.BASICS].cell(number, 1).protection.locked
        assert not opened[layout.BASICS].cell(number, 2).protection.locked


def test_every_row_shows_label_unit_definition_and_an_example(opened, rows):
    figures = opened[layout.FIGURES]

    for item, row in rows.items():
        assert figures[f"B{row.number}"].value == row.item.label
        assert figures[f"C{row.number}"].value == row.unit.label
        assert figures[f"D{row.number}"].value.startswith(row.item.definition), item
        assert figures[f"R{row.number}"].value


def test_every_item_has_a_name_that_points_at_its_value(opened, rows):
    for item, row in rows.items():
        (place,) = opened.defined_names[layout.name_of(item)].destinations

        assert place == (layout.FIGURES, f"$E${row.number}")


def test_names_of_items_are_unique(book):
    names = [layout.name_of(item) for item in book.items]

    assert len(set(names)) == len(names)


def test_every_basic_field_has_a_name(opened):
    places = [next(opened.defined_names[name].destinations) for name, *_ in layout.BASIC_FIELDS]

    assert places == [(layout.BASICS, f"$B${row}") for row in range(3, 13)]


def test_yes_no_and_levels_are_chosen_from_a_list(opened, rows):
    lists = {
        cell: rule.formula1
        for sheet in (opened[layout.FIGURES], opened[layout.BASICS])
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for cell in (f"{sheet.title}!{sheet.cell(*place).coordinate}" for place in area.cells)
    }

    for row in rows.values():
        wanted = {"yes_no": '"是,否"', "tier": '"0,1,2,3"'}.get(row.unit.dimension)
        assert lists.get(f"{layout.FIGURES}!E{row.number}") == wanted
        assert all(lists[f"{layout.FIGURES}!{c}{row.number}"] == '"是,否"' for c in "JKL")
    assert lists[f"{layout.BASICS}!B4"] == '"' + ",".join(LEVELS.values()) + '"'


def test_list_rules_stay_below_the_length_excel_accepts(opened):
    for sheet in opened.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1) <= 255


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_template_has_a_row_for_every_item_that_is_filled_in(book, framework):
    rows = layout.rows_of(book.framework(framework), book)

    assert [row.number for row in rows] == list(range(4, 4 + len(rows)))
    assert len({row.item.id for row in rows}) == len(rows)
    assert {row.indicator for row in rows} <= {n.code for n in book.framework(framework).nodes}


def test_stamp_changes_with_an_item_a_unit_or_an_edition(book):
    framework = book.framework("house-59")
    stamp = layout.stamp(framework, book)
    first = layout.rows_of(framework, book)[0].item
    renamed = {**book.items, first.id: first.model_copy(update={"label": "另一名称"})}
    other_unit = {**book.items, first.id: first.model_copy(update={"unit": "case"})}

    stamps = {
        stamp,
        layout.stamp(framework, dataclasses.replace(book, items=renamed)),
        layout.stamp(framework, dataclasses.replace(book, items=other_unit)),
        layout.stamp(framework.model_copy(update={"edition": "2027"}), book),
    }

    assert len(stamps) == 4
    assert stamp.startswith(f"{layout.VERSION}-{framework.edition}-")


def test_text_of_the_rules_never_becomes_a_formula(book, tmp_path):
    framework = book.framework("house-59").model_copy(update={"label": "=cmd|' /C calc'!A0"})
    first = layout.rows_of(framework, book)[0].item
    update = {"label": '=HYPERLINK("x")', "definition": "+1+1", "numerator": "@SUM(1)"}
    items = {**book.items, first.id: first.model_copy(update=update)}
    path = tmp_path / "表.xlsx"

    write_template(framework, dataclasses.replace(book, items=items), path)

    opened = load_workbook(path)
    kinds = {c.data_type for sheet in opened for row in sheet for c in row if c.value is not None}
    assert kinds == {"s"}
    assert opened[layout.FIGURES]["B4"].value == '=HYPERLINK("x")'
    assert opened[layout.GUIDE]["A1"].value.startswith("=cmd|")


def test_workbook_is_a_plain_archive_without_macros_or_links(house_template):
    with zipfile.ZipFile(house_template) as archive:
        names = archive.namelist()

    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert "[Content_Types].xml" in names


def test_writing_replaces_an_older_file_and_leaves_no_rest(book, tmp_path):
    path = tmp_path / "新 目录" / "填报.xlsx"
    write_template(book.framework("core-15"), book, path)
    write_template(book.framework("house-59"), book, path)

    assert load_workbook(path)[layout.META]["B1"].value == "house-59"
    assert [one.name for one in path.parent.iterdir()] == ["填报.xlsx"]
