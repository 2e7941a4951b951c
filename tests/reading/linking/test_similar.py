"""What the dictionary does not name may be suggested by wording; it never counts by itself."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

import evaluate  # noqa: E402 - beside the product
import train_similar  # noqa: E402

from assessor.reading.lexicon import shipped_lexicon  # noqa: E402
from assessor.reading.linking import Linker, places_of  # noqa: E402
from assessor.reading.linking.similar import (  # noqa: E402
    Beside,
    Choice,
    Similar,
    model_of,
    shipped_model,
    stored_model,
    traits,
)
from assessor.reading.numbers import find_numbers  # noqa: E402
from schemas.reading import Confidence  # noqa: E402
from scoring.yaml_strict import parse_yaml  # noqa: E402

NAMES = [path.stem for path in sorted(train_similar.SENTENCES.glob("*.yaml"))]


def _rows(name):
    path = train_similar.SENTENCES / f"{name}.yaml"
    return parse_yaml(path.read_text("utf-8")).value["sentences"]


def _places(text):
    return places_of(text, find_numbers(text).mentions, "")


def _figures(text):
    return evaluate.figures_of(text, shipped_lexicon(), 2024)


def test_the_shipped_model_was_learned_from_the_paragraphs_at_hand():
    """After a change to the paragraphs run `make similar`."""
    assert stored_model()["learned_from"] == train_similar.digest(train_similar.training_files())


def test_nothing_is_learned_from_the_paragraphs_kept_for_measuring():
    names = [path.stem for path in train_similar.training_files()]

    assert not [name for name in names if name.startswith(train_similar.MEASURES)]
    assert "field-15" in NAMES
    assert "field-15" not in names


def test_what_is_named_by_its_entry_is_learned_under_its_label():
    path = train_similar.SENTENCES / "dev-1.yaml"

    labels = [one.label for one in train_similar.examples_of(path, shipped_lexicon())]

    assert labels.count("行政复议申请数") > 10
    assert labels.count("") < len(labels) / 5


def test_every_label_of_the_model_is_one_of_the_dictionary():
    known = {term.entry.label for term in shipped_lexicon().terms}

    unknown = [label for label in shipped_model().labels if label and label not in known]

    assert not unknown


def test_the_digits_of_a_number_tell_nothing():
    one, other = (
        _places(f"全年开展法治夜校{number}场,惠及村民。")[0] for number in ("12", "3,408")
    )

    assert traits(one, Beside()) == traits(other, Beside())


def test_the_lead_is_that_over_the_next_label():
    weights = {"x": [(1, 50), (2, 20)], "y": [(2, 15)], "u件": [(2, 40)]}
    model = model_of(train_similar.packed(["", "甲", "乙"], [10, 0, 0], weights))

    choice = Choice(model, [0, 1, 2])

    assert choice.best("人", ["x", "y", "z"]) == ("甲", 15)
    assert choice.best("人", []) == ("", 10)
    assert choice.best("件", []) == choice.best("件", []) == ("乙", 30)
    assert Choice(model, [0, 1]).best("人", ["y", "z"]) == ("", 10)


def test_a_unit_the_term_is_not_counted_in_gives_nothing(monkeypatch):
    place = _places("开展活动5亩。")[0]
    model = model_of(train_similar.packed(["", "法治宣传活动场次"], [0, 900], {"u场": [(1, 1)]}))
    monkeypatch.setattr("assessor.reading.linking.similar.shipped_model", lambda: model)

    assert Similar(shipped_lexicon()).suggest(place, Beside()) == ()


@pytest.mark.parametrize(
    ("text", "is_named"), [("新增“枫桥式”站所5个。", True), ("新增文明站所5个。", False)]
)
def test_a_proper_name_in_a_label_must_stand_in_the_sentence(monkeypatch, text, is_named):
    label = "新建“枫桥式”司法所数"
    model = model_of(train_similar.packed(["", label], [0, 900], {"u个": [(1, 1)]}))
    monkeypatch.setattr("assessor.reading.linking.similar.shipped_model", lambda: model)

    assert bool(Similar(shipped_lexicon()).suggest(_places(text)[0], Beside())) == is_named


@pytest.mark.parametrize(
    ("text", "is_named"), [("窗口满意度达到98%。", True), ("信用修复比重达到98%。", False)]
)
def test_a_rate_is_suggested_only_where_its_words_are_used(monkeypatch, text, is_named):
    label = next(
        one.entry.label
        for one in shipped_lexicon().terms
        if "percent" in one.units and "满意" in one.entry.label
    )
    model = model_of(train_similar.packed(["", label], [0, 900], {"u%": [(1, 1)]}))
    monkeypatch.setattr("assessor.reading.linking.similar.shipped_model", lambda: model)

    assert bool(Similar(shipped_lexicon()).suggest(_places(text)[0], Beside())) == is_named


@pytest.mark.parametrize("name", NAMES)
def test_a_suggestion_never_counts_by_itself(name):
    rows = _rows(name)
    suggested = [
        figure for row in rows for figure in _figures(row["text"]) if "similar" in figure.flags
    ]

    assert all(one.confidence is Confidence.REVIEW and one.group is None for one in suggested)
    assert all("人工确认" in one.reason for one in suggested)


def test_suggestions_are_made_at_all():
    rows = _rows("field-15")

    flags = [flag for row in rows for figure in _figures(row["text"]) for flag in figure.flags]

    assert flags.count("similar") >= 5


def test_quantities_of_other_matters_get_no_name():
    text = "全年造林5200亩,完成投资3.2亿元,粮食总产14万吨,接待游客86万人次。"

    assert [figure.item for figure in _figures(text)] == [None, None, None, None]


def test_a_change_of_something_unknown_stays_without_a_name():
    text = "外贸进出口总额同比增长12.5%,占全省的3.1%。"

    assert all(figure.item is None for figure in _figures(text))


def test_what_is_looked_at_is_bounded():
    long = "组织开展" + "各类" * 5000 + "活动12场。"

    assert sum(map(len, traits(_places(long)[0], Beside()))) < 400
    assert not any(re.search(r"[1-9]", one) for one in traits(_places(long)[0], Beside()))


def test_the_names_of_the_numbers_beside_one_tell_something():
    named = Linker(shipped_lexicon()).named(
        _places("受理复议申请36件,改造书柜12个,办理法律援助案件9件。")
    )

    told = traits(_places("改造书柜12个。")[0], named.beside(1))

    assert named.linked[1] == ()
    assert {"p行政复议受理数", "n法律援助案件数"} <= told
    assert named.beside(0).before == ""
    assert named.beside(2).behind == ""
