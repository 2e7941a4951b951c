"""The report's tables as finished text."""

from __future__ import annotations

from assessor import formats, messages
from assessor.view.model import (
    DimensionView,
    GapView,
    IssueView,
    LineView,
    MethodView,
    Pair,
    RuleView,
    SourceView,
    TargetView,
)
from schemas.outcome import Outcome, Reason
from schemas.result import Assessment, IndicatorScore, PartScore, TargetInForce

QUOTE_LIMIT = 90
_BAR = 46.0


def dimensions(result: Assessment) -> tuple[DimensionView, ...]:
    """Return one table per first-level node, in framework order."""
    return tuple(
        DimensionView(
            code=node.code,
            label=node.label,
            points=formats.points(node.points),
            max_points=formats.points(node.max_points),
            rate=formats.percent(node.rate) if node.max_points else "不计入",
            lines=tuple(
                line
                for one in result.indicators
                if one.dimension == node.code
                for line in _lines(one)
            ),
        )
        for node in result.nodes
        if node.level == 1
    )


def _lines(one: IndicatorScore) -> tuple[LineView, ...]:
    if len(one.parts) == 1:
        return (_line(one, one.parts[0], is_part=False),)
    head = LineView(
        code=one.code,
        label=one.label,
        is_first=True,
        is_part=False,
        value="",
        target="",
        basis="",
        points=formats.points(one.points),
        max_points=formats.points(one.max_points),
        bar=_bar(one.points / one.max_points if one.max_points else None),
        css=one.outcome.value,
        symbol=messages.SYMBOLS[one.outcome],
        outcome=messages.OUTCOMES[one.outcome],
        reason="",
        evidence="",
        is_core=one.is_core,
    )
    return (head, *(_line(one, part, is_part=True) for part in one.parts))


def _line(one: IndicatorScore, part: PartScore, *, is_part: bool) -> LineView:
    return LineView(
        code=part.code,
        label=part.label if is_part else one.label,
        is_first=not is_part,
        is_part=is_part,
        value=formats.value_of(part),
        target="" if part.target is None else part.target.words,
        basis="" if part.target is None else basis(part.target),
        points=formats.points(part.points),
        max_points=formats.points(part.max_points),
        bar=_bar(part.points / part.max_points if part.max_points else None),
        css=part.outcome.value,
        symbol=messages.SYMBOLS[part.outcome],
        outcome=messages.OUTCOMES[part.outcome],
        reason=_reason(part),
        evidence=_evidence(part),
        is_core=one.is_core and not is_part,
    )


def _bar(rate: object) -> str:
    return f"{_BAR * float(str(rate)):.1f}pt" if rate else "0pt"


def _reason(part: PartScore) -> str:
    text = messages.REASONS[part.reason]
    if part.outcome is Outcome.MET and part.reason in (Reason.CHECKLIST, Reason.TIER):
        text = ""
    if part.action is not None:
        return f"{text}；{messages.ACTIONS[part.action]}" if text else messages.ACTIONS[part.action]
    return text


def basis(target: TargetInForce) -> str:
    """Name a target's clause and by what right it is used."""
    standing = messages.STANDINGS[target.standing]
    if target.standing == "benchmark":
        return f"{target.id} {standing}（{messages.PROVENANCES[target.provenance]}）"
    return f"{target.id} {standing}·{target.clause}"


def _evidence(part: PartScore) -> str:
    pieces: list[str] = []
    for evidence in part.evidence[:3]:
        words = evidence.quote[:QUOTE_LIMIT] + ("……" if len(evidence.quote) > QUOTE_LIMIT else "")
        place = evidence.locator or evidence.document
        pieces.append(f"{words}（{place}）" if words and place else words or place)
    if part.scope:
        pieces.append(f"范围：{part.scope}")
    return "；".join(piece for piece in pieces if piece)


def gaps(result: Assessment) -> tuple[GapView, ...]:
    """Return the 整改清单, most points to gain first."""
    by_code = {one.code: one for one in result.indicators}
    return tuple(
        GapView(
            number=str(number),
            code=code,
            label=by_code[code].label,
            finding=_finding(by_code[code]),
            basis=_basis(by_code[code]),
            gain=formats.points(by_code[code].points_to_gain),
            remedy=by_code[code].remedy,
            owner=by_code[code].owner,
        )
        for number, code in enumerate(result.gaps, start=1)
    )


def _finding(one: IndicatorScore) -> str:
    if one.vetoed_by:
        return f"否决事项 {one.vetoed_by}"
    short = [
        part for part in one.parts if part.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE)
    ]
    texts = []
    for part in short:
        value = formats.value_of(part)
        said = "" if value == formats.DASH else f"{value}，"
        name = f"{part.label}：" if len(one.parts) > 1 else ""
        texts.append(
            f"{name}{said}{messages.OUTCOMES[part.outcome]}，{messages.REASONS[part.reason]}"
        )
    return "；".join(texts)


def _basis(one: IndicatorScore) -> str:
    found = dict.fromkeys(
        f"{part.target.plan_label}{part.target.clause}（{part.target.words}）"
        if part.target.standing != "benchmark"
        else f"参考基准（{part.target.words}）"
        for part in one.parts
        if part.target is not None and part.outcome is not Outcome.MET
    )
    return "；".join(found) or f"指标体系 {one.code}"


def issues(result: Assessment) -> tuple[IssueView, ...]:
    """Return the data-quality findings."""
    labels = {part.item: part.label for one in result.indicators for part in one.parts}
    return tuple(
        IssueView(
            severity=messages.SEVERITIES[issue.severity][0],
            css=issue.severity.value,
            place=" ".join(p for p in (issue.location.file, issue.location.place) if p),
            item=labels.get(issue.location.item, issue.location.item),
            text=messages.ISSUES[issue.code].zh
            + (f"：{issue.found}" if issue.found else "")
            + (f"（要求 {issue.allowed}）" if issue.allowed else "")
            + f"。{messages.ISSUES[issue.code].zh_next}。",
            code=issue.code.value,
        )
        for issue in result.issues
    )


def method(result: Assessment) -> MethodView:
    """Return how the score was made."""
    rules = result.rules
    known = messages.PROVENANCES
    facts = (
        Pair(
            "指标体系",
            f"{rules.framework_label}，{rules.edition}版（{known[rules.framework_provenance]}）",
        ),
        Pair(
            "权重方案",
            f"{rules.weight_label}（{known[rules.weight_provenance]}）{rules.weight_note}",
        ),
        Pair("评分方案", f"{rules.scheme_label}（{known[rules.scheme_provenance]}）"),
        Pair("综合方式", rules.blend_label),
        Pair(
            "取整",
            f"每项得分{messages.ROUNDINGS[rules.rounding_mode]}到小数点后{rules.rounding_places}位，"
            "总分为各项得分之和，等次按印出的总分判定",
        ),
        Pair("评估基准日", formats.day(result.as_of)),
        Pair("标尺（规则内容哈希）", rules.ruler),
        Pair("填报数据哈希", result.submission_sha256),
    )
    actions = []
    for code, action in rules.actions:
        label = messages.OUTCOMES.get(Outcome(code)) if code in set(Outcome) else None
        actions.append(Pair(label or messages.REASONS[Reason(code)], messages.ACTIONS[action]))
    notes = (
        "未披露不等于未达标：两者分别统计，未披露按上表处理，并给出全按零分与全按满分的区间。",
        "目标取用次序为本级规划、上级规划、参考基准；未到期的目标只看进度，不判未达标。",
        "“低于”不含本数，“以下”“以上”含本数；恰为“低于”的界限值不算达标。",
        "权重与等次线如注明“本产品自拟”或“凭记忆、待核”，均不是官方规定。",
    )
    return MethodView(
        facts=facts,
        bands=tuple(
            Pair(grade, f"{formats.percent(minimum)}及以上") for grade, minimum in rules.bands
        ),
        actions=tuple(actions),
        notes=notes,
        rules=tuple(
            RuleView(part.code, part.label, formats.points(part.nominal_points), part.rule)
            for one in result.indicators
            for part in one.parts
        ),
    )


def targets(result: Assessment) -> tuple[TargetView, ...]:
    """Return every target that was used, once."""
    found: dict[str, TargetView] = {}
    for one in result.indicators:
        for part in one.parts:
            target = part.target
            if target is not None and target.id not in found:
                found[target.id] = TargetView(
                    id=target.id,
                    label=target.label,
                    words=target.words,
                    clause=f"{target.plan_label} {target.clause}",
                    due=_due(target),
                    force=messages.FORCES[target.force],
                    standing=messages.STANDINGS[target.standing],
                    provenance=messages.PROVENANCES[target.provenance],
                    note=target.note,
                )
    return tuple(found.values())


def _due(target: TargetInForce) -> str:
    basis_text = messages.DUE_BASES[target.due_basis]
    if target.due is None:
        return basis_text
    other = "" if target.due_other is None else f"；另一种读法为{target.due_other.isoformat()}"
    state = "已到期" if target.is_due else "未到期"
    return f"{target.due.isoformat()}（{basis_text}{other}），{state}"


def sources(result: Assessment) -> tuple[SourceView, ...]:
    """Return the documents the result rests on."""
    return tuple(
        SourceView(
            source.title,
            source.document_number,
            messages.PROVENANCES[source.provenance],
            source.note,
        )
        for source in result.sources
    )
