"""A title tells what kind of paper it is, whose, at which level, and on which year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessor.reading.genres import genre_of, kind_by_words
from assessor.reading.naming import entity_in_text, entity_of, year_of
from scoring.yaml_strict import parse_yaml

_ROWS: Any = parse_yaml((Path(__file__).parent / "titles.yaml").read_text(encoding="utf-8")).value
TITLES = _ROWS["titles"]


@pytest.mark.parametrize("row", TITLES, ids=lambda row: row["title"])
def test_title_tells_kind_unit_level_and_year(row):
    genre = genre_of(row["title"])
    entity, level = entity_of(row["title"])

    assert (genre and genre.kind) == row["kind"]
    assert year_of(row["title"]) == row["year"]
    assert (level and level.value) == row["level"]
    assert entity == row["entity"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年受理行政复议申请128件，同比增长5%。", "report"),
        ("审核行政规范性文件33件，组织执法培训6场。", "report"),
        ("责任单位：县司法局。完成时限：6月底前。应当做到应审尽审。", "plan"),
        ("未建立台账的扣2分，未公开的扣1分。", "plan"),
        ("法治政府是法治国家建设的主体工程。", "other"),
    ],
)
def test_without_such_a_word_the_text_tells_the_kind(text, kind):
    assert kind_by_words(text) == kind


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2024年，青溪县坚持依法行政。", ("青溪县", "county")),
        ("在县委的坚强领导下，云岭镇认真落实各项部署。", ("云岭镇", "township")),
        ("2024年，我局坚持依法行政。", ("", None)),
        ("全县深入推进依法行政。", ("", None)),
    ],
)
def test_first_sentences_may_name_the_unit(line, found):
    name, level = entity_in_text(line)

    assert (name, level and level.value) == found
