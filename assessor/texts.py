"""Results and rules as plain Chinese text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from assessor import formats, messages
from assessor.columns import table
from schemas.errors import RuleFault
from schemas.explanation import Explanation, FrameworkEntry, TargetEntry, UseOfItem
from schemas.result import Assessment

TOP = 5


def assessment_text(result: Assessment) -> str:
    """Return a score in a few lines: total, bounds, disclosure, what costs most."""
    totals, grade = result.totals, result.grade
    lines = [
        (
            f"{result.entity.name}　{result.period.end.year}年度　{messages.MODES[result.mode]}"
            f"（评估基准日 {result.as_of.isoformat()}）"
        ),
        f"  总分 {formats.points(totals.total_points)} / {formats.points(totals.full_mark)}"
        f"　等次 {grade.grade or '未评定'}　得分区间 "
        f"{formats.points(totals.low_points)}～{formats.points(totals.high_points)}"
        + ("" if grade.is_certain else f"（跨等次：{grade.low_grade}～{grade.high_grade}）"),
        (
            f"  指标披露率 {formats.percent(totals.disclosure_rate)}"
            f"（{totals.n_disclosed}/{totals.n_applicable}）"
            f"　核心指标披露率 {formats.percent(totals.core_disclosure_rate)}"
            f"　有据分值占比 {formats.percent(totals.evidenced_share)}"
        ),
        (
            f"  指标体系 {result.rules.framework_label}（{result.rules.edition}版）"
            f"　权重 {result.rules.weight_label}"
            f"（{messages.PROVENANCES[result.rules.weight_provenance]}）"
            f"　标尺 {result.rules.ruler[:16]}"
        ),
    ]
    lines += [f"  参照原因：{messages.mode_reason(code)}" for code in result.mode_reasons]
    lines.append("  结果：" + "　".join(f"{messages.OUTCOMES[o]} {n}" for o, n in totals.outcomes))
    by_code = {one.code: one for one in result.indicators}
    top = [by_code[code] for code in result.gaps[:TOP] if by_code[code].points_to_gain > 0]
    if top and totals.total_points is not None:
        lines.append("  可增分最多的指标：")
        rows = [
            (
                f"    {one.code}",
                one.label,
                f"+{formats.points(one.points_to_gain)}",
                messages.OUTCOMES[one.outcome],
            )
            for one in top
        ]
        lines.append(table(rows))
    if result.next_grade is not None and result.next_grade.codes:
        step = result.next_grade
        lines.append(
            f"  距“{step.grade}”还差 {formats.points(step.missing)} 分，最少整改："
            f"{'、'.join(step.codes)}（可达 {formats.points(step.reached_points)}）"
        )
    return "\n".join(lines)


def explanation_text(found: Explanation) -> str:
    """Return what the rules say about an item: definition, scoring, points, target history."""
    blocks = [_item_block(found)]
    blocks += [_use_block(use) for use in found.uses]
    if found.targets:
        blocks.append("目标沿革\n" + targets_text(found.targets, with_from=True))
    else:
        blocks.append("目标沿革\n  （各规划与参考基准都没有为它定目标）")
    return "\n\n".join(block for block in blocks if block)


def _item_block(found: Explanation) -> str:
    lines: list[str] = []
    for item in found.items:
        lines.append(f"{item.label}（{item.id}，单位：{item.unit}）")
        lines.append(f"  口径：{item.definition}")
        if item.numerator:
            lines.append(f"  分子：{item.numerator}；分母：{item.denominator}")
        if item.evidence:
            lines.append(f"  佐证：{item.evidence}")
    return "\n".join(lines)


def _use_block(use: UseOfItem) -> str:
    core = "，核心指标" if use.core else ""
    lines = [f"{use.code} {use.label}（{use.framework}，{use.edition}版{core}）"]
    lines += [f"  计分：{rule}" for rule in use.rules]
    for one in use.points:
        worth = "不含该维度" if one.points is None else f"{formats.points(one.points)} 分"
        lines.append(
            f"  分值：{worth}　{one.label}［{one.weight_set}，"
            f"{messages.PROVENANCES[one.provenance]}］"
        )
    return "\n".join(lines)


def targets_text(targets: Iterable[TargetEntry], *, with_from: bool = False) -> str:
    """Return targets as a table: requirement, dates, clause, document, force."""
    rows = [
        (
            f"  {one.id}",
            one.label,
            one.words,
            *((f"{one.effective_from.isoformat()} 起",) if with_from else ()),
            _due(one),
            messages.STANDINGS["benchmark"] if one.region == "*" else messages.FORCES[one.force],
            f"{one.plan_label} {one.clause}［{messages.PROVENANCES[one.provenance]}］"
            + (f"　不计分：{one.outside}" if one.outside else "")
            + (f"　注：{one.note}" if one.note else ""),
        )
        for one in targets
    ]
    return table(rows) or "  （没有符合条件的目标）"


def _due(one: TargetEntry) -> str:
    basis = messages.DUE_BASES[one.due_basis]
    if one.due is None:
        return basis
    other = "" if one.due_other is None else f"，另一读法 {one.due_other.isoformat()}"
    return f"{one.due.isoformat()} 到期（{basis}{other}）"


def frameworks_text(found: Iterable[FrameworkEntry]) -> str:
    """Return every framework with its counts and weight sets."""
    lines: list[str] = []
    for one in found:
        counts = "-".join(str(count) for count in one.n_by_level)
        status = (
            f"可评分，满分 {formats.points(one.full_mark)}"
            if one.status == "scorable"
            else "只登记概貌，不能评分"
        )
        lines.append(
            f"{one.id}　{one.label}（{one.edition}版，{status}，各级项数 {counts}，"
            f"来源：{messages.PROVENANCES[one.provenance]}，核对于 {one.checked_on.isoformat()}）"
        )
        lines += [
            f"    权重 {w.weight_set}　{w.label}［{messages.PROVENANCES[w.provenance]}］"
            for w in one.weight_sets
        ]
        if one.note:
            lines.append(f"    注：{one.note}")
    return "\n".join(lines)


def faults_text(faults: Iterable[RuleFault]) -> str:
    """Return faults one per line: `file:line: [code] meaning: detail`."""
    return "\n".join(
        f"{one.file}:{one.line}: [{one.code}] {messages.FAULTS[one.code]}：{one.message}"
        for one in faults
    )
