"""What it takes a unit to reach the rank above."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.city.gathering import with_next_rank
from schemas.city import Ranking, RankLine
from schemas.manifest import EntityEntry
from schemas.outcome import Outcome


def entry_with(*gains: str) -> EntityEntry:
    lines = [
        {
            "code": f"A{number}",
            "outcome": Outcome.PARTLY_MET,
            "max_points": "50",
            "points": "10",
            "points_to_gain": gain,
        }
        for number, gain in enumerate(gains, start=1)
    ]
    return EntityEntry.model_validate(
        {"entity": "某县", "level": "county", "mode": "binding", "status": "scored",
         "indicators": lines}
    )  # fmt: skip


def ranking_with(missing: str | None) -> Ranking:
    line = RankLine(
        rank=2,
        tie_group=2,
        tied_with=(),
        entity="某县",
        level="county",
        total_points=Decimal(800),
        low_points=Decimal(800),
        high_points=Decimal(800),
        grade="良好",
        points_to_next_rank=None if missing is None else Decimal(missing),
        best_rank=1,
        worst_rank=2,
        n_not_separable=0,
        not_separable_from=(),
    )
    return Ranking(
        ruler="", period=None, tie_tolerance=Decimal(0), binding=(line,), reference=(),
        without_total=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "codes"),
    [
        ("4.99", ("A2",)),
        ("5", ("A2",)),
        ("5.01", ("A2", "A3")),
        ("10", ("A2", "A3", "A1")),
        ("10.01", ()),
        (None, ()),
    ],
)
def test_largest_gains_come_first_until_the_gap_is_closed(missing, codes):
    found = with_next_rank([entry_with("2", "5", "3")], ranking_with(missing))[0]

    assert found.next_rank_codes == codes


def test_nobody_ranked_leaves_the_entries_as_they_are():
    entry = entry_with("2")

    assert with_next_rank([entry], None) == [entry]
