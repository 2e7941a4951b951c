"""Figures of the real documents against the hand-checked lists; skipped where they are not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from assessor.reading.normal import Normal, normalise
from assessor.reading.numbers import Mention, Why, find_numbers
from schemas.reading import Bound

REPORTS = {"002": "002-jiaxing-report-2021.txt", "004": "004-xinchang-report-2019.txt"}
PLANS = {
    "000": "000-jiashan-outline-2021-2025.txt",
    "001": "001-huzhou-plan-14th.txt",
    "003": "003-district-scheme.txt",
}
NOT_COUNTED = {"日期", "版本", "次序", "名称", "领域", "小时", "次/年", "-"}
"""Units of rows that hold dates, labels, ordinals and cycles: they must not be figures."""
SHOWN = {"人": {"名", "人"}, "家/人": {"家"}, "名次": {"名次"}}
MARKS = {"+": Bound.AT_LEAST, "~": Bound.APPROX}
EXTRA = {"002": set[str](), "004": set[str]()}
"""Figures found that the lists do not have; each was judged by hand to be one."""


class Row(NamedTuple):
    phrase: str
    value: Decimal
    units: set[str]
    bound: Bound


def read(shared: Path, name: str) -> tuple[str, Normal]:
    raw = (shared / "sources" / name).read_text(encoding="utf-8")
    return raw, normalise(raw)


def gold(shared: Path, report: str) -> list[dict[str, str]]:
    lines = (shared / "gold" / f"{report}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["kind"] == "figure"]


def rows(shared: Path, report: str) -> Iterator[Row]:
    for row in gold(shared, report):
        if row["unit"] in NOT_COUNTED or "唯一" in row["phrase"]:
            continue
        number = re.search(r"\d+(?:\.\d+)?", row["value"])
        assert number is not None
        bound = next((MARKS[mark] for mark in MARKS if mark in row["value"][:1]), Bound.EXACT)
        if row["value"].endswith("+"):
            bound = Bound.AT_LEAST
        if row["value"] == "1+1":
            bound = Bound.EXACT
        units = SHOWN.get(row["unit"], {row["unit"]})
        yield Row(row["phrase"], Decimal(number.group()), units, bound)


def holds(mention: Mention, normal: Normal, raw: str, row: Row) -> bool:
    first, last = normal.raw_span(mention.number_start, mention.number_end)
    place = raw.find(row.phrase)
    while place >= 0:
        if place <= first and last <= place + len(row.phrase):
            same = mention.value == row.value and mention.unit in row.units
            return same and mention.bound is row.bound
        place = raw.find(row.phrase, place + 1)
    return False


@pytest.mark.parametrize("report", REPORTS)
def test_every_listed_figure_is_found_with_value_unit_and_bound(shared, report):
    raw, normal = read(shared, REPORTS[report])
    mentions = find_numbers(normal.text).mentions
    missed = [
        row
        for row in rows(shared, report)
        if not any(holds(mention, normal, raw, row) for mention in mentions)
    ]

    assert missed == []


@pytest.mark.parametrize("report", REPORTS)
def test_every_figure_found_is_listed_or_was_judged_one(shared, report):
    raw, normal = read(shared, REPORTS[report])
    listed = list(rows(shared, report))
    extra = {
        normal.text[mention.start - 4 : mention.end]
        for mention in find_numbers(normal.text).mentions
        if not any(holds(mention, normal, raw, row) for row in listed)
    }

    assert extra == EXTRA[report]


@pytest.mark.parametrize("report", REPORTS)
def test_dates_labels_and_cycles_of_the_lists_are_no_figures(shared, report):
    raw, normal = read(shared, REPORTS[report])
    mentions = find_numbers(normal.text).mentions
    spans = [normal.raw_span(one.number_start, one.number_end) for one in mentions]
    for row in gold(shared, report):
        if row["unit"] not in NOT_COUNTED:
            continue
        place = raw.index(row["phrase"])
        inside = [s for s in spans if place <= s[0] and s[1] <= place + len(row["phrase"])]

        assert inside == [], row["phrase"]


@pytest.mark.parametrize(("report", "n_figures"), [("000", 22), ("001", 37), ("003", 1)])
def test_plans_give_the_figures_counted_by_hand(shared, report, n_figures):
    _, normal = read(shared, PLANS[report])

    assert len(find_numbers(normal.text).mentions) == n_figures


def test_every_percentage_of_the_target_list_is_found_in_its_plan(shared):
    lines = (shared / "gold" / "targets.jsonl").read_text(encoding="utf-8").splitlines()
    n_checked = 0
    for row in map(json.loads, lines):
        number = re.search(r"\d+(?:\.\d+)?%", row["phrase in source"])
        if row["unit"] != "%" or number is None:
            continue
        raw, normal = read(shared, PLANS[row["source"]])
        start = raw.index(row["phrase in source"]) + number.start()
        found = {
            normal.raw_span(one.number_start, one.number_end): one
            for one in find_numbers(normal.text).mentions
        }
        n_checked += 1

        assert found[start, start + len(number.group()) - 1].unit == "%"
    assert n_checked > 30


def test_every_arabic_number_of_the_reports_has_its_place(shared):
    for name in (*REPORTS.values(), *PLANS.values()):
        _, normal = read(shared, name)
        scan = find_numbers(normal.text)
        spans = [(m.start, m.end) for m in scan.mentions]
        spans += [(d.start, d.end) for d in scan.discarded]
        covered = {place for first, last in spans for place in range(first, last)}
        digits = [i for i, sign in enumerate(normal.text) if sign.isdecimal()]

        assert all(place in covered for place in digits)


def test_redacted_figures_of_a_report_are_not_counted_as_zero():
    scan = find_numbers("受理案件*件,审结××件")

    assert scan.mentions == ()
    assert [one.why for one in scan.discarded] == [Why.REDACTED, Why.REDACTED]
