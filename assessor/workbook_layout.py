"""The fill-in workbook: its sheets, columns, names and stamp. Writer and reader share it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from schemas.framework import Framework
from schemas.rules import items_of
from schemas.target import Item, Unit
from scoring.rulebook import Rulebook

GUIDE, BASICS, FIGURES, YARDSTICKS, META = "填报说明", "基本信息", "指标填报", "基准值", "_meta"
VERSION = "1"
HEADER_ROW = 3
FIRST_ROW = 4


class Column(NamedTuple):
    """A column of the sheet 指标填报."""

    letter: str
    title: str
    field: str
    """Field of the answer it fills; empty for labels."""
    width: int


COLUMNS = (
    Column("A", "指标", "", 8),
    Column("B", "填报项", "", 30),
    Column("C", "单位", "", 8),
    Column("D", "口径", "", 46),
    Column("E", "填报值", "value", 14),
    Column("F", "分子", "numerator", 10),
    Column("G", "分母", "denominator", 10),
    Column("H", "上年值", "previous", 10),
    Column("I", "覆盖范围", "scope", 12),
    Column("J", "仅有全覆盖表述", "is_claim", 10),
    Column("K", "报告自认不足", "is_weakness", 10),
    Column("L", "约数", "is_approximate", 8),
    Column("M", "不适用理由", "not_applicable_because", 18),
    Column("N", "佐证摘录", "quote", 40),
    Column("O", "佐证文件", "document", 24),
    Column("P", "位置或网址", "locator", 18),
    Column("Q", "备注", "note", 18),
    Column("R", "示例", "", 14),
)
BY_FIELD = {column.field: column for column in COLUMNS if column.field}

BASIC_FIELDS = (
    ("entity_name", "单位名称", "如 新昌县"),
    ("entity_level", "层级", "省级、市级、县级、乡镇级、部门"),
    ("region_own", "所在地区", "与单位同级的地区，如 新昌县"),
    ("region_city", "所属市", "如 绍兴市；没有则留空"),
    ("region_province", "所属省", "如 浙江省；没有则留空"),
    ("year", "报告年度", "如 2025"),
    ("self_total", "自评总分", "可留空"),
    ("contact_name", "联系人", "可留空；不印在评分单上"),
    ("contact_office", "联系人科室", "可留空"),
    ("contact_phone", "联系电话", "可留空"),
)
BASIC_FIRST_ROW = 3
YARDSTICK_FIRST_ROW = 3
YARDSTICK_ROWS = 20


class Row(NamedTuple):
    """One item to fill in."""

    number: int
    """Row in the sheet."""
    indicator: str
    item: Item
    unit: Unit


def name_of(item: str) -> str:
    """Return the defined name of an item's value cell."""
    return "item_" + item.replace("-", "_").replace(".", "_")


def rows_of(framework: Framework, book: Rulebook) -> tuple[Row, ...]:
    """Return the rows of a framework's workbook: each item once, in framework order."""
    seen: dict[str, str] = {}
    for node in framework.nodes:
        if not node.is_indicator:
            continue
        for part in node.scored_parts:
            if part.rule.kind in ("disclosure", "expert"):
                continue
            for item in items_of(part.rule):
                seen.setdefault(item, node.code)
    return tuple(
        Row(FIRST_ROW + index, code, book.items[item], book.units[book.items[item].unit])
        for index, (item, code) in enumerate(seen.items())
    )


def stamp(framework: Framework, book: Rulebook) -> str:
    """Return the template version: layout version, edition and a digest of the rows."""
    rows = rows_of(framework, book)
    text = "\n".join(f"{row.item.id}|{row.item.label}|{row.unit.id}" for row in rows)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{VERSION}-{framework.edition}-{digest}"
