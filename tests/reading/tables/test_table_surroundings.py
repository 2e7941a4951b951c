"""What stands around a table, bodies above and below the unit, and text that is no table."""

from __future__ import annotations

import time

import pytest

from assessor.reading.documents.text_tables import tabbed
from assessor.reading.reader import read_report
from assessor.reading.tables.heads import read_head, units_in
from assessor.reading.tables.words import Role, read_words, table_words
from schemas.errors import RuleFileError
from schemas.reading import BlockKind, Confidence

ROWS = "指标\t2023年\t2024年\n行政机关负责人出庭应诉率\t90.5%\t97.78%\n"


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        return read_report(path, in_process=True)

    return read


def report(body, *, title="青溪县2024年法治政府建设年度报告", heading="一、2024年主要举措和成效"):
    return f"{title}\n{heading}\n{body}\n二、存在的不足\n个别部门重视不够。\n"


def statuses(reading):
    return [(str(one.value), str(one.status), one.year) for one in reading.figures]


def accepted(reading):
    return [str(one.value) for one in reading.figures if one.confidence is Confidence.ACCEPTED]


def test_table_among_next_years_work_holds_no_result(read):
    reading = read(report(ROWS, heading="一、2025年工作打算"))

    assert statuses(reading) == [("90.5", "previous_year", 2023), ("97.78", "planned", 2024)] or (
        accepted(reading) == []
    )
    assert accepted(reading) == []


def test_table_of_a_plan_holds_aims_only(read):
    reading = read(report(ROWS, title="青溪县法治政府建设实施方案（2024—2026年）"))

    assert {str(one.status) for one in reading.figures} <= {"target"}


def test_head_about_next_year_does_not_turn_what_follows(read):
    table = "指标\t今年完成\t明年计划\n行政复议受理数\t128件\t130件\n"
    reading = read(report(f"{table}全年审核行政规范性文件33件。"))

    assert accepted(reading) == ["128", "33"]


def test_city_counts_all_its_counties_together_only(read):
    table = "地区\t行政复议受理（件）\n市本级\t50\n青溪县\t30\n白石区\t20\n全市\t100\n"
    reading = read(report(table, title="云栖市2024年法治政府建设年度报告"))

    assert accepted(reading) == ["100"]


def test_department_is_whole_in_its_own_report(read):
    table = "单位\t行政处罚（件）\n县公安局\t120\n县住建局\t30\n"
    reading = read(report(table, title="青溪县公安局2024年法治政府建设年度报告"))

    assert accepted(reading) == ["120"]


def test_unit_of_one_table_is_not_that_of_the_next(read):
    first = "单位：万元\n项目\t数额\n罚没金额\t35\n"
    reading = read(report(f"{first}另外的情况见下表。\n项目\t数值\n开展活动\t56\n"))

    assert [(str(one.value), one.unit) for one in reading.figures] == [("350000", "元")]
    assert "56" in [one.quote for one in reading.discarded]


@pytest.mark.parametrize(
    "lines",
    [
        ["青溪县人民政府    2025年2月20日"],
        ["首页 | 政务公开", "新闻 | 服务"],
        ["\t一、全年受理行政复议128件。", "\t二、审结112件。"],
        ["　　全年受理128件。", "　　审结112件。"],
        ["关  于", "报  告"],
        ["受理  128件。", "审结  112件。"],
        ["联系人 张三 李四"],
        ["2024年 全县 共受理128件", "审结112件 其中 维持100件"],
    ],
)
def test_text_that_is_no_table_stays_text(lines):
    assert tabbed(lines) == lines


def test_empty_lines_between_rows_do_not_part_a_table(read):
    table = "指标 | 2023年 | 2024年\n\n行政机关负责人出庭应诉率 | 90.5% | 97.78%\n"

    assert statuses(read(report(table))) == [
        ("90.5", "previous_year", 2023),
        ("97.78", "achieved", 2024),
    ]


def test_cell_left_out_among_blanks_keeps_its_column(read):
    table = (
        "指标                        2023年    2024年\n"
        "行政机关负责人出庭应诉率    90.5%     97.78%\n"
        "行政执法证持证率                      98.6%\n"
        "行政诉讼败诉率              5.2%      4.35%\n"
    )
    found = statuses(read(report(table)))

    assert ("98.6", "achieved", 2024) in found
    assert ("5.2", "previous_year", 2023) in found


def test_drawn_table_becomes_cells(read):
    table = "┌────┬───┐\n│指标│数值│\n├────┼───┤\n│行政复议受理数│128件│\n└────┴───┘\n"
    reading = read(report(table))
    cells = [one for one in reading.document.blocks if one.kind is BlockKind.CELL]

    assert [(one.cell.row, one.cell.column) for one in cells] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert accepted(reading) == ["128"]


@pytest.mark.parametrize(
    ("text", "name", "units", "year", "role"),
    [
        ("出庭应诉率（%）".replace("（", "(").replace("）", ")"), "出庭应诉率", ("%",), None, None),
        ("2024年", "", (), 2024, None),
        ("2024年度目标值", "", (), 2024, Role.TARGET),
        ("2025年计划", "", (), 2025, Role.TARGET),
        ("上年同期", "", (), None, Role.PREVIOUS),
        ("上年结转(件)", "上年结转", ("件",), None, None),
        ("本年受理(件)", "受理", ("件",), None, Role.CURRENT),
        ("比2023年增长(%)", "", ("%",), None, Role.CHANGE),
        ("较上年下降", "", (), None, Role.FALL),
        ("全市排名", "", (), None, Role.RANK),
        ("目标任务完成情况", "", (), None, Role.DONE),
        ("目标完成率", "", (), None, Role.COMPLETION),
        ("出庭应诉率目标值", "出庭应诉率", (), None, Role.TARGET),
        ("立法计划项目完成数", "立法计划项目完成数", (), None, None),
        ("行政复议(含行政赔偿)", "行政复议(含行政赔偿)", (), None, None),
        ("《2023年要点》印发数", "《2023年要点》印发数", (), None, None),
        ("明年计划", "", (), None, Role.PLANNED),
    ],
)
def test_head_tells_name_unit_year_and_role(text, name, units, year, role):
    head = read_head(text)

    assert (head.name, head.units, head.year, head.role) == (name, units, year, role)


def test_units_are_units_and_nothing_else():
    assert units_in("件、%") == ("件", "%")
    assert units_in("万元") == ("万元",)
    assert units_in("含行政赔偿") == ()
    assert units_in("人/次") == ("人次",)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("table-heads/1", "table-heads/9"),
        lambda text: text.replace("generic:", "general:"),
        lambda text: text.replace("whole: '所有'", "") + "\nextra: 1\n",
        lambda text: text.replace("average: '(", "average: '.*("),
        lambda text: text.replace("average: '(", "average: '(("),
    ],
)
def test_damaged_words_are_refused(change):
    from importlib.resources import files

    text = files("assessor.reading.tables").joinpath("tables.yaml").read_text(encoding="utf-8")

    with pytest.raises(RuleFileError):
        read_words(change(text))
    assert table_words().says("blank", "—")


def test_large_table_is_read_in_time(read):
    head = "序号\t单位\t指标\t计量单位\t2023年\t2024年\n"
    rows = "".join(f"{n}\t县公安局\t行政处罚案件数\t件\t{n}\t{n + 1}\n" for n in range(1, 600))
    started = time.perf_counter()
    reading = read(report(head + rows))

    assert len(reading.figures) == 2 * 599
    assert time.perf_counter() - started < 20


def test_rows_are_not_joined_as_wrapped_lines(read):
    row = "行政机关负责人出庭应诉案件数量统计\t件\t{}\t\n"
    table = "指标名称以及计算所用口径与来源\t单位\t2024年\t备注\n" + "".join(
        row.format(number) for number in range(110, 122)
    )
    reading = read(report(table))
    cells = [one.cell for one in reading.document.blocks if one.kind is BlockKind.CELL]

    assert {one.table for one in cells} == {1}
    assert max(one.row for one in cells) == 13


def test_rule_under_the_heads_is_no_row(read):
    table = (
        "指标                2023年    2024年\n"
        "-----------------------------------\n"
        "行政复议受理数      100件     128件\n"
    )

    assert statuses(read(report(table))) == [
        ("100", "previous_year", 2023),
        ("128", "achieved", 2024),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["甲  乙"] * 20_000,
        ["甲|乙"] * 20_000,
        ["甲 乙 丙", *["丁 件 件"] * 20_000],
        ["甲  " * 100_000],
        ["甲  1", "甲  乙"] * 10_000,
    ],
)
def test_looking_for_tables_takes_linear_time(lines):
    started = time.perf_counter()
    tabbed(lines)

    assert time.perf_counter() - started < 2
