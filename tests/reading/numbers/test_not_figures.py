"""Numbers that are no figures, each with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.reading.normal import normalise
from assessor.reading.numbers import Why, find_numbers
from scoring.yaml_strict import parse_yaml

CASES = parse_yaml((Path(__file__).parent / "not_figures.yaml").read_text(encoding="utf-8")).value


@pytest.mark.parametrize(("text", "of", "why"), [tuple(row.values()) for row in CASES["cases"]])
def test_number_is_discarded_with_its_reason(text, of, why):
    scan = find_numbers(normalise(text).text)

    assert scan.mentions == ()
    assert (of, Why[why]) in [(one.text, one.why) for one in scan.discarded]


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_is_chinese(why):
    assert all("\u4e00" <= character <= "\u9fff" or character == "，" for character in why)


@pytest.mark.parametrize(
    "text",
    [
        "2021年7月15日,审结67件",
        "“最多90天”实现率达100%",
        "第35次常务会议审议4件",
        "第一批取消证明材料348项",
        "政务服务2.0办件占比94%",
        "《2019年100项任务清单》明确17项",
        "五年来新增20个",
    ],
)
def test_number_that_is_none_does_not_hide_the_figure_beside_it(text):
    assert len(find_numbers(text).mentions) == 1
