"""The shipped targets against the list of 150 read by hand from the three plans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.target import Target
from scoring import Rulebook
from scoring.yaml_strict import parse_yaml

PLAN_END = "2025-12-31"
SOURCES = {
    "000": "jiashan-outline-2021-2025",
    "001": "huzhou-plan-14th",
    "003": "district-scheme",
}
COMPARATORS = {"=": "=", "<": "<", "<=": "<=", ">=": ">=", "count": "count", "down": "decline"} | {
    "up": "growth", "exists": "exists", "rank": "rank", "= 0": "zero", "<= (relative)": "relative<="
}  # fmt: skip
UNITS = {
    "%": "percent", "%/件": "percent", "分": "point", "人/万人": "per-10k", "人": "person",
    "件/万人": "cases-per-10k", "件": "case", "个": "unit-count", "期/年": "session",
    "次": "time", "次/年": "time", "次/2年": "time", "次/任期": "time", "学时/人·年": "hour",
    "项": "thing", "清单/年": "list-kind", "元": "yuan", "名次": "rank", "-": "yes-no",
}  # fmt: skip
KINDS = {"T": "trend", "R": "relative", "B": "boolean", "N": "zero_tolerance"}

Row = dict[str, str]
Reading = Callable[[Row], object]


def _comparator(row: Row) -> str:
    written = row["cmp"]
    return COMPARATORS.get(written) or COMPARATORS[written.split()[0]]


def _value(row: Row) -> Decimal | None:
    number = re.match(r"\d+(\.\d+)?", row["value"])
    return Decimal(number[0]) if number else None


def _dates(row: Row) -> tuple[str | None, str, str | None]:
    """Return due day, where it comes from, and the second reading."""
    written = row["deadline"]
    if written.startswith("2023年前"):  # before 2023 begins, or by the end of 2023
        return "2023-12-31", "stated", "2022-12-31"
    if year := re.match(r"20\d\d", written):
        return f"{year[0]}-12-31", "stated", None
    if written.startswith("none stated") or written == "plan period":
        return PLAN_END, "assumed_plan_end", None
    if written == "ongoing" or "must be kept" in written:
        return None, "ongoing", None
    return None, "yearly", None


def _kind(row: Row) -> str:
    implied = "implied" if "implied" in row["kind"] else "quantified"
    return KINDS.get(row["kind"][0], implied)


def _force(row: Row) -> str:
    hopes = "力争" in row["cmp"] or "争创" in row["cmp"]
    return "aspirational" if hopes else "binding"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


READINGS: dict[str, Reading] = {
    "comparator": _comparator,
    "value": _value,
    "unit": lambda row: UNITS.get(row["unit"], row["unit"]),
    "dates": _dates,
    "kind": _kind,
    "force": _force,
    "label": lambda row: _plain(row["指标短名"]),
    "scope": lambda row: _plain(row["scope"]),
    "clause": lambda row: _plain(row["clause"]),
}


def _ours(target: Target) -> dict[str, object]:
    (value,) = target.values
    days = [None if day is None else day.isoformat() for day in (value.due, value.due_other)]
    return {
        "comparator": target.comparator.value,
        "value": value.value,
        "unit": target.unit,
        "dates": (days[0], value.due_basis.value, days[1]),
        "kind": target.kind,
        "force": target.force.value,
        "label": _plain(target.label),
        "scope": _plain(target.scope),
        "clause": _plain(target.clause),
    }


@pytest.fixture(scope="module")
def shipped(book: Rulebook) -> dict[str, Target]:
    return {
        target.id: target
        for plan in book.target_sets.values()
        if plan.region != "*"
        for target in plan.targets
    }


@pytest.fixture(scope="module")
def intended() -> dict[tuple[str, str], object]:
    path = Path(__file__).with_name("gold_differences.yaml")
    document = parse_yaml(path.read_text(encoding="utf-8"))
    rows = document.value["differences"]

    assert document.faults == ()
    assert all(row["why"] for row in rows)
    return {(row["id"], row["field"]): row["ours"] for row in rows}


def test_shipped_targets_are_those_of_the_list(gold, shipped) -> None:
    assert len(gold) == 150
    assert shipped.keys() == gold.keys()


def test_each_target_stands_in_the_plan_it_was_read_from(gold, book: Rulebook) -> None:
    found = {
        target.id: plan.source
        for plan in book.target_sets.values()
        if plan.region != "*"
        for target in plan.targets
    }

    assert found == {name: SOURCES[row["source"]] for name, row in gold.items()}


@pytest.mark.parametrize("field", READINGS)
def test_targets_say_what_the_plans_say_but_for_the_intended_differences(
    gold, shipped, intended, field: str
) -> None:
    read = {name: READINGS[field](row) for name, row in gold.items()}
    ours = {name: _ours(target)[field] for name, target in shipped.items()}
    found = {(name, field): ours[name] for name in read if read[name] != ours[name]}
    expected = {
        key: _plain(value) if field in ("clause", "label", "scope") else value
        for key, value in intended.items()
        if key[1] == field
    }

    assert found == expected


def test_every_intended_difference_is_about_a_target_that_exists(intended, shipped) -> None:
    assert {name for name, _ in intended} <= shipped.keys()
    assert {field for _, field in intended} <= READINGS.keys()


def test_targets_outside_the_field_are_those_of_courts_party_and_congress(shipped) -> None:
    # domain: 司法 HZ28–34, HZ68–69; 立法权 HZ15–16; 党建, 人大, 政法 HZ10–14, HZ50–52, HZ54–56.
    numbers = [*range(28, 35), 68, 69, 15, 16, *range(10, 15), *range(50, 53), *range(54, 57)]
    outside = {target.id for target in shipped.values() if target.outside}

    assert outside == {f"HZ{number}" for number in numbers}
    assert all(shipped[name].item is None for name in outside)
