"""What a pattern tied to an end of its text must find there."""

import pytest

from assessor.reading.edges import Edges, edges_of
from assessor.reading.lexicon import shipped_lexicon
from assessor.reading.linking import places_of
from assessor.reading.linking.names import site_of, stretches_of
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


def test_no_name_is_found_where_its_edges_do_not_fit():
    stretches = [
        stretch
        for place in places_of(TEXT, find_numbers(TEXT).mentions, "")
        for stretch in stretches_of(site_of(place))
        if stretch
    ]
    tied = [name for name in shipped_lexicon().names if name.edges != (None, None)]

    assert len(stretches) >= 30
    assert len(tied) > 400
    found = 0
    for name in tied:
        for stretch in stretches:
            if name.pattern.search(stretch):
                found += 1
                assert name.edges.first is None or stretch[0] in name.edges.first
                assert name.edges.last is None or stretch[-1] in name.edges.last
    assert found > 20
