"""复算 says what the JSON says: LibreOffice computes every formula anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.city.workbook import write_results

pytestmark = pytest.mark.slow
NEAR = 1e-9
REVIEWED = (
    {"kind": "veto", "code": "V2"},
    {"kind": "bonus", "code": "P1"},
    {"kind": "bonus", "code": "P4"},
    {"kind": "outside_score", "code": "social", "score": "87.53"},
)
CITIES = {
    "binding-and-reference": {},
    "floor-and-blend": {"policy": "floor", "blend": "social-80-20"},
    "nothing-without-everything": {"policy": "block", "framework": "core-15"},
    "other-weights": {"policy": "reference", "weights": "cupl-2014-2018"},
}


@pytest.fixture(scope="module")
def cities(make):
    """Assess eight counties under each choice of rules; every fifth has a review."""

    def review(name):
        return make.review_of(name, *REVIEWED)

    found = {}
    for name, choice in CITIES.items():
        ruler = make.ruler_of(**choice)
        found[name] = (ruler, make.city_of(ruler, 8, review))
    return found


@pytest.fixture(scope="module")
def computed(make, cities, tmp_path_factory):
    """Write a workbook of each city and let LibreOffice compute it."""
    folder = tmp_path_factory.mktemp("recalculation")
    paths = []
    for name, (ruler, results) in cities.items():
        paths.append(folder / f"{name}.xlsx")
        write_results(make.manifest_of(results), lambda r=results: iter(r), paths[-1], ruler=ruler)
    _, known = cities["floor-and-blend"]
    foreign = [
        one.model_copy(update={"rules": one.rules.model_copy(update={"framework": "elsewhere"})})
        for one in known
    ]
    paths.append(folder / "unknown-rules.xlsx")
    write_results(make.manifest_of(foreign), lambda: iter(foreign), paths[-1])
    return dict(zip((*cities, "unknown-rules"), make.recalculate(paths, folder), strict=True))


@pytest.mark.parametrize("name", CITIES)
def test_every_line_is_recalculated_to_the_printed_points(make, cities, computed, name):
    rows = make.rows_of(computed[name], "复算")
    parts = [
        (one.entity.name, part)
        for one in cities[name][1]
        for indicator in one.indicators
        for part in indicator.parts
    ]

    assert [(row["单位"], row["编号"]) for row in rows] == [(who, part.code) for who, part in parts]
    for row, (who, part) in zip(rows, parts, strict=True):
        where = (who, part.code, part.kind, part.outcome, row)
        assert abs(row["复算得分"] - float(part.points)) < NEAR, where
        assert abs(row["满分"] - float(part.max_points)) < NEAR, where
        assert row["差"] == 0, where


@pytest.mark.parametrize("name", CITIES)
def test_every_total_and_grade_is_recalculated(make, cities, computed, name):
    rows = make.rows_of(computed[name], "复算汇总")

    assert len(rows) == len(cities[name][1])
    for row, one in zip(rows, cities[name][1], strict=True):
        total = one.totals.total_points
        assert row["核对"] == "相符", row
        assert (row["复算等次"] or "") == one.grade.by_points
        if total is None:
            assert row["复算总分"] == row["印出总分"] == "不出总分"
        else:
            assert abs(row["复算总分"] - float(total)) < NEAR
            assert abs(row["复算指标得分"] - float(one.totals.indicator_points)) < NEAR


def test_the_cities_hold_what_makes_a_score_difficult(cities):
    results = {name: found for name, (_, found) in cities.items()}
    everyone = [one for found in results.values() for one in found]
    parts = [p for one in everyone for i in one.indicators for p in i.parts]

    assert {one.mode for one in results["binding-and-reference"]} == {"binding", "reference"}
    assert any(one.totals.total_points is None for one in results["nothing-without-everything"])
    assert any(one.totals.bonus_points == Decimal("15.00") for one in everyone)
    assert any(i.vetoed_by for one in everyone for i in one.indicators)
    blends = [share.score for one in everyone for share in one.totals.blend]
    assert None in blends
    assert Decimal("875.3") in blends
    assert {"claim_unconfirmed", "admitted_weakness"} & {p.reason.value for p in parts}
    assert {p.outcome.value for p in parts} >= {
        "met",
        "partly_met",
        "not_met",
        "not_reported",
        "not_assessable",
        "not_applicable",
        "not_due",
    }


def test_without_its_rules_the_sheet_starts_from_the_printed_share(make, computed):
    """A framework the shipped rules do not hold, and no ruler given."""
    rows = make.rows_of(computed["unknown-rules"], "复算")

    assert {row["计分规则"] for row in rows} == {"直接取得分率"}
    assert {row["差"] for row in rows} == {0}
    assert {row["核对"] for row in make.rows_of(computed["unknown-rules"], "复算汇总")} == {"相符"}
