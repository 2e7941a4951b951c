"""What one entity files for one year."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.base import AnswerValue, Day, Level, Model, Number, Percent, Points, Slug, Text

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class EvidenceLevel(StrEnum):
    """How much stands behind an answer."""

    V0 = "V0"
    """Not mentioned."""
    V1 = "V1"
    """Asserted."""
    V2 = "V2"
    """A named measure or document."""
    V3 = "V3"
    """A number or a fact that can be checked."""


class Entity(Model):
    """The assessed unit."""

    name: Name
    level: Level
    regions: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Its region and those above it, lowest first: 新昌县, 绍兴市, 浙江省."""


class Period(Model):
    """The reporting year, both days inclusive."""

    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("period ends before it starts")
        return self


class EvidenceClass(StrEnum):
    """How sure a quote is that was read in a published report."""

    ACCEPTED = "accepted"
    """A figure: unique, same clause, unit fits, no flag, all checks passed."""
    REVIEW = "review"
    """A figure a person has to look at."""
    PREVIOUS = "previous"
    """Last year's figure, taken to compare with and for nothing else."""
    STATEMENT = "statement"
    """Words that say a measure was taken; the evidence level says how much stands behind them."""
    CLAIM = "claim"
    """Words that claim full coverage."""
    WEAKNESS = "weakness"
    """The report's own word that something is wanting."""


class Evidence(Model):
    """One piece of proof."""

    quote: str = ""
    """Words of the report, or a summary of them."""
    document: str = ""
    locator: str = ""
    """Page, section, cell or line."""
    url: str = ""
    dated: Day | None = None
    confidence: EvidenceClass | None = None
    """Only for quotes the product read in a report itself."""
    focus: str = ""
    """What the quote was taken for: a figure as printed with its bound (`1398万余件`) or a subject.
    """


class Answer(Model):
    """What is reported for one item."""

    item: Slug
    value: AnswerValue = None
    """Number in the item's unit, yes/no, day, or evidence level 0–3 for tiered items."""
    numerator: Points | None = None
    denominator: Points | None = None
    previous: Number | None = None
    """Last year's value, same unit and definition."""
    rank: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """Rank among peers, 1 is best."""
    unit: str = ""
    """Unit as written; must be the item's."""
    scope: str = ""
    """Whom the figure covers: 全市, 市本级 …"""
    evidence_level: EvidenceLevel | None = None
    """Default: V3 for a figure, V2 for a claim, V0 for nothing."""
    is_claim: bool = False
    """A claim of full coverage (全覆盖) with no figure behind it."""
    is_approximate: bool = False
    """A hedged figure: 余, 近, 超."""
    is_weakness: bool = False
    """The report itself says the matter is unsolved."""
    not_applicable_because: str = ""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Benchmark(Model):
    """A yardstick from outside the entity, e.g. last year's city mean."""

    key: Slug
    value: Number
    source: Text


class Attachment(Model):
    """A file filed with the submission."""

    name: Name
    sha256: Sha256 | None = None


class SelfScore(Model):
    """The entity's own score of one indicator, or of the whole with code `total`."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.\-]{1,32}$")]
    points: Points


class Contact(Model):
    """Who answers questions; never printed on a scorecard."""

    name: str = ""
    office: str = ""
    phone: str = ""


class TemplateStamp(Model):
    """Which fill-in workbook the submission was typed into."""

    id: Slug
    version: Text


class Submission(Model):
    """One entity's figures for one year."""

    schema_name: Annotated[Literal["submission/1"], Field(alias="schema")]
    entity: Entity
    period: Period
    template: TemplateStamp | None = None
    answers: tuple[Answer, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    self_scores: tuple[SelfScore, ...] = ()
    contact: Contact | None = None
    note: str = ""


class ReviewEntry(Model):
    """One decision of a reviewer; nothing of this kind is ever inferred."""

    kind: Literal["veto", "bonus", "confirm_claim", "expert_score", "outside_score"]
    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.\-]{1,80}$")]
    """Veto or bonus code, item of the claim or score, or blend part."""
    score: Percent | None = None
    """0–100, for expert and outside scores."""
    document: Text
    """The paper that proves it; an entry without one does not load."""
    author: Text
    decided_on: Day
    reason: Text


class Review(Model):
    """A reviewer's entries for one entity and year."""

    schema_name: Annotated[Literal["review/1"], Field(alias="schema")]
    entity: Name
    period: Period
    entries: Annotated[tuple[ReviewEntry, ...], Field(min_length=1)]
