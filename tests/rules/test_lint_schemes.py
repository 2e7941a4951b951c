"""Faults of grading schemes and weight sets beyond the one example of each code."""

from __future__ import annotations

import pytest

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
vetoes:
  - {code: V1, label: 造假, effect: fail}
bonuses:
  - {code: P1, label: 示范, rate: 1}
blends:
  - id: report-only
    label: 仅报告
    provenance: house
    parts:
      - {id: report, label: 报告, weight: 100}
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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("min: 60}", "min: 0}", [(9, "band-overlap")]),
        ("grade: 差", "grade: 好", [(9, "duplicate-id")]),
        ("min: 0}", "min: 70}", [(9, "band-gap"), (9, "band-overlap")]),
        (", reference: plain}", "}", [(19, "policy")]),
        ("reference: plain}", "reference: plane}", [(19, "unknown-reference")]),
        ("{outcome: not_due,", "{outcome: not_met,", [(13, "policy"), (17, "policy")]),
        ("not_reported, action: zero", "not_reported, action: progress", [(14, "policy")]),
        ("not_reported, action: zero", "not_reported, action: guess", [(14, "field")]),
        ("effect: fail}", "effect: cap_grade, cap: 优}", [(21, "unknown-reference")]),
        (
            "effect: fail}",
            "effect: zero_indicator, indicator: Z9}",
            [(21, "unknown-reference")],
        ),
        ("code: P1", "code: V1", [(23, "duplicate-id")]),
        ("rate: 1}", "rate: 0}", [(23, "weight")]),
        ("id: report-only", "id: report-all", [(24, "unknown-reference")]),
        ("weight: 100}", "weight: 99}", [(25, "sum")]),
        ("{id: report,", "{id: social,", [(25, "unknown-reference")]),
        ("house-framework-2026", "house-framework", [(5, "unknown-reference")]),
        ("mode: half_up", "mode: down", [(6, "field")]),
    ],
)
def test_fault_of_a_scheme_is_found_at_its_line(
    write, faults_in, old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    assert SCHEME.count(old) == 1
    found = faults_in(write("bad.yaml", SCHEME.replace(old, new)))

    assert found == [("bad.yaml", line, code) for line, code in expected]


def test_outcome_settled_twice_leaves_another_open(write, faults_in) -> None:
    # Line 13: not_reported twice and not_due never; line 17: progress is for not_due only.
    path = write("bad.yaml", SCHEME.replace("{outcome: not_due,", "{outcome: not_reported,"))

    assert faults_in(path) == [("bad.yaml", line, "policy") for line in (13, 13, 17)]


def test_blend_given_twice_is_found(write, faults_in) -> None:
    blend = SCHEME[SCHEME.index("  - id: report-only") :]
    path = write("bad.yaml", SCHEME + blend)

    assert faults_in(path) == [("bad.yaml", 30, "duplicate-id")]


def test_policy_given_twice_is_found(write, faults_in) -> None:
    start, end = SCHEME.index("  - id: plain"), SCHEME.index("default_policy")
    path = write("bad.yaml", SCHEME[:end] + SCHEME[start:end] + SCHEME[end:])

    assert faults_in(path) == [("bad.yaml", 19, "duplicate-id")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weight: 60}", "weight: 59.9}", [(8, "sum")]),
        ("weight: 60}", "weight: -60}", [(10, "weight")]),
        ("  - {code: I, why: 无}\n", "", [(8, "sum")]),
        ("{code: I,", "{code: B,", [(8, "sum"), (16, "duplicate-id")]),
        ("{code: I,", "{code: B1,", [(8, "sum"), (16, "unknown-reference")]),
        ("framework: core-15", "framework: core-51", [(3, "unknown-reference")]),
        ("id: my-weights", "id: house", [(2, "duplicate-id")]),
        ("house-framework-2026", "nowhere", [(6, "unknown-reference")]),
        ("label: 某权重", 'label: ""', [(4, "field")]),
    ],
)
def test_fault_of_a_weight_set_is_found_at_its_line(
    write, faults_in, old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    assert WEIGHTS.count(old) == 1
    found = faults_in(write("bad.yaml", WEIGHTS.replace(old, new)))

    assert found == [("bad.yaml", line, code) for line, code in expected]
