"""A ruler as text and back: an archive keeps the rules of every score it holds."""

from __future__ import annotations

import json

from schemas.checks import CheckSet
from schemas.errors import AssessorError
from schemas.framework import Blend, Framework, Scheme, WeightSet
from schemas.rules import items_of
from schemas.target import Item, Source, TargetSet, Unit
from scoring.rulebook import HOUSE, Rulebook
from scoring.ruler import Choice, Ruler, make_ruler


def ruler_content(ruler: Ruler) -> str:
    """Return everything a ruler is made of; equal rulers give equal texts."""
    book, weights = ruler.rulebook, ruler.weight_set
    used = {
        name
        for node in ruler.framework.nodes
        for part in (node.scored_parts if node.is_indicator else ())
        for name in items_of(part.rule)
    }
    used |= {target.item for plan in ruler.plans for target in plan.targets if target.item}
    content = {
        "framework": ruler.framework.model_dump(mode="json"),
        "scheme": ruler.scheme.model_dump(mode="json"),
        "weight_set": None if weights is None else weights.model_dump(mode="json"),
        "blend": ruler.blend.model_dump(mode="json"),
        "plans": [plan.model_dump(mode="json") for plan in ruler.plans],
        "items": [book.items[name].model_dump(mode="json") for name in sorted(used)],
        "units": [book.units[name].model_dump(mode="json") for name in sorted(book.units)],
        "sources": [book.sources[name].model_dump(mode="json") for name in sorted(book.sources)],
        "checks": book.checks.model_dump(mode="json"),
        "policy": ruler.policy_id,
        "chosen": sorted(ruler.chosen),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def ruler_from(text: str, digest: str) -> Ruler:
    """Rebuild a ruler from its text.

    Raises:
        AssessorError: when what is rebuilt is not the ruler of that digest.
    """
    content = json.loads(text)
    framework = Framework.model_validate(content["framework"])
    scheme = Scheme.model_validate(content["scheme"])
    weights = content["weight_set"]
    weight_set = None if weights is None else WeightSet.model_validate(weights)
    blend = Blend.model_validate(content["blend"])
    book = Rulebook(
        units={one["id"]: Unit.model_validate(one) for one in content["units"]},
        items={one["id"]: Item.model_validate(one) for one in content["items"]},
        sources={one["id"]: Source.model_validate(one) for one in content["sources"]},
        frameworks={framework.id: framework},
        weight_sets={} if weight_set is None else {weight_set.id: weight_set},
        schemes={scheme.id: scheme},
        target_sets={one["id"]: TargetSet.model_validate(one) for one in content["plans"]},
        checks=CheckSet.model_validate(content["checks"]),
    )
    choice = Choice(
        framework=framework.id,
        weights=HOUSE if weight_set is None else weight_set.id,
        targets=tuple(content["chosen"]),
        policy=content["policy"],
        blend=blend.id,
    )
    ruler = make_ruler(book, choice)
    if ruler.digest != digest:
        raise AssessorError(f"档案中的标尺 {digest[:16]} 不能由现在的程序还原，请先重新评分")
    return ruler
