"""Competition ranks, declared ties, separate lists, refusals, bounds that overlap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.city import CityRules
from schemas.errors import AssessorError
from scoring import assess
from scoring.ranking import competition_order, rank_city

PROPERTY = settings(derandomize=True, max_examples=100, deadline=None, database=None)
TOTALS = st.lists(st.decimals(0, 20, places=2), min_size=1, max_size=12)


def ranks(lines):
    return [(line.rank, line.entity) for line in lines]


@pytest.fixture(scope="module")
def half(make):
    """Two indicators of 50 points: the total is the mean of two percentages."""
    return make.ruler_of({"A": 50, "B": 50})


def test_equal_totals_share_the_best_rank_and_the_next_is_skipped(make, half):
    both = {"甲县": 90, "丁县": 70, "乙县": 80, "丙县": 80}
    city = make.city_of(half, **{name: {"a": v, "b": v} for name, v in both.items()})
    ranking = rank_city(city)

    assert ranks(ranking.binding) == [(1, "甲县"), (2, "丙县"), (2, "乙县"), (4, "丁县")]
    assert [line.tie_group for line in ranking.binding] == [1, 2, 2, 3]
    assert [line.tied_with for line in ranking.binding] == [(), ("乙县",), ("丙县",), ()]


def test_points_to_next_rank_reach_the_first_of_the_group_above(make, half):
    city = make.city_of(
        half, 甲县={"a": 90, "b": 90}, 乙县={"a": 80, "b": 81}, 丙县={"a": 81, "b": 80}
    )
    lines = rank_city(city).binding

    assert [line.points_to_next_rank for line in lines] == [
        None,
        Decimal("9.50"),
        Decimal("9.50"),
    ]


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        ("0", [1, 2, 3]),
        ("0.01", [1, 1, 3]),  # the third is 0.02 behind the first of the group: no chain
        ("0.02", [1, 1, 1]),  # inclusive
    ],
)
def test_tie_group_reaches_as_far_as_the_tolerance_from_its_first(tolerance, expected):
    totals = [Decimal("90.00"), Decimal("89.99"), Decimal("89.98")]
    found = competition_order(totals, ["a", "b", "c"], Decimal(tolerance))

    assert [one.rank for one in found] == expected


def test_inside_a_tolerated_tie_the_name_decides_the_line_not_the_points(make, half):
    city = make.city_of(half, 乙县={"a": 80, "b": 80}, 丙县={"a": 80, "b": "79.98"})
    lines = rank_city(city, CityRules(tie_tolerance=Decimal("0.01"))).binding

    assert ranks(lines) == [(1, "丙县"), (1, "乙县")]
    assert [line.total_points for line in lines] == [Decimal("79.99"), Decimal(80)]


@PROPERTY
@given(totals=TOTALS)
def test_rank_is_one_more_than_those_strictly_ahead(totals):
    names = [f"n{i:02}" for i in range(len(totals))]
    found = competition_order(totals, names, Decimal(0))

    assert sorted(one.position for one in found) == list(range(len(totals)))
    for one in found:
        assert one.rank == 1 + sum(other > totals[one.position] for other in totals)


@PROPERTY
@given(totals=TOTALS, tolerance=st.decimals(0, 2, places=2), seed=st.randoms())
def test_ranks_do_not_depend_on_the_order_of_the_input(totals, tolerance, seed):
    names = [f"n{i:02}" for i in range(len(totals))]
    mixed = list(range(len(totals)))
    seed.shuffle(mixed)
    found = competition_order(totals, names, tolerance)
    again = competition_order([totals[i] for i in mixed], [names[i] for i in mixed], tolerance)

    assert [(names[one.position], one.rank, one.group) for one in found] == [
        (names[mixed[one.position]], one.rank, one.group) for one in again
    ]


def test_binding_and_reference_stand_in_two_lists(make):
    chosen = make.ruler_of({"A": 100}, region="甲市")
    own = assess(make.submission_of("甲县", {"a": 70}), chosen)
    foreign = own.model_copy(
        update={
            "mode": "reference",
            "entity": own.entity.model_copy(update={"name": "外县"}),
        }
    )
    ranking = rank_city([foreign, own])

    assert ranks(ranking.binding) == [(1, "甲县")]
    assert ranks(ranking.reference) == [(1, "外县")]


def test_entity_without_total_is_listed_apart(make):
    ruler = make.ruler_of({"A": 50, "B": 50}, policy="block")
    city = make.city_of(ruler, 甲县={"a": 70, "b": 70}, 乙县={"a": 99})
    ranking = rank_city(city)

    assert ranks(ranking.binding) == [(1, "甲县")]
    assert [line.entity for line in ranking.without_total] == ["乙县"]
    assert ranking.without_total[0].low_points == Decimal("49.50")
    assert ranking.without_total[0].high_points == Decimal("99.50")


def test_nobody_gives_empty_lists():
    ranking = rank_city([])

    assert (ranking.binding, ranking.reference, ranking.without_total) == ((), (), ())
    assert ranking.period is None


def test_overlapping_bounds_are_not_separable(make, half):
    # 甲 40 to 90 (B silent), 乙 45 sure, 丙 30 sure, 丁 40 sure: 丁 touches the end of 甲.
    city = make.city_of(
        half,
        甲县={"a": 80},
        乙县={"a": 45, "b": 45},
        丙县={"a": 30, "b": 30},
        丁县={"a": 40, "b": 40},
    )
    lines = {line.entity: line for line in rank_city(city).binding}

    assert (lines["甲县"].low_points, lines["甲县"].high_points) == (40, 90)
    assert lines["甲县"].not_separable_from == ("乙县", "丁县")
    assert (lines["甲县"].best_rank, lines["甲县"].worst_rank) == (1, 3)
    assert lines["乙县"].not_separable_from == ("甲县",)
    assert (lines["乙县"].best_rank, lines["乙县"].worst_rank) == (1, 2)
    assert lines["丙县"].n_not_separable == 0
    assert (lines["丙县"].best_rank, lines["丙县"].worst_rank) == (4, 4)


def test_only_the_nearest_are_named_but_all_are_counted(make, half):
    names = [f"{i}号县" for i in range(7)]
    city = make.city_of(half, **{name: {"a": 90 - i} for i, name in enumerate(names)})
    middle = rank_city(city, CityRules(named_neighbours=2)).binding[3]

    assert middle.entity == "3号县"
    assert middle.n_not_separable == 6
    assert middle.not_separable_from == ("1号县", "2号县", "4号县", "5号县")


@PROPERTY
@given(
    values=st.lists(
        st.tuples(st.integers(0, 100), st.none() | st.integers(0, 100)), min_size=1, max_size=8
    )
)
def test_rank_lies_between_the_best_and_worst_its_bounds_allow(make, half, values):
    city = make.city_of(half, **{f"{i}号县": {"a": a, "b": b} for i, (a, b) in enumerate(values)})
    lines = rank_city(city).binding

    for line in lines:
        assert line.best_rank <= line.rank <= line.worst_rank
        overlapping = [
            other.entity
            for other in lines
            if other is not line
            and other.low_points <= line.high_points
            and line.low_points <= other.high_points
        ]

        assert line.n_not_separable == len(overlapping)
        assert set(line.not_separable_from) <= set(overlapping)
        assert len(line.not_separable_from) >= min(len(overlapping), 5)


def _changed(result, **update):
    entity = result.entity.model_copy(update={"name": "乙县"})
    return result.model_copy(update={"entity": entity} | update)


def test_mixed_rulers_are_refused(make, half):
    one = make.city_of(half, 甲县={"a": 1})[0]
    other = make.city_of(make.ruler_of({"A": 40, "B": 60}), 乙县={"a": 1})[0]

    with pytest.raises(AssessorError, match="标尺不同"):
        rank_city([one, other])


def test_mixed_years_are_refused(make, half):
    one = make.city_of(half, 甲县={"a": 1})[0]
    other = assess(make.submission_of("乙县", {"a": 1}, year=2024), half)

    with pytest.raises(AssessorError, match="报告年度不同（2025-01-01 至 2025-12-31 与 2024"):
        rank_city([one, other])


def test_mixed_assessment_days_engines_and_double_names_are_refused(make, half):
    one = make.city_of(half, 甲县={"a": 1})[0]

    with pytest.raises(AssessorError, match="评估基准日不同"):
        rank_city([one, _changed(one, as_of=date(2026, 3, 1))])
    with pytest.raises(AssessorError, match="不同版本"):
        rank_city([one, _changed(one, engine="0.0.0")])
    with pytest.raises(AssessorError, match="甲县出现了不止一次"):
        rank_city([one, one])
