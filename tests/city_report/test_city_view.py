"""What the 通报 says, from small manifests written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assessor.city.view import build_city_view
from schemas.base import Level
from schemas.city import (
    Cause,
    CauseShare,
    Change,
    Duel,
    GradeChance,
    IndicatorChange,
    Ranking,
    RankInterval,
    RankLine,
    Uncertainty,
    UnrankedLine,
)
from schemas.manifest import EntityEntry, Manifest, Question, Weakness
from schemas.submission import Period

YEAR = Period.model_validate({"from": "2024-01-01", "to": "2024-12-31"})


def entry(name: str, status="scored", **fields) -> EntityEntry:
    return EntityEntry.model_validate(
        {"entity": name, "level": "county", "mode": None, "status": status} | fields
    )


def line(name: str, rank: int, total: str, **fields) -> RankLine:
    values = {
        "rank": rank, "tie_group": rank, "tied_with": (), "entity": name, "level": "county",
        "total_points": total, "low_points": total, "high_points": total, "grade": "良好",
        "points_to_next_rank": None, "best_rank": rank, "worst_rank": rank,
        "n_not_separable": 0, "not_separable_from": (),
    }  # fmt: skip
    return RankLine.model_validate(values | fields)


def ranking(*binding: RankLine, **fields) -> Ranking:
    values = {
        "ruler": "ab" * 32, "period": YEAR, "tie_tolerance": "0", "binding": binding,
        "reference": (), "without_total": (),
    }  # fmt: skip
    return Ranking.model_validate(values | fields)


def city(*entities: EntityEntry, **fields) -> Manifest:
    return Manifest.model_validate(
        {
            "engine": "0.1.0", "title": "甲市", "period": YEAR, "rules": None,
            "weight_provenance": None, "entities": entities,
        }
        | fields
    )  # fmt: skip


def test_ties_share_a_rank_and_say_so():
    lines = (
        line("乙县", 1, "80.00", tied_with=("丙县",)),
        line("丙县", 1, "80.00", tied_with=("乙县",), tie_group=1),
        line("丁县", 3, "70.00", tie_group=2, points_to_next_rank="10.00"),
    )
    view = build_city_view(city(entry("乙县"), entry("丙县"), ranking=ranking(*lines)))
    rows = view.rankings[0].rows

    assert [(row.rank, row.tie, row.ahead) for row in rows] == [
        ("1", "并列", "—"), ("1", "并列", "—"), ("3", "", "10.00"),
    ]  # fmt: skip
    assert "约束性考核3个单位：乙县、丙县最高（80.00分），丁县最低（70.00分）。" in (
        view.summary.sentences
    )


def test_tie_tolerance_is_declared():
    view = build_city_view(
        city(entry("乙县"), ranking=ranking(line("乙县", 1, "80"), tie_tolerance="0.50"))
    )

    assert "总分相差不超过0.50分的并列" in view.rankings[0].note


def test_nearest_on_either_side_are_named_of_those_not_separable():
    names = [f"{letter}县" for letter in "ABCDEFG"]
    others = tuple(name for name in names if name != "D县")
    lines = [
        line(name, place, "80", n_not_separable=6, not_separable_from=others)
        if name == "D县"
        else line(name, place, "80")
        for place, name in enumerate(names, start=1)
    ]
    view = build_city_view(city(ranking=ranking(*lines)))

    assert view.rankings[0].rows[3].doubt == "6 个：B县、C县、E县、F县等"
    assert view.rankings[0].rows[0].doubt == "—"


def test_interval_chances_and_duel_are_those_of_the_replications():
    chances = (
        GradeChance(grade="优秀", probability=Decimal("0.8310"), standard_error=Decimal("0.0119")),
        GradeChance(grade="良好", probability=Decimal("0.1690"), standard_error=Decimal("0.0119")),
        GradeChance(grade="合格", probability=Decimal(0), standard_error=Decimal(0)),
    )
    duels = (
        Duel(
            entity="丙县", probability=Decimal("0.7000"), tie_probability=Decimal(0),
            standard_error=Decimal("0.0145"),
        ),
    )  # fmt: skip
    drawn = RankInterval(
        entity="乙县", rank=1, low=Decimal(1), median=Decimal("1.0"), high=Decimal("1.95"),
        grades=chances, neighbours=duels,
    )  # fmt: skip
    part = Uncertainty(
        mode="binding", replications=1000, n_simplex=500, n_noise=500,
        noise_percent=Decimal(25), seed="ab" * 32, lines=(drawn,),
    )  # fmt: skip
    lines = (line("乙县", 1, "90"), line("丙县", 2, "80"))
    view = build_city_view(city(ranking=ranking(*lines), uncertainty=(part,)))
    first, second = view.rankings[0].rows

    assert first.interval == "1 ～ 1.95，中位 1"
    assert first.chances == ("优秀 0.831", "良好 0.169")
    assert first.duel == "0.7"
    assert (second.interval, second.chances, second.bar_width) == ("—", ("—",), "")
    facts = {fact.label: fact.text for fact in view.method.facts}
    assert facts["概率的抽样误差（约束性考核）"] == "标准误不超过 0.0145"
    assert facts["随机种子（取自标尺）"] == "ab" * 32


def test_reference_entities_stand_in_a_list_of_their_own():
    view = build_city_view(
        city(
            entry("乙县", mode="binding"),
            entry("丙县", mode="reference"),
            ranking=ranking(
                line("乙县", 1, "70"),
                reference=(line("丙县", 1, "90"),),
                without_total=(
                    UnrankedLine(
                        entity="丁县", level=Level.COUNTY, mode="reference",
                        low_points=Decimal(10), high_points=Decimal(20),
                    ),
                ),
            ),
        )
    )  # fmt: skip

    assert [(one.title, [row.entity for row in one.rows]) for one in view.rankings] == [
        ("约束性考核排名", ["乙县"]), ("参照评估排名", ["丙县"]),
    ]  # fmt: skip
    assert view.rankings[1].note.startswith("参照评估只供参考，不与约束性考核混排。")
    assert [(row.entity, row.bounds) for row in view.without_total] == [("丁县", "10 ～ 20")]


def test_levels_are_named_only_when_a_list_has_several():
    mixed = ranking(line("乙县", 1, "70"), line("丙镇", 2, "60", level="township"))
    alike = ranking(line("乙县", 1, "70"), line("丙县", 2, "60"))

    assert [row.entity for row in build_city_view(city(ranking=mixed)).rankings[0].rows] == [
        "乙县（县级）", "丙镇（乡镇级）",
    ]  # fmt: skip
    assert [row.entity for row in build_city_view(city(ranking=alike)).rankings[0].rows] == [
        "乙县", "丙县",
    ]  # fmt: skip


def _change(name: str, before: str, after: str, data: str, target: str) -> Change:
    moved = Decimal(after) - Decimal(before)
    causes = (
        CauseShare(cause=Cause.DATA, points=Decimal(data)),
        CauseShare(cause=Cause.TARGET, points=Decimal(target)),
    )
    indicator = IndicatorChange(
        code="A1", label="甲项", before_points=Decimal(before), after_points=Decimal(after),
        before_max=Decimal(100), after_max=Decimal(100), change=moved, causes=causes,
    )  # fmt: skip
    return Change(
        entity=name, previous_entity=name, period=YEAR, previous_period=YEAR, ruler="a",
        previous_ruler="a", order=tuple(Cause), before_points=Decimal(before),
        after_points=Decimal(after), change=moved, causes=causes, outside=(),
        indicators=(indicator,),
    )  # fmt: skip


def test_movers_go_from_largest_rise_to_largest_fall_with_their_causes():
    view = build_city_view(
        city(
            entry("乙县", change=_change("乙县", "80.0", "75.0", "-3.0", "-2.0")),
            entry("丙县", change=_change("丙县", "60.0", "64.5", "5.0", "-0.5")),
            entry("丁县", change=_change("丁县", "60.0", "60.0", "0.0", "0.0")),
            entry("戊县"),
        )
    )
    rows = view.movers.rows

    assert [(row.entity, row.change, row.causes[:2]) for row in rows] == [
        ("丙县", "＋4.5", ("＋5.0", "−0.5")),
        ("丁县", "—", ("—", "—")),
        ("乙县", "−5.0", ("−3.0", "−2.0")),
    ]
    assert [row.indicators for row in rows] == [("A1 ＋4.5",), ("—",), ("A1 −5.0",)]
    assert "与上年可比的3个单位中，总分上升1个，下降1个，持平1个。" in view.summary.sentences


def test_weaknesses_are_ordered_by_how_many_fall_short_then_by_points():
    def weak(code: str, n_short: int, lost: str) -> Weakness:
        return Weakness(
            code=code, label="项", n_short=n_short, n_applicable=9, points_lost=Decimal(lost),
            share_lost=Decimal(10),
        )  # fmt: skip

    view = build_city_view(
        city(weaknesses=(weak("A1", 2, "90"), weak("A2", 5, "3"), weak("A3", 5, "8")))
    )

    assert [(row.code, row.short, row.lost) for row in view.weaknesses] == [
        ("A3", "5 / 9", "8"), ("A2", "5 / 9", "3"), ("A1", "2 / 9", "90"),
    ]  # fmt: skip


def test_absent_come_before_late_and_the_rest_are_troubles_with_reason_and_remedy():
    due, filed = date(2025, 1, 31), date(2025, 2, 3)
    view = build_city_view(
        city(
            entry("乙县", due_on=due, filed_on=filed, is_late=True),
            entry("丙县", "missing", due_on=due),
            entry("丁县", "unreadable", reason="报告.pdf：已加密"),
            entry("戊县", "set_aside", reason="两次终止"),
        )
    )

    assert [(row.entity, row.state, row.due, row.filed) for row in view.filings] == [
        ("丙县", "未报", "2025年1月31日", "—"),
        ("乙县", "迟报", "2025年1月31日", "2025年2月3日"),
    ]
    assert [(row.entity, row.state, row.reasons) for row in view.troubles] == [
        ("丁县", "材料读不出", ("报告.pdf：已加密",)), ("戊县", "搁置", ("两次终止",)),
    ]  # fmt: skip
    assert all("重新提交" in row.remedy for row in view.troubles)
    assert "需要人处理：催报1个单位；2个单位的材料须改正或核查后重新提交。" in (
        view.summary.sentences
    )


def test_long_reasons_are_cut_and_say_where_the_rest_is():
    reason = "\n".join(f"第{number}条" for number in range(1, 8))
    view = build_city_view(city(entry("丁县", "blocked", reason=reason)))

    assert view.troubles[0].reasons == (
        "第1条", "第2条", "第3条", "第4条", "其余原因见随附的 manifest.json。",
    )  # fmt: skip


def test_data_quality_league_goes_by_disclosure_evidence_and_issues():
    def known(name: str, rate: str, evidenced: str, n_issues: int) -> EntityEntry:
        return entry(
            name, disclosure_rate=rate, core_disclosure_rate="50", evidenced_share=evidenced,
            n_issues=n_issues,
        )  # fmt: skip

    view = build_city_view(
        city(
            known("乙县", "80", "70", 0), known("丙县", "90", "10", 9),
            known("丁县", "80", "75", 3), known("戊县", "80", "70", 1), entry("己县", "missing"),
        )
    )  # fmt: skip

    assert [row.entity for row in view.quality] == ["丙县", "丁县", "乙县", "戊县"]


@pytest.mark.parametrize("kind", ["outlier", "jump", "copy"])
def test_questions_end_in_a_question_mark(kind):
    asked = Question(
        entity="乙县", kind=kind, subject="甲项", found="99%", compared_with="中位数 50%"
    )
    row = build_city_view(city(entry("乙县"), questions=(asked,))).questions[0]

    assert row.facts == "99%；中位数 50%"
    assert row.ask.endswith("？")


def test_city_without_anyone_scored_says_so():
    view = build_city_view(city(entry("乙县", "missing"), period=None))

    assert view.title == "甲市法治政府建设年度报告评估通报"
    assert view.created == ""
    assert view.cover.scored == "0 / 1"
    assert view.cover.notices == ("没有单位完成评分，本通报只列报送情况。",)
    assert view.summary.stacks is None
    assert (view.rankings, view.heat, view.summary.tops, view.method.notes) == ((), None, (), ())
