"""Which targets stand on a day, for a region and level."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.base import Level
from schemas.errors import UnknownRule
from scoring import Rulebook
from scoring.explain import targets_on

MIDYEAR = date(2023, 6, 30)
AMENDED = """\
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
    label: 合格率
    item: case-pass-rate
    kind: quantified
    comparator: ">="
    unit: percent
    levels: [county]
    clause: 第一条
    values:
      - {from: 2021-01-01, value: 90, due_basis: ongoing}
      - from: 2023-01-01
        value: 95
        due_basis: ongoing
        clause: 修订第一条
        source: jiashan-outline-2021-2025
      - {from: 2024-07-01, value: null, repealed: true, due_basis: ongoing, clause: 废止决定}
"""


def _ids(found) -> list[str]:
    return [entry.id for entry in found]


def test_county_sees_its_own_plan_then_the_benchmarks(book: Rulebook) -> None:
    found = targets_on(book, MIDYEAR, regions=("嘉善县",), level=Level.COUNTY)

    assert _ids(found) == [f"JS{n:02}" for n in range(1, 54)] + [f"BM{n:02}" for n in range(1, 24)]


def test_township_sees_only_what_binds_townships(book: Rulebook) -> None:
    found = targets_on(book, MIDYEAR, regions=("嘉善县",), level=Level.TOWNSHIP)

    assert [name for name in _ids(found) if name.startswith("JS")] == [
        "JS07",
        "JS27",
        "JS29",
        "JS36",
        "JS52",
    ]


def test_region_above_is_seen_when_named(book: Rulebook) -> None:
    found = targets_on(book, MIDYEAR, regions=("德清县", "湖州市"), level=Level.COUNTY)

    assert {"HZ08", "HZ41", "HZ53"} <= set(_ids(found))
    assert "HZ20" not in _ids(found)
    assert not [name for name in _ids(found) if name.startswith("JS")]


def test_without_region_every_plan_is_seen_and_benchmarks_last(book: Rulebook) -> None:
    found = targets_on(book, MIDYEAR)
    regions = [entry.region for entry in found]

    assert len(found) == 150 + 23
    assert regions.index("*") == 150
    assert set(regions[150:]) == {"*"}


@pytest.mark.parametrize(
    ("day", "n_plan", "n_benchmark"),
    [
        (date(2015, 12, 31), 0, 0),
        (date(2016, 1, 1), 0, 23),
        (date(2020, 12, 31), 0, 23),
        (date(2021, 1, 1), 150, 23),
        (date(2025, 12, 31), 150, 23),
        (date(2026, 1, 1), 0, 23),
        (date(2035, 12, 31), 0, 23),
        (date(2036, 1, 1), 0, 0),
    ],
)
def test_plan_counts_from_its_first_to_its_last_day(
    book: Rulebook, day: date, n_plan: int, n_benchmark: int
) -> None:
    regions = [entry.region for entry in targets_on(book, day)]

    assert len([one for one in regions if one != "*"]) == n_plan
    assert regions.count("*") == n_benchmark


def test_plan_can_be_asked_for_by_name(book: Rulebook) -> None:
    found = targets_on(book, MIDYEAR, plans=("district-scheme",))

    assert {entry.plan for entry in found} == {"district-scheme"}
    assert len(found) == 24


def test_unknown_plan_names_those_that_exist(book: Rulebook) -> None:
    with pytest.raises(UnknownRule, match=r"没有目标集“jiashan”；可用：.*jiashan-2021-2025"):
        targets_on(book, MIDYEAR, plans=("jiashan",))


def test_entry_says_value_date_clause_and_why_it_is_not_scored(book: Rulebook) -> None:
    entries = {entry.id: entry for entry in targets_on(book, MIDYEAR)}

    assert (entries["JS13"].words, entries["JS13"].due) == ("≥98%", date(2025, 12, 31))
    assert entries["JS13"].clause == "第（十九）条"
    assert entries["HZ33"].outside == "司法"
    assert entries["HZ15"].outside == "立法权"
    assert entries["BM01"].provenance == "house"
    assert entries["HZ01"].source_title == "法治湖州建设“十四五”规划"


def test_both_readings_of_an_ambiguous_date_are_shown(book: Rulebook) -> None:
    entries = {entry.id: entry for entry in targets_on(book, MIDYEAR)}

    assert entries["JS22"].due == date(2023, 12, 31)
    assert entries["JS22"].due_other == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        (date(2022, 12, 31), ("≥90%", "第一条", "关于新时代法治政府建设的实施方案")),
        (date(2023, 1, 1), ("≥95%", "修订第一条", "嘉善县法治政府建设实施纲要（2021—2025年）")),
        (date(2024, 6, 30), ("≥95%", "修订第一条", "嘉善县法治政府建设实施纲要（2021—2025年）")),
        (date(2024, 7, 1), None),
    ],
)
def test_amendment_and_repeal_count_from_their_own_day(
    write, rulebook_with, day: date, seen: tuple[str, str, str] | None
) -> None:
    book = rulebook_with(write("mine.yaml", AMENDED))
    found = targets_on(book, day, plans=("my-plan",))

    assert [(one.words, one.clause, one.source_title) for one in found] == ([seen] if seen else [])
