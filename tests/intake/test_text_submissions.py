"""YAML and JSON submissions: exact numbers, places, and every fault in one round."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.issue import IssueCode

RATE, CASES = "head-appearance-rate", "contract-lost-cases"
HEAD = """schema: submission/1
entity: {name: 错例县, level: county, regions: [错例县]}
period: {from: 2024-01-01, to: 2024-12-31}
"""


def test_small_percentage_is_taken_when_its_fraction_proves_it(filed):
    intake = filed({"item": RATE, "value": "0.50", "numerator": 1, "denominator": 200})

    assert intake.issues == ()
    assert intake.submission.answers[0].value == Decimal("0.50")


def test_a_proving_fraction_of_the_year_says_nothing_about_last_year(filed):
    intake = filed(
        {"item": RATE, "value": "0.50", "previous": "0.50", "numerator": 1, "denominator": 200}
    )

    assert [(i.code, i.location.place) for i in intake.issues] == [
        (IssueCode.PERCENT_AMBIGUOUS, "answers[0].previous")
    ]


def test_json_numbers_are_exact(filed_text):
    text = """{"schema": "submission/1", "period": {"from": "2024-01-01", "to": "2024-12-31"},
      "entity": {"name": "错例县", "level": "county", "regions": ["错例县"]}, "answers": [
      {"item": "lawyers-per-10k", "value": 3.10},
      {"item": "contract-lost-cases", "value": 1.2e1}]}"""

    values = [answer.value for answer in filed_text(text, "数.json").submission.answers]

    assert [str(value) for value in values] == ["3.10", "12"]


def test_yaml_keeps_the_places_a_figure_was_given_with(filed_text):
    text = HEAD + "answers:\n  - {item: head-appearance-rate, value: 97.80}\n"

    (answer,) = filed_text(text, "填报.yml").submission.answers

    assert str(answer.value) == "97.80"


@pytest.mark.parametrize(
    ("word", "value"), [("是", True), ("true", True), ("yes", True), ("no", False), ("否", False)]
)
def test_yaml_words_mean_what_was_written(filed_text, word, value):
    text = HEAD + f"answers:\n  - {{item: document-cleanup-done, value: {word}}}\n"

    (answer,) = filed_text(text, "填报.yaml").submission.answers

    assert answer.value is value


def test_blank_answer_is_no_value_and_zero_is_one(filed):
    intake = filed({"item": CASES, "value": ""}, {"item": RATE, "value": 0})

    assert [answer.value for answer in intake.submission.answers] == [None, Decimal(0)]


def test_people_may_stand_behind_a_numerator(filed):
    intake = filed({"item": RATE, "numerator": "277人", "denominator": "300人"})

    assert intake.submission.answers[0].numerator == Decimal(277)
    assert [issue.code for issue in intake.issues] == [IssueCode.VALUE_CONVERTED] * 2


def test_faults_of_form_and_of_figures_are_told_in_one_round(filed):
    intake = filed(
        {"item": RATE, "value": 98, "numerator": 90, "denominator": 100, "bar": 2},
        {"item": "no-such"},
        {"item": CASES, "value": "很多"},
        {"item": "first-instance-loss-rate", "value": 132, "rank": 0},
        foo=1,
        entity={"name": "错例县", "level": "县", "regions": ["错例县"]},
    )

    assert {(issue.code, issue.location.place) for issue in intake.issues} == {
        (IssueCode.VALUE_NOT_NUMBER, "answers[2].value"),
        (IssueCode.FIELD_UNKNOWN, "answers[0].bar"),
        (IssueCode.FIELD_INVALID, "answers[3].rank"),
        (IssueCode.FIELD_UNKNOWN, "foo"),
        (IssueCode.FIELD_INVALID, "entity.level"),
        (IssueCode.RATIO_MISMATCH, "answers[0].value"),
        (IssueCode.ITEM_UNKNOWN, "answers[1].item"),
        (IssueCode.VALUE_OUT_OF_RANGE, "answers[3].value"),
    }


def test_a_row_that_is_no_answer_does_not_shift_the_places_of_others(filed):
    intake = filed("x", {"value": 5}, {"item": RATE, "value": 132})

    assert [(issue.code, issue.location.place) for issue in intake.issues] == [
        (IssueCode.FIELD_INVALID, "answers[0]"),
        (IssueCode.FIELD_MISSING, "answers[1]"),
        (IssueCode.VALUE_OUT_OF_RANGE, "answers[2].value"),
    ]


def test_days_are_not_held_against_a_year_that_could_not_be_read(filed):
    day = {"item": "report-published-on", "value": "2025-03-01", "evidence": [{"quote": "公开"}]}

    intake = filed(day, period="2024")

    assert [issue.code for issue in intake.issues] == [IssueCode.FIELD_INVALID]


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("entity", {"name": "错", "level": "county", "regions": ["错例县"]}, "≥2 字"),
        ("entity", {"name": "错例县", "level": "county", "regions": []}, "≥1 项"),
        (
            "entity",
            {"name": "错例县", "level": "县", "regions": ["错例县"]},
            "province、city、county、township、department",
        ),
        ("period", {"from": "2024.1.1", "to": "2024-12-31"}, "YYYY-MM-DD"),
        ("period", {"from": "2024-12-31", "to": "2024-01-01"}, "from ≤ to"),
        ("benchmarks", [{"key": "a", "value": "x", "source": "某文"}], "97.78"),
        (
            "benchmarks",
            [{"key": "甲", "value": "1", "source": "某文"}],
            r"^[a-z0-9][a-z0-9.\-]{0,79}$",
        ),
        ("self_scores", [{"code": "total", "points": "-1"}], "≥0"),
        ("answers", [{"item": CASES, "rank": "头名"}], "整数"),
        ("answers", [{"item": CASES, "rank": 100001}], "≤100000"),
        ("answers", [{"item": CASES, "is_claim": "也许"}], "true、false"),
        ("answers", [{"item": CASES, "evidence": "某文"}], "列表"),
        ("answers", {"item": CASES}, "列表"),
        ("contact", ["某人"], "字段：内容"),
        ("note", 5, "文字"),
    ],
)
def test_a_field_of_the_wrong_form_is_told_what_is_allowed(filed, field, value, allowed):
    intake = filed(**{field: value})

    assert [issue.allowed for issue in intake.issues] == [allowed]
    assert intake.issues[0].location.place.startswith(field)


def test_unknown_fields_of_a_yaml_file_point_at_their_line(filed_text):
    intake = filed_text(HEAD + "answers: []\nnotes: 甲\n", "填报.yaml")

    assert [(i.code, i.location.place, i.found) for i in intake.issues] == [
        (IssueCode.FIELD_UNKNOWN, "第5行", "notes＝甲")
    ]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(filed_text):
    text = "\ufeff" + (HEAD + "answers: []\n").replace("\n", "\r\n")

    assert filed_text(text, "填报.yaml").submission.entity.name == "错例县"


@pytest.mark.parametrize(
    ("suffix", "scope"),
    [
        ("yaml", '"全\\u200b县"'),
        ("yaml", "全\u200b县"),
        ("yaml", '"全县\\a"'),
        ("json", '"全\\u200b县"'),
        ("json", '"全\u200b县"'),
    ],
)
def test_a_control_character_is_found_written_out_or_escaped(filed_text, suffix, scope):
    """The quick look at the whole text must see every way to write one."""
    text = f"{HEAD}answers:\n  - {{item: {CASES}, value: 1, scope: {scope}}}\n"
    if suffix == "json":
        text = f"""{{"schema": "submission/1", "answers": [
          {{"item": "{CASES}", "value": 1, "scope": {scope}}}],
          "period": {{"from": "2024-01-01", "to": "2024-12-31"}},
          "entity": {{"name": "错例县", "level": "county", "regions": ["错例县"]}}}}"""

    intake = filed_text(text, f"填报.{suffix}")

    assert intake.submission.answers[0].scope == "全县"
    assert IssueCode.VALUE_CONTROL_CHARACTER in [issue.code for issue in intake.issues]
