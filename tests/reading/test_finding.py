"""The quick way finds what the plain way finds."""

import re

import pytest

from assessor.reading.bodies import (
    _DEPARTMENT,
    _DEPARTMENT_WORD,
    _SCOPE_FIRST,
    _SCOPES,
    _WHOLE,
    _WHOLE_FIRST,
)
from assessor.reading.finding import finditer
from assessor.reading.numbers.names import _OPENING, _ZONES
from assessor.reading.numbers.scan import _FIRST, _TOKEN
from assessor.reading.zeros import _FIRST as _ZERO_FIRST
from assessor.reading.zeros import _SIGN

TEXTS = [
    "",
    "全年受理1,816件、审结九十三件，×件未结，12.5%。",
    "《甲法》和“乙”、‘丙’；《未完，“也未完",
    "1.2.3__xX**〇零两",
    "甲" * 300,
    "全市各级、省级部门和我县、市本级，全年0件败诉，未发生重大案件，零投诉;0",
    "省内各乡镇、本区、县公安局、法院、检察院，其中市场监管局办理12件,我局3件;国家级机关",
    "街道级政府，镇级财政，全系统，全省首创，无一例，没有0起",
]
PAIRS = [
    (_TOKEN, _FIRST),
    (_ZONES, _OPENING),
    (_SCOPES, _SCOPE_FIRST),
    (_WHOLE, _WHOLE_FIRST),
    (_SIGN, _ZERO_FIRST),
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("pattern", "first"), PAIRS)
def test_same_matches_as_the_pattern_itself(pattern, first, text):
    assert [one.span() for one in finditer(pattern, first, text)] == [
        one.span() for one in pattern.finditer(text)
    ]


def test_a_beginning_that_leads_nowhere_is_passed_over():
    found = finditer(re.compile("ab"), re.compile("a"), "aab a ab")

    assert [one.start() for one in found] == [1, 6]


@pytest.mark.parametrize("text", TEXTS)
def test_no_department_is_passed_over(text):
    assert not _DEPARTMENT.search(text) or _DEPARTMENT_WORD.search(text)


def test_every_pattern_of_a_pair_finds_something():
    assert all(any(pattern.search(text) for text in TEXTS) for pattern, _ in PAIRS)
    assert any(_DEPARTMENT.search(text) for text in TEXTS)
