"""The edition for circulation names nobody, in no field."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from assessor.city.anonymous import anonymised

NAMES = ("临江市", "临江市云栖县", "云栖县", "单位县", "甲县", "met", "😀县", "a.b+c县")


@pytest.fixture(scope="module")
def named(city, tmp_path_factory):
    """Return a manifest in which names stand wherever they can: ties, copies, changes."""
    base = tmp_path_factory.mktemp("anonymous")
    options = city.PLAIN._replace(as_of=None)
    archive = base / "archive.sqlite3"
    city.run_in(
        city.write_forms(base / "before", *NAMES[:4], year=2023, lost="9"),
        base / "out1",
        archive=archive,
        options=options,
    )
    folder = city.write_forms(base / "in", *NAMES)
    for name in NAMES[1:4]:
        (folder / name / "报告.txt").write_text(city.report_of(name), "utf-8")
    (folder / "坏县").mkdir()
    (folder / "坏县" / "甲县的表.yaml").write_text("[")
    return city.run_in(folder, base / "out2", archive=archive, options=options)


def test_no_field_holds_a_name(named):
    text = anonymised(named).model_dump_json()

    assert "临江市" in named.model_dump_json()
    for name in (*NAMES, "坏县"):
        if name != "met":
            assert name not in text
    values = re.findall(r'"(?:entity|previous_entity|title)":"([^"]*)"', text)
    assert "met" not in values


def test_the_sample_has_names_in_every_sort_of_field(named):
    value = json.loads(named.model_dump_json())
    ranking = value["ranking"]["binding"] + value["ranking"]["reference"]

    assert any(line["tied_with"] for line in ranking)
    assert any(line["not_separable_from"] for line in ranking)
    assert any(entry["change"] for entry in value["entities"])
    assert any(question["kind"] == "copy" for question in value["questions"])
    assert any(
        "甲县" in entry["reason"] or "坏县" in entry["reason"] for entry in value["entities"]
    )


def test_figures_stay_as_they_are(named):
    hidden = anonymised(named)
    plain = sorted((one.total_points or 0, one.grade, one.status) for one in named.entities)

    assert (
        sorted((one.total_points or 0, one.grade, one.status) for one in hidden.entities) == plain
    )
    assert len({one.entity for one in hidden.entities}) == len(named.entities)
    assert hidden.is_anonymous


def test_codes_cannot_be_worked_out_from_the_names_alone(named):
    entities = tuple(
        one.model_copy(update={"total_points": Decimal(place)})
        for place, one in enumerate(named.entities)
    )
    named = named.model_copy(update={"entities": entities})
    other = named.model_copy(
        update={
            "entities": tuple(
                one.model_copy(update={"key": one.key[::-1]}) for one in named.entities
            )
        }
    )
    ours = [(one.entity, one.total_points) for one in anonymised(named).entities]

    assert ours == [(one.entity, one.total_points) for one in anonymised(named).entities]
    assert ours != [(one.entity, one.total_points) for one in anonymised(other).entities]
