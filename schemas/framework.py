"""Indicator frameworks, weight sets and grading schemes."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Code, Day, Level, Model, Number, Percent, Points, Provenance, Slug, Text
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.rules import Rule


class Part(Model):
    """One scored rule of an indicator."""

    rule: Rule
    share: Annotated[Number, Field(gt=0)] = Decimal(1)
    """Share of the indicator's points, relative to its other parts."""
    label: str = ""
    """Printed when the indicator has several parts; default is the item's label."""


class Node(Model):
    """A dimension, sub-dimension or indicator; the tree is a flat list with parents."""

    code: Code
    parent: Code | None = None
    label: Text
    points: Annotated[Points, Field(gt=0)] | None = None
    """Full points. Required on an indicator; on a group a declared sum that lint checks."""
    rule: Rule | None = None
    """The rule of an indicator with a single part."""
    parts: tuple[Part, ...] = ()
    """The rules of an indicator with several parts."""
    levels: tuple[Level, ...] = ()
    """Levels of the entities it applies to; empty means all."""
    core: bool = False
    """Counts for the core disclosure rate."""
    remedy: str = ""
    """What to do when it fell short."""
    owner: str = ""
    """Who usually answers for it."""
    rationale: str = ""

    @model_validator(mode="after")
    def _rule_or_parts(self) -> Self:
        if self.rule is not None and self.parts:
            raise ValueError("give either rule or parts, not both")
        if (self.rule is not None or self.parts) and self.points is None:
            raise ValueError("an indicator needs points")
        return self

    @property
    def is_indicator(self) -> bool:
        """Whether the node carries rules."""
        return self.rule is not None or bool(self.parts)

    @property
    def scored_parts(self) -> tuple[Part, ...]:
        """Return the parts, a single rule wrapped as one."""
        return self.parts if self.rule is None else (Part(rule=self.rule),)


class KnownCount(Model):
    """What is known of an edition that cannot be scored: how many nodes a level has."""

    level: Annotated[int, Field(ge=1, le=3)]
    count: Annotated[int, Field(ge=1)]
    provenance: Provenance
    source: Slug


class Framework(Model):
    """One edition of an indicator framework."""

    schema_name: Annotated[Literal["framework/1"], Field(alias="schema")]
    id: Slug
    edition: Text
    label: Text
    provenance: Provenance
    source: Slug
    checked_on: Day
    status: Literal["scorable", "outline"]
    """`outline` records what is known of an edition whose points are not public."""
    full_mark: Annotated[Points, Field(gt=0)] | None = None
    scheme: Slug | None = None
    counts: tuple[KnownCount, ...] = ()
    nodes: tuple[Node, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _scorable_is_complete(self) -> Self:
        if self.status == "scorable" and (
            self.full_mark is None or self.scheme is None or not self.nodes
        ):
            raise ValueError("a scorable framework needs full_mark, scheme and nodes")
        return self


class DimensionWeight(Model):
    """The weight of one first-level node."""

    code: Code
    weight: Annotated[Number, Field(gt=0)]
    note: str = ""


class Excluded(Model):
    """A first-level node a weight set leaves out."""

    code: Code
    why: Text


class WeightSet(Model):
    """Weights of the dimensions of one framework; inside a dimension points keep their ratio."""

    schema_name: Annotated[Literal["weight-set/1"], Field(alias="schema")]
    id: Slug
    framework: Slug
    label: Text
    provenance: Provenance
    mapping_provenance: Provenance | None = None
    """How the source's own groups were mapped to ours, if that was needed."""
    source: Slug
    checked_on: Day
    weights: Annotated[tuple[DimensionWeight, ...], Field(min_length=1)]
    excluded: tuple[Excluded, ...] = ()
    note: str = ""


_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}


class Rounding(Model):
    """Where and how points are rounded; totals are sums of rounded lines."""

    places: Annotated[int, Field(ge=0, le=6)]
    mode: Literal["half_up", "half_even"]

    @property
    def decimal_mode(self) -> str:
        """Return the `decimal` module's name of the mode."""
        return _MODES[self.mode]


class GradeBand(Model):
    """A grade and its inclusive lower bound, in percent of the full mark."""

    grade: Text
    minimum: Annotated[Percent, Field(alias="min")]
    needs_disclosure: Percent = Decimal(0)
    """Lowest core disclosure rate that allows this grade."""


class ReasonRule(Model):
    """An action for one reason that differs from its outcome's action."""

    reason: Reason
    action: PolicyAction


class OutcomeRule(Model):
    """What one outcome does to the total."""

    outcome: Outcome
    action: PolicyAction


class Policy(Model):
    """What each outcome without points of its own does to the total."""

    id: Slug
    label: Text
    outcomes: Annotated[tuple[OutcomeRule, ...], Field(min_length=1)]
    reasons: tuple[ReasonRule, ...] = ()
    floor: Percent = Decimal(20)
    """Percent of the points under the action `floor`."""
    claim_rate: Percent = Decimal(80)
    """Percent of the points an unconfirmed claim of full coverage counts."""


class Veto(Model):
    """A grave fact only a reviewer can record; it changes the grade, never a figure."""

    code: Code
    label: Text
    effect: Literal["zero_indicator", "cap_grade", "fail"]
    indicator: Code | None = None
    cap: str = ""
    """Best grade left under `cap_grade`."""


class Bonus(Model):
    """Extra points only a reviewer can grant, with a document."""

    code: Code
    label: Text
    rate: Annotated[Percent, Field(gt=0)]
    """Percent of the full mark."""


class BlendPart(Model):
    """One ingredient of a blended total."""

    id: Slug
    label: Text
    weight: Annotated[Percent, Field(gt=0)]


class Blend(Model):
    """How the report score and outside scores make one total."""

    id: Slug
    label: Text
    provenance: Provenance
    parts: Annotated[tuple[BlendPart, ...], Field(min_length=1)]
    """The part `report` is the engine's score; the others come from a reviewer's entry."""


class Scheme(Model):
    """Grade bands, policies, rounding, vetoes, bonuses and blends."""

    schema_name: Annotated[Literal["scheme/1"], Field(alias="schema")]
    id: Slug
    label: Text
    provenance: Provenance
    source: Slug
    rounding: Rounding
    bands: Annotated[tuple[GradeBand, ...], Field(min_length=1)]
    policies: Annotated[tuple[Policy, ...], Field(min_length=1)]
    default_policy: dict[Literal["binding", "reference"], Slug]
    vetoes: tuple[Veto, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    bonus_cap: Percent = Decimal(0)
    """Most that bonuses can add, percent of the full mark."""
    blends: tuple[Blend, ...] = ()
    remediation_days: Annotated[int, Field(ge=1)] = 30
    """Days a unit has to mend a gap; printed in the 整改清单."""
    note: str = ""
