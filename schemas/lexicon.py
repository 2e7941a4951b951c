"""The dictionary of data items as data: names, units and context of every quantity."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Model, Slug, Text

Pattern = Annotated[str, Field(min_length=1, max_length=400)]


class Topic(Model):
    """A subject that bare verbs take up: 受理 after 行政复议 is 行政复议受理数."""

    id: Slug
    pattern: Pattern
    late: bool = False
    """A sentence may name it behind the number it rules: 和解12件,…均经行政复议化解."""


class Entry(Model):
    """How reports name one quantity."""

    id: Slug
    label: Text
    item: Slug | None = None
    """Scored item it feeds, null when it serves none."""
    role: Literal["value", "numerator", "denominator"] = "value"
    topic: Slug | None = None
    """The nearest topic must be this one."""
    heads: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    """Patterns that name it, searched before the number in its clause."""
    after: tuple[Pattern, ...] = ()
    """Patterns that may follow number and unit; default: the heads."""
    units: Annotated[tuple[str, ...], Field(min_length=1)]
    """Unit classes it is counted in."""
    forbid: tuple[Pattern, ...] = ()
    """Found in the same clause, they rule it out."""
    need: tuple[Pattern, ...] = ()
    """Each must stand in the same sentence."""
    need_before: tuple[Pattern, ...] = ()
    """Each must stand in the same sentence, before the number."""
    zero: tuple[Pattern, ...] = ()
    """What a statement says there was none of: 未发生…, 无…, 零…."""
    companions: tuple[Slug, ...] = ()
    """Entries that count events; a bare number of people behind one of them means this entry."""
    share: Slug | None = None
    """The rate that its share of all is: 调解和解22件,占审结的20% gives 行政复议调解率."""
    told_by_kind: Literal["whole", "part"] | None = None
    """`whole`: reports tell it by kind afterwards (收到申请153件…处罚类84件); `part`: it is such a
    kind itself where a share is printed (以部门为被申请人的140件,占92%)."""
    aspects: bool = False
    """Counts into how many fields a matter is divided: 在6个方面削权放权."""
    stock: bool = False
    """A stock by nature, not this year's flow."""
    distractor: bool = False
    """Known only so that its numbers are given to no other entry."""
    paired: bool = False
    """Means something only beside another figure of its item: a part alone proves no rate."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return every pattern of the entry."""
        return (
            *self.heads,
            *self.after,
            *self.forbid,
            *self.need,
            *self.need_before,
            *self.zero,
        )
