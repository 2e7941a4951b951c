"""What a pattern tied to an end of its text must find there."""

import pytest

from assessor.reading.edges import Edges, edges_of
from assessor.reading.lexicon import shipped_lexicon
from assessor.reading.linking import places_of
from assessor.reading.linking.names import site_of
from assessor.reading.numbers import find_numbers

TEXT = (
    "全年召开常务会议12次,其中研究法治议题30项、会前学法6次;行政复议受理案件53件,审结48件,维持30件、撤销5件,"
    "纠错率10.4%。组织培训8期、420人次,考试通过率98.5%。其中3名负责人出庭应诉,12个村获评民主法治示范村。"
    "审查规范性文件15件,法律顾问参与6次,公职律师21名。检查企业1320户次,立案84件,罚没款310万元。"
    "办理法律援助案件210件,化解矛盾纠纷980件,化解率97%。网上可办率由91%提高到98%,压减材料35%。"
)


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("会议$", None, "议"),
        ("(?:会议|会)(?:共|各)?$", None, "议会共各"),
        ("会[议场]?(?<!不)$", None, "会议场"),
        ("^(?:其中)?[,、和]?公安", "其,、和公", None),
        ("^公安$", "公", "安"),
        ("^(?:甲|乙)?$", None, None),
        ("会议[^,。]{0,4}$", None, None),
        ("会议[a-c]$", None, None),
        ("会议.$", None, None),
        ("甲$|乙", None, None),
        ("(?:甲$|乙$)", None, None),
        ("会议", None, None),
    ],
)
def test_edges_of_a_pattern(pattern, first, last):
    assert edges_of(pattern) == Edges(
        None if first is None else frozenset(first), None if last is None else frozenset(last)
    )


def test_every_name_a_stretch_shows_is_among_those_that_are_tried():
    index, every = shipped_lexicon().index, shipped_lexicon().names_counted_in(None)
    stretches = [
        stretch
        for place in places_of(TEXT, find_numbers(TEXT).mentions, "")
        for site in (site_of(place),)
        for stretch in (*(text for text, *_ in site.before), site.after, site.around)
        if stretch
    ]

    assert len(stretches) >= 30
    found = 0
    for stretch in stretches:
        shown = [name for name in index.names if name.pattern.search(stretch)]
        found += len(shown)
        assert {name for name in shown if name.is_before} <= set(index.before(stretch, every))
        assert {name for name in shown if name.is_behind} <= set(index.behind(stretch, every))
    assert found > 200


def test_few_names_are_tried_on_a_stretch():
    index, every = shipped_lexicon().index, shipped_lexicon().names_counted_in(None)

    assert len(index.before("全年受理行政复议申请", every)) < 40
    assert index.before("", every) == index.behind("", every) == ()
    assert index.before("全年受理行政复议申请", 0) == []


def test_names_of_other_units_are_not_tried():
    lexicon = shipped_lexicon()
    of_cases = lexicon.names_counted_in(frozenset(("case",)))

    names = lexicon.index.before("全年受理行政复议申请", of_cases)

    assert names
    assert all("case" in lexicon.terms[name.term].units for name in names)
