"""K01-K06 and K26: title, subject, year, days, signature, place on the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.reading.reader import read_report

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "reports"
PLAIN = "青禾县2023年度法治政府建设情况报告"


@pytest.mark.parametrize(
    ("title", "result"),
    [
        ("青禾县2023年法治政府建设年度报告", "pass"),
        ("青禾县人民政府关于二〇二三年度法治政府建设情况的报告", "pass"),
        ("青禾县2023年法治政府建设工作总结", "doubtful"),
        ("青禾县人民政府法治政府建设情况报告", "fail"),
    ],
)
def test_title_names_topic_year_and_report(check, title, result):
    assert check("K01", title=title).result == result


@pytest.mark.parametrize(
    ("title", "signed", "result"),
    [
        ("青禾县人民政府关于2023年度法治政府建设情况的报告", "青禾县人民政府", "pass"),
        (PLAIN, "中共青禾县委员会\n青禾县人民政府", "pass"),
        (PLAIN, "", "pass"),
        ("青禾县司法局关于2023年度法治政府建设情况的报告", "青禾县司法局", "pass"),
        ("青禾县司法局关于青禾县2023年度法治政府建设情况的报告", "青禾县司法局", "fail"),
        ("青禾县司法局关于我县2023年度法治政府建设情况的报告", "青禾县司法局", "fail"),
        (PLAIN, "青禾县司法局", "fail"),
        (PLAIN, "中共青禾县委全面依法治县委员会办公室", "doubtful"),
        ("青禾县人民政府关于2023年度法治政府建设情况的报告", "青禾县司法局", "doubtful"),
        ("青禾县人民政府关于2023年度法治政府建设情况的报告", "柳塘县人民政府", "doubtful"),
    ],
)
def test_report_of_a_government_is_its_own(check, title, signed, result):
    signature = f"{signed}\n2024年1月18日".strip()

    assert check("K02", title=title, signed=signature).result == result


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        ({}, "pass"),
        ({"title": "青禾县二〇二三年度法治政府建设情况报告"}, "pass"),
        ({"title": "青禾县法治政府建设情况报告"}, "doubtful"),
        ({"title": "青禾县2022-2023年度法治政府建设情况报告"}, "doubtful"),
        ({"title": "青禾县2023年法治政府建设情况和2024年工作计划的报告"}, "pass"),
        ({"title": "青禾县2023年第二季度法治政府建设情况报告"}, "fail"),
        ({"title": "青禾县2023年上半年法治政府建设情况报告"}, "fail"),
        ({"lead": "法治政府建设稳步推进。现将2022年度有关情况报告如下："}, "fail"),
        ({"lead": "2022年，青禾县稳步推进法治政府建设，取得新的成绩。"}, "doubtful"),
        ({"lead": "2021年以来，青禾县稳步推进法治政府建设，取得新的成绩。"}, "pass"),
        ({"next": "五、2023年工作安排\n一是6月底前配备法制审核人员24名。"}, "doubtful"),
    ],
)
def test_title_and_text_name_one_year(check, parts, result):
    found = check("K03", **parts)

    assert found.result == result
    assert found.quote


@pytest.mark.parametrize(
    ("day", "result"), [("2024-03-31", "pass"), ("2024-04-01", "fail"), ("2024-05-20", "fail")]
)
def test_publication_quotes_the_line_that_names_its_day(check, day, result):
    line = f"发布日期：{day} 09:12 信息来源：青禾县司法局"
    found = check("K04", published=line)

    assert (found.result, found.quote, found.start) == (result, line, None)


def test_publication_without_a_day_cannot_be_told(check):
    found = check("K04", published="")

    assert (found.result, found.quote) == ("cannot_tell", "")
    assert found.reason.startswith("没有找到")


@pytest.mark.parametrize(
    ("year", "signed", "result"),
    [
        (2023, "2024年2月29日", "pass"),
        (2023, "2024年3月1日", "fail"),
        (2023, "2023年1月18日", "doubtful"),
        (2018, "2019年3月31日", "pass"),
        (2018, "2019年4月1日", "fail"),
        (2019, "2020年3月1日", "fail"),
    ],
)
def test_report_follows_the_regime_of_its_year(check, year, signed, result):
    found = check(
        "K05",
        title=f"青禾县人民政府关于{year}年度法治政府建设情况的报告",
        lead=f"{year}年，青禾县稳步推进法治政府建设。",
        signed=f"青禾县人民政府\n{signed}",
    )

    assert (found.result, found.quote) == (result, signed)


@pytest.mark.parametrize(
    ("signed", "result"),
    [
        ("青禾县人民政府\n2024年1月18日", "pass"),
        ("青禾县人民政府（盖章）\n2024年1月18日", "pass"),
        ("中共青禾县委\n青禾县人民政府\n二〇二四年一月十八日", "pass"),
        ("青禾县人民政府 2024年1月18日", "pass"),
        ("青禾县人民政府\n2024年1月18日\n（此件公开发布）", "pass"),
        ("2024年1月18日", "doubtful"),
        ("青禾县人民政府", "doubtful"),
        ("", "fail"),
    ],
)
def test_signature_needs_a_body_and_a_day(check, signed, result):
    found = check("K06", signed=signed)

    assert found.result == result
    assert bool(found.quote) == bool(signed)


@pytest.mark.parametrize(
    ("trail", "result"),
    [
        ("首页 > 政务公开 > 法治政府建设年度报告", "pass"),
        ("首页\n> 信息公开 > 法定主动公开内容", "pass"),
        ("当前位置：首页 > 新闻中心 > 部门动态", "doubtful"),
        ("", "cannot_tell"),
    ],
)
def test_column_is_told_by_the_trail_above_the_title(check, trail, result):
    head = f"{trail}\n\n{PLAIN}" if trail else PLAIN
    found = check("K26", title=head)

    assert found.result == result
    assert found.quote == trail.replace("\n", " ")


def test_saved_page_names_its_day_and_column_outside_the_article():
    reading = read_report(SAMPLES / "云栖县2024.html", in_process=True)
    found = {one.code: one for one in reading.compliance}

    assert "2025-03-18" in found["K04"].quote
    assert found["K26"].result == "pass"
    assert "政务公开" in found["K26"].quote
    assert reading.document.column not in reading.document.text
