"""Parts of a whole told by kind take its name; sizes of changes go to what changed, in order."""

from __future__ import annotations

import pytest

from assessor.reading.figures import Facts, find_figures
from assessor.reading.lexicon import shipped_lexicon
from assessor.reading.sections import Roles
from schemas.reading import Block, BlockKind, ReadDocument, SectionRole

APPLIED, ACCEPTED = "行政复议申请数", "行政复议受理数"


def labels_of(*paragraphs: str) -> list[tuple[str, str]]:
    """Return number and printed name of every figure of a document of some paragraphs."""
    blocks, start = [], 0
    for index, text in enumerate(paragraphs):
        end = start + len(text)
        blocks.append(Block(index=index, kind=BlockKind.PARAGRAPH, start=start, end=end))
        start = end + 1
    document = ReadDocument(
        text="\n".join(paragraphs) + "\n",
        sha256="0" * 64,
        format="txt",
        file="x",
        blocks=tuple(blocks),
    )
    count = len(paragraphs)
    roles = Roles((), (SectionRole.RESULTS,) * count, ("",) * count)
    facts = Facts(2024, None, False)
    figures = find_figures(document, roles, shipped_lexicon(), facts, {}).figures
    return [(figure.number_text, figure.item_label) for figure in figures]


def test_the_share_tells_which_of_two_wholes_a_part_belongs_to():
    whole = "收到行政复议申请153件,受理128件。"

    of_all = labels_of(whole + "从案件类型看,行政处罚类84件,占54.9%。")
    of_accepted = labels_of(whole + "从案件类型看,行政处罚类84件,占65.63%。")

    assert of_all[2:] == [("84", APPLIED), ("54.9", f"{APPLIED}·占比")]
    assert of_accepted[2:] == [("84", ACCEPTED), ("65.63", f"{ACCEPTED}·占比")]


def test_a_share_may_be_rounded_or_cut_but_not_wrong():
    text = "收到行政复议申请300件。从类型看,行政许可类200件,占{}%。"

    assert labels_of(text.format("66.7"))[2] == ("66.7", f"{APPLIED}·占比")
    assert labels_of(text.format("66.6"))[2] == ("66.6", f"{APPLIED}·占比")
    assert labels_of(text.format("65.6"))[2] != ("65.6", f"{APPLIED}·占比")


def test_the_whole_may_stand_in_an_earlier_paragraph():
    found = labels_of(
        "全年收到行政复议申请200件。",
        "从涉及领域看,公安类50件,占25.0%;自然资源类30件,占15.0%;其他120件。",
    )

    assert [label for _, label in found[1:]] == [
        APPLIED,
        f"{APPLIED}·占比",
        APPLIED,
        f"{APPLIED}·占比",
        APPLIED,
    ]


def test_words_may_name_what_the_share_is_of():
    text = "以县政府部门为被申请人的140件,在受理总数中占92.7%;以乡镇为被申请人的11件,占7.3%。"

    assert labels_of(text) == [
        ("140", ACCEPTED),
        ("92.7", f"{ACCEPTED}·占比"),
        ("11", ACCEPTED),
        ("7.3", f"{ACCEPTED}·占比"),
    ]


def test_kinds_that_name_other_quantities_are_parts_where_the_text_tells_by_kind():
    found = labels_of("受理行政复议案件131件。从事项看,投诉举报75件,行政处罚40件,信息公开16件。")

    assert [label for _, label in found] == [ACCEPTED] * 4


def test_outcomes_keep_their_own_names():
    found = labels_of("审结行政复议案件110件,其中维持62件,占56.4%,调解和解22件,占20%。")

    assert [label for _, label in found] == [
        "行政复议审结数",
        "行政复议维持数",
        "行政复议维持数·占比",
        "行政复议调解和解数",
        "行政复议调解率",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全年办理行政处罚案件40件,占65.63%。",
        "收到行政复议申请153件。开展行政处罚84件,占70.1%。",
    ],
)
def test_a_share_that_fits_no_whole_gives_no_part(text):
    assert all(ACCEPTED not in label for _, label in labels_of(text))
    assert f"{APPLIED}·占比" not in {label for _, label in labels_of(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "新收一审行政诉讼案件320件,其中行政处罚类案件96件,占30%。",
            ["accepted", "review", "review"],
        ),
        ("新收一审行政处罚类诉讼案件96件,占案件总数的30%。", ["review", "review"]),
    ],
)
def test_parts_never_count_by_themselves(text, wanted):
    blocks = (Block(index=0, kind=BlockKind.PARAGRAPH, start=0, end=len(text)),)
    document = ReadDocument(
        text=text + "\n", sha256="0" * 64, format="txt", file="x", blocks=blocks
    )
    roles = Roles((), (SectionRole.RESULTS,), ("",))
    found = find_figures(document, roles, shipped_lexicon(), Facts(2024, None, False), {}).figures

    assert [figure.confidence.value for figure in found] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "受理行政复议案件45件、审结40件,同比分别增长12.5%和8.1%。",
            ["行政复议受理数·同比增幅", "行政复议审结数·同比增幅"],
        ),
        (
            "行政处罚案件1205件,罚没金额860万元,较上年同期分别下降10%、15.2%。",
            ["行政处罚案件数·同比降幅", "罚没金额·同比降幅"],
        ),
        (
            "行政处罚案件1205件,罚没金额860万元,同比增幅分别达到61%和64%。",
            ["行政处罚案件数·同比增幅", "罚没金额·同比增幅"],
        ),
        (
            "受理行政复议、审结行政复议案件数同比分别上升12.5%、10.2%。",
            ["行政复议受理数·同比增幅", "行政复议审结数·同比增幅"],
        ),
    ],
)
def test_changes_pair_with_what_changed(text, wanted):
    assert [label for _, label in labels_of(text)][-2:] == wanted


def test_changes_of_unknown_quantities_stay_unlinked():
    found = labels_of("植树1205棵,铺路860米,同比分别增长10%、15.2%。")

    assert {label for _, label in found} == {""}


def test_names_told_above_are_taken_in_order():
    found = labels_of(
        "到2025年底,全县法律明白人力争达到1500名,执法人员持证率达到98%。"
        "2024年末以上指标分别为1320名和95.2%。"
    )

    assert [label for _, label in found] == ["法律明白人数", "行政执法证持证率"] * 2


def test_names_told_above_are_not_guessed_where_units_differ():
    found = labels_of("法律明白人达到1500名,持证率98%。以上指标分别为95.2%和1320名。")

    assert [label for _, label in found][2:] == ["", ""]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "查办违法案件795件,罚款692万元,金额同比上升5%,案件数量较去年同比增长3%。",
            ["罚没金额·同比增幅", "行政处罚案件数·同比增幅"],
        ),
        ("收到行政复议申请846件,达到上一年的4.4倍。", ["行政复议申请数·同比增幅"]),
    ],
)
def test_a_general_subject_speaks_of_the_figure_of_its_unit(text, wanted):
    changes = [label for _, label in labels_of(text) if "·同比" in label]

    assert changes == wanted


def test_a_noun_at_the_end_of_a_list_names_all_of_it():
    found = labels_of(
        "明确甲镇90项、乙等重点镇40项、丙等一般镇38项行政权力事项。植树20亩、造林3亩。"
    )

    assert [label for _, label in found] == ["行政权力事项数"] * 3 + ["", ""]


def test_a_kind_told_with_its_share_tells_the_whole_of_the_others():
    found = labels_of(
        "受理治安类复议案件13件,占案件总数的22.0%,较上年增加116.7%;"
        "投诉举报类21件,占35.6%,较上年下降27.6%。"
    )

    assert [label for _, label in found] == [
        ACCEPTED,
        f"{ACCEPTED}·占比",
        f"{ACCEPTED}·同比增幅",
        ACCEPTED,
        f"{ACCEPTED}·占比",
        f"{ACCEPTED}·同比降幅",
    ]


def test_shares_alone_are_of_the_whole_told_before():
    found = labels_of("受理行政复议案件500件。从被申请人看,乡镇政府占3.6%,县级部门占58.6%。")

    assert [label for _, label in found][1:] == [f"{ACCEPTED}·占比"] * 2
