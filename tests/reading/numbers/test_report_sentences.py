"""Figures of sentences in the manner of real reports, judged by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.reading.normal import normalise
from assessor.reading.numbers import Mention, find_numbers
from schemas.reading import Bound
from scoring.yaml_strict import parse_yaml

HERE = Path(__file__).parent
FILES = ("report_sentences.yaml", "unseen_sentences.yaml")
SIGNS = {">=": Bound.AT_LEAST, "<=": Bound.AT_MOST, "~": Bound.APPROX}


def read_cases(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    groups = parse_yaml((HERE / name).read_text(encoding="utf-8")).value
    for group, cases in groups.items():
        if group != "schema":
            yield from ((row["text"], tuple(row["expect"])) for row in cases)


SENTENCES = [case for name in FILES for case in read_cases(name)]


def read_expected(line: str) -> tuple[Decimal, str, Bound]:
    sign = next((one for one in SIGNS if line.startswith(one)), "")
    value, _, unit = line.removeprefix(sign).partition(" ")
    return Decimal(value), unit, SIGNS.get(sign, Bound.EXACT)


def plain(mention: Mention) -> tuple[Decimal, str, Bound]:
    return mention.value, mention.unit, mention.bound


def test_there_are_at_least_sixty_sentences():
    assert len({text for text, _ in SENTENCES}) == len(SENTENCES) >= 60


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence_gives_exactly_the_figures_a_reader_takes(text, expected):
    found = [plain(one) for one in find_numbers(normalise(text).text).mentions]

    assert found == [read_expected(line) for line in expected]
