"""What the rules say about an indicator: words, points, targets with their clauses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.base import Provenance
from schemas.errors import UnknownRule
from schemas.target import Comparator
from scoring import Rulebook
from scoring.explain import explain, frameworks


def test_partial_name_finds_both_indicators_with_their_definitions(book: Rulebook) -> None:
    found = explain(book, "出庭应诉率")

    assert [item.id for item in found.items] == [
        "head-appearance-rate",
        "principal-appearance-rate",
    ]
    assert {(use.framework, use.code) for use in found.uses} == {
        ("core-15", "F1"),
        ("house-59", "F1"),
        ("house-59", "F2"),
    }
    assert all(item.definition and item.numerator and item.denominator for item in found.items)
    assert {item.unit for item in found.items} == {"%"}


def test_rule_is_told_in_words_with_its_floor(book: Rulebook) -> None:
    words = {(use.framework, use.code): use.rules for use in explain(book, "出庭应诉率").uses}

    assert words["house-59", "F1"] == ("达到目标得满分；未达到的自60%起按比例得分",)
    assert words["house-59", "F2"] == ("达到目标得满分；未达到的自0%起按比例得分",)


def test_points_are_told_under_each_weight_set(book: Rulebook) -> None:
    found = explain(book, "head-appearance-rate")
    (use,) = (use for use in found.uses if use.framework == "house-59")

    # F1 is 35 of F's 150. CUPL gives F 125 of 1000: 125 x 35 / 150 = 29.166…, cut to 29.16,
    # and one of the hundredths left over, its remainder of 2/3 being among the largest.
    # Guangdong gives F 100: 23.333…, cut to 23.33.
    assert {one.weight_set: (one.points, one.provenance) for one in use.points} == {
        "house": (Decimal(35), Provenance.HOUSE),
        "cupl-2014-2018": (Decimal("29.17"), Provenance.RECALLED),
        "guangdong-draft": (Decimal("23.33"), Provenance.PUBLISHED),
    }


def test_weight_set_that_leaves_the_dimension_out_gives_no_points(book: Rulebook) -> None:
    points = {
        query: {
            one.weight_set: one.points
            for use in explain(book, query).uses
            if use.framework == "house-59" and use.code == query
            for one in use.points
        }
        for query in ("E1", "H1")
    }

    assert points["E1"]["cupl-2014-2018"] is None
    assert points["E1"]["guangdong-draft"] is None
    assert points["H1"]["cupl-2014-2018"] is None
    assert points["H1"]["guangdong-draft"] is not None


def test_targets_come_with_plan_clause_and_document(book: Rulebook) -> None:
    entries = {entry.id: entry for entry in explain(book, "行政机关负责人出庭应诉率").targets}

    assert entries.keys() == {"JS17", "HZ20", "CQ03"}
    assert entries["JS17"].words == "＝100%"
    assert entries["JS17"].clause == "第（二十六）条"
    assert entries["JS17"].source_title == "嘉善县法治政府建设实施纲要（2021—2025年）"
    assert entries["JS17"].force == "aspirational"
    assert entries["JS17"].due_basis == "assumed_plan_end"
    assert entries["HZ20"].force == "binding"
    assert entries["CQ03"].words == "位次要求"


def test_strict_and_inclusive_limits_are_told_apart_in_words(book: Rulebook) -> None:
    words = {entry.id: entry.words for entry in explain(book, "first-instance-loss-rate").targets}

    assert words == {
        "JS19": "≤8%",
        "HZ26": "逐年下降",
        "HZ27": "＜8%",
        "CQ02": "不高于基准值",
    }


def test_benchmarks_come_after_the_plans_that_bind(book: Rulebook) -> None:
    assert [entry.id for entry in explain(book, "law-lectures").targets] == ["JS27", "BM21"]


def test_both_readings_of_an_ambiguous_date_are_shown(book: Rulebook) -> None:
    (entry,) = explain(book, "disclosure-dispute-rate").targets

    assert (entry.due, entry.due_other) == (date(2023, 12, 31), date(2022, 12, 31))
    assert "两种读法" in entry.note


@pytest.mark.parametrize("query", ["F1", "head-appearance-rate", "  F1  ", "JS17"])
def test_code_item_and_target_id_find_the_same_target(book: Rulebook, query: str) -> None:
    found = explain(book, query)

    assert "head-appearance-rate" in {item.id for item in found.items}
    assert "JS17" in {entry.id for entry in found.targets}


def test_target_that_no_item_measures_is_still_explained(book: Rulebook) -> None:
    found = explain(book, "JS33")

    assert (found.items, found.uses) == ((), ())
    assert [(entry.id, entry.clause, entry.comparator) for entry in found.targets] == [
        ("JS33", "第（十七）条", Comparator.EXISTS)
    ]


def test_full_label_is_not_drowned_by_longer_ones(book: Rulebook) -> None:
    found = explain(book, "行政机关主要负责人出庭应诉率")

    assert [item.id for item in found.items] == ["principal-appearance-rate"]
    assert {entry.id for entry in found.targets} == {"JS18"}


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("出庭应述率", "出庭应诉率"),
        ("head-apearance-rate", "head-appearance-rate"),
        ("一审败述率", "行政诉讼一审败诉率"),
    ],
)
def test_unknown_name_suggests_close_ones(book: Rulebook, typed: str, suggested: str) -> None:
    with pytest.raises(UnknownRule, match=f"没有名为“{typed}”.*相近的有：.*{suggested}"):
        explain(book, typed)


def test_name_close_to_nothing_points_to_the_list(book: Rulebook) -> None:
    with pytest.raises(UnknownRule, match="可用 assessor frameworks 查看指标体系"):
        explain(book, "xyzzy-qqq")


def test_one_character_matches_only_a_whole_name(book: Rulebook) -> None:
    with pytest.raises(UnknownRule, match="没有名为“率”"):
        explain(book, "率")


def test_every_scored_item_can_be_explained(book: Rulebook) -> None:
    for framework in book.frameworks.values():
        for node in framework.nodes:
            if node.is_indicator and framework.status == "scorable":
                found = explain(book, node.code)

                assert (framework.id, node.code) in {
                    (use.framework, use.code) for use in found.uses
                }


def test_frameworks_are_listed_with_counts_and_honest_marks(book: Rulebook) -> None:
    listed = {one.id: one for one in frameworks(book)}

    assert {
        name: (one.status, one.provenance.value, one.n_by_level) for name, one in listed.items()
    } == {
        "house-59": ("scorable", "house", (9, 59)),
        "core-15": ("scorable", "house", (7, 15)),
        "demonstration-2019": ("outline", "recalled", (8, 34, 100)),
        "demonstration-2021": ("outline", "recalled", (9, 37, 100)),
        "demonstration-10-34-104": ("outline", "published", (10, 34, 104)),
    }
    assert all("未" in listed[name].note for name in listed if name.startswith("demonstration"))


def test_frameworks_list_their_weight_sets_and_outlines_none(book: Rulebook) -> None:
    listed = {one.id: {w.weight_set for w in one.weight_sets} for one in frameworks(book)}

    assert listed["house-59"] == {"house", "cupl-2014-2018", "guangdong-draft"}
    assert listed["core-15"] == {"house"}
    assert listed["demonstration-2021"] == set()
