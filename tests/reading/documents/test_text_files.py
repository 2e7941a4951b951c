"""Text files: encodings told apart, page furniture at head and tail, wrapped lines."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode
from schemas.reading import BlockFlag

LINES = [
    "云栖县2024年度法治政府建设情况报告",
    "全年审结行政复议案件131件，直接纠错率4.58%，行政机关负责人出庭应诉率97.78%。",
    "各单位按照要求开展法治培训，全县行政执法人员参加考试，合格率100%。",
]
TEXT = "\n".join(LINES)
TRADITIONAL = "本縣全年審結行政復議案件131件，發動各鄉鎮開會學習法律，對執法的監督經過說明後實施。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encoding_is_told_by_the_bytes(encoding, read, texts):
    intake = read(TEXT.encode(encoding), "报告.txt")

    assert (texts(intake.document), intake.issues) == (LINES, ())


def test_gb18030_mark_is_no_text(read, texts):
    assert texts(read(b"\x84\x31\x95\x33" + TEXT.encode("gb18030"), "报告.txt").document) == LINES


def test_t3_big5_is_not_read_as_gb18030_nonsense(read, texts):
    content = TRADITIONAL.encode("big5")

    assert content.decode("gb18030") != TRADITIONAL
    assert texts(read(content, "報告.txt").document) == [TRADITIONAL]


def test_t3_short_gb18030_name_is_not_taken_for_big5(read, texts):
    assert texts(read("嘉善魏塘".encode("gb18030"), "报告.txt").document) == ["嘉善魏塘"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_t3_damaged_byte_away_from_digits_is_flagged(encoding, read):
    content = "本县依法行政水平稳步提高，".encode(encoding) + b"\xff" + "。\n".encode(encoding)
    content += LINES[1].encode(encoding)
    intake = read(content, "报告.txt")

    assert intake.document.blocks[0].flags == (BlockFlag.DAMAGED,)
    assert intake.document.blocks[1].flags == ()
    assert [issue.code for issue in intake.issues] == [IssueCode.DOCUMENT_DAMAGED]
    assert intake.issues[0].location.place == "第1段"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_t3_damaged_byte_beside_a_digit_is_refused(encoding, read):
    before, after = "本县全年依法审结行政复议案件".encode(encoding), "31件。".encode(encoding)
    content = before + b"\xff" + after

    with pytest.raises(SubmissionUnreadable, match="紧挨数字") as refusal:
        read(content, "报告.txt")

    assert refusal.value.code == "damaged"


def test_t4_defects_of_real_text_are_kept_as_printed(read, texts):
    lines = [
        "是自觉接受监督，办理人大代表建235件",
        '规划(20212025年)提出"三个”目标，满意率100%o',
    ]

    assert texts(read("\n".join(lines).encode(), "报告.txt").document) == lines


def test_binary_file_is_refused(read):
    with pytest.raises(SubmissionUnreadable, match="认不出文字编码"):
        read(bytes(range(256)) * 20, "报告.txt")


HEAD = """您当前的位置:首页
> 政务公开 > 政策文件

{title}

发布日期: 2025-03-04 11:07 信息来源: 县司法局 浏览次数: 1523
【字体：大 中 小】 打印 分享
"""
TAIL = """
信息来源: 县司法局
【打印】【关闭】
上一篇：关于开展执法检查的通知
版权所有：云栖县人民政府
"""


def test_head_and_tail_of_a_saved_page_are_metadata(read, texts):
    content = HEAD.format(title=LINES[0]) + "\n\n".join(LINES[1:]) + TAIL
    document = read(content.encode(), "报告.txt").document

    assert texts(document) == LINES
    assert document.title == LINES[0]
    assert document.publish_date == date(2025, 3, 4)


def test_title_repeated_below_the_metadata_stands_once(read, texts):
    head = f"{LINES[0]}\n\n发布时间:2025-03-04 10:20\n\n访问次数:\n\n信息来源:云栖县\n\n分享:\n\n"

    assert texts(read((head + TEXT).encode(), "报告.txt").document) == LINES


@pytest.mark.parametrize(
    "head",
    [
        "发布时间:\n2025-03-04 10:20\n访问次数:\n1523\n",
        "索引号: E001/2025-05188 发文时间: 2025-03-04\n公开方式: 主动公开 公开时限: 长期公开\n",
        "成文日期：2025-02-18\n发布日期：2025年3月4日\n",
        "2025-03-04 10:20:15 来源：县司法局 点击：12\n",
        "县司法局 发布时间：2025-03-04 浏览量：12\n",
    ],
)
def test_day_of_publication_is_read_from_head_lines(head, read, texts):
    document = read((head + TEXT).encode(), "报告.txt").document

    assert document.publish_date == date(2025, 3, 4)
    assert texts(document) == LINES


def test_signature_and_its_day_stay_text(read, texts):
    lines = [*LINES, "云栖县人民政府", "2025年2月18日"]
    document = read("\n".join(lines).encode(), "报告.txt").document

    assert texts(document) == lines
    assert document.publish_date is None


def test_name_of_a_word_file_on_top_is_the_title_only(read, texts):
    content = "\n".join(["云栖县法治政府建设实施方案.docx", *LINES[1:]]).encode()
    document = read(content, "a.txt").document

    assert document.title == "云栖县法治政府建设实施方案"
    assert texts(document) == LINES[1:]


def test_issuer_above_belongs_to_the_title(read):
    lines = ["云栖县人民政府", "关于2024年度法治政府建设情况的报告", *LINES[1:]]

    assert read("\n".join(lines).encode(), "a.txt").document.title == "".join(lines[:2])


def wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for character in text:
        if sum(1 if one.isascii() else 2 for one in lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def test_lines_wrapped_at_a_fixed_width_are_joined(read, texts):
    body = (LINES[1] + LINES[2]) * 5
    wrapped = "\n".join(wrap(body, 48))

    assert texts(read(f"{LINES[0]}\n\n{wrapped}".encode(), "a.txt").document) == [LINES[0], body]


def test_kangxi_radicals_and_the_supplement_become_ideographs(read, texts):
    copied = "全县⼈⺠群众满意度98%，⻔类⻬全，⻓期有效，⻛险可控，⻋辆12台。"

    assert texts(read(copied.encode(), "a.txt").document) == [
        "全县人民群众满意度98%，门类齐全，长期有效，风险可控，车辆12台。"
    ]


REPORT = [
    "临江县2024年法治政府建设年度报告",
    "一、主要举措和成效",
    (
        "全县受理行政复议申请1152件，办结1138件，其中调解和解结案426件，直接纠错31件。法律顾问参与"
        "重大决策论证，聘请法律顾问115名，审核行政规范性文件33件，审核率达到100%，备案32件。"
    ),
    "组织执法人员培训12期，参训2460人次。",
    "二、存在的不足",
    "少数乡镇执法人员力量偏弱，法制审核人员只占4.35%。",
    "三、2025年工作思路",
    (
        "行政执法证持证率达到100%，行政机关负责人出庭应诉率保持在98.5%以上，全年开展专项监督30次，"
        "培训执法人员3000人次，行政执法案卷抽查不少于400卷，做到严格规范公正文明执法。"
    ),
    "临江县人民政府",
    "2025年2月18日",
]


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize("width", [20, 22, 25, 27, 30, 34, 36, 38, 45])
def test_lines_cut_after_so_many_characters_are_joined(width, indent, read, texts):
    lines = [REPORT[0], *(indent + one for one in REPORT[1:])]
    cut = [one[at : at + width] for one in lines for at in range(0, len(one), width)]

    assert texts(read("\n".join(cut).encode(), "a.txt").document) == REPORT


def test_number_cut_in_a_short_text_is_joined(read, texts):
    lines = ["临江县2024年法治政府建设年度报告", "全县办结行政复议申请，共11", "2件。"]

    assert texts(read("\n".join(lines).encode(), "a.txt").document)[1:] == [lines[1] + lines[2]]


def test_lines_that_are_paragraphs_stay_apart(read, texts):
    lines = [f"第{one}项工作由县司法局牵头，各部门各乡镇配合完成。" for one in "一二三四五六七八九"]
    listed = ["县级机关名单如下，共3", "1、县公安局；", *lines]

    assert texts(read("\n".join(listed).encode(), "a.txt").document) == listed


@pytest.mark.parametrize(
    "text",
    [
        ("一，" + "一1" * 20 + "\n") * 20_000,
        ("全县办结" * 10 + "\n") * 8_000,
        ("县报告举措，第1" * 5 + "\n") * 10_000,
        "縣報" * 400_000,
    ],
)
def test_long_text_of_equal_lines_is_read_in_no_time(text, read):
    started = process_time()
    read(text.encode(), "a.txt")

    assert process_time() - started < 4
