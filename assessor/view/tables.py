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
from schemas.submission import Evidence

QUOTE_LIMIT = 60
EVIDENCE_LIMIT = 200
SCOPE_LIMIT = 20
FULL_OF_DISCLOSED = "其余不计入"
UNCHANGED = "不变"
GAIN_NOTE = (
    "可增分为该项单独整改到位后总分的增加值，“不变”表示总分不增"
    "（缺的部分原未计入总分，或该项已被否决），但仍应整改、补齐披露"
)
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
        reason=_full_note(one.outcome, one.points, one.max_points),
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
    if _is_full(part.outcome, part.points, part.max_points):
        return FULL_OF_DISCLOSED
    silent = part.reason in _PLAIN_REASONS or part.outcome is Outcome.MET
    text = "" if silent else messages.REASONS[part.reason]
    if part.action is None or part.action in (PolicyAction.RESCALE, PolicyAction.PROGRESS):
        return text
    action = messages.ACTIONS[part.action]
    return f"{text}；{action}" if text else action


def _is_full(outcome: Outcome, earned: Decimal, most: Decimal) -> bool:
    """Return whether something earned all its points although part of it is not met."""
    return outcome is Outcome.PARTLY_MET and earned == most > 0


def _full_note(outcome: Outcome, earned: Decimal, most: Decimal) -> str:
    return FULL_OF_DISCLOSED if _is_full(outcome, earned, most) else ""


def basis(target: TargetInForce) -> str:
    """Name a target's clause and by what right it is used."""
    standing = messages.STANDINGS[target.standing]
    if target.standing == "benchmark":
        return f"{standing} {target.id}"
    return f"{standing} {target.id} {target.clause}"


def _evidence(part: PartScore) -> str:
    """Return the quotes, those of one place together; what does not fit is counted, never cut."""
    found = (_piece(one, part) for one in part.evidence)
    pieces = tuple(dict.fromkeys(piece for piece in found if any(piece)))
    shown: dict[str, list[str]] = {}
    room, left = EVIDENCE_LIMIT, len(pieces)
    for words, note in pieces:
        room -= len(words) + (0 if note in shown else len(note)) + 1
        if room < 0 and shown:
            break
        shown.setdefault(note, []).append(words)
        left -= 1
    text = "；".join(_with_note("；".join(filter(None, w)), note) for note, w in shown.items())
    return f"{text}；另有{left}处" if left else text


def _with_note(words: str, note: str) -> str:
    return f"{words}［{note}］" if words and note else words or note


def _piece(one: Evidence, part: PartScore) -> tuple[str, str]:
    """Return a quote, and its place and confidence; the figure it is for is never cut off."""
    figure = one.focus or formats.value_alone(part)
    words = formats.cut_around(one.quote, figure, QUOTE_LIMIT)
    place = formats.cut(one.locator or one.document, QUOTE_LIMIT)
    sure = "" if one.confidence is None else messages.EVIDENCE_CLASSES[one.confidence.value]
    return words, "，".join(piece for piece in (place, sure) if piece)


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
            gain=_gain(by_code[code].points_to_gain),
            remedy=by_code[code].remedy,
            owner=by_code[code].owner,
        )
        for number, code in enumerate(result.gaps, start=1)
    )


def _gain(points: Decimal) -> str:
    return formats.points(points) if points else UNCHANGED


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
        if _is_full(part.outcome, part.points, part.max_points):
            found.setdefault(f"{said}其余未披露", []).append(part.label)
            continue
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
    file = "" if result.report is None else result.report.file
    return tuple(
        IssueView(
            severity=messages.SEVERITIES[issue.severity][0],
            place=" ".join(
                p for p in (issue.location.file, messages.place_words(issue.location.place)) if p
            ),
            item=issue.location.label or labels.get(issue.location.item, issue.location.item),
            text=messages.ISSUES[issue.code].zh
            + messages.particulars(issue, file)
            + f"。{messages.ISSUES[issue.code].zh_next}。",
        )
        for issue in result.issues
    )


def _change(change: Decimal | None) -> str:
    if change is None:
        return formats.DASH
    return f"{change:+f}" if change else UNCHANGED


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
            change=_change(one.change),
        )
        for one in result.waiting
    )
