"""Each rule kind as a spreadsheet formula over the cells of its row.

The formulas say the same as `scoring.kinds`; nothing of the engine is called here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import singledispatch
from itertools import product
from typing import NamedTuple

from schemas.errors import UnknownRule
from schemas.framework import Policy
from schemas.outcome import Outcome, Reason
from schemas.result import IndicatorScore, PartScore, UsedRules
from schemas.rules import (
    Checklist,
    Count,
    Deadline,
    Deduction,
    Disclosure,
    Expert,
    LowerIsBetter,
    Proportional,
    Relative,
    Rule,
    Tiered,
    Trend,
)
from schemas.target import Comparator
from scoring import Choice, Ruler, make_ruler, shipped_rulebook
from scoring.rounding import EXACT, HUNDRED, percent_of
from scoring.wording import plain

_TESTS = {
    Comparator.AT_LEAST: ">=",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "<=",
    Comparator.BELOW: "<",
    Comparator.EQUAL: "=",
    Comparator.COUNT: ">=",
    Comparator.ZERO: "=",
    Comparator.RELATIVE_AT_MOST: "<=",
}
_FOUR_PLACES = Decimal("0.0001")


class Rules(NamedTuple):
    """The parameters behind the rules in words."""

    of_part: Mapping[str, Rule]
    policies: Mapping[str, Policy]


def rules_of(used: UsedRules | None, ruler: Ruler | None) -> Rules:
    """Return the rules' parameters: the ruler's, else the shipped ones of the same edition.

    Empty when neither made the result; then there are shares, but no rules to recalculate.
    """
    nothing = Rules({}, {})
    if used is None:
        return nothing
    try:
        ruler = ruler or make_ruler(shipped_rulebook(), Choice(framework=used.framework))
    except UnknownRule:
        return nothing
    framework, scheme = ruler.framework, ruler.scheme
    if (framework.id, framework.edition, scheme.id) != (used.framework, used.edition, used.scheme):
        return nothing
    of_part: dict[str, Rule] = {}
    for node in framework.nodes:
        parts = node.scored_parts if node.is_indicator else ()
        for count, part in enumerate(parts, start=1):
            of_part[node.code if len(parts) == 1 else f"{node.code}.{count}"] = part.rule
    return Rules(of_part, {policy.id: policy for policy in scheme.policies})


class Inputs(NamedTuple):
    """What a row takes in, and the formula of its share.

    A text is a formula. In formulas `{x}` stands for the cell of the value, `{t}` for what it is
    held against, `{z}` for the zero point, `{a}` to `{d}` for the four parameters.
    """

    share: str
    value: Decimal | date | str | None = None
    against: Decimal | date | None = None
    zero_at: Decimal | str | None = None
    parameters: tuple[Decimal, ...] = ()


_RISING = "IF(COUNT({x},{t})<2,0,IF({x}>={t},1,IF({x}<={z},0,({x}-{z})/({t}-{z}))))"
_FALLING = "IF(COUNT({x},{t})<2,0,IF({x}<={t},1,IF({x}>={z},0,({z}-{x})/({z}-{t}))))"
_WITHIN = (
    "IF(COUNT({x},{t})<2,0,IF(ABS(ROUND({x}-{t},11))<={a},1,"
    "IF(ABS({x}-{t})>={z},0,({z}-ABS({x}-{t}))/({z}-{a}))))"
)
_RATIO = "ROUND({n}/{m}*100,11)"
_LETTERS = dict(zip("xnmtzabcd", "HIJKLMNOP", strict=True))
"""Column of every input."""


def filled(template: str, row: int) -> str:
    """Put a row's cells into a formula."""
    return template.format(**{name: f"{letter}{row}" for name, letter in _LETTERS.items()})


class Reported(NamedTuple):
    """What a row is about."""

    part: PartScore
    period_end: date
    """Last day of the reporting period, which deadlines count from."""
    stated: int
    """Items of a checklist that were disclosed."""

    @property
    def value(self) -> Decimal | str | None:
        """The figure, or the formula that divides anew."""
        if not isinstance(self.part.value, Decimal):
            return None
        return _RATIO if is_ratio(self.part) else self.part.value

    @property
    def target(self) -> Decimal | None:
        """The number in force."""
        return None if self.part.target is None else self.part.target.value

    @property
    def strict(self) -> str:
        """Formula of a rule that knows only full and nothing."""
        test = "=" if self.part.target is None else _TESTS[self.part.target.comparator]
        return f"IF(COUNT({{x}},{{t}})<2,0,IF({{x}}{test}{{t}},1,0))"


def inputs_of(rule: Rule | None, said: Reported) -> Inputs:
    """Return a row's inputs and formula; without its rule the printed share is taken."""
    if rule is None or rule.kind != said.part.kind:
        return Inputs("IF({t}=0,0,{x}/{t})", said.part.points, said.part.max_points)
    return _inputs(rule, said)


@singledispatch
def _inputs(rule: Rule, said: Reported) -> Inputs:
    raise TypeError(f"no formula for {type(rule).__name__}: {said.part.code}")


@_inputs.register
def _proportional(rule: Proportional, said: Reported) -> Inputs:
    if rule.strict:
        return Inputs(said.strict, said.value, said.target)
    if said.target is None:
        return Inputs(_RISING, said.value)
    if rule.floor is None:
        return Inputs(_RISING, said.value, said.target, "{t}-{a}", (rule.floor_gap,))
    return Inputs(_RISING, said.value, said.target, rule.floor)


@_inputs.register
def _lower(rule: LowerIsBetter, said: Reported) -> Inputs:
    if rule.strict:
        return Inputs(said.strict, said.value, said.target)
    if said.target is None:
        return Inputs(_FALLING, said.value)
    zero_at = "{t}*2" if rule.zero_at is None else rule.zero_at
    return Inputs(_FALLING, said.value, said.target, zero_at)


@_inputs.register
def _count(_: Count, said: Reported) -> Inputs:
    share = "IF(COUNT({x},{t})<2,0,IF(OR({x}>={t},{t}<=0),1,MAX({x},0)/{t}))"
    return Inputs(share, said.value, said.target)


@_inputs.register
def _checklist(_: Checklist, said: Reported) -> Inputs:
    met, _slash, asked = said.part.detail.partition("/")
    if not asked:
        return Inputs("0")
    return Inputs("{x}/{t}", Decimal(met), Decimal(asked), None, (Decimal(said.stated),))


@_inputs.register
def _tiered(rule: Tiered, said: Reported) -> Inputs:
    share = "IF(COUNT({x})<1,0,CHOOSE({x}+1,{a},{b},{c},{d})/100)"
    return Inputs(share, said.value, None, None, rule.rates)


@_inputs.register
def _deduction(rule: Deduction, said: Reported) -> Inputs:
    lost = "1" if rule.to_zero else "MIN({b},{x}*{a},100)/100"
    share = f"IF(COUNT({{x}})<1,0,IF({{x}}<=0,1,1-{lost}))"
    return Inputs(share, said.value, None, None, (rule.each, rule.cap))


@_inputs.register
def _trend(rule: Trend, said: Reported) -> Inputs:
    better = ">" if rule.improves == "up" else "<"
    equal = "IF(COUNT({x},{t})<2,0,IF(ABS(ROUND({x}-{t},11))<={a},0.5,"
    share = f"{equal}IF({{x}}{better}{{t}},1,0)))"
    return Inputs(share, said.value, said.part.previous, None, (rule.tolerance,))


@_inputs.register
def _deadline(rule: Deadline, said: Reported) -> Inputs:
    done = said.part.value if isinstance(said.part.value, date) else None
    share = "IF(COUNT({x})<1,0,IF({x}<{t},1,IF(AND({x}<{t}+{a},{b}>0),{b}/100,0)))"
    grace = (Decimal(rule.grace_days), rule.grace_rate)
    return Inputs(share, done, rule.deadline(said.period_end), None, grace)


@_inputs.register
def _relative(rule: Relative, said: Reported) -> Inputs:
    if rule.rank_table:
        share = "0"
        for band in reversed(rule.rank_table):
            share = f"IF({{x}}<={band.upto},{plain(band.rate)}/100,{share})"
        rank = None if said.part.rank is None else Decimal(said.part.rank)
        return Inputs(f"IF(COUNT({{x}})<1,0,{share})", rank)
    share, zero_at = {
        "lower_is_better": (_FALLING, "{t}*{b}"),
        "higher_is_better": (_RISING, "{t}/{b}"),
        "within_range": (_WITHIN, "{a}*{b}"),
    }[rule.direction]
    if said.part.benchmark is None:
        return Inputs(share, said.value)
    parameters = (rule.band, rule.zero_at_ratio)
    return Inputs(share, said.value, said.part.benchmark, zero_at, parameters)


@_inputs.register
def _expert(_: Expert, said: Reported) -> Inputs:
    return Inputs("IF(COUNT({x})<1,0,MAX(0,MIN(1,{x}/100)))", said.value)


@_inputs.register
def _disclosure(rule: Disclosure, said: Reported) -> Inputs:
    return Inputs(_RISING, said.value, HUNDRED, rule.floor)


def is_ratio(part: PartScore) -> bool:
    """Return whether the value was worked out from numerator and denominator.

    The result shows such a value with four places; the sheet divides anew.
    """
    top, bottom, value = part.numerator, part.denominator, part.value
    if top is None or not bottom or not isinstance(value, Decimal) or part.unit != "%":
        return False
    exact = EXACT.divide(EXACT.multiply(top, HUNDRED), bottom)
    return value in (exact, exact.quantize(_FOUR_PLACES, context=EXACT))


def stated_items(one: IndicatorScore) -> dict[str, int]:
    """Return how many items of each checklist were disclosed, by code of the part.

    The result gives the indicator's disclosed share; the other parts are disclosed or not, so
    the items of a checklist are what is left. The fewest that fit are taken.
    """
    lists = [part for part in one.parts if part.kind == "checklist" and "/" in part.detail]
    asked = {part.code: int(part.detail.partition("/")[2]) for part in lists}
    others = sum(
        (part.nominal_points for part in one.parts if part not in lists and _is_disclosed(part)),
        Decimal(0),
    )
    for counts in product(*(range(1, asked[part.code] + 1) for part in lists)):
        shown = others + sum(
            (
                part.nominal_points * (Decimal(count) / asked[part.code])
                for part, count in zip(lists, counts, strict=True)
            ),
            Decimal(0),
        )
        if percent_of(shown, one.nominal_points) == one.disclosed:
            return {part.code: count for part, count in zip(lists, counts, strict=True)}
    return asked


def _is_disclosed(part: PartScore) -> bool:
    if part.outcome is Outcome.NOT_ASSESSABLE:
        return part.reason is not Reason.NO_TARGET or part.value is not None
    return part.outcome.is_scored
