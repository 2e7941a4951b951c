"""Points under each weight set: they sum to the full mark exactly, whatever the split."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.framework import Framework
from scoring import HOUSE, Rulebook
from scoring.weights import dimension_of, indicator_points, part_points

SETS = [
    ("house-59", HOUSE),
    ("house-59", "cupl-2014-2018"),
    ("house-59", "guangdong-draft"),
    ("core-15", HOUSE),
]
PLACES = (0, 1, 2, 4)


def _dimension_sums(framework: Framework, points: dict[str, Decimal]) -> dict[str, Decimal]:
    parents = {node.code: node.parent for node in framework.nodes}
    sums: dict[str, Decimal] = {}
    for code, worth in points.items():
        top = dimension_of(code, parents)
        sums[top] = sums.get(top, Decimal(0)) + worth
    return sums


def test_every_shipped_weight_set_is_tested_here(book: Rulebook) -> None:
    named = {(one.framework, one.id) for one in book.weight_sets.values()}

    assert named == {pair for pair in SETS if pair[1] != HOUSE}


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize(("framework_id", "weights_id"), SETS)
def test_indicators_sum_to_the_full_mark(
    book: Rulebook, framework_id: str, weights_id: str, places: int
) -> None:
    framework = book.framework(framework_id)
    weights = book.weight_set(weights_id, framework_id)

    assert sum(indicator_points(framework, weights, places).values()) == framework.full_mark


@pytest.mark.parametrize("places", PLACES[1:])
@pytest.mark.parametrize(("framework_id", "weights_id"), SETS)
def test_parts_sum_to_their_indicator_and_to_the_full_mark(
    book: Rulebook, framework_id: str, weights_id: str, places: int
) -> None:
    framework = book.framework(framework_id)
    weights = book.weight_set(weights_id, framework_id)
    whole = indicator_points(framework, weights, places)
    parts = part_points(framework, weights, places)

    assert {code: sum(split) for code, split in parts.items()} == whole
    assert sum(sum(split) for split in parts.values()) == framework.full_mark
    assert all(worth > 0 for split in parts.values() for worth in split)


def test_dimensions_of_the_default_are_those_declared(book: Rulebook) -> None:
    framework = book.framework("house-59")
    sums = _dimension_sums(framework, indicator_points(framework, None, 2))

    assert sums == {
        "A": 120, "B": 110, "C": 110, "D": 190, "E": 30, "F": 150, "G": 110, "H": 80, "I": 100,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("weights_id", "expected"),
    [
        # A hundredth of the weight is ten points of 1000.
        (
            "guangdong-draft",
            {"A": 150, "B": 100, "C": 150, "D": 150, "F": 100, "G": 250, "H": 50, "I": 50},
        ),
        (
            "cupl-2014-2018",
            {"A": 125, "B": 125, "C": 125, "D": 150, "F": 125, "G": 250, "I": 100},
        ),
    ],
)
def test_dimensions_get_the_weights_of_the_set(
    book: Rulebook, weights_id: str, expected: dict[str, int]
) -> None:
    framework = book.framework("house-59")
    weights = book.weight_set(weights_id, "house-59")

    assert _dimension_sums(framework, indicator_points(framework, weights, 2)) == expected


def test_inside_a_dimension_points_keep_their_ratio(book: Rulebook) -> None:
    framework = book.framework("house-59")
    points = indicator_points(framework, book.weight_set("guangdong-draft", "house-59"), 2)

    # B is 30, 20, 30, 15, 15 of 110; here of 100: 27.27, 18.18, 27.27, 13.63, 13.63 = 99.98;
    # the two hundredths left go to the largest remainders, B4 and B5 (0.63 each).
    assert [str(points[f"B{n}"]) for n in range(1, 6)] == [
        "27.27",
        "18.18",
        "27.27",
        "13.64",
        "13.64",
    ]


def test_excluded_dimension_has_no_points_at_all(book: Rulebook) -> None:
    framework = book.framework("house-59")
    for weights in book.weight_sets.values():
        points = indicator_points(framework, weights, 2)
        left_out = {row.code for row in weights.excluded}

        assert left_out
        assert not [code for code in points if code[0] in left_out]


def test_every_weight_set_says_where_it_and_its_mapping_come_from(book: Rulebook) -> None:
    marks = {
        one.id: (one.provenance.value, one.mapping_provenance.value)
        for one in book.weight_sets.values()
    }

    assert marks == {
        "guangdong-draft": ("published", "house"),
        "cupl-2014-2018": ("recalled", "house"),
    }
    assert all(row.why for one in book.weight_sets.values() for row in one.excluded)
