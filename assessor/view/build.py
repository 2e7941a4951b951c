"""From an assessment to the report's view. Reads the result and nothing else."""

from __future__ import annotations

from assessor import formats, messages
from assessor.view import charts, tables
from assessor.view.model import (
    CoverView,
    Highlight,
    OutcomeCount,
    Pair,
    ReportView,
    ReviewView,
    SummaryView,
)
from schemas.result import Assessment, IndicatorScore

TOP = 5


def build_view(result: Assessment) -> ReportView:
    """Return the finished text of every part of the report."""
    year = f"{result.period.end.year}年度"
    title = f"{result.entity.name}{year}法治政府建设年度报告评估评分单"
    return ReportView(
        title=title,
        running=f"{result.entity.name} · {year}",
        description=f"{title}；{result.rules.framework_label}（{result.rules.edition}版）",
        created=f"{result.as_of.isoformat()}T00:00:00+08:00",
        engine=result.engine,
        ruler=result.rules.ruler,
        cover=_cover(result, year),
        summary=_summary(result),
        dimensions=tables.dimensions(result),
        gaps=tables.gaps(result),
        gap_note=(
            f"可增分为该项单独整改到位后总分的增加值；整改期限按送达之日起"
            f"{result.rules.remediation_days}日，由督办单位填写完成与复核情况。"
        ),
        issues=tables.issues(result),
        reviews=_reviews(result),
        blend=_blend(result),
        method=tables.method(result),
        targets=tables.targets(result),
        sources=tables.sources(result),
    )


def _cover(result: Assessment, year: str) -> CoverView:
    totals, rules = result.totals, result.rules
    facts = (
        Pair(
            "得分区间",
            f"{formats.points(totals.low_points)} ～ {formats.points(totals.high_points)}",
        ),
        Pair("指标披露率", formats.percent(totals.disclosure_rate)),
        Pair("有据分值占比", formats.percent(totals.evidenced_share)),
        Pair("指标体系", f"{rules.framework_label}（{rules.edition}版）"),
        Pair("权重", f"{rules.weight_label}（{messages.PROVENANCES[rules.weight_provenance]}）"),
        Pair("未披露的处理", rules.policy_label),
        Pair("标尺", rules.ruler[:16]),
    )
    return CoverView(
        entity=result.entity.name,
        year=year,
        mode=messages.MODES[result.mode],
        is_reference=result.mode == "reference",
        mode_reasons=tuple(messages.mode_reason(code) for code in result.mode_reasons),
        grade=result.grade.grade or "未评定",
        total=formats.points(totals.total_points),
        full_mark=formats.points(totals.full_mark),
        rate=formats.percent(totals.rate),
        ring=charts.ring(totals.rate),
        facts=facts,
        notices=_notices(result),
        as_of=formats.day(result.as_of),
    )


def _notices(result: Assessment) -> tuple[str, ...]:
    grade, found = result.grade, []
    if not grade.grade:
        found.append("存在须先解决的事项，暂不出总分与等次。")
    if not grade.is_certain:
        found.append(
            f"未披露内容的得分区间跨越等次线：全按零分计为“{grade.low_grade}”，"
            f"全按满分计为“{grade.high_grade}”。"
        )
    for limit in grade.limited_by:
        if limit == "disclosure":
            rate = formats.percent(result.totals.core_disclosure_rate)
            found.append(f"按得分应为“{grade.by_points}”，因核心指标披露率仅{rate}而降等。")
    found.extend(f"评审记录否决事项“{veto.label}”（{veto.document}）。" for veto in result.vetoes)
    if any(share.score is None for share in result.totals.blend):
        missing = "、".join(s.label for s in result.totals.blend if s.score is None)
        found.append(f"{missing}未纳入：没有提供成绩，总分只按年度报告计算。")
    return tuple(found)


def _summary(result: Assessment) -> SummaryView:
    totals = result.totals
    nodes = [node for node in result.nodes if node.level == 1]
    kpis = (
        Pair("总分", f"{formats.points(totals.total_points)} / {formats.points(totals.full_mark)}"),
        Pair("等次", result.grade.grade or "未评定"),
        Pair("指标披露", f"{totals.n_disclosed} / {totals.n_applicable}"),
        Pair("核心指标披露率", formats.percent(totals.core_disclosure_rate)),
    )
    scored = [one for one in result.indicators if one.max_points > 0]
    strongest = sorted(scored, key=lambda one: -(one.points / one.max_points * 10000 + one.points))
    by_code = {one.code: one for one in result.indicators}
    costly = [by_code[code] for code in result.gaps if by_code[code].points_to_gain > 0]
    next_grade = result.next_grade
    return SummaryView(
        kpis=kpis,
        sentences=_sentences(result),
        outcomes=tuple(
            OutcomeCount(o.value, messages.SYMBOLS[o], messages.OUTCOMES[o], str(count))
            for o, count in totals.outcomes
        ),
        strongest=tuple(_strong(one) for one in strongest[:TOP] if one.points > 0),
        costliest=tuple(_costly(one) for one in costly[:TOP]),
        next_grade=_next_text(result),
        next_steps=tuple(
            _costly(by_code[code]) for code in (next_grade.codes if next_grade else ())
        )[:8],
        radar=charts.radar(nodes),
        bars=charts.bars(nodes),
    )


def _strong(one: IndicatorScore) -> Highlight:
    return Highlight(
        one.code, one.label, f"{formats.points(one.points)} / {formats.points(one.max_points)}"
    )


def _costly(one: IndicatorScore) -> Highlight:
    text = f"可增 {formats.points(one.points_to_gain)}"
    return Highlight(one.code, one.label, f"{text}（{messages.OUTCOMES[one.outcome]}）")


def _sentences(result: Assessment) -> tuple[str, ...]:
    totals, grade = result.totals, result.grade
    nodes = [node for node in result.nodes if node.level == 1 and node.max_points > 0]
    found: list[str] = []
    if totals.total_points is not None:
        found.append(
            f"{result.entity.name}本年度得{formats.points(totals.total_points)}分"
            f"（满分{formats.points(totals.full_mark)}），等次为“{grade.grade}”。"
        )
    if nodes:
        best, worst = max(nodes, key=lambda n: n.rate), min(nodes, key=lambda n: n.rate)
        found.append(
            f"得分率最高的是“{best.label}”（{formats.percent(best.rate)}），"
            f"最低的是“{worst.label}”（{formats.percent(worst.rate)}）。"
        )
    found.append(
        f"适用的{totals.n_applicable}项指标中披露{totals.n_disclosed}项；"
        f"有据可查的分值占{formats.percent(totals.evidenced_share)}。"
        f"未披露内容全按零分与全按满分计，总分在{formats.points(totals.low_points)}"
        f"至{formats.points(totals.high_points)}之间。"
    )
    if result.mode == "reference":
        found.append("本评分单为参照评估，不得与约束性考核结果一并排名。")
    return tuple(found)


def _next_text(result: Assessment) -> str:
    step = result.next_grade
    if step is None:
        return "已处于最高等次。" if result.totals.total_points is not None else ""
    needs = (
        f"，并要求核心指标披露率不低于{formats.percent(step.needs_disclosure)}"
        if step.needs_disclosure > result.totals.core_disclosure_rate
        else ""
    )
    needed, missing = formats.points(step.points_needed), formats.points(step.missing)
    head = f"距“{step.grade}”（{needed}分起）还差{missing}分"
    if not step.codes:
        return f"{head}；所有可整改指标均到位仍不能达到{needs}。"
    return f"{head}；以下指标整改到位后可达{formats.points(step.reached_points)}分{needs}："


def _reviews(result: Assessment) -> tuple[ReviewView, ...]:
    effects = {
        "zero_indicator": "该指标计零分",
        "cap_grade": "限制最高等次",
        "fail": "直接评为最低等次",
    }
    bonuses = tuple(
        ReviewView(
            one.code,
            one.label,
            f"加分{formats.points(one.points)}，计入{formats.points(one.counted)}",
            one.document,
            one.author,
            "",
        )
        for one in result.bonuses
    )
    vetoes = tuple(
        ReviewView(
            one.code,
            one.label,
            effects[one.effect] + (f"（{one.cap}）" if one.cap else ""),
            one.document,
            one.author,
            one.reason,
        )
        for one in result.vetoes
    )
    return bonuses + vetoes


def _blend(result: Assessment) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            f"{share.label}（{formats.percent(share.weight)}）",
            "未提供"
            if share.score is None
            else f"{formats.points(share.score)} → {formats.points(share.points)}",
        )
        for share in result.totals.blend
    )
