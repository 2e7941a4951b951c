"""From an assessment to the report's view. Reads the result and nothing else."""

from __future__ import annotations

from assessor import formats, messages
from assessor.naming import result_stem
from assessor.view import appendix, charts, reading, tables
from assessor.view.model import CoverView, Pair, ReportView, ReviewView
from assessor.view.summary import LABEL_LIMIT, limits, no_grade, summary
from schemas.result import Assessment

NAME_LIMIT = 30


def build_view(result: Assessment) -> ReportView:
    """Return the finished text of every part of the report."""
    year = f"{result.period.end.year}年度"
    title = f"{result.entity.name}{year}法治政府建设年度报告评估评分单"
    return ReportView(
        title=title,
        running=f"{formats.cut(result.entity.name, NAME_LIMIT)} · {year}",
        description=f"{title}；{result.rules.framework_label}（{result.rules.edition}版）",
        created=f"{result.as_of.isoformat()}T00:00:00+08:00",
        engine=result.engine,
        cover=_cover(result, year),
        summary=summary(result),
        dimensions=tables.dimensions(result),
        classes=reading.classes(result),
        gaps=tables.gaps(result),
        gap_note=(
            f"{tables.GAIN_NOTE}；整改期限为送达之日起"
            f"{result.rules.remediation_days}日，“期限”“复核”两栏由督办单位填写。"
            "依据栏的编号对应第六部分的目标。"
        ),
        issues=tables.issues(result),
        no_issues=reading.no_issues(result),
        waiting=tables.waiting(result),
        report=reading.report(result),
        reviews=_reviews(result),
        blend=_blend(result),
        method=appendix.method(result),
        target_groups=appendix.target_groups(result),
        sources=appendix.sources(result),
        json_note=(
            f"完整评估结果见同名文件 {result_stem(result)}.json"
            "（PDF 内的附件 assessment.json 与它相同），可由程序核对。"
        ),
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
        Pair("评估基准日", formats.day(result.as_of)),
        Pair("标尺（规则指纹）", rules.ruler[:16]),
    )
    return CoverView(
        entity=result.entity.name,
        name_css=_name_css(result.entity.name),
        year=year,
        mode=messages.MODES[result.mode],
        is_reference=result.mode == "reference",
        mode_reasons="；".join(messages.mode_reason(code) for code in result.mode_reasons),
        grade=result.grade.grade or "未评定",
        total=formats.points(totals.total_points),
        full_mark=formats.points(totals.full_mark),
        rate=formats.percent(totals.rate),
        ring=charts.ring(totals.rate),
        facts=(*_make_up(result), *facts),
        notices=_notices(result),
    )


def _name_css(name: str) -> str:
    return "" if len(name) <= 13 else "long" if len(name) <= 36 else "longest"


def _make_up(result: Assessment) -> tuple[Pair, ...]:
    """Say what the total is made of, when it is more than the indicators' points."""
    totals = result.totals
    if not totals.bonus_points and not totals.blend:
        return ()
    text = f"指标得分 {formats.points(totals.indicator_points)}"
    if totals.bonus_points:
        text += f"，加分 {formats.points(totals.bonus_points)}"
    if totals.blend:
        text += f"；{result.rules.blend_label}"
    return (Pair("总分构成", text),)


def _notices(result: Assessment) -> tuple[str, ...]:
    grade, found = result.grade, []
    if not grade.grade:
        found.append(no_grade(result))
    if not grade.is_certain:
        found.append(
            f"未披露内容的得分区间跨越等次线：全按零分计为{formats.quoted(grade.low_grade)}，"
            f"全按满分计为{formats.quoted(grade.high_grade)}。"
        )
    found += limits(result)
    if result.vetoes:
        vetoes = "；".join(
            f"{veto.code} {formats.cut(veto.label, LABEL_LIMIT)}" for veto in result.vetoes
        )
        found.append(f"评审记录的否决事项：{vetoes}（文件见第四部分）。")
    if any(share.score is None for share in result.totals.blend):
        missing = "、".join(s.label for s in result.totals.blend if s.score is None)
        found.append(f"{missing}未纳入：没有提供成绩，总分只按年度报告计算。")
    return tuple(found)


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
