"""Rank intervals: distinct seeded draws, exact counts, chances and their error on paper."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.city import CityRules
from schemas.errors import AssessorError
from scoring import assess
from scoring.panel import SHARE, build_panel
from scoring.replicating import GRID, draw_weights, replicate
from scoring.uncertainty import _chance, _error, rank_quantiles, rank_uncertainty

PROPERTY = settings(derandomize=True, max_examples=20, deadline=None, database=None)
POINTS = {"A": 40, "B": 30, "C": 20, "D": 10}
SEED = "5eed"


@pytest.fixture(scope="module")
def four(make):
    """Four indicators of 40, 30, 20 and 10 points."""
    return make.ruler_of(POINTS, policy="rescale")


def panel_of(make, ruler, **values):
    return build_panel(make.city_of(ruler, **values))


@pytest.fixture(scope="module")
def sets(make, four):
    """A thousand weight sets over the four indicators."""
    return draw_weights(panel_of(make, four, 甲县={"a": 1}), SEED)


def lines_of(make, ruler, rules=None, **values):
    found = rank_uncertainty(make.city_of(ruler, **values), ruler, rules or CityRules())
    return {line.entity: line for line in found[0].lines}


def test_thousand_sets_are_distinct_and_half_are_from_the_simplex(sets):
    assert sets.sets.shape == (1000, 4)
    assert sets.n_simplex == 500
    assert len({tuple(row) for row in sets.sets.tolist()}) == 1000


def test_simplex_sets_are_never_negative_and_sum_exactly(sets):
    simplex = sets.sets[:500]

    assert simplex.min() >= 0
    assert (simplex.sum(axis=1) == GRID).all()


def test_simplex_sets_are_uniform_not_drawn_to_the_middle(sets):
    # Uniform on four weights: P(weight > t) = (1 - t)^3; for t = 1/2 it is 1/8, so 62.5 of 500 are
    # expected with deviation sqrt(500 * 7 / 64) = 7.4. Normalised uniform numbers would give 2 %.
    above = (sets.sets[:500] > GRID // 2).sum(axis=0)

    assert (abs(above - 62.5) < 4 * 7.4).all()


def test_noisy_sets_stay_within_a_quarter_of_the_declared_weights(sets):
    # Weights are 0.75 n to 1.25 n before they are scaled to one sum, so a ratio of two of them
    # is at most 1.25/0.75 times the ratio of the declared ones; one grid step is allowed.
    noisy = sets.sets[500:].astype(float)
    for i, first in enumerate(POINTS.values()):
        for j, second in enumerate(POINTS.values()):
            bound = (noisy[:, j] + 1) * first / second * 1.25 / 0.75
            assert (noisy[:, i] - 1 <= bound).all()
    assert (abs(noisy.sum(axis=1) - GRID) <= 2).all()
    assert noisy[:, 0].max() / noisy[:, 0].min() > 1.3


def test_same_seed_same_sets_and_another_seed_others(make, four, sets):
    panel = panel_of(make, four, 甲县={"a": 1})

    assert (draw_weights(panel, SEED).sets == sets.sets).all()
    assert not (draw_weights(panel, "5eee").sets == sets.sets).any(axis=1).all()


def test_one_indicator_has_one_weight_set(make):
    ruler = make.ruler_of({"A": 100})
    found = rank_uncertainty(make.city_of(ruler, 甲县={"a": 7}, 乙县={"a": 8}), ruler)

    assert found[0].replications == 1
    assert [(line.entity, line.low, line.high) for line in found[0].lines] == [
        ("乙县", 1, 1),
        ("甲县", 2, 2),
    ]


def test_noise_too_small_for_so_many_sets_says_how_many_there_were(make):
    rules = CityRules(noise_percent=Decimal("0.0001"), replications=200)
    draws = draw_weights(panel_of(make, make.ruler_of({"A": 50, "B": 50}), 甲县={}), SEED, rules)

    assert draws.n_simplex == 100
    assert 100 < len(draws.sets) < 120


def test_replication_is_the_weighted_mean_with_what_left_the_total_spread(make, four):
    # 甲: 1/2 everywhere; 乙: a 0.8, b 0.4, c silent, d 0. At 1:1:1:1 乙 has 1.2/3 = 0.4;
    # at 2:1:1:0 it has (1.6 + 0.4)/3.
    panel = panel_of(make, four, 甲县=dict.fromkeys("abcd", 50), 乙县={"a": 80, "b": 40, "d": 0})
    quarter = GRID // 4
    scores = replicate(panel, np.array([[quarter] * 4, [2 * quarter, quarter, quarter, 0]]))

    assert scores[0].tolist() == [SHARE // 2, 400_000_000]
    # A weight of nothing still counts one step of the grid: 2.0 / (3 + 1/quarter).
    expected = round(2 * quarter * SHARE / (3 * quarter + 1))
    assert scores[1].tolist() == [SHARE // 2, expected]


def test_parts_of_an_indicator_keep_their_ratio(make):
    # B's parts have 15 points each; half of the weight on B gives a quarter to each part.
    ruler = make.ruler_of({"A": 70, "B": 30}, parts={"B": 2})
    panel = panel_of(make, ruler, 甲县={"a": 0, "b.1": 100, "b.2": 0})

    assert replicate(panel, np.array([[GRID // 2, GRID // 2]])).tolist() == [[SHARE // 4]]


def test_bonus_and_outside_score_count_as_in_the_printed_total(make):
    # Report 50 + bonus 2 = 52; at 80/20 with 90 from outside: 41.6 + 18 = 59.6 always.
    ruler = make.ruler_of({"A": 50, "B": 50}, blend="mixed")
    review = make.review_of("甲县", ("bonus", "P1"), ("outside_score", "social", 90))
    result = assess(make.submission_of("甲县", {"a": 50, "b": 50}), ruler, review=review)
    alone = assess(make.submission_of("乙县", {"a": 50, "b": 50}), ruler)
    scores = replicate(build_panel([result, alone]), np.array([[GRID // 8, GRID - GRID // 8]]))

    assert result.totals.total_points == Decimal("59.60")
    assert scores.tolist() == [[596_000_000, 500_000_000]]


@PROPERTY
@given(
    values=st.lists(
        st.lists(st.none() | st.integers(0, 100), min_size=4, max_size=4), min_size=2, max_size=6
    ),
    seed=st.randoms(),
)
def test_every_bit_is_the_same_in_any_order_and_without_any_entity(make, four, values, seed):
    panel = panel_of(
        make,
        four,
        **{f"{i}号县": dict(zip("abcd", row, strict=True)) for i, row in enumerate(values)},
    )
    sets = draw_weights(panel, SEED, CityRules(replications=40)).sets
    whole = replicate(panel, sets)
    mixed = list(range(len(values)))
    seed.shuffle(mixed)
    kept = mixed[1:]
    fewer = replicate(
        panel_of(
            make,
            four,
            **{f"{i}号县": dict(zip("abcd", values[i], strict=True)) for i in kept},
        ),
        sets,
    )

    assert (fewer == whole[:, kept]).all()


def test_entity_ahead_on_every_indicator_is_first_under_all_weights(make, four):
    lines = lines_of(
        make,
        four,
        甲县=dict.fromkeys("abcd", 95),
        乙县={"a": 70, "b": 80, "c": 60, "d": 90},
        丙县=dict.fromkeys("abcd", 20),
    )

    assert (lines["甲县"].low, lines["甲县"].median, lines["甲县"].high) == (1, 1, 1)
    assert [(c.grade, c.probability) for c in lines["甲县"].grades] == [
        ("优秀", 1),
        ("良好", 0),
        ("合格", 0),
        ("不合格", 0),
    ]
    assert lines["甲县"].neighbours[0].entity == "乙县"
    assert lines["甲县"].neighbours[0].probability == 1
    assert [(duel.entity, duel.probability) for duel in lines["乙县"].neighbours] == [
        ("甲县", 0),
        ("丙县", 1),
    ]
    assert [duel.entity for duel in lines["丙县"].neighbours] == ["乙县"]


def test_twins_tie_in_every_replication(make, four):
    lines = lines_of(make, four, 甲县={"a": 33, "c": 71}, 乙县={"a": 33, "c": 71})

    assert [(one.rank, one.low, one.high) for one in lines.values()] == [(1, 1, 1), (1, 1, 1)]
    duel = lines["甲县"].neighbours[0]
    assert (duel.probability, duel.tie_probability, duel.standard_error) == (0, 1, 0)


def test_chances_of_a_close_pair_agree_from_both_sides_and_sum_to_one(make, four):
    lines = lines_of(
        make,
        four,
        甲县={"a": 90, "b": 50, "c": 70, "d": 60},
        乙县={"a": 60, "b": 90, "c": 65, "d": 60},
    )
    up, down = lines["甲县"].neighbours[0], lines["乙县"].neighbours[0]

    assert 0 < up.probability < 1
    assert up.probability + down.probability + up.tie_probability == 1
    assert up.standard_error == down.standard_error > 0
    for line in lines.values():
        assert sum(chance.probability for chance in line.grades) == 1


def test_chance_and_error_on_paper():
    # sqrt(0.5 * 0.5 / 1000) = 0.015811; sqrt(0.1 * 0.9 / 1000) = 0.009487
    assert (_chance(500, 1000), _error(500, 1000)) == (Decimal("0.5000"), Decimal("0.0158"))
    assert (_chance(100, 1000), _error(100, 1000)) == (Decimal("0.1000"), Decimal("0.0095"))
    assert (_chance(1, 3), _error(3, 3)) == (Decimal("0.3333"), 0)


def test_quantiles_on_paper():
    # Ranks 1..11: places 1 + 10 q = 1.5, 6, 10.5. Column 2 is 4 eleven times.
    ranks = np.array([[i, 4] for i in range(11, 0, -1)])
    low, mid, high = rank_quantiles(ranks)[0]

    assert (low, mid, high) == (Decimal("1.5"), 6, Decimal("10.5"))
    assert rank_quantiles(ranks)[1] == (4, 4, 4)


def test_veto_and_missing_disclosure_limit_the_grade_in_replications_too(make, four):
    review = make.review_of("甲县", ("veto", "V1"))
    vetoed = assess(make.submission_of("甲县", dict.fromkeys("abcd", 95)), four, review=review)
    bands = [
        {"grade": "优秀", "min": 90, "needs_disclosure": 60},
        {"grade": "良好", "min": 80},
        {"grade": "不合格", "min": 0},
    ]
    scheme = make.scheme_of(bands=bands, vetoes=[])
    strict = make.ruler_of(POINTS, scheme=scheme, policy="rescale")
    silent = make.city_of(strict, 乙县={"a": 95, "b": 95})
    capped = rank_uncertainty([vetoed], four)[0].lines[0]
    undisclosed = rank_uncertainty(silent, strict)[0].lines[0]

    assert [c.grade for c in capped.grades if c.probability] == ["合格"]
    # Two of four indicators are disclosed: 50 is below the 60 the best grade asks for.
    assert [c.grade for c in undisclosed.grades if c.probability] == ["良好"]


def test_total_on_the_band_edge_gets_the_better_grade(make, four):
    lines = lines_of(make, four, 甲县=dict.fromkeys("abcd", 90), 乙县=dict.fromkeys("abcd", "89.9"))

    assert [c.grade for c in lines["甲县"].grades if c.probability] == ["优秀"]
    assert [c.grade for c in lines["乙县"].grades if c.probability] == ["良好"]


def test_lists_are_apart_and_those_without_total_left_aside(make):
    ruler = make.ruler_of({"A": 50, "B": 50}, policy="block")
    own, silent = make.city_of(ruler, 甲县={"a": 70, "b": 60}, 乙县={"a": 99})
    entity = own.entity.model_copy(update={"name": "外县"})
    foreign = own.model_copy(update={"mode": "reference", "entity": entity})
    found = rank_uncertainty([own, silent, foreign], ruler)

    assert [(one.mode, [line.entity for line in one.lines]) for one in found] == [
        ("binding", ["甲县"]),
        ("reference", ["外县"]),
    ]
    assert found[0].seed == ruler.digest
    assert (found[0].n_simplex, found[0].n_noise) == (500, 500)
    assert rank_uncertainty([silent], ruler) == ()


def test_results_of_another_ruler_are_refused(make, four):
    with pytest.raises(AssessorError, match="不是用这套标尺得出的"):
        rank_uncertainty(make.city_of(four, 甲县={}), make.ruler_of(POINTS))
