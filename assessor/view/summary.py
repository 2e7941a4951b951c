"""The one-page summary, and why a grade is what it is."""

from __future__ import annotations

from itertools import zip_longest

from assessor import formats, messages
from assessor.view import charts, reading
from assessor.view.model import Highlight, OutcomeCount, Pair, SummaryView, TopRow
from schemas.outcome import PolicyAction
from schemas.result import Assessment, GradeResult, IndicatorScore, NodeScore

TOP = 5
STEPS = 8
LABEL_LIMIT = 18
_NOWHERE = Highlight("", "", "")
_NO_STRONG = Highlight("—", "没有得分的指标", "")
_NO_COSTLY = Highlight("—", "没有可以增分的指标", "")


def summary(result: Assessment) -> SummaryView:
    """Return the page a magistrate reads in a minute."""
    totals = result.totals
    nodes = [node for node in result.nodes if node.level == 1]
    kpis = (
        Pair("总分", f"{formats.points(totals.total_points)} / {formats.points(totals.full_mark)}"),
        Pair("等次", result.grade.grade or "未评定"),
        Pair("指标披露", f"{totals.n_disclosed} / {totals.n_applicable}"),
        Pair("核心指标披露率", formats.percent(totals.core_disclosure_rate)),
    )
    return SummaryView(
        kpis=kpis,
        sentences=_sentences(result, nodes),
        outcomes=tuple(
            OutcomeCount(o.value, messages.SYMBOLS[o], messages.OUTCOMES[o], str(count))
            for o, count in totals.outcomes
        ),
        tops=_tops(result),
        next_grade=_next_text(result),
        next_steps=_next_steps(result),
        radar=charts.radar(nodes),
        bars=charts.bars(nodes),
    )


def _tops(result: Assessment) -> tuple[TopRow, ...]:
    scored = [one for one in result.indicators if one.points > 0]
    scored.sort(key=lambda one: (-one.points / one.max_points, -one.points))
    by_code = {one.code: one for one in result.indicators}
    costly = [by_code[code] for code in result.gaps if by_code[code].points_to_gain > 0]
    pairs = zip_longest(
        [_strong(one) for one in scored[:TOP]] or [_NO_STRONG],
        [_costly(one) for one in costly[:TOP]] or [_NO_COSTLY],
        fillvalue=_NOWHERE,
    )
    return tuple(TopRow(strong, weak) for strong, weak in pairs)


def _strong(one: IndicatorScore) -> Highlight:
    label = formats.cut(one.label, LABEL_LIMIT)
    return Highlight(one.code, label, formats.score(one.points, one.max_points))


def _costly(one: IndicatorScore) -> Highlight:
    label = formats.cut(one.label, LABEL_LIMIT)
    text = f"{messages.OUTCOMES[one.outcome]} ＋{formats.points(one.points_to_gain)}"
    return Highlight(one.code, label, text)


def _sentences(result: Assessment, nodes: list[NodeScore]) -> tuple[str, ...]:
    totals, grade = result.totals, result.grade
    found: list[str] = []
    if totals.total_points is not None:
        found.append(
            f"{result.entity.name}本年度得{formats.points(totals.total_points)}分"
            f"（满分{formats.points(totals.full_mark)}分），等次为{formats.quoted(grade.grade)}。"
            + "".join(limits(result))
        )
    else:
        found.append(f"{result.entity.name}：{no_grade(result)}")
    found += _extremes([node for node in nodes if node.max_points])
    found.append(
        f"适用的{totals.n_applicable}项指标中披露{totals.n_disclosed}项，"
        f"有据可查的分值占{formats.percent(totals.evidenced_share)}；"
        f"未披露内容全按零分与全按满分计，总分在{formats.points(totals.low_points)}"
        f"至{formats.points(totals.high_points)}之间。"
    )
    if result.report is not None and result.report.compliance:
        found.append(reading.compliance_sentence(result.report))
    if result.mode == "reference":
        found.append("本评分单为参照评估，不得与约束性考核结果一并排名。")
    return tuple(found)


def _extremes(nodes: list[NodeScore]) -> list[str]:
    """Name the best and the worst dimension, unless all are alike."""
    if not nodes:
        return []
    best, worst = max(nodes, key=lambda n: n.rate), min(nodes, key=lambda n: n.rate)
    if best.rate == worst.rate:
        return [f"计入的一级指标得分率均为{formats.percent(best.rate)}。"]
    highest = f"得分率最高：{best.label}（{formats.percent(best.rate)}）"
    return [f"{highest}；最低：{worst.label}（{formats.percent(worst.rate)}）。"]


def _next_text(result: Assessment) -> str:
    step = result.next_grade
    if step is None:
        if result.totals.total_points is None:
            return ""
        is_limited = result.grade.grade != result.grade.by_points
        return "得分已达最高等次，等次受限的原因见上。" if is_limited else "已处于最高等次。"
    needs = (
        f"，并要求核心指标披露率不低于{formats.percent(step.needs_disclosure)}"
        if step.needs_disclosure > result.totals.core_disclosure_rate
        else ""
    )
    needed, missing = formats.points(step.points_needed), formats.points(step.missing)
    head = f"距{formats.quoted(step.grade)}（{needed}分起）还差{missing}分"
    if not step.codes:
        return f"{head}{needs}；所有可整改指标均到位，得分仍不够。"
    reached = formats.points(step.reached_points)
    return f"{head}{needs}；最少整改以下{len(step.codes)}项，可达{reached}分："


def _next_steps(result: Assessment) -> str:
    """Name the indicators of the shortest way; the rest of a long way is in the 整改清单."""
    codes = result.next_grade.codes if result.next_grade else ()
    by_code = {one.code: one for one in result.indicators}
    texts = [
        f"{code} {formats.cut(by_code[code].label, LABEL_LIMIT)}"
        f"（＋{formats.points(by_code[code].points_to_gain)}）"
        for code in codes[:STEPS]
    ]
    if not texts:
        return ""
    rest = "等，其余见整改清单" if len(codes) > STEPS else ""
    return f"{'；'.join(texts)}{rest}。"


def no_grade(result: Assessment) -> str:
    """Say why there is no total."""
    parts = (part for one in result.indicators for part in one.parts)
    if any(part.action is PolicyAction.BLOCK for part in parts):
        return (
            f"有未披露或待定的内容，按{formats.quoted(result.rules.policy_label)}暂不出总分与等次。"
        )
    return "没有可以计分的内容，暂不出总分与等次。"


def limits(result: Assessment) -> list[str]:
    """Say why the grade is below what the points alone would give."""
    grade: GradeResult = result.grade
    effects = {veto.code: veto for veto in result.vetoes}
    rate = formats.percent(result.totals.core_disclosure_rate)
    causes, found = [], []
    for limit in grade.limited_by:
        key, _, code = limit.partition(":")
        if key == "disclosure":
            causes.append(f"核心指标披露率仅{rate}")
        elif effects[code].indicator:
            found.append(f"因否决事项 {code}，指标 {effects[code].indicator} 计零分。")
        else:
            causes.append(f"否决事项 {code}")
    if causes and grade.grade != grade.by_points:
        found.append(f"按得分应为{formats.quoted(grade.by_points)}，因{'、'.join(causes)}而降等。")
    return found
