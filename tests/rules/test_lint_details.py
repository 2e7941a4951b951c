"""Faults that only show when rules are held against each other."""

from __future__ import annotations

import pytest

from schemas.errors import RuleFileError
from scoring import read_library
from scoring.lint import checked_rulebook, lint_library

NODE = """\
schema: framework/1
id: my-framework
edition: "1"
label: 某体系
provenance: house
source: house-framework-2026
checked_on: 2026-01-10
status: scorable
full_mark: 10
scheme: standard
nodes:
  - code: A1
    label: 乙
    points: 10
    {rule}
"""
PLAN = """\
schema: target-set/1
id: my-plan
label: 某县规划
source: district-scheme
provenance: official
checked_on: 2026-01-10
region: 某县
level: county
period: {{from: 2021-01-01, to: 2025-12-31}}
targets:
  - id: T1
    label: 甲
    item: {item}
    kind: quantified
    comparator: "{comparator}"
    unit: {unit}
    levels: [county]
    clause: 第一条
    values:
      - {value}
"""
USUAL = {
    "item": "case-pass-rate",
    "comparator": ">=",
    "unit": "percent",
    "value": "{from: 2021-01-01, value: 90, due_basis: ongoing}",
}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("rule: {kind: proportional, item: first-instance-loss-rate}", "wrong-side"),
        ("rule: {kind: lower_is_better, item: case-pass-rate}", "wrong-side"),
        ("rule: {kind: trend, item: petition-volume, improves: up}", "wrong-side"),
        ("rule: {kind: deduction, item: case-pass-rate, each: 10}", "unit-mismatch wrong-side"),
        ("rule: {kind: tiered, item: case-pass-rate}", "unit-mismatch"),
        ("rule: {kind: deadline, item: case-pass-rate, month: 4, day: 1}", "unit-mismatch"),
        (
            "rule: {kind: checklist, items: [enforcement-publicity, report-published-on]}",
            "unit-mismatch",
        ),
        (
            "rule: {kind: proportional, item: case-pass-rate, accepts: [report-published-on]}",
            "unit-mismatch",
        ),
        ("rule: {kind: count, item: law-lectures, related: [nothing]}", "unknown-reference"),
        ("rule: {kind: deadline, item: report-published-on, month: 2, day: 30}", "field"),
        ("rule: {kind: deadline, item: report-published-on, month: 2, day: 29}", "field"),
        ("rule: {kind: guess, item: case-pass-rate}", "field"),
        ("rule: {kind: proportional, item: case-pass-rate, formula: x / y}", "field"),
        ("parts: [{rule: {kind: expert, item: case-pass-rate}, share: 0}]", "weight"),
        ("remedy: 无", "empty-group sum sum"),
    ],
)
def test_rule_that_cannot_score_its_item_is_found(write, faults_in, rule: str, code: str) -> None:
    found = faults_in(write("bad.yaml", NODE.format(rule=rule)))

    assert sorted(one for _, _, one in found) == code.split()
    assert {name for name, _, _ in found} == {"bad.yaml"}


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        ({"value": "{from: 2020-12-31, value: 90, due_basis: ongoing}"}, 20, "date-order"),
        ({"value": "{from: 2026-01-01, value: 90, due_basis: ongoing}"}, 20, "date-order"),
        ({"value": "{from: 2021-01-01, value: 90, due_basis: stated}"}, 20, "date-order"),
        (
            {"value": "{from: 2022-01-01, value: 90, due: 2021-12-31, due_basis: stated}"},
            20,
            "date-order",
        ),
        ({"value": "{from: 2021-01-01, value: null, due_basis: ongoing}"}, 20, "field"),
        ({"value": "{from: 2021-01-01, value: about 90, due_basis: ongoing}"}, 20, "field"),
        ({"value": "{from: 2021-13-01, value: 90, due_basis: ongoing}"}, 20, "field"),
        ({"comparator": "decline"}, 15, "wrong-side"),
        ({"comparator": "zero"}, 15, "wrong-side"),
        ({"comparator": "about"}, 15, "field"),
        ({"item": "first-instance-loss-rate"}, 15, "wrong-side"),
        ({"comparator": "rank", "unit": "rank"}, 11, "unknown-reference"),
        ({"unit": "per-10k"}, 16, "unit-mismatch"),
        ({"unit": "percentage"}, 16, "unknown-reference"),
    ],
)
def test_target_that_cannot_be_held_is_found(
    write, faults_in, change: dict[str, str], line: int, code: str
) -> None:
    path = write("bad.yaml", PLAN.format(**(USUAL | change)))

    assert faults_in(path) == [("bad.yaml", line, code)]


def test_second_reading_of_a_date_is_never_the_kinder_one(write, faults_in) -> None:
    value = (
        "{from: 2021-01-01, value: 90, due: 2022-12-31, due_other: 2023-12-31, due_basis: stated}"
    )
    path = write("bad.yaml", PLAN.format(**USUAL | {"value": value}))

    assert faults_in(path) == [("bad.yaml", 20, "date-order")]


@pytest.mark.parametrize(
    "text",
    [
        "schema: units/1\nunits:\n  - {id: percent, label: 百分比, dimension: rate}\n",
        "schema: items/1\nitems:\n  - {id: law-lectures, label: 课, unit: session, definition: 期}",
        "schema: sources/1\nsources:\n  - {id: district-scheme, title: 甲, provenance: house}\n",
    ],
)
def test_id_that_a_shipped_file_has_is_found_at_the_users_line(write, faults_in, text: str) -> None:
    assert faults_in(write("mine.yaml", text)) == [("mine.yaml", 3, "duplicate-id")]


def test_id_twice_across_a_users_files_names_the_first_place(write) -> None:
    text = "schema: units/1\nunits:\n  - {id: league, label: 里, dimension: count}\n"
    first, second = write("a.yaml", text), write("b.yaml", text)
    (fault,) = lint_library(read_library([first, second]))

    assert (fault.file, fault.line) == (second.as_posix(), 3)
    assert fault.message == f"'league' already stands in {first.as_posix()}:3"


def test_plan_given_twice_is_found(write, faults_in) -> None:
    text = PLAN.format(**USUAL)
    first, second = write("a.yaml", text), write("b.yaml", text)

    assert ("b.yaml", 2, "duplicate-id") in faults_in(first, second)
    assert ("a.yaml", 2, "duplicate-id") not in faults_in(first, second)


def test_second_set_of_checks_is_found_instead_of_ignored(write, faults_in) -> None:
    path = write("mine.yaml", "schema: checks/1\nseverities: []\n")

    assert faults_in(path) == [("mine.yaml", 1, "duplicate-id")]


def test_field_named_like_a_rule_kind_keeps_its_line(write, faults_in) -> None:
    path = write(
        "bad.yaml",
        "schema: framework/1\nid: old\nedition: '1'\nlabel: 甲\nprovenance: recalled\n"
        "source: demonstration-2019\nchecked_on: 2026-01-10\nstatus: outline\ncounts:\n"
        "  - level: 1\n    count: 0\n    provenance: recalled\n    source: demonstration-2019\n",
    )

    assert faults_in(path) == [("bad.yaml", 11, "field")]


def test_four_levels_of_nodes_are_one_too_many(write, faults_in) -> None:
    nodes = "\n".join(
        f"  - {{code: {code}, label: 甲{parent}}}"
        for code, parent in (("A", ""), ("B", ", parent: A"), ("C", ", parent: B"))
    )
    text = NODE.format(rule="parent: C\n    rule: {kind: proportional, item: case-pass-rate}")
    path = write("bad.yaml", text.replace("nodes:\n", f"nodes:\n{nodes}\n"))

    assert faults_in(path) == [("bad.yaml", 15, "cycle")]


def test_two_nodes_above_each_other_are_a_cycle(write, faults_in) -> None:
    text = NODE.format(rule="rule: {kind: proportional, item: case-pass-rate}")
    ring = "  - {code: B, parent: C, label: 甲}\n  - {code: C, parent: B, label: 甲}\n"
    path = write("bad.yaml", text + ring)

    assert faults_in(path) == [("bad.yaml", 16, "cycle"), ("bad.yaml", 17, "cycle")]


def test_faulty_rules_of_a_user_are_never_used(write) -> None:
    path = write("bad.yaml", PLAN.format(**USUAL | {"unit": "person"}))
    with pytest.raises(RuleFileError, match=r"bad\.yaml:16: \[unit-mismatch\]"):
        checked_rulebook(read_library([path]))
