"""Rules and requirements in words. They are part of the result, so that every renderer agrees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatch

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
from schemas.target import Comparator, DatedValue, Target, Unit

_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: "＞",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "＜",
    Comparator.EQUAL: "＝",
    Comparator.COUNT: "≥",
    Comparator.ZERO: "＝",
}
_WORDS = {
    Comparator.EXISTS: "已建立或已落实",
    Comparator.DECLINE: "逐年下降",
    Comparator.GROWTH: "逐年增长",
    Comparator.RANK: "位次要求",
}


OWN_POINTS = "指标体系自带分值"


def plain(number: Decimal) -> str:
    """Print a number without trailing zeros or an exponent."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def requirement(
    target: Target, value: DatedValue, unit: Unit, benchmark: Decimal | None = None
) -> str:
    """Say what a target asks for: `≥98%`, `＜8%`, `逐年下降`."""
    if target.comparator is Comparator.RELATIVE_AT_MOST:
        known = "" if benchmark is None else f"（{plain(benchmark)}{unit.label}）"
        return f"不高于基准值{known}"
    if target.comparator in _WORDS or value.value is None:
        words = _WORDS.get(target.comparator, "见条款")
        return words if value.value is None else f"{words}（{plain(value.value)}{unit.label}）"
    return f"{_SIGNS[target.comparator]}{plain(value.value)}{unit.label}"


@singledispatch
def rule_in_words(rule: Rule, labels: Mapping[str, str], unit: str) -> str:
    """Say how a rule gives points; `labels` names the items, `unit` is the item's unit."""
    raise TypeError(f"no words for {type(rule).__name__}: {labels} {unit}")


@rule_in_words.register
def _proportional(rule: Proportional, labels: Mapping[str, str], unit: str) -> str:
    if rule.strict:
        return "达到目标得满分，未达到不得分"
    start = (
        f"目标值减{plain(rule.floor_gap)}{unit}" if rule.floor is None else plain(rule.floor) + unit
    )
    return f"达到目标得满分；未达到的自{start}起按比例得分" + _others(
        rule.accepts, rule.related, labels
    )


@rule_in_words.register
def _lower(rule: LowerIsBetter, labels: Mapping[str, str], unit: str) -> str:
    del labels
    if rule.strict:
        return "符合上限得满分，不符合不得分"
    zero = "上限的两倍" if rule.zero_at is None else f"{plain(rule.zero_at)}{unit}"
    return f"符合上限得满分；超过的按比例递减，到{zero}不得分"


@rule_in_words.register
def _count(rule: Count, labels: Mapping[str, str], unit: str) -> str:
    del unit
    return "按完成数与要求数之比得分，封顶满分" + _others(rule.accepts, rule.related, labels)


def _others(accepts: tuple[str, ...], related: tuple[str, ...], labels: Mapping[str, str]) -> str:
    text = ""
    if accepts:
        text += f"；{'、'.join(labels[item] for item in accepts)}视为等同"
    if related:
        text += f"；{'、'.join(labels[item] for item in related)}口径不同，不能代替"
    return text


@rule_in_words.register
def _checklist(rule: Checklist, labels: Mapping[str, str], unit: str) -> str:
    del unit
    names = "、".join(labels[item] for item in rule.items)
    return f"逐项核对，按符合项数占比得分：{names}"


@rule_in_words.register
def _tiered(rule: Tiered, labels: Mapping[str, str], unit: str) -> str:
    del labels, unit
    names = ("未提及", "仅有表态", "有制度或举措", "有数据或可核验事实")
    pairs = zip(names, rule.rates, strict=True)
    return "按佐证层级得分：" + "，".join(f"{name}{plain(rate)}%" for name, rate in pairs)


@rule_in_words.register
def _deduction(rule: Deduction, labels: Mapping[str, str], unit: str) -> str:
    del labels
    if rule.to_zero:
        return f"发生一{unit}即不得分"
    return f"每发生一{unit}扣本项分值的{plain(rule.each)}%，最多扣{plain(rule.cap)}%"


@rule_in_words.register
def _trend(rule: Trend, labels: Mapping[str, str], unit: str) -> str:
    del labels
    way = "下降" if rule.improves == "down" else "上升"
    equal = f"（相差不超过{plain(rule.tolerance)}{unit}）" if rule.tolerance else ""
    return f"较上年{way}得满分，持平{equal}得一半，反向变化不得分"


@rule_in_words.register
def _deadline(rule: Deadline, labels: Mapping[str, str], unit: str) -> str:
    del labels, unit
    text = f"次年{rule.month}月{rule.day}日前完成得满分（当日不算）"
    if rule.grace_days:
        text += f"，逾期{rule.grace_days}天以内得{plain(rule.grace_rate)}%"
    return text + "，再晚不得分"


@rule_in_words.register
def _relative(rule: Relative, labels: Mapping[str, str], unit: str) -> str:
    del labels
    if rule.rank_table:
        bands = "，".join(f"前{band.upto}名{plain(band.rate)}%" for band in rule.rank_table)
        return f"按名次得分：{bands}，其余不得分"
    if rule.direction == "within_range":
        return f"与同类基准值相差{plain(rule.band)}{unit}以内得满分，超出的按距离折算"
    way = "不高于" if rule.direction == "lower_is_better" else "不低于"
    return f"{way}基准值得满分，其余按距离折算"


@rule_in_words.register
def _expert(rule: Expert, labels: Mapping[str, str], unit: str) -> str:
    del rule, labels, unit
    return "由评审人按百分制评定，须附评审文件"


@rule_in_words.register
def _disclosure(rule: Disclosure, labels: Mapping[str, str], unit: str) -> str:
    del rule, labels, unit
    return "按核心指标披露率折算，由系统计算"
