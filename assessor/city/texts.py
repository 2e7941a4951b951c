"""A city's results as plain Chinese text and as rows."""

from __future__ import annotations

from assessor import formats, messages
from assessor.columns import table
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


def _needs_person(one: EntityEntry) -> bool:
    return one.status != "scored" or one.is_late or one.n_waiting > 0


def _needs(one: EntityEntry) -> tuple[str, str, str]:
    notes = [one.reason.replace("\n", "；")] if one.reason else []
    if one.is_late:
        notes.append(f"逾期报送（应报 {one.due_on}，实报 {one.filed_on}）")
    if one.n_waiting:
        notes.append(f"{one.n_waiting} 个数据待复核")
    return (f"  {one.entity}", STATUSES[one.status], "；".join(notes))
