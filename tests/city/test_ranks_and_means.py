"""Ranks and weighted means in arrays, read on paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from schemas.errors import AssessorError
from scoring.panel import Group, aggregate, blocks, competition_ranks, fixed_point

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None, database=None)
NAN = float("nan")
TREE = [Group("G", ("a", "b")), Group("H", ("c", "d", "e")), Group("T", ("G", "H"))]
ONES = dict.fromkeys("abcde", 1.0) | {"G": 1.0, "H": 1.0}


def leaves(**values):
    return {code: np.array(row, dtype=float) for code, row in values.items()}


def test_ranks_share_the_best_place_and_leave_out_the_absent():
    scores = np.array([[5, 9, 9, 1], [2, 2, 2, 2]])
    present = np.array([[True, True, True, True], [True, False, True, True]])

    assert competition_ranks(scores).tolist() == [[3, 1, 1, 4], [1, 1, 1, 1]]
    assert competition_ranks(scores, present).tolist() == [[3, 1, 1, 4], [1, 0, 1, 1]]


@PROPERTY
@given(scores=hnp.arrays(np.int64, (3, 7), elements=st.integers(-4, 4)))
def test_rank_is_one_more_than_those_strictly_ahead(scores):
    ahead = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)

    assert (competition_ranks(scores) == ahead + 1).all()


def test_last_bit_noise_makes_no_difference_to_a_fixed_point_rank():
    # 0.1 + 0.2 is not 0.3 in binary; both stand for the same score.
    scores = np.array([0.1 + 0.2, 0.3, 0.30000001])

    assert scores[0] != scores[1]
    assert competition_ranks(fixed_point(scores)).tolist() == [2, 2, 1]


def test_missing_child_hands_its_weight_to_its_sisters():
    # G = (3*10 + 1*30)/4 = 15 and, without a, 30; H = (2 + 4 + 6)/3 = 4 and, without d and e, 2.
    # T = (1*G + 3*H)/4 = 27/4 and 36/4.
    values = leaves(a=[10, NAN], b=[30, 30], c=[2, 2], d=[4, NAN], e=[6, NAN])
    found = aggregate(TREE, values, ONES | {"a": 3.0, "H": 3.0})

    assert found["G"].tolist() == [15, 30]
    assert found["H"].tolist() == [4, 2]
    assert found["T"].tolist() == [6.75, 9]


def test_group_below_the_threshold_is_missing_and_its_sister_counts_alone():
    # Of H's three children two are present: 2/3 is below 0.67 and not below 0.66.
    values = leaves(a=[10], b=[30], c=[2], d=[4], e=[NAN])

    assert aggregate(TREE, values, ONES, threshold=0.66)["H"].tolist() == [3]
    found = aggregate(TREE, values, ONES, threshold=0.67)
    assert np.isnan(found["H"]).all()
    assert np.isnan(found["T"]).all()
    half = aggregate(TREE, values, ONES, threshold=0.5)
    assert half["T"].tolist() == [11.5]


def test_threshold_is_inclusive_and_everything_missing_is_missing():
    values = leaves(a=[10, NAN], b=[NAN, NAN], c=[1, NAN], d=[1, NAN], e=[1, NAN])
    found = aggregate(TREE, values, ONES, threshold=0.5)

    assert found["G"][0] == 10
    assert np.isnan([row[1] for row in found.values()]).all()


def test_weight_zero_leaves_a_child_out_and_rows_are_replications():
    values = leaves(a=[10, 20], b=[30, 40], c=[2, 2], d=[4, 4], e=[6, 6])
    found = aggregate(TREE, values, ONES | {"a": np.array([1.0, 0.0])})

    assert found["G"].tolist() == [[20, 30], [30, 40]]
    assert found["T"].tolist() == [[12, 17], [17, 22]]


def test_group_with_all_weights_zero_is_missing():
    values = leaves(a=[10], b=[30], c=[2], d=[4], e=[6])
    found = aggregate(TREE, values, ONES | {"a": 0.0, "b": 0.0})

    assert np.isnan(found["G"]).all()
    assert found["T"].tolist() == [4]


@pytest.mark.parametrize("weight", [-1.0, NAN, float("inf")])
def test_impossible_weight_is_refused(weight):
    values = leaves(a=[10], b=[30], c=[2], d=[4], e=[6])

    with pytest.raises(AssessorError, match="G 之下的权重须为非负的有限数"):
        aggregate(TREE, values, ONES | {"a": weight})


def test_blocks_cover_every_row_once_within_the_limit():
    assert [(one.start, one.stop) for one in blocks(10, 3, 12)] == [(0, 4), (4, 8), (8, 10)]
    assert [(one.start, one.stop) for one in blocks(2, 99, 12)] == [(0, 1), (1, 2)]
