"""The index of characters never hides a term, and reading stays fast on any text."""

from __future__ import annotations

import re
import time

import pytest

from assessor.reading.clauses import flat
from assessor.reading.grams import GramIndex, all_needed_by, needed_by
from assessor.reading.lexicon import read_lexicon, shipped_lexicon
from assessor.reading.linking import is_tie, places_of, shared_names
from assessor.reading.linking.matching import Matcher
from assessor.reading.numbers import find_numbers
from assessor.reading.zeros import find_zeros
from schemas.errors import RuleFileError


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("复议申请", {"复议申请"}),
        ("(?:新收|受理)(?:行政)?复议(?:申请)?", {"复议"}),
        ("(?:新收|受理)", {"新收", "受理"}),
        ("(?:新收|受?理)", {"新收", "理"}),
        ("案件?", {"案"}),
        ("[^,]{0,8}率", {"率"}),
        (r"村\(居\)站", {"村(居)站"}),
        ("(?!不予)受理", {"受理"}),
        ("(?<!复)议案(?!件)", {"议案"}),
        ("(?:法治)?", None),
        ("[甲乙]", None),
        ("(?:甲|[乙丙])", None),
    ],
)
def test_needed_strings_of_a_pattern(pattern, needed):
    assert needed_by(pattern) == (None if needed is None else frozenset(needed))


def test_index_holds_every_pattern_that_could_match():
    index = GramIndex(["复议", "受理|立案", "[甲乙]", "人", "受理[^,]{0,4}复议"])

    assert index.within("立案一人") == [1, 2, 3]
    assert index.within("复查议事") == [2]
    assert index.within("受理案件") == [1, 2]
    assert index.within("受理行政复议") == [0, 1, 2, 4]
    assert index.mask("受理行政复议") == 0b10111


def test_everything_a_pattern_needs_is_told():
    assert all_needed_by("受理[^,]{0,4}复议(?:申请|案件)(?!人)") == (
        frozenset(("受理",)),
        frozenset(("复议",)),
        frozenset(("申请", "案件")),
    )
    assert all_needed_by("受理复议|立案") == (frozenset(("受理复议", "立案")),)
    assert all_needed_by("受?理?") == ()


def test_every_shipped_name_is_found_through_the_index():
    lexicon = shipped_lexicon()
    text = "全年新收行政复议申请,受理案件,培训执法人员,开展普法宣传活动,审核合同和规范性文件"
    direct = {name for name in lexicon.index.names if name.pattern.search(text)}
    every = lexicon.names_counted_in(None)

    assert direct
    assert direct <= {*lexicon.index.before(text, every), *lexicon.index.behind(text, every)}


def test_short_parentheses_are_part_of_a_name():
    assert flat("村(居)、镇(街道)办理(含上年结转12件)案件") == "村(居)、镇(街道)办理案件"


def test_equal_names_of_different_items_are_a_tie():
    text = "创建国家级省级民主法治村2个。"
    place = places_of(text, find_numbers(text).mentions, "")[0]
    matches = Matcher(shipped_lexicon()).direct(place)
    one = matches[0]._replace(score=100)
    same_label = [m for m in matches if m.term.entry.item != one.term.entry.item]

    assert is_tie((one, same_label[0]._replace(score=99)))
    assert not is_tie((one, same_label[0]._replace(score=90)))


def test_one_rate_serves_every_name_of_its_list():
    text = "行政规范性文件报备率、审核率均达到100%。"
    place = places_of(text, find_numbers(text).mentions, "")[0]
    served = shared_names(place, Matcher(shipped_lexicon()).direct(place))

    assert [one.term.entry.id for one in served] == ["document-filing-rate", "document-review-rate"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("未发生重大执法事件。", ["major-incidents"]),
        ("行政诉讼案件实现零败诉。", ["lost-cases"]),
        (
            "无行政复议、行政诉讼案件。",
            ["reconsideration-as-respondent", "litigation-as-defendant"],
        ),
        ("行政诉讼败诉案件为零。", ["lost-cases"]),
        ("实现零的突破,推进零跑动。", []),
        ("无证明城市建设,没有短板。", []),
    ],
)
def test_zero_statement_is_a_figure_where_the_dictionary_knows_it(text, entries):
    found = [
        m.term.entry.id for one in find_zeros(text, shipped_lexicon(), "") for m in one.matches
    ]

    assert found == entries


@pytest.mark.parametrize(
    "piece",
    [
        "无行政复议案件,",
        "受理案件36件、",
        "(((培训5期",
        "其中公安类12件,占20%,",
        "分别为98%、",
        "县公安局持证",
    ],
)
def test_time_grows_with_the_length_of_a_paragraph(piece):
    """Ten times the text may take twenty times as long, never a hundred times."""

    def seconds(count: int) -> float:
        text = piece * count
        start = time.process_time()
        places_of(text, find_numbers(text).mentions, "")
        list(find_zeros(text, shipped_lexicon(), ""))
        return time.process_time() - start

    seconds(10)
    short = min(seconds(300) for _ in range(3))
    long = min(seconds(3000) for _ in range(2))

    assert long <= 20 * short + 0.2


def test_pattern_that_needs_a_class_only_is_always_tried():
    index = GramIndex(["[甲乙]"])

    assert index.within("") == [0]
    assert re.search("[甲乙]", "甲")


@pytest.mark.parametrize("text", ["0村(", "共有行政村960个(", "((12件", "培训(5期(420人次("])
def test_parenthesis_that_never_closes_ends_no_reading(text):
    mentions = find_numbers(text).mentions

    assert len(places_of(text, mentions, "")) == len(mentions) > 0


@pytest.mark.parametrize("pattern", ["(?i)abc", "甲(?P<n>乙)", "甲乙*?", r"[\]甲]", "甲.*乙"])
def test_patterns_the_index_cannot_read_are_refused(tmp_path, pattern):
    path = tmp_path / "own.yaml"
    entry = f"{{id: own, label: 某数, heads: ['{pattern}'], units: [case]}}"
    path.write_text(f"schema: lexicon/1\nentries:\n  - {entry}\n", encoding="utf-8")

    with pytest.raises(RuleFileError) as refused:
        read_lexicon([path])

    assert [fault.line for fault in refused.value.faults] == [3]
