"""The reading held against hand-checked rows of the real documents, and against blind sentences."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from assessor.reading.lexicon import shipped_lexicon

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
HERE = Path(__file__).parent
SENTENCES = HERE.parent / "sentences"


def _evaluate():
    spec = importlib.util.spec_from_file_location("evaluate", ROOT / "tools" / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate"] = module
    spec.loader.exec_module(module)
    return module


evaluate = _evaluate()


@pytest.fixture(scope="module")
def gold():
    if not (SHARED / "gold").is_dir():
        pytest.skip("the hand-checked documents are not beside this checkout")
    return evaluate.evaluate_gold(SHARED, HERE / "links.yaml")


def rates(score):
    return score.right / score.found, score.right / score.wanted


def test_figures_of_the_real_reports_are_found_with_value_and_bound(gold):
    precision, recall = rates(gold.figures)

    assert precision >= 0.99, gold.misses
    assert recall >= 0.99, gold.misses


def test_links_to_scored_items_of_the_real_reports_are_right(gold):
    precision, recall = rates(gold.links)

    assert precision >= 0.98, gold.misses
    assert recall >= 0.97, gold.misses


def test_no_figure_of_a_plan_is_taken_as_achieved(gold):
    assert gold.wrongly_achieved == ()


@pytest.mark.parametrize(
    ("name", "figures", "links"),
    [
        ("dev-1", (0.99, 0.99), (0.99, 0.99)),
        ("dev-2", (0.99, 0.99), (0.99, 0.99)),
        ("dev-3", (0.99, 0.99), (0.99, 0.99)),
        ("dev-4", (0.99, 0.99), (0.98, 0.99)),
        ("dev-5", (0.99, 0.99), (0.98, 0.99)),
        ("dev-6", (0.99, 0.99), (0.97, 0.99)),
        ("dev-7", (0.99, 0.99), (0.98, 0.99)),
        ("dev-8", (0.98, 0.99), (0.95, 0.98)),
        ("dev-9", (0.99, 0.99), (0.99, 0.99)),
        ("dev-10", (0.99, 0.99), (0.95, 0.98)),
        ("dev-11", (0.99, 0.99), (0.98, 0.99)),
        ("dev-12", (0.99, 0.99), (0.99, 0.99)),
        ("dev-13", (0.99, 0.99), (0.99, 0.99)),
        ("dev-14", (0.99, 0.99), (0.99, 0.98)),
        ("dev-16", (0.99, 0.99), (0.99, 0.99)),
        ("dev-17", (0.99, 0.99), (0.99, 0.99)),
        ("dev-18", (0.99, 0.99), (0.99, 0.99)),
        ("dev-19", (0.99, 0.99), (0.98, 0.99)),
        ("dev-20", (0.99, 0.99), (0.99, 0.99)),
        ("dev-21", (0.99, 0.99), (0.98, 0.97)),
        ("dev-22", (0.99, 0.99), (0.99, 0.99)),
        ("dev-23", (0.99, 0.99), (0.99, 0.99)),
        ("dev-24", (0.99, 0.99), (0.99, 0.99)),
        ("field-1", (0.98, 0.99), (0.97, 0.96)),
        ("field-2", (0.99, 0.99), (0.99, 0.98)),
        ("field-3", (0.99, 0.99), (0.98, 0.98)),
        ("field-4", (0.99, 0.99), (0.97, 0.97)),
        ("field-5", (0.99, 0.99), (0.97, 0.98)),
        ("field-6", (0.99, 0.99), (0.98, 0.98)),
        ("field-7", (0.99, 0.98), (0.98, 0.98)),
        ("field-8", (0.99, 0.99), (0.99, 0.97)),
        ("field-9", (0.98, 0.97), (0.97, 0.95)),
        ("field-10", (0.99, 0.98), (0.98, 0.98)),
        ("field-11", (0.98, 0.98), (0.96, 0.97)),
        ("field-12", (0.98, 0.98), (0.9, 0.95)),
        ("field-13", (0.99, 0.99), (0.97, 0.97)),
        ("field-14", (0.99, 0.99), (0.93, 0.96)),
        ("field-15", (0.98, 0.98), (0.92, 0.88)),
        ("field-16", (0.98, 0.99), (0.95, 0.96)),
        ("field-17", (0.99, 0.99), (0.93, 0.95)),
        ("field-18", (0.98, 0.98), (0.9, 0.91)),
        ("field-19", (0.99, 0.99), (0.9, 0.94)),
        ("field-20", (0.99, 0.99), (0.93, 0.87)),
        ("field-21", (0.99, 0.99), (0.94, 0.92)),
        ("field-22", (0.99, 0.99), (0.88, 0.86)),
        ("field-23", (0.98, 0.99), (0.99, 0.96)),
        ("field-24", (0.99, 0.99), (0.99, 0.99)),
        ("field-25", (0.98, 0.99), (0.97, 0.98)),
        ("field-26", (0.97, 0.98), (0.89, 0.83)),
        ("held-out-1", (0.99, 0.99), (0.97, 0.96)),
        ("held-out-2", (0.99, 0.99), (0.94, 0.96)),
        ("held-out-4", (0.99, 0.99), (0.94, 0.9)),
    ],
)
def test_sentences_are_read_no_worse_than_before(name, figures, links):
    """Held-out and field files were written by others who had not seen the dictionary.

    The field files follow published reports of all levels, in words of our own. The dictionary was
    bettered on the first eleven, field-16 to -21 and field-23 to -25 afterwards. Nothing is learned
    from field-15, -22, -26 and the held-out files; the misses of those three were never read.
    """
    scores = evaluate.evaluate_sentences(SENTENCES / f"{name}.yaml", shipped_lexicon(), show=False)

    assert rates(scores["数字"]) >= figures
    assert rates(scores["数字"])[1] >= figures[1]
    assert rates(scores["对应"])[0] >= links[0]
    assert rates(scores["对应"])[1] >= links[1]
