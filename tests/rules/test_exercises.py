"""Changing the rules as their keepers do: which files are touched, what the score then says.

Each exercise works on a copy of the shipped rule files; the program itself is left as it is.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from schemas.errors import RuleFileError
from schemas.outcome import Outcome
from schemas.result import Assessment, IndicatorScore
from schemas.submission import Answer, Submission
from scoring import Choice, Rulebook, assess, make_ruler
from scoring.explain import frameworks, targets_on

ITEM = """\
  - id: legal-aid-rate
    label: 法律援助按期办结率
    unit: percent
    direction: higher_is_better
    definition: 年度内按期办结的法律援助案件占应办结案件的比例。
"""
NODE = """\
  - code: I8
    parent: I
    label: 法律援助按期办结率
    points: 4
    rule: {kind: proportional, item: legal-aid-rate}
    remedy: 清理超期案件，逐件补办。
    owner: 司法局
"""
BENCHMARK = """\
  - id: BM24
    label: 法律援助按期办结率
    item: legal-aid-rate
    kind: quantified
    comparator: ">="
    unit: percent
    levels: [county]
    clause: 内部基准（指标I8）
    values:
      - {from: 2016-01-01, value: 95, due_basis: ongoing}
"""


def _score(book: Rulebook, submission: Submission, framework: str = "house-59") -> Assessment:
    return assess(submission, make_ruler(book, Choice(framework=framework)))


def _line(result: Assessment, code: str) -> IndicatorScore:
    return next(one for one in result.indicators if one.code == code)


def _cent(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_copy_of_the_rules_scores_like_the_shipped_ones(rule_copy, book, submission) -> None:
    one = submission(Answer(item="case-pass-rate", value=98))

    assert rule_copy.touched == []
    assert _score(rule_copy.rulebook(), one) == _score(book, one)


def test_new_indicator_touches_three_files_and_no_python(rule_copy, submission) -> None:
    filed = submission(Answer(item="legal-aid-rate", value=85))
    before = _score(rule_copy.rulebook(), filed)

    rule_copy.edit("items.yaml", "items:\n", "items:\n" + ITEM)
    framework = "frameworks/house-59/2026.yaml"
    rule_copy.edit(
        framework,
        "    label: 法治建设纳入绩效考核\n    points: 10\n",
        "    label: 法治建设纳入绩效考核\n    points: 6\n",
    )
    rule_copy.edit(framework, "  - code: I4\n", NODE + "  - code: I4\n")
    rule_copy.edit("targets/benchmarks-house.yaml", "targets:\n", "targets:\n" + BENCHMARK)
    after = _score(rule_copy.rulebook(), filed)
    line = _line(after, "I8")

    assert rule_copy.touched == [framework, "items.yaml", "targets/benchmarks-house.yaml"]
    assert (len(before.indicators), len(after.indicators)) == (59, 60)
    # Nothing at 95 - 20 = 75, full at 95: (85 - 75) / 20 is half.
    assert (line.nominal_points, line.outcome) == (4, Outcome.PARTLY_MET)
    assert line.points == _cent(line.max_points / 2)
    assert (_line(before, "I3").nominal_points, _line(after, "I3").nominal_points) == (10, 6)
    assert sum(one.nominal_points for one in after.indicators) == 1000
    assert after.rules.ruler != before.rules.ruler


def test_new_indicator_that_makes_the_sum_wrong_is_refused(rule_copy) -> None:
    rule_copy.edit("items.yaml", "items:\n", "items:\n" + ITEM)
    rule_copy.edit("frameworks/house-59/2026.yaml", "  - code: I4\n", NODE + "  - code: I4\n")

    with pytest.raises(RuleFileError, match=r"\[sum\] 'I' declares 100 points.* sum to 104"):
        rule_copy.rulebook()


JS13 = "    clause: 第（十九）条\n    scope: 县\n    values:\n      - {from: 2021-01-01, value: 98,"
RAISED = "      - {from: 2024-01-01, value: 99, due_basis: ongoing, clause: 修订后第（十九）条}\n"


def _raise_js13(rule_copy, row: str) -> None:
    name = "targets/jiashan-2021-2025.yaml"
    old = JS13 + " due: 2025-12-31, due_basis: stated}\n"
    rule_copy.edit(name, old, old + row)


def test_changed_target_touches_one_file_and_keeps_the_old_value_for_old_dates(
    rule_copy, submission
) -> None:
    filed = {
        year: submission(Answer(item="case-pass-rate", value=98), year=year)
        for year in (2023, 2024)
    }
    old = {year: _score(rule_copy.rulebook(), one) for year, one in filed.items()}

    _raise_js13(rule_copy, RAISED)
    new = {year: _score(rule_copy.rulebook(), one) for year, one in filed.items()}
    held = {year: _line(one, "D2").parts[0].target for year, one in new.items()}

    assert rule_copy.touched == ["targets/jiashan-2021-2025.yaml"]
    assert [_line(old[year], "D2").outcome for year in (2023, 2024)] == [Outcome.MET] * 2
    assert (held[2023].value, held[2023].clause) == (98, "第（十九）条")
    assert (held[2024].value, held[2024].clause) == (99, "修订后第（十九）条")
    assert _line(new[2023], "D2") == _line(old[2023], "D2")
    # Nothing at 99 - 20 = 79: (98 - 79) / 20 of the points.
    line = _line(new[2024], "D2")
    assert line.outcome is Outcome.PARTLY_MET
    assert line.points == _cent(line.max_points * 19 / 20)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2023, 12, 31), 98), (date(2024, 1, 1), 99), (date(2024, 1, 2), 99)]
)
def test_changed_target_turns_on_its_very_day(rule_copy, day: date, value: int) -> None:
    _raise_js13(rule_copy, RAISED)
    found = targets_on(rule_copy.rulebook(), day, plans=("jiashan-2021-2025",))

    assert [one.value for one in found if one.id == "JS13"] == [value]


def test_target_changed_by_another_document_touches_two_files(rule_copy) -> None:
    source = "  - {id: jiashan-2024-notice, title: 调整目标的通知, provenance: official}\n"
    rule_copy.edit("sources.yaml", "sources:\n", "sources:\n" + source)
    _raise_js13(rule_copy, RAISED.replace("}", ", source: jiashan-2024-notice}"))
    found = targets_on(rule_copy.rulebook(), date(2024, 6, 30), plans=("jiashan-2021-2025",))

    assert rule_copy.touched == ["sources.yaml", "targets/jiashan-2021-2025.yaml"]
    assert [one.source_title for one in found if one.id == "JS13"] == ["调整目标的通知"]


def test_new_edition_touches_one_file_and_leaves_the_old_one_as_it_was(
    rule_copy, submission
) -> None:
    filed = submission(Answer(item="law-lectures", value=2))
    before = _score(rule_copy.rulebook(), filed, "core-15")

    text = rule_copy.before["frameworks/core-15/2026.yaml"]
    for old, new in (
        ("id: core-15\n", "id: core-15-2027\n"),
        ('edition: "2026"', 'edition: "2027"'),
        (
            "label: 行政权力制约监督科学有效, points: 5",
            "label: 行政权力制约监督科学有效, points: 3",
        ),
        ("label: 法治意识和法治能力提高, points: 5", "label: 法治意识和法治能力提高, points: 7"),
        ("label: 建议提案按期办结率\n    points: 5", "label: 建议提案按期办结率\n    points: 3"),
        ("label: 领导干部学法\n    points: 5", "label: 领导干部学法\n    points: 7"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    rule_copy.add("frameworks/core-15/2027.yaml", text)
    book = rule_copy.rulebook()
    after = _score(book, filed, "core-15-2027")

    assert rule_copy.touched == ["frameworks/core-15/2027.yaml"]
    assert _score(book, filed, "core-15") == before
    assert (_line(before, "H1").nominal_points, _line(after, "H1").nominal_points) == (5, 7)
    assert _line(after, "H1").outcome is Outcome.MET
    assert (before.rules.edition, after.rules.edition) == ("2026", "2027")
    assert sum(one.nominal_points for one in after.indicators) == 100
    assert {"core-15", "core-15-2027"} <= {one.id for one in frameworks(book)}


OWN_FRAMEWORK = """\
schema: framework/1
id: my-two
edition: "1"
label: 自用两项
provenance: house
source: house-framework-2026
checked_on: 2026-01-10
status: scorable
full_mark: 10
scheme: standard
nodes:
  - {code: A1, label: 法律援助, points: 6, rule: {kind: proportional, item: legal-aid-rate}}
  - {code: A2, label: 合格率, points: 4, rule: {kind: proportional, item: case-pass-rate}}
"""
OWN_PLAN = """\
schema: target-set/1
id: my-plan
label: 自用规划
source: house-framework-2026
provenance: house
checked_on: 2026-01-10
region: 嘉善县
level: county
period: {from: 2021-01-01, to: 2025-12-31}
targets:
"""


def test_users_own_files_add_an_indicator_without_touching_the_shipped_ones(
    write, rulebook_with, submission
) -> None:
    book = rulebook_with(
        write("rules/items.yaml", "schema: items/1\nitems:\n" + ITEM),
        write("rules/framework.yaml", OWN_FRAMEWORK),
        write("rules/plan.yaml", OWN_PLAN + BENCHMARK.replace("2016", "2021")),
    )
    filed = submission(
        Answer(item="legal-aid-rate", value=90), Answer(item="case-pass-rate", value=98)
    )
    result = _score(book, filed, "my-two")

    # (90 - 75) / 20 of 6 points is 4.5; 98 meets JS13, 4 points.
    assert [one.points for one in result.indicators] == [Decimal("4.5"), 4]
    assert (result.totals.total_points, result.mode) == (Decimal("8.5"), "binding")


def test_users_own_plan_is_used_instead_of_the_shipped_one_when_named(
    write, rulebook_with, submission
) -> None:
    plan = OWN_PLAN + BENCHMARK.replace("2016", "2021").replace("legal-aid-rate", "case-pass-rate")
    book = rulebook_with(write("plan.yaml", plan))
    filed = submission(Answer(item="case-pass-rate", value=98))
    ruler = make_ruler(book, Choice(targets=("my-plan",)))
    shipped, own = _score(book, filed), assess(filed, ruler)

    assert _line(shipped, "D2").parts[0].target.plan == "jiashan-2021-2025"
    assert _line(own, "D2").parts[0].target.plan == "my-plan"
    assert _line(own, "D2").parts[0].target.standing == "own"
