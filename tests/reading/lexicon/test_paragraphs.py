"""The dictionary against long paragraphs in the style of all five kinds of bodies."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.linking import Linker, places_of
from assessor.reading.numbers import find_numbers
from scoring.yaml_strict import parse_yaml

REPO = Path(__file__).resolve().parents[3]
PARAGRAPHS = REPO / "tests" / "reading" / "sentences" / "dev-3.yaml"
PLACES = ("2022年,", "全市", "据统计,")


class Row(NamedTuple):
    """One paragraph with what its numbers are."""

    text: str
    expect: tuple[tuple[str, str | None], ...]


@cache
def rows() -> tuple[Row, ...]:
    document = parse_yaml(PARAGRAPHS.read_text(encoding="utf-8"))

    assert document.faults == ()
    sentences: Any = document.value
    return tuple(
        Row(
            unicodedata.normalize("NFKC", row["text"]),
            tuple((figure["number"], figure["entry"]) for figure in row["expect"]),
        )
        for row in sentences["sentences"]
    )


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def links_of(text: str, lexicon: Lexicon) -> list[tuple[str, str | None]]:
    """Return every number of a text with the name it is given, in order."""
    mentions = find_numbers(text).mentions
    links = Linker(lexicon).link(places_of(text, mentions, ""))
    return [
        (mention.number_text, found[0].term.entry.label if found else None)
        for mention, found in zip(mentions, links, strict=True)
    ]


def only(text: str, lexicon: Lexicon) -> list[str | None]:
    return [label for _, label in links_of(text, lexicon)]


def test_paragraphs_are_many_and_a_good_part_of_their_figures_belongs_to_nothing() -> None:
    entries = [entry for row in rows() for _, entry in row.expect]

    assert len(entries) >= 1500
    assert entries.count(None) >= 400


def test_every_number_of_a_paragraph_is_listed_in_order(lexicon: Lexicon) -> None:
    for row in rows():
        found = [re.sub(r",|余|多|:1$", "", one) for one, _ in links_of(row.text, lexicon)]
        wanted = [number for number, _ in row.expect]

        assert [one.rstrip("万亿") for one in found] == [one.rstrip("万亿") for one in wanted]


def test_names_given_in_paragraphs_are_right(lexicon: Lexicon) -> None:
    """A share or change of a quantity counts under its name, as in the vocabulary."""
    counts: Counter[str] = Counter()
    for row in rows():
        for (_, label), (_, entry) in zip(links_of(row.text, lexicon), row.expect, strict=True):
            wanted = lexicon.label(entry) if entry else None
            counts["wanted"] += wanted is not None
            counts["given"] += label is not None
            counts["right"] += label is not None and label == wanted

    assert counts["right"] * 1000 >= counts["given"] * 985
    assert counts["right"] * 1000 >= counts["wanted"] * 985


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报送规范性文件备案18件,办理企业备案62件。", ["规范性文件备案数", "备案办理件数"]),
        ("领导干部学法清单收录法律法规46部。", ["学法清单收录法律数"]),
        ("涉企检查事项清单收录检查事项52项。", [None]),
        ("梳理公布行政许可事项清单312项。", ["行政许可事项数"]),
        ("公布事项清单28张。", ["事项清单数"]),
        ("出台优化营商环境36条措施。", ["工作措施条数"]),
        ("承办人大代表建议41件、政协提案63件。", ["人大建议办理件数", "政协提案办理件数"]),
        ("承办人大代表建议和政协提案共104件。", ["当年承办的建议提案件数"]),
        ("收到司法建议和检察建议21件。", ["收到的司法建议件数"]),
        ("因违法执法引发重大事件0起。", ["重大执法事件和突发事件处置不当件数"]),
        ("举办法治培训4期,听课人员680人次。", ["法治培训场次", "法治培训人次"]),
        ("开展送法进村活动9场,惠及群众800人次。", ["法治宣传活动场次", "法治宣传受众人次"]),
        ("律师协助处理涉法事务45件。", ["涉法事务处理件数"]),
        ("制作许可决定书412份,抽取许可案卷36卷。", ["行政许可文书制作份数", "案卷评查份数"]),
        (
            "公共法律服务工作站16个、工作室208个。",
            ["公共法律服务工作站数", "公共法律服务工作站数"],
        ),
    ],
)
def test_neighbouring_quantities_are_kept_apart(
    text: str, expected: list[str | None], lexicon: Lexicon
) -> None:
    assert only(text, lexicon) == expected


@pytest.mark.parametrize("before", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "完成固定资产投资126亿元。",
        "新增医疗床位1200张。",
        "改造老旧小区42个。",
        "建成通车里程86公里。",
        "发放创业贷款3200万元。",
        "规模以上工业增加值增长7.1%。",
        "开展职业技能培训2600人次。",
        "举办农业技术培训46期。",
        "森林防火巡查出动1600人次。",
        "粮食总产量21.6万吨。",
    ],
)
def test_business_figures_are_given_no_name(before: str, text: str, lexicon: Lexicon) -> None:
    assert only(before + text, lexicon) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("审结复议案件9件。仲裁受理劳动争议86件,结案62件。", [None, None]),
        ("立案查处违法案件86件,结案62件。", ["行政处罚立案数", "行政处罚结案数"]),
        ("受理热线诉求86件,办结率99%。", ["热线诉求办理件数", "热线诉求办结率"]),
        ("受理群众信访86件,办结率99%。", ["信访投诉办理件数", "信访投诉办结率"]),
        ("承办政协提案86件,办结率99%。", ["政协提案办理件数", "建议提案办复率"]),
    ],
)
def test_a_bare_verb_belongs_to_the_subject_before_it(
    text: str, expected: list[str | None], lexicon: Lexicon
) -> None:
    assert only(text, lexicon)[-2:] == expected
