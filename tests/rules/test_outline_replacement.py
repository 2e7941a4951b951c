"""Whoever holds the official points of a recorded edition brings them in one file."""

from __future__ import annotations

import pytest

from schemas.base import Provenance
from schemas.errors import RuleFileError, UnknownRule
from schemas.outcome import Outcome
from schemas.submission import Answer
from scoring import Choice, assess, make_ruler, read_library
from scoring.explain import frameworks
from scoring.lint import checked_rulebook

OFFICIAL = """\
schema: framework/1
id: {id}
edition: "{id}"
label: 市县法治政府建设示范指标体系（自有正式分值）
provenance: official
source: official-points
checked_on: 2026-11-01
status: {status}
full_mark: 100
scheme: standard
nodes:
  - {{code: N1, label: 执法, points: 60}}
  - {{code: N2, label: 公开, points: 40}}
  - code: N1.1
    parent: N1
    label: 合格率
    points: 60
    rule: {{kind: proportional, item: case-pass-rate}}
  - {{code: N2.1, parent: N2, label: 讲座, points: 40, rule: {{kind: count, item: law-lectures}}}}
"""
SOURCE = """\
schema: sources/1
sources:
  - {id: official-points, title: 示范指标体系评估办法, provenance: official}
"""
OUTLINES = ("demonstration-2019", "demonstration-2021", "demonstration-10-34-104")


def _official(name: str, status: str = "scorable") -> str:
    return OFFICIAL.format(id=name, status=status)


@pytest.mark.parametrize("name", OUTLINES)
def test_outline_alone_cannot_be_scored_and_says_how_to_bring_points(book, name: str) -> None:
    with pytest.raises(UnknownRule, match=rf"{name} 只登记了概貌.*docs/rules\.md.*--rules"):
        make_ruler(book, Choice(framework=name))


@pytest.mark.parametrize("name", OUTLINES)
def test_users_points_take_the_place_of_the_outline(write, faults_in, name: str) -> None:
    mine, source = write("mine.yaml", _official(name)), write("source.yaml", SOURCE)
    book = checked_rulebook(read_library([mine, source]))

    assert faults_in(mine, source) == []
    assert [one.id for one in frameworks(book)].count(name) == 1
    assert book.framework(name).label == "市县法治政府建设示范指标体系（自有正式分值）"


def test_users_points_score_and_carry_their_provenance_into_the_result(write, submission) -> None:
    book = checked_rulebook(
        read_library(
            [write("mine.yaml", _official("demonstration-2021")), write("source.yaml", SOURCE)]
        )
    )
    ruler = make_ruler(book, Choice(framework="demonstration-2021"))
    result = assess(
        submission(Answer(item="case-pass-rate", value=98), Answer(item="law-lectures", value=1)),
        ruler,
    )

    # 合格率 98 against ≥98 (JS13): 60 of 60; one lecture of two (JS27): 20 of 40.
    assert [(one.code, one.outcome, one.points) for one in result.indicators] == [
        ("N1.1", Outcome.MET, 60),
        ("N2.1", Outcome.PARTLY_MET, 20),
    ]
    assert result.totals.total_points == 80
    assert result.rules.framework == "demonstration-2021"
    assert result.rules.framework_provenance is Provenance.OFFICIAL
    assert result.rules.weight_provenance is Provenance.OFFICIAL
    assert ("official-points", Provenance.OFFICIAL) in {
        (source.id, source.provenance) for source in result.sources
    }


def test_only_the_outline_named_is_replaced(write) -> None:
    book = checked_rulebook(
        read_library(
            [write("mine.yaml", _official("demonstration-2019")), write("source.yaml", SOURCE)]
        )
    )

    assert book.frameworks["demonstration-2019"].status == "scorable"
    assert book.frameworks["demonstration-2021"].status == "outline"
    assert book.frameworks["demonstration-10-34-104"].status == "outline"


def test_another_outline_never_replaces_the_shipped_one(write, faults_in) -> None:
    mine = write("mine.yaml", _official("demonstration-2021", "outline"))

    found = faults_in(mine, write("source.yaml", SOURCE))

    assert found[0] == ("mine.yaml", 2, "duplicate-id")
    assert {(name, code) for name, _, code in found} == {("mine.yaml", "duplicate-id")}


@pytest.mark.parametrize("name", ["house-59", "core-15"])
def test_a_framework_with_points_is_never_replaced(write, faults_in, name: str) -> None:
    found = faults_in(write("mine.yaml", _official(name)), write("source.yaml", SOURCE))

    assert ("mine.yaml", 2, "duplicate-id") in found


def test_two_files_of_a_user_for_one_outline_are_duplicates(write, faults_in) -> None:
    text = _official("demonstration-2021")
    first, second = write("a.yaml", text), write("b.yaml", text)
    found = faults_in(first, second, write("source.yaml", SOURCE))

    assert {name for name, _, _ in found} == {"b.yaml"}
    assert ("b.yaml", 2, "duplicate-id") in found


def test_faulty_points_leave_the_outline_and_are_reported_alone(write, faults_in) -> None:
    text = _official("demonstration-2021").replace("full_mark: 100", "full_mark: 0")

    assert faults_in(write("mine.yaml", text), write("source.yaml", SOURCE)) == [
        ("mine.yaml", 9, "field")
    ]


def test_points_that_do_not_sum_are_refused(write) -> None:
    text = _official("demonstration-2021").replace("full_mark: 100", "full_mark: 99")
    with pytest.raises(RuleFileError, match=r"mine\.yaml:9: \[sum\] full_mark is 99"):
        checked_rulebook(read_library([write("mine.yaml", text), write("source.yaml", SOURCE)]))
