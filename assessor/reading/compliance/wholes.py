"""K22-K26: the report as a whole: secrets, copies, length, coverage, whether it can be found."""

from __future__ import annotations

import re

from assessor.reading.compliance.report import Found, Report
from assessor.reading.compliance.rules import groups, words
from schemas.reading import BlockFlag

_SHORT, _LONG, _FEW = 2000, 10000, 10
_THIN = 2
_PAGES = ("html", "mht")


def secrets(report: Report) -> Found:
    """K22: a person must look."""
    del report
    return Found("cannot_tell", "须由人核查")


def copied(report: Report) -> Found:
    """K23: only a batch can compare."""
    del report
    return Found("cannot_tell", "须与往年报告和邻近单位报告比对（成批评估时检查）")


def length(report: Report) -> Found:
    """K24: neither too short nor too long, with enough figures."""
    size, count = len(re.sub(r"\s", "", report.text)), len(report.reading.figures)
    reason = f"全文{size}字，{count}个数据（按全文计数，不引单句）"
    faults = [
        name
        for name, is_wrong in (
            (f"少于{_SHORT}字", size < _SHORT),
            (f"多于{_LONG}字", size > _LONG),
            (f"数据少于{_FEW}个", count < _FEW),
        )
        if is_wrong
    ]
    if faults:
        return Found("doubtful", f"{reason}，{'、'.join(faults)}")
    return Found("pass", reason)


def whole_field(report: Report) -> Found:
    """K25: what was done speaks of every first-level group."""
    told = [line for line in report.told() if not line.is_heading]
    absent, first = [], None
    for code, label, find in groups():
        line = next((one for one in told if find.search(one.text)), None)
        if line is None:
            absent.append(f"{code}{label}")
        else:
            first = first or line.span()
    if not absent:
        return Found("pass", "九个一级方面都写到，第一处见原文", first)
    reason = f"没有找到：{'、'.join(absent)}"
    return Found("doubtful" if len(absent) <= _THIN else "fail", reason, first)


def findable(report: Report) -> Found:
    """K26: text, on the site's column of open government."""
    document = report.reading.document
    if any(BlockFlag.OCR in block.flags for block in document.blocks):
        return Found("fail", "公开的是扫描图像，不是文字", words=document.column)
    if words("column").search(document.column):
        return Found("pass", "在政务公开栏目，是文字", words=document.column)
    if document.column:
        return Found("doubtful", "不在政务公开栏目", words=document.column)
    if document.format in _PAGES:
        return Found("pass", "是网页文本，没有找到栏目位置", words=document.publish_words)
    return Found("cannot_tell", "没有找到公开栏目和网址")
