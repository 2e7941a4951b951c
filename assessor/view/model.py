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
    name_css: str
    """Empty, or `long` or `longest` for a name that needs smaller type."""
    year: str
    mode: str
    is_reference: bool
    mode_reasons: str
    grade: str
    total: str
    full_mark: str
    rate: str
    ring: str
    """Stroke pattern of the ring: drawn and empty length."""
    facts: tuple[Pair, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class BarView:
    """One dimension's bar."""

    code: str
    label: str
    score: str
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
class TopRow:
    """One place of the two top lists side by side; an empty place has empty texts."""

    strong: Highlight
    costly: Highlight


@dataclass(frozen=True)
class SummaryView:
    """The page a magistrate reads in a minute. It must fit one page whatever the result."""

    kpis: tuple[Pair, ...]
    sentences: tuple[str, ...]
    outcomes: tuple[OutcomeCount, ...]
    tops: tuple[TopRow, ...]
    next_grade: str
    next_steps: str
    radar: RadarView | None
    bars: BarsView


@dataclass(frozen=True)
class LineView:
    """One part of an indicator in a dimension table."""

    code: str
    label: str
    row_css: str
    """Outcome, and whether the row is an indicator, its heading or one of its parts."""
    value: str
    working: str
    """What the value was worked out from, and whom it covers."""
    target: str
    basis: str
    score: str
    bar: str
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
    score: str
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
    place: str
    item: str
    text: str


@dataclass(frozen=True)
class WaitingView:
    """One figure that waits for review."""

    label: str
    codes: str
    value: str
    quote: str
    place: str
    reason: str
    change: str


@dataclass(frozen=True)
class CheckView:
    """One check of the published report."""

    css: str
    code: str
    label: str
    result: str
    reason: str
    quote: str


@dataclass(frozen=True)
class ReadView:
    """What was read in the published report."""

    sentences: tuple[str, ...]
    checks: tuple[CheckView, ...]


@dataclass(frozen=True)
class RuleView:
    """One rule in the appendix, with everything it scores."""

    rule: str
    members: str


@dataclass(frozen=True)
class TargetView:
    """One target that was used."""

    id: str
    label: str
    words: str
    clause: str
    due: str
    note: str


@dataclass(frozen=True)
class TargetGroup:
    """The targets of one plan that were used."""

    plan: str
    standing: str
    targets: tuple[TargetView, ...]


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
    cover: CoverView
    summary: SummaryView
    dimensions: tuple[DimensionView, ...]
    classes: str
    gaps: tuple[GapView, ...]
    gap_note: str
    issues: tuple[IssueView, ...]
    no_issues: str
    waiting: tuple[WaitingView, ...]
    report: ReadView | None
    reviews: tuple[ReviewView, ...]
    blend: tuple[Pair, ...]
    method: MethodView
    target_groups: tuple[TargetGroup, ...]
    sources: tuple[SourceView, ...]
    json_note: str
