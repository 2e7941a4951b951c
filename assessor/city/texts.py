"""A city's results as plain Chinese text and as rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from assessor import formats, messages
from assessor.city.archive import Entry
from assessor.columns import table
from schemas.city import Cause, Change, Difference, Position, WhatIf
from schemas.manifest import EntityEntry, Manifest

STATUSES = {
    "scored": "已评分",
    "blocked": "被拦下",
    "unreadable": "无法读取",
    "set_aside": "已搁置",
    "missing": "未报送",
}


def manifest_text(manifest: Manifest) -> str:
    """Return the summary table of a run and the list of what needs a person."""
    blocks: list[str] = []
    year = "" if manifest.period is None else f"{manifest.period.end.year}年度"
    scored = [one for one in manifest.entities if one.status == "scored"]
    blocks.append(
        f"{manifest.title}　{year}　共 {len(manifest.entities)} 个单位，评分 {len(scored)} 个"
    )
    by_name = {one.entity: one for one in manifest.entities}
    ranking = manifest.ranking
    for mode, lines in (
        (("binding", ranking.binding), ("reference", ranking.reference)) if ranking else ()
    ):
        if lines:
            rows = [
                (
                    str(line.rank),
                    line.entity,
                    formats.points(line.total_points),
                    line.grade,
                    f"{formats.points(line.low_points)}～{formats.points(line.high_points)}",
                    formats.percent(by_name[line.entity].disclosure_rate),
                )
                for line in lines
            ]
            head = ("名次", "单位", "总分", "等次", "得分区间", "披露率")
            blocks.append(f"{messages.MODES[mode]}\n{table(rows, head)}")
    people = [one for one in manifest.entities if _needs_person(one)]
    if people:
        blocks.append("需要人处理\n" + table([_needs(one) for one in people]))
    return "\n\n".join(blocks)


RANK_HEAD = (
    "类别",
    "名次",
    "单位",
    "总分",
    "等次",
    "得分下界",
    "得分上界",
    "名次5%",
    "名次95%",
    "分不出高下的单位数",
    "追上前一名最少整改",
)
HISTORY_HEAD = (
    "年度",
    "总分",
    "等次",
    "类别",
    "变化",
    "数据",
    "目标",
    "权重",
    "政策",
    "体系",
    "标尺",
)
WHATIF_HEAD = ("单位", "原总分", "原名次", "原等次", "新总分", "新名次", "新等次", "变化")


def rank_rows(manifest: Manifest) -> list[tuple[str, ...]]:
    """Return the ranking as rows under `RANK_HEAD`."""
    ranking = manifest.ranking
    if ranking is None:
        return []
    intervals = {
        line.entity: line for uncertain in manifest.uncertainty for line in uncertain.lines
    }
    by_name = {entry.entity: entry for entry in manifest.entities}
    rows: list[tuple[str, ...]] = []
    for mode, lines in (("binding", ranking.binding), ("reference", ranking.reference)):
        for line in lines:
            interval = intervals.get(line.entity)
            rows.append(
                (
                    messages.MODES[mode],
                    str(line.rank),
                    line.entity,
                    formats.points(line.total_points),
                    line.grade,
                    formats.points(line.low_points),
                    formats.points(line.high_points),
                    formats.DASH if interval is None else formats.points(interval.low),
                    formats.DASH if interval is None else formats.points(interval.high),
                    str(line.n_not_separable),
                    "、".join(by_name[line.entity].next_rank_codes) or formats.DASH,
                )
            )
    return rows


def history_rows(found: Sequence[tuple[Entry, Change | None]]) -> list[tuple[str, ...]]:
    """Return a unit's years as rows under `HISTORY_HEAD`."""
    rows: list[tuple[str, ...]] = []
    for entry, change in found:
        causes = {share.cause.value: share.points for share in change.causes} if change else {}
        rows.append(
            (
                entry.period_end[:4],
                formats.points(entry.result.totals.total_points),
                entry.result.grade.grade or "未评定",
                messages.MODES[entry.result.mode],
                _signed(change.change if change else None),
                *(_signed(causes.get(cause.value)) for cause in Cause),
                entry.ruler[:16],
            )
        )
    return rows


def history_json(found: Sequence[tuple[Entry, Change | None]]) -> str:
    """Return a unit's years as JSON: the archived results and the changes between them."""
    rows = [
        {
            "period_end": entry.period_end,
            "total_points": str(entry.result.totals.total_points),
            "grade": entry.result.grade.grade,
            "mode": entry.result.mode,
            "ruler": entry.ruler,
            "change": None if change is None else change.model_dump(mode="json"),
        }
        for entry, change in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def compare_head(found: Difference) -> tuple[str, ...]:
    """Return the head of a comparison."""
    return ("指标", "名称", found.before, found.after, "相差")


def compare_rows(found: Difference) -> list[tuple[str, ...]]:
    """Return a comparison as rows, the total first."""
    total = (
        "",
        "总分",
        formats.points(found.before_points),
        formats.points(found.after_points),
        _signed(found.change),
    )
    lines = [
        (
            one.code,
            one.label,
            formats.points(one.before_points),
            formats.points(one.after_points),
            _signed(one.change),
        )
        for one in found.indicators
    ]
    return [total, *lines]


def whatif_rows(found: WhatIf) -> list[tuple[str, ...]]:
    """Return what-if lines as rows under `WHATIF_HEAD`."""
    return [
        (one.entity, *_position(one.before), *_position(one.after), _signed(one.change))
        for one in found.lines
    ]


def _position(one: Position | None) -> tuple[str, str, str]:
    if one is None:
        return (formats.DASH, formats.DASH, "已去掉")
    rank = formats.DASH if one.rank is None else str(one.rank)
    return (formats.points(one.total_points), rank, one.grade or "未评定")


def _signed(points: Decimal | None) -> str:
    return formats.DASH if points is None else f"{points:+f}"


def _needs_person(one: EntityEntry) -> bool:
    return one.status != "scored" or one.is_late or one.n_waiting > 0


def _needs(one: EntityEntry) -> tuple[str, str, str]:
    notes = [one.reason.replace("\n", "；")] if one.reason else []
    if one.is_late:
        notes.append(f"逾期报送（应报 {one.due_on}，实报 {one.filed_on}）")
    if one.n_waiting:
        notes.append(f"{one.n_waiting} 个数据待复核")
    return (f"  {one.entity}", STATUSES[one.status], "；".join(notes))
