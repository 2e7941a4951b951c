"""Builders of small rules and submissions, and the shipped rules, for the scoring tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from schemas.base import Provenance
from schemas.checks import CheckSet
from schemas.framework import Framework, Policy, Scheme
from schemas.rules import items_of
from schemas.submission import Review, Submission
from schemas.target import Item, Source, TargetSet
from scoring import Choice, Rulebook, assess, make_ruler, shipped_rulebook

UNIT_OF_KIND = {
    "count": "unit-count",
    "checklist": "yes-no",
    "tiered": "tier",
    "deduction": "case",
    "deadline": "day",
    "expert": "point",
}
BANDS = (("优秀", "90"), ("良好", "80"), ("合格", "60"), ("不合格", "0"))
UNKNOWN = ("not_reported", "not_assessable", "pending_review")
REPORT_ONLY = {
    "id": "report-only",
    "label": "仅报告得分",
    "provenance": "house",
    "parts": [{"id": "report", "label": "报告", "weight": 100}],
}


def policy_of(
    name="zero", *, action="zero", not_applicable="rescale", not_due="progress", **extra
) -> dict:
    """Describe a policy that does one thing with everything unknown."""
    rules = [{"outcome": one, "action": action} for one in UNKNOWN]
    rules.append({"outcome": "not_applicable", "action": not_applicable})
    rules.append({"outcome": "not_due", "action": not_due})
    return {"id": name, "label": name, "outcomes": rules, **extra}


def scheme_of(**changes) -> Scheme:
    """Build a scheme: zero policy, 90/80/60 without a disclosure floor, cents half up."""
    content = {
        "schema": "scheme/1",
        "id": "small",
        "label": "小方案",
        "provenance": "house",
        "source": "house",
        "rounding": {"places": 2, "mode": "half_up"},
        "bands": [{"grade": grade, "min": low} for grade, low in BANDS],
        "policies": [policy_of()],
        "default_policy": {"binding": "zero", "reference": "zero"},
        "blends": [REPORT_ONLY],
    } | changes
    return Scheme.model_validate(content)


def framework_of(indicators, *, full_mark=None) -> Framework:
    """Build a framework from indicators; every one hangs under X unless it names a parent."""
    nodes = [{"label": one["code"], "parent": "X"} | one for one in indicators]
    groups = dict.fromkeys(str(one["parent"]) for one in nodes)
    full = sum(one["points"] for one in indicators) if full_mark is None else full_mark
    return Framework.model_validate(
        {
            "schema": "framework/1",
            "id": "small",
            "edition": "1",
            "label": "小体系",
            "provenance": "house",
            "source": "house",
            "checked_on": date(2026, 11, 22),
            "status": "scorable",
            "full_mark": full,
            "scheme": "small",
            "nodes": [*({"code": group, "label": group} for group in groups), *nodes],
        }
    )


def plan_of(targets, *, region="甲县", level="county", plan_id="plan", years=(2021, 2025)):
    """Build a plan; a target is a dict of item, comparator, value and optional due day."""
    rows = [_target(f"T{i}", one, level, years) for i, one in enumerate(targets, 1)]
    return TargetSet.model_validate(
        {
            "schema": "target-set/1",
            "id": plan_id,
            "label": plan_id,
            "source": "house",
            "provenance": "house",
            "checked_on": date(2026, 11, 22),
            "region": region,
            "level": level,
            "period": {"from": date(years[0], 1, 1), "to": date(years[1], 12, 31)},
            "targets": rows,
        }
    )


def _target(code, given, level, years):
    value = {
        "from": given.get("from", date(years[0], 1, 1)),
        "value": given.get("value"),
        "due": given.get("due"),
        "due_basis": "stated" if given.get("due") else "ongoing",
    }
    return {
        "id": given.get("id", code),
        "label": given["item"],
        "item": given["item"],
        "kind": given.get("kind", "quantified"),
        "comparator": given.get("comparator", ">="),
        "unit": given.get("unit", "percent"),
        "levels": given.get("levels", [level]),
        "clause": "第一条",
        "benchmark": given.get("benchmark", ""),
        "values": given.get("values", [value]),
    }


def ruler_of(  # noqa: PLR0913 - one keyword per sort of rule
    indicators, *, targets=(), plans=None, scheme=None, units=None, chosen=(), weights=(), **choice
):
    """Build a ruler over indicators; item units follow the rule kind unless `units` says."""
    framework = framework_of(indicators)
    scheme = scheme or scheme_of()
    of_item = {}
    for node in framework.nodes:
        for part in node.scored_parts if node.is_indicator else ():
            for name in items_of(part.rule):
                of_item[name] = UNIT_OF_KIND.get(part.rule.kind, "percent")
    of_item |= units or {}
    if plans is None:
        plans = [plan_of(targets)] if targets else []
    book = Rulebook(
        units=shipped_rulebook().units,
        items={
            name: Item(id=name, label=name, unit=unit, definition=name)
            for name, unit in of_item.items()
        },
        sources={"house": Source(id="house", title="自拟", provenance=Provenance.HOUSE)},
        frameworks={framework.id: framework},
        weight_sets={one.id: one for one in weights},
        schemes={scheme.id: scheme},
        target_sets={plan.id: plan for plan in plans},
        checks=CheckSet(schema="checks/1", severities=()),
    )
    return make_ruler(book, Choice(framework="small", targets=tuple(chosen), **choice))


def submission_of(answers=None, *, name="甲县", level="county", year=2025, **more) -> Submission:
    """Build a submission; an answer is a plain value or a dict of its fields."""
    rows = more.pop("answers_list", None) or [
        {"item": item} | (given if isinstance(given, dict) else {"value": given})
        for item, given in (answers or {}).items()
    ]
    regions = more.pop("regions", [name])
    return Submission.model_validate(
        {
            "schema": "submission/1",
            "entity": {"name": name, "level": level, "regions": regions},
            "period": {"from": date(year, 1, 1), "to": date(year, 12, 31)},
            "answers": rows,
        }
        | more
    )


def review_of(*entries, name="甲县", year=2025) -> Review:
    """Build a review from dicts of kind, code and score."""
    rows = [
        {"document": "评审意见", "author": "评审组", "reason": "核实", "decided_on": "2026-02-01"}
        | entry
        for entry in entries
    ]
    return Review.model_validate(
        {
            "schema": "review/1",
            "entity": name,
            "period": {"from": date(year, 1, 1), "to": date(year, 12, 31)},
            "entries": rows,
        }
    )


def score(ruler, answers=None, *, review=None, as_of=None, issues=(), **more):
    """Assess answers under a ruler; `review` is a list of entries."""
    built = review_of(*review) if review else None
    return assess(submission_of(answers, **more), ruler, review=built, as_of=as_of, issues=issues)


def line_of(result, code):
    """Return an indicator's line."""
    return next(one for one in result.indicators if one.code == code)


def experts_of(*points):
    """Return expert-scored indicators E1, E2, ... on items e1, e2, ..."""
    return [
        {"code": f"E{i}", "points": full, "rule": {"kind": "expert", "item": f"e{i}"}}
        for i, full in enumerate(points, 1)
    ]


def expert_entries(*scores):
    """Return a review's expert scores for items e1, e2, ...; None leaves one out."""
    return [
        {"kind": "expert_score", "code": f"e{i}", "score": given}
        for i, given in enumerate(scores, 1)
        if given is not None
    ]


def shipped_ruler(*targets, keep_all=False, framework="house-59", **choice):
    """Return a ruler of the shipped rules; `keep_all` lets nothing leave the total."""
    book = shipped_rulebook()
    if keep_all:
        standard = book.schemes["standard"]
        keep = Policy.model_validate(policy_of("keep", not_applicable="zero"))
        changed = standard.model_copy(update={"policies": (*standard.policies, keep)})
        book = replace(book, schemes={**book.schemes, "standard": changed})
        choice["policy"] = "keep"
    return make_ruler(book, Choice(framework=framework, targets=targets, **choice))


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Return every builder of this module by name."""
    names = (
        "policy_of scheme_of framework_of plan_of ruler_of submission_of review_of score "
        "line_of experts_of expert_entries shipped_ruler"
    )
    return SimpleNamespace(**{name: globals()[name] for name in names.split()})
