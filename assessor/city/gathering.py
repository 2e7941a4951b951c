"""From every unit's result to the one manifest that 通报, workbook and ranking are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from schemas.base import slim
from schemas.city import Change, Ranking
from schemas.manifest import (
    EntityEntry,
    FileHash,
    GradeCount,
    IndicatorPoints,
    ModeRules,
    NodePoints,
    RosterEntry,
    Weakness,
)
from schemas.outcome import Outcome
from schemas.result import Assessment
from schemas.submission import Period
from scoring.ranking import MODES
from scoring.rounding import percent_of

_ZERO = Decimal(0)
_ROLES = {".pdf": "pdf", ".json": "json", ".xlsx": "list", ".docx": "list"}


class Facts(NamedTuple):
    """What is known of a unit besides its assessment."""

    entity: str
    status: str
    reason: str
    key: str
    inputs: tuple[FileHash, ...]
    outputs: Mapping[str, str]
    n_issues: int
    n_waiting: int
    roster: RosterEntry | None
    change: Change | None


def entry_of(facts: Facts, result: Assessment | None) -> EntityEntry:
    """Return one unit's entry of the manifest."""
    roster = facts.roster
    due = roster.due_on if roster is not None else None
    filed = roster.filed_on if roster is not None else None
    common = {
        "status": facts.status,
        "reason": facts.reason,
        "key": facts.key,
        "inputs": facts.inputs,
        "outputs": tuple(
            slim(FileHash(name=name, role=_role(name), sha256=digest))
            for name, digest in sorted(facts.outputs.items())
        ),
        "filed_on": filed,
        "due_on": due,
        "is_late": bool(due and filed and filed > due),
        "n_issues": facts.n_issues,
        "n_waiting": facts.n_waiting,
        "change": facts.change,
    }
    if result is None:
        level = roster.level if roster is not None else None
        return EntityEntry.model_validate(
            {"entity": facts.entity, "level": level, "mode": None, **common}
        )
    return slim(EntityEntry.model_validate({**common, **_scored(result)}))


def _role(name: str) -> str:
    if name.endswith("阅读核对.html"):
        return "marked"
    return next((role for end, role in _ROLES.items() if name.endswith(end)), "html")


def _scored(result: Assessment) -> dict[str, object]:
    totals, step = result.totals, result.next_grade
    return {
        "entity": result.entity.name,
        "level": result.level,
        "mode": result.mode,
        "total_points": totals.total_points,
        "low_points": totals.low_points,
        "high_points": totals.high_points,
        "grade": result.grade.grade,
        "is_certain": result.grade.is_certain,
        "disclosure_rate": totals.disclosure_rate,
        "core_disclosure_rate": totals.core_disclosure_rate,
        "evidenced_share": totals.evidenced_share,
        "nodes": tuple(
            slim(
                NodePoints(
                    code=node.code,
                    label=node.label,
                    max_points=node.max_points,
                    points=node.points,
                    rate=node.rate,
                )
            )
            for node in result.nodes
            if node.level == 1
        ),
        "indicators": tuple(
            _cell(
                one.code, one.outcome, *map(str, (one.max_points, one.points, one.points_to_gain))
            )
            for one in result.indicators
        ),
        "next_grade": step.grade if step is not None else "",
        "next_grade_missing": step.missing if step is not None else None,
        "next_grade_codes": step.codes if step is not None else (),
        "vetoes": tuple(veto.label for veto in result.vetoes),
        "bonus_points": totals.bonus_points,
    }


@lru_cache(maxsize=100_000)
def _cell(
    code: str, outcome: Outcome, max_points: str, points: str, points_to_gain: str
) -> IndicatorPoints:
    """Return a cell of the matrix; equal ones are one object, for a city has very many.

    Points come as text, so that 0 and 0.00 stay what they are.
    """
    return IndicatorPoints(
        code=intern(code),
        outcome=outcome,
        max_points=Decimal(max_points),
        points=Decimal(points),
        points_to_gain=Decimal(points_to_gain),
    )


def grade_counts(entries: Iterable[EntityEntry], bands: Sequence[str]) -> tuple[GradeCount, ...]:
    """Return how many units got each grade, best grade first, binding before reference."""
    found = Counter(
        (one.mode, one.grade) for one in entries if one.status == "scored" and one.mode is not None
    )
    return tuple(
        GradeCount(grade=grade, mode=mode, count=found[(mode, grade)])
        for mode in MODES
        for grade in (*bands, "")
        if found[(mode, grade)]
    )


def mode_rules(scored: Sequence[Assessment]) -> tuple[ModeRules, ...]:
    """Return the rules that depend on the mode, for each mode anyone was scored in."""
    used = {mode: [one.rules for one in scored if one.mode == mode] for mode in MODES}
    return tuple(
        ModeRules(
            mode=mode,
            policy=mine[0].policy,
            policy_label=mine[0].policy_label,
            actions=mine[0].actions,
            target_sets=tuple(sorted({plan for rules in mine for plan in rules.target_sets})),
        )
        for mode, mine in used.items()
        if mine
    )


def weaknesses(entries: Sequence[EntityEntry], labels: Mapping[str, str]) -> tuple[Weakness, ...]:
    """Return the indicators that cost the city most, most points lost first."""
    short: Counter[str] = Counter()
    applies: Counter[str] = Counter()
    lost: dict[str, Decimal] = {}
    full: dict[str, Decimal] = {}
    for entry in entries:
        for line in entry.indicators:
            if line.outcome is Outcome.NOT_APPLICABLE or not line.max_points:
                continue
            applies[line.code] += 1
            short[line.code] += line.points < line.max_points
            lost[line.code] = lost.get(line.code, _ZERO) + line.max_points - line.points
            full[line.code] = full.get(line.code, _ZERO) + line.max_points
    codes = sorted((code for code in lost if lost[code]), key=lambda code: (-lost[code], code))
    return tuple(
        Weakness(
            code=code,
            label=labels[code],
            n_short=short[code],
            n_applicable=applies[code],
            points_lost=lost[code],
            share_lost=percent_of(lost[code], full[code]),
        )
        for code in codes
    )


def with_next_rank(entries: Sequence[EntityEntry], ranking: Ranking | None) -> list[EntityEntry]:
    """Return the entries with what it takes each unit to reach the rank above.

    Gains are those of each indicator alone; under `rescale` several together may come to a
    little more or less.
    """
    if ranking is None:
        return list(entries)
    missing = {
        line.entity: line.points_to_next_rank for line in (*ranking.binding, *ranking.reference)
    }
    return [_next_rank(entry, missing.get(entry.entity)) for entry in entries]


def _next_rank(entry: EntityEntry, missing: Decimal | None) -> EntityEntry:
    if missing is None or entry.status != "scored":
        return entry
    gains = sorted(entry.indicators, key=lambda line: (-line.points_to_gain, line.code))
    codes: list[str] = []
    gained = _ZERO
    for line in gains:
        if gained >= missing or not line.points_to_gain:
            break
        codes.append(line.code)
        gained += line.points_to_gain
    reached = tuple(codes) if gained >= missing else ()
    changes = {"next_rank_missing": missing, "next_rank_codes": reached}
    return slim(entry.model_copy(update=changes))


def odd_periods(periods: Mapping[str, Period]) -> dict[str, Period]:
    """Return the units whose period is not that of most; of a tie the later stands."""
    if not periods:
        return {}
    days = {name: (one.end, one.start) for name, one in periods.items()}
    counts = Counter(days.values())
    most = max(counts, key=lambda pair: (counts[pair], pair))
    return {name: periods[name] for name, pair in days.items() if pair != most}
