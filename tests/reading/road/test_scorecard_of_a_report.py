"""What the scorecard of a published report says of its quotes, its checks and its doubts."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessor.cli.choosing import RuleOptions, ruler_of
from assessor.render import render_html, render_pdf, result_json
from assessor.view import build_view
from assessor.view.tables import FULL_OF_DISCLOSED, UNCHANGED
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.outcome import Outcome
from schemas.reading import ComplianceResult
from schemas.result import Assessment
from scoring import assess

HEAD = "青溪县2024年法治政府建设年度报告\n一、主要工作\n"
BARE = HEAD + "公平竞争审查覆盖率100%。\n"


@pytest.fixture
def result(judge, text) -> Assessment:
    return judge(text).assessment


def lines_of(result):
    return [line for one in build_view(result).dimensions for line in one.lines]


def line_of(result, code):
    return next(line for line in lines_of(result) if line.code == code)


def test_every_quote_read_in_the_report_has_place_and_confidence(result):
    proofs = [p for one in result.indicators for part in one.parts for p in part.evidence]
    read = [one for one in proofs if one.quote]

    assert len(read) > 80
    assert all(one.confidence is not None and one.locator for one in read)
    assert {one.confidence.value for one in read} <= {
        "accepted", "review", "previous", "statement", "claim", "weakness",
    }  # fmt: skip
    assert '"confidence": "accepted"' in result_json(result)


def test_confidence_is_printed_beside_the_quote(judge):
    result = judge(BARE).assessment

    assert line_of(result, "A5").evidence == "公平竞争审查覆盖率100%［第3段，自动采用］"
    assert "公平竞争审查覆盖率100%［第3段，自动采用］" in render_html(result)
    assert "自动采用——数字与名称在同一分句" in render_html(result)


def test_last_years_figure_is_quoted_and_named_so(result):
    assert "，上年数］" in line_of(result, "F4.1").evidence


def test_form_alone_says_nothing_of_a_reading(result):
    form = result.model_copy(update={"report": None, "issues": (), "waiting": ()})
    view = build_view(form)

    assert (view.classes, view.report) == ("", None)
    assert view.no_issues == "未发现数据质量问题。"


def test_no_reference_is_ever_cut_in_two(result):
    for line in lines_of(result):
        assert line.evidence.count("［") == line.evidence.count("］"), line.evidence


def test_quotes_that_do_not_fit_are_counted(result):
    part = next(part for one in result.indicators for part in one.parts if part.code == "A5")
    proof = part.evidence[0].model_copy(update={"quote": "一段相当长的原文" * 7})
    many = [proof.model_copy(update={"locator": f"第{n}段"}) for n in range(1, 8)]
    one = next(one for one in result.indicators if one.code == "A5")
    parts = (part.model_copy(update={"evidence": tuple(many)}),)
    whole = one.model_copy(update={"parts": parts})
    others = tuple(each for each in result.indicators if each.code != "A5")
    changed = result.model_copy(update={"indicators": (*others, whole)})
    shown = line_of(changed, "A5").evidence

    assert shown.endswith("［第3段，自动采用］；另有4处")
    assert shown.count("［") == 3


def test_a_long_quote_keeps_the_figure_it_is_quoted_for(judge):
    lead = "坚持以规范促公平、以公平促发展的原则不动摇" * 3
    result = judge(HEAD + lead + "实现公平竞争审查覆盖率100%。\n").assessment
    shown = line_of(result, "A5").evidence

    assert "覆盖率100%［" in shown


def test_all_is_never_said_to_be_well_while_a_check_fails(judge):
    result = judge(BARE).assessment
    failed = [one for one in result.report.compliance if one.result.value in ("fail", "doubtful")]
    view = build_view(result)

    assert result.issues == ()
    assert failed
    assert view.no_issues == (
        f"数据核对没有列出问题；但有报告合规检查不通过或存疑{len(failed)}项，见下。"
    )
    assert "未发现数据质量问题" not in render_html(result)


def test_all_is_never_said_to_be_well_while_a_figure_waits(judge):
    result = judge(BARE + "分别聘请法律顾问9名。\n").assessment
    passed = [
        one.model_copy(update={"result": ComplianceResult.PASS}) for one in result.report.compliance
    ]
    report = result.report.model_copy(update={"compliance": tuple(passed)})
    quiet = result.model_copy(update={"report": report, "issues": (), "waiting": ()})

    assert dict(report.figures)["waiting"] == 1
    assert build_view(quiet).no_issues == "数据核对没有列出问题；但有待复核的数据1个，见下。"


def test_compliance_section_lists_every_check_with_result_quote_and_place(judge):
    result = judge(BARE).assessment
    checks = {one.code: one for one in build_view(result).report.checks}

    assert list(checks) == [one.code for one in result.report.compliance]
    assert checks["K01"].result == "√ 通过"
    assert checks["K01"].quote == "青溪县2024年法治政府建设年度报告［第1段］"
    assert "<h3>报告合规检查</h3>" in render_html(result)
    assert "报告合规检查26项：" in "".join(build_view(result).summary.sentences)


def test_complete_result_is_named_as_it_is_written(walk, save):
    found = walk(save(BARE), "--level", "county")

    assert "青溪县2024.json" in found.names
    assert "完整评估结果见同名文件 青溪县2024.json" in found.html


def test_full_points_beside_a_partial_outcome_are_explained(judge):
    """One of two answers is known; the other, undisclosed, leaves the total."""
    found = judge(HEAD + "编制2024年度重大行政决策事项目录，列入决策事项4项。\n").assessment
    one = next(one for one in found.indicators if one.code == "C1")
    full = [
        line
        for line in lines_of(found)
        if line.outcome == "部分达标" and line.score.split(" / ")[0] == line.score.split(" / ")[-1]
    ]

    assert (one.outcome, one.points) == (Outcome.PARTLY_MET, one.max_points)
    assert full
    assert {line.reason for line in full} == {FULL_OF_DISCLOSED}


def test_row_that_gains_nothing_says_so_in_words(judge):
    found = judge(HEAD + "编制2024年度重大行政决策事项目录，列入决策事项4项。\n").assessment
    view = build_view(found)
    gains = {gap.code: gap.gain for gap in view.gaps}
    zero = [one.code for one in found.indicators if one.code in gains and not one.points_to_gain]

    assert zero
    assert {gains[code] for code in zero} == {UNCHANGED}
    assert "0.00" not in gains.values()
    assert "“不变”表示总分不增" in view.gap_note


def test_waiting_figure_that_moves_nothing_says_so(result):
    line = result.waiting[0].model_copy(update={"change": Decimal("0.00")})
    view = build_view(result.model_copy(update={"waiting": (line,)}))

    assert view.waiting[0].change == UNCHANGED


def test_finding_about_one_answer_of_a_checklist_has_its_name(judge, samples):
    """`decision-catalogue-published` is no part of its own; its id must not reach the page."""
    found = judge(BARE)
    issue = Issue(
        code=IssueCode.FORM_CONTRADICTS,
        severity=Severity.WARNING,
        location=Location(file="表.xlsx", place="填报值", item="decision-catalogue-published"),
    )
    rules = (samples / "rules",)
    ruler = ruler_of(RuleOptions("house-59", "house", (), None, "report-only", rules))
    result = assess(found.submission, ruler, issues=(issue,))

    assert build_view(result).issues[0].item == "公布年度重大行政决策目录"


def test_what_was_read_is_never_said_to_be_filled_in(result):
    texts = [one.text for one in build_view(result).issues]

    assert any("；读到的是 " in text for text in texts)
    assert not any("填的是" in text for text in texts)


@pytest.mark.slow
def test_printed_scorecard_has_confidence_and_checks(result):
    pdf = render_pdf(result)
    text = re.sub(
        r"\s", "", "".join(p.extract_text() for p in PdfReader(BytesIO(pdf.content)).pages)
    )

    assert text.count("自动采用］") > 50
    assert all(f"K{n:02d}" in text for n in range(1, 27))
    assert pdf.missing == ()
    assert pdf.pages <= 18
