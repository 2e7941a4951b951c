"""Outcomes of one scored rule, why they arose, and what may be done with them."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What assessment found. Silence is never failure."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_REPORTED = "not_reported"
    NOT_ASSESSABLE = "not_assessable"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"
    PENDING_REVIEW = "pending_review"

    @property
    def is_scored(self) -> bool:
        """Whether the submitted value itself yields points."""
        return self in _SCORED

    @property
    def is_unknown(self) -> bool:
        """Whether the true result lies anywhere between nothing and full points."""
        return self in _UNKNOWN


_SCORED = frozenset((Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_DUE))
_UNKNOWN = frozenset((Outcome.NOT_REPORTED, Outcome.NOT_ASSESSABLE, Outcome.PENDING_REVIEW))


class Reason(StrEnum):
    """Machine-readable cause of an outcome; words live in `assessor.messages`."""

    TARGET_REACHED = "target_reached"
    SHORT_OF_TARGET = "short_of_target"
    BEYOND_LIMIT = "beyond_limit"
    STRICT_BOUND = "strict_bound"
    """The value equals a limit that must be undercut (`低于` is strict)."""
    BEFORE_DEADLINE = "before_deadline"
    SILENT = "silent"
    """Nothing was reported."""
    STATEMENT_ONLY = "statement_only"
    """Words, but no figure and no clear yes or no."""
    ADMITTED_WEAKNESS = "admitted_weakness"
    """No figure, but the report itself says the matter is unsolved."""
    NO_DENOMINATOR = "no_denominator"
    NO_PREVIOUS = "no_previous"
    NO_BENCHMARK = "no_benchmark"
    NO_TARGET = "no_target"
    NOT_EQUIVALENT = "not_equivalent"
    """What was reported is related to the item, yet counted differently."""
    CLAIM_UNCONFIRMED = "claim_unconfirmed"
    """A claim of full coverage without figures; counts at a factor until confirmed."""
    LEVEL = "level"
    """The indicator does not apply to entities of this level."""
    DECLARED = "declared"
    """The entity declared the item not applicable and gave a cause."""
    AWAITING_EXPERT = "awaiting_expert"
    CHECKLIST = "checklist"
    TIER = "tier"
    DEDUCTED = "deducted"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    ON_TIME = "on_time"
    LATE = "late"
    COUNTED = "counted"
    EXPERT = "expert"
    COMPOSITE = "composite"
    """The indicator has several parts; see each of them."""


class PolicyAction(StrEnum):
    """What an outcome without its own points does to the total."""

    ZERO = "zero"
    """Counts 0 of its full points."""
    RESCALE = "rescale"
    """Leaves the total; its weight is spread over the rest."""
    FLOOR = "floor"
    """Counts a fixed percentage of its points."""
    BLOCK = "block"
    """No total is given until it is settled."""
    PROGRESS = "progress"
    """Counts the points its value earns by formula (for targets not due yet)."""
