"""From a plan's parts and the answers to one verdict per part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from schemas.framework import Policy
from schemas.outcome import Outcome
from schemas.result import TargetInForce
from schemas.submission import Answer, Submission
from scoring import wording
from scoring.case import INAPPLICABLE, Case, Verdict
from scoring.kinds import KINDS
from scoring.reviewing import Decisions
from scoring.rounding import percent_of
from scoring.ruler import PartPlan, Plan

_ZERO = Decimal(0)


class Judged(NamedTuple):
    """A part, the target it was held against, and what its rule found."""

    plan: PartPlan
    target: TargetInForce | None
    verdict: Verdict


class Bench(NamedTuple):
    """Everything a rule may look at besides its own part."""

    submission: Submission
    answers: Mapping[str, Answer]
    benchmarks: Mapping[str, Decimal]
    decisions: Decisions
    policy: Policy


def judge_all(plan: Plan, bench: Bench) -> list[Judged]:
    """Judge every part in framework order.

    The core disclosure rate is known only when all other parts are judged, so its own part
    is judged last and put back in its place.
    """
    early = {
        index: _judge(part, bench, _ZERO)
        for index, part in enumerate(plan.parts)
        if part.part.rule.kind != "disclosure"
    }
    rate = core_disclosure_rate(early.values())
    return [
        early[index] if index in early else _judge(part, bench, rate)
        for index, part in enumerate(plan.parts)
    ]


def core_disclosure_rate(judged: Iterable[Judged]) -> Decimal:
    """Return core indicators with anything disclosed, in percent of those applicable.

    A framework that names no core is judged by all of its indicators.
    """
    core: dict[str, bool] = {}
    others: dict[str, bool] = {}
    for one in judged:
        if one.verdict.outcome is Outcome.NOT_APPLICABLE:
            continue
        code = one.plan.indicator.code
        group = core if one.plan.indicator.core else others
        group[code] = group.get(code, False) or one.verdict.disclosed > 0
    core = core or others
    return percent_of(Decimal(sum(core.values())), Decimal(len(core)))


def _judge(part: PartPlan, bench: Bench, core_rate: Decimal) -> Judged:
    if not part.applies:
        return Judged(part, part.target, INAPPLICABLE)
    target = _with_benchmark(part, bench.benchmarks)
    rule = part.part.rule
    case = Case(
        rule,
        bench.answers,
        target,
        bench.submission.period.end,
        part.is_rate,
        bench.policy.claim_rate,
        bench.decisions.confirmed,
        bench.benchmarks,
        bench.decisions.expert_scores,
        core_rate,
    )
    return Judged(part, target, KINDS[rule.kind](case))


def _with_benchmark(part: PartPlan, benchmarks: Mapping[str, Decimal]) -> TargetInForce | None:
    """Fill in a relative target's value from the benchmark supplied with the submission."""
    if part.target is None or part.found is None or not part.benchmark:
        return part.target
    value = benchmarks.get(part.benchmark)
    words = f"不高于基准值（{wording.plain(value)}{part.unit}）" if value is not None else None
    return part.target.model_copy(update={"value": value, "words": words or part.target.words})
