"""Parameters of each rule kind: one closed union, no expressions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Direction, Model, Number, Percent, Slug

Share = Annotated[Number, Field(gt=0)]
TierRates = tuple[Percent, Percent, Percent, Percent]
_COMMON_YEAR = 2001


class Proportional(Model):
    """Higher is better, full points at the target, nothing at the floor (FM1)."""

    kind: Literal["proportional"] = "proportional"
    item: Slug
    floor: Number | None = None
    """Value that earns nothing; default is the target minus `floor_gap`."""
    floor_gap: Annotated[Number, Field(gt=0)] = Decimal(20)
    """Distance from target to floor when no floor is given, in the item's unit."""
    strict: bool = False
    """Nothing at all short of the target."""
    accepts: tuple[Slug, ...] = ()
    """Other items this scheme takes as equivalent."""
    related: tuple[Slug, ...] = ()
    """Items that look alike but are counted differently; alone they prove nothing."""


class LowerIsBetter(Model):
    """Lower is better, full points at the target, nothing at `zero_at` (FM2)."""

    kind: Literal["lower_is_better"] = "lower_is_better"
    item: Slug
    zero_at: Number | None = None
    """Value that earns nothing; default is twice the target."""
    strict: bool = False


class Count(Model):
    """Points in proportion to a count, capped at the target (FM3)."""

    kind: Literal["count"] = "count"
    item: Slug
    accepts: tuple[Slug, ...] = ()
    """Other items this scheme takes as equivalent."""
    related: tuple[Slug, ...] = ()
    """Items that look alike but are counted differently; alone they prove nothing."""


class Checklist(Model):
    """Points in proportion to the yes/no items met (FM4)."""

    kind: Literal["checklist"] = "checklist"
    items: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Tiered(Model):
    """Points by evidence level V0, V1, V2, V3 (FM9)."""

    kind: Literal["tiered"] = "tiered"
    item: Slug
    rates: TierRates = (Decimal(0), Decimal(40), Decimal(70), Decimal(100))
    """Percent of the points at each level."""


class Deduction(Model):
    """Points taken off per case, never below nothing (FM5)."""

    kind: Literal["deduction"] = "deduction"
    item: Slug
    each: Annotated[Number, Field(gt=0, le=100)]
    """Percent of the points lost per case."""
    cap: Percent = Decimal(100)
    """Most that can be lost, percent of the points."""
    to_zero: bool = False
    """One case loses everything."""


class Trend(Model):
    """This year against last year (FM6): improved full, equal half, worse nothing."""

    kind: Literal["trend"] = "trend"
    item: Slug
    improves: Literal["down", "up"]
    tolerance: Annotated[Number, Field(ge=0)] = Decimal(0)
    """Differences up to this size count as unchanged, in the item's unit, inclusive."""


class Deadline(Model):
    """Done on time full, within the grace days part, later or undated nothing (FM7)."""

    kind: Literal["deadline"] = "deadline"
    item: Slug
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    """The deadline: this day of the year after the period. The day itself is late."""
    grace_days: Annotated[int, Field(ge=0, le=366)] = 0
    grace_rate: Percent = Decimal(50)
    """Percent of the points within the grace days."""

    @model_validator(mode="after")
    def _day_of_every_year(self) -> Self:
        try:
            date(_COMMON_YEAR, self.month, self.day)
        except ValueError:
            raise ValueError(f"month {self.month} has no day {self.day} every year") from None
        return self

    def deadline(self, period_end: date) -> date:
        """Return the first day that is late for a period."""
        return date(period_end.year + 1, self.month, self.day)


class RankBand(Model):
    """Percent of the points for ranks up to `upto`, inclusive."""

    upto: Annotated[int, Field(ge=1)]
    rate: Percent


class Relative(Model):
    """Against a benchmark supplied with the submission, or by rank (FM8)."""

    kind: Literal["relative"] = "relative"
    item: Slug
    direction: Direction
    band: Annotated[Number, Field(ge=0)] = Decimal(0)
    """For `within_range`: full points up to this distance from the benchmark, inclusive."""
    zero_at_ratio: Annotated[Number, Field(gt=1)] = Decimal(2)
    """For `lower_is_better`: nothing at this multiple of the benchmark."""
    rank_table: tuple[RankBand, ...] = ()
    """Points by rank; empty when the item is not ranked."""


class Expert(Model):
    """A reviewer's score of 0–100 with a document; nothing is inferred from the text."""

    kind: Literal["expert"] = "expert"
    item: Slug


class Disclosure(Model):
    """Share of core indicators disclosed, computed by the engine (I7)."""

    kind: Literal["disclosure"] = "disclosure"
    item: Slug
    floor: Percent = Decimal(0)


Rule = Annotated[
    Proportional
    | LowerIsBetter
    | Count
    | Checklist
    | Tiered
    | Deduction
    | Trend
    | Deadline
    | Relative
    | Expert
    | Disclosure,
    Field(discriminator="kind"),
]


def items_of(rule: Rule) -> tuple[str, ...]:
    """Return every item a rule reads, the scored one first."""
    if isinstance(rule, Checklist):
        return rule.items
    if isinstance(rule, Count | Proportional):
        return (rule.item, *rule.accepts, *rule.related)
    return (rule.item,)
