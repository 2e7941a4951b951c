"""What a city learns from all its entities: ranking, doubt, change and what-if."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import AnswerValue, Code, Level, Model, Number, Percent, Points, Slug
from schemas.submission import Name, Period

Mode = Literal["binding", "reference"]
Probability = Annotated[Number, Field(ge=0, le=1)]
Rank = Annotated[int, Field(ge=1)]


class QuestionRules(Model):
    """From when on a unit is asked about a figure or a text. Questions, never verdicts."""

    outlier_fewest: Annotated[int, Field(ge=3)] = 8
    """Units that must give a figure before any of them is called unusual."""
    outlier_times: Annotated[Number, Field(gt=0)] = Decimal(5)
    """Times the median distance from the median that is unusual when exceeded."""
    change_share: Annotated[Number, Field(ge=0)] = Decimal("0.5")
    """Difference of a count from the median or last year's, relative to it, inclusive."""
    change_least: Annotated[Number, Field(ge=0)] = Decimal(3)
    """The least difference of a count that is worth a question, inclusive."""
    change_points: Annotated[Number, Field(ge=0)] = Decimal(15)
    """The same for percentages, in percentage points, inclusive."""
    copy_percent: Annotated[int, Field(ge=1, le=100)] = 30
    """Percent of shared text from which two reports are alike, inclusive."""


class CityRules(Model):
    """What is declared before anyone is ranked."""

    schema_name: Annotated[Literal["city/1"], Field(alias="schema")] = "city/1"
    tie_tolerance: Points = Decimal(0)
    """Totals up to this many points behind the first of a tie group share its rank, inclusive."""
    named_neighbours: Annotated[int, Field(ge=1, le=200)] = 5
    """Most neighbours named on either side that the bounds cannot tell apart."""
    replications: Annotated[int, Field(ge=2, le=100_000)] = 1000
    """Weight sets tried: one half over the whole simplex, the other around the declared ones."""
    noise_percent: Annotated[Percent, Field(gt=0, lt=100)] = Decimal(25)
    """How far a weight of the second half may lie from its declared value, in percent of it."""
    questions: QuestionRules = QuestionRules()


class RankLine(Model):
    """One entity in its list."""

    rank: Rank
    """Standard competition rank: a tie shares the best rank, the next ones are skipped."""
    tie_group: Rank
    """Number of its group of equals, counted from the top."""
    tied_with: tuple[str, ...]
    entity: str
    level: Level
    total_points: Points
    low_points: Points
    high_points: Points
    grade: str
    points_to_next_rank: Points | None
    """What the first of the group above is ahead by; null at the top."""
    best_rank: Rank
    worst_rank: Rank
    """Ranks its bounds allow, whatever the undisclosed figures of all turn out to be."""
    n_not_separable: int
    """How many others of the list have bounds that overlap its own."""
    not_separable_from: tuple[str, ...]
    """The nearest of them in rank order."""


class UnrankedLine(Model):
    """An entity without a total: blocked, or nothing applies."""

    entity: str
    level: Level
    mode: Mode
    low_points: Points
    high_points: Points


class Ranking(Model):
    """Binding and reference assessments apart; one ruler, one year."""

    ruler: str
    period: Period | None
    """Null when there is nobody to rank."""
    tie_tolerance: Points
    binding: tuple[RankLine, ...]
    reference: tuple[RankLine, ...]
    without_total: tuple[UnrankedLine, ...]


class GradeChance(Model):
    """How often an entity got a grade."""

    grade: str
    probability: Probability
    standard_error: Probability


class Duel(Model):
    """How often an entity stood before a neighbour of the ranking."""

    entity: str
    """The neighbour."""
    probability: Probability
    """Of a strictly higher total."""
    tie_probability: Probability
    standard_error: Probability
    """Of `probability`."""


class RankInterval(Model):
    """What the choice of weights alone can do to an entity's rank and grade."""

    entity: str
    rank: Rank
    """Under the declared weights."""
    low: Number
    median: Number
    high: Number
    """Ranks at 5, 50 and 95 percent of the replications, interpolated linearly."""
    grades: tuple[GradeChance, ...]
    """Every grade of the scheme, best first."""
    neighbours: tuple[Duel, ...]
    """The entity just above and the one just below."""


class Uncertainty(Model):
    """Rank intervals of one list."""

    mode: Mode
    replications: int
    n_simplex: int
    n_noise: int
    """How many were drawn from the whole simplex, and around the declared weights."""
    noise_percent: Percent
    seed: str
    """SHA-256 the draws are seeded with: the ruler's."""
    lines: tuple[RankInterval, ...]


class Removal(Model):
    """What leaving one indicator out does to the ranks of a list."""

    code: str
    n_moved: int
    largest_move: int
    mean_move: Number
    """Mean absolute change of rank, three places."""


class Cause(StrEnum):
    """Why a score changed, in the order the new is put in place of the old."""

    DATA = "data"
    """The figures, and what a reviewer decided."""
    TARGET = "target"
    """Plans, their values in force on the day, benchmarks."""
    WEIGHTS = "weights"
    """Full points of the indicators both editions have."""
    POLICY = "policy"
    """Treatment of outcomes, rounding, bonuses, blend."""
    MEMBERSHIP = "membership"
    """Edition of the framework: its indicators and their rules."""


class CauseShare(Model):
    """What one cause contributed; the shares of a line sum to its change exactly."""

    cause: Cause
    points: Number


class IndicatorChange(Model):
    """Change of one indicator; absent counts 0."""

    code: str
    label: str
    before_points: Points
    after_points: Points
    before_max: Points
    after_max: Points
    change: Number
    causes: tuple[CauseShare, ...]


class Change(Model):
    """Change of a total between two filings, split by cause."""

    entity: str
    previous_entity: str
    """Name it bore then."""
    period: Period
    previous_period: Period
    ruler: str
    previous_ruler: str
    order: tuple[Cause, ...]
    before_points: Points
    after_points: Points
    change: Number
    causes: tuple[CauseShare, ...]
    outside: tuple[CauseShare, ...]
    """What bonuses and outside scores contributed; with the indicators it sums to `causes`."""
    indicators: tuple[IndicatorChange, ...]


class IndicatorDifference(Model):
    """One indicator of two results under one ruler."""

    code: str
    label: str
    before_points: Points
    after_points: Points
    change: Number


class Difference(Model):
    """Two results under one ruler, line by line."""

    before: str
    after: str
    """Names of the entities."""
    before_points: Points
    after_points: Points
    change: Number
    indicators: tuple[IndicatorDifference, ...]


class SetValue(Model):
    """Suppose an entity had reported another value; null: nothing."""

    kind: Literal["set_value"] = "set_value"
    entity: Name
    item: Slug
    value: AnswerValue = None


class SetTarget(Model):
    """Suppose a target's value in force were another."""

    kind: Literal["set_target"] = "set_target"
    target: Code
    value: Number
    plan: Slug | None = None
    """Needed when two plans have a target of that code."""


class SetWeight(Model):
    """Suppose an indicator or a whole group had other full points; the rest makes room."""

    kind: Literal["set_weight"] = "set_weight"
    code: Code
    points: Annotated[Points, Field(gt=0)]


class SetPolicy(Model):
    """Suppose outcomes without points of their own were treated otherwise."""

    kind: Literal["set_policy"] = "set_policy"
    policy: Slug


class DropIndicator(Model):
    """Suppose an indicator or a whole group were left out; the rest takes its points."""

    kind: Literal["drop_indicator"] = "drop_indicator"
    code: Code


class DropEntity(Model):
    """Suppose an entity were not there."""

    kind: Literal["drop_entity"] = "drop_entity"
    entity: Name


class SwapWeights(Model):
    """Suppose another weight set were used."""

    kind: Literal["swap_weights"] = "swap_weights"
    weights: Slug


Supposition = Annotated[
    SetValue | SetTarget | SetWeight | SetPolicy | DropIndicator | DropEntity | SwapWeights,
    Field(discriminator="kind"),
]


class Position(Model):
    """Where an entity stands."""

    mode: Mode
    total_points: Points | None
    grade: str
    rank: Rank | None
    """In the list of its mode; null without a total."""


class WhatIfLine(Model):
    """An entity before and after; null when it is not there."""

    entity: str
    before: Position
    after: Position | None
    change: Number | None
    """Null unless there is a total on both sides."""


class WhatIf(Model):
    """What some suppositions, applied one after the other, would do."""

    suppositions: tuple[Supposition, ...]
    before_ruler: str
    after_ruler: str
    lines: tuple[WhatIfLine, ...]
    """In order of the names."""
