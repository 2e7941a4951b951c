"""A report of the plan's last year stays bound by the plan when it is judged the spring after."""

from __future__ import annotations

from datetime import date

from schemas import Entity, Level
from scoring import Choice, make_ruler, shipped_rulebook


def test_report_of_last_plan_year_judged_next_spring_stays_binding():
    ruler = make_ruler(shipped_rulebook(), Choice())
    entity = Entity(name="嘉善县", level=Level.COUNTY, regions=("嘉善县",))

    plan = ruler.plan(entity, date(2025, 12, 31), date(2026, 3, 1))

    assert plan.mode == "binding"
    assert any(p.found and p.found.plan.id == "jiashan-2021-2025" for p in plan.parts)


def test_report_after_the_plan_is_no_longer_bound():
    ruler = make_ruler(shipped_rulebook(), Choice())
    entity = Entity(name="嘉善县", level=Level.COUNTY, regions=("嘉善县",))

    plan = ruler.plan(entity, date(2026, 12, 31), date(2026, 12, 31))

    assert plan.mode == "reference"
