"""Every awkward case of the demo city, as samples/city/README.md promises it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.cli import run as run_command
from schemas.city import Cause
from schemas.issue import IssueCode

CITY = Path(__file__).parents[2] / "samples" / "city"
LONG = "望澜市云浦国际旅游度假和数字经济创新发展综合改革试验示范新区"
UNSCORED = {
    "榛岙县": ("unreadable", "榛岙县2024年填报表.xlsx", "重新保存"),
    "檀坞县": ("unreadable", "檀坞县2024年法治政府建设年度报告.docx", "重新保存"),
    "槿陂县": ("missing", "名单上有", "没有找到填报表或报告"),
}


def _line(run, name):
    ranking = run.manifest.ranking
    return next(one for one in (*ranking.binding, *ranking.reference) if one.entity == name)


def _questions(run, name, kind):
    return [one for one in run.manifest.questions if (one.entity, one.kind) == (name, kind)]


def _roles(entry):
    return [one.role for one in entry.inputs]


def test_last_year_everybody_filed_in_time(last_year):
    entries = last_year.manifest.entities

    assert len(entries) == 12
    assert {(one.status, one.is_late, one.mode) for one in entries} == {
        ("scored", False, "binding")
    }


@pytest.mark.parametrize("name", UNSCORED)
def test_paper_without_a_score_says_which_and_what_to_do(this_year, name):
    status, where, remedy = UNSCORED[name]
    entry = this_year.entry(name)

    assert entry.status == status
    assert where in entry.reason
    assert remedy in entry.reason
    assert entry.total_points is None


def test_everybody_else_is_scored(this_year):
    scored = {one.entity for one in this_year.manifest.entities if one.status == "scored"}

    assert len(this_year.manifest.entities) == 13
    assert scored == {one.entity for one in this_year.manifest.entities} - set(UNSCORED)


def test_missing_unit_is_neither_ranked_nor_has_papers(this_year):
    entry = this_year.entry("槿陂县")
    ranked = {one.entity for one in this_year.manifest.ranking.binding}

    assert entry.inputs == ()
    assert entry.filed_on is None
    assert entry.due_on == date(2025, 3, 31)
    assert "槿陂县" not in ranked


def test_only_one_unit_is_late_by_twelve_days(this_year):
    late = [one.entity for one in this_year.manifest.entities if one.is_late]
    entry = this_year.entry("漱堰县")

    assert late == ["漱堰县"]
    assert (entry.due_on, entry.filed_on) == (date(2025, 3, 31), date(2025, 4, 12))


def test_report_published_late_loses_the_points_of_the_deadline(this_year):
    """I5: published on 12 April, limit 1 April."""
    points = {one.code: one.points for one in this_year.entry("漱堰县").indicators}

    assert points["I5"] == 0


def test_form_that_contradicts_its_report_is_scored_and_named(this_year):
    """588 of 600 is 98 %, 549 of 600 is 91.5 %."""
    issues = this_year.results["荻浦县"].issues
    found = [one for one in issues if one.code is IssueCode.FORM_CONTRADICTS]

    assert [one.location.item for one in found] == ["certificate-holding-rate"]
    assert "填报 98%，报告 91.5%" in found[0].found


def test_only_one_unit_contradicts_itself(this_year):
    names = [
        name
        for name, result in this_year.results.items()
        if any(one.code is IssueCode.FORM_CONTRADICTS for one in result.issues)
    ]

    assert names == ["荻浦县"]


def test_copied_report_is_asked_about_on_both_sides(this_year):
    found = [one for one in this_year.manifest.questions if one.kind == "copy"]

    assert {(one.entity, one.compared_with) for one in found} == {
        ("漱堰县", "筠埠县的报告"),
        ("筠埠县", "漱堰县的报告"),
    }


def test_equal_totals_share_a_rank_and_the_next_is_skipped(this_year):
    one, other = _line(this_year, "筠埠县"), _line(this_year, "蓼汀县")
    below = min(line.rank for line in this_year.manifest.ranking.binding if line.rank > one.rank)

    assert one.total_points == other.total_points
    assert one.rank == other.rank
    assert one.tied_with == ("蓼汀县",)
    assert other.tied_with == ("筠埠县",)
    assert below == one.rank + 2


def test_tied_units_filed_the_same_rate_of_other_counts(this_year):
    found = []
    for name in ("筠埠县", "蓼汀县"):
        indicators = {one.code: one for one in this_year.results[name].indicators}
        found.append(indicators["D1"].parts[0])
    one, other = found

    assert one.value == other.value
    assert other.denominator == 2 * one.denominator


def test_veto_caps_the_grade_of_a_unit_above_nine_hundred(this_year):
    """V4 caps at 良好; 优秀 begins at 900 of 1000."""
    entry = this_year.entry("漪塘县")

    assert entry.total_points > 900
    assert entry.grade == "良好"
    assert entry.vetoes == ("重大违法执法事件",)


def test_bonus_adds_half_a_percent_of_the_full_mark(this_year):
    """P4: 0.5 % of 1000."""
    bonus = {one.entity: one.bonus_points for one in this_year.manifest.entities}

    assert bonus["霁渚区"] == Decimal(5)
    assert {name for name, points in bonus.items() if points} == {"霁渚区"}


def test_unit_of_another_city_stands_in_the_reference_list_alone(this_year):
    ranking = this_year.manifest.ranking

    assert [line.entity for line in ranking.reference] == ["浔陂县"]
    assert "浔陂县" not in {line.entity for line in ranking.binding}
    assert this_year.entry("浔陂县").change is None


def test_name_of_thirty_characters_is_ranked_by_its_form_alone(this_year):
    assert len(LONG) == 30
    assert _roles(this_year.entry(LONG)) == ["form"]
    assert _line(this_year, LONG).grade == "优秀"


def test_unit_with_a_report_only_has_bounds_across_a_grade_line(this_year):
    """合格 begins at 600, 良好 at 800."""
    entry = this_year.entry("蘅垄县")

    assert _roles(entry) == ["report"]
    assert entry.disclosure_rate < 60
    assert entry.low_points < 600
    assert entry.high_points > 800
    assert entry.is_certain is False


def test_jump_names_both_years(this_year):
    """24 of 40 is 60 %, 39 of 40 is 97.5 %."""
    found = _questions(this_year, "葭埭县", "jump")

    assert ("行政机关负责人出庭应诉率", "97.5%", "2023年 60%") in {
        (one.subject, one.found, one.compared_with) for one in found
    }


def test_outlier_is_named(this_year):
    found = _questions(this_year, "葭埭县", "outlier")

    assert ("执法人员年培训学时", "560学时") in {(one.subject, one.found) for one in found}


def test_causes_sum_to_the_change_of_both_totals(last_year, this_year):
    changed = [one for one in this_year.manifest.entities if one.change is not None]

    assert len(changed) == 9
    for entry in changed:
        change = entry.change
        assert change.after_points == entry.total_points
        assert change.before_points == last_year.entry(entry.entity).total_points
        assert sum(one.points for one in change.causes) == change.change
        assert change.change == change.after_points - change.before_points


def test_raised_target_is_a_cause_of_its_own(this_year):
    """From 92 to 98 in 2024, floor 60: 97.5 % was full and is now 37.5/38 of 36.36: 35.88."""
    lines = this_year.entry("葭埭县").change.indicators
    line = next(one for one in lines if one.code == "F1")
    causes = {one.cause: one.points for one in line.causes}

    assert line.after_max == Decimal("36.36")
    assert causes[Cause.DATA] == Decimal("36.36")
    assert causes[Cause.TARGET] == Decimal("35.88") - Decimal("36.36")


def test_command_names_who_needs_a_person_and_exits_with_one(this_year, capsys):
    """Everything is done already: the command only looks and lists."""
    base = this_year.folder.parent
    city = CITY
    words = ["batch", city / "2024", "-o", this_year.folder, "--rules", city / "rules"]
    words += ["--archive", base / "archive.sqlite3", "--no-pages", "--jobs", "1"]
    code = run_command([str(word) for word in words])
    printed = capsys.readouterr().out

    assert code == 1
    assert "逾期报送（应报 2025-03-31，实报 2025-04-12）" in printed
    for name in (*UNSCORED, "漱堰县"):
        assert name in printed.split("需要人处理")[1]
