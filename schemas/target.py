"""Dated targets of a plan, the items they speak of, units and sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Code, Day, Direction, Level, Model, Number, Provenance, Slug, Text


class Unit(Model):
    """A unit of measurement."""

    id: Slug
    label: Text
    """As printed: `%`, `件`, `人/万人`."""
    dimension: Literal["rate", "count", "density", "time", "money", "yes_no", "tier", "day"]
    minimum: Number | None = None
    """Smallest possible value, inclusive."""
    maximum: Number | None = None
    """Largest possible value, inclusive."""
    whole: bool = False
    """Only whole numbers make sense."""


class Source(Model):
    """A document a value or rule comes from."""

    id: Slug
    title: Text
    """Legal short name."""
    document_number: str = ""
    issuer: str = ""
    published: Day | None = None
    provenance: Provenance
    note: str = ""


class Item(Model):
    """One data item: what is filled in. Frameworks and plans share the catalogue."""

    id: Slug
    label: Text
    unit: Slug
    direction: Direction | None = None
    definition: Text
    """How the value is counted."""
    numerator: str = ""
    denominator: str = ""
    """What numerator and denominator count, for rates."""
    evidence: str = ""
    """What proves it."""
    evidence_required: bool = False
    """A value without any evidence is an issue."""


class DueBasis(StrEnum):
    """Where a due day comes from."""

    STATED = "stated"
    """The clause names the year or day."""
    ASSUMED_PLAN_END = "assumed_plan_end"
    """The clause names none; the end of the plan period is our assumption."""
    YEARLY = "yearly"
    """Falls due with every period."""
    ONGOING = "ongoing"
    """In force from the first day of the plan."""


class DatedValue(Model):
    """The value of a target from one day on, until the next dated value."""

    effective_from: Annotated[Day, Field(alias="from")]
    """First day in force, inclusive."""
    value: Number | None
    """Threshold in the target's unit; null repeals the target or marks one without a number."""
    repealed: bool = False
    """From this day the target no longer exists."""
    due: Day | None = None
    """Pass or fail is judged from this day on, inclusive; before it only progress is shown."""
    due_basis: DueBasis
    due_other: Day | None = None
    """Second reading of an ambiguous date; `due` is the reading kinder to the graded unit."""
    clause: str = ""
    """Overrides the target's clause after an amendment."""
    source: Slug | None = None
    """Overrides the plan's source after an amendment."""
    note: str = ""


class Comparator(StrEnum):
    """How a value is held against the target."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "="
    COUNT = "count"
    """At least this many."""
    EXISTS = "exists"
    ZERO = "zero"
    DECLINE = "decline"
    """Lower than last year, every year."""
    GROWTH = "growth"
    RELATIVE_AT_MOST = "relative<="
    """Not above a benchmark supplied with the submission."""
    RANK = "rank"


class Force(StrEnum):
    """Whether missing a target is failure."""

    BINDING = "binding"
    ASPIRATIONAL = "aspirational"
    """力争 / 争创: shown, graded with a floor."""


class Target(Model):
    """One promise of a plan."""

    id: Code
    label: Text
    item: Slug | None = None
    """Item it is measured by; null when nothing in the catalogue measures it."""
    kind: Literal["quantified", "implied", "trend", "relative", "boolean", "zero_tolerance"]
    comparator: Comparator
    unit: Slug
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    """Levels of the entities it binds."""
    force: Force = Force.BINDING
    clause: Text
    scope: str = ""
    """Whom or what the clause speaks of, as far as it narrows the level."""
    outside: str = ""
    """Why it lies outside 法治政府 assessment (司法, 党建, 人大, 立法权); weight 0."""
    benchmark: str = ""
    """For relative targets: the benchmark's key."""
    values: Annotated[tuple[DatedValue, ...], Field(min_length=1)]
    note: str = ""


class PlanPeriod(Model):
    """First and last day of a plan, both inclusive."""

    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("period ends before it starts")
        return self


class TargetSet(Model):
    """The targets of one plan."""

    schema_name: Annotated[Literal["target-set/1"], Field(alias="schema")]
    id: Slug
    label: Text
    source: Slug
    provenance: Provenance
    checked_on: Day
    region: str
    """Region the plan governs; `*` for a benchmark that governs nobody and is a yardstick only."""
    level: Level
    """Level of the government that issued it."""
    period: PlanPeriod
    note: str = ""
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
