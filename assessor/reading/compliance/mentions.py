"""K14, K15: reported to the people's congress, taken up by party committee or government."""

from __future__ import annotations

from assessor.reading.compliance.report import Found, Report, standing_of
from assessor.reading.compliance.rules import words

_NEAR = 60


def congress(report: Report) -> Found:
    """K14: the report was made to the people's congress or its standing committee."""
    seen: dict[str, Found] = {}
    for line in report.lines:
        for found in words("to_congress").finditer(line.text):
            span = line.span(*line.clause(found.start()))
            standing = standing_of(line, *found.span())
            if standing == "denied":
                seen.setdefault("denied", Found("fail", "写的是没有向人大报告", span))
            elif standing == "planned":
                reason = "只是要求或打算向人大报告，没有写已报告"
                seen.setdefault("planned", Found("doubtful", reason, span))
            elif words("regime_only").match(line.text, found.end()):
                reason = "只提到向人大报告的制度，没有写已报告"
                seen.setdefault("planned", Found("doubtful", reason, span))
            elif words("congress_topic").search(line.text):
                return Found("pass", "提到向人大报告", span)
            else:
                reason = "提到向人大报告，没有写明报告的是法治政府建设"
                seen.setdefault("other", Found("doubtful", reason, span))
    for kind in ("denied", "other", "planned"):
        if kind in seen:
            return seen[kind]
    return Found("doubtful", "没有找到向人大报告的内容")


def deliberated(report: Report) -> Found:
    """K15: a party committee or executive meeting took up the work."""
    weaker: Found | None = None
    for line in report.lines:
        for found in words("meeting").finditer(line.text):
            near = line.text[max(found.start() - _NEAR // 2, 0) : found.end() + _NEAR]
            span = line.span(*line.clause(found.start()))
            if standing_of(line, *found.span()) != "told":
                weaker = weaker or Found("doubtful", "会议研究只是打算或没有做到", span)
            elif words("takes_up").search(near) and words("rule_of_law").search(line.text):
                return Found("pass", "提到党委或常务会议研究", span)
            else:
                weaker = weaker or Found("doubtful", "提到会议，没有写研究法治政府建设", span)
    return weaker or Found("doubtful", "没有找到党委或常务会议研究的内容")
