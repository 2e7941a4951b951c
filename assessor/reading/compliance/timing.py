"""K04-K06: published and reported in time, signed and dated."""

from __future__ import annotations

from assessor.reading.compliance.report import Found, Report

_DECEMBER = 12


def published(report: Report) -> Found:
    """K04: published before the day the regime of its year sets."""
    document = report.reading.document
    day, said = document.publish_date, document.publish_words
    if day is None:
        return Found("cannot_tell", "没有找到公开日期")
    if report.regime is None:
        return Found("cannot_tell", f"{day}公开，但报告年度不明", words=said)
    limit = report.regime.day(report.regime.publish_before)
    if day < limit:
        return Found("pass", f"{day}公开，早于{limit}", words=said)
    return Found("fail", f"{day}公开，未在{limit}前公开", words=said)


def reported(report: Report) -> Found:
    """K05: reported before the day the regime sets; the day of signature stands for it.

    A report signed too late was not sent in time; one signed in time was as far as can be told.
    """
    signature = report.signature
    if signature.day is None:
        return Found("cannot_tell", "没有找到落款日期，无法判断何时报告", signature.span)
    if report.regime is None:
        return Found("cannot_tell", f"落款{signature.day}，但报告年度不明", signature.day_span)
    day, span = signature.day, signature.day_span
    limit = report.regime.day(report.regime.report_before)
    if day >= limit:
        return Found("fail", f"落款{day}，未在{limit}前报告", span)
    if (day.year, day.month) < (report.regime.year, _DECEMBER):
        return Found("doubtful", f"落款{day}，早于{report.regime.year}年度结束，请核对", span)
    return Found("pass", f"落款{day}，早于{limit}（以落款代替报送日期）", span)


def signed(report: Report) -> Found:
    """K06: a signing body and a date at the end."""
    signature = report.signature
    has_day = signature.day is not None
    if signature.bodies and has_day:
        who = "、".join(signature.bodies)
        return Found("pass", f"署名{who}，日期{signature.day}", signature.span)
    if signature.bodies:
        return Found("doubtful", "文末有署名，没有找到日期", signature.span)
    if has_day:
        return Found("doubtful", "文末有日期，没有找到署名", signature.span)
    return Found("fail", "文末没有找到署名和日期")
