"""Every fault of the rule files at once, each with its file and line."""

from __future__ import annotations

from schemas.errors import RuleFault, RuleFileError
from scoring.library import Library, build_rulebook
from scoring.lint.frameworks import framework_faults, weight_faults
from scoring.lint.references import check_faults, identity_faults
from scoring.lint.schemes import scheme_faults
from scoring.lint.targets import item_faults, target_faults
from scoring.rulebook import Rulebook

FAULT_CODES = (
    "unreadable", "syntax", "duplicate-key", "alias", "tag", "key", "too-deep", "schema", "field",
    "weight", "missing-source", "duplicate-id", "unknown-reference", "sum", "empty-group", "cycle",
    "wrong-side", "unit-mismatch", "date-order", "band-gap", "band-overlap", "policy",
)  # fmt: skip
"""Stable codes of rule faults; docs/rules.md says what each means."""


def lint_library(library: Library) -> tuple[RuleFault, ...]:
    """Return all faults, sorted by file and line; empty when the rules are sound."""
    faults = [
        *library.faults,
        *identity_faults(library),
        *item_faults(library),
        *target_faults(library),
        *framework_faults(library),
        *weight_faults(library),
        *scheme_faults(library),
        *check_faults(library),
    ]
    return tuple(sorted(set(faults)))


def checked_rulebook(library: Library) -> Rulebook:
    """Link a library after linting it; for rules a user brings along.

    Raises:
        RuleFileError: with every fault.
    """
    faults = lint_library(library)
    if faults:
        raise RuleFileError(faults)
    return build_rulebook(library)


__all__ = ["FAULT_CODES", "checked_rulebook", "lint_library"]
