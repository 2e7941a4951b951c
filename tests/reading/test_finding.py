"""The quick way finds what the plain way finds."""

import re

import pytest

from assessor.reading.finding import finditer
from assessor.reading.numbers.names import _OPENING, _ZONES
from assessor.reading.numbers.scan import _FIRST, _TOKEN

TEXTS = [
    "",
    "全年受理1,816件、审结九十三件，×件未结，12.5%。",
    "《甲法》和“乙”、‘丙’；《未完，“也未完",
    "1.2.3__xX**〇零两",
    "甲" * 300,
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("pattern", "first"), [(_TOKEN, _FIRST), (_ZONES, _OPENING)])
def test_same_matches_as_the_pattern_itself(pattern, first, text):
    assert [one.span() for one in finditer(pattern, first, text)] == [
        one.span() for one in pattern.finditer(text)
    ]


def test_a_beginning_that_leads_nowhere_is_passed_over():
    found = finditer(re.compile("ab"), re.compile("a"), "aab a ab")

    assert [one.start() for one in found] == [1, 6]
