"""What the rules say about an item or indicator, without any submission."""

from __future__ import annotations

from typing import Literal

from schemas.base import Day, Level, Model, Number, Points, Provenance
from schemas.target import Comparator, DueBasis, Force


class TargetEntry(Model):
    """One dated value of a target, in words and with its clause."""

    id: str
    label: str
    item: str
    plan: str
    plan_label: str
    region: str
    comparator: Comparator
    value: Number | None
    words: str
    effective_from: Day
    due: Day | None
    due_other: Day | None
    due_basis: DueBasis
    levels: tuple[Level, ...]
    force: Force
    clause: str
    source_title: str
    provenance: Provenance
    checked_on: Day
    scope: str
    outside: str
    """Why it is not scored, if it is not."""
    repealed: bool
    note: str


class PointsUnder(Model):
    """An indicator's full points under one weight set."""

    weight_set: str
    label: str
    provenance: Provenance
    points: Points | None
    """Null when the weight set leaves the dimension out."""


class UseOfItem(Model):
    """How a framework scores an item or indicator."""

    framework: str
    edition: str
    code: str
    label: str
    core: bool
    rules: tuple[str, ...]
    """Each scored part's rule in words."""
    items: tuple[str, ...]
    points: tuple[PointsUnder, ...]
    remedy: str
    owner: str


class ItemText(Model):
    """How an item is counted."""

    id: str
    label: str
    unit: str
    definition: str
    numerator: str
    denominator: str
    evidence: str


class Explanation(Model):
    """Everything the rules say about what was asked."""

    schema_name: Literal["explanation/1"] = "explanation/1"
    query: str
    items: tuple[ItemText, ...]
    uses: tuple[UseOfItem, ...]
    targets: tuple[TargetEntry, ...]


class FrameworkEntry(Model):
    """One edition of a framework in the list of frameworks."""

    id: str
    edition: str
    label: str
    status: str
    provenance: Provenance
    checked_on: Day
    full_mark: Points | None
    n_by_level: tuple[int, ...]
    """Nodes on each level, first level first; for outlines what is known."""
    weight_sets: tuple[PointsUnder, ...]
    note: str
