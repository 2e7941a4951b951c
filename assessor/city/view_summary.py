"""The page for the leaders: who, how many, how they stand, what needs a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from assessor import formats
from assessor.city.view_charts import LISTS, grade_rows, stacks
from assessor.city.view_model import CitySummary
from assessor.city.view_ranking import lines_of
from assessor.city.view_tables import STATUSES, changes, signed, weaknesses
from assessor.view.model import Highlight, Pair, TopRow
from schemas.city import RankLine
from schemas.manifest import EntityEntry, Manifest

TOP = 5
_NAME_LIMIT, _LABEL_LIMIT = 14, 16
_TITLE_LIMIT = 20
_NOWHERE = Highlight("", "", "")
_NO_LOSS = Highlight(formats.DASH, "没有失分的指标", "")
_NO_MOVER = Highlight(formats.DASH, "没有上年结果可比", "")


def status_counts(manifest: Manifest) -> list[tuple[str, int]]:
    """Return how many entities have each status, statuses without any left out."""
    counted = (
        (label, sum(one.status == status for one in manifest.entities))
        for status, label in STATUSES.items()
    )
    return [(label, count) for label, count in counted if count]


def summary(manifest: Manifest) -> CitySummary:
    """Return the one-page summary."""
    bands = manifest.rules.bands if manifest.rules is not None else ()
    entities = manifest.entities
    kpis = (
        Pair("应评单位", str(len(entities))),
        Pair("已评分", str(_count(entities, "scored"))),
        Pair("未报", str(_count(entities, "missing"))),
        Pair("迟报", str(sum(one.is_late and one.status != "missing" for one in entities))),
    )
    return CitySummary(
        kpis=kpis,
        sentences=_sentences(manifest),
        stacks=stacks(manifest.grades, [grade for grade, _ in bands]),
        grades=grade_rows(manifest.grades, bands),
        places_label=next((label for mode, label in LISTS if lines_of(manifest, mode)), ""),
        places=_places(manifest),
        tops=_tops(manifest),
    )


def _count(entities: Sequence[EntityEntry], status: str) -> int:
    return sum(one.status == status for one in entities)


def _sentences(manifest: Manifest) -> tuple[str, ...]:
    found = [_who(manifest)]
    found += [_extremes(label, lines_of(manifest, mode)) for mode, label in LISTS]
    found += [_doubt(manifest), _movement(manifest), _to_do(manifest)]
    return tuple(one for one in found if one)


def _who(manifest: Manifest) -> str:
    city = formats.cut(manifest.title, _TITLE_LIMIT)
    states = "，".join(f"{label}{count}个" for label, count in status_counts(manifest))
    if not states:
        return f"{city}没有应评单位。"
    return f"{city}应评单位{len(manifest.entities)}个：{states}。"


def _extremes(label: str, lines: Sequence[RankLine]) -> str:
    """Name the best and the worst of a list; a tie of more than two names the first."""
    if not lines:
        return ""
    best = [line for line in lines if line.rank == 1]
    worst = [line for line in lines if line.tie_group == lines[-1].tie_group]
    head = f"{label}{len(lines)}个单位："
    if len(best) == len(lines):
        tied = "并列，" if len(lines) > 1 else ""
        return f"{head}{_names(best)}{tied}得{formats.points(best[0].total_points)}分。"
    return (
        f"{head}{_names(best)}最高（{formats.points(best[0].total_points)}分），"
        f"{_names(worst)}最低（{formats.points(worst[-1].total_points)}分）。"
    )


def _names(lines: Sequence[RankLine]) -> str:
    shown = "、".join(formats.cut(line.entity, _NAME_LIMIT) for line in lines[:2])
    return f"{shown}等" if len(lines) > 2 else shown


def _doubt(manifest: Manifest) -> str:
    lines = [line for mode, _ in LISTS for line in lines_of(manifest, mode)]
    near = sum(line.n_not_separable > 0 for line in lines)
    open_grade = sum(not one.is_certain for one in manifest.entities)
    pieces: list[str] = []
    if near:
        pieces.append(f"{near}个单位的得分区间与他人重叠，名次先后不能断定")
    if open_grade:
        pieces.append(f"{open_grade}个单位的等次要看未披露内容而定")
    return f"{'；'.join(pieces)}。" if pieces else ""


def _movement(manifest: Manifest) -> str:
    found = [change for _, change in changes(manifest)]
    if not found:
        return ""
    up = sum(one.change > 0 for one in found)
    down = sum(one.change < 0 for one in found)
    same = len(found) - up - down
    tail = f"，持平{same}个" if same else ""
    return f"与上年可比的{len(found)}个单位中，总分上升{up}个，下降{down}个{tail}。"


def _to_do(manifest: Manifest) -> str:
    absent = _count(manifest.entities, "missing")
    stuck = sum(one.status in ("blocked", "unreadable", "set_aside") for one in manifest.entities)
    pieces = [
        text
        for count, text in (
            (absent, f"催报{absent}个单位"),
            (stuck, f"{stuck}个单位的材料须改正或核查后重新提交"),
            (len(manifest.questions), f"{len(manifest.questions)}个问题待单位说明"),
        )
        if count
    ]
    return f"需要人处理：{'；'.join(pieces)}。" if pieces else ""


def _places(manifest: Manifest) -> tuple[TopRow, ...]:
    """Return the head and the tail of the binding list; of the reference list if it is alone."""
    lines = lines_of(manifest, "binding") or lines_of(manifest, "reference")
    tail = lines[max(TOP, len(lines) - TOP) :]
    pairs = zip_longest(
        [_place(line) for line in lines[:TOP]],
        [_place(line) for line in tail],
        fillvalue=_NOWHERE,
    )
    return tuple(TopRow(first, last) for first, last in pairs)


def _place(line: RankLine) -> Highlight:
    name = formats.cut(line.entity, _NAME_LIMIT)
    return Highlight(str(line.rank), name, f"{formats.points(line.total_points)} {line.grade}")


def _tops(manifest: Manifest) -> tuple[TopRow, ...]:
    """Return what is lost most often beside who moved most."""
    lost = [
        Highlight(one.code, formats.cut(one.label, _LABEL_LIMIT), f"{one.short}，{one.lost}")
        for one in weaknesses(manifest)[:TOP]
    ]
    moved = sorted(changes(manifest), key=lambda pair: (-abs(pair[1].change), pair[0]))
    most = [
        Highlight("", formats.cut(entity, _NAME_LIMIT), signed(change.change))
        for entity, change in moved[:TOP]
        if change.change
    ]
    if not lost and not most:
        return ()
    pairs = zip_longest(lost or [_NO_LOSS], most or [_NO_MOVER], fillvalue=_NOWHERE)
    return tuple(TopRow(first, second) for first, second in pairs)
