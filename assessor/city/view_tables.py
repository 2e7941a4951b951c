"""Weaknesses, movers, filings, data quality and questions as finished text."""

from __future__ import annotations

from decimal import Decimal

from assessor import formats
from assessor.city.view_charts import share_bar
from assessor.city.view_model import (
    FilingRow,
    MoverRow,
    MoversView,
    QualityRow,
    QuestionRow,
    RunIssue,
    TroubleRow,
    WeaknessRow,
)
from assessor.messages import ISSUES, SEVERITIES
from schemas.base import Day
from schemas.city import Cause, Change
from schemas.manifest import EntityEntry, Manifest

MOST_WEAKNESSES = 30
MOST_REASONS = 4
_REASON_LIMIT = 200
_MOVED_INDICATORS = 2
_ZERO = Decimal(0)
CAUSES = {
    Cause.DATA: "数据",
    Cause.TARGET: "目标",
    Cause.WEIGHTS: "权重",
    Cause.POLICY: "处理办法",
    Cause.MEMBERSHIP: "指标体系",
}
STATUSES = {
    "scored": "已评分",
    "blocked": "未通过校验",
    "unreadable": "材料读不出",
    "set_aside": "搁置",
    "missing": "未报",
}
_REMEDIES = {
    "blocked": "按所列原因改正后重新提交",
    "unreadable": "更换或修复文件后重新提交",
    "set_aside": "处理时两次异常中止；由人工打开核查，确认文件正常后重新提交",
}
_KINDS = {
    "outlier": ("数值离群", "数值与口径是否无误？"),
    "jump": ("变化较大", "变化由何而来，口径是否一致？"),
    "copy": ("文字相近", "是否出自同一底稿？"),
}


def signed(value: Decimal) -> str:
    """Print a change with its sign; nothing is a dash."""
    if not value:
        return formats.DASH
    return f"＋{value:f}" if value > 0 else f"−{-value:f}"


def weaknesses(manifest: Manifest) -> tuple[WeaknessRow, ...]:
    """Return the indicators most often lost, then most points lost first."""
    found = sorted(
        (one for one in manifest.weaknesses if one.n_short),
        key=lambda one: (-one.n_short, -one.points_lost, one.code),
    )
    return tuple(
        WeaknessRow(
            code=one.code,
            label=one.label,
            short=f"{one.n_short} / {one.n_applicable}",
            lost=formats.points(one.points_lost),
            share=formats.percent(one.share_lost),
            bar=share_bar(one.share_lost, 56.0),
        )
        for one in found[:MOST_WEAKNESSES]
    )


def changes(manifest: Manifest) -> list[tuple[str, Change]]:
    """Return everyone with a change, largest rise first, then by name."""
    found = [(one.entity, one.change) for one in manifest.entities if one.change is not None]
    return sorted(found, key=lambda pair: (-pair[1].change, pair[0]))


def movers(manifest: Manifest) -> MoversView:
    """Return the changes since last year, split by cause."""
    found = changes(manifest)
    rows = tuple(_mover(entity, change) for entity, change in found)
    other = any(change.ruler != change.previous_ruler for _, change in found)
    note = "各原因之和等于总分变化。"
    if other:
        note += "两年标尺不同：上年总分按上年标尺，标尺改变的影响列在“数据”以外各栏。"
    return MoversView(note, tuple(CAUSES.values()), rows)


def _mover(entity: str, change: Change) -> MoverRow:
    points = {one.cause: one.points for one in change.causes}
    moved = sorted(
        (one for one in change.indicators if one.change),
        key=lambda one: (-abs(one.change), one.code),
    )
    return MoverRow(
        entity=entity,
        before=formats.points(change.before_points),
        after=formats.points(change.after_points),
        change=signed(change.change),
        change_css="up" if change.change > 0 else "down" if change.change < 0 else "same",
        causes=tuple(signed(points.get(cause, _ZERO)) for cause in CAUSES),
        indicators=tuple(f"{one.code} {signed(one.change)}" for one in moved[:_MOVED_INDICATORS])
        or (formats.DASH,),
    )


def filings(manifest: Manifest) -> tuple[FilingRow, ...]:
    """Return who filed nothing, then who filed late."""
    absent = [one for one in manifest.entities if one.status == "missing"]
    late = [one for one in manifest.entities if one.is_late and one.status != "missing"]
    return tuple(
        FilingRow(one.entity, state, _day(one.due_on), _day(one.filed_on))
        for group, state in ((absent, "未报"), (late, "迟报"))
        for one in group
    )


def _day(day: Day | None) -> str:
    return formats.DASH if day is None else formats.day(day)


def troubles(manifest: Manifest) -> tuple[TroubleRow, ...]:
    """Return who filed and could not be scored, with reason and remedy."""
    return tuple(
        TroubleRow(
            one.entity,
            STATUSES[one.status],
            _reasons(one, is_anonymous=manifest.is_anonymous),
            _REMEDIES[one.status],
        )
        for status in _REMEDIES
        for one in manifest.entities
        if one.status == status
    )


def _reasons(entry: EntityEntry, *, is_anonymous: bool) -> tuple[str, ...]:
    if is_anonymous and not entry.reason:
        return ("匿名版不列原因。",)
    lines = [line.strip() for line in entry.reason.splitlines() if line.strip()]
    shown = [formats.cut(line, _REASON_LIMIT) for line in lines[:MOST_REASONS]]
    if len(lines) > len(shown):
        shown.append("其余原因见随附的 manifest.json。")
    return tuple(shown) or (formats.DASH,)


def run_issues(manifest: Manifest) -> tuple[RunIssue, ...]:
    """Return the findings about the run; an anonymous edition names no files."""
    return tuple(
        RunIssue(
            severity=SEVERITIES[issue.severity][0],
            text=f"{ISSUES[issue.code].zh}{_found(manifest, issue.found)}。"
            f"{ISSUES[issue.code].zh_next}。",
            place=formats.DASH
            if manifest.is_anonymous
            else " ".join(p for p in (issue.location.file, issue.location.place) if p),
        )
        for issue in manifest.issues
    )


def _found(manifest: Manifest, found: str) -> str:
    return "" if manifest.is_anonymous or not found else f"：{formats.cut(found, _REASON_LIMIT)}"


def quality(manifest: Manifest) -> tuple[QualityRow, ...]:
    """Return the data-quality league: most disclosed, then best evidenced, then fewest issues."""
    known = [one for one in manifest.entities if one.disclosure_rate is not None]
    known.sort(
        key=lambda one: (
            -(one.disclosure_rate or _ZERO),
            -(one.evidenced_share or _ZERO),
            one.n_issues,
            one.n_waiting,
            one.entity,
        )
    )
    return tuple(
        QualityRow(
            entity=one.entity,
            disclosure=formats.percent(one.disclosure_rate),
            bar=share_bar(one.disclosure_rate, 70.0),
            core=formats.percent(one.core_disclosure_rate),
            evidenced=formats.percent(one.evidenced_share),
            issues=str(one.n_issues) if one.n_issues else formats.DASH,
            waiting=str(one.n_waiting) if one.n_waiting else formats.DASH,
        )
        for one in known
    )


def questions(manifest: Manifest) -> tuple[QuestionRow, ...]:
    """Return what the entities are asked, worded as questions; those to one entity together."""
    return tuple(
        QuestionRow(
            entity=one.entity,
            kind=_KINDS[one.kind][0],
            subject=one.subject,
            facts="；".join(text for text in (one.found, one.compared_with) if text),
            ask=_KINDS[one.kind][1],
        )
        for one in sorted(manifest.questions, key=lambda one: one.entity)
    )
