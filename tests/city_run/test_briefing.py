"""A shortened result leads to the same city as the whole one."""

from __future__ import annotations

from datetime import date

import pytest

from assessor.city.briefing import Briefing
from assessor.city.gathering import Facts, entry_of
from assessor.city.questions import jumps, outliers
from schemas.submission import Submission
from scoring import Choice, assess, make_ruler, shipped_rulebook
from scoring.panel import build_panel, removals
from scoring.ranking import rank_city
from scoring.uncertainty import rank_uncertainty


@pytest.fixture(scope="module")
def both(city):
    """Return ten results whole and shortened, and their ruler."""
    from scoring.yaml_strict import parse_yaml

    ruler = make_ruler(shipped_rulebook(), Choice())
    whole = []
    for number in range(10):
        lost = "60" if number == 9 else str(number)
        text = city.form_of(f"第{number}县", lost=lost)
        if number == 4:
            text = text.replace(
                "  - item: contract-lost-cases\n    value: 4\n", "  - item: contract-lost-cases\n"
            )
        raw = parse_yaml(text).value
        raw["period"] = {"from": date(2024, 1, 1), "to": date(2024, 12, 31)}
        whole.append(assess(Submission.model_validate(raw), ruler))
    briefing = Briefing()
    short = [briefing.read(one.model_dump_json(by_alias=True).encode()) for one in whole]
    return whole, short, ruler


def test_ranking_and_uncertainty_are_the_same(both):
    whole, short, ruler = both

    assert rank_city(short) == rank_city(whole)
    assert rank_uncertainty(short, ruler) == rank_uncertainty(whole, ruler)
    assert removals(build_panel(short)) == removals(build_panel(whole))


def test_entries_of_the_manifest_are_the_same(both):
    facts = Facts("县", "scored", "", "k", (), {}, 0, 0, None, None)
    whole, short, _ = both

    for one, other in zip(whole, short, strict=True):
        assert entry_of(facts, other) == entry_of(facts, one)


def test_questions_are_the_same(both):
    whole, short, _ = both

    assert outliers(short) == outliers(whole)
    assert outliers(whole)
    assert jumps(short[9], short[1]) == jumps(whole[9], whole[1])
    assert jumps(whole[9], whole[1])


def test_equal_rules_are_kept_once(both):
    _, short, _ = both

    assert all(one.rules is short[0].rules for one in short)
