"""One field as typed: what is taken, what is refused, what is said about it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from assessor.intake.cells import ANY_UNIT, Typed, clean_text, convert
from schemas.issue import IssueCode
from schemas.target import Unit
from scoring import Rulebook

COUNTED = Unit(id=ANY_UNIT, label="数", dimension="count")


def _wide(ascii_text: str) -> str:
    """Return a text in full-width characters, as Chinese input methods write digits."""
    return "".join(chr(ord(character) + 0xFEE0) for character in ascii_text)


def _convert(book: Rulebook, raw: object, unit: str, *, shows_percent: bool = False):
    return convert(Typed(raw, shows_percent), book.units[unit])


def _codes(cell) -> list[IssueCode]:
    return [code for code, _, _ in cell.issues]


@pytest.mark.parametrize(
    ("raw", "shows_percent", "value", "codes"),
    [
        (Decimal("0.0497"), False, "0.0497", [IssueCode.PERCENT_AMBIGUOUS]),
        (0.0497, False, "0.0497", [IssueCode.PERCENT_AMBIGUOUS]),
        ("0.0497", False, "0.0497", [IssueCode.PERCENT_AMBIGUOUS]),
        (1, False, "1", [IssueCode.PERCENT_AMBIGUOUS]),
        (0, False, "0", []),
        (Decimal("4.97"), False, "4.97", []),
        (4.97, False, "4.97", []),
        ("4.97%", False, "4.97", []),
        (_wide("4.97%"), False, "4.97", []),
        ("0.5%", False, "0.5", []),
        ("4.97 %", False, "4.97", [IssueCode.VALUE_CONVERTED]),
        (0.0497, True, "4.97", []),
        (0.9778, True, "97.78", []),
        (1, True, "100", []),
        (0.07, True, "7", []),
    ],
)
def test_percent_is_read_by_its_sign_or_its_format(book, raw, shows_percent, value, codes):
    cell = _convert(book, raw, "percent", shows_percent=shows_percent)

    assert str(cell.value) == value
    assert _codes(cell) == codes


def test_ambiguous_percent_names_both_readings(book):
    cell = _convert(book, Decimal("0.0497"), "percent")

    assert cell.issues == ((IssueCode.PERCENT_AMBIGUOUS, "0.0497", "4.97% / 0.0497%"),)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (_wide("704"), "704"),
        ("704件", "704"),
        ("704 件", "704"),
        ("\u00a0704\u00a0", "704"),
        ("1,234", "1234"),
        (_wide("1,234"), "1234"),
        ("1,234,567件", "1234567"),
        ("+5", "5"),
        (704.0, "704"),
        (704, "704"),
        ("12.50", "12.50"),
    ],
)
def test_written_counts_are_read(book, raw, value):
    assert str(_convert(book, raw, "case").value) == value


@pytest.mark.parametrize(
    "raw",
    [
        "12,34",
        "1,2345",
        "约704",
        "704余",
        "七百",
        "7 04",
        "1e3",
        "1.2.3",
        "0x10",
        "704/705",
        "1，2",
    ],
)
def test_numbers_that_need_guessing_are_refused(book, raw):
    cell = _convert(book, raw, "case")

    assert cell.value is None
    assert _codes(cell)[0] in (IssueCode.VALUE_NOT_NUMBER, IssueCode.UNIT_MISMATCH)


@pytest.mark.parametrize("raw", [True, date(2024, 5, 1), datetime(2024, 5, 1, 8)])  # noqa: DTZ001
def test_a_yes_or_a_day_is_no_number(book, raw):
    cell = _convert(book, raw, "case")

    assert cell.value is None
    assert _codes(cell) == [IssueCode.VALUE_NOT_NUMBER]


def test_number_with_another_unit_is_refused(book):
    cell = _convert(book, "704人", "case")

    assert cell == (None, ((IssueCode.UNIT_MISMATCH, "704人", "件"),))


def test_numerator_may_carry_any_counting_unit():
    assert convert(Typed("277人"), COUNTED).value == Decimal(277)


@pytest.mark.parametrize(
    "raw", ["无", "/", "—", "——", "-", "--", "未统计", "暂无", "N/A", "无数据"]
)
def test_words_for_nothing_are_blank_and_said_so(book, raw):
    cell = _convert(book, raw, "case")

    assert cell.value is None
    assert _codes(cell) == [IssueCode.VALUE_CONVERTED]


@pytest.mark.parametrize("raw", [None, "", "   ", "\u3000", "\t\n"])
def test_an_empty_field_is_blank_without_remark(book, raw):
    assert _convert(book, raw, "case") == (None, ())


@pytest.mark.parametrize("raw", [0, "0", 0.0, _wide("0")])
def test_zero_is_zero_and_not_blank(book, raw):
    assert _convert(book, raw, "case").value == Decimal(0)


@pytest.mark.parametrize(
    "raw", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"]
)
def test_error_values_of_a_workbook_are_named(book, raw):
    assert _codes(_convert(book, raw, "case")) == [IssueCode.VALUE_CELL_ERROR]


@pytest.mark.parametrize(
    "raw", ["=cmd|' /C calc'!A0", "@SUM(1)", "+cmd", "-cmd|x", "\t=1+1", "＝1", "=HYPERLINK(1)"]
)
@pytest.mark.parametrize("unit", ["case", "percent", "yes-no", "day", "tier"])
def test_text_like_a_formula_is_never_taken(book, raw, unit):
    cell = _convert(book, raw, unit)

    assert cell.value is None
    assert IssueCode.VALUE_FORMULA_TEXT in _codes(cell)


def test_a_minus_sign_before_digits_is_a_number(book):
    assert _convert(book, "-5", "case").value == Decimal(-5)


def test_control_characters_are_dropped_and_reported(book):
    cell = _convert(book, "7\x0b04\u202e", "case")

    assert cell.value == Decimal(704)
    assert _codes(cell)[0] is IssueCode.VALUE_CONTROL_CHARACTER


def test_half_of_a_character_pair_is_dropped_from_text():
    assert clean_text("错\ud800例") == ("错例", True)
    assert clean_text("错\n例") == ("错\n例", False)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("是", True),
        ("有", True),
        ("√", True),
        (True, True),
        ("1", True),
        ("否", False),
        ("没有", False),
        ("×", False),
        (False, False),
        ("0", False),
        ("—", None),
    ],
)
def test_yes_and_no_in_the_ways_people_write_them(book, raw, value):
    assert _convert(book, raw, "yes-no") == (value, ())


@pytest.mark.parametrize("raw", ["部分", "2", "基本是", "yes and no"])
def test_half_a_yes_is_refused(book, raw):
    assert _codes(_convert(book, raw, "yes-no")) == [IssueCode.VALUE_NOT_YES_NO]


@pytest.mark.parametrize(
    "raw",
    [
        "2025-03-15",
        "2025年3月15日",
        "2025/3/15",
        "2025.03.15",
        _wide("2025") + "年3月15日",
        date(2025, 3, 15),
        datetime(2025, 3, 15, 23, 59),  # noqa: DTZ001
    ],
)
def test_days_in_the_ways_people_write_them(book, raw):
    assert _convert(book, raw, "day") == (date(2025, 3, 15), ())


@pytest.mark.parametrize("raw", ["2025-02-29", "2024-13-45", "3月15日", "45731", 45731, True])
def test_what_is_no_day_is_refused(book, raw):
    cell = _convert(book, raw, "day")

    assert cell.value is None
    assert _codes(cell) == [IssueCode.VALUE_NOT_DAY]


@pytest.mark.parametrize(
    ("raw", "value"), [(0, 0), (3, 3), ("V2", 2), ("v1", 1), (2.0, 2), (_wide("3"), 3)]
)
def test_evidence_levels_are_read(book, raw, value):
    assert _convert(book, raw, "tier") == (Decimal(value), ())


@pytest.mark.parametrize("raw", [4, -1, 2.5, "高", "V9", True])
def test_other_evidence_levels_are_refused(book, raw):
    assert _codes(_convert(book, raw, "tier")) == [IssueCode.VALUE_NOT_TIER]


@pytest.mark.parametrize("raw", ["9" * 31, "1" + "0" * 400, 10**400, Decimal("1E+400"), 1e308])
def test_numbers_no_report_can_hold_are_refused(book, raw):
    cell = _convert(book, raw, "case")

    assert cell.value is None
    assert _codes(cell) == [IssueCode.VALUE_NOT_NUMBER]


def test_noise_of_binary_fractions_does_not_reach_the_value(book):
    assert _convert(book, 0.1 + 0.2, "per-10k").value == Decimal("0.3")
