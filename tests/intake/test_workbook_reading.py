"""A filled-in workbook comes back through the same door."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.workbook.defined_name import DefinedName

from assessor import workbook_layout as layout
from assessor.template import write_template
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

RATE, CASES = "head-appearance-rate", "contract-lost-cases"


def _put(rows, item, **fields):
    """Return a function that types fields of one item."""
    letters = {field: column.letter for field, column in layout.BY_FIELD.items()}

    def fill(opened):
        sheet = opened[layout.FIGURES]
        for field, value in fields.items():
            sheet[f"{letters[field]}{rows[item].number}"] = value

    return fill


def _found(intake):
    return [(i.code, i.location.place, i.found) for i in intake.issues]


def test_empty_workbook_is_a_submission_without_answers(read, workbook):
    intake = read(workbook())

    assert intake.issues == ()
    assert intake.submission.answers == ()
    assert intake.submission.entity.regions == ("错例县", "临江市")
    assert intake.submission.period.end == date(2024, 12, 31)
    assert intake.submission.template.id == "house-59"


@pytest.mark.parametrize(
    ("item", "typed", "code", "found"),
    [
        (RATE, 0.9778, None, "97.78"),
        (RATE, "97.78%", None, "97.78"),
        (RATE, "97.78 %", IssueCode.VALUE_CONVERTED, "97.78"),
        (RATE, 97.78, IssueCode.VALUE_OUT_OF_RANGE, None),
        (RATE, "0.9778", IssueCode.PERCENT_AMBIGUOUS, None),
        (CASES, 0, None, "0"),
        (CASES, "5件", None, "5"),
        (CASES, "1,005件", IssueCode.VALUE_CONVERTED, "1005"),
        (CASES, "=cmd|x", IssueCode.VALUE_NOT_CALCULATED, None),
        (CASES, "#DIV/0!", IssueCode.VALUE_CELL_ERROR, None),
        (CASES, date(2024, 5, 1), IssueCode.VALUE_NOT_NUMBER, None),
    ],
)
def test_cell_is_read_or_named_with_sheet_and_cell(  # noqa: PLR0913 - a table
    read, workbook, rows, item, typed, code, found
):
    intake = read(workbook(_put(rows, item, value=typed)))

    places = {i.code: i.location.place for i in intake.issues}
    assert places == ({} if code is None else {code: f"指标填报!E{rows[item].number}"})
    if found is None:
        assert intake.submission is None
    else:
        assert str(intake.submission.answers[0].value) == found


def test_percent_cell_agrees_with_its_numerator_and_denominator(read, workbook, rows):
    intake = read(workbook(_put(rows, RATE, value=0.9778, numerator=44, denominator=45)))

    assert intake.issues == ()  # 44/45 = 0.97777…, 97.78 % at two places


def test_small_percent_in_words_is_taken_when_its_fraction_proves_it(read, workbook, rows):
    intake = read(workbook(_put(rows, RATE, value="0.50", numerator=1, denominator=200)))

    assert [issue.code for issue in intake.issues] == []
    assert str(intake.submission.answers[0].value) == "0.50"


def test_a_percent_sign_that_is_only_shown_does_not_multiply(read, workbook, rows):
    number = rows[RATE].number

    def fill(opened):
        cell = opened[layout.FIGURES][f"E{number}"]
        cell.value, cell.number_format = 97.78, '0.00"%"'

    intake = read(workbook(fill))

    assert str(intake.submission.answers[0].value) == "97.78"


def test_cells_of_blanks_only_are_no_answer(read, workbook, rows):
    assert read(workbook(_put(rows, CASES, value="  "))).submission.answers == ()


def test_hidden_row_is_read_and_reported(read, workbook, rows):
    def fill(opened):
        _put(rows, CASES, value=5)(opened)
        opened[layout.FIGURES].row_dimensions[rows[CASES].number].hidden = True

    intake = read(workbook(fill))

    assert _found(intake) == [(IssueCode.HIDDEN_ROW, f"指标填报!E{rows[CASES].number}", "")]
    assert intake.submission.answers[0].value == 5


def test_sorted_rows_are_found_by_their_labels(read, workbook, rows):
    first, second = rows[CASES].number, rows[RATE].number

    def fill(opened):
        _put(rows, CASES, value=5)(opened)
        _put(rows, RATE, value=0.5)(opened)
        sheet = opened[layout.FIGURES]
        for column in range(1, len(layout.COLUMNS) + 1):
            one, two = sheet.cell(first, column), sheet.cell(second, column)
            one.value, two.value = two.value, one.value
            one.number_format, two.number_format = two.number_format, one.number_format

    intake = read(workbook(fill))

    assert intake.issues == ()
    assert {a.item: str(a.value) for a in intake.submission.answers} == {CASES: "5", RATE: "50"}


def test_inserted_row_is_followed_through_the_name(read, workbook, rows):
    number = rows[CASES].number

    def fill(opened):
        last = 3 + len(rows) + 1
        sheet = opened[layout.FIGURES]
        for column in range(1, len(layout.COLUMNS) + 1):
            sheet.cell(last, column).value = sheet.cell(number, column).value
            sheet.cell(number, column).value = None
        sheet[f"E{last}"] = 7
        name = layout.name_of(CASES)
        opened.defined_names[name] = DefinedName(name, attr_text=f"'指标填报'!$E${last}")

    intake = read(workbook(fill))

    assert intake.issues == ()
    assert [(a.item, str(a.value)) for a in intake.submission.answers] == [(CASES, "7")]


@pytest.mark.parametrize(("letter", "what"), [("B", "label"), ("C", "unit")])
def test_edited_label_or_unit_is_refused_at_its_cell(read, workbook, rows, letter, what):
    row = rows[CASES]
    wanted = {"label": row.item.label, "unit": row.unit.label}[what]

    def fill(opened):
        _put(rows, CASES, value=5)(opened)
        opened[layout.FIGURES][f"{letter}{row.number}"] = "改过"

    intake = read(workbook(fill))

    assert _found(intake) == [
        (IssueCode.TEMPLATE_CHANGED, f"指标填报!{letter}{row.number}", "改过")
    ]
    assert intake.issues[0].allowed == wanted
    assert intake.submission is None


def test_edited_label_of_the_head_is_refused(read, workbook):
    def fill(opened):
        opened[layout.BASICS]["A8"] = "年度"

    intake = read(workbook(fill))

    assert _found(intake) == [(IssueCode.TEMPLATE_CHANGED, "基本信息!A8", "年度")]


@pytest.mark.parametrize(
    "text", ["'指标填报'!$E$0", "'指标填报'!$E$99999", "'基准值'!$E$5", "#REF!", "'x", "1+", "A1:"]
)
def test_name_that_points_nowhere_is_refused(read, workbook, text):
    def fill(opened):
        name = layout.name_of(CASES)
        opened.defined_names[name] = DefinedName(name, attr_text=text)

    intake = read(workbook(fill))

    assert [(i.code, i.location.item) for i in intake.issues] == [
        (IssueCode.TEMPLATE_CHANGED, CASES)
    ]


def test_deleted_name_is_refused(read, workbook):
    def fill(opened):
        del opened.defined_names[layout.name_of(CASES)]

    assert [i.code for i in read(workbook(fill)).issues] == [IssueCode.TEMPLATE_CHANGED]


def test_another_version_of_the_template_is_refused(read, workbook):
    def fill(opened):
        opened[layout.META]["B2"] = "1-2025-000000000000"

    intake = read(workbook(fill))

    assert _found(intake) == [(IssueCode.TEMPLATE_OTHER, "_meta!B2", "1-2025-000000000000")]
    assert intake.submission is None


@pytest.mark.parametrize("framework", ["someone-else", "demonstration-2019", None])
def test_template_of_a_framework_that_is_not_loaded_is_refused(read, workbook, framework):
    def fill(opened):
        opened[layout.META]["B1"] = framework

    with pytest.raises(SubmissionUnreadable, match="没有载入的指标体系"):
        read(workbook(fill))


def test_template_of_another_loaded_framework_is_read_by_its_own_rows(read, book, tmp_path):
    path = tmp_path / "核心.xlsx"
    write_template(book.framework("core-15"), book, path)
    opened = load_workbook(path)
    for row, text in ((3, "错例县"), (4, "县级"), (5, "错例县"), (8, 2024)):
        opened[layout.BASICS].cell(row, 2).value = text
    stream = io.BytesIO()
    opened.save(stream)

    intake = read(stream.getvalue())

    assert intake.issues == ()
    assert intake.submission.template.id == "core-15"


@pytest.mark.parametrize("sheet", [layout.BASICS, layout.FIGURES, layout.META])
def test_missing_sheet_is_named(read, workbook, sheet):
    with pytest.raises(SubmissionUnreadable, match=f"缺少工作表：{sheet}"):
        read(workbook(lambda opened: opened.remove(opened[sheet])))


def test_chart_sheet_in_place_of_a_sheet_is_no_sheet(read, workbook):
    def fill(opened):
        opened.remove(opened[layout.BASICS])
        opened.create_chartsheet(layout.BASICS).add_chart(BarChart())

    with pytest.raises(SubmissionUnreadable, match=f"缺少工作表：{layout.BASICS}"):
        read(workbook(fill))


def test_sheet_of_yardsticks_may_be_missing(read, workbook):
    intake = read(workbook(lambda opened: opened.remove(opened[layout.YARDSTICKS])))

    assert intake.issues == ()


@pytest.mark.parametrize(
    "year", ["二〇二四", "24", "2024-2025", "20245", "今年", None, -2024, 2024.5]
)
def test_year_that_is_no_year_is_one_issue_at_its_cell(read, workbook, rows, year):
    def fill(opened):
        _put(rows, "report-published-on", value="2025-03-01", quote="公开")(opened)
        opened[layout.BASICS]["B8"] = year

    intake = read(workbook(fill))

    assert [(i.code, i.location.place, i.allowed) for i in intake.issues] == [
        (IssueCode.FIELD_INVALID, "基本信息!B8", "四位年份，如 2025")
    ]


@pytest.mark.parametrize(
    "year", [2024, "2024", "2024年", 2024.0, " 2024 ", "\uff12\uff10\uff12\uff14"]
)
def test_year_in_the_ways_people_write_it(read, workbook, year):
    def fill(opened):
        opened[layout.BASICS]["B8"] = year

    assert read(workbook(fill)).submission.period.start == date(2024, 1, 1)


def test_all_faults_of_a_workbook_are_told_in_one_round(read, workbook, rows):
    def fill(opened):
        _put(rows, CASES, value="很多", is_claim="也许")(opened)
        _put(rows, RATE, value="98 %", numerator=90, denominator=100)(opened)
        opened[layout.BASICS]["B4"] = "县处级"
        opened[layout.BASICS]["B8"] = "今年"
        opened[layout.YARDSTICKS]["A3"] = "city-mean"

    found = {(code, place) for code, place, _ in _found(read(workbook(fill)))}

    assert found == {
        (IssueCode.VALUE_NOT_NUMBER, f"指标填报!E{rows[CASES].number}"),
        (IssueCode.VALUE_NOT_YES_NO, f"指标填报!J{rows[CASES].number}"),
        (IssueCode.VALUE_CONVERTED, f"指标填报!E{rows[RATE].number}"),
        (IssueCode.RATIO_MISMATCH, f"指标填报!E{rows[RATE].number}"),
        (IssueCode.FIELD_INVALID, "基本信息!B4"),
        (IssueCode.FIELD_INVALID, "基本信息!B8"),
        (IssueCode.FIELD_MISSING, "基准值!A3"),
    }


def test_blank_head_is_named_in_the_words_of_the_sheet(read, workbook):
    def fill(opened):
        for row in (3, 4):
            opened[layout.BASICS].cell(row, 2).value = None

    found = [(one.found, one.allowed) for one in read(workbook(fill)).issues]

    assert found == [
        ("单位名称", "≥2 字"),
        ("层级", "省级、市级、县级、乡镇级、部门"),
    ]
