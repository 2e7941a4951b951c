"""Names that lie near one of the dictionary and mean something else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from evaluate import figures_of  # noqa: E402 - beside the product

from assessor.reading.lexicon import shipped_lexicon  # noqa: E402
from schemas.reading import Confidence  # noqa: E402


def names_of(text: str) -> dict[str, str]:
    """Return the names of the figures that count by themselves, by number."""
    return {
        one.number_text: one.item_label
        for one in figures_of(text, shipped_lexicon())
        if one.confidence is Confidence.ACCEPTED
    }


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("民事诉讼败诉率3%。", "3", "行政诉讼败诉率"),
        ("行政诉讼败诉率3%、民事诉讼败诉率5%。", "5", "行政诉讼败诉率"),
        ("民商事案件败诉率为7%。", "7", "行政诉讼败诉率"),
        ("民事案件败诉3件。", "3", "行政诉讼败诉数"),
        ("组织执法人员业务考试495人,通过426人。", "426", "新增行政执法证人数"),
        ("办理行政复议申请135件,其中受理128件。", "135", "行政复议受理数"),
        ("全县行政复议案件申请135件,其中受理128件。", "135", "行政复议受理数"),
        ("两个街道各聘请法律顾问8名。", "8", "法律顾问人数"),
    ],
)
def test_near_name_does_not_count_for_another_quantity(text, number, name):
    assert names_of(text).get(number) != name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("行政诉讼败诉率3%、民事诉讼败诉率5%。", {"3": "行政诉讼败诉率"}),
        (
            "行政复议申请135件,其中受理128件。",
            {"135": "行政复议申请数", "128": "行政复议受理数"},
        ),
        ("组织行政执法资格考试,参考495人,通过426人。", {"426": "新增行政执法证人数"}),
        ("全镇聘请法律顾问8名。", {"8": "法律顾问人数"}),
    ],
)
def test_name_itself_still_counts(text, names):
    assert names.items() <= names_of(text).items()
