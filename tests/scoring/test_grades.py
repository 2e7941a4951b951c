"""Grade bands: every edge and one last place to either side, bounds, disclosure floor."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.grading import band_of, decide_grade

SHIPPED = ("优秀", "良好", "合格", "不合格")
EDGES = [
    ("899.99", "良好"),
    ("900.00", "优秀"),
    ("900.01", "优秀"),
    ("799.99", "合格"),
    ("800.00", "良好"),
    ("800.01", "良好"),
    ("599.99", "不合格"),
    ("600.00", "合格"),
    ("600.01", "合格"),
    ("0.00", "不合格"),
    ("0.01", "不合格"),
    ("1000.00", "优秀"),
    ("999.99", "优秀"),
]


def total_of(make, total, **scheme):
    """Score one expert indicator of 1000 points so that the total is exactly `total`."""
    ruler = make.ruler_of(make.experts_of(1000), scheme=make.scheme_of(**scheme))
    return make.score(ruler, review=make.expert_entries(Decimal(total) / 10))


@pytest.mark.parametrize(("total", "grade"), EDGES)
def test_band_edge_and_one_last_place(make, total, grade):
    result = total_of(make, total)

    assert result.totals.total_points == Decimal(total)
    assert (result.grade.grade, result.grade.by_points) == (grade, grade)
    assert result.grade.is_certain


@pytest.mark.parametrize(("total", "grade"), EDGES)
def test_band_edge_of_the_shipped_scheme(make, total, grade):
    bands = make.shipped_ruler().scheme.bands

    assert tuple(band.grade for band in bands) == SHIPPED
    assert band_of(Decimal(total), Decimal(1000), bands).grade == grade


@pytest.mark.parametrize(
    ("total", "grade"),
    [("89.99", "良好"), ("90.00", "优秀"), ("90.01", "优秀"), ("59.99", "不合格"), ("60", "合格")],
)
def test_band_edge_of_a_full_mark_of_100(make, total, grade):
    bands = make.shipped_ruler(framework="core-15").scheme.bands

    assert band_of(Decimal(total), Decimal(100), bands).grade == grade


def test_every_printable_total_has_exactly_one_grade(make):
    bands = make.scheme_of().bands
    grades = [band_of(Decimal(cents) / 100, Decimal(100), bands).grade for cents in range(10001)]

    assert [grades.count(grade) for grade in SHIPPED] == [1001, 1000, 2000, 6000]


def test_total_below_every_band_falls_into_the_last(make):
    bands = make.scheme_of(bands=[{"grade": "好", "min": 50}, {"grade": "差", "min": 10}]).bands

    assert band_of(Decimal(5), Decimal(100), bands).grade == "差"


def test_grade_comes_from_the_printed_total_when_lines_round_up(make):
    # 500 x 89.9991 % = 449.9955 -> 450.00 twice; unrounded the sum is 899.991
    ruler = make.ruler_of(make.experts_of(500, 500))
    result = make.score(ruler, review=make.expert_entries("89.9991", "89.9991"))

    assert result.totals.total_points == Decimal("900.00")
    assert result.grade.grade == "优秀"


def test_grade_comes_from_the_printed_total_when_lines_round_down(make):
    # 400 x 0.926 = 370.4 -> 370 twice, 200 x 0.797 = 159.4 -> 159; unrounded 900.2
    scheme = make.scheme_of(rounding={"places": 0, "mode": "half_up"})
    ruler = make.ruler_of(make.experts_of(400, 400, 200), scheme=scheme)
    result = make.score(ruler, review=make.expert_entries("92.6", "92.6", "79.7"))

    assert result.totals.total_points == 899
    assert result.grade.grade == "良好"


@pytest.mark.parametrize(("mode", "points"), [("half_up", "0.13"), ("half_even", "0.12")])
def test_rounding_mode_is_the_schemes(make, mode, points):
    # 1 x 12.5 % = 0.125
    scheme = make.scheme_of(rounding={"places": 2, "mode": mode})
    ruler = make.ruler_of(make.experts_of(1), scheme=scheme)

    assert make.score(ruler, review=make.expert_entries("12.5")).totals.total_points == Decimal(
        points
    )


@pytest.mark.parametrize(
    ("known", "low", "high", "is_certain"),
    [
        (("100", None), "良好", "优秀", False),  # 850 known, 150 open
        (("70", None), "不合格", "合格", False),  # 595 + 150 = 745
        (("100", "0"), "良好", "良好", True),
        (("50", None), "不合格", "不合格", True),  # 425 + 150 = 575
    ],
)
def test_bounds_that_cross_a_grade_line_are_told(make, known, low, high, is_certain):
    ruler = make.ruler_of(make.experts_of(850, 150))
    result = make.score(ruler, review=make.expert_entries(*known))

    assert (result.grade.low_grade, result.grade.high_grade) == (low, high)
    assert result.grade.is_certain is is_certain


def core_result(make, n_disclosed, n=5, **scheme):
    """Score n core indicators, the disclosed ones full, the others out of the total."""
    scheme = make.scheme_of(
        policies=[make.policy_of(action="rescale")],
        bands=[
            {"grade": "优秀", "min": 90, "needs_disclosure": 60},
            {"grade": "良好", "min": 80},
            {"grade": "合格", "min": 60},
            {"grade": "不合格", "min": 0},
        ],
        **scheme,
    )
    ruler = make.ruler_of(
        [one | {"core": True} for one in make.experts_of(*[20] * n)], scheme=scheme
    )
    return make.score(ruler, review=make.expert_entries(*[100] * n_disclosed))


@pytest.mark.parametrize(
    ("n_disclosed", "rate", "grade", "limits"),
    [(2, 40, "良好", ("disclosure",)), (3, 60, "优秀", ()), (4, 80, "优秀", ())],
)
def test_best_grade_needs_disclosure(make, n_disclosed, rate, grade, limits):
    result = core_result(make, n_disclosed)

    assert result.totals.core_disclosure_rate == rate
    assert result.totals.total_points == 100
    assert (result.grade.grade, result.grade.by_points) == (grade, "优秀")
    assert result.grade.limited_by == limits


@pytest.mark.parametrize(
    ("rate", "grade"), [("59.99", "良好"), ("60.00", "优秀"), ("60.01", "优秀")]
)
def test_disclosure_floor_and_one_last_place(make, rate, grade):
    result = core_result(make, 5)
    totals = result.totals.model_copy(update={"core_disclosure_rate": Decimal(rate)})
    scheme = make.shipped_ruler().scheme

    assert decide_grade(totals, scheme, ()).grade == grade


def test_worst_grade_is_given_even_where_it_asks_for_disclosure(make):
    scheme = make.scheme_of(
        bands=[
            {"grade": "好", "min": 50, "needs_disclosure": 50},
            {"grade": "差", "min": 0, "needs_disclosure": 50},
        ]
    )
    ruler = make.ruler_of(make.experts_of(100), scheme=scheme)
    totals = make.score(ruler, review=make.expert_entries(80)).totals
    grade = decide_grade(totals.model_copy(update={"core_disclosure_rate": Decimal(0)}), scheme, ())

    assert (grade.grade, grade.by_points) == ("差", "好")
    assert grade.limited_by == ("disclosure",)


def test_framework_that_names_no_core_is_judged_by_all_indicators(make):
    ruler = make.ruler_of(make.experts_of(60, 40))
    scored = make.score(ruler, review=make.expert_entries(80, 90))
    silent = make.score(ruler)

    assert scored.totals.core_disclosure_rate == 100
    assert silent.totals.core_disclosure_rate == 0


def test_no_total_has_no_grade_but_bounds(make):
    scheme = make.scheme_of(policies=[make.policy_of(action="block")])
    ruler = make.ruler_of(make.experts_of(90, 10), scheme=scheme)
    result = make.score(ruler, review=make.expert_entries(100, None))

    assert (result.grade.grade, result.grade.by_points) == ("", "")
    assert (result.grade.low_grade, result.grade.high_grade) == ("优秀", "优秀")
    assert result.next_grade is None


def test_bonus_above_full_points_keeps_the_best_grade(make):
    scheme = make.scheme_of(bonuses=[{"code": "P1", "label": "示范", "rate": 1}], bonus_cap=3)
    ruler = make.ruler_of(make.experts_of(1000), scheme=scheme)
    entries = [*make.expert_entries(100), {"kind": "bonus", "code": "P1"}]
    result = make.score(ruler, review=entries)

    assert (result.totals.total_points, result.totals.rate) == (1010, 101)
    assert result.grade.grade == "优秀"
    assert result.next_grade is None


def test_veto_limits_after_disclosure_did(make):
    scheme = make.scheme_of(
        policies=[make.policy_of(action="rescale")],
        vetoes=[{"code": "V1", "label": "造假", "effect": "fail"}],
        bands=[
            {"grade": "好", "min": 50, "needs_disclosure": 60},
            {"grade": "中", "min": 20},
            {"grade": "差", "min": 0},
        ],
    )
    ruler = make.ruler_of([one | {"core": True} for one in make.experts_of(50, 50)], scheme=scheme)
    entries = [*make.expert_entries(100), {"kind": "veto", "code": "V1"}]
    result = make.score(ruler, review=entries)

    assert (result.grade.grade, result.grade.by_points) == ("差", "好")
    assert result.grade.limited_by == ("disclosure", "veto:V1")
