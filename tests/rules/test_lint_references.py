"""Names that do not exist, wherever a rule file can write one, and trees that do not hold."""

from __future__ import annotations

import re

import pytest

FRAMEWORK = """\
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
counts:
  - {level: 1, count: 1, provenance: house, source: house-framework-2026}
nodes:
  - {code: A, label: 甲, points: 10}
  - code: A1
    parent: A
    label: 乙
    points: 10
    rule: {kind: lower_is_better, item: first-instance-loss-rate, zero_at: 20}
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
period: {from: 2021-01-01, to: 2025-12-31}
targets:
  - id: T1
    label: 甲
    item: case-pass-rate
    kind: quantified
    comparator: ">="
    unit: percent
    levels: [county]
    clause: 第一条
    values:
      - {from: 2021-01-01, value: 90, due_basis: ongoing, source: district-scheme}
"""
ITEMS = """\
schema: items/1
items:
  - {id: road, label: 路, unit: league, definition: 路长}
"""


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (FRAMEWORK, "zero_at: 20", "zero_at: 8.1", []),
        # 8 is the limit of JS19 and of HZ27: two targets, one fault for each.
        (FRAMEWORK, "zero_at: 20", "zero_at: 8", [(19, "wrong-side")] * 2),
        (FRAMEWORK, "{level: 1, count: 1, provenance: house, source: house-framework-2026}",
         "{level: 1, count: 1, provenance: house, source: nowhere}", [(12, "unknown-reference")]),
        (FRAMEWORK, "    parent: A\n", "    parent: B\n",
         [(14, "empty-group"), (14, "sum"), (16, "unknown-reference")]),
        (FRAMEWORK, "{code: A, label: 甲, points: 10}",
         "{code: A, label: 甲, points: 5, rule: {kind: expert, item: case-pass-rate}}",
         [(9, "sum"), (14, "empty-group")]),
        (FRAMEWORK, "rule: {kind: lower", "parts: []\n    rule: {kind: lower", []),
        (FRAMEWORK, "first-instance-loss-rate", "loss-rate", [(19, "unknown-reference")]),
        (FRAMEWORK, "full_mark: 10\n", "", [(1, "field")]),
        (FRAMEWORK, "    points: 10\n", "", [(15, "field")]),
        (PLAN, "source: district-scheme\nprov", "source: nowhere\nprov",
         [(4, "unknown-reference")]),
        (PLAN, "ongoing, source: district-scheme", "ongoing, source: nowhere",
         [(20, "unknown-reference")]),
        (PLAN, "to: 2025-12-31", "to: 2020-12-31", [(9, "field")]),
        (ITEMS, "league", "league", [(3, "unknown-reference")]),
    ],
)  # fmt: skip
def test_fault_stands_at_its_line(
    faults_of, text: str, old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    assert text.count(old) == 1

    assert faults_of(text.replace(old, new)) == [
        ("bad.yaml", line, code) for line, code in expected
    ]


def test_rule_on_an_item_without_a_unit_blames_the_item_only(write, faults_in) -> None:
    framework = FRAMEWORK.replace("first-instance-loss-rate, zero_at: 20", "road")

    assert faults_in(write("item.yaml", ITEMS), write("frame.yaml", framework)) == [
        ("item.yaml", 3, "unknown-reference")
    ]


@pytest.mark.parametrize(("field", "group"), [("whole", "sums"), ("larger", "at_least")])
def test_item_that_the_data_checks_name_must_exist(
    rule_copy, faults_in, field: str, group: str
) -> None:
    text = rule_copy.before["checks.yaml"]
    changed = re.sub(rf"\b{field}: [a-z0-9-]+", f"{field}: nothing-like-it", text, count=1)
    rule_copy.add("checks.yaml", changed)
    ((name, line, code),) = faults_in()

    assert (name, code) == ("checks.yaml", "unknown-reference")
    assert f"{field}: nothing-like-it" in changed.splitlines()[line - 1]
    assert changed.index(f"\n{group}:") < changed.index("nothing-like-it")
