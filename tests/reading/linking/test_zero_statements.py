"""Statements that there was none of something: found, and told from what only looks like one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from evaluate import document_of, figures_of  # noqa: E402 - beside the product

from assessor.reading.figures import Facts, find_figures  # noqa: E402
from assessor.reading.lexicon import shipped_lexicon  # noqa: E402
from assessor.reading.sections import Roles  # noqa: E402
from assessor.reading.zeros import find_zeros  # noqa: E402
from schemas.reading import SectionRole  # noqa: E402
from scoring.yaml_strict import parse_yaml  # noqa: E402

CASES = parse_yaml((Path(__file__).parent / "zeros.yaml").read_text(encoding="utf-8")).value


@pytest.mark.parametrize(("text", "gives"), [tuple(row.values()) for row in CASES["cases"]])
def test_zero_statement_names_what_there_was_none_of(text, gives):
    zeros = find_zeros(text, shipped_lexicon(), "")

    assert [match.term.entry.id for zero in zeros for match in zero.matches] == gives


def read(text: str) -> list[tuple[str, int, str]]:
    figures = figures_of(text, shipped_lexicon())
    return [(one.number_text, int(one.value), one.item_label) for one in figures]


def test_one_in_a_zero_statement_is_no_figure_of_its_own():
    assert read("行政诉讼案件无一例败诉。") == [("无", 0, "行政诉讼败诉数")]


def test_bare_zero_of_a_rate_is_its_value():
    assert read("行政诉讼败诉率为0。") == [("0", 0, "行政诉讼败诉率")]
    assert read("行政诉讼败诉率为零。") == [("零", 0, "行政诉讼败诉率")]


def test_the_word_of_a_zero_statement_is_not_also_a_number_left_out():
    roles = Roles((), (SectionRole.RESULTS,), ("",))
    facts = Facts(2024, None, is_plan=False)
    found = find_figures(document_of("行政复议0纠错。"), roles, shipped_lexicon(), facts, {})

    assert [(one.number_text, one.flags) for one in found.figures] == [("0", ("zero",))]
    assert found.discarded == ()
