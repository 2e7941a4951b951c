"""Walk a framework, call the rule kinds, build the result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from schemas.errors import AssessorError
from schemas.framework import Policy
from schemas.issue import Issue
from schemas.outcome import PolicyAction
from schemas.result import Assessment, UsedRules, WaitingLine
from schemas.submission import Answer, Review, Submission
from scoring.advice import gap_codes, next_grade
from scoring.grading import decide_grade
from scoring.judging import Bench, core_disclosure_rate, judge_all
from scoring.lines import build_indicators, build_nodes
from scoring.reviewing import decide
from scoring.ruler import Plan, Ruler
from scoring.totals import add_up, spread
from scoring.version import ENGINE
from scoring.wording import OWN_POINTS


def assess(  # noqa: PLR0913 - one call, everything that can make a result
    submission: Submission,
    ruler: Ruler,
    *,
    as_of: date | None = None,
    review: Review | None = None,
    issues: Iterable[Issue] = (),
    waiting: Iterable[WaitingLine] = (),
) -> Assessment:
    """Score one submission.

    Args:
        submission: the checked figures of one entity and year.
        ruler: the rules; the same ruler for everyone who is compared.
        as_of: day on which targets are judged; default is the last day of the period.
        review: a reviewer's vetoes, bonuses, confirmed claims and expert scores.
        issues: findings about the data, carried into the result unchanged.
        waiting: figures a person must accept first, carried into the result unchanged.

    Returns:
        The complete result. Equal inputs give equal results whatever their order.

    Raises:
        AssessorError: when an item is answered twice; intake reports such files before.
    """
    day = as_of or submission.period.end
    plan = ruler.plan(submission.entity, submission.period.end, day)
    policy = ruler.policy(plan.mode)
    decisions = decide(review, ruler.scheme, ruler.full_mark)
    answers = _by_item(submission.answers)
    benchmarks = {one.key: one.value for one in submission.benchmarks}
    judged = judge_all(plan, Bench(submission, answers, benchmarks, decisions, policy))
    zeroed = frozenset(line.indicator for line in decisions.vetoes if line.indicator)
    parts = spread(judged, ruler.full_mark, ruler.scheme.rounding, policy, zeroed)
    indicators = build_indicators(parts, answers, submission, ruler, decisions)
    totals = add_up(parts, indicators, ruler, decisions, core_disclosure_rate(judged))
    grade = decide_grade(totals, ruler.scheme, decisions.vetoes)
    found = tuple(sorted((_labelled(one, ruler) for one in issues), key=_issue_order))
    return Assessment(
        engine=ENGINE,
        rules=_used_rules(ruler, plan, policy),
        entity=submission.entity,
        level=submission.entity.level,
        period=submission.period,
        as_of=day,
        mode=plan.mode,
        mode_reasons=plan.mode_reasons,
        totals=totals,
        grade=grade,
        next_grade=next_grade(parts, indicators, totals, ruler),
        nodes=build_nodes(indicators, ruler),
        indicators=indicators,
        gaps=gap_codes(indicators),
        bonuses=decisions.bonuses,
        vetoes=decisions.vetoes,
        issues=found,
        waiting=tuple(waiting),
        sources=plan.sources,
        submission_sha256=digest_of(submission),
    )


def digest_of(submission: Submission) -> str:
    """Return the SHA-256 of a submission, the same whatever the order of its answers."""
    ordered = submission.model_copy(
        update={
            "answers": tuple(sorted(submission.answers, key=lambda one: one.item)),
            "benchmarks": tuple(sorted(submission.benchmarks, key=lambda one: one.key)),
            "attachments": tuple(sorted(submission.attachments, key=lambda one: one.name)),
            "self_scores": tuple(sorted(submission.self_scores, key=lambda one: one.code)),
        }
    )
    return hashlib.sha256(ordered.model_dump_json(by_alias=True).encode()).hexdigest()


def _by_item(answers: Iterable[Answer]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for answer in answers:
        if answer.item in found:
            raise AssessorError(f"指标项 {answer.item} 填报了两次，无法评分")
        found[answer.item] = answer
    return found


def _labelled(issue: Issue, ruler: Ruler) -> Issue:
    """Return a finding with the printed name of its item, which no reader knows by its id."""
    place, items = issue.location, ruler.rulebook.items
    if place.label or place.item not in items:
        return issue
    named = place.model_copy(update={"label": items[place.item].label})
    return issue.model_copy(update={"location": named})


def _issue_order(issue: Issue) -> tuple[str, str, str, str]:
    place = issue.location
    return (place.file, place.place, place.item, issue.code)


def _used_rules(ruler: Ruler, plan: Plan, policy: Policy) -> UsedRules:
    framework, scheme, weights = ruler.framework, ruler.scheme, ruler.weight_set
    actions: list[tuple[str, PolicyAction]] = [
        (row.outcome.value, row.action) for row in policy.outcomes
    ]
    actions += [(row.reason.value, row.action) for row in policy.reasons]
    used = {part.found.plan.id: part.found.plan for part in plan.parts if part.found is not None}
    return UsedRules(
        framework=framework.id,
        edition=framework.edition,
        framework_label=framework.label,
        framework_provenance=framework.provenance,
        weight_set=weights.id if weights is not None else "house",
        weight_label=weights.label if weights is not None else OWN_POINTS,
        weight_provenance=weights.provenance if weights is not None else framework.provenance,
        weight_note=weights.note if weights is not None else "",
        scheme=scheme.id,
        scheme_label=scheme.label,
        scheme_provenance=scheme.provenance,
        bands=tuple((band.grade, band.minimum) for band in scheme.bands),
        policy=policy.id,
        policy_label=policy.label,
        actions=tuple(actions),
        rounding_places=scheme.rounding.places,
        rounding_mode=scheme.rounding.mode,
        blend=ruler.blend.id,
        blend_label=ruler.blend.label,
        remediation_days=scheme.remediation_days,
        target_sets=tuple((one.id, one.label, one.provenance) for one in used.values()),
        ruler=ruler.digest,
    )
