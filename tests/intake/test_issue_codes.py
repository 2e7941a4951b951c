"""Every issue code: what triggers it, where it points, what it says in both languages."""

from __future__ import annotations

import re

import pytest

from assessor.messages import ISSUES, SEVERITIES, issue_sentence
from schemas.issue import IssueCode, Severity
from scoring.checks import severities

RATE, CASES, YES, DAY, TIER = (
    "head-appearance-rate",
    "contract-lost-cases",
    "document-cleanup-done",
    "report-published-on",
    "enforcement-supervision",
)
PRINCIPAL = "principal-appearance-rate"
CLEANUP = "document-cleanup"
I = IssueCode  # noqa: E741 - a table of codes

# code: (answers, other top-level fields, place, found, allowed)
TRIGGERS = {
    I.FIELD_UNKNOWN: ([], {"foo": 1}, "foo", "foo＝1", ""),
    I.FIELD_MISSING: ([], {"period": {"from": "2024-01-01"}}, "period", "period.to", ""),
    I.FIELD_INVALID: (
        [{"item": RATE, "rank": 0}],
        {},
        "answers[0].rank",
        "answers.0.rank＝0",
        "≥1",
    ),
    I.VALUE_NOT_NUMBER: ([{"item": CASES, "value": "很多"}], {}, "answers[0].value", "很多", "件"),
    I.VALUE_NOT_YES_NO: (
        [{"item": YES, "value": "部分"}],
        {},
        "answers[0].value",
        "部分",
        "是、否",
    ),
    I.VALUE_NOT_DAY: (
        [{"item": DAY, "value": "去年底"}],
        {},
        "answers[0].value",
        "去年底",
        "YYYY-MM-DD",
    ),
    I.VALUE_NOT_TIER: (
        [{"item": TIER, "value": 4}],
        {},
        "answers[0].value",
        "4",
        "0、1、2、3",
    ),
    I.VALUE_NOT_WHOLE: (
        [{"item": CASES, "value": "1.5"}],
        {},
        "answers[0].value",
        "1.5",
        "整数件",
    ),
    I.VALUE_OUT_OF_RANGE: (
        [{"item": RATE, "value": "132.5"}],
        {},
        "answers[0].value",
        "132.5",
        "0～100%",
    ),
    I.VALUE_CELL_ERROR: (
        [{"item": CASES, "value": "#DIV/0!"}],
        {},
        "answers[0].value",
        "#DIV/0!",
        "",
    ),
    I.VALUE_CONTROL_CHARACTER: (
        [],
        {"note": "一\x07二"},
        "note",
        "'一\\x07二'",
        "",
    ),
    I.VALUE_FORMULA_TEXT: (
        [{"item": CASES, "value": "=1+1"}],
        {},
        "answers[0].value",
        "=1+1",
        "件",
    ),
    I.VALUE_CONVERTED: (
        [{"item": CASES, "value": "无"}],
        {},
        "answers[0].value",
        "无",
        "留空＝未披露，0＝确为零",
    ),
    I.PERCENT_AMBIGUOUS: (
        [{"item": RATE, "value": "0.9778"}],
        {},
        "answers[0].value",
        "0.9778",
        "97.78% / 0.9778%",
    ),
    I.UNIT_MISMATCH: (
        [{"item": CASES, "value": 5, "unit": "人"}],
        {},
        "answers[0].unit",
        "人",
        "件",
    ),
    I.ITEM_UNKNOWN: ([{"item": "no-such"}], {}, "answers[0].item", "no-such", ""),
    I.ITEM_DUPLICATED: (
        [{"item": CASES, "value": 5}, {"item": CASES, "value": 6}],
        {},
        "answers[1].item",
        CASES,
        "",
    ),
    I.NUMERATOR_EXCEEDS: (
        [{"item": RATE, "numerator": 46, "denominator": 45}],
        {},
        "answers[0].numerator",
        "46/45",
        "≤45",
    ),
    I.RATIO_INCOMPLETE: ([{"item": RATE, "numerator": 46}], {}, "answers[0]", "分子", "分子与分母"),
    I.RATIO_NOT_WHOLE: (
        [{"item": RATE, "value": "4.97", "denominator": 100}],
        {},
        "answers[0].value",
        "4.97%×100＝4.97",
        "整数",
    ),
    I.RATIO_MISMATCH: (
        [{"item": RATE, "value": 98, "numerator": 90, "denominator": 100}],
        {},
        "answers[0].value",
        "98",
        "90÷100＝90%",
    ),
    I.PARTS_SUM: (
        [
            {"item": f"{CLEANUP}-{part}", "value": value}
            for part, value in (("total", 10), ("kept", 5), ("expired", 2), ("repealed", 2))
        ],
        {},
        "answers[0].value",
        "10≠5＋2＋2＝9",
        "清理总数＝继续有效＋失效＋废止",
    ),
    I.CUMULATIVE_BELOW_YEARLY: (
        [{"item": RATE, "value": 50}, {"item": PRINCIPAL, "value": 60}],
        {},
        "answers[0].value",
        "50＜60",
        "负责人出庭率不低于主要负责人出庭率",
    ),
    I.YEAR_MISMATCH: (
        [{"item": DAY, "value": "2023-03-01"}],
        {},
        "answers[0].value",
        "2023-03-01",
        "2024、2025",
    ),
    I.EVIDENCE_MISSING: ([{"item": "proof-clearance", "value": 3}], {}, "answers[0]", "", None),
    I.APPROXIMATE: (
        [{"item": CASES, "value": 70, "is_approximate": True}],
        {},
        "answers[0].value",
        "70",
        "准确数",
    ),
    I.NOT_APPLICABLE_WITHOUT_CAUSE: (
        [{"item": CASES, "not_applicable_because": " √ "}],
        {},
        "answers[0].not_applicable_because",
        " √ ",
        "理由",
    ),
}
ELSEWHERE = {
    I.FILE_UNREADABLE: "a refused file is told by SubmissionUnreadable: the hostile-file tests",
    I.VALUE_NOT_CALCULATED: "only workbooks hold formulas: test_workbook_reading",
    I.TEMPLATE_OTHER: "only workbooks carry a stamp: test_workbook_reading",
    I.TEMPLATE_CHANGED: "only workbooks have labels: test_workbook_reading",
    I.HIDDEN_ROW: "only workbooks hide rows: test_workbook_reading",
    I.ENTITY_DUPLICATED: "needs two files: test_assessing_files",
    I.REVIEW_OTHER_ENTITY: "needs a review: test_reviews",
    I.REVIEW_UNKNOWN_CODE: "needs a review: test_reviews",
}
OF_REPORTS = "report."
"""Codes of this family come from reading published reports, not from submissions."""


def test_every_code_is_triggered_here_or_named_as_emitted_elsewhere():
    of_submissions = {code for code in IssueCode if not code.value.startswith(OF_REPORTS)}

    assert of_submissions == set(TRIGGERS) | set(ELSEWHERE)
    assert not set(TRIGGERS) & set(ELSEWHERE)


@pytest.mark.parametrize("code", TRIGGERS, ids=str)
def test_code_is_triggered_and_names_file_place_found_and_allowed(filed, code):
    answers, top, place, found, allowed = TRIGGERS[code]

    intake = filed(*answers, **top)

    (issue,) = [one for one in intake.issues if one.code is code]
    assert (issue.location.file, issue.location.place) == ("填报.json", place)
    assert issue.found == found
    assert issue.allowed == allowed if allowed is not None else issue.allowed


@pytest.mark.parametrize("code", TRIGGERS, ids=str)
def test_only_errors_block_a_submission(filed, code):
    answers, top, *_ = TRIGGERS[code]

    intake = filed(*answers, **top)

    assert (intake.submission is None) == any(i.severity is Severity.ERROR for i in intake.issues)


@pytest.mark.parametrize("code", IssueCode, ids=str)
def test_every_code_has_a_severity_and_sentences_in_both_languages(book, code):
    saying = ISSUES[code]

    assert severities(book)[code] in Severity
    assert re.search(r"[\u4e00-\u9fff]", saying.zh)
    assert re.search(r"[\u4e00-\u9fff]", saying.zh_next)
    assert saying.en.isascii()
    assert re.search(r"[a-z]{2}", saying.en)
    assert re.search(r"[a-z]{2}", saying.en_next)


def test_there_are_no_sentences_for_codes_that_do_not_exist():
    assert set(ISSUES) == set(IssueCode)
    assert set(SEVERITIES) == set(Severity)


def test_a_sentence_says_where_what_allowed_and_what_to_do(filed):
    (issue,) = filed({"item": RATE, "value": "132.5"}).issues

    assert issue_sentence(issue, "负责人出庭率") == (
        "【错误】填报.json!answers[0].value “负责人出庭率”超出可能的范围；填的是 132.5；"
        "要求 0～100%。核对数值与计量单位。（value.out_of_range）"
    )
    assert issue_sentence(issue, language="en") == (
        "[error] 填报.json!answers[0].value head-appearance-rate: outside the possible range; "
        "found 132.5; allowed 0～100%; check the figure and its unit (value.out_of_range)"
    )
