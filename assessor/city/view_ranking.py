"""The rankings and the heat map as finished text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor import formats
from assessor.city.view_charts import LISTS, heat_cell, heat_legend, rank_bar
from assessor.city.view_model import (
    HeatCell,
    HeatRow,
    HeatTable,
    HeatView,
    OpenRow,
    RankingView,
    RankRow,
)
from assessor.messages import LEVELS
from schemas.base import Level
from schemas.city import Duel, Mode, Ranking, RankInterval, RankLine
from schemas.manifest import EntityEntry, Manifest
from scoring.wording import plain

NAMED = 2
"""Most names printed on either side of an entity; the rest is in the enclosed manifest."""
_VETO_LIMIT = 14
_COLUMN_LIMIT = 12
_NO_ENTRY = EntityEntry(entity="", level=None, mode=None, status="scored")


def lines_of(manifest: Manifest, mode: Mode) -> tuple[RankLine, ...]:
    """Return the ranked entities of one list, best first."""
    ranking = manifest.ranking
    if ranking is None:
        return ()
    return ranking.binding if mode == "binding" else ranking.reference


def rankings(manifest: Manifest) -> tuple[RankingView, ...]:
    """Return one table per list that has anyone."""
    found = ((mode, label, lines_of(manifest, mode)) for mode, label in LISTS)
    return tuple(_ranking(manifest, mode, label, lines) for mode, label, lines in found if lines)


def _ranking(
    manifest: Manifest, mode: Mode, label: str, lines: tuple[RankLine, ...]
) -> RankingView:
    entries = {one.entity: one for one in manifest.entities}
    intervals = {
        line.entity: line
        for part in manifest.uncertainty
        if part.mode == mode
        for line in part.lines
    }
    has_levels = len({line.level for line in lines}) > 1
    rows: list[RankRow] = []
    for place, line in enumerate(lines):
        after = lines[place + 1].entity if place + 1 < len(lines) else ""
        rows.append(
            _row(
                line,
                entries.get(line.entity, _NO_ENTRY),
                {one.entity: number for number, one in enumerate(lines)},
                _replicated(intervals.get(line.entity), after, len(lines)),
                level=line.level if has_levels else None,
            )
        )
    return RankingView(f"{label}排名", _note(manifest.ranking, mode), tuple(rows))


def _note(ranking: Ranking | None, mode: Mode) -> str:
    tolerance = ranking.tie_tolerance if ranking is not None else Decimal(0)
    tie = f"总分相差不超过{formats.points(tolerance)}分的并列" if tolerance else "总分相同的并列"
    own = "" if mode == "binding" else "参照评估只供参考，不与约束性考核混排。"
    return f"{own}{tie}，占同一名次，其后名次顺延。"


class _Replicated(NamedTuple):
    """What the replications say of an entity."""

    interval: str = formats.DASH
    bar_left: str = ""
    bar_width: str = ""
    chances: tuple[str, ...] = (formats.DASH,)
    duel: str = formats.DASH


def _replicated(found: RankInterval | None, after: str, count: int) -> _Replicated:
    """Say where the ranks lie, how likely each grade is, and who is the next one below.

    Args:
        found: the replications, if there are any.
        after: name of the next one of the list, empty for the last.
        count: entities of the list.
    """
    if found is None:
        return _Replicated()
    left, width = rank_bar(found.low, found.high, count)
    duel = next((one for one in found.neighbours if after and one.entity == after), None)
    return _Replicated(
        interval=f"{plain(found.low)} ～ {plain(found.high)}，中位 {plain(found.median)}",
        bar_left=left,
        bar_width=width,
        chances=tuple(
            f"{one.grade} {plain(one.probability)}" for one in found.grades if one.probability
        ),
        duel=formats.DASH if duel is None else _duel(duel),
    )


def _duel(duel: Duel) -> str:
    tie = f"，相同 {plain(duel.tie_probability)}" if duel.tie_probability else ""
    return f"{plain(duel.probability)}{tie}"


def _row(
    line: RankLine,
    entry: EntityEntry,
    places: Mapping[str, int],
    replicated: _Replicated,
    *,
    level: Level | None,
) -> RankRow:
    notes = [] if entry.is_certain else ["※"]
    notes += [f"否决：{formats.cut(label, _VETO_LIMIT)}" for label in entry.vetoes]
    return RankRow(
        rank=str(line.rank),
        tie="并列" if line.tied_with else "",
        entity=line.entity + (f"（{LEVELS[level]}）" if level else ""),
        total=formats.points(line.total_points),
        bonus=f"含加分 {formats.points(entry.bonus_points)}" if entry.bonus_points else "",
        bounds=f"{formats.points(line.low_points)} ～ {formats.points(line.high_points)}",
        grade=line.grade,
        grade_note=" ".join(notes),
        ahead=formats.points(line.points_to_next_rank),
        next_grade=_next_grade(entry),
        places=f"{line.best_rank} ～ {line.worst_rank}",
        doubt=_doubt(line, places),
        row_css="tied" if line.tied_with else "own",
        **replicated._asdict(),
    )


def _next_grade(entry: EntityEntry) -> str:
    if not entry.next_grade or entry.next_grade_missing is None:
        return formats.DASH
    return f"{entry.next_grade} {formats.points(entry.next_grade_missing)}"


def _doubt(line: RankLine, places: Mapping[str, int]) -> str:
    """Name the nearest on either side that cannot be told apart."""
    if not line.n_not_separable:
        return formats.DASH
    own, near = places[line.entity], line.not_separable_from
    above = [name for name in near if places.get(name, own) < own]
    below = [name for name in near if places.get(name, own) > own]
    shown = (*above[-NAMED:], *below[:NAMED])
    rest = "等" if line.n_not_separable > len(shown) else ""
    return f"{line.n_not_separable} 个：{'、'.join(shown)}{rest}"


def without_total(manifest: Manifest) -> tuple[OpenRow, ...]:
    """Return the assessed entities without a total."""
    if manifest.ranking is None:
        return ()
    labels = dict(LISTS)
    return tuple(
        OpenRow(
            one.entity,
            labels[one.mode],
            f"{formats.points(one.low_points)} ～ {formats.points(one.high_points)}",
        )
        for one in manifest.ranking.without_total
    )


def heat(manifest: Manifest) -> HeatView | None:
    """Return the heat map of score rates, in rank order; None when nobody was scored."""
    bands = manifest.rules.bands if manifest.rules is not None else ()
    tables = tuple(
        table
        for mode, label in LISTS
        if (table := _heat_table(manifest, mode, label, bands)) is not None
    )
    return HeatView(tables, heat_legend(bands)) if tables and bands else None


def _heat_table(
    manifest: Manifest, mode: Mode, label: str, bands: Sequence[tuple[str, Decimal]]
) -> HeatTable | None:
    order = {line.entity: place for place, line in enumerate(lines_of(manifest, mode))}
    mine = [one for one in manifest.entities if one.mode == mode and one.nodes]
    mine.sort(key=lambda one: (order.get(one.entity, len(order)), one.entity))
    columns = {node.code: node.label for one in mine for node in one.nodes}
    if not columns:
        return None
    rows = tuple(
        HeatRow(
            entity=one.entity,
            total=formats.points(one.total_points),
            cells=_cells(one, tuple(columns), bands),
        )
        for one in mine
    )
    heads = tuple(f"{code} {formats.cut(name, _COLUMN_LIMIT)}" for code, name in columns.items())
    return HeatTable(label, heads, rows)


def _cells(
    entry: EntityEntry, codes: Sequence[str], bands: Sequence[tuple[str, Decimal]]
) -> tuple[HeatCell, ...]:
    rates = {node.code: node.rate for node in entry.nodes if node.max_points}
    return tuple(heat_cell(rates.get(code), bands) for code in codes)
