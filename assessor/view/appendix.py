"""The appendix as finished text: method, rules, targets, documents."""

from __future__ import annotations

from assessor import formats, messages
from assessor.view.model import MethodView, Pair, RuleView, SourceView, TargetGroup, TargetView
from schemas.base import Provenance
from schemas.outcome import Outcome, Reason
from schemas.result import Assessment, Standing, TargetInForce
from schemas.target import DueBasis

_RIGHTS: tuple[Standing, ...] = ("own", "superior", "reference", "benchmark")
_DUE_BASES = {
    DueBasis.STATED: "",
    DueBasis.ASSUMED_PLAN_END: "推定",
    DueBasis.YEARLY: "每年",
    DueBasis.ONGOING: "持续有效",
}


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
        "佐证层级：V0 未提及，V1 仅表态，V2 有制度或举措，V3 有数据或可核验的事实。",
    )
    return MethodView(
        facts=facts,
        bands=tuple(
            Pair(grade, f"{formats.percent(minimum)}及以上") for grade, minimum in rules.bands
        ),
        actions=tuple(actions),
        notes=notes,
        rules=_rules(result),
    )


def _rules(result: Assessment) -> tuple[RuleView, ...]:
    """Return every rule once, with what it scores and for how many points."""
    found: dict[str, list[str]] = {}
    for one in result.indicators:
        for part in one.parts:
            name = f"{part.code} {part.label} {formats.points(part.nominal_points)}"
            found.setdefault(part.rule, []).append(name)
    return tuple(RuleView(rule, "；".join(members)) for rule, members in found.items())


def target_groups(result: Assessment) -> tuple[TargetGroup, ...]:
    """Return every target that was used, once, under its plan."""
    used: dict[str, TargetInForce] = {}
    for one in result.indicators:
        for part in one.parts:
            if part.target is not None:
                used.setdefault(part.target.id, part.target)
    plans: dict[tuple[str, str, Provenance], list[TargetInForce]] = {}
    for target in sorted(used.values(), key=lambda one: (_RIGHTS.index(one.standing), one.id)):
        key = (target.plan_label, target.standing, target.provenance)
        plans.setdefault(key, []).append(target)
    return tuple(
        TargetGroup(
            plan=label,
            standing=f"{messages.STANDINGS[targets[0].standing]}，{messages.PROVENANCES[known]}",
            targets=tuple(_target(target) for target in targets),
        )
        for (label, _, known), targets in plans.items()
    )


def _target(target: TargetInForce) -> TargetView:
    force = "" if target.standing == "benchmark" else messages.FORCES[target.force]
    return TargetView(
        id=target.id,
        label=target.label,
        words=target.words,
        clause=target.clause,
        due=_due(target),
        note="；".join(piece for piece in (force, target.note) if piece),
    )


def _due(target: TargetInForce) -> str:
    basis_text = _DUE_BASES[target.due_basis]
    if target.due is None:
        return basis_text
    other = "" if target.due_other is None else f"或{target.due_other.isoformat()}"
    state = "已到期" if target.is_due else "未到期"
    said = f"（{basis_text}）" if basis_text else " "
    return f"{target.due.isoformat()}{other}{said}{state}"


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
