"""Where a number stands, as far as its standing is told by it."""

from __future__ import annotations

from typing import NamedTuple

from schemas.base import Level
from schemas.reading import SectionRole


class Context(NamedTuple):
    """Where a number stands; all texts are normalised and end or begin at the number."""

    before: str
    """Its clause up to the number, closed parentheses left out."""
    sentence: str
    """Its sentence up to the number."""
    after: str
    """Its clause behind number and unit."""
    unit: str
    role: SectionRole
    is_plan: bool
    """The whole document is a plan."""
    in_parenthesis: bool
    hedge: str = ""
    """Words directly before the number that bound it: 不少于, 至少."""
    is_rank: bool = False
    names_change: bool = False
    """The quantity itself is a change (审批提速率), so its size is a level."""


class Owner(NamedTuple):
    """Whose report it is."""

    level: Level | None
    name: str = ""
    """Empty where it is not known."""
