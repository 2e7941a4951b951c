"""A reviewer's entries: the only source of vetoes, bonuses and expert scores."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from schemas.framework import Scheme
from schemas.result import BonusLine, VetoLine
from schemas.submission import Review, ReviewEntry
from scoring.kinds.bonus import capped_bonuses
from scoring.rounding import HUNDRED, quantize


class Decisions(NamedTuple):
    """What a reviewer decided, in order of their days and codes."""

    bonuses: tuple[BonusLine, ...] = ()
    vetoes: tuple[VetoLine, ...] = ()
    confirmed: frozenset[str] = frozenset()
    expert_scores: Mapping[str, Decimal] = {}
    outside_scores: Mapping[str, Decimal] = {}


def decide(review: Review | None, scheme: Scheme, full_mark: Decimal) -> Decisions:
    """Turn a review into decisions; codes the scheme does not know were refused by intake."""
    if review is None:
        return Decisions()
    entries = sorted(review.entries, key=_order)
    return Decisions(
        bonuses=_bonuses(entries, scheme, full_mark),
        vetoes=_vetoes(entries, scheme),
        confirmed=frozenset(entry.code for entry in entries if entry.kind == "confirm_claim"),
        expert_scores=_scores(entries, "expert_score"),
        outside_scores=_scores(entries, "outside_score"),
    )


def _order(entry: ReviewEntry) -> tuple[object, ...]:
    """Sort entries whatever their place in the file; of two about one code the last stands."""
    score = -1 if entry.score is None else entry.score
    return (entry.decided_on, entry.kind, entry.code, entry.document, entry.author, score)


def _scores(entries: list[ReviewEntry], kind: str) -> dict[str, Decimal]:
    return {e.code: e.score for e in entries if e.kind == kind and e.score is not None}


def _bonuses(
    entries: list[ReviewEntry], scheme: Scheme, full_mark: Decimal
) -> tuple[BonusLine, ...]:
    known = {bonus.code: bonus for bonus in scheme.bonuses}
    granted = [e for e in entries if e.kind == "bonus" and e.code in known]
    points = [
        quantize(full_mark * known[entry.code].rate / HUNDRED, scheme.rounding) for entry in granted
    ]
    cap = quantize(full_mark * scheme.bonus_cap / HUNDRED, scheme.rounding)
    return tuple(
        BonusLine(
            code=entry.code,
            label=known[entry.code].label,
            points=full,
            counted=counted,
            document=entry.document,
            author=entry.author,
        )
        for entry, full, counted in zip(granted, points, capped_bonuses(points, cap), strict=True)
    )


def _vetoes(entries: list[ReviewEntry], scheme: Scheme) -> tuple[VetoLine, ...]:
    known = {veto.code: veto for veto in scheme.vetoes}
    return tuple(
        VetoLine(
            code=entry.code,
            label=known[entry.code].label,
            effect=known[entry.code].effect,
            indicator=known[entry.code].indicator or "",
            cap=known[entry.code].cap,
            document=entry.document,
            author=entry.author,
            reason=entry.reason,
        )
        for entry in entries
        if entry.kind == "veto" and entry.code in known
    )
