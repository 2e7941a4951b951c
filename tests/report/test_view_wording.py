"""What the view says, case by case; every expected text is written out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor import formats
from assessor.view import build_view, charts
from assessor.view.model import Highlight

D = Decimal


@pytest.mark.parametrize(
    ("earned", "most", "text"),
    [
        (D("7.50"), D("10.00"), "7.50 / 10.00"),
        (D("0.00"), D("10.00"), "0.00 / 10.00"),
        (D(0), D(0), "不计入"),
    ],
)
def test_score_out_of_nothing_is_not_counted(earned, most, text):
    assert formats.score(earned, most) == text


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [("四个汉字", 4, "四个汉字"), ("五个汉字啊", 4, "五个汉…"), ("", 4, "")],
)
def test_long_text_is_cut_to_the_limit(text, limit, shown):
    assert formats.cut(text, limit) == shown


def test_quotation_marks_inside_quotation_marks_become_single():
    assert formats.quoted("建设“枫桥式”所队") == "“建设‘枫桥式’所队”"


@pytest.mark.parametrize(
    ("rate", "drawn"),
    # circumference 2 * 3.14159... * 52 = 326.73; three quarters 245.04
    [(None, "0.0"), (D(0), "0.0"), (D(75), "245.0"), (D(100), "328.7")],
)
def test_ring_is_drawn_in_proportion_and_closes_at_full_marks(rate, drawn):
    assert charts.ring(rate) == f"{drawn} 326.7"


@pytest.mark.parametrize(
    ("length", "css"), [(2, ""), (13, ""), (14, "long"), (36, "long"), (37, "longest")]
)
def test_long_name_gets_smaller_type_on_the_cover(make, length, css):
    view = build_view(make("县" * length, framework="core-15"))

    assert view.cover.name_css == css


def test_running_header_holds_at_most_thirty_characters_of_the_name(make):
    view = build_view(make("县" * 40, framework="core-15"))

    assert view.running == "县" * 29 + "… · 2024年度"


def test_nothing_earned_and_nothing_to_gain_are_said_in_words(assessments):
    nothing = build_view(assessments("nothing")).summary
    full = build_view(assessments("core")).summary

    assert nothing.tops[0].strong == Highlight("—", "没有得分的指标", "")
    assert full.tops[0].costly == Highlight("—", "没有可以增分的指标", "")
    assert full.next_grade == "已处于最高等次。"


def test_equal_score_rates_name_no_best_and_no_worst(assessments):
    sentences = build_view(assessments("core")).summary.sentences

    assert sentences[1] == "计入的一级指标得分率均为100%。"


def test_long_way_to_the_next_grade_names_eight_and_counts_all(assessments):
    result = assessments("nothing")
    summary = build_view(result).summary
    count = len(result.next_grade.codes)

    assert count > 8
    assert f"最少整改以下{count}项" in summary.next_grade
    assert summary.next_steps.count("；") == 7
    assert summary.next_steps.endswith("等，其余见整改清单。")


def test_blocked_total_says_why_there_is_none(assessments):
    view = build_view(assessments("block"))

    assert view.cover.total == "—"
    assert view.cover.grade == "未评定"
    assert view.summary.sentences[0] == (
        "甲县：有未披露或待定的内容，按“从严考核（未披露则不出总分）”暂不出总分与等次。"
    )
    assert view.summary.next_grade == ""


def test_vetoes_explain_the_lower_grade(assessments):
    view = build_view(assessments("review"))

    assert view.cover.grade == "不合格"
    assert "因否决事项 V2，指标 I5 计零分。" in view.cover.notices
    # V1 sets the lowest grade; V3 and V4 cap what is already lower.
    assert "按得分应为“优秀”，因否决事项 V1而降等。" in view.cover.notices
    assert view.summary.next_grade == "得分已达最高等次，等次受限的原因见上。"


def test_line_of_a_vetoed_indicator_says_so_beside_its_zero(assessments):
    lines = [line for one in build_view(assessments("review")).dimensions for line in one.lines]
    vetoed = next(line for line in lines if line.code == "I5")

    assert vetoed.score.startswith("0.00 / ")
    assert vetoed.reason == "否决事项 V2，计零分"


def test_total_made_of_more_than_points_is_broken_down(assessments):
    labels = [fact.label for fact in build_view(assessments("review")).cover.facts]

    assert labels[0] == "总分构成"
    assert "总分构成" not in [fact.label for fact in build_view(assessments("core")).cover.facts]


def test_yardstick_is_never_called_binding(assessments):
    """A benchmark binds nobody, whatever its row says about force."""
    groups = build_view(assessments("sample")).target_groups
    yardsticks = [one for one in groups if one.standing.startswith("参考基准")]

    assert yardsticks
    assert all("约束性" not in target.note for one in yardsticks for target in one.targets)


def test_every_rule_and_every_part_is_in_the_appendix_once(assessments):
    result = assessments("sample")
    rules = build_view(result).method.rules
    parts = [part for one in result.indicators for part in one.parts]
    members = [member for rule in rules for member in rule.members.split("；")]

    assert len({rule.rule for rule in rules}) == len(rules)
    assert sorted(members) == sorted(
        f"{part.code} {part.label} {part.nominal_points:f}" for part in parts
    )


def test_every_target_used_is_in_the_appendix_once(assessments):
    result = assessments("sample")
    used = {p.target.id for one in result.indicators for p in one.parts if p.target is not None}
    shown = [t.id for group in build_view(result).target_groups for t in group.targets]

    assert sorted(shown) == sorted(used)


def test_long_evidence_is_cut_and_short_evidence_is_not(assessments):
    long = [
        line.evidence
        for one in build_view(assessments("long-texts")).dimensions
        for line in one.lines
        if line.evidence
    ]
    sample = build_view(assessments("sample"))
    first = sample.dimensions[0].lines[0]

    # One piece: 60 of the quote, 60 of the place, two brackets; the same piece is shown once.
    assert {len(text) for text in long} == {122}
    assert all(text.endswith("］") for text in long)
    assert first.evidence == "线上办件265800/300000，即88.6%［第一部分第1段］"


def test_value_shows_its_working_and_whom_it_covers(assessments):
    first = build_view(assessments("sample")).dimensions[0].lines[0]

    assert (first.value, first.working) == ("88.6%", "265800/300000 全县")


def test_silence_is_named_once(assessments):
    """The outcome says 未披露; the reason column adds only what the policy did."""
    lines = [line for one in build_view(assessments("nothing")).dimensions for line in one.lines]
    silent = [line for line in lines if line.row_css == "not_reported first"]

    assert silent
    assert {line.reason for line in silent} == {"计零分"}
    assert {line.outcome for line in silent} == {"未披露"}
