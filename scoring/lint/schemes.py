"""Schemes: grade bands, policies, vetoes, bonuses and blends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from schemas.errors import RuleFault
from schemas.framework import Framework, Scheme
from schemas.outcome import Outcome, PolicyAction
from schemas.target import Source
from scoring.library import Library, RuleFile
from scoring.lint.references import known_ids, unknown

_HUNDRED = Decimal(100)
_MODES: tuple[Literal["binding", "reference"], ...] = ("binding", "reference")
_NEEDED = (
    Outcome.NOT_REPORTED,
    Outcome.NOT_ASSESSABLE,
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_DUE,
    Outcome.PENDING_REVIEW,
)
"""Outcomes every policy must settle."""


def scheme_faults(library: Library) -> Iterator[RuleFault]:
    """Yield faults of every scheme."""
    sources = known_ids(library, Source)
    for file, scheme in library.models(Scheme):
        if scheme.source not in sources:
            yield unknown(file, "source", scheme.source, sources, "source")
        codes = {
            node.code
            for _, framework in library.models(Framework)
            if framework.scheme == scheme.id
            for node in framework.nodes
        }
        yield from _bands(file, scheme)
        yield from _policies(file, scheme)
        yield from _vetoes(file, scheme, codes)
        yield from _blends(file, scheme)


def _bands(file: RuleFile, scheme: Scheme) -> Iterator[RuleFault]:
    bands = scheme.bands
    for index in range(1, len(bands)):
        if bands[index].minimum >= bands[index - 1].minimum:
            message = (
                f"{bands[index].grade!r} begins at {bands[index].minimum}, "
                f"not below {bands[index - 1].grade!r} at {bands[index - 1].minimum}"
            )
            yield file.fault("band-overlap", message, "bands", index)
    if bands[-1].minimum != 0:
        message = f"nothing below {bands[-1].minimum}: the last band must begin at 0"
        yield file.fault("band-gap", message, "bands", len(bands) - 1)
    names = [band.grade for band in bands]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield file.fault("duplicate-id", f"grade {name!r} stands twice", "bands", index)


def _policies(file: RuleFile, scheme: Scheme) -> Iterator[RuleFault]:
    names = [policy.id for policy in scheme.policies]
    for mode in _MODES:
        name = scheme.default_policy.get(mode)
        if name is None:
            yield file.fault("policy", f"no default policy for {mode!r}", "default_policy")
        elif name not in names:
            yield unknown(file, "policy", name, names, "default_policy", mode)
    for index, policy in enumerate(scheme.policies):
        settled = [row.outcome for row in policy.outcomes]
        for outcome in _NEEDED:
            if settled.count(outcome) != 1:
                message = f"policy {policy.id!r} must settle {outcome.value} exactly once"
                yield file.fault("policy", message, "policies", index, "outcomes")
        for number, row in enumerate(policy.outcomes):
            progress = row.action is PolicyAction.PROGRESS
            if row.outcome not in _NEEDED or (progress and row.outcome is not Outcome.NOT_DUE):
                message = f"{row.action.value!r} makes no sense for {row.outcome.value}"
                yield file.fault("policy", message, "policies", index, "outcomes", number)


def _vetoes(file: RuleFile, scheme: Scheme, codes: set[str]) -> Iterator[RuleFault]:
    grades = {band.grade for band in scheme.bands}
    for index, veto in enumerate(scheme.vetoes):
        path = ("vetoes", index)
        if veto.effect == "cap_grade" and veto.cap not in grades:
            yield unknown(file, "grade", veto.cap, grades, *path, "cap")
        if veto.effect == "zero_indicator" and veto.indicator not in codes:
            yield unknown(file, "indicator", str(veto.indicator), codes, *path, "indicator")
    seen: set[str] = set()
    codes_of = {
        "vetoes": [veto.code for veto in scheme.vetoes],
        "bonuses": [bonus.code for bonus in scheme.bonuses],
    }
    for group, found in codes_of.items():
        for index, code in enumerate(found):
            if code in seen:
                yield file.fault("duplicate-id", f"code {code!r} stands twice", group, index)
            seen.add(code)


def _blends(file: RuleFile, scheme: Scheme) -> Iterator[RuleFault]:
    if "report-only" not in {blend.id for blend in scheme.blends}:
        yield file.fault("unknown-reference", "a blend 'report-only' is needed", "blends")
    for index, blend in enumerate(scheme.blends):
        total = sum((part.weight for part in blend.parts), Decimal(0))
        if total != _HUNDRED:
            yield file.fault("sum", f"the parts of {blend.id!r} sum to {total}", "blends", index)
        if "report" not in {part.id for part in blend.parts}:
            message = f"blend {blend.id!r} has no part 'report'"
            yield file.fault("unknown-reference", message, "blends", index)
