"""All rules in memory: frameworks, weight sets, schemes, target sets, items, units, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from schemas.checks import CheckSet
from schemas.city import CityRules
from schemas.errors import UnknownRule
from schemas.framework import Framework, Scheme, WeightSet
from schemas.target import Item, Source, TargetSet, Unit

T = TypeVar("T")

HOUSE = "house"
"""Name of the weight set that keeps a framework's own points."""


@dataclass(frozen=True)
class Rulebook:
    """Every rule by its id; built by `scoring.library`, checked by `scoring.lint`."""

    units: Mapping[str, Unit]
    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    frameworks: Mapping[str, Framework]
    weight_sets: Mapping[str, WeightSet]
    schemes: Mapping[str, Scheme]
    target_sets: Mapping[str, TargetSet]
    checks: CheckSet
    city: CityRules = field(default_factory=CityRules)
    """How a city is ranked and asked; of several files the last, so that a user's stands."""

    def framework(self, framework_id: str) -> Framework:
        """Return a framework that can be scored.

        Raises:
            UnknownRule: when there is none of that id, or it is an outline without points.
        """
        found = _find(self.frameworks, framework_id, "指标体系")
        if found.status == "outline":
            raise UnknownRule(
                f"指标体系 {framework_id} 只登记了概貌（{found.note or '分值未公开'}），不能评分；"
                "持有正式分值的用户可按 docs/rules.md 写成规则文件，用 --rules 文件路径 载入"
            )
        return found

    def weight_set(self, weight_id: str, framework_id: str) -> WeightSet | None:
        """Return a weight set of a framework; None for the framework's own points.

        Raises:
            UnknownRule: when the framework has no weight set of that id.
        """
        if weight_id == HOUSE:
            return None
        mine = {k: w for k, w in self.weight_sets.items() if w.framework == framework_id}
        return _find(mine, weight_id, f"指标体系 {framework_id} 的权重方案", (HOUSE,))

    def scheme(self, scheme_id: str) -> Scheme:
        """Return a grading scheme."""
        return _find(self.schemes, scheme_id, "评分方案")

    def target_set(self, set_id: str) -> TargetSet:
        """Return the targets of a plan."""
        return _find(self.target_sets, set_id, "目标集")


def _find(known: Mapping[str, T], key: str, what: str, also: Iterable[str] = ()) -> T:
    if key in known:
        return known[key]
    choices = "、".join(sorted((*known, *also))) or "（无）"
    raise UnknownRule(f"没有{what}“{key}”；可用：{choices}")
