"""Rule files read as they are written: no implicit types, exact numbers, lines kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scoring.yaml_strict import MAX_DEPTH, YamlDocument, YamlFault, parse_yaml


@pytest.mark.parametrize(
    "written",
    [
        "1:20", "012", "-012", "no", "No", "NO", "yes", "on", "off", "y", "n", "True", "FALSE",
        "NULL", "Null", "1e3", "1.5e3", "+5", ".5", "5.", "1_000", "0x1F", "0o7", "0b1", ".inf",
        "-.inf", ".nan", "2024-1-5", "2024-02-30", "2023-02-29", "2024-01-01 08:00:00",
        "2024-01-01T08:00:00Z", "190:20:30", "1,000", "\uff13", "<<", "5%", "1.2.3", "--1",
    ],
)  # fmt: skip
def test_plain_text_stays_what_was_written(written: str) -> None:
    document = parse_yaml(f"value: {written}")

    assert document.value == {"value": written}
    assert document.faults == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", 0),
        ("-7", -7),
        ("150", 150),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-06-30", date(2023, 6, 30)),
    ],
)
def test_typed_scalar_has_exactly_its_type(written: str, expected: object) -> None:
    value = parse_yaml(f"value: {written}").value

    assert value == {"value": expected}
    assert type(value["value"]) is type(expected)


@pytest.mark.parametrize("written", ["1.10", "0.16", "-0.5", "97.780", "0.1000000000000000001"])
def test_decimal_keeps_every_digit_written(written: str) -> None:
    value = parse_yaml(f"value: {written}").value["value"]

    assert isinstance(value, Decimal)
    assert str(value) == written


@pytest.mark.parametrize("written", ['"12"', "'true'", '"2024-01-01"', '"1.10"', '""', "'~'"])
def test_quoted_scalar_is_text(written: str) -> None:
    assert parse_yaml(f"value: {written}").value == {"value": written[1:-1]}


def test_block_scalar_is_text() -> None:
    assert parse_yaml("value: |\n  12\n").value == {"value": "12\n"}


def test_number_too_long_to_be_meant_is_text() -> None:
    assert parse_yaml("value: " + "9" * 32).value == {"value": "9" * 32}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert parse_yaml("1: a\nno: b\n2024-01-01: c").value == {
        "1": "a",
        "no": "b",
        "2024-01-01": "c",
    }


def test_duplicate_key_names_both_lines_and_keeps_looking() -> None:
    document = parse_yaml("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n")

    assert document.faults == (
        YamlFault(3, "duplicate-key", "key 'a' repeats line 1"),
        YamlFault(6, "duplicate-key", "key 'd' repeats line 5"),
    )


def test_keys_of_different_spelling_but_one_name_are_duplicates() -> None:
    assert [fault.code for fault in parse_yaml('1: a\n"1": b\n').faults] == ["duplicate-key"]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: &x 1\n", 1, "alias"),
        ("a: 1\nb: &x [1]\n", 2, "alias"),
        ("a: 1\nb: 2\nc: *a\n", 3, "alias"),
        ("a: 1\nb: !!str 1\n", 2, "tag"),
        ("a: 1\nb: ! 1\n", 2, "tag"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: 1\nb: !mine {c: 1}\n", 2, "tag"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "key"),
        ("a: 1\n---\nb: 2\n", 2, "syntax"),
        ("a: 1\nb: ]\n", 2, "syntax"),
        ("a: 1\n\tb: 2\n", 2, "syntax"),
        ('a: 1\nb: "c\n', 3, "syntax"),
        ("a: \x00\n", 1, "syntax"),
    ],
)
def test_what_is_not_plain_is_a_fault_at_its_line(text: str, line: int, code: str) -> None:
    document = parse_yaml(text)

    assert [(fault.line, fault.code) for fault in document.faults] == [(line, code)]


def test_nesting_up_to_the_limit_is_read() -> None:
    document = parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH)

    assert document.faults == ()


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_nesting_over_the_limit_is_a_fault(depth: int) -> None:
    document = parse_yaml("\n" + "[" * depth)

    assert [(fault.line, fault.code) for fault in document.faults] == [(2, "too-deep")]


def test_doubling_aliases_are_refused_before_they_grow() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    assert [fault.code for fault in parse_yaml(bomb).faults] == ["alias"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "\ufeff"])
def test_empty_text_has_no_value_and_no_fault(text: str) -> None:
    document = parse_yaml(text)

    assert document.value is None
    assert document.faults == ()


def test_byte_order_mark_is_passed_over() -> None:
    assert parse_yaml("\ufeffa: 1\n").value == {"a": 1}


def test_lines_of_every_value_are_known() -> None:
    document = parse_yaml("a: 1\nlist:\n  - b: 2\n  -\n    b: 3\n    c: {d: 4}\n")

    assert document.line(("a",)) == 1
    assert document.line(("list", 0, "b")) == 3
    assert document.line(("list", 1, "b")) == 5
    assert document.line(("list", 1, "c", "d")) == 6


def test_line_of_something_absent_is_that_of_what_it_is_missing_from() -> None:
    document = parse_yaml("a: 1\nlist:\n  - b: 2\n  - b: 3\n")

    assert document.line(("list", 1, "absent", "deeper")) == 4
    assert YamlDocument(None, {}, ()).line(("a",)) == 1
