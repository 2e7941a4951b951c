"""What the city's templates are given: finished text, flags and lists. Nothing to compute with."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.view.model import Pair, TopRow


@dataclass(frozen=True)
class CityCover:
    """The first page."""

    city: str
    name_css: str
    """Empty, or `long` or `longest` for a name that needs smaller type."""
    kind: str
    year: str
    ring: str
    """Stroke pattern of the ring: drawn and empty length."""
    scored: str
    headline: str
    statuses: str
    facts: tuple[Pair, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """One grade's part of a stacked bar; a narrow one bears no text."""

    x: str
    width: str
    fill: str
    text_x: str
    text: str
    text_fill: str


@dataclass(frozen=True)
class StackView:
    """One stacked bar: the entities of one list by grade."""

    label: str
    y: str
    text_y: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class StacksView:
    """The stacked bars of all lists."""

    stacks: tuple[StackView, ...]
    view_box: str
    title: str


@dataclass(frozen=True)
class GradeRow:
    """How many entities got a grade."""

    fill: str
    grade: str
    floor: str
    binding: str
    reference: str


@dataclass(frozen=True)
class CitySummary:
    """The page for the leaders. It must fit one page whatever the manifest."""

    kpis: tuple[Pair, ...]
    sentences: tuple[str, ...]
    stacks: StacksView | None
    grades: tuple[GradeRow, ...]
    places_label: str
    """The list whose head and tail are shown."""
    places: tuple[TopRow, ...]
    tops: tuple[TopRow, ...]


@dataclass(frozen=True)
class RankRow:
    """One entity in its ranking."""

    rank: str
    tie: str
    entity: str
    total: str
    bonus: str
    bounds: str
    grade: str
    grade_note: str
    ahead: str
    next_grade: str
    places: str
    interval: str
    bar_left: str
    bar_width: str
    """Empty without an interval."""
    chances: tuple[str, ...]
    duel: str
    doubt: str
    row_css: str
    """`tied` when the row shares its rank with the one above."""


@dataclass(frozen=True)
class RankingView:
    """One list: binding or reference."""

    title: str
    note: str
    rows: tuple[RankRow, ...]


@dataclass(frozen=True)
class OpenRow:
    """An assessed entity without a total."""

    entity: str
    mode: str
    bounds: str


@dataclass(frozen=True)
class HeatCell:
    """A score rate and its shade."""

    text: str
    css: str


@dataclass(frozen=True)
class HeatRow:
    """One entity of the heat map."""

    entity: str
    total: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatTable:
    """One list of the heat map."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class HeatView:
    """The heat map and what its shades mean."""

    tables: tuple[HeatTable, ...]
    legend: tuple[HeatCell, ...]


@dataclass(frozen=True)
class WeaknessRow:
    """An indicator many entities lose points on."""

    code: str
    label: str
    short: str
    lost: str
    share: str
    bar: str


@dataclass(frozen=True)
class MoverRow:
    """The change of one entity's total, split by cause."""

    entity: str
    before: str
    after: str
    change: str
    change_css: str
    causes: tuple[str, ...]
    indicators: tuple[str, ...]
    """Those that moved most."""


@dataclass(frozen=True)
class MoversView:
    """Movers since last year, with the names of the causes."""

    note: str
    causes: tuple[str, ...]
    rows: tuple[MoverRow, ...]


@dataclass(frozen=True)
class FilingRow:
    """A late or missing entity."""

    entity: str
    state: str
    due: str
    filed: str


@dataclass(frozen=True)
class TroubleRow:
    """An entity that filed and could not be scored."""

    entity: str
    state: str
    reasons: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class RunIssue:
    """A finding about the run itself."""

    severity: str
    text: str
    place: str


@dataclass(frozen=True)
class QualityRow:
    """One entity in the data-quality league."""

    entity: str
    disclosure: str
    bar: str
    core: str
    evidenced: str
    issues: str
    waiting: str


@dataclass(frozen=True)
class QuestionRow:
    """Something to ask an entity."""

    entity: str
    kind: str
    subject: str
    facts: str
    ask: str


@dataclass(frozen=True)
class RemovalRow:
    """What leaving one indicator out does to the ranks."""

    code: str
    label: str
    n_moved: str
    largest: str
    mean: str


@dataclass(frozen=True)
class CityMethod:
    """How the ranking was made."""

    facts: tuple[Pair, ...]
    bands: tuple[Pair, ...]
    actions: tuple[Pair, ...]
    notes: tuple[str, ...]
    removals: tuple[RemovalRow, ...]
    points: tuple[str, ...]
    """Full points of every indicator."""


@dataclass(frozen=True)
class CityView:
    """Everything the city's template may read."""

    title: str
    running: str
    description: str
    created: str
    """Empty when nobody was scored."""
    engine: str
    cover: CityCover
    summary: CitySummary
    rankings: tuple[RankingView, ...]
    without_total: tuple[OpenRow, ...]
    heat: HeatView | None
    weaknesses: tuple[WeaknessRow, ...]
    movers: MoversView
    filings: tuple[FilingRow, ...]
    troubles: tuple[TroubleRow, ...]
    run_issues: tuple[RunIssue, ...]
    quality: tuple[QualityRow, ...]
    questions: tuple[QuestionRow, ...]
    method: CityMethod
