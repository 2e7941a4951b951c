"""Data checks of submissions: severities and relations between items, kept as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Model, Slug, Text
from schemas.issue import IssueCode, Severity


class CodeSeverity(Model):
    """How grave an issue code is."""

    code: IssueCode
    severity: Severity


class SumCheck(Model):
    """The parts must add up to the whole when all of them are given."""

    whole: Slug
    parts: Annotated[tuple[Slug, ...], Field(min_length=2)]
    why: Text


class AtLeastCheck(Model):
    """One item can never be smaller than another: cumulative and yearly, all and some."""

    larger: Slug
    smaller: Slug
    why: Text


class CheckSet(Model):
    """All checks of submissions."""

    schema_name: Annotated[Literal["checks/1"], Field(alias="schema")]
    severities: tuple[CodeSeverity, ...]
    sums: tuple[SumCheck, ...] = ()
    at_least: tuple[AtLeastCheck, ...] = ()
