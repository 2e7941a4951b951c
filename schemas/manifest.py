"""What a city's run produced: the one object 通报, workbook and ranking are drawn from."""

from __future__ import annotations

from typing import Literal

from schemas.base import Day, Level, Model, Number, Percent, Points, Provenance
from schemas.city import Change, CityRules, Mode, Ranking, Removal, Uncertainty
from schemas.issue import Issue
from schemas.outcome import Outcome, PolicyAction
from schemas.result import UsedRules
from schemas.submission import Period, Sha256

Status = Literal["scored", "blocked", "unreadable", "set_aside", "missing"]
"""`set_aside`: it brought its worker down twice; `missing`: on the roster, nothing filed."""


class FileHash(Model):
    """A file and what it holds."""

    name: str
    """Relative to the folder read or written, with `/`."""
    role: Literal["form", "report", "review", "roster", "pdf", "html", "json", "list", "marked"]
    sha256: Sha256


class IndicatorPoints(Model):
    """One cell of the matrix entity x indicator."""

    code: str
    outcome: Outcome
    max_points: Points
    points: Points
    points_to_gain: Points


class NodePoints(Model):
    """One dimension of one entity."""

    code: str
    label: str
    max_points: Points
    points: Points
    rate: Percent


class EntityEntry(Model):
    """One entity of the city."""

    entity: str
    """Printed name; in the anonymous edition a letter code."""
    level: Level | None
    mode: Mode | None
    status: Status
    reason: str = ""
    """Why it has no score, in Chinese: file, place, what to do."""
    filed_on: Day | None = None
    due_on: Day | None = None
    is_late: bool = False
    inputs: tuple[FileHash, ...] = ()
    outputs: tuple[FileHash, ...] = ()
    key: str = ""
    """SHA-256 of inputs, rules and options: the work item."""
    total_points: Points | None = None
    low_points: Points | None = None
    high_points: Points | None = None
    grade: str = ""
    is_certain: bool = True
    """Whether both bounds give one grade."""
    disclosure_rate: Percent | None = None
    core_disclosure_rate: Percent | None = None
    evidenced_share: Percent | None = None
    n_issues: int = 0
    n_waiting: int = 0
    nodes: tuple[NodePoints, ...] = ()
    indicators: tuple[IndicatorPoints, ...] = ()
    next_grade: str = ""
    next_grade_missing: Points | None = None
    next_grade_codes: tuple[str, ...] = ()
    next_rank_missing: Points | None = None
    """What the group above is ahead by; null at the top."""
    next_rank_codes: tuple[str, ...] = ()
    """Fewest indicators whose gains together make that up, most gain first; empty when none do."""
    vetoes: tuple[str, ...] = ()
    bonus_points: Points | None = None
    change: Change | None = None
    """Against the archive's previous year, split by cause."""


class GradeCount(Model):
    """How many entities got a grade."""

    grade: str
    mode: Mode
    count: int


class Weakness(Model):
    """An indicator many entities lose points on."""

    code: str
    label: str
    n_short: int
    """Entities that fell short of it, of those it applies to."""
    n_applicable: int
    points_lost: Points
    """Sum over all scored entities."""
    share_lost: Percent
    """Of its full points over all of them, two places."""


class Question(Model):
    """Something to ask an entity: an outlier, a jump, a likeness. Never a verdict."""

    entity: str
    kind: Literal["outlier", "jump", "copy"]
    subject: str
    found: str
    compared_with: str


class RosterEntry(Model):
    """Who should have filed, and when."""

    entity: str
    level: Level | None
    regions: tuple[str, ...] = ()
    due_on: Day | None = None
    filed_on: Day | None = None


class Timing(Model):
    """Wall time of a step, in seconds, three places. Not part of what must be reproducible."""

    step: str
    seconds: Number


class ModeRules(Model):
    """Rules that differ between binding and reference assessments."""

    mode: Mode
    policy: str
    policy_label: str
    """How what is undisclosed is treated."""
    actions: tuple[tuple[str, PolicyAction], ...]
    """Outcome or `outcome/reason` and the action taken."""
    target_sets: tuple[tuple[str, str, Provenance], ...]
    """Id, label and provenance of every plan anyone of the mode was held against."""


class Manifest(Model):
    """Everything one run read, wrote and found."""

    schema_name: Literal["manifest/1"] = "manifest/1"
    engine: str
    title: str
    """Name of the city."""
    period: Period | None
    rules: UsedRules | None
    """Rules all scored entities share; of what depends on the mode, those of the first by name.

    Null when nobody was scored."""
    modes: tuple[ModeRules, ...] = ()
    """What depends on the mode, binding first; only modes anyone was scored in."""
    city_rules: CityRules = CityRules()
    """What was declared before anyone was ranked."""
    weight_provenance: Provenance | None
    indicators: tuple[tuple[str, str, Points], ...] = ()
    """Code, label, full points before re-spreading."""
    is_anonymous: bool = False
    entities: tuple[EntityEntry, ...]
    grades: tuple[GradeCount, ...] = ()
    ranking: Ranking | None = None
    uncertainty: tuple[Uncertainty, ...] = ()
    removals: tuple[Removal, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()
    """Findings about the run itself: double names, files nobody claims."""
    inputs: tuple[FileHash, ...] = ()
    """Of the city as a whole: the roster."""
    outputs: tuple[FileHash, ...] = ()
    """Of the city as a whole."""
    timings: tuple[Timing, ...] = ()
