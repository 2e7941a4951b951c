"""The day before, on and after every dated value and due day of all shipped target sets."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import scoring
from schemas.errors import NoValueInForce
from schemas.outcome import Outcome, Reason
from scoring import shipped_rulebook
from scoring.resolve import is_due, value_in_force
from scoring.yaml_strict import parse_yaml

DAY = timedelta(days=1)
FOLDER = Path(scoring.__file__).parent / "targets"
GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "targets.jsonl"
LAST_DAY_OF_2022, LAST_DAY_OF_2023 = date(2022, 12, 31), date(2023, 12, 31)
LAST_DAY_OF_2025 = date(2025, 12, 31)
MILESTONES = {
    "2022 (milestone)": LAST_DAY_OF_2022,
    "2022年年底 (milestone)": LAST_DAY_OF_2022,
    "2023年年底前 (milestone)": LAST_DAY_OF_2023,
    "2023年前 (milestone)": LAST_DAY_OF_2023,
}

COMPARATORS = {
    ">=": ">=",
    "<=": "<=",
    "<": "<",
    "=": "=",
    "= 0": "zero",
    "count >=": "count",
    "count >= (per 区县)": "count",
    "down": "decline",
    "down (yoy)": "decline",
    "up (yoy, relative)": "growth",
    "exists": "exists",
    "exists / date": "exists",
    "exists / rate": "exists",
    "<= (relative)": "relative<=",
    "rank (undefined)": "rank",
}
NUMBERED = (">=", "<=", "<", "=", "zero", "count")
OTHERWISE_SAID = {"JS29": ">=", "JS36": "count"}
"""Hours are measured, not counted; five kinds of lists are a count."""


def written():
    """Read the files as they are written, past the models."""
    rows = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = parse_yaml(path.read_text(encoding="utf-8")).value
        rows += [
            pytest.param(content["id"], target, id=target["id"]) for target in content["targets"]
        ]
    return rows


def target_of(set_id, target_id):
    plan = shipped_rulebook().target_sets[set_id]
    return next(one for one in plan.targets if one.id == target_id)


@pytest.mark.parametrize(("set_id", "row"), written())
def test_value_changes_on_its_first_day_and_not_before(set_id, row):
    target = target_of(set_id, row["id"])
    before = None
    for value in row["values"]:
        first = value["from"]
        if before is None:
            with pytest.raises(NoValueInForce, match=row["id"]):
                value_in_force(target, first - DAY)
        else:
            assert value_in_force(target, first - DAY).value == before["value"]
        on, after = value_in_force(target, first), value_in_force(target, first + DAY)

        assert on.value == after.value == value["value"]
        assert on.effective_from == first
        before = value


@pytest.mark.parametrize(("set_id", "row"), written())
def test_pass_or_fail_is_judged_from_the_due_day_on(set_id, row):
    target = target_of(set_id, row["id"])
    for value, dated in zip(row["values"], target.values, strict=True):
        due = value.get("due")
        if due is None:
            assert is_due(dated, value["from"])
            continue

        assert not is_due(dated, due - DAY)
        assert is_due(dated, due)
        assert is_due(dated, due + DAY)


def gold():
    if not GOLD.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason="the gold files are not here"))]
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line]
    return [pytest.param(row, id=row["id"]) for row in rows]


def every_target():
    plans = shipped_rulebook().target_sets.values()
    return {target.id: target for plan in plans for target in plan.targets}


@pytest.mark.parametrize("row", gold())
def test_due_day_is_the_one_the_clause_gives(row):
    value = every_target()[row["id"]].values[-1]
    deadline = row["deadline"]
    if deadline in MILESTONES:
        due = MILESTONES[deadline]
    elif deadline.startswith(("2025", "plan period", "none stated")):
        due = LAST_DAY_OF_2025
    else:
        due = value.due if value.due == LAST_DAY_OF_2025 else None

    assert value.due == due
    assert (value.due_other is not None) is (deadline == "2023年前 (milestone)")


@pytest.mark.parametrize("row", gold())
def test_comparator_and_number_are_those_of_the_clause(row):
    target = every_target()[row["id"]]
    force = "aspirational" if "争" in row["cmp"] else "binding"
    comparator = COMPARATORS[row["cmp"].split(" (力争)")[0].split(" (争创)")[0]]
    comparator = OTHERWISE_SAID.get(row["id"], comparator)

    assert target.force == force
    assert target.comparator == comparator
    if comparator in NUMBERED:
        assert target.values[-1].value == Decimal(re.match(r"[0-9.]+", row["value"])[0])


def test_both_readings_of_an_ambiguous_day_are_kept():
    for target_id in ("JS21", "JS22"):
        value = every_target()[target_id].values[-1]

        assert (value.due, value.due_other) == (LAST_DAY_OF_2023, LAST_DAY_OF_2022)


@pytest.fixture
def amended(make):
    plan = make.plan_of(
        [
            {
                "item": "rate",
                "values": [
                    {"from": "2021-01-01", "value": 90, "due_basis": "ongoing"},
                    {"from": "2023-07-01", "value": 95, "due_basis": "ongoing"},
                    {"from": "2025-01-01", "value": None, "repealed": True, "due_basis": "ongoing"},
                ],
            }
        ]
    )
    return plan.targets[0]


@pytest.mark.parametrize(
    ("day", "value"),
    [("2021-01-01", 90), ("2023-06-30", 90), ("2023-07-01", 95), ("2024-12-31", 95)],
)
def test_amended_value_holds_from_its_day(amended, day, value):
    assert value_in_force(amended, date.fromisoformat(day)).value == value


@pytest.mark.parametrize("day", ["2020-12-31", "2025-01-01", "2030-01-01"])
def test_no_value_before_the_first_and_after_repeal(amended, day):
    with pytest.raises(NoValueInForce, match=f"T1 在 {day}") as error:
        value_in_force(amended, date.fromisoformat(day))

    assert error.value.nearest == (date(2021, 1, 1), date(2023, 7, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("as_of", "outcome", "reason", "is_now_due"),
    [
        (date(2022, 12, 30), Outcome.NOT_DUE, Reason.BEFORE_DEADLINE, False),
        (LAST_DAY_OF_2022, Outcome.PARTLY_MET, Reason.SHORT_OF_TARGET, True),
        (date(2023, 1, 1), Outcome.PARTLY_MET, Reason.SHORT_OF_TARGET, True),
    ],
)
def test_one_submission_before_on_and_after_its_milestone(make, as_of, outcome, reason, is_now_due):
    # JS09 asks for 20 % by the end of 2022; D4 counts from zero: 20 points x 15 / 20 = 15
    ruler = make.shipped_ruler(keep_all=True)
    result = make.score(
        ruler,
        {"integrated-enforcement-share": 15},
        as_of=as_of,
        year=2022,
        name="嘉善县",
    )
    found = make.line_of(result, "D4")

    assert found.parts[0].target.id == "JS09"
    assert found.parts[0].target.is_due is is_now_due
    assert (found.outcome, found.reason, found.points) == (outcome, reason, 15)
    assert result.as_of == as_of


def test_default_assessment_day_is_the_last_of_the_period(make):
    result = make.score(make.shipped_ruler(), {}, year=2022, name="嘉善县")

    assert result.as_of == LAST_DAY_OF_2022
    assert make.line_of(result, "D4").parts[0].target.is_due
