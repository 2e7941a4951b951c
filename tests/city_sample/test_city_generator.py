"""The generator: the same seed gives the same city, and its papers are sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from citymaker.city import City, Size, make_city
from citymaker.demo import demo_city
from citymaker.figures import Figure, Strength, draw, rate, specs
from citymaker.filing import due_on, files_of
from citymaker.names import unit_names
from citymaker.wording import Voice, report

from assessor.city.likeness import alike, fingerprint
from schemas.issue import IssueCode
from schemas.rules import items_of
from scoring import shipped_rulebook

CITY = Path(__file__).parents[2] / "samples" / "city"


def _bytes(city: City) -> dict[str, bytes]:
    return {
        f"{year}/{one.name}": one.content
        for year, units in city.units.items()
        for unit in units
        for one in files_of(unit, year, city.seed)
    }


def test_same_seed_gives_the_same_bytes():
    size = Size(6, (2023, 2024))
    first, again = _bytes(make_city(size, "7")), _bytes(make_city(size, "7"))

    assert first == again
    assert len(first) == 6 * 2 * 2


def test_roster_and_rules_are_the_same_bytes_again(tmp_path):
    city = make_city(Size(3, (2024,), "json", forms_only=True), "7")
    for name in ("one", "two"):
        city.write(tmp_path / name, tmp_path / name / "rules")
    kept = {
        name: {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    }

    assert kept["one"] == kept["two"]
    assert {"名单.xlsx", "made-city-2021-2025.yaml", "sources.yaml"} < set(kept["one"])


def test_another_seed_gives_another_city():
    size = Size(4, (2024,), "json")

    assert not set(_bytes(make_city(size, "7"))) & set(_bytes(make_city(size, "8")))


def test_forms_only_city_has_no_reports():
    city = make_city(Size(5, (2024,), "yaml", forms_only=True), "7")

    assert [Path(name).suffix for name in _bytes(city)] == [".yaml"] * 5


def test_demo_city_on_disk_is_what_the_generator_makes(tmp_path, read_folder):
    demo_city().write(tmp_path, tmp_path / "rules")

    assert read_folder(tmp_path) == read_folder(CITY)


@pytest.mark.parametrize("count", [1, 360, 5000])
def test_no_name_is_given_twice(count):
    names = unit_names(count, _random())

    assert len({name[:-1] for name in names}) == count


def test_more_units_than_names_are_refused():
    with pytest.raises(ValueError, match=r"at most \d+ entities"):
        unit_names(100_000, _random())


def _random():
    return Voice("某县", 2024, "names").draw()


def test_every_scored_item_of_the_framework_can_be_reported():
    framework = shipped_rulebook().frameworks["house-59"]
    wanted = {
        item
        for node in framework.nodes
        if node.is_indicator
        for part in node.scored_parts
        for item in items_of(part.rule)
    }
    computed_or_replaced = {"core-disclosure-rate", "public-lawyer-count"}

    assert wanted - {spec.item for spec in specs()} == computed_or_replaced


def test_rate_is_rounded_half_up_to_two_places():
    """7 of 96 is 7.291666…; 1 of 800 is 0.125 exactly, which rounds up."""
    assert rate(7, 96) == Figure(rate(7, 96).value, 7, 96)
    assert str(rate(7, 96).value) == "7.29"
    assert str(rate(1, 800).value) == "0.13"


def test_last_years_value_is_what_was_reported_last_year():
    strength = Strength(0.6)
    before = draw("某县", 2023, strength, due_on(2023))
    now = draw("某县", 2024, strength, due_on(2024))

    for item in ("petition-volume", "first-instance-loss-rate", "litigation-case-volume"):
        assert now[item].previous == before[item].value


def test_reports_of_a_city_do_not_resemble_each_other():
    """Sixty reports by sixty voices; a question is asked from 30 % on."""
    sketches = {}
    for number in range(60):
        figures = draw(str(number), 2024, Strength(0.7), due_on(2024))
        voice = Voice(f"第{number}县", 2024, str(number))
        sketches[voice.name] = fingerprint(report(voice, figures, due_on(2024)).text)

    assert alike(sketches) == []


def test_one_units_reports_of_two_years_do_not_resemble_each_other():
    sketches = {}
    for year in (2023, 2024):
        figures = draw("某县", year, Strength(0.7), due_on(year))
        text = report(Voice("某县", year, "某县"), figures, due_on(year)).text
        sketches[str(year)] = fingerprint(text)

    assert alike(sketches) == []


def test_every_paper_of_a_made_city_is_read_and_agrees(tmp_path, run_folder):
    """Forms of all kinds beside reports of all kinds: none contradicts, none is unreadable."""
    make_city(Size(12, (2024,)), "7").write(tmp_path, tmp_path / "rules")
    run = run_folder(tmp_path / "2024", tmp_path / "rules", tmp_path / "out", tmp_path / "a.db")
    found = {issue.code for result in run.results.values() for issue in result.issues}

    assert [one.status for one in run.manifest.entities] == ["scored"] * 12
    assert {one.mode for one in run.manifest.entities} == {"binding"}
    assert IssueCode.FORM_CONTRADICTS not in found
    assert not [one for one in run.manifest.questions if one.kind == "copy"]
