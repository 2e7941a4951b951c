"""The result of one assessment: everything a renderer needs, and all it may read."""

from __future__ import annotations

from typing import Literal

from schemas.base import AnswerValue, Day, Level, Model, Number, Percent, Points, Provenance
from schemas.issue import Issue
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.reading import ComplianceResult, FigureUse, StatementUse
from schemas.submission import Entity, Evidence, EvidenceLevel, Period, Sha256
from schemas.target import Comparator, DueBasis, Force

Standing = Literal["own", "superior", "benchmark", "reference"]
"""Whose target it is: the entity's own plan, a superior's, a yardstick, or a foreign plan."""


class TargetInForce(Model):
    """The target an indicator was held against, as it stood on the assessment day."""

    id: str
    label: str
    plan: str
    plan_label: str
    standing: Standing
    comparator: Comparator
    value: Number | None
    """Threshold; for a relative target the benchmark's value."""
    words: str
    """The requirement in words: `≥98%`, `<8%`, `逐年下降`."""
    unit: str
    clause: str
    source_title: str
    provenance: Provenance
    force: Force
    effective_from: Day
    due: Day | None
    due_other: Day | None
    due_basis: DueBasis
    is_due: bool
    note: str


class PartScore(Model):
    """One scored rule of an indicator."""

    code: str
    label: str
    item: str
    kind: str
    rule: str
    """The rule in words."""
    unit: str
    outcome: Outcome
    reason: Reason
    value: AnswerValue = None
    numerator: Number | None = None
    denominator: Number | None = None
    previous: Number | None = None
    rank: int | None = None
    benchmark: Number | None = None
    scope: str = ""
    evidence_level: EvidenceLevel = EvidenceLevel.V0
    is_approximate: bool = False
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    target: TargetInForce | None = None
    detail: str = ""
    """Figures behind the outcome that the value alone does not show: `4/5`, `提前28天`."""
    action: PolicyAction | None = None
    """The policy's action, when the outcome has no points of its own."""
    nominal_points: Points
    """Full points before re-spreading."""
    max_points: Points
    """Full points in this assessment (effective weight)."""
    points: Points
    points_lost: Points
    low_points: Points
    high_points: Points
    """Nominal points if what is undisclosed were nothing / full."""


class IndicatorScore(Model):
    """One indicator with its parts."""

    code: str
    label: str
    dimension: str
    parent: str
    is_core: bool
    outcome: Outcome
    reason: Reason
    nominal_points: Points
    max_points: Points
    points: Points
    points_lost: Points
    points_to_gain: Points
    """What the total would rise by if the indicator alone were fully met."""
    is_short: bool
    """Whether it belongs in the 整改清单."""
    disclosed: Percent
    """Percent of its parts disclosed, by share."""
    remedy: str = ""
    """Shown only when it fell short."""
    owner: str = ""
    self_points: Points | None = None
    vetoed_by: str = ""
    parts: tuple[PartScore, ...]


class NodeScore(Model):
    """A dimension or sub-dimension: sums of its indicators."""

    code: str
    parent: str
    label: str
    level: int
    nominal_points: Points
    max_points: Points
    points: Points
    points_lost: Points
    rate: Percent
    """points / max_points in percent, two places; 0 when nothing applies."""
    outcomes: tuple[tuple[Outcome, int], ...]


class BlendShare(Model):
    """One ingredient of a blended total."""

    id: str
    label: str
    weight: Percent
    score: Number | None
    """Points on the framework's scale; null when it was not supplied."""
    points: Points


class BonusLine(Model):
    """A bonus granted by a reviewer."""

    code: str
    label: str
    points: Points
    counted: Points
    """What is left of it under the cap."""
    document: str
    author: str


class VetoLine(Model):
    """A veto recorded by a reviewer."""

    code: str
    label: str
    effect: str
    indicator: str
    cap: str
    document: str
    author: str
    reason: str


class Totals(Model):
    """The sums, and how much stands behind them."""

    full_mark: Points
    indicator_points: Points
    """Sum of the indicators' points."""
    bonus_points: Points
    blend: tuple[BlendShare, ...] = ()
    total_points: Points | None
    """The printed total; null when it is blocked or nothing applies."""
    rate: Points | None
    """total_points in percent of full_mark, exact; above 100 when bonuses top full points."""
    low_points: Points
    high_points: Points
    """Bounds: total if everything undisclosed were nothing / were full."""
    disclosure_rate: Percent
    """Indicators disclosed of those applicable, percent, two places."""
    core_disclosure_rate: Percent
    evidenced_share: Percent
    """Share of applicable nominal points disclosed, percent, two places."""
    n_applicable: int
    n_disclosed: int
    outcomes: tuple[tuple[Outcome, int], ...]


class GradeResult(Model):
    """The grade, from the printed total."""

    grade: str
    """Empty when there is no total."""
    by_points: str
    """Grade the points alone would give."""
    limited_by: tuple[str, ...] = ()
    """Why it is lower: `veto:V1`, `disclosure`."""
    low_grade: str
    high_grade: str
    """Grades at the bounds."""

    @property
    def is_certain(self) -> bool:
        """Whether both bounds give one grade."""
        return self.low_grade == self.high_grade


class NextGrade(Model):
    """The shortest set of indicators that reaches the next grade."""

    grade: str
    points_needed: Points
    """Total at which the grade begins."""
    missing: Points
    codes: tuple[str, ...]
    """Indicators to bring to full points, most gain first; empty when points cannot do it."""
    reached_points: Points
    """Total once they are all fully met."""
    needs_disclosure: Percent
    """Core disclosure rate the grade asks for beside the points, percent."""


class WaitingLine(Model):
    """A figure read in a report that a person must accept before it counts."""

    item: str
    label: str
    indicators: tuple[str, ...]
    quote: str
    place: str
    value: str
    """As printed, with its unit."""
    reason: str
    """Why it waits."""
    total_if_accepted: Points | None
    change: Number | None
    """What the total would move by; null when there is no total."""


class ComplianceLine(Model):
    """What a check of the published report itself found."""

    code: str
    label: str
    severity: Literal["high", "medium", "low"]
    result: ComplianceResult
    reason: str
    quote: str
    place: str
    """Page and paragraph of the quote."""
    basis: str


class ReportRead(Model):
    """The published report a result rests on, and what was read in it."""

    file: str
    title: str
    sha256: Sha256
    figures: tuple[tuple[FigureUse, int], ...]
    """Every figure found, by what became of it."""
    statements: tuple[tuple[StatementUse, int], ...]
    compliance: tuple[ComplianceLine, ...] = ()


class UsedSource(Model):
    """A document a line of the result rests on."""

    id: str
    title: str
    document_number: str
    provenance: Provenance
    note: str


class UsedRules(Model):
    """Which rules made the result."""

    framework: str
    edition: str
    framework_label: str
    framework_provenance: Provenance
    weight_set: str
    weight_label: str
    weight_provenance: Provenance
    weight_note: str
    scheme: str
    scheme_label: str
    scheme_provenance: Provenance
    bands: tuple[tuple[str, Percent], ...]
    policy: str
    policy_label: str
    actions: tuple[tuple[str, PolicyAction], ...]
    """Outcome or `outcome/reason` and the action taken."""
    rounding_places: int
    rounding_mode: str
    blend: str
    blend_label: str
    remediation_days: int
    target_sets: tuple[tuple[str, str, Provenance], ...]
    ruler: str
    """SHA-256 of the resolved rules."""


class Assessment(Model):
    """One entity, one year, one ruler."""

    schema_name: Literal["assessment/1"] = "assessment/1"
    engine: str
    """Version of the engine."""
    rules: UsedRules
    entity: Entity
    level: Level
    period: Period
    as_of: Day
    mode: Literal["binding", "reference"]
    mode_reasons: tuple[str, ...]
    """Why it is only a reference: `region`, `level`, `period` of which plan."""
    totals: Totals
    grade: GradeResult
    next_grade: NextGrade | None
    nodes: tuple[NodeScore, ...]
    indicators: tuple[IndicatorScore, ...]
    gaps: tuple[str, ...]
    """Codes of indicators that fell short, most points to gain first."""
    bonuses: tuple[BonusLine, ...] = ()
    vetoes: tuple[VetoLine, ...] = ()
    issues: tuple[Issue, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    """Figures from a published report that wait for review."""
    report: ReportRead | None = None
    """Null when only a form was given."""
    sources: tuple[UsedSource, ...] = ()
    submission_sha256: str
    """Digest of the submission in canonical form."""
