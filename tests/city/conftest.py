"""Small cities whose points can be worked out on paper.

Every indicator is a percentage with floor 0 and target 100, so a value of 80 earns 80 percent of
its full points; `target` of an indicator changes the 100.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from schemas.base import Provenance
from schemas.checks import CheckSet
from schemas.framework import Framework, Scheme, WeightSet
from schemas.submission import Review, Submission
from schemas.target import Item, Source, TargetSet
from scoring import Choice, Rulebook, assess, make_ruler, shipped_rulebook

BANDS = (("优秀", "90"), ("良好", "80"), ("合格", "60"), ("不合格", "0"))
ACTIONS = ("zero", "rescale", "floor", "block")
CHECKED = date(2026, 11, 22)
OWN = {"provenance": "house", "source": "house"}


def policy_of(action):
    """Describe a policy that does one thing with everything unknown."""
    unknown = ("not_reported", "not_assessable", "pending_review")
    rows = [{"outcome": one, "action": action} for one in unknown]
    rows.append({"outcome": "not_applicable", "action": "rescale"})
    rows.append({"outcome": "not_due", "action": "progress"})
    return {"id": action, "label": action, "outcomes": rows}


def scheme_of(**changes) -> Scheme:
    """Build a scheme: silence counts nothing unless another policy is chosen."""
    alone = {"id": "report", "label": "报告", "weight": 100}
    mixed = [{"id": "report", "label": "报告", "weight": 80}]
    mixed.append({"id": "social", "label": "社会评议", "weight": 20})
    content = {
        "schema": "scheme/1",
        "id": "small",
        "label": "小方案",
        "rounding": {"places": 2, "mode": "half_up"},
        "bands": [{"grade": grade, "min": low} for grade, low in BANDS],
        "policies": [policy_of(action) for action in ACTIONS],
        "default_policy": {"binding": "zero", "reference": "zero"},
        "bonuses": [{"code": "P1", "label": "表扬", "rate": 2}],
        "bonus_cap": 3,
        "vetoes": [
            {"code": "V1", "label": "造假", "effect": "cap_grade", "cap": "合格"},
            {"code": "V2", "label": "未公开", "effect": "zero_indicator", "indicator": "A"},
        ],
        "blends": [
            {"id": "report-only", "label": "仅报告", "provenance": "house", "parts": [alone]},
            {"id": "mixed", "label": "八二", "provenance": "house", "parts": mixed},
        ],
        **OWN,
    }
    return Scheme.model_validate(content | changes)


def node_of(code, points, parts):
    """Describe an indicator of one part, or of several named a.1, a.2 ..."""
    name = code.lower()
    if parts == 1:
        return {"rule": {"kind": "proportional", "item": name, "floor": 0}, "points": points}
    rules = [
        {"rule": {"kind": "proportional", "item": f"{name}.{i + 1}", "floor": 0}}
        for i in range(parts)
    ]
    return {"parts": rules, "points": points}


def ruler_of(  # noqa: PLR0913 - one keyword per sort of rule
    points,
    *,
    targets=None,
    parts=None,
    scheme=None,
    edition="1",
    region="甲市",
    weight_sets=(),
    **choice,
):
    """Build a ruler over indicators given as {code: full points} under the groups X and Y."""
    parts, targets = parts or {}, targets or {}
    indicators = [
        {"code": code, "label": code, "parent": "X" if i % 2 == 0 else "Y"}
        | node_of(code, full, parts.get(code, 1))
        for i, (code, full) in enumerate(points.items())
    ]
    framework = Framework.model_validate(
        {
            "schema": "framework/1",
            "id": "small",
            "edition": edition,
            "label": "小体系",
            "checked_on": CHECKED,
            "status": "scorable",
            "full_mark": sum(points.values()),
            "scheme": "small",
            "nodes": [{"code": "X", "label": "X"}, {"code": "Y", "label": "Y"}, *indicators],
            **OWN,
        }
    )
    items = [
        part.rule.item
        for node in framework.nodes
        if node.is_indicator
        for part in node.scored_parts
    ]
    scheme = scheme or scheme_of()
    plan = plan_of({item: targets.get(item, 100) for item in items}, region)
    book = Rulebook(
        units=shipped_rulebook().units,
        items={name: Item(id=name, label=name, unit="percent", definition=name) for name in items},
        sources={"house": Source(id="house", title="自拟", provenance=Provenance.HOUSE)},
        frameworks={"small": framework},
        weight_sets={one.id: one for one in weight_sets},
        schemes={"small": scheme},
        target_sets={"plan": plan},
        checks=CheckSet(schema="checks/1", severities=()),
    )
    return make_ruler(book, Choice(framework="small", **choice))


def plan_of(targets, region):
    """Build a plan with one target per item; a target is a number or {first day: number}."""
    rows = []
    for item, wanted in targets.items():
        dated = wanted if isinstance(wanted, dict) else {"2021-01-01": wanted}
        values = [
            {"from": day, "value": value, "due_basis": "ongoing"} for day, value in dated.items()
        ]
        rows.append(
            {
                "id": f"T-{item}",
                "label": item,
                "item": item,
                "kind": "quantified",
                "comparator": ">=",
                "unit": "percent",
                "levels": ["county"],
                "clause": "第一条",
                "values": values,
            }
        )
    period = {"from": "2021-01-01", "to": "2030-12-31"}
    return TargetSet.model_validate(
        {
            "schema": "target-set/1",
            "id": "plan",
            "label": "规划",
            "checked_on": CHECKED,
            "region": region,
            "level": "city",
            "period": period,
            "targets": rows,
            **OWN,
        }
    )


def weights_of(**weights) -> WeightSet:
    """Build the weight set `other` over the groups."""
    return WeightSet.model_validate(
        {
            "schema": "weight-set/1",
            "id": "other",
            "framework": "small",
            "label": "另一套",
            "checked_on": CHECKED,
            "weights": [{"code": code, "weight": weight} for code, weight in weights.items()],
            **OWN,
        }
    )


def submission_of(name, values, *, year=2025, city="甲市") -> Submission:
    """Build a county's submission from {item: value or answer fields}; None is silence."""
    answers = [
        {"item": item} | (given if isinstance(given, dict) else {"value": given})
        for item, given in values.items()
        if given is not None
    ]
    return Submission.model_validate(
        {
            "schema": "submission/1",
            "entity": {"name": name, "level": "county", "regions": [name, city]},
            "period": {"from": date(year, 1, 1), "to": date(year, 12, 31)},
            "answers": answers,
        }
    )


def review_of(name, *entries, year=2025) -> Review:
    """Build a review from (kind, code) or (kind, code, score)."""
    rows = [
        {
            "kind": entry[0],
            "code": entry[1],
            "score": entry[2] if len(entry) > 2 else None,
            "document": "意见",
            "author": "组",
            "decided_on": "2026-02-01",
            "reason": "核实",
        }
        for entry in entries
    ]
    period = {"from": date(year, 1, 1), "to": date(year, 12, 31)}
    return Review.model_validate(
        {"schema": "review/1", "entity": name, "period": period, "entries": rows}
    )


def city_of(ruler, **values):
    """Assess one county per keyword, under one ruler."""
    return [assess(submission_of(name, given), ruler) for name, given in values.items()]


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Return every builder of this module by name."""
    names = "policy_of scheme_of ruler_of plan_of weights_of submission_of review_of city_of"
    return SimpleNamespace(**{name: globals()[name] for name in names.split()})
