"""What holds for every text: spans, values, order, time."""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.reading.normal import normalise
from assessor.reading.numbers import Flag, NumberScan, find_numbers, parse_number

ALPHABET = (
    "0123456789.,/:-~%‰年月日号第个件次名余多近约超一二三两十百千万亿点分之成半几各每至到、和()“”《》*×xX是\n"
    "。;达 "
)
WORDS = st.sampled_from(
    [
        "受理",
        "67件",
        "近",
        "约",
        "超",
        "百分之",
        "九十八",
        "点五",
        "三",
        "两",
        "场",
        "余",
        "万",
        "亿",
        "元",
        "次",
        "1/4",
        "2:1",
        "3-5",
        "12、35和7",
        "各1名",
        "八成",
        "2021年",
        "第",
        "(",
        ")",
        "“",
        "”",
        "《",
        "》",
        ",",
        "。",
        "个",
    ]
)
TEXTS = st.one_of(st.text(ALPHABET, max_size=60), st.lists(WORDS, max_size=25).map("".join))

UNTRACED = pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer slows everything")


def check(text: str, scan: NumberScan) -> None:
    for one in scan.mentions:
        assert 0 <= one.start <= one.number_start < one.number_end <= one.end <= len(text)
        assert text[one.number_start : one.number_end] == one.number_text
        if Flag.ELIDED_UNIT not in one.flags:
            assert parse_number(one.number_text) == one.value
    for dropped in scan.discarded:
        assert text[dropped.start : dropped.end] == dropped.text != ""


@given(TEXTS)
def test_number_text_reparses_to_the_value(raw):
    text = normalise(raw).text

    check(text, find_numbers(text))


@given(TEXTS)
def test_raw_span_of_a_figure_reparses_to_the_value(raw):
    normal = normalise(raw)
    for one in find_numbers(normal.text).mentions:
        first, last = normal.raw_span(one.number_start, one.number_end)

        assert normalise(raw[first:last]).text == one.number_text


@given(TEXTS)
def test_figures_come_in_order_and_share_no_digit(raw):
    spans = [(m.number_start, m.number_end) for m in find_numbers(normalise(raw).text).mentions]

    assert all(low[1] <= high[0] for low, high in pairwise(spans))


@given(TEXTS)
def test_every_arabic_number_is_a_figure_or_discarded(raw):
    text = normalise(raw).text
    scan = find_numbers(text)
    covered = {
        place
        for spans in (
            [(m.start, m.end) for m in scan.mentions],
            [(d.start, d.end) for d in scan.discarded],
        )
        for first, last in spans
        for place in range(first, last)
    }

    assert all(place in covered for place, sign in enumerate(text) if sign.isdecimal())


PIECES = [
    "1",
    "1,",
    "1,111",
    "1.",
    "1.1.",
    "百",
    "万",
    "一",
    "一、",
    "(",
    "-",
    "*",
    "×",
    "x",
    "_",
    "“",
    "《",
    "“1",
    "《1",
    "1-",
    "1、",
    "1/",
    "1:",
    "1+",
    "第",
    "第1、",
    "近",
    "余",
    "百分之",
    "三分之",
    "2021年",
    "20",
    "2021-",
    "件",
    "个百分点",
    "1件",
    "约1余件左右",
    "十几",
    "两三个",
    "每",
    "连续",
    "一次",
    "《“",
    "全省第",
]


@UNTRACED
@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear_on_hostile_text(piece):
    text = piece * (640_000 // len(piece))
    began = time.process_time()
    find_numbers(text)

    # A quarter of a second when linear; quadratic time would take a quarter of a minute.
    assert time.process_time() - began < 6


@UNTRACED
@pytest.mark.parametrize(
    "piece", ["1", ",", "百", "(", "万", "-", "1,111,", "*", "\n", "x_", "“《"]
)
def test_a_hostile_megabyte_never_hangs(piece):
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    find_numbers(text)

    assert time.process_time() - began <= 10


@UNTRACED
def test_ten_thousand_characters_are_read_at_once():
    sentence = (
        "全县累计受理行政复议案件67件,审结60件,纠错率为4.97%,进一步提升统一执法的一体化水平。"
        "坚持把法治建设与经济社会发展同部署、同推进、同考核,健全各司其职、协同高效的工作机制。"
    )
    text = sentence * (10_000 // len(sentence))
    find_numbers(text)
    best = min(_seconds(text) for _ in range(7))

    assert best <= 0.5


def _seconds(text: str) -> float:
    began = time.process_time()
    find_numbers(text)
    return time.process_time() - began
