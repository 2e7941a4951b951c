"""What the reader is told about a link: its name, why it was made, what else it might be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assessor.reading.linking import Match
from assessor.reading.numbers import Mention
from assessor.reading.status import Context, Standing
from assessor.reading.zeros import ZERO_FLAG
from schemas.reading import FigureStatus, Suggestion

_DOUBTS = {
    "other_year": "不是报告年度的数据",
    "other_body": "不是本单位范围的数据",
    "not_report": "文件不像年度报告",
    "span": "跨年度的数据",
    "part_year": "只是一年中的一段",
    "ensured": "“确保”类表述",
    "shortcoming": "出自不足或原因部分",
    "part": "只是其中一部分",
    "elided": "名称承前省略",
    "trailing": "名称承后省略",
    "share": "是占比，不是总数",
    "completion": "是完成率，不是数值本身",
    "weight": "是分值或权重",
    "implied_unit": "单位由名称推断",
    "similar": "只由写法推断，须人工确认",
    "inherited": "主题承前文",
    "tie": "与别的填报项同样相近",
    "range": "是一个区间",
    "elided_unit": "单位承后省略",
    "fraction": "原文为分数",
    "vague": "是概数",
    "rank": "是位次",
    "each": "是每个单位的数",
    "per_period": "是每期的数",
    "broken": "数字中间有空格或逗号",
    "opposite_hedges": "约数词相互矛盾",
    "tracked": "出自修订内容",
    "hidden": "出自隐藏文字",
    "struck": "出自删除线文字",
    "text_box": "出自文本框",
    "header": "出自页眉页脚",
    "footnote": "出自脚注或尾注",
    "ocr": "由图像识别得到",
    "damaged": "附近有损坏字符",
    "ratio": "与分子分母对不上",
    "conflict": "与报告别处的数值不同",
    "impossible": "不可能的数值",
}
_FALLS = re.compile(r"下降|减少|降低|缩减|压减|压缩|精简|回落|缩短|降|少")


def label_of(best: Match, stand: Standing, context: Context, mention: Mention) -> str:
    """Return the item's printed name; changes carry the vocabulary's suffix."""
    label = best.term.entry.label
    if best.how == "share" and "percent" not in best.term.units:
        return f"{label}·占比"
    if stand.status is FigureStatus.CHANGE:
        return label + _change_suffix(context, mention)
    return label


def _change_suffix(context: Context, mention: Mention) -> str:
    """Return the vocabulary's name of a change: 增幅 and 降幅 in %, 增量 absolute."""
    if _FALLS.search(context.before[-12:]):
        return "·同比降幅"
    return "·同比增幅" if mention.unit in ("%", "倍", "‰") else "·同比增量"


def reason_of(best: Match | None, stand: Standing, flags: Sequence[str]) -> str:
    """Return why a figure was linked and what stands against counting it."""
    if best is None:
        return "没有对应的填报项"
    ways = {
        "before": "同一分句内，数字前写明名称",
        "after": "数字后紧接名称",
        "elided": "并列结构，名称承前省略",
        "trailing": "并列结构，名称在后面一并写出",
        "around": "名称在数字两侧",
        "respectively": "“分别”按次序对应",
        "change": "是前面所说数据的增减",
        "share": "是前面所说数据的占比",
        "rank": "是前面所说数据的位次",
        "zero": "原文写明没有",
        "similar": "词典里没有这种写法，与人工标注过的同类写法相近",
    }
    parts = [ways[best.how]]
    if stand.status is not FigureStatus.ACHIEVED:
        parts.append(f"性质为{_STATUS_WORDS[stand.status]}，不作当年完成数")
    parts += [_DOUBTS.get(flag, flag) for flag in flags if flag not in ("elided", ZERO_FLAG)]
    return "；".join(parts)


_STATUS_WORDS = {
    FigureStatus.ACHIEVED: "已完成",
    FigureStatus.PLANNED: "计划",
    FigureStatus.TARGET: "目标",
    FigureStatus.PREVIOUS_YEAR: "往年数",
    FigureStatus.CHANGE: "增减变化",
    FigureStatus.RANK: "位次",
}


def suggestions_of(matches: Sequence[Match], *, accepted: bool) -> tuple[Suggestion, ...]:
    """Return up to three items a person may choose from; none for what counts by itself."""
    if accepted:
        return ()
    seen: dict[str, Suggestion] = {}
    for match in matches:
        entry = match.term.entry
        score = Decimal(max(min(match.score, 130), 0)) / 130
        seen.setdefault(
            entry.label,
            Suggestion(item=entry.id, item_label=entry.label, score=round(score, 2)),
        )
    return tuple(seen.values())[:3]
