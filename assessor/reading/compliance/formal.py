"""K01-K03: what the title says, whose report it is, of which year."""

from __future__ import annotations

from assessor.reading.compliance.report import Found, Line, Report
from assessor.reading.compliance.rules import words
from assessor.reading.naming import number_of_year
from assessor.reading.normal import normalise
from schemas.base import Level
from schemas.reading import SectionRole

_OPENING = 4


def _title_of(report: Report) -> str:
    return normalise(report.reading.document.title).text


def title(report: Report) -> Found:
    """K01: the title names 法治政府建设, the year and a report."""
    text, span = _title_of(report), report.title_span
    if not text:
        return Found("cannot_tell", "没有找到标题")
    missing = [
        name
        for name, word in (("“法治政府建设”", "title_topic"), ("年度", "year"))
        if not words(word).search(text)
    ]
    if missing:
        return Found("fail", f"标题“{text[:40]}”没有写{'和'.join(missing)}", span)
    if words("title_report").search(text):
        return Found("pass", "标题写明法治政府建设、年度和报告", span)
    if words("title_kind").search(text):
        return Found("doubtful", f"标题“{text[:40]}”没有写明是报告", span)
    return Found("fail", f"标题“{text[:40]}”没有写文种", span)


def subject(report: Report) -> Found:
    """K02: a government's report is not issued by its legal office alone."""
    document, text = report.reading.document, _title_of(report)
    if not document.entity:
        return Found("cannot_tell", "认不出报告主体", report.title_span)
    office = words("legal_office").match(text)
    if office is not None:
        if words("of_government").search(text, office.end()):
            return Found("fail", "由司法行政部门单独代一级政府报告", report.title_span)
        return Found("pass", f"报告主体为{document.entity}，报告本部门工作", report.title_span)
    return _signer(report, text) or Found("pass", f"报告主体为{document.entity}", report.title_span)


def _signer(report: Report, title_text: str) -> Found | None:
    """Return what is wrong between the title and the signature; None when they agree."""
    signature, document = report.signature, report.reading.document
    if not signature.bodies or document.level is Level.DEPARTMENT:
        return None
    if all(words("legal_office").match(body) for body in signature.bodies):
        signed = "、".join(signature.bodies)
        if words("government").search(title_text):
            reason = f"标题是政府的报告，署名却是{signed}"
            return Found("doubtful", reason, signature.body_span)
        reason = f"{document.entity}的报告只由{signed}署名"
        is_bureau = all(words("legal_bureau").search(body) for body in signature.bodies)
        return Found("fail" if is_bureau else "doubtful", reason, signature.body_span)
    for body in signature.bodies:
        core = words("body_kind").sub("", body)
        known = not core or core in title_text or document.entity in body
        if len(core) > 1 and not known:
            reason = f"标题的单位是{document.entity}，署名却是{body}"
            return Found("doubtful", reason, signature.body_span)
    return None


def year(report: Report) -> Found:
    """K03: title and text name one reporting year."""
    found, text = report.year, _title_of(report)
    if found is None:
        return Found("cannot_tell", "认不出报告年度", report.title_span)
    if words("part_of_year").search(text):
        return Found("fail", "标题写的不是全年", report.title_span)
    named = [number_of_year(one) for one in words("year").findall(text)]
    for line in _opening(report):
        told = words("reporting_year").search(line.text)
        if told and int(told.group(1)) != found:
            reason = f"标题是{found}年，正文报告的却是{told.group(1)}年"
            return Found("fail", reason, line.span(*told.span()))
    doubt = ""
    if found not in named:
        doubt = f"标题没有写年度，按内容推定为{found}年"
    elif len(set(named)) > 1 and not words("plan_year").search(text):
        doubt = "标题写了不止一个年度"
    if doubt:
        return Found("doubtful", doubt, report.title_span)
    return _other_year(report, found) or Found("pass", f"报告年度为{found}年", report.title_span)


def _opening(report: Report) -> list[Line]:
    """Return the lines of the first paragraphs that are no headings."""
    lines = [line for line in report.lines if not line.is_heading]
    blocks = sorted({line.block for line in lines})[:_OPENING]
    return [line for line in lines if line.block in blocks]


def _other_year(report: Report, found: int) -> Found | None:
    """Return where the opening speaks of another year, or the plan is not for the next one."""
    for line in _opening(report)[:1]:
        told = words("opening_year").match(line.text)
        if told and int(told.group(1)) != found:
            reason = f"报告年度是{found}年，正文开头却是{told.group(1)}年"
            return Found("doubtful", reason, line.span(*told.span()))
    for line in report.of_role(SectionRole.NEXT_YEAR):
        plan = words("plan_year").search(line.text) if line.is_heading else None
        if plan and int(plan.group(1)) != found + 1:
            reason = f"报告年度是{found}年，下一年安排却写{plan.group(1)}年"
            return Found("doubtful", reason, line.span())
    return None
