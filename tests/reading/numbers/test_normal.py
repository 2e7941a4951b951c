"""One shape for all prints, and the way back."""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.reading.normal import normalise

SHAPES = [
    ("２０２１年，受理６７件；办结率１００％。", "2021年,受理67件;办结率100%。"),
    ("（含）：！？", "(含):!?"),
    ("千分之三‰、“引号”《书名》", "千分之三‰、“引号”《书名》"),
    ("⼈⺠政府⻓期⻅效", "人民政府长期见效"),
    ("2 ： 1", "2 : 1"),
    ("2\u22361", "2:1"),
    ("行 政 复 议 67 件", "行政复议67件"),
    ("行政\u3000复议\u00a067\u2003件", "行政复议67件"),
    ("纠错率 4.97 %", "纠错率4.97%"),
    ("受\u200b理\ufeff67\u00ad件", "受理67件"),
    ("ISO  9001 and more", "ISO 9001 and more"),
    ("67\n件\t数", "67\n件\t数"),
    ("  首行  ", "首行"),
    ("①第一项", "①第一项"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "text"), SHAPES)
def test_print_gets_one_shape(raw, text):
    assert normalise(raw).text == text


def test_span_leads_back_to_the_print():
    raw = "共受理\u3000\uff16\uff17 件，纠错率 4.97 ％"
    normal = normalise(raw)
    start = normal.text.index("67件")
    first, last = normal.raw_span(start, start + 3)

    assert raw[first:last] == "\uff16\uff17 件"


def test_empty_span_stays_empty():
    assert normalise("一 二").raw_span(1, 1) == (2, 2)


@given(
    st.text(alphabet="中文\uff11\uff123\uff14％ \u3000\u200b\t\n,，。(（⼈ax\u00a0", max_size=60)
)
def test_every_span_holds_the_characters_it_came_from(raw):
    normal = normalise(raw)
    for index, character in enumerate(normal.text):
        first, last = normal.raw_span(index, index + 1)

        assert last == first + 1
        assert character in (raw[first], normalise(f"x{raw[first]}x").text[1:2])


@given(st.text(max_size=60))
def test_shape_is_stable(raw):
    once = normalise(raw).text

    assert normalise(once).text == once


@given(st.text(alphabet="中1 \u200b", min_size=1, max_size=40))
def test_spans_ascend_and_stay_inside(raw):
    normal = normalise(raw)
    spans = [normal.raw_span(index, index + 1) for index in range(len(normal.text))]

    assert all(low[1] <= high[0] for low, high in pairwise(spans))
    assert all(0 <= first < last <= len(raw) for first, last in spans)


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer slows everything")
@pytest.mark.parametrize("piece", [" ", "中 ", "\u200b", "\uff11", "a  "])
def test_a_megabyte_takes_no_second(piece):
    raw = piece * (1_000_000 // len(piece))
    began = time.process_time()
    normalise(raw)

    assert time.process_time() - began < 10
