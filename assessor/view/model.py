"""What the templates are given: finished text, flags and lists. No numbers to compute with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """A label and its text."""

    label: str
    text: str


@dataclass(frozen=True)
class CoverView:
    """The first page."""

    entity: str
    year: str
    mode: str
    is_reference: bool
    mode_reasons: tuple[str, ...]
    grade: str
    total: str
    full_mark: str
    rate: str
    ring: str
    """Stroke pattern of the ring: drawn and empty length."""
    facts: tuple[Pair, ...]
    notices: tuple[str, ...]
    as_of: str


@dataclass(frozen=True)
class BarView:
    """One dimension's bar."""

    code: str
    label: str
    points: str
    max_points: str
    rate: str
    width: str
    """Width of the bar in the drawing's units."""
    y: str
    text_y: str


@dataclass(frozen=True)
class RadarAxis:
    """One axis of the radar: its end and the place of its label."""

    label: str
    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True)
class RadarView:
    """The radar of score rates."""

    rings: tuple[str, ...]
    """Corner points of the helper polygons."""
    shape: str
    axes: tuple[RadarAxis, ...]
    title: str


@dataclass(frozen=True)
class BarsView:
    """The bar chart of dimensions."""

    bars: tuple[BarView, ...]
    height: str
    view_box: str
    title: str


@dataclass(frozen=True)
class OutcomeCount:
    """How many indicators had an outcome."""

    css: str
    symbol: str
    label: str
    count: str


@dataclass(frozen=True)
class Highlight:
    """An indicator named in the summary."""

    code: str
    label: str
    text: str


@dataclass(frozen=True)
class SummaryView:
    """The page a magistrate reads in a minute."""

    kpis: tuple[Pair, ...]
    sentences: tuple[str, ...]
    outcomes: tuple[OutcomeCount, ...]
    strongest: tuple[Highlight, ...]
    costliest: tuple[Highlight, ...]
    next_grade: str
    next_steps: tuple[Highlight, ...]
    radar: RadarView | None
    bars: BarsView


@dataclass(frozen=True)
class LineView:
    """One part of an indicator in a dimension table."""

    code: str
    label: str
    is_first: bool
    is_part: bool
    value: str
    target: str
    basis: str
    points: str
    max_points: str
    bar: str
    css: str
    symbol: str
    outcome: str
    reason: str
    evidence: str
    is_core: bool


@dataclass(frozen=True)
class DimensionView:
    """A table of one dimension."""

    code: str
    label: str
    points: str
    max_points: str
    rate: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class GapView:
    """One row of the 整改清单."""

    number: str
    code: str
    label: str
    finding: str
    basis: str
    gain: str
    remedy: str
    owner: str


@dataclass(frozen=True)
class IssueView:
    """One data-quality finding."""

    severity: str
    css: str
    place: str
    item: str
    text: str
    code: str


@dataclass(frozen=True)
class RuleView:
    """One rule in the appendix."""

    code: str
    label: str
    points: str
    rule: str


@dataclass(frozen=True)
class TargetView:
    """One target that was used."""

    id: str
    label: str
    words: str
    clause: str
    due: str
    force: str
    standing: str
    provenance: str
    note: str


@dataclass(frozen=True)
class SourceView:
    """One document."""

    title: str
    number: str
    provenance: str
    note: str


@dataclass(frozen=True)
class ReviewView:
    """A bonus or veto on paper."""

    code: str
    label: str
    effect: str
    document: str
    author: str
    reason: str


@dataclass(frozen=True)
class MethodView:
    """How the score was made."""

    facts: tuple[Pair, ...]
    bands: tuple[Pair, ...]
    actions: tuple[Pair, ...]
    notes: tuple[str, ...]
    rules: tuple[RuleView, ...]


@dataclass(frozen=True)
class ReportView:
    """Everything the report template may read."""

    title: str
    running: str
    description: str
    created: str
    engine: str
    ruler: str
    cover: CoverView
    summary: SummaryView
    dimensions: tuple[DimensionView, ...]
    gaps: tuple[GapView, ...]
    gap_note: str
    issues: tuple[IssueView, ...]
    reviews: tuple[ReviewView, ...]
    blend: tuple[Pair, ...]
    method: MethodView
    targets: tuple[TargetView, ...]
    sources: tuple[SourceView, ...]
