"""Every fault code, each from a small bad file, at its file and line and nothing else.

A line that ends in `#! code` is where the author of the bad file expects that fault.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import read_library
from scoring.lint import FAULT_CODES, lint_library

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
      - {from: 2021-01-01, value: 90, due_basis: ongoing}
"""
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
nodes:
  - {code: A, label: 甲, points: 10}
  - code: A1
    parent: A
    label: 乙
    points: 10
    rule: {kind: proportional, item: case-pass-rate}
"""
WEIGHTS = """\
schema: weight-set/1
id: my-weights
framework: core-15
label: 某权重
provenance: house
source: house-framework-2026
checked_on: 2026-01-10
weights:
  - {code: B, weight: 40}
  - {code: C, weight: 60}
excluded:
  - {code: D, why: 无}
  - {code: F, why: 无}
  - {code: G, why: 无}
  - {code: H, why: 无}
  - {code: I, why: 无}
"""
SCHEME = """\
schema: scheme/1
id: my-scheme
label: 某方案
provenance: house
source: house-framework-2026
rounding: {places: 2, mode: half_up}
bands:
  - {grade: 好, min: 60}
  - {grade: 差, min: 0}
policies:
  - id: plain
    label: 计零
    outcomes:
      - {outcome: not_reported, action: zero}
      - {outcome: not_assessable, action: zero}
      - {outcome: not_applicable, action: rescale}
      - {outcome: not_due, action: progress}
      - {outcome: pending_review, action: zero}
default_policy: {binding: plain, reference: plain}
blends:
  - id: report-only
    label: 仅报告
    provenance: house
    parts:
      - {id: report, label: 报告, weight: 100}
"""
UNITS = """\
schema: units/1
units:
  - {id: league, label: 里, dimension: count}
"""
SOUND = {"plan": PLAN, "framework": FRAMEWORK, "weights": WEIGHTS, "scheme": SCHEME, "units": UNITS}


def _put(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


BAD = {
    "syntax": _put(UNITS, "units:\n", "units: ]  #! syntax\n"),
    "duplicate-key": UNITS + "schema: units/1  #! duplicate-key\n",
    "alias": _put(UNITS, "{id: league,", "&a {id: league,").replace("count}", "count}  #! alias"),
    "tag": _put(UNITS, "count}", "!!str count}  #! tag"),
    "key": UNITS + "? [a, b]  #! key\n: 1\n",
    "too-deep": UNITS + "deep: " + "[" * 40 + "]" * 40 + "  #! too-deep\n",
    "schema": _put(UNITS, "units/1", "unit/1  #! schema"),
    "field": _put(UNITS, "count}", "count, colour: red}  #! field"),
    "weight": _put(WEIGHTS, "{code: B, weight: 40}", "{code: B, weight: 0}  #! weight"),
    "missing-source": _put(PLAN, "    clause: 第一条\n", "").replace(
        "- id: T1", "- id: T1  #! missing-source"
    ),
    "duplicate-id": UNITS + "  - {id: league, label: 里, dimension: count}  #! duplicate-id\n",
    "unknown-reference": _put(PLAN, "case-pass-rate", "case-pass-rat  #! unknown-reference"),
    "sum": _put(FRAMEWORK, "full_mark: 10", "full_mark: 11  #! sum"),
    "empty-group": FRAMEWORK + "  - {code: B, label: 丙}  #! empty-group\n",
    "cycle": FRAMEWORK + "  - {code: B, parent: B, label: 丙}  #! cycle\n",
    "wrong-side": _put(PLAN, '">="', '"<="  #! wrong-side'),
    "unit-mismatch": _put(PLAN, "unit: percent", "unit: person  #! unit-mismatch"),
    "date-order": PLAN
    + "      - {from: 2021-01-01, value: 95, due_basis: ongoing}  #! date-order\n",
    "band-gap": _put(SCHEME, "min: 0}", "min: 1}  #! band-gap"),
    "band-overlap": _put(SCHEME, "min: 60}", "min: 60}\n  - {grade: 中, min: 60}  #! band-overlap"),
    "policy": _put(SCHEME, "      - {outcome: pending_review, action: zero}\n", "").replace(
        "    outcomes:", "    outcomes:  #! policy"
    ),
}


def test_every_fault_code_has_a_bad_file() -> None:
    assert set(BAD) | {"unreadable"} == set(FAULT_CODES)


def test_shipped_rules_have_no_fault() -> None:
    assert lint_library(read_library()) == ()


@pytest.mark.parametrize("name", SOUND)
def test_sound_file_has_no_fault(write, faults_in, name: str) -> None:
    assert faults_in(write(f"{name}.yaml", SOUND[name])) == []


@pytest.mark.parametrize("code", BAD)
def test_bad_file_has_exactly_its_fault(write, faults_in, marked, code: str) -> None:
    path = write("bad.yaml", BAD[code])
    expected = marked(path)

    assert [found for _, _, found in expected] == [code]
    assert faults_in(path) == expected


def test_file_that_is_not_utf8_is_unreadable(faults_in, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes("schema: units/1  # 单位\n".encode("gbk"))

    assert faults_in(path) == [("bad.yaml", 1, "unreadable")]


def test_file_that_is_not_there_is_unreadable(faults_in, tmp_path: Path) -> None:
    assert faults_in(tmp_path / "absent.yaml") == [("absent.yaml", 1, "unreadable")]


def test_missing_source_of_a_whole_file_is_found(write, faults_in) -> None:
    path = write("bad.yaml", _put(PLAN, "source: district-scheme\n", ""))

    assert faults_in(path) == [("bad.yaml", 1, "missing-source")]


SEVERAL = """\
schema: framework/1
id: my-framework
edition: "1"
label: 某体系
provenance: house
source: nowhere  #! unknown-reference
checked_on: 2026-01-10
status: scorable
full_mark: 12  #! sum
scheme: standrad  #! unknown-reference
nodes:
  - {code: A, label: 甲, points: 9}  #! sum
  - code: A1
    parent: A
    label: 乙
    points: 10
    rule: {kind: lower_is_better, item: case-pass-rate}  #! wrong-side
  - code: A1  #! duplicate-id
    parent: A
    label: 丙
    points: 1
    rule: {kind: checklist, items: [enforcement-publicity, case-pass-rate]}  #! unit-mismatch
  - {code: B, label: 丁}  #! empty-group
  - code: C
    label: 戊
    points: 3
    rule: {kind: proportional, item: head-appearance-rate, floor: 100}
"""


def test_all_faults_of_one_file_are_reported_at_once(write, faults_in, marked) -> None:
    # 10 + 1 under A against 9 declared; 10 + 1 + 3 = 14 against a full mark of 12;
    # a floor of 100 is not below the 100 of JS17, nor below that of HZ20.
    path = write("bad.yaml", SEVERAL)
    floor = [("bad.yaml", 27, "wrong-side")] * 2

    assert faults_in(path) == sorted(marked(path) + floor)


def test_faults_of_several_files_are_reported_at_once_in_order(write, faults_in) -> None:
    first = write("a.yaml", BAD["sum"])
    second = write("b.yaml", BAD["policy"])
    third = write("c.yaml", BAD["tag"])

    assert faults_in(third, second, first) == [
        ("a.yaml", 9, "sum"),
        ("b.yaml", 13, "policy"),
        ("c.yaml", 3, "tag"),
    ]


def test_fault_names_what_comes_nearest(write) -> None:
    path = write("bad.yaml", BAD["unknown-reference"])
    (fault,) = lint_library(read_library([path]))

    assert fault.message == "no item 'case-pass-rat'; did you mean 'case-pass-rate'?"
