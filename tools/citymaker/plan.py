"""The made-up city's own plan, so that its counties are judged by what binds them."""

from __future__ import annotations

from pathlib import Path

_HEAD = """\
schema: target-set/1
id: {id}
label: {city}法治政府建设规划（2021—2025年）（虚构）
source: {id}-outline
provenance: house
checked_on: 2026-11-22
region: {city}
level: city
period: {{from: 2021-01-01, to: 2025-12-31}}
note: 虚构的市级规划，对所辖县（市、区）有约束力。
targets:
"""
_TARGET = """\
  - id: {id}
    label: {label}
    item: {item}
    kind: quantified
    comparator: "{comparator}"
    unit: {unit}
    levels: [county]
    clause: 第{clause}条
    values:
"""
_SOURCE = """\
schema: sources/1
sources:
  - id: {id}-outline
    title: {city}法治政府建设规划（2021—2025年）（虚构）
    issuer: {city}人民政府（虚构）
    published: 2021-11-08
    provenance: house
    note: 演示用的虚构规划。
"""
_DUE, _YEARLY = "due: 2025-12-31, due_basis: stated", "due_basis: yearly"
_TARGETS: tuple[tuple[str, str, str, str, str, tuple[tuple[int, str, str], ...]], ...] = (
    ("“最多跑一次”实现率", "run-at-most-once-rate", ">=", "percent", "五", ((2021, "96", _DUE),)),
    ("民生事项“一证通办”率", "one-certificate-rate", ">=", "percent", "五", ((2021, "95", _DUE),)),
    ("备案纠错率", "document-correction-rate", "<", "percent", "八", ((2021, "3", _YEARLY),)),
    ("持证率", "certificate-holding-rate", ">=", "percent", "十三", ((2021, "95", _DUE),)),
    ("案卷合格率", "case-pass-rate", ">=", "percent", "十三", ((2021, "95", _YEARLY),)),
    (
        "综合执法事项占比",
        "integrated-enforcement-share",
        ">=",
        "percent",
        "十四",
        ((2021, "22", _DUE),),
    ),
    ("综合执法领域占比", "integrated-field-share", ">=", "percent", "十四", ((2021, "60", _DUE),)),
    ("掌上执法率", "mobile-enforcement-rate", ">=", "percent", "十五", ((2021, "95", _DUE),)),
    ("人均培训学时", "training-hours", ">=", "hour", "十六", ((2021, "60", _YEARLY),)),
    (
        "负责人出庭应诉率",
        "head-appearance-rate",
        ">=",
        "percent",
        "二十",
        ((2021, "92", _YEARLY), (2024, "98", _YEARLY)),
    ),
    (
        "主要负责人出庭应诉率",
        "principal-appearance-rate",
        ">=",
        "percent",
        "二十",
        ((2021, "15", _DUE),),
    ),
    ("一审败诉率", "first-instance-loss-rate", "<=", "percent", "二十", ((2021, "8", _YEARLY),)),
    ("镇村化解率", "village-resolution-rate", ">=", "percent", "二十二", ((2021, "95", _DUE),)),
    (
        "行政调解组织建成率",
        "mediation-organisation-rate",
        "=",
        "percent",
        "二十二",
        ((2021, "100", _DUE),),
    ),
    (
        "法治监督员人数",
        "rule-of-law-supervisors",
        "count",
        "person",
        "二十五",
        ((2021, "40", _DUE),),
    ),
    ("律师万人比", "lawyers-per-10k", ">=", "per-10k", "二十八", ((2021, "2.8", _DUE),)),
    ("公职律师覆盖率", "public-lawyer-coverage", ">=", "percent", "二十八", ((2021, "95", _DUE),)),
    (
        "全国示范村（社区）",
        "national-model-villages",
        "count",
        "unit-count",
        "二十九",
        ((2021, "4", _DUE),),
    ),
    (
        "省级示范村占比",
        "provincial-model-village-rate",
        ">=",
        "percent",
        "二十九",
        ((2021, "40", _DUE),),
    ),
)


def write_plan(city: str, plan: str, folder: Path) -> None:
    """Write the rule files `--rules` takes.

    Args:
        city: name of the city.
        plan: id of the target set, lower case.
        folder: where to.
    """
    text = _HEAD.format(id=plan, city=city)
    for number, (label, item, comparator, unit, clause, values) in enumerate(_TARGETS, start=1):
        text += _TARGET.format(
            id=f"W{number:02}",
            label=label,
            item=item,
            comparator=comparator,
            unit=unit,
            clause=clause,
        )
        for year, value, due in values:
            text += f"      - {{from: {year}-01-01, value: {value}, {due}}}\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{plan}.yaml").write_bytes(text.encode())
    (folder / "sources.yaml").write_bytes(_SOURCE.format(id=plan, city=city).encode())
