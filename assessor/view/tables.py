"""The report's tables as finished text."""

from __future__ import annotations

from decimal import Decimal

from assessor import formats, messages
from assessor.view.model import (
    DimensionView,
    GapView,
    IssueView,
    LineView,
    WaitingView,
)
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import (
    Assessment,
    IndicatorScore,
    NodeScore,
    PartScore,
    TargetInForce,
)

QUOTE_LIMIT = 60
EVIDENCE_LIMIT = 130
SCOPE_LIMIT = 20
_BAR = 46.0
_PLAIN_REASONS = frozenset((Reason.SILENT, Reason.COMPOSITE, Reason.CHECKLIST, Reason.TIER))
"""Reasons that only repeat the outcome or the value."""


def dimensions(result: Assessment) -> tuple[DimensionView, ...]:
    """Return one table per first-level node, in framework order."""
    return tuple(
        DimensionView(
            code=node.code,
            label=node.label,
            score=_node_score(node),
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


def _node_score(node: NodeScore) -> str:
    found = formats.score(node.points, node.max_points)
    return f"{found}（{formats.percent(node.rate)}）" if node.max_points else found


def _lines(one: IndicatorScore) -> tuple[LineView, ...]:
    if len(one.parts) == 1:
        return (_line(one, one.parts[0], is_part=False),)
    head = LineView(
        code=one.code,
        label=one.label,
        row_css=f"{one.outcome.value} head",
        value="",
        working="",
        target="",
        basis="",
        score=formats.score(one.points, one.max_points),
        bar=_bar(one.points, one.max_points),
        symbol=messages.SYMBOLS[one.outcome],
        outcome=messages.OUTCOMES[one.outcome],
        reason="",
        evidence="",
        is_core=one.is_core,
    )
    return (head, *(_line(one, part, is_part=True) for part in one.parts))


def _line(one: IndicatorScore, part: PartScore, *, is_part: bool) -> LineView:
    scope = formats.cut(part.scope, SCOPE_LIMIT)
    return LineView(
        code=part.code,
        label=part.label if is_part else one.label,
        row_css=f"{part.outcome.value} {'part' if is_part else 'first'}",
        value=formats.value_alone(part),
        working=" ".join(piece for piece in (formats.working_of(part), scope) if piece),
        target="" if part.target is None else part.target.words,
        basis="" if part.target is None else basis(part.target),
        score=formats.score(part.points, part.max_points),
        bar=_bar(part.points, part.max_points),
        symbol=messages.SYMBOLS[part.outcome],
        outcome=messages.OUTCOMES[part.outcome],
        reason=_reason(one, part),
        evidence=_evidence(part),
        is_core=one.is_core and not is_part,
    )


def _bar(points: Decimal, most: Decimal) -> str:
    return f"{_BAR * float(points / most):.1f}pt" if most and points else ""


def _reason(one: IndicatorScore, part: PartScore) -> str:
    """Say why, unless outcome and score already do."""
    if one.vetoed_by:
        return f"否决事项 {one.vetoed_by}，计零分"
    silent = part.reason in _PLAIN_REASONS or part.outcome is Outcome.MET
    text = "" if silent else messages.REASONS[part.reason]
    if part.action is None or part.action in (PolicyAction.RESCALE, PolicyAction.PROGRESS):
        return text
    action = messages.ACTIONS[part.action]
    return f"{text}；{action}" if text else action


def basis(target: TargetInForce) -> str:
    """Name a target's clause and by what right it is used."""
    standing = messages.STANDINGS[target.standing]
    if target.standing == "benchmark":
        return f"{standing} {target.id}"
    return f"{standing} {target.id} {target.clause}"


def _evidence(part: PartScore) -> str:
    pieces: list[str] = []
    for evidence in part.evidence:
        words = formats.cut(evidence.quote, QUOTE_LIMIT)
        place = formats.cut(evidence.locator or evidence.document, QUOTE_LIMIT)
        pieces.append(f"{words}［{place}］" if words and place else words or place)
    return formats.cut("；".join(piece for piece in pieces if piece), EVIDENCE_LIMIT)


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
    """Say what fell short; parts with the same finding are named together."""
    if one.vetoed_by:
        return f"否决事项 {one.vetoed_by}"
    found: dict[str, list[str]] = {}
    for part in one.parts:
        if part.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            continue
        value = formats.value_of(part)
        said = "" if value == formats.DASH else f"{value}，"
        why = "" if part.reason in _PLAIN_REASONS else f"，{messages.REASONS[part.reason]}"
        text = f"{said}{messages.OUTCOMES[part.outcome]}{why}"
        found.setdefault(text, []).append(part.label)
    if len(one.parts) == 1:
        return "；".join(found)
    return "；".join(f"{'、'.join(names)}：{text}" for text, names in found.items())


def _basis(one: IndicatorScore) -> str:
    """Name the requirements an indicator fell short of; the appendix names their plans."""
    found = dict.fromkeys(
        f"{part.target.words} {basis(part.target)}"
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
            place=" ".join(p for p in (issue.location.file, issue.location.place) if p),
            item=issue.location.label or labels.get(issue.location.item, issue.location.item),
            text=messages.ISSUES[issue.code].zh
            + messages.details(issue)
            + f"。{messages.ISSUES[issue.code].zh_next}。",
        )
        for issue in result.issues
    )


def waiting(result: Assessment) -> tuple[WaitingView, ...]:
    """Return the figures that wait for review, and how the total would move."""
    return tuple(
        WaitingView(
            label=one.label,
            codes="、".join(one.indicators),
            value=one.value,
            quote=one.quote,
            place=one.place,
            reason=one.reason,
            change=formats.DASH if one.change is None else f"{one.change:+f}",
        )
        for one in result.waiting
    )
