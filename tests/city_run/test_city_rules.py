"""What is declared before anyone is ranked comes from a rule file, and a user's file stands."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from assessor.city.archive import open_archive
from assessor.city.asking import ask_what_if, supposition_of
from assessor.city.gathering import mode_rules
from schemas.base import Provenance
from schemas.city import CityRules
from schemas.errors import RuleFileError
from scoring import shipped_rulebook
from scoring.library import read_library
from scoring.lint import checked_rulebook

OWN = """schema: city/1
tie_tolerance: 20
questions: {outlier_fewest: 3, outlier_times: 2, change_least: 1}
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "rules" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(OWN, "utf-8")
    return path


def test_the_shipped_file_says_what_the_shapes_say():
    assert shipped_rulebook().city == CityRules()


def test_a_users_file_takes_the_place_of_the_shipped_one(own):
    rules = checked_rulebook(read_library([own])).city

    assert rules.tie_tolerance == 20
    assert rules.questions.outlier_fewest == 3
    assert rules.questions.change_points == 15  # what it does not name is as shipped


def test_a_fault_is_shown_with_its_line(own):
    own.write_text(OWN.replace("20", "-1"), "utf-8")
    with pytest.raises(RuleFileError, match=r"mine\.yaml:2"):
        checked_rulebook(read_library([own]))


def test_the_run_ranks_and_asks_by_them(city, tmp_path, own):
    folder = tmp_path / "in"
    for number, lost in enumerate(("1", "1", "2", "1", "6")):
        city.write_forms(folder, f"第{number}县", lost=lost)
    plain = city.run_in(folder, tmp_path / "plain")
    rules = city.PLAIN._replace(rules=(str(own),))
    ours = city.run_in(folder, tmp_path / "ours", options=rules)

    assert plain.city_rules == CityRules()
    assert ours.city_rules.tie_tolerance == Decimal(20)
    lines = (*ours.ranking.binding, *ours.ranking.reference)
    assert {line.rank for line in lines} == {1}
    assert len({line.rank for line in (*plain.ranking.binding, *plain.ranking.reference)}) > 1
    assert [one.entity for one in plain.questions] == []
    assert [one.entity for one in ours.questions] == []  # nobody differs: the spread is nothing
    store = open_archive(tmp_path / "ours" / "档案.sqlite3")
    try:
        found = ask_what_if(store, ours, [supposition_of("policy", "binding")])
    finally:
        store.close()
    assert {line.before.rank for line in found.lines} == {1}


def test_the_manifest_names_the_policy_of_each_mode(city, tmp_path):
    folder = city.write_forms(tmp_path / "in", "甲县")
    manifest = city.run_in(folder, tmp_path / "out")

    (mode,) = manifest.modes
    assert mode.mode == manifest.entities[0].mode
    assert (mode.policy, mode.actions) == (manifest.rules.policy, manifest.rules.actions)
    assert mode.target_sets == manifest.rules.target_sets


def test_each_mode_has_its_own_policy_and_every_plan_of_its_units():
    def one(mode, policy, *plans):
        sets = tuple((plan, plan, Provenance.HOUSE) for plan in plans)
        fields = {"policy": policy, "policy_label": policy, "actions": (), "target_sets": sets}
        return SimpleNamespace(mode=mode, rules=SimpleNamespace(**fields))

    found = mode_rules(
        [one("reference", "R", "b"), one("binding", "B", "z"), one("binding", "B", "a", "z")]
    )

    assert [(mode.mode, mode.policy) for mode in found] == [("binding", "B"), ("reference", "R")]
    assert [[plan for plan, _, _ in mode.target_sets] for mode in found] == [["a", "z"], ["b"]]
